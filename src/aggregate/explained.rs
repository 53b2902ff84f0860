//! The explanations of a span: each row of the office's list once, whatever quarters it concerns.

use super::summary::Summary;
use crate::model::explanation::{Explained, Fate};
use crate::model::submission::FilePath;
use std::collections::BTreeMap;

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
