//! Units that a text lists under the kind of its first: `phường Duyên Hải, Cốc Lếu, Kim Tân`.

use super::mentions::LONGEST_NAME;
use crate::model::text::key;
use crate::model::{Level, Unit};
use crate::register::Register;
use chrono::NaiveDate;

/// The units that go on a list under the kind of its first: `phường Duyên Hải, Cốc Lếu, Kim Tân`, and where they end.
pub(super) fn listed_behind<'a>(
    words: &[&str],
    mut end: usize,
    first: &[&'a Unit],
    (register, day): (&'a Register, NaiveDate),
) -> (usize, Vec<&'a Unit>) {
    let mut listed = Vec::new();
    let [first] = first else { return (end, listed) };
    loop {
        let and = words.get(end).is_some_and(|word| key(word) == "va");
        let start = end + usize::from(and);
        let name = |len: usize| Some(words.get(start..start + len)?.join(" "));
        let found = (2..=LONGEST_NAME).rev().find_map(|len| {
            let name = name(len)?;
            let mut units = register.named(&name, day, Some(first.kind), None).into_iter();
            let beside = units.find(|unit| is_beside(unit, first, register))?;
            Some((start + len, beside))
        });
        let Some((after, unit)) = found else { return (end, listed) };
        listed.push(unit);
        end = after;
    }
}

/// Whether a name behind a unit's is that of another one, and not of the district that it lies or lay in.
pub(super) fn is_beside(unit: &Unit, first: &Unit, register: &Register) -> bool {
    let district = |other: &Unit| {
        other.level < Level::Commune && key(other.name.as_str()) == key(unit.name.as_str())
    };
    unit.code != first.code
        && (unit.level, unit.parent) == (first.level, first.parent)
        && !(unit.level == Level::Commune && register.all().iter().any(district))
}
