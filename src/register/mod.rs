//! The register of administrative units (danh mục đơn vị hành chính), dated from first to last day.

mod error;
mod key;
mod load;
mod lookup;
mod name;
mod rows;
mod succession;

pub use error::{RegisterError, RowProblem};
pub use key::spelling_key;
pub use lookup::{Register, spelled_as};
pub use name::parse_unit_name;

#[cfg(test)]
mod tests;
