//! The sentences of the review that every output says alike: breaks in a series, documents, quarters.

use super::evidence::Document;
use super::model::{Accepted, Review, UnitYear};
use crate::model::{Measure, Period, Verdict};

impl Review {
    /// What a unit's predecessors came to in a quarter in which it did not exist itself.
    pub fn carried_words(&self, unit: &UnitYear, slot: usize) -> Option<String> {
        let origins = unit.origins.iter().filter_map(|at| self.units.get(*at));
        let verdicts: Vec<Verdict> = origins
            .filter_map(|origin| Some(origin.quarters.get(slot)?.as_ref()?.verdict))
            .collect();
        let counted = Verdict::ALL.into_iter().filter_map(|verdict| {
            let count = verdicts.iter().filter(|one| **one == verdict).count();
            (count > 0).then(|| format!("{count} {}", verdict.label().to_lowercase()))
        });
        let words: Vec<String> = counted.collect();
        (!words.is_empty()).then(|| format!("Tiền thân: {}", words.join(", ")))
    }

    /// The break in a unit's series, its quarters without figures, and the reasons that it gave.
    pub fn note(&self, unit: &UnitYear) -> String {
        noted(unit, self.break_words(unit))
    }

    /// The same in a table that has the unit's predecessors, each with its last day, in the rows below it.
    pub fn note_above_origins(&self, unit: &UnitYear) -> String {
        let first = unit.unit.valid_from.format("%d/%m/%Y");
        let made = unit.origins.len();
        let new = (made > 0 && !unit.ended)
            .then(|| format!("Ngắt quãng: lập từ {first} trên cơ sở {made:02} đơn vị ghi dưới."));
        noted(unit, new)
    }

    /// Since when a unit exists and what it was made of, or what it went into.
    pub fn break_words(&self, unit: &UnitYear) -> Option<String> {
        let shown = |day: chrono::NaiveDate| day.format("%d/%m/%Y").to_string();
        let named = |at: &usize| {
            let other = &self.units.get(*at)?.unit;
            Some(format!("{} ({})", other.full_name(), other.code))
        };
        if unit.ended {
            let last = unit.unit.valid_to.map(shown).unwrap_or_default();
            let heir = unit.heir.as_ref().and_then(named);
            return Some(match heir {
                Some(heir) => format!("Hoạt động đến {last}; đã nhập vào {heir}."),
                None => format!("Hoạt động đến {last}."),
            });
        }
        let origins: Vec<String> = unit.origins.iter().filter_map(named).collect();
        (!origins.is_empty()).then(|| {
            format!(
                "Ngắt quãng: lập từ {} trên cơ sở {}.",
                shown(unit.unit.valid_from),
                origins.join(", ")
            )
        })
    }
}

/// A sentence on the unit's break, its quarters without figures, its reasons.
fn noted(unit: &UnitYear, first: Option<String>) -> String {
    let mut notes = Vec::new();
    notes.extend(first);
    if unit.account.verdict == Verdict::Met && unit.account.sure >= unit.account.owed {
        notes.extend(made_up(unit));
    }
    let reasons = unit.known().filter_map(|quarter| {
        Some(format!("Lý do quý {}: {}.", quarter.period.roman(), quarter.reason.as_ref()?))
    });
    notes.extend(reasons);
    notes.join(" ")
}

/// A year that is met although a quarter is not: which quarters those are.
fn made_up(unit: &UnitYear) -> Option<String> {
    use Verdict::{NotSubmitted, Short, ShortWithReason, Undetermined};
    let behind = unit.known().filter(|quarter| {
        let is_whole_year =
            quarter.tallies.sum(Measure::Required) == Some(unit.account.owed.into());
        let behind = [Short, ShortWithReason, Undetermined, NotSubmitted];
        // What is owed for the year at once cannot be made up from one quarter to the next.
        behind.contains(&quarter.verdict) && !is_whole_year
    });
    let behind: Vec<String> = behind
        .map(|quarter| {
            format!("quý {} {}", quarter.period.roman(), quarter.verdict.label().to_lowercase())
        })
        .collect();
    (!behind.is_empty()).then(|| format!("Đủ chỉ tiêu năm; riêng {}.", behind.join(", ")))
}

impl Document {
    /// Its days: `10/03/2021`, or all that are given for it.
    pub fn days(&self) -> String {
        let days = self.dates.iter().map(|day| day.format("%d/%m/%Y").to_string());
        days.collect::<Vec<_>>().join("; ")
    }

    /// The quarters whose reports name it.
    pub fn quarters(&self) -> String {
        let mut named: Vec<&str> = self.places.iter().map(|(period, _)| period.roman()).collect();
        named.dedup();
        named.join(", ")
    }

    /// The cells that name it; of further files and sheets with their names.
    pub fn cells(&self) -> String {
        let mut last = None;
        let mut words = Vec::new();
        for (at, (_, place)) in self.places.iter().enumerate() {
            let here = (&place.file, place.sheet.as_ref().map(|sheet| &sheet.name));
            let cell = place.cell.map(|cell| cell.to_string()).unwrap_or_default();
            if at > 0 && last != Some(here) {
                let file = place.file.as_ref().map_or("", |file| file.file_name());
                let sheet = place.sheet.as_ref().map_or("", |sheet| &*sheet.name);
                words.push(format!("{file} › {sheet} › {cell}"));
            } else {
                words.push(cell);
            }
            last = Some(here);
        }
        words.join("; ")
    }

    /// What a reviewer should look at twice.
    pub fn remark(&self) -> Option<String> {
        let several = self.dates.len() > 1;
        let words = [
            several.then_some("cùng một số, nhiều ngày khác nhau"),
            self.unreadable.then_some("có ô không đọc được"),
            self.number.is_none().then_some("không ghi số"),
            self.dates.is_empty().then_some("không ghi ngày"),
        ];
        // Minutes have no number in the form.
        let plain = self.kind == super::DocumentKind::Minutes;
        let words: Vec<&str> =
            words.into_iter().flatten().filter(|word| !plain || *word != "không ghi số").collect();
        (!words.is_empty()).then(|| words.join("; "))
    }
}

impl Accepted {
    /// The quarters to which it was applied: `I, III`, or the whole year.
    pub fn period_words(&self) -> String {
        if self.quarters.is_empty() {
            return "cả năm".to_owned();
        }
        let quarters: Vec<&str> = self.quarters.iter().copied().map(Period::roman).collect();
        quarters.join(", ")
    }
}
