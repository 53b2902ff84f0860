//! The figures that changed since an earlier run, of units and of whole levels, each with its cause.

use super::asked::asks;
pub use super::cause::Cause;
use super::cause::cause;
use super::previous::{PastFile, PastFinding, PastUnit, Previous, Renamed};
use super::summary::Summary;
use crate::model::submission::FilePath;
use crate::model::{Level, Measure, Severity, Tallies, UnitCode};
use std::collections::BTreeMap;

/// Whose figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A unit's own.
    Unit(UnitCode),
    /// The sum of the units of a level.
    Level(Level),
    /// The sum of all levels.
    All,
}

impl Whose {
    /// As the user reads it.
    pub fn words(self) -> String {
        match self {
            Self::Unit(unit) => unit.to_string(),
            Self::Level(level) => format!("Cộng {}", level.label()),
            Self::All => "Cộng các cấp".to_owned(),
        }
    }
}

/// A figure that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFigure {
    /// Whose.
    pub whose: Whose,
    /// Which.
    pub measure: Measure,
    /// In the earlier run.
    pub before: Option<u64>,
    /// In this run.
    pub after: Option<u64>,
    /// What caused it; several for a sum to which several units add.
    pub causes: Vec<Cause>,
    /// Whether a finding of the earlier run asked for it; none where no file caused it.
    pub asked: Option<bool>,
}

impl ChangedFigure {
    /// The word of its cause in JSON.
    pub fn cause(&self) -> &'static str {
        match self.causes.as_slice() {
            [] => Cause::Program.key(),
            [first, rest @ ..] if rest.iter().all(|cause| cause.key() == first.key()) => {
                first.key()
            }
            _ => "several",
        }
    }

    /// The files that caused it.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.causes.iter().filter_map(Cause::file)
    }

    /// Its causes, as the user reads them.
    pub fn words(&self) -> String {
        self.causes.iter().map(Cause::words).collect::<Vec<_>>().join("; ")
    }
}

/// Every figure that differs.
pub(super) fn figures(previous: &Previous, summary: &Summary) -> Vec<ChangedFigure> {
    let before = numbered(previous.units.iter(), |unit| unit.code);
    let before: BTreeMap<(UnitCode, usize), &PastUnit> = before.collect();
    let files: BTreeMap<&str, &PastFile> =
        previous.files.iter().map(|file| (file.path.as_str(), file)).collect();
    let mut used: BTreeMap<UnitCode, Vec<&PastFile>> = BTreeMap::new();
    for file in previous.files.iter().filter(|file| file.used) {
        if let Some(unit) = file.unit {
            used.entry(unit).or_default().push(file);
        }
    }
    let renamed = Renamed::of(previous, summary);
    let now: BTreeMap<&str, Option<&str>> =
        (summary.files.iter()).map(|file| (file.path.as_str(), file.sha256.as_deref())).collect();
    let mut asking: BTreeMap<UnitCode, Vec<&PastFinding>> = BTreeMap::new();
    for finding in previous.findings.iter().filter(|one| one.severity != Severity::Info) {
        asking.entry(finding.unit.unwrap_or(summary.scope.code)).or_default().push(finding);
    }
    let mut changed = Vec::new();
    for ((code, nth), line) in numbered(summary.units.iter(), |line| line.unit.code) {
        let past = before.get(&(code, nth)).map_or([None; Measure::COUNT], |unit| unit.figures);
        let now_held = held(|measure| line.tallies.sum(measure));
        let is_recounted =
            now_held != held(|measure| past.get(measure as usize).copied().flatten());
        for (measure, before) in Measure::ALL.into_iter().zip(past) {
            let after = line.tallies.sum(measure);
            if before == after {
                continue;
            }
            let same = |path: &FilePath| {
                let sha256 = now.get(path.as_str()).copied().flatten();
                let past = files.get(renamed.before(path.as_str()));
                past.is_some_and(|past| past.sha256.as_deref() == sha256)
            };
            let cause = cause(line, &used, (&renamed, &same), previous, summary);
            let findings = asking.get(&code).map(Vec::as_slice).unwrap_or_default();
            let asked = match cause {
                Cause::File(_) => {
                    Some(findings.iter().any(|finding| asks(finding, measure, is_recounted)))
                }
                // Nobody is ever asked to take a report back.
                Cause::Gone(_) => Some(false),
                Cause::Profile | Cause::AsOf | Cause::Program => None,
            };
            let (whose, causes) = (Whose::Unit(code), vec![cause]);
            changed.push(ChangedFigure { whose, measure, before, after, causes, asked });
        }
    }
    let sums = sums(previous, summary, &changed);
    changed.extend(sums);
    changed
}

