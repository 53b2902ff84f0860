//! The figures of a unit (chỉ tiêu số liệu), and sums of them that remember their holes.

/// One count of a unit or of a level. The order is that of the JSON result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(usize)]
pub enum Measure {
    /// Meetings owed in the period (chỉ tiêu).
    Required,
    /// Meetings that count towards the quota.
    Counted,
    /// Periodic meetings held.
    Periodic,
    /// Ad hoc meetings held.
    AdHoc,
    /// Chaired by the secretary.
    BySecretary,
    /// Chaired by the chairman.
    ByChairman,
    /// Chaired by both, or by one person with both posts.
    ByBoth,
    /// Chaired by a deputy.
    ByDeputy,
    /// People who took part.
    Attendees,
    /// Opinions and petitions.
    Opinions,
    /// K1.
    Answered,
    /// K2.
    Resolved,
    /// K3.
    Pending,
    /// K4.
    Unresolved,
    /// K5.
    Forwarded,
    /// Conclusion notices issued in time.
    NoticesOnTime,
    /// Conclusion notices issued late.
    NoticesLate,
    /// Meetings whose conclusion notice is due and was not issued.
    NoticesMissing,
}

impl Measure {
    /// How many there are.
    pub const COUNT: usize = 18;

    /// All measures, in the order of the JSON result.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Required,
        Self::Counted,
        Self::Periodic,
        Self::AdHoc,
        Self::BySecretary,
        Self::ByChairman,
        Self::ByBoth,
        Self::ByDeputy,
        Self::Attendees,
        Self::Opinions,
        Self::Answered,
        Self::Resolved,
        Self::Pending,
        Self::Unresolved,
        Self::Forwarded,
        Self::NoticesOnTime,
        Self::NoticesLate,
        Self::NoticesMissing,
    ];

    /// The measures of the five outcomes, K1 … K5.
    pub const OUTCOMES: [Self; 5] =
        [Self::Answered, Self::Resolved, Self::Pending, Self::Unresolved, Self::Forwarded];

    /// The key used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Counted => "counted",
            Self::Periodic => "periodic",
            Self::AdHoc => "ad_hoc",
            Self::BySecretary => "by_secretary",
            Self::ByChairman => "by_chairman",
            Self::ByBoth => "by_both",
            Self::ByDeputy => "by_deputy",
            Self::Attendees => "attendees",
            Self::Opinions => "opinions",
            Self::Answered => "answered",
            Self::Resolved => "resolved",
            Self::Pending => "pending",
            Self::Unresolved => "unresolved",
            Self::Forwarded => "forwarded",
            Self::NoticesOnTime => "notices_on_time",
            Self::NoticesLate => "notices_late",
            Self::NoticesMissing => "notices_missing",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Required => "Chỉ tiêu của kỳ",
            Self::Counted => "Tính vào chỉ tiêu",
            Self::Periodic => "Định kỳ",
            Self::AdHoc => "Đột xuất",
            Self::BySecretary => "Bí thư chủ trì",
            Self::ByChairman => "Chủ tịch UBND chủ trì",
            Self::ByBoth => "Đồng chủ trì",
            Self::ByDeputy => "Ủy quyền",
            Self::Attendees => "Số lượt người tham gia",
            Self::Opinions => "Ý kiến, kiến nghị",
            Self::Answered => "Trả lời tại hội nghị",
            Self::Resolved => "Đã giải quyết sau hội nghị",
            Self::Pending => "Đang giải quyết",
            Self::Unresolved => "Chưa giải quyết",
            Self::Forwarded => "Chuyển cấp trên",
            Self::NoticesOnTime => "Thông báo kết luận đúng hạn",
            Self::NoticesLate => "Thông báo kết luận muộn",
            Self::NoticesMissing => "Chưa có thông báo kết luận",
        }
    }
}

/// One figure: the sum of what could be read, and whether a rejected cell is missing from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// The sum; none when nothing was reported or readable, which is not zero.
    pub sum: Option<u64>,
    /// Whether a cell that belongs in the sum could not be read.
    pub incomplete: bool,
}

impl Tally {
    /// A known figure.
    pub const fn known(sum: u64) -> Self {
        Self { sum: Some(sum), incomplete: false }
    }

    /// Adds a value.
    pub fn add(&mut self, value: u64) {
        self.sum = Some(self.sum.unwrap_or(0).saturating_add(value));
    }

    /// Adds another figure: its sum and its hole.
    pub fn merge(&mut self, other: Self) {
        if let Some(value) = other.sum {
            self.add(value);
        }
        self.incomplete |= other.incomplete;
    }
}

/// All figures of one unit or level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tallies([Tally; Measure::COUNT]);

impl Tallies {
    /// Every figure zero: a unit that reported that nothing took place.
    pub const fn zero() -> Self {
        Self([Tally::known(0); Measure::COUNT])
    }

    /// The figure of that measure.
    pub fn get(&self, measure: Measure) -> Tally {
        self.0.get(measure as usize).copied().unwrap_or_default()
    }

    /// The figure of that measure, to be changed.
    pub fn get_mut(&mut self, measure: Measure) -> &mut Tally {
        #[expect(clippy::indexing_slicing, reason = "a test holds every measure to its own slot")]
        &mut self.0[measure as usize]
    }

    /// The sum of that measure, zero when nothing was reported: for places where a blank is shown.
    pub fn sum(&self, measure: Measure) -> Option<u64> {
        self.get(measure).sum
    }

    /// The measures that miss a rejected cell.
    pub fn incomplete(&self) -> impl Iterator<Item = Measure> + '_ {
        Measure::ALL.into_iter().filter(|measure| self.get(*measure).incomplete)
    }

    /// Adds another unit's figures.
    pub fn merge(&mut self, other: &Self) {
        for measure in Measure::ALL {
            self.get_mut(measure).merge(other.get(measure));
        }
    }

    /// Marks a figure as missing a cell.
    pub fn mark(&mut self, measure: Measure) {
        self.get_mut(measure).incomplete = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_sit_at_their_own_index() {
        for (i, measure) in Measure::ALL.into_iter().enumerate() {
            assert_eq!(measure as usize, i);
        }
    }

    #[test]
    fn a_hole_travels_with_the_sum() {
        let mut total = Tally::default();
        total.merge(Tally::known(3));
        total.merge(Tally { sum: None, incomplete: true });
        assert_eq!(total, Tally { sum: Some(3), incomplete: true });
    }
}
