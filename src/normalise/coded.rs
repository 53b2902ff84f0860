//! Reads one cell as a code of a list: `Định kỳ`, `Chủ tịch UBND`, `L01 - Đất đai`.

use super::attending;
use super::codes::CodeList;
use super::reader::TableReader;
use super::values::{folded, shown};
use crate::model::{CellRef, Field, Finding, Severity};
use crate::open::Value;
use crate::rules::dl::DL04;

impl TableReader<'_> {
    /// A code of a list; a word that the list does not know is DL04 and a hole.
    pub fn code<T: Copy + PartialEq>(&mut self, field: &str, list: &CodeList<T>) -> Field<T> {
        self.code_or(field, list, None)
    }

    /// As [`TableReader::code`], but an unknown word counts under `other` and is still named.
    pub fn code_or<T: Copy + PartialEq>(
        &mut self,
        field: &str,
        list: &CodeList<T>,
        other: Option<T>,
    ) -> Field<T> {
        if let Some(ticks) = self.table.columns.ticks.get(field) {
            return self.ticked(field, list, ticks);
        }
        let (at, value) = match self.value(field) {
            Ok(found) => found,
            Err(field) => return field,
        };
        if let Value::Text(text) = value
            && let Some(code) = list.listed(text)
            && list.is_of_level(text, self.source.level)
        {
            return Field::new(at, code);
        }
        let raw = shown(value);
        if let Some(code) = list.read(&folded(&raw)) {
            if !list.is_of_level(&raw, self.source.level) {
                self.say(self.other_level(field, at, &raw));
                return Field::unreadable(at);
            }
            if let Some(other) = list.other_reading(&folded(&raw), code) {
                self.say(self.two_readings(
                    field,
                    at,
                    &raw,
                    [code, other].map(|one| list.name(one)),
                ));
            }
            return Field::new(at, code);
        }
        // Only a list with a place for the rest is read by likeness (lĩnh vực, written in words): a slip
        // there moves a petition between two lines, elsewhere it would decide what counts.
        let near = other.and_then(|_| list.read_near(&folded(&raw)));
        if let Some(code) = near {
            let message = format!(
                "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}: đã hiểu là \u{201c}{}\u{201d}.",
                self.label(field),
                list.name(code)
            );
            let finding = Finding::new(&DL04, self.source.place(at), message).value(raw);
            self.say(finding.with_severity(Severity::Warning));
            return Field::new(at, code);
        }
        let mut message = format!(
            "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}, không có trong danh mục.",
            self.label(field)
        );
        if list.of_who_chairs(&folded(&raw)).is_none() {
            message.push_str(attending::UNCLEAR);
        } else if let Some(near) = list.nearest(&raw) {
            message.push_str(&format!(" Gần nhất là \u{201c}{near}\u{201d}."));
        }
        if let Some(other) = other {
            message.push_str(&format!(" Tạm tính vào \u{201c}{}\u{201d}.", list.name(other)));
        }
        self.say(Finding::new(&DL04, self.source.place(at), message).value(raw));
        other.map_or(Field::unreadable(at), |other| Field::new(at, other))
    }

    /// DL04 as a warning, for words that two codes have.
    fn two_readings(&self, field: &str, at: CellRef, raw: &str, names: [&str; 2]) -> Finding {
        let [understood, other] = names;
        let message = format!(
            "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}: có thể là \u{201c}{understood}\u{201d} hoặc \u{201c}{other}\u{201d}; đã hiểu là \u{201c}{understood}\u{201d}.",
            self.label(field)
        );
        let finding = Finding::new(&DL04, self.source.place(at), message).value(raw);
        finding.with_severity(Severity::Warning)
    }

    /// DL04 for a post that nobody in the unit holds: the secretary of the district in a commune's form.
    fn other_level(&self, field: &str, at: CellRef, raw: &str) -> Finding {
        let message = format!(
            "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}, là chức vụ của cấp khác với đơn vị báo cáo.",
            self.label(field)
        );
        Finding::new(&DL04, self.source.place(at), message).value(raw)
    }
}
