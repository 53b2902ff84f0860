//! Every rule with its words: one file per rule, or per tight family of reading faults.

pub mod bm;
pub mod case;
pub mod dl;
pub mod dv;
pub mod ky;
pub mod tep;
