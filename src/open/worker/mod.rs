//! A process of our own (tiến trình phụ) for readers that a hostile file may abort: it dies, the run goes on.

mod child;
mod parent;
mod wire;

pub use child::serve;
pub(super) use parent::read;
pub use parent::set_program;

/// The hidden argument with which the program becomes a worker; `main` then calls [`serve`].
pub const ARGUMENT: &str = "--worker";
