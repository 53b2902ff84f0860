//! What is said of names that do not decide whose a file is: several units, one nearly so named, one with another's code.

use super::identity::{Identity, Question, Written};
use crate::model::{Finding, Level, Unit};
use crate::rules::dv::{DV02, DV03, DV07};

impl Question<'_> {
    pub(super) fn ambiguous(
        &self,
        units: &[&Unit],
        name: &Written,
        findings: &mut Vec<Finding>,
    ) -> Identity {
        let listed: Vec<String> = units.iter().map(|unit| self.with_parent(unit)).collect();
        let message =
            format!("Tên \u{201c}{}\u{201d} có thể là: {}.", name.text, listed.join("; "));
        findings.push(Finding::new(&DV07, name.place.clone(), message).value(name.text.clone()));
        Identity::Unknown { could_be: units.iter().map(|unit| unit.code).collect() }
    }

    fn with_parent(&self, unit: &Unit) -> String {
        let parent = unit.parent.and_then(|code| self.register.get(code, self.day));
        match parent.filter(|parent| parent.level == Level::District) {
            Some(parent) => format!("{} ({}, {})", unit.full_name(), unit.code, parent.full_name()),
            None => format!("{} ({})", unit.full_name(), unit.code),
        }
    }

    pub(super) fn near(&self, unit: &Unit, name: &Written) -> Finding {
        let message = format!(
            "Tên ghi \u{201c}{}\u{201d}: đã hiểu là {}.",
            name.text,
            self.with_parent(unit)
        );
        Finding::new(&DV02, name.place.clone(), message).value(name.text.clone())
    }
}

/// DV03: the code is one unit's, the name another's.
pub(super) fn disagree(unit: &Unit, code: &Written, name: &Written) -> Finding {
    let message = format!(
        "Mã {} là {}, nhưng tên ghi \u{201c}{}\u{201d}.",
        code.text.trim(),
        unit.full_name(),
        name.text
    );
    Finding::new(&DV03, name.place.clone(), message).value(name.text.clone())
}
