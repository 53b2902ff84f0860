//! Quarters in a row through the whole line, from files that the seeded generator makes when the tests run:
//! published figures, comparisons, the ledger of petitions, the review, and the reorganisation of 2025.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "../support/maker.rs"]
mod maker;
#[path = "../support/program.rs"]
mod program;

mod district;
mod identity;
mod land;
mod ledger;
mod published;
mod reorganisation;
mod reused;
mod year;
