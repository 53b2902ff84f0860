//! The lines of a span by one geography: a unit that has ended goes to its only heir, or stays alone.

use super::identity::Identity;
use super::summary::{QuarterLine, Summary, UnitLine};
use crate::model::{Geography, Measure, Span, SubmissionState, Text, Unit, UnitCode};
use crate::profile::Profile;
use crate::register::Register;
use chrono::NaiveDate;
use std::borrow::Cow;
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
        line.heirs = register.heirs(&unit, day).into_iter().cloned().collect();
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

/// Units that ended and whose figures another one shows, each with that one's line.
pub(super) fn handed_on(lines: &[UnitLine]) -> impl Iterator<Item = (&Unit, &UnitLine)> {
    lines.iter().flat_map(|line| line.predecessors().into_iter().map(move |unit| (unit, line)))
}

/// Every unit of a report by itself, with what it sent: a unit whose figures another one shows still
/// answers for its own files, or whoever came after it does.
pub fn each_alone(summary: &Summary) -> Vec<Cow<'_, UnitLine>> {
    let mut all = Vec::with_capacity(summary.units.len());
    for line in &summary.units {
        if !line.quarters.iter().any(|part| part.is_carried) {
            all.push(Cow::Borrowed(line));
            continue;
        }
        let mut before: BTreeMap<UnitCode, Vec<QuarterLine>> = BTreeMap::new();
        let mut own = line.clone();
        own.quarters.retain(|part| !part.is_carried);
        let heir = own.unit.clone();
        all.push(Cow::Owned(own));
        for part in line.quarters.iter().filter(|part| part.is_carried) {
            let part = QuarterLine { is_carried: false, ..part.clone() };
            before.entry(part.line.unit.code).or_default().push(part);
        }
        all.extend(before.into_values().filter_map(|parts| {
            let unit = parts.last()?.line.unit.clone();
            let mut line = Identity { unit, parts }.line(&summary.profile);
            line.unit.name = until(&line.unit.name, line.unit.valid_to);
            line.heirs = vec![heir.clone()];
            Some(Cow::Owned(line))
        }));
    }
    all.sort_by_key(|line| (line.unit.code, line.unit.valid_from));
    all
}

/// The name of a unit without the day on which it ended.
pub fn without_until(unit: &Unit) -> &str {
    let name = unit.name.as_str();
    let mark = unit.valid_to.map(mark);
    mark.and_then(|mark| name.strip_suffix(mark.as_str())).unwrap_or(name)
}

fn mark(day: NaiveDate) -> String {
    format!(" (đến {})", day.format("%d/%m/%Y"))
}

/// The name of a unit that has ended, so that nobody takes it for the one that has its name now.
fn until(name: &Text, day: Option<NaiveDate>) -> Text {
    let day = day.map(|day| format!("{name}{}", mark(day)));
    day.and_then(|name| Text::new(&name)).unwrap_or_else(|| name.clone())
}
