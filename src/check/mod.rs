//! Holds every submission against the rules and decides what each unit's figures may stand for.

pub mod ledger;
