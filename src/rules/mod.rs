//! The catalogue of rules: every code with all that is ever said about it.

pub mod at;
pub mod bm;
pub mod dl;
pub mod dv;
pub mod ky;
pub mod tep;
