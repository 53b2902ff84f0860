//! Every rule with its words: one file per rule, or per tight family of reading faults.

pub mod at;
pub mod bm;
pub mod case;
pub mod catalogue;
pub mod checks;
pub mod dl;
pub mod dl07_implausible;
pub mod dv;
pub mod explain;
pub mod ky;
pub mod ky_dates;
pub mod sl01_outcome_total;
pub mod sl02_part_over_whole;
pub mod sl03_petition_counts;
pub mod sl04_same_meeting;
pub mod sl05_written_totals;
pub mod sl08_unknown_meeting;
pub mod sl09_repeated_petition;
pub mod sl_across;
pub mod tep;
pub mod th_submission;

#[cfg(test)]
mod testing;
