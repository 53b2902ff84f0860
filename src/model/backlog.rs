//! Petitions through the quarters (sổ kiến nghị): what was open, came, was settled, and is open still.

use super::finding::Place;
use super::{Authority, Count, Outcome, Period, Subject, Text, UnitCode};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// One step in the account of a unit's petitions. The order is that of the JSON result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(usize)]
pub enum Movement {
    /// Tồn đầu kỳ.
    Opening,
    /// Phát sinh trong kỳ: the rows of Biểu 2.
    New,
    /// Nhận lại, ghi thêm: back from above, or carried without having been open before.
    Added,
    /// Trả lời tại hội nghị (K1).
    Answered,
    /// Đã giải quyết (K2).
    Settled,
    /// Chuyển cấp trên (K5).
    PassedUp,
    /// Không còn ghi: open before, and neither carried nor given an outcome.
    Lost,
    /// Chưa rõ kết quả: the outcome, or the row itself, cannot be read.
    Unsure,
    /// Tồn cuối kỳ (K3, K4).
    Closing,
}

impl Movement {
    /// How many there are.
    pub const COUNT: usize = 9;

    /// All of them, in the order of the account.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Opening,
        Self::New,
        Self::Added,
        Self::Answered,
        Self::Settled,
        Self::PassedUp,
        Self::Lost,
        Self::Unsure,
        Self::Closing,
    ];

    /// The key used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::New => "new",
            Self::Added => "added",
            Self::Answered => "answered",
            Self::Settled => "settled",
            Self::PassedUp => "passed_up",
            Self::Lost => "lost",
            Self::Unsure => "unsure",
            Self::Closing => "closing",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Opening => "Tồn đầu kỳ",
            Self::New => "Phát sinh trong kỳ",
            Self::Added => "Nhận lại, ghi thêm",
            Self::Answered => "Trả lời tại hội nghị",
            Self::Settled => "Đã giải quyết",
            Self::PassedUp => "Chuyển cấp trên",
            Self::Lost => "Không còn ghi",
            Self::Unsure => "Chưa rõ kết quả",
            Self::Closing => "Tồn cuối kỳ",
        }
    }
}

/// The account of one unit or level: opening + new + added − answered − settled − passed up − lost −
/// unsure = closing, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flow([u64; Movement::COUNT]);

impl Flow {
    /// How many petitions made that movement.
    pub fn get(&self, movement: Movement) -> u64 {
        self.0.get(movement as usize).copied().unwrap_or_default()
    }

    /// Adds petitions to a movement.
    pub fn add(&mut self, movement: Movement, petitions: u64) {
        if let Some(slot) = self.0.get_mut(movement as usize) {
            *slot = slot.saturating_add(petitions);
        }
    }

    /// Adds another unit's account of the same period.
    pub fn merge(&mut self, other: &Self) {
        for movement in Movement::ALL {
            self.add(movement, other.get(movement));
        }
    }

    /// The account over this period and the one right after it: what moved adds up, what was open at
    /// the start and what is open at the end stay.
    #[must_use]
    pub fn then(&self, later: &Self) -> Self {
        let mut both = Self::default();
        for movement in Movement::ALL {
            let petitions = match movement {
                Movement::Opening => self.get(movement),
                Movement::Closing => later.get(movement),
                _ => self.get(movement).saturating_add(later.get(movement)),
            };
            both.add(movement, petitions);
        }
        // What the later period takes over may differ from what the earlier one left: petitions
        // without a known outcome, or a unit that states its own opening.
        let (left, taken) = (self.get(Movement::Closing), later.get(Movement::Opening));
        if taken >= left {
            both.add(Movement::Added, taken - left);
        } else {
            both.add(Movement::Lost, left - taken);
        }
        both
    }

    /// The account of a period in which nothing moved.
    pub fn resting(open: u64) -> Self {
        let mut flow = Self::default();
        flow.add(Movement::Opening, open);
        flow.add(Movement::Closing, open);
        flow
    }

    /// What should be open at the end.
    pub fn due(&self) -> i128 {
        let of = |movement| i128::from(self.get(movement));
        of(Movement::Opening) + of(Movement::New) + of(Movement::Added)
            - of(Movement::Answered)
            - of(Movement::Settled)
            - of(Movement::PassedUp)
            - of(Movement::Lost)
            - of(Movement::Unsure)
    }
}

/// How a petition was recognised as one that was there before, and how surely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trace {
    /// Came in this quarter.
    New,
    /// The same words and the same quarter of origin as before.
    Same,
    /// Nearly the same words.
    Likely,
    /// The same words, another quarter of origin.
    OriginChanged,
    /// Not among those that were open before.
    Added,
    /// As the unit itself states; there is no earlier report to hold against it.
    Stated,
    /// The unit has not reported since; as it last stood.
    Silent,
    /// A cell that would tell cannot be read.
    Unsure,
}

