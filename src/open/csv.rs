//! Text with separators (`.csv`): comma, semicolon or tab, quoted or not, in any of the usual encodings.

use super::fault::{Fault, TORN};
use super::grid::Value;
use super::limits::Limits;
use super::opened::Contents;
use super::sparse::{Allowance, SheetBuilder};
use crate::model::cell::{MAX_COLS, MAX_ROWS};
use crate::model::submission::SheetName;
use crate::notation::code_page;

/// How much of the text is looked at to find the separator.
const SAMPLE: usize = 64 * 1024;

/// Reads the one table; every value stays text, as typed.
pub(super) fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Contents, Fault> {
    let text = code_page::decode(bytes);
    let text = text.as_ref();
    let (told, body) = told_separator(text);
    let separator = told.or_else(|| separator(body)).unwrap_or(b',');
    let name = SheetName::new(name, 0);
    let mut builder = SheetBuilder::new(name.clone(), false);
    let mut allowance = Allowance::new(limits);
    let (mut fields, mut row) = (Fields::default(), 0u32);
    let mut records = Records::new(body, separator);
    let mut shape = Shape::default();
    while records.read(&mut fields) {
        shape.take(&fields);
        if row >= MAX_ROWS {
            // Empty lines at the end are nothing that could be lost.
            if !fields.text.trim().is_empty() {
                builder.outside();
            }
            continue;
        }
        builder.row(row, false);
        row += 1;
        for (col, field) in (0u32..).zip(fields.iter()) {
            if field.trim().is_empty() {
                continue;
            }
            if col >= MAX_COLS {
                builder.outside();
                break;
            }
            builder.cell(col, Value::Text(field.into()), false, &mut allowance)?;
        }
    }
    if shape.is_torn() && !body.ends_with(['\n', '\r']) {
        return Err(TORN);
    }
    let mut contents = Contents::default();
    contents.add(name, Ok(builder.finish()))?;
    Ok(contents)
}

/// How many fields the records have.
#[derive(Debug, Default)]
struct Shape {
    /// Fields of every record but the last; none once two of them differ.
    width: Option<usize>,
    records: usize,
    last: usize,
}

impl Shape {
    fn take(&mut self, fields: &Fields) {
        match self.records {
            0 => {}
            1 => self.width = Some(self.last),
            _ => self.width = self.width.filter(|width| *width == self.last),
        }
        self.records += 1;
        self.last = fields.ends.len();
    }

    /// Whether the last record stops short although all others, as programs write them, have equally many
    /// fields: together with the missing end of its line a sign that the rest of the file did not come.
    fn is_torn(&self) -> bool {
        self.records > 2 && self.width.is_some_and(|width| self.last < width)
    }
}

/// The fields of one record, end to end.
#[derive(Debug, Default)]
struct Fields {
    text: String,
    ends: Vec<usize>,
    /// Whether the last field stands beyond the last column.
    beyond: bool,
}

impl Fields {
    fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).filter_map(|(start, end)| self.text.get(start..*end))
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.beyond = false;
    }

    /// Ends a field; those beyond the last column of any sheet are one, whatever their number.
    fn close(&mut self) {
        let end = self.text.len();
        match self.ends.last_mut().filter(|_| self.beyond) {
            Some(last) => *last = end,
            None => self.ends.push(end),
        }
        self.beyond = self.ends.len() > MAX_COLS as usize;
    }
}

/// Cuts text into records; an empty line is a record too, as it is a row in Excel.
struct Records<'a> {
    rest: &'a str,
    separator: char,
    quotes: bool,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: u8) -> Self {
        // With a quote left open the rest of the file would become one cell.
        let quotes = text.bytes().filter(|&b| b == b'"').count().is_multiple_of(2);
        Self { rest: text, separator: char::from(separator), quotes }
    }

    /// Reads the next record; false at the end.
    fn read(&mut self, fields: &mut Fields) -> bool {
        fields.clear();
        if self.rest.is_empty() {
            return false;
        }
        loop {
            if self.quotes && self.rest.starts_with('"') {
                self.quoted(fields);
            }
            let end = self.rest.find([self.separator, '\n', '\r']).unwrap_or(self.rest.len());
            fields.text.push_str(self.rest.get(..end).unwrap_or_default());
            fields.close();
            self.rest = self.rest.get(end..).unwrap_or_default();
            if let Some(next) = self.rest.strip_prefix(self.separator) {
                self.rest = next;
                continue;
            }
            let line_ends = ["\r\n", "\n", "\r"];
            let next = line_ends.iter().find_map(|end| self.rest.strip_prefix(end));
            self.rest = next.unwrap_or_default();
            return true;
        }
    }

    /// Reads up to the closing quote; two quotes are one.
    fn quoted(&mut self, fields: &mut Fields) {
        self.rest = self.rest.get(1..).unwrap_or_default();
        while let Some((inside, after)) = self.rest.split_once('"') {
            fields.text.push_str(inside);
            self.rest = after;
            let Some(next) = after.strip_prefix('"') else { return };
            fields.text.push('"');
            self.rest = next;
        }
        fields.text.push_str(self.rest);
        self.rest = "";
    }
}

