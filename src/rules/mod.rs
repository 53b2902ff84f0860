//! Every rule with its words: one file per rule, or per tight family of reading faults.

pub mod at;
pub mod bm;
pub mod case;
pub mod catalogue;
pub mod dl;
pub mod dv;
pub mod explain;
pub mod ky;
pub mod tep;
