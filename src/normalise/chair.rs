//! Who chaired a meeting: a post of the reporting unit, never of another one of its level.

use super::codes::CodeList;
use super::mentions::named_in;
use super::posts;
use super::reader::TableReader;
use super::values::folded;
use crate::model::{Chair, Field, Finding, Severity, Text, Unit, UnitCode};
use crate::register::Register;
use crate::rules::dl::DL04;
use chrono::NaiveDate;
use std::borrow::Cow;

/// The unit whose file is read, among the units of its day.
#[derive(Debug, Clone, Copy)]
pub struct Home<'a> {
    /// All units.
    pub register: &'a Register,
    /// The unit.
    pub unit: UnitCode,
    /// The last day of the period.
    pub day: NaiveDate,
}

impl<'a> Home<'a> {
    /// The unit of this one's level that a text names instead of it.
    fn other_in(&self, text: &str) -> Option<&'a Unit> {
        // A post without a place needs no look at the register.
        posts::levels_of(text)?;
        let own = self.register.get(self.unit, self.day)?;
        let mut named = named_in(text, self.register, self.day);
        named.retain(|unit| unit.level == own.level);
        let is_own = named.iter().any(|unit| unit.code == own.code);
        named.into_iter().next().filter(|_| !is_own)
    }
}

impl TableReader<'_> {
    /// The code of who chaired; a post of another unit is named and leaves a hole.
    pub(super) fn chair(&mut self, field: &str, list: &CodeList<Chair>) -> Field<Chair> {
        let read = self.code(field, list);
        let Some((at, raw)) = self.coded_beside(field).filter(|_| read.given().is_some()) else {
            return read;
        };
        // Nearly every post is one of the list.
        if list.listed(&raw).is_some() {
            return read;
        }
        let text = folded(&raw);
        let other = list.of_who_chairs(&text).and_then(|text| self.source.home.other_in(&text));
        let Some(other) = other else { return read };
        let message = format!(
            "Ô \u{201c}{}\u{201d} ghi \u{201c}{raw}\u{201d}, là chức vụ ở {}, không phải ở đơn vị báo cáo.",
            self.label(field),
            other.full_name()
        );
        self.say(Finding::new(&DL04, self.place(at), message).value(raw));
        Field::unreadable(at)
    }
}

impl TableReader<'_> {
    /// DL04 where the post beside the name is another than the code says; the code counts.
    pub(super) fn compare_chair(&mut self, chair: &Field<Chair>, name: &Field<Text>) {
        let (Some(code), Some(at), Some(said)) = (chair.value(), name.cell(), name.given()) else {
            return;
        };
        if !posts::contradict(code, &folded(said.as_str()), self.source.level) {
            return;
        }
        let (words, label) = (self.coded_beside("chair"), self.label("chair_name").to_owned());
        let message = format!(
            "Ô \u{201c}{}\u{201d} ghi \u{201c}{}\u{201d}, nhưng ô \u{201c}{label}\u{201d} ghi \u{201c}{said}\u{201d}; vẫn tính theo ô đầu.",
            self.label("chair"),
            words.map_or(Cow::Borrowed(code.label()), |(_, words)| words),
        );
        let finding = Finding::new(&DL04, self.place(at), message).value(said.as_str());
        self.say(finding.with_severity(Severity::Warning));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_of_another_unit() {
        let register = Register::embedded().unwrap();
        let day = NaiveDate::from_ymd_opt(2021, 3, 31).unwrap();
        for (unit, text, other) in [
            ("02635", "Chủ tịch UBND phường Duyên Hải", None),
            ("02635", "Chủ tịch UBND phường Duyên Hải, thành phố Lào Cai", None),
            ("02635", "Chủ tịch UBND phường", None),
            ("02635", "Chủ tịch UBND", None),
            ("02635", "Bí thư; Chủ tịch xã Bảo Hà", Some("02989")),
            ("02635", "Chủ tịch UBND phường Cốc Lếu", Some("02644")),
            ("02989", "Chủ tịch UBND xã Bảo Hà, huyện Bảo Yên", None),
            ("087", "Chủ tịch UBND huyện Bảo Yên", None),
            ("087", "Bí thư Huyện ủy Văn Bàn", Some("089")),
        ] {
            let home = Home { register: &register, unit: UnitCode::parse(unit).unwrap(), day };
            let found = home.other_in(text).map(|unit| unit.code.to_string());
            assert_eq!(found.as_deref(), other, "{unit}: {text}");
        }
    }
}
