//! A mutation: one named way in which a submission departs from the form, and what must be said about it.

use super::dice::Dice;
use super::draft::{Draft, Kind};

/// One named disorder.
pub struct Mutation {
    pub name: &'static str,
    /// What an officer would call it.
    pub vi: &'static str,
    /// The forms it can happen to.
    pub of: &'static [Kind],
    /// The findings that it must lead to, all of them and no others.
    pub codes: &'static [&'static str],
    /// Whether the figures are still read in full.
    pub exact: bool,
    /// Does it; false where the draft gives no occasion.
    pub apply: fn(&mut Draft, &mut Dice) -> bool,
}

pub const BOTH: &[Kind] = &[Kind::Detail, Kind::RollUp];
pub const DETAIL: &[Kind] = &[Kind::Detail];
pub const ROLLUP: &[Kind] = &[Kind::RollUp];

/// A disorder that is read through without a word.
pub const fn quiet(
    name: &'static str,
    vi: &'static str,
    of: &'static [Kind],
    apply: fn(&mut Draft, &mut Dice) -> bool,
) -> Mutation {
    Mutation { name, vi, of, codes: &[], exact: true, apply }
}

/// A disorder that is read through, and said.
pub const fn said(
    name: &'static str,
    vi: &'static str,
    of: &'static [Kind],
    codes: &'static [&'static str],
    apply: fn(&mut Draft, &mut Dice) -> bool,
) -> Mutation {
    Mutation { name, vi, of, codes, exact: true, apply }
}

/// A disorder that leaves a hole, and is said.
pub const fn hole(
    name: &'static str,
    vi: &'static str,
    of: &'static [Kind],
    codes: &'static [&'static str],
    apply: fn(&mut Draft, &mut Dice) -> bool,
) -> Mutation {
    Mutation { name, vi, of, codes, exact: false, apply }
}

/// All mutations, by what they touch.
pub fn all() -> Vec<&'static Mutation> {
    use super::{
        beside, columns, groups, identity, layout, papers, periods, report_day, rows, sheets,
        units, values, words,
    };
    let lists: [&[Mutation]; 13] = [
        layout::MUTATIONS,
        columns::MUTATIONS,
        groups::MUTATIONS,
        rows::MUTATIONS,
        sheets::MUTATIONS,
        identity::MUTATIONS,
        units::MUTATIONS,
        periods::MUTATIONS,
        report_day::MUTATIONS,
        values::MUTATIONS,
        beside::MUTATIONS,
        words::MUTATIONS,
        papers::MUTATIONS,
    ];
    lists.into_iter().flatten().collect()
}