/// How many meetings there are, of either kind, as far as they are known.
fn held(figure: impl Fn(Measure) -> Option<u64>) -> u64 {
    let kinds = [Measure::Periodic, Measure::AdHoc];
    kinds.into_iter().filter_map(figure).fold(0, u64::saturating_add)
}

/// The sums of each level, then of all levels.
fn sums(previous: &Previous, summary: &Summary, units: &[ChangedFigure]) -> Vec<ChangedFigure> {
    let level_of: BTreeMap<UnitCode, Level> =
        summary.units.iter().map(|line| (line.unit.code, line.unit.level)).collect();
    let mut changed = Vec::new();
    for whose in Level::ALL.map(Whose::Level).into_iter().chain([Whose::All]) {
        let belongs = |level: Level| whose == Whose::All || whose == Whose::Level(level);
        let mut now = Tallies::default();
        let levels = summary.totals.iter().filter(|(level, _)| belongs(**level));
        levels.for_each(|(_, tallies)| now.merge(tallies));
        let past: Vec<_> = previous.totals.iter().filter(|(level, _)| belongs(**level)).collect();
        // A result of before the totals were kept has none to compare with.
        if past.is_empty() && !previous.units.is_empty() {
            continue;
        }
        for (at, measure) in Measure::ALL.into_iter().enumerate() {
            let given = past.iter().filter_map(|(_, figures)| figures.get(at).copied().flatten());
            let before = given.reduce(u64::saturating_add);
            let after = now.sum(measure);
            if before == after {
                continue;
            }
            let of_it = |one: &&ChangedFigure| match one.whose {
                Whose::Unit(unit) => {
                    one.measure == measure && level_of.get(&unit).is_some_and(|l| belongs(*l))
                }
                _ => false,
            };
            let parts: Vec<&ChangedFigure> = units.iter().filter(of_it).collect();
            changed.push(sum_of(whose, (measure, before, after), &parts));
        }
    }
    changed
}

/// A changed sum has the causes of its changed parts; it was asked for when all of them were.
fn sum_of(
    whose: Whose,
    (measure, before, after): (Measure, Option<u64>, Option<u64>),
    parts: &[&ChangedFigure],
) -> ChangedFigure {
    let mut causes: Vec<Cause> = Vec::new();
    for cause in parts.iter().flat_map(|part| &part.causes) {
        if !causes.contains(cause) {
            causes.push(cause.clone());
        }
    }
    if causes.is_empty() {
        causes.push(Cause::Program);
    }
    let answers = || parts.iter().map(|part| part.asked);
    let asked = if answers().any(|asked| asked == Some(false)) {
        Some(false)
    } else {
        (!parts.is_empty() && answers().all(|asked| asked == Some(true))).then_some(true)
    };
    ChangedFigure { whose, measure, before, after, causes, asked }
}

