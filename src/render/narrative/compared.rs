//! The counts that a template can name, of this period or of another, and the words for how they moved.

use super::filters::padded;
use crate::aggregate::{Measure, Tallies};
use crate::model::count::grouped;
use crate::model::{Change, Comparison, Level, Past, Tally, Way};
use serde::Serialize;

/// The counts of one level, or of all together.
#[derive(Debug, Serialize)]
pub(super) struct Counts {
    chi_tieu: Option<u64>,
    tinh_vao_chi_tieu: Option<u64>,
    dinh_ky: Option<u64>,
    dot_xuat: Option<u64>,
    tong_so: Option<u64>,
    bi_thu: Option<u64>,
    chu_tich: Option<u64>,
    dong_chu_tri: Option<u64>,
    uy_quyen: Option<u64>,
    luot_nguoi: Option<u64>,
    y_kien: Option<u64>,
    k1: Option<u64>,
    k2: Option<u64>,
    k3: Option<u64>,
    k4: Option<u64>,
    k5: Option<u64>,
    tbkl_dung_han: Option<u64>,
    tbkl_muon: Option<u64>,
    tbkl_thieu: Option<u64>,
    thieu: Vec<&'static str>,
}

/// The name of each count in a template, in the order of [`Measure::ALL`].
const NAMES: [&str; Measure::COUNT] = [
    "chi_tieu",
    "tinh_vao_chi_tieu",
    "dinh_ky",
    "dot_xuat",
    "bi_thu",
    "chu_tich",
    "dong_chu_tri",
    "uy_quyen",
    "luot_nguoi",
    "y_kien",
    "k1",
    "k2",
    "k3",
    "k4",
    "k5",
    "tbkl_dung_han",
    "tbkl_muon",
    "tbkl_thieu",
];

impl Counts {
    pub(super) fn of(tallies: &Tallies) -> Self {
        let sum = |measure| tallies.sum(measure);
        let mut held = tallies.get(Measure::Periodic);
        held.merge(tallies.get(Measure::AdHoc));
        let named = NAMES.into_iter().zip(Measure::ALL);
        let holes = named.filter(|(_, measure)| tallies.get(*measure).incomplete);
        let mut thieu: Vec<&'static str> = holes.map(|(name, _)| name).collect();
        thieu.extend(held.incomplete.then_some("tong_so"));
        Self {
            chi_tieu: sum(Measure::Required),
            tinh_vao_chi_tieu: sum(Measure::Counted),
            dinh_ky: sum(Measure::Periodic),
            dot_xuat: sum(Measure::AdHoc),
            tong_so: held.sum,
            bi_thu: sum(Measure::BySecretary),
            chu_tich: sum(Measure::ByChairman),
            dong_chu_tri: sum(Measure::ByBoth),
            uy_quyen: sum(Measure::ByDeputy),
            luot_nguoi: sum(Measure::Attendees),
            y_kien: sum(Measure::Opinions),
            k1: sum(Measure::Answered),
            k2: sum(Measure::Resolved),
            k3: sum(Measure::Pending),
            k4: sum(Measure::Unresolved),
            k5: sum(Measure::Forwarded),
            tbkl_dung_han: sum(Measure::NoticesOnTime),
            tbkl_muon: sum(Measure::NoticesLate),
            tbkl_thieu: sum(Measure::NoticesMissing),
            thieu,
        }
    }
}

/// So sánh với các kỳ khác; none where a period is not known.
#[derive(Debug, Serialize)]
pub(super) struct Compared {
    ky_truoc: Option<Other>,
    cung_ky_nam_truoc: Option<Other>,
    luy_ke: Option<Other>,
    khong_du: Vec<String>,
}

/// Another period.
#[derive(Debug, Serialize)]
struct Other {
    ten: String,
    phai_nop: u64,
    da_nop: u64,
    sap_xep_lai: bool,
    chung: Counts,
    cap: Vec<OtherLevel>,
}

#[derive(Debug, Serialize)]
struct OtherLevel {
    ten: &'static str,
    #[serde(flatten)]
    counts: Counts,
}

impl Compared {
    pub(super) fn of(comparison: &Comparison) -> Self {
        let other = |past: &Option<Past>| past.as_ref().map(Other::of);
        Self {
            ky_truoc: other(&comparison.previous),
            cung_ky_nam_truoc: other(&comparison.same_last_year),
            luy_ke: other(&comparison.since_january),
            khong_du: comparison.absent.iter().map(|span| span.label()).collect(),
        }
    }
}

impl Other {
    fn of(past: &Past) -> Self {
        let mut all = Tallies::default();
        past.totals.values().for_each(|tallies| all.merge(tallies));
        let level = |(level, tallies): (&Level, &Tallies)| OtherLevel {
            ten: level.label(),
            counts: Counts::of(tallies),
        };
        Self {
            ten: past.period.label(),
            phai_nop: past.owed,
            da_nop: past.reported,
            sap_xep_lai: past.rearranged,
            chung: Counts::of(&all),
            cap: past.totals.iter().map(level).collect(),
        }
    }
}

/// `tăng 12 cuộc (5,9%)`, `giảm 03 cuộc (1,2%)`, `bằng nhau`; from zero there is no share.
pub(super) fn moved(now: u64, then: u64, unit: &str) -> String {
    let change = Change::between(Tally::known(then), Tally::known(now));
    let Some(change) = change else { return String::new() };
    let way = match change.way {
        Way::Up => "tăng",
        Way::Down => "giảm",
        Way::Same => return "bằng nhau".to_owned(),
    };
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    let share = change.per_mille().map(|tenths| {
        let whole = u64::try_from(tenths / 10).unwrap_or(u64::MAX);
        format!(" ({},{}%)", grouped(whole), tenths % 10)
    });
    format!("{way} {}{unit}{}", padded(change.by), share.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_choose_the_word() {
        for (now, then, unit, said) in [
            (215, 203, "cuộc", "tăng 12 cuộc (5,9%)"),
            (200, 203, "cuộc", "giảm 03 cuộc (1,5%)"),
            (7, 7, "cuộc", "bằng nhau"),
            (0, 0, "cuộc", "bằng nhau"),
            (5, 0, "cuộc", "tăng 05 cuộc"),
            (0, 1_078, "ý kiến", "giảm 1.078 ý kiến (100,0%)"),
            (25_000, 2, "", "tăng 24.998 (1.249.900,0%)"),
        ] {
            assert_eq!(moved(now, then, unit), said);
        }
    }

    #[test]
    fn every_count_has_its_own_name() {
        let mut tallies = Tallies::default();
        for (i, measure) in Measure::ALL.into_iter().enumerate() {
            *tallies.get_mut(measure) = Tally::known(u64::try_from(i).unwrap());
        }
        let counts = serde_json::to_value(Counts::of(&tallies)).unwrap();
        for (i, name) in NAMES.into_iter().enumerate() {
            assert_eq!(counts[name].as_u64(), u64::try_from(i).ok(), "{name}");
        }
        assert_eq!(counts["tong_so"], 5, "periodic and ad hoc");
    }
}
