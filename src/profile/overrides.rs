//! What an office changes beside the numbers: severities, rules switched off, names of columns.

use super::error::Problem;
use super::load::Known;
use super::reader::{Placed, Reader, Section, TABLE};
use super::shape::Shape;
use crate::model::text::key;
use crate::model::{Severity, nearest};
use std::collections::{BTreeMap, BTreeSet};
use toml::de::DeValue;

/// The table `[rules]`: changed severities by code, and the codes that are switched off.
pub(super) fn rules<'a>(
    reader: &mut Reader<'a>,
    root: &mut Section<'a>,
    known: &Known<'_>,
) -> (BTreeMap<String, Severity>, BTreeSet<String>) {
    let (mut severities, mut off) = (BTreeMap::new(), BTreeSet::new());
    let Some(mut section) = reader.section(root, "rules") else { return (severities, off) };
    if let Some(list) = section.take("off") {
        for (at, code) in words(reader, &section.key("off"), &list) {
            if is_rule(reader, at, &section.key("off"), &code, known) {
                off.insert(code);
            }
        }
    }
    if let Some(mut changed) = reader.section(&mut section, "severity") {
        let shape = Shape::choice(Severity::ALL, Severity::Error, Severity::key, Severity::label);
        for (code, at, value) in changed.drain() {
            let path = changed.key(&code);
            let severity = reader.value(&path, &value, &shape);
            if is_rule(reader, at, &path, &code, known) {
                severities.insert(code, severity);
            }
        }
    }
    reader.finish(section);
    (severities, off)
}

/// Notes a code that no rule has.
fn is_rule(reader: &mut Reader<'_>, at: usize, path: &str, code: &str, known: &Known<'_>) -> bool {
    let found = known.rules.contains(&code);
    if !found {
        let near = nearest(code, known.rules.iter().copied()).map(str::to_owned);
        reader.wrong(at, path, Problem::UnknownRule { found: code.to_owned(), nearest: near });
    }
    found
}

/// The tables `[aliases.…]`: the office's own names of columns, by `table.field`.
pub(super) fn aliases<'a>(
    reader: &mut Reader<'a>,
    root: &mut Section<'a>,
    known: &Known<'_>,
) -> BTreeMap<String, Vec<String>> {
    let mut aliases = BTreeMap::new();
    let Some(mut all) = reader.section(root, "aliases") else { return aliases };
    for (table, at, value) in all.drain() {
        let fields: Vec<&str> = (known.fields.iter())
            .filter_map(|field| field.strip_prefix(table.as_str())?.strip_prefix('.'))
            .collect();
        if fields.is_empty() {
            let tables = known.fields.iter().filter_map(|field| Some(field.split_once('.')?.0));
            unknown(reader, (at, &all.key(&table)), &table, tables.collect());
            continue;
        }
        let Some(mut section) = reader.table(all.key(&table), value, TABLE) else {
            continue;
        };
        // Two columns whose names read alike cannot be told apart.
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        for (field, at, list) in section.drain() {
            let path = section.key(&field);
            if !fields.contains(&field.as_str()) {
                unknown(reader, (at, &path), &field, fields.iter().copied().collect());
                continue;
            }
            let names = words(reader, &path, &list);
            for (at, name) in &names {
                let other = taken.entry(key(name)).or_insert_with(|| field.clone()).clone();
                if other != field {
                    let found = name.clone();
                    reader.wrong(*at, &path, Problem::SharedAlias { found, other });
                }
            }
            let names = names.into_iter().map(|(_, name)| name).collect();
            aliases.insert(format!("{table}.{field}"), names);
        }
    }
    aliases
}

fn unknown(reader: &mut Reader<'_>, (at, path): (usize, &str), word: &str, known: BTreeSet<&str>) {
    let near = nearest(word, known.iter().copied()).map(str::to_owned);
    let allowed = known.into_iter().collect::<Vec<_>>().join(", ");
    reader.wrong(at, path, Problem::UnknownKey { allowed, nearest: near });
}

/// A list of texts, each with its place.
fn words<'a>(reader: &mut Reader<'a>, path: &str, list: &Placed<'a>) -> Vec<(usize, String)> {
    let shape = Shape::words();
    let span = list.span();
    let DeValue::Array(items) = list.get_ref() else {
        reader.bad_value(span.start, span.end, path, "danh sách trong ngoặc vuông, ví dụ [\"…\"]");
        return Vec::new();
    };
    let read = items.iter().map(|item| (item.span().start, reader.value(path, item, &shape)));
    read.filter(|(_, word)| !word.is_empty()).collect()
}
