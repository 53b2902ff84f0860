//! What can go wrong with a quarter's report of one unit, and how often it is planted.

use super::prng::Prng;
use super::register::{Level, Unit};
use std::collections::BTreeMap;

/// What is special about the report of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Clean,
    CountsOnly,
    ExtraAdHoc,
    EarlyMonth,
    Missing,
    LateReport,
    LateReceipt,
    Undated,
    AdHocOnly,
    DeputyOnly,
    AdHocWithReason,
    NothingToReport,
    Untouched,
    OutcomeSum,
    TypedTotal,
    LateNotice,
    MissingNotice,
    NoticeBefore,
    BadDate,
    TextCount,
    LostReference,
    TwoFiles,
    OtherPeriod,
    Truncated,
    ZeroBytes,
    PlainText,
    RollUpDiffers,
    RollUpOnly,
}

impl Case {
    /// The name in the truth file.
    pub(crate) const fn slug(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::CountsOnly => "counts-only",
            Self::ExtraAdHoc => "extra-ad-hoc",
            Self::EarlyMonth => "early-month",
            Self::Missing => "missing",
            Self::LateReport => "late-report-date",
            Self::LateReceipt => "late-receipt",
            Self::Undated => "undated",
            Self::AdHocOnly => "ad-hoc-only",
            Self::DeputyOnly => "deputy-only",
            Self::AdHocWithReason => "ad-hoc-with-reason",
            Self::NothingToReport => "nothing-to-report",
            Self::Untouched => "untouched-form",
            Self::OutcomeSum => "outcome-sum",
            Self::TypedTotal => "typed-total",
            Self::LateNotice => "late-notice",
            Self::MissingNotice => "missing-notice",
            Self::NoticeBefore => "notice-before-meeting",
            Self::BadDate => "bad-date",
            Self::TextCount => "text-in-count",
            Self::LostReference => "lost-reference",
            Self::TwoFiles => "two-files",
            Self::OtherPeriod => "other-period",
            Self::Truncated => "truncated-file",
            Self::ZeroBytes => "zero-byte-file",
            Self::PlainText => "text-file",
            Self::RollUpDiffers => "roll-up-differs",
            Self::RollUpOnly => "roll-up-only",
        }
    }
}

/// How often each is planted among the communes that no roll-up lists.
const PLANTED: &[(Case, usize)] = &[
    (Case::CountsOnly, 2),
    (Case::ExtraAdHoc, 4),
    (Case::EarlyMonth, 2),
    (Case::Missing, 3),
    (Case::LateReport, 2),
    (Case::LateReceipt, 1),
    (Case::Undated, 1),
    (Case::AdHocOnly, 1),
    (Case::DeputyOnly, 1),
    (Case::AdHocWithReason, 1),
    (Case::NothingToReport, 1),
    (Case::Untouched, 1),
    (Case::OutcomeSum, 2),
    (Case::TypedTotal, 1),
    (Case::LateNotice, 2),
    (Case::MissingNotice, 2),
    (Case::NoticeBefore, 1),
    (Case::BadDate, 1),
    (Case::TextCount, 1),
    (Case::LostReference, 1),
    (Case::TwoFiles, 1),
    (Case::OtherPeriod, 1),
    (Case::Truncated, 1),
    (Case::ZeroBytes, 1),
    (Case::PlainText, 1),
];

/// How many districts send a roll-up (Form 02); the last one of them differs in one figure.
const ROLL_UPS: usize = 3;

/// Which unit gets which case, and which districts send a roll-up.
pub(crate) struct Assignment {
    pub(crate) cases: BTreeMap<String, Case>,
    pub(crate) roll_ups: Vec<String>,
}

/// Draws the cases; with `clean` there are none.
pub(crate) fn assign(units: &[Unit], seed: u64, clean: bool) -> Assignment {
    let mut rng = Prng::new(seed, "cases");
    let mut districts: Vec<&Unit> = units.iter().filter(|u| u.level == Level::District).collect();
    rng.shuffle(&mut districts);
    let roll_ups: Vec<String> = districts.iter().take(ROLL_UPS).map(|u| u.code.clone()).collect();
    let mut cases = BTreeMap::new();
    if clean {
        return Assignment { cases, roll_ups };
    }
    let (mut listed, mut free): (Vec<&Unit>, Vec<&Unit>) = units
        .iter()
        .filter(|unit| unit.level == Level::Commune)
        .partition(|unit| roll_ups.contains(&unit.parent));
    rng.shuffle(&mut free);
    rng.shuffle(&mut listed);
    let planted = PLANTED.iter().flat_map(|(case, times)| std::iter::repeat_n(*case, *times));
    for (unit, case) in free.into_iter().zip(planted) {
        cases.insert(unit.code.clone(), case);
    }
    let in_district = |nth: usize| {
        let district = roll_ups.get(nth);
        listed.iter().find(|unit| district == Some(&unit.parent))
    };
    for (nth, case) in [(0, Case::RollUpOnly), (ROLL_UPS - 1, Case::RollUpDiffers)] {
        if let Some(unit) = in_district(nth) {
            cases.insert(unit.code.clone(), case);
        }
    }
    Assignment { cases, roll_ups }
}
