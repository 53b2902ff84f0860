//! Marks a workbook in its own package: the parts that must change are edited in place, all others copied as bytes.

mod app;
mod book;
mod cells;
mod comments;
mod drawing;
mod error;
mod package;
mod parts;
mod relations;
mod scan;
mod sheet;
mod styles;
mod types;

pub(super) use error::PatchError;
pub(super) use package::{Order, Patched, patch};
pub(super) use styles::{Looks, MINIMAL as MINIMAL_STYLES};
