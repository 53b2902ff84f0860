//! The catalogue of rules: every code with all that is ever said about it.

pub mod tep;
