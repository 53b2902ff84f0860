//! The figures of other periods that a report sets beside its own (so sánh), holes and all.

use super::{Level, Span, Tallies, Tally, UnitCode, Verdict};
use std::collections::BTreeMap;

/// What is known of other periods; a part stays empty until the submissions of its period are given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Kỳ trước: the period of the same length that ends where the report's own begins.
    pub previous: Option<Past>,
    /// Cùng kỳ năm trước: the same months a year before.
    pub same_last_year: Option<Past>,
    /// Lũy kế từ đầu năm: from January to the end of the report's own period, which is part of it;
    /// none where the report's own period begins in January, for the two would be one.
    pub since_january: Option<Past>,
    /// The other quarters that are known up to the end of the report's own period, oldest first, for
    /// the charts; a report about one quarter does not stand among them itself.
    pub quarters: Vec<PastQuarter>,
    /// Periods to compare with of which a quarter is not given.
    pub absent: Vec<Span>,
}

/// One other period with what was reported for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The period.
    pub period: Span,
    /// Sums of each level's own meetings, as in the report's own totals: a level without units has no
    /// entry, a sum without a readable cell is none, a sum with a hole is `incomplete`.
    pub totals: BTreeMap<Level, Tallies>,
    /// How many units owed a report.
    pub owed: u64,
    /// How many units' figures are in the sums.
    pub reported: u64,
    /// Whether units were merged or abolished between it and the report's own period, so that the
    /// series is broken there (sắp xếp đơn vị hành chính).
    pub rearranged: bool,
}

/// One quarter of a chart over several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastQuarter {
    /// Its sums.
    pub past: Past,
    /// How each unit of the report stood then; a unit that was not yet there has no entry.
    pub standings: BTreeMap<UnitCode, UnitStanding>,
}

/// How a unit stood against its quota in one quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitStanding {
    /// The unit's verdict.
    pub unit: Verdict,
    /// The verdict on each head, in the order of [`super::Head::ALL`]; none where the quota is the unit's.
    pub heads: Option<[Verdict; 2]>,
}

/// How a figure moved between two periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The way.
    pub way: Way,
    /// By how much; zero when the two are equal.
    pub by: u64,
    /// The earlier figure, of which `by` is a share.
    pub from: u64,
    /// Whether a hole in either figure makes it uncertain.
    pub uncertain: bool,
}

/// Which way a figure moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Tăng.
    Up,
    /// Giảm.
    Down,
    /// Bằng.
    Same,
}

impl Change {
    /// From the figure then to the figure now; none unless both are known.
    pub fn between(then: Tally, now: Tally) -> Option<Self> {
        let (from, to) = (then.sum?, now.sum?);
        let way = match to.cmp(&from) {
            std::cmp::Ordering::Greater => Way::Up,
            std::cmp::Ordering::Less => Way::Down,
            std::cmp::Ordering::Equal => Way::Same,
        };
        let uncertain = then.incomplete || now.incomplete;
        Some(Self { way, by: to.abs_diff(from), from, uncertain })
    }

    /// The change in tenths of a percent of the earlier figure, rounded half up; none from zero.
    pub fn per_mille(self) -> Option<u128> {
        let (by, from) = (u128::from(self.by), u128::from(self.from));
        (from > 0).then(|| (by * 2000 + from) / (from * 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_follow_the_figures() {
        let hole = |sum| Tally { sum, incomplete: true };
        for (then, now, way, by, per_mille, uncertain) in [
            (Tally::known(203), Tally::known(215), Way::Up, 12, Some(59), false),
            (Tally::known(16), Tally::known(1), Way::Down, 15, Some(938), false),
            (Tally::known(7), Tally::known(7), Way::Same, 0, Some(0), false),
            (Tally::known(0), Tally::known(5), Way::Up, 5, None, false),
            (Tally::known(0), Tally::known(0), Way::Same, 0, None, false),
            (hole(Some(2)), Tally::known(6), Way::Up, 4, Some(2000), true),
            (Tally::known(2), hole(Some(1)), Way::Down, 1, Some(500), true),
            (
                Tally::known(1),
                Tally::known(u64::MAX),
                Way::Up,
                u64::MAX - 1,
                Some(1000 * (u128::from(u64::MAX) - 1)),
                false,
            ),
        ] {
            let change = Change::between(then, now).unwrap();
            assert_eq!((change.way, change.by, change.uncertain), (way, by, uncertain));
            assert_eq!(change.per_mille(), per_mille, "{then:?} {now:?}");
        }
    }

    #[test]
    fn what_is_not_known_does_not_move() {
        assert_eq!(Change::between(Tally::default(), Tally::known(5)), None);
        assert_eq!(Change::between(Tally::known(5), Tally { sum: None, incomplete: true }), None);
    }
}