/// The separator that a first line `sep=;` names, and the text behind that line.
fn told_separator(text: &str) -> (Option<u8>, &str) {
    let told = text.strip_prefix("sep=").and_then(|rest| {
        let (separator, rest) = rest.split_at_checked(1)?;
        let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
        Some((separator.bytes().next()?, rest))
    });
    told.map_or((None, text), |(separator, rest)| (Some(separator), rest))
}

/// Whether the bytes are text that falls into columns.
pub(super) fn is_table(bytes: &[u8]) -> bool {
    // Of the widest encoding, so much holds the sample.
    let head = bytes.get(..2 * SAMPLE).unwrap_or(bytes);
    separator(&code_page::decode(head)).is_some()
}

/// The separator by which most records fall into equally many fields; none when the text is no table.
fn separator(text: &str) -> Option<u8> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end).unwrap_or_default();
    let counted = [b'\t', b';', b','].into_iter().filter_map(|separator| {
        let (records, fields) = regularity(sample, separator)?;
        Some((records * (fields - 1), separator))
    });
    // The first of equals wins: a comma may well be part of a text or a number.
    counted
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, separator)| separator)
}

/// The most frequent number of fields above one, with how many records have it; two at least.
fn regularity(sample: &str, separator: u8) -> Option<(usize, usize)> {
    let mut frequency: Vec<usize> = Vec::new();
    let mut fields = Fields::default();
    let mut records = Records::new(sample, separator);
    while records.read(&mut fields) {
        let count = fields.ends.len().min(1000);
        if frequency.len() <= count {
            frequency.resize(count + 1, 0);
        }
        if let Some(count) = frequency.get_mut(count) {
            *count += 1;
        }
    }
    let best = frequency.iter().enumerate().skip(2).max_by_key(|(_, count)| **count)?;
    (*best.1 >= 2).then_some((*best.1, best.0))
}

#[cfg(test)]
mod tests {
    use crate::open::specimen::{codes, opened};
    use crate::open::{Kind, Value};

    #[test]
    fn separators_and_quotes() {
        for (text, expected) in [
            ("a;b;c\n1;2,5;3\n", "a|b|c / 1|2,5|3"),
            ("a,b\n\"x, y\",2\n", "a|b / x, y|2"),
            ("Biểu 1\n\na\tb\n1\t2\n3\t4\n", "Biểu 1 / a|b / 1|2 / 3|4"),
            ("sep=;\r\na;b\r\n1;2\r\n", "a|b / 1|2"),
            ("a;b\n\"hai\ndòng\";2\n", "a|b / hai\ndòng|2"),
            ("a;b\n5\";2\n", "a|b / 5\"|2"),
            ("a;b;;\n;1;;\n", "a|b / 1"),
            ("a;b\r\"x \"\"y\"\"\"; 1\r", "a|b / x \"y\"| 1"),
        ] {
            let opened = opened("Biểu 1.csv", text.as_bytes());
            assert_eq!((codes(&opened).as_str(), opened.kind), ("", Some(Kind::Csv)), "{text:?}");
            let sheet = &opened.workbook.unwrap().sheets[0];
            assert_eq!(&*sheet.name.name, "Biểu 1");
            let rows: Vec<_> = (sheet.rows.iter())
                .map(|row| {
                    let cells: Vec<_> = (row.cells.iter())
                        .map(|cell| match &cell.value {
                            Value::Text(text) => &**text,
                            _ => "?",
                        })
                        .collect();
                    cells.join("|")
                })
                .collect();
            assert_eq!(rows.join(" / "), expected, "{text:?}");
        }
    }

    #[test]
    fn text_of_which_only_the_beginning_came() {
        for (text, whole) in [
            ("a;b;c\n1;2;3\n4;5;6", true),
            ("a;b;c\n1;2;3\n4;5;", true),
            ("a;b;c\n1;2;3\n4;5", false),
            ("a;b;c\n1;2;3\n4", false),
            ("a;b;c\n1;2;3\n4;5\n", true),
            // Whose lines differ anyway may end with a short one.
            ("Biểu 1\na;b;c\n1;2;3\nTổng;5", true),
        ] {
            let opened = opened("a.csv", text.as_bytes());
            assert_eq!(codes(&opened), if whole { "" } else { "[TEP01]" }, "{text:?}");
        }
    }

    #[test]
    fn empty_lines_count_as_rows() {
        let sheet = opened("a.csv", b"x\n\n\na,b\n1,2\n").workbook.unwrap().sheets.remove(0);
        assert_eq!(sheet.rows.iter().map(|row| row.index).collect::<Vec<_>>(), [0, 3, 4]);
    }

    #[test]
    fn utf_16_and_other_names() {
        let wide: Vec<u8> =
            "\u{FEFF}Mã\tTên\n1\tXã\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let unmarked = opened("a.csv", wide.get(2..).unwrap());
        assert_eq!((codes(&unmarked).as_str(), unmarked.kind), ("", Some(Kind::Csv)));
        let opened = opened("a.xlsx", &wide);
        assert_eq!((codes(&opened).as_str(), opened.kind), ("TEP06", Some(Kind::Csv)));
        assert_eq!(
            opened.workbook.unwrap().sheets[0].rows[1].cells[1].value,
            Value::Text("Xã".into())
        );
    }
}
