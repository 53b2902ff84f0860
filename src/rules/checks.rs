//! The rules that look at one submission, in the order in which they look.

use super::case::Case;
use super::{
    at_texts, ct_quota, ct02_not_counted, ct03_out_of_season, dl07_implausible, hs_meeting_papers,
    hs_petition_papers, ky_dates, sl_across, sl01_outcome_total, sl02_part_over_whole,
    sl03_petition_counts, sl04_same_meeting, sl05_written_totals, sl08_unknown_meeting,
    sl09_repeated_petition, th_notice, th_submission, th03_short_announcement,
    th06_overdue_petition, th07_acknowledgement, th08_date_order,
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
    ct_quota::check,
    ct02_not_counted::check,
    ct03_out_of_season::check,
    th_notice::check,
    th03_short_announcement::check,
    th06_overdue_petition::check,
    th08_date_order::check,
    hs_meeting_papers::check,
    hs_petition_papers::check,
    at_texts::check,
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
    &ct_quota::CT01,
    &ct02_not_counted::CT02,
    &ct03_out_of_season::CT03,
    &ct_quota::CT04,
    &ct_quota::CT05,
    &th_notice::TH01,
    &th_notice::TH02,
    &th03_short_announcement::TH03,
    &th_submission::TH04,
    &th_submission::TH05,
    &th06_overdue_petition::TH06,
    &th07_acknowledgement::TH07,
    &th08_date_order::TH08,
    &hs_meeting_papers::HS01,
    &hs_meeting_papers::HS02,
    &hs_petition_papers::HS03,
    &hs_petition_papers::HS04,
    &hs_meeting_papers::HS05,
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