impl Trace {
    /// The word used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Same => "same",
            Self::Likely => "likely",
            Self::OriginChanged => "origin_changed",
            Self::Added => "added",
            Self::Stated => "stated",
            Self::Silent => "silent",
            Self::Unsure => "unsure",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::New => "Phát sinh trong kỳ",
            Self::Same => "Khớp báo cáo kỳ trước",
            Self::Likely => "Gần giống báo cáo kỳ trước",
            Self::OriginChanged => "Khớp nội dung, khác kỳ phát sinh",
            Self::Added => "Không có trong tồn đọng kỳ trước",
            Self::Stated => "Theo đơn vị ghi, chưa có báo cáo kỳ trước để đối chiếu",
            Self::Silent => "Theo lần báo cáo gần nhất; kỳ này đơn vị chưa báo cáo",
            Self::Unsure => "Chưa đối chiếu được: có ô không đọc được",
        }
    }
}

/// A petition that is open at the end of a quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPetition {
    /// Whose.
    pub unit: UnitCode,
    /// Kỳ phát sinh.
    pub origin: Option<Period>,
    /// STT in the table in which it was first seen.
    pub number: Option<Count>,
    /// Nội dung.
    pub content: Option<Text>,
    /// Lĩnh vực.
    pub subject: Option<Subject>,
    /// Thẩm quyền giải quyết.
    pub authority: Option<Authority>,
    /// Cơ quan giải quyết.
    pub agency: Option<Text>,
    /// Ngày tiếp nhận.
    pub received: Option<NaiveDate>,
    /// K3 or K4; none when it cannot be read.
    pub outcome: Option<Outcome>,
    /// The row that says so.
    pub place: Place,
    /// How it was recognised.
    pub trace: Trace,
}

impl OpenPetition {
    /// The day from which it is counted as waiting: receipt, or the last day of its quarter of origin.
    pub fn since(&self) -> Option<NaiveDate> {
        self.received.or_else(|| self.origin.map(Period::last_day))
    }
}

/// A petition that is no longer open, by its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedPetition {
    /// Its words.
    pub words: Fingerprint,
    /// In which quarter it ended.
    pub period: Period,
    /// How; none when it was no longer listed.
    pub outcome: Option<Outcome>,
}

/// Words by the digest of their key: a nation's petitions of years need no more to be known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// Of the key of some words.
    pub fn of(key: &str) -> Self {
        let digest = Sha256::digest(key.as_bytes());
        let mut short = [0; 16];
        short.iter_mut().zip(digest).for_each(|(to, byte)| *to = byte);
        Self(short)
    }
}

/// The petitions of one unit at the end of a quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitBacklog {
    /// The account; none where the unit gave no rows of petitions.
    pub flow: Option<Flow>,
    /// What is open, in the order of the tables.
    pub open: Vec<OpenPetition>,
    /// What is no longer open; kept while later quarters are to come.
    pub closed: Vec<ClosedPetition>,
}

/// The petitions of all units at the end of a quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backlog {
    /// By unit.
    pub units: BTreeMap<UnitCode, UnitBacklog>,
    /// The account over several quarters. It is not the sum of what is open at units that became others,
    /// for what one hands on the other takes over.
    pub over: Option<Flow>,
}

impl Backlog {
    /// Forgets the petitions themselves and keeps the accounts, once the next quarter has been followed.
    pub fn keep_accounts(&mut self) {
        for unit in self.units.values_mut() {
            (unit.open, unit.closed) = (Vec::new(), Vec::new());
        }
    }

    /// The account of all units that gave one.
    pub fn total(&self) -> Flow {
        if let Some(over) = self.over {
            return over;
        }
        let mut total = Flow::default();
        self.units.values().filter_map(|unit| unit.flow.as_ref()).for_each(|one| total.merge(one));
        total
    }

    /// All open petitions, by unit.
    pub fn open(&self) -> impl Iterator<Item = &OpenPetition> {
        self.units.values().flat_map(|unit| &unit.open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn movements_sit_at_their_own_index() {
        for (at, movement) in Movement::ALL.into_iter().enumerate() {
            assert_eq!(movement as usize, at);
        }
    }

    fn flow() -> impl Strategy<Value = Flow> {
        prop::array::uniform8(0u64..1000).prop_map(|[a, b, c, d, e, f, g, h]| {
            let mut flow = Flow([a + d + e + f + g + h, b, c, d, e, f, g, h, 0]);
            flow.0[Movement::Closing as usize] = u64::try_from(flow.due()).unwrap();
            flow
        })
    }

    proptest! {
        #[test]
        fn accounts_stay_balanced(one in flow(), other in flow()) {
            let mut sum = one;
            sum.merge(&other);
            for flow in [sum, one.then(&other)] {
                prop_assert_eq!(flow.due(), i128::from(flow.get(Movement::Closing)));
            }
            prop_assert_eq!(one.then(&other).get(Movement::Opening), one.get(Movement::Opening));
        }
    }
}
