//! Every rule with its words: one file per rule, or per tight family of reading faults.

pub mod at;
pub mod at_texts;
pub mod bm;
pub mod case;
pub mod catalogue;
pub mod checks;
pub mod ct02_not_counted;
pub mod ct03_out_of_season;
pub mod ct05_year;
pub mod ct_quota;
pub mod dl;
pub mod dl07_implausible;
pub mod dv;
pub mod explain;
pub mod hs_meeting_papers;
pub mod hs_petition_papers;
pub mod ky;
pub mod ky_dates;
pub mod noticed;
pub mod sl01_outcome_total;
pub mod sl02_part_over_whole;
pub mod sl03_petition_counts;
pub mod sl04_same_meeting;
pub mod sl05_written_totals;
pub mod sl08_unknown_meeting;
pub mod sl09_repeated_petition;
pub mod sl_across;
pub mod tep;
pub mod th03_short_announcement;
pub mod th06_overdue_petition;
pub mod th07_acknowledgement;
pub mod th08_date_order;
pub mod th_notice;
pub mod th_submission;

#[cfg(test)]
pub(crate) mod testing;
