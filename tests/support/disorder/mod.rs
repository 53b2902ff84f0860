//! The generator of disorder: clean submissions, named mutations of them, and a judge who knows the truth.

pub mod clean;
pub mod columns;
pub mod dice;
pub mod draft;
pub mod file;
pub mod identity;
pub mod judge;
pub mod layout;
pub mod mutation;
pub mod page;
pub mod periods;
pub mod render;
pub mod rows;
pub mod sheets;
pub mod values;
