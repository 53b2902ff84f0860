//! The blank forms that units fill in: drawn from the same data by which they are read back.

mod blank;
mod book;
mod error;
mod guide;
mod info;
mod layout;
mod lists;
mod lock;
mod look;
mod rows;
mod sheet;
mod words;

#[cfg(test)]
mod tests;

pub use blank::{Blank, Setting, VERSION, file_name};
pub use error::FormError;