/// Each with its code and, where several had the code one after the other, which of them it is.
fn numbered<'a, T: 'a>(
    all: impl Iterator<Item = &'a T>,
    code: impl Fn(&T) -> UnitCode,
) -> impl Iterator<Item = ((UnitCode, usize), &'a T)> {
    let mut seen: BTreeMap<UnitCode, usize> = BTreeMap::new();
    all.map(move |one| {
        let nth = seen.entry(code(one)).or_default();
        *nth += 1;
        ((code(one), *nth), one)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::changes::compare;
    use crate::check::trials::Batch;
    use crate::render::json::{json, previous::previous};
    use crate::rules::testing::{Trial, count, set};

    type Change = fn(&mut Trial);

    /// Two communes and their district.
    fn quarter(changes: [Change; 3]) -> Batch {
        let mut batch = Batch::empty();
        for (unit, change) in ["02947", "02950", "087"].into_iter().zip(changes) {
            batch.send(unit, change);
        }
        batch
    }

    /// The changed sums, as short lines; the files of changed submissions are given another content.
    fn sums(changes: [Change; 3], resent: &[usize]) -> Vec<String> {
        let before = quarter([|_| {}; 3]);
        let mut after = quarter(changes);
        for at in resent {
            after.files[*at].sha256 = Some("other".to_owned());
        }
        let past = previous(&json(&before.summary())).unwrap();
        let figures = compare(&past, &after.summary()).unwrap().figures;
        let sums = figures.iter().filter(|figure| !matches!(figure.whose, Whose::Unit(_)));
        sums.map(|figure| {
            let files: Vec<&str> = figure.files().collect();
            format!(
                "{} {} {:?}→{:?} {} [{}] {:?}",
                figure.whose.words(),
                figure.measure.key(),
                figure.before.unwrap_or_default(),
                figure.after.unwrap_or_default(),
                figure.cause(),
                files.join(" "),
                figure.asked
            )
        })
        .collect()
    }

    const SAME: Change = |_| {};

    #[test]
    fn sums_change_with_their_units() {
        let more: Change = |t| count(&mut t.meeting(0).attendees, 90);
        assert_eq!(
            sums([more, SAME, SAME], &[0]),
            [
                "Cộng cấp xã attendees 170→175 file [xa/02947.xlsx] Some(false)",
                "Cộng các cấp attendees 255→260 file [xa/02947.xlsx] Some(false)",
            ]
        );
        assert_eq!(
            sums([more, more, more], &[0, 1, 2]),
            [
                "Cộng cấp huyện attendees 85→90 file [xa/087.xlsx] Some(false)",
                "Cộng cấp xã attendees 170→180 file [xa/02947.xlsx xa/02950.xlsx] Some(false)",
                "Cộng các cấp attendees 255→270 file [xa/02947.xlsx xa/02950.xlsx xa/087.xlsx] \
                 Some(false)",
            ]
        );
    }

    #[test]
    fn what_evens_out_is_no_change_of_the_sum() {
        let more: Change = |t| count(&mut t.meeting(0).attendees, 90);
        let less: Change = |t| count(&mut t.meeting(0).attendees, 80);
        assert_eq!(sums([more, less, SAME], &[0, 1]), [""; 0]);
        // One file was sent anew; the other's figures are read otherwise by another program.
        assert_eq!(
            sums([more, more, SAME], &[0]),
            [
                "Cộng cấp xã attendees 170→180 several [xa/02947.xlsx] Some(false)",
                "Cộng các cấp attendees 255→265 several [xa/02947.xlsx] Some(false)",
            ]
        );
    }

    #[test]
    fn no_file_no_answer_whether_it_was_asked_for() {
        let ad_hoc: Change = |t| set(&mut t.meeting(0).kind, crate::model::Kind::AdHoc);
        let found = sums([SAME, SAME, ad_hoc], &[]);
        assert!(!found.is_empty() && found.iter().all(|line| line.ends_with("program [] None")));
    }

    #[test]
    fn a_result_without_totals_is_compared_without_them() {
        let batch = quarter([SAME; 3]);
        let mut past = previous(&json(&batch.summary())).unwrap();
        assert_eq!(past.totals.len(), 3);
        past.totals.clear();
        assert!(compare(&past, &batch.summary()).unwrap().figures.is_empty());
    }
}
