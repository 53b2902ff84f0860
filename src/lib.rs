//! qc17: from a folder of commune spreadsheets to the quarterly compliance report on Quy chế 17-QC/TU.
//!
//! One straight line: discover → open → recognise → normalise → check → aggregate → render.

pub mod aggregate;
pub mod calendar;
pub mod check;
pub mod discover;
pub mod model;
pub mod normalise;
pub mod notation;
pub mod open;
pub mod pipeline;
pub mod profile;
pub mod recognise;
pub mod register;
pub mod render;
pub mod rules;
