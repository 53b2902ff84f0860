//! How the title of a table agrees with the quarter of its file.

use crate::model::Period;
use std::collections::BTreeSet;

/// How a title contradicts the quarter of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OtherQuarter {
    /// It does not, or one of them names none.
    No,
    /// Another one stands nearest to the table, that of the file above it.
    Nearer,
    /// It names another one alone.
    Alone,
}

impl OtherQuarter {
    /// From the quarter nearest to the table, all that its title names, and that of the file.
    pub(super) fn of(
        nearest: Option<Period>,
        all: &BTreeSet<Period>,
        stated: Option<Period>,
    ) -> Self {
        match nearest.zip(stated) {
            Some((nearest, stated)) if nearest != stated && all.contains(&stated) => Self::Nearer,
            Some((nearest, stated)) if nearest != stated => Self::Alone,
            _ => Self::No,
        }
    }
}
