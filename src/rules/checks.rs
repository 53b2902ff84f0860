//! The rules that look at one submission, in the order in which they look.

use super::case::Case;
use super::{
    dl07_implausible, ky_dates, sl_across, sl01_outcome_total, sl02_part_over_whole,
    sl03_petition_counts, sl04_same_meeting, sl05_written_totals, sl08_unknown_meeting,
    sl09_repeated_petition, th_submission,
};
use crate::model::{Finding, Rule};

/// Looks at one submission and says what it finds.
pub type Check = fn(&Case<'_>, &mut Vec<Finding>);

/// Every check. Their order does not reach an output: findings are sorted.
pub static CHECKS: &[Check] = &[
    ky_dates::check,
    dl07_implausible::check,
    sl01_outcome_total::check,
    sl02_part_over_whole::check,
    sl03_petition_counts::check,
    sl04_same_meeting::check,
    sl05_written_totals::check,
    sl08_unknown_meeting::check,
    sl09_repeated_petition::check,
];

/// The rules declared beside the checks, in official order, for the catalogue.
pub static RULES: &[&Rule] = &[
    &sl01_outcome_total::SL01,
    &sl02_part_over_whole::SL02,
    &sl03_petition_counts::SL03,
    &sl04_same_meeting::SL04,
    &sl05_written_totals::SL05,
    &sl_across::SL06,
    &sl_across::SL07,
    &sl08_unknown_meeting::SL08,
    &sl09_repeated_petition::SL09,
    &th_submission::TH04,
    &th_submission::TH05,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::said;
    use std::collections::BTreeSet;

    #[test]
    fn a_clean_unit_has_no_finding() {
        assert_eq!(said(|_| {}), [""; 0]);
    }

    #[test]
    fn the_rules_stand_in_official_order() {
        let families = ["SL", "CT", "TH", "HS"];
        let place = |rule: &Rule| {
            let family = families.iter().position(|family| rule.code.starts_with(family));
            (family, rule.code)
        };
        assert!(RULES.is_sorted_by_key(|rule| place(rule)));
        let codes: BTreeSet<_> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(codes.len(), RULES.len());
    }
}
