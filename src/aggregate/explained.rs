//! What was explained: over a span each row of the office's list once; of each unit, why it is late or short.

use super::summary::{Summary, UnitLine};
use crate::model::explanation::{Explained, Fate};
use crate::model::submission::FilePath;
use crate::model::{Period, UnitCode};
use std::collections::BTreeMap;

/// Why units are late, missing or short, as they and the office say; in a report over several quarters by
/// quarter, for a code may have meant another unit before.
#[derive(Debug)]
pub struct Reasons(BTreeMap<(UnitCode, Option<Period>), Vec<String>>);

impl Reasons {
    /// What was said of each unit's findings on quota and punctuality.
    pub fn of(summary: &Summary) -> Self {
        let mut said: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for finding in &summary.findings {
            let concerns = ["CT", "TH"].iter().any(|family| finding.rule.code.starts_with(family));
            if let (Some(unit), Some(explanation), true) =
                (finding.unit, &finding.explanation, concerns)
            {
                said.entry((unit, finding.period)).or_default().push(explanation.words());
            }
        }
        Self(said)
    }

    /// The unit's own reason, then the explanations, each once.
    pub fn words(&self, line: &UnitLine) -> String {
        let mut said: Vec<String> = line.reason.iter().map(ToString::to_string).collect();
        let own = line.quarters.iter().filter(|part| !part.is_carried);
        let own = own.map(|part| (part.line.unit.code, Some(part.period)));
        let owners = [(line.unit.code, None)].into_iter().chain(own);
        for words in owners.filter_map(|owner| self.0.get(&owner)).flatten() {
            if !said.contains(words) {
                said.push(words.clone());
            }
        }
        said.join("; ")
    }
}

/// A row that names no quarter is held against every quarter; it matches when it matches in any.
pub(super) fn over(quarters: &[Summary]) -> Vec<Explained> {
    let mut all: BTreeMap<(FilePath, usize), Explained> = BTreeMap::new();
    for one in quarters.iter().flat_map(|quarter| &quarter.explanations) {
        let row = (one.explanation.file.clone(), one.explanation.line);
        let Some(known) = all.get_mut(&row) else {
            all.insert(row, one.clone());
            continue;
        };
        known.findings += one.findings;
        if one.fate == Fate::Applied {
            known.fate = Fate::Applied;
        }
    }
    all.into_values().collect()
}
