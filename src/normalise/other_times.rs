//! Units that a file names and that do not exist in its period: which, until when, and what they are now (DV04).

use super::identity::{Question, Written};
use super::near::{NameParts, district_in};
use super::values::{folded, shown};
use crate::model::text::key;
use crate::model::{Finding, Form, Level, Unit, UnitKind};
use crate::register::{Register, spelled_as};
use crate::rules::dv::DV04;
use chrono::NaiveDate;

impl Question<'_> {
    /// The units that bore that name at another time: of the written kind, spelled as written and in the
    /// district that the file names, where there are such; of those the ones nearest in time.
    pub(super) fn of_other_times(&self, name: NameParts<'_>) -> Vec<&Unit> {
        let of_form = |unit: &&Unit| self.form == Form::Detail || unit.level != Level::Commune;
        let units = self.register.all().iter().filter(|unit| bears_name(unit, name.bare));
        let mut found: Vec<&Unit> = units.filter(of_form).collect();
        prefer(&mut found, |unit| name.kind.is_none_or(|kind| unit.kind == kind));
        prefer(&mut found, |unit| spelled_as(unit, name.bare));
        let nearest = found.iter().map(|unit| away(unit, self.day)).min();
        found.retain(|unit| Some(away(unit, self.day)) == nearest);
        prefer(&mut found, |unit| self.was_in_named_district(unit));
        found
    }

    /// Whether the unit lay, while it existed, in the district that the file names.
    fn was_in_named_district(&self, unit: &Unit) -> bool {
        let claim = self.claims.iter().find(|claim| claim.field == "district");
        let Some(value) = claim.and_then(|claim| claim.value.as_ref()) else { return false };
        let day = unit.valid_to.unwrap_or(unit.valid_from);
        let district = district_in(self.register, day, &folded(&shown(value)));
        district.is_some_and(|code| self.register.is_within(unit, code, day))
    }

    /// DV04; of several units of one name nobody can tell which is meant, so all are named.
    pub(super) fn not_in_force(&self, units: &[&Unit], written: &Written) -> Finding {
        let sentences: Vec<String> = units.iter().map(|unit| self.past_or_future(unit)).collect();
        let finding = Finding::new(&DV04, written.place.clone(), sentences.join(" "));
        finding.value(written.text.clone())
    }

    fn past_or_future(&self, unit: &Unit) -> String {
        let shown = |day: NaiveDate| day.format("%d/%m/%Y");
        let list = |units: &[&Unit]| {
            let names = units.iter().map(|unit| format!("{} ({})", unit.full_name(), unit.code));
            names.collect::<Vec<_>>().join(", ")
        };
        let whose = format!("{} ({})", unit.full_name(), unit.code);
        let (mut sentence, others, lead) = match unit.valid_to.filter(|last| *last < self.day) {
            Some(last) => (
                format!("{whose} chỉ có đến hết ngày {}.", shown(last)),
                self.register.heirs(unit, self.day),
                "Đơn vị kế tục",
            ),
            None => (
                format!("{whose} chỉ có từ ngày {}.", shown(unit.valid_from)),
                self.register.origins(unit, self.day),
                "Khi đó là",
            ),
        };
        if !others.is_empty() {
            sentence.push_str(&format!(" {lead}: {}.", list(&others)));
        }
        sentence
    }
}

/// Keeps those of which it holds, where it holds of any.
fn prefer<'a>(units: &mut Vec<&'a Unit>, holds: impl Fn(&'a Unit) -> bool) {
    if units.iter().any(|unit| holds(unit)) {
        units.retain(|unit| holds(unit));
    }
}

/// How many days lie between a unit's time and that day.
fn away(unit: &Unit, day: NaiveDate) -> i64 {
    let since = unit.valid_to.map_or(0, |last| (day - last).num_days());
    since.max((unit.valid_from - day).num_days())
}

/// The unit of that kind and name that the unit came out of, with others or under another code: not the same one.
pub(super) fn once_of_kind<'a>(
    register: &'a Register,
    unit: &Unit,
    kind: UnitKind,
    bare: &str,
    day: NaiveDate,
) -> Option<&'a Unit> {
    let began = register.began(unit);
    let ended = |other: &&Unit| other.valid_to.is_some_and(|last| last < began);
    let of_name = |other: &&Unit| other.kind == kind && bears_name(other, bare);
    let mut once = register.all().iter().filter(of_name).filter(ended);
    once.find(|other| register.heirs(other, day).iter().any(|heir| heir.code == unit.code))
}

pub(super) fn bears_name(unit: &Unit, bare: &str) -> bool {
    let wanted = key(bare);
    std::iter::once(&unit.name).chain(&unit.aliases).any(|name| key(name.as_str()) == wanted)
}
