//! Every rule with its words: one file per rule, or per tight family of reading faults.

pub mod tep;
