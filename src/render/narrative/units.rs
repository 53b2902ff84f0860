//! Names of units in running text, gathered by district where there are districts.

use crate::aggregate::{Summary, UnitLine, without_until};
use crate::model::{Level, UnitCode};
use std::collections::BTreeMap;

/// `xã Bảo Hà`: the word for the kind begins small inside a sentence.
pub(crate) fn in_text(line: &UnitLine) -> String {
    let unit = &line.unit;
    format!("{} {}", unit.kind.prefix().to_lowercase(), unit.name)
}

/// The district above a commune, when the scope has one.
pub(crate) fn district(summary: &Summary, line: &UnitLine) -> Option<UnitCode> {
    let parent = line.unit.parent?;
    let above = summary.unit(parent)?;
    (line.unit.level == Level::Commune && above.unit.level == Level::District).then_some(parent)
}

/// Those units in the words of a report: the higher levels one by one, then the communes by district;
/// in a district's own report, where all have the same district, one by one.
pub(super) fn listed<'s>(
    summary: &'s Summary,
    lines: impl Iterator<Item = &'s UnitLine>,
) -> Vec<String> {
    let mut single: Vec<&UnitLine> = Vec::new();
    let mut by_district: BTreeMap<UnitCode, Vec<String>> = BTreeMap::new();
    for line in lines {
        match district(summary, line).filter(|code| *code != summary.scope.code) {
            Some(district) => {
                by_district.entry(district).or_default().push(below(summary, district, line));
            }
            None => single.push(line),
        }
    }
    single.sort_by_key(|line| line.unit.level);
    let named = |code: &UnitCode| summary.unit(*code).map(in_text).unwrap_or_default();
    let groups =
        by_district.iter().map(|(code, names)| format!("{}: {}", named(code), names.join(", ")));
    single.into_iter().map(in_text).chain(groups).collect()
}

/// A commune behind the name of its district, which says for both when they ended.
fn below(summary: &Summary, district: UnitCode, line: &UnitLine) -> String {
    let unit = &line.unit;
    let ended = summary.unit(district).and_then(|above| above.unit.valid_to);
    if ended.is_none() || ended != unit.valid_to {
        return in_text(line);
    }
    format!("{} {}", unit.kind.prefix().to_lowercase(), without_until(unit))
}
