//! The generator of disorder: clean submissions, named mutations of them, and a judge who knows the truth.

pub mod beside;
#[path = "../biff.rs"]
#[allow(dead_code, reason = "half of it serves hostile files")]
mod biff;
pub mod blank;
pub mod clean;
pub mod columns;
pub mod dice;
pub mod draft;
pub mod groups;
pub mod head;
pub mod identity;
pub mod judge;
pub mod kinds;
pub mod layout;
pub mod mutation;
pub mod page;
pub mod papers;
pub mod periods;
pub mod render;
pub mod report_day;
pub mod rows;
pub mod sheets;
pub mod units;
pub mod values;
pub mod words;
