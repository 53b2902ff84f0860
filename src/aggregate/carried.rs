//! The lines of a span by one geography: a unit that has ended goes to its only heir, or stays alone.

use super::identity::Identity;
use super::summary::UnitLine;
use crate::model::{Geography, Measure, Span, SubmissionState, Text, Unit, UnitCode};
use crate::profile::Profile;
use crate::register::Register;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// One line for each unit that is shown, in the order of codes, the older unit of a code first.
pub(super) fn lines(
    own: Vec<Identity>,
    profile: &Profile,
    (register, span): (&Register, Span),
    geography: Geography,
) -> Vec<UnitLine> {
    let day = span.last_day();
    let (present, ended): (Vec<_>, Vec<_>) =
        own.into_iter().partition(|identity| identity.unit.in_force_on(day));
    let mut lines: BTreeMap<(UnitCode, NaiveDate), UnitLine> = BTreeMap::new();
    for identity in present {
        let key = (identity.unit.code, register.began(&identity.unit));
        lines.insert(key, identity.line(profile));
    }
    for identity in ended {
        let unit = identity.unit.clone();
        let heir = heir(&unit, register, day).filter(|_| geography == Geography::Now);
        let heir = heir.and_then(|heir| lines.get_mut(&(heir.code, register.began(heir))));
        let mut line = identity.line(profile);
        if let Some(heir) = heir {
            carry(line, heir);
        } else {
            line.unit.name = until(&line.unit.name, unit.valid_to);
            lines.insert((unit.code, register.began(&unit)), line);
        }
    }
    lines.into_values().collect()
}

/// The one unit of the same level that a unit has become by that day; none while it lasts. Of several
/// heirs nobody knows which share is whose.
pub(super) fn heir<'r>(unit: &Unit, register: &'r Register, day: NaiveDate) -> Option<&'r Unit> {
    if unit.in_force_on(day) {
        return None;
    }
    let heirs = register.heirs(unit, day);
    let only = heirs.first().copied().filter(|_| heirs.len() == 1)?;
    (only.level == unit.level).then_some(only)
}

/// Adds a predecessor's figures. Verdict and submission state stay those of the heir itself: it did
/// not owe what its predecessors owed.
fn carry(from: UnitLine, to: &mut UnitLine) {
    to.tallies.merge(&from.tallies);
    let silent = from.quarters.iter().any(|part| part.line.submission == SubmissionState::Missing);
    if silent {
        let all = Measure::ALL.into_iter().filter(|measure| *measure != Measure::Required);
        all.for_each(|measure| to.tallies.mark(measure));
    }
    to.quarters.extend(from.quarters.into_iter().map(|mut part| {
        part.is_carried = true;
        part
    }));
    to.quarters.sort_by_key(|part| (part.period, part.line.unit.code));
}

/// The name of a unit that has ended, so that nobody takes it for the one that has its name now.
fn until(name: &Text, day: Option<NaiveDate>) -> Text {
    let day = day.map(|day| format!("{name} (đến {})", day.format("%d/%m/%Y")));
    day.and_then(|name| Text::new(&name)).unwrap_or_else(|| name.clone())
}
