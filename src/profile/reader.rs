//! Reads the keys of a profile one by one, keeps their place, and collects every mistake.

use super::error::{Mistake, Problem};
use super::labels::label;
use super::model::{Based, Parameter};
use super::shape::Shape;
use crate::model::nearest;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with its place in the text.
pub(super) type Placed<'a> = Spanned<DeValue<'a>>;

/// How a number with its basis is written.
const BASED: &str = "{ value = …, basis = \"căn cứ\", assumed = true|false }";
/// How a table is written.
pub(super) const TABLE: &str = "các dòng khóa = giá trị dưới tiêu đề [tên bảng]";

/// A table of the profile; keys leave it as they are read, so what remains is unknown.
pub(super) struct Section<'a> {
    path: String,
    start: usize,
    table: DeTable<'a>,
    asked: Vec<&'static str>,
}

impl<'a> Section<'a> {
    /// The dotted path of a key of this table.
    pub(super) fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Takes a key that may be absent.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Placed<'a>> {
        self.asked.push(key);
        self.table.remove(key)
    }

    /// Where the value of a key begins, if it is there.
    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.table.get(key).map(|value| value.span().start)
    }

    /// All keys with their places in the order of the text, for tables whose keys are not fixed.
    pub(super) fn drain(&mut self) -> Vec<(String, usize, Placed<'a>)> {
        let keys = std::mem::take(&mut self.table).into_iter();
        let mut keys: Vec<_> =
            keys.map(|(key, value)| (key.get_ref().to_string(), key.span().start, value)).collect();
        keys.sort_by_key(|(_, at, _)| *at);
        keys
    }
}

/// The text, the mistakes found so far, and the numbers read so far.
pub(super) struct Reader<'a> {
    text: &'a str,
    mistakes: Vec<Mistake>,
    pub(super) parameters: Vec<Parameter>,
}

impl<'a> Reader<'a> {
    /// Parses the text; where it is no TOML the table has holes and a mistake says so.
    pub(super) fn new(text: &'a str) -> (Self, Section<'a>) {
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut reader = Self { text, mistakes: Vec::new(), parameters: Vec::new() };
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            if error.message().starts_with("duplicate key") {
                let key = error.span().and_then(|span| text.get(span)).unwrap_or_default();
                reader.wrong(at, key, Problem::Duplicate);
            } else {
                reader.wrong(at, "", Problem::Syntax);
            }
        }
        let section =
            Section { path: String::new(), start: 0, table: root.into_inner(), asked: Vec::new() };
        (reader, section)
    }

    /// Notes a mistake at that byte of the text.
    pub(super) fn wrong(&mut self, at: usize, key: &str, problem: Problem) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let in_line = before.get(line_start..).unwrap_or_default();
        self.mistakes.push(Mistake {
            line: before.matches('\n').count() + 1,
            column: in_line.chars().count() + 1,
            key: key.to_owned(),
            problem,
        });
    }

    /// The mistakes in the order of the text. Where the text is no TOML, only that is said: what
    /// follows from the holes would mislead.
    pub(super) fn into_mistakes(mut self) -> Vec<Mistake> {
        if self.mistakes.iter().any(|mistake| mistake.key.is_empty()) {
            self.mistakes.retain(|mistake| mistake.key.is_empty());
        }
        self.mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
        // What a broken line looks like further on is no second mistake.
        self.mistakes.dedup_by(|later, first| later.key.is_empty() && later.line == first.line);
        self.mistakes
    }

    /// Takes a table that may be absent.
    pub(super) fn section(
        &mut self,
        parent: &mut Section<'a>,
        key: &'static str,
    ) -> Option<Section<'a>> {
        let value = parent.take(key)?;
        self.table(parent.key(key), value, TABLE)
    }

    /// Takes a table that must be there.
    pub(super) fn needed(
        &mut self,
        parent: &mut Section<'a>,
        key: &'static str,
    ) -> Option<Section<'a>> {
        if parent.place(key).is_none() {
            let (at, path) = (parent.start, parent.key(key));
            self.wrong(at, &path, Problem::Missing { allowed: TABLE.to_owned() });
        }
        self.section(parent, key)
    }

    /// A value that must be a table.
    pub(super) fn table(
        &mut self,
        path: String,
        value: Placed<'a>,
        allowed: &str,
    ) -> Option<Section<'a>> {
        let span = value.span();
        if let DeValue::Table(table) = value.into_inner() {
            return Some(Section { path, start: span.start, table, asked: Vec::new() });
        }
        self.bad_value(span.start, span.end, &path, allowed);
        None
    }

    /// A value of that shape, straight behind its key.
    pub(super) fn plain<T: Clone>(
        &mut self,
        section: &mut Section<'a>,
        key: &'static str,
        shape: &Shape<T>,
    ) -> T {
        let path = section.key(key);
        let Some(value) = section.take(key) else {
            let allowed = shape.allowed.clone();
            self.wrong(section.start, &path, Problem::Missing { allowed });
            return shape.fallback.clone();
        };
        self.value(&path, &value, shape)
    }

    /// Checks one value against its shape.
    pub(super) fn value<T: Clone>(
        &mut self,
        path: &str,
        value: &Placed<'a>,
        shape: &Shape<T>,
    ) -> T {
        if let Some(read) = (shape.read)(value.get_ref()) {
            return read;
        }
        self.bad_value(value.span().start, value.span().end, path, &shape.allowed);
        shape.fallback.clone()
    }

    /// A number or choice with its basis, `{ value = …, basis = "…", assumed = … }`; it also goes
    /// into the annex.
    pub(super) fn based<T: Clone>(
        &mut self,
        section: &mut Section<'a>,
        key: &'static str,
        shape: &Shape<T>,
    ) -> Based<T> {
        let path = section.key(key);
        let hole = Based { value: shape.fallback.clone(), basis: String::new(), assumed: true };
        let Some(value) = section.take(key) else {
            let allowed = format!("{BASED}, với value: {}", shape.allowed);
            self.wrong(section.start, &path, Problem::Missing { allowed });
            return hole;
        };
        let Some(mut inner) = self.table(path.clone(), value, BASED) else { return hole };
        let based = Based {
            value: self.plain(&mut inner, "value", shape),
            basis: self.plain(&mut inner, "basis", &Shape::words()),
            assumed: self.plain(&mut inner, "assumed", &Shape::flag("có", "không")),
        };
        self.finish(inner);
        self.parameters.push(Parameter {
            label: label(&path),
            key: path,
            value: (shape.show)(&based.value),
            basis: based.basis.clone(),
            assumed: based.assumed,
        });
        based
    }

    /// Whatever was not asked for is unknown.
    pub(super) fn finish(&mut self, mut section: Section<'a>) {
        for (key, at, _) in section.drain() {
            let problem = Problem::UnknownKey {
                allowed: section.asked.join(", "),
                nearest: nearest(&key, section.asked.iter().copied()).map(str::to_owned),
            };
            self.wrong(at, &section.key(&key), problem);
        }
    }

    /// Notes a value that cannot be used, as it is written.
    pub(super) fn bad_value(&mut self, start: usize, end: usize, path: &str, allowed: &str) {
        let written = self.text.get(start..end).unwrap_or_default();
        let mut found: String = written.chars().take(40).collect();
        if written.chars().count() > 40 {
            found.push('…');
        }
        self.wrong(start, path, Problem::Value { found, allowed: allowed.to_owned() });
    }
}
