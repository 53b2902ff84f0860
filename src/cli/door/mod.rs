//! The way in without a command: a folder dragged onto the program, a double click, or a folder typed alone.

mod ask;
mod dropped;
mod place;
mod plan;
mod run;
mod start;
mod typed;
mod words;

pub(super) use run::{open, stay};
pub(super) use start::is_meant;
pub(super) use typed::DoorArgs;
