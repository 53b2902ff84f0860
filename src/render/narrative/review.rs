//! The figures of a year that a template can name, in Vietnamese without signs.

use crate::aggregate::review::{DocumentKind, Geography, Named, Review, Timing, UnitYear};
use crate::aggregate::{Measure, Tallies, Verdict};
use crate::model::{Level, Severity, UnitCode};
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything that the template of the yearly review can name.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    nam: i32,
    dia_ban: String,
    ngay_tong_hop: String,
    xet_theo: &'static str,
    sap_xep: Rearranged,
    cap: Vec<LevelFigures>,
    chung: LevelFigures,
    nop: Submissions,
    quy: Vec<QuarterFigures>,
    giai_trinh: u64,
    so_sanh: Option<Compared>,
    minh_chung: Vec<Papers>,
    minh_chung_can_xem: u64,
    bieu_duong: Listed,
    nhac_nho: Listed,
    quy_tac: Rules,
}

/// Sắp xếp đơn vị hành chính trong năm.
#[derive(Debug, Serialize)]
struct Rearranged {
    so_don_vi: u64,
    ghi_o_don_vi_nay: bool,
}

/// The units of one level, or all.
#[derive(Debug, Serialize)]
struct LevelFigures {
    ten: &'static str,
    so_don_vi: u64,
    thuoc_dien: u64,
    dat: u64,
    chua_dat: u64,
    chua_dat_co_ly_do: u64,
    chua_xac_dinh: u64,
    chua_nop: u64,
    khong_thuoc_dien: u64,
    ten_chua_dat: Vec<String>,
    ten_chua_dat_co_ly_do: Vec<String>,
    ten_chua_xac_dinh: Vec<String>,
    ten_chua_nop: Vec<String>,
    dinh_ky: Option<u64>,
    dot_xuat: Option<u64>,
    tong_so: Option<u64>,
    y_kien: Option<u64>,
    k1: Option<u64>,
    k2: Option<u64>,
    k5: Option<u64>,
    tbkl_dung_han: Option<u64>,
    tbkl_muon: Option<u64>,
    tbkl_thieu: Option<u64>,
    thieu_so_lieu: bool,
}

/// Nộp báo cáo: reports of all units over the year.
#[derive(Debug, Serialize)]
struct Submissions {
    phai_nop: u64,
    dung_han: u64,
    muon: u64,
    khong_ro_ngay: u64,
    khong_doc_duoc: u64,
    chua_nop: u64,
    chua_den_han: u64,
    don_vi_du_dung_han: u64,
    don_vi_phai_nop: u64,
}

#[derive(Debug, Serialize)]
struct QuarterFigures {
    ten: String,
    phai_sua: u64,
    sua_hoac_giai_trinh: u64,
    so_tep: u64,
}

/// So với năm trước, on the quarters that are known in both years.
#[derive(Debug, Serialize)]
struct Compared {
    so_don_vi: u64,
    cuoc_truoc: u64,
    cuoc_nay: u64,
    y_kien_truoc: u64,
    y_kien_nay: u64,
    ngat_quang: u64,
    chua_du: bool,
}

#[derive(Debug, Serialize)]
struct Papers {
    ten: &'static str,
    so: u64,
}

#[derive(Debug, Serialize)]
struct Listed {
    so: u64,
    ten: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Rules {
    ten: String,
    tinh_trang: String,
    so_tham_so: u64,
    so_gia_dinh: u64,
}

fn many(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

impl Figures {
    pub(super) fn of(review: &Review) -> Self {
        let has = |level: &Level| review.units.iter().any(|unit| unit.unit.level == *level);
        let mut all = Tallies::default();
        review.totals.values().for_each(|tallies| all.merge(tallies));
        let kind = review.scope.kind.prefix().to_lowercase();
        let odd = review.documents.iter().filter(|one| one.unreadable || one.dates.len() > 1);
        Self {
            nam: review.year,
            dia_ban: format!("{kind} {}", review.scope.name),
            ngay_tong_hop: review.as_of.to_string(),
            xet_theo: review.criteria.year_by.value.label(),
            sap_xep: Rearranged {
                so_don_vi: many(review.units.iter().filter(|unit| unit.ended).count()),
                ghi_o_don_vi_nay: review.geography == Geography::Now,
            },
            cap: (Level::ALL.into_iter().filter(has))
                .map(|level| of_level(review, level))
                .collect(),
            chung: figures(review, "các cấp", |_| true, &all),
            nop: submissions(review),
            quy: review.quarters.iter().map(quarter).collect(),
            giai_trinh: many(review.accepted.len()),
            so_sanh: compared(review),
            minh_chung: (DocumentKind::ALL.into_iter())
                .map(|kind| Papers {
                    ten: kind.label(),
                    so: many(review.documents.iter().filter(|one| one.kind == kind).count()),
                })
                .collect(),
            minh_chung_can_xem: many(odd.count()),
            bieu_duong: listed(review, &review.commended),
            nhac_nho: listed(review, &review.reminded),
            quy_tac: rules(review),
        }
    }
}

fn of_level(review: &Review, level: Level) -> LevelFigures {
    let tallies = review.totals.get(&level).copied().unwrap_or_default();
    figures(review, level.label(), |unit| unit.unit.level == level, &tallies)
}

/// Verdicts of all units of the year, those that ended in it included; figures as the map shows them.
fn figures(
    review: &Review,
    ten: &'static str,
    belongs: impl Fn(&UnitYear) -> bool,
    tallies: &Tallies,
) -> LevelFigures {
    let units: Vec<&UnitYear> = review.units.iter().filter(|unit| belongs(unit)).collect();
    let with = |verdict| units.iter().filter(move |unit| unit.account.verdict == verdict);
    let count = |verdict| many(with(verdict).count());
    let names = |verdict| gathered(review, with(verdict).copied());
    let sum = |measure| tallies.sum(measure);
    let held = sum(Measure::Periodic).zip(sum(Measure::AdHoc));
    let exempt = count(Verdict::Exempt);
    LevelFigures {
        ten,
        so_don_vi: many(units.len()),
        thuoc_dien: many(units.len()) - exempt,
        dat: count(Verdict::Met),
        chua_dat: count(Verdict::Short),
        chua_dat_co_ly_do: count(Verdict::ShortWithReason),
        chua_xac_dinh: count(Verdict::Undetermined),
        chua_nop: count(Verdict::NotSubmitted),
        khong_thuoc_dien: exempt,
        ten_chua_dat: names(Verdict::Short),
        ten_chua_dat_co_ly_do: names(Verdict::ShortWithReason),
        ten_chua_xac_dinh: names(Verdict::Undetermined),
        ten_chua_nop: names(Verdict::NotSubmitted),
        dinh_ky: sum(Measure::Periodic),
        dot_xuat: sum(Measure::AdHoc),
        tong_so: held.map(|(periodic, ad_hoc)| periodic.saturating_add(ad_hoc)),
        y_kien: sum(Measure::Opinions),
        k1: sum(Measure::Answered),
        k2: sum(Measure::Resolved),
        k5: sum(Measure::Forwarded),
        tbkl_dung_han: sum(Measure::NoticesOnTime),
        tbkl_muon: sum(Measure::NoticesLate),
        tbkl_thieu: sum(Measure::NoticesMissing),
        thieu_so_lieu: tallies.incomplete().next().is_some(),
    }
}

/// `xã Bảo Hà (huyện Bảo Yên)`: names are used more than once in a province.
pub(crate) fn name(review: &Review, unit: &UnitYear) -> String {
    match district(review, unit) {
        Some(above) => format!("{} ({})", own(unit), own(above)),
        None if unit.ended => format!("{} (đến {})", own(unit), ended(unit)),
        None => own(unit),
    }
}

fn own(unit: &UnitYear) -> String {
    format!("{} {}", unit.unit.kind.prefix().to_lowercase(), unit.unit.name)
}

/// The district of a commune, in the review of more than that district.
fn district<'r>(review: &'r Review, unit: &UnitYear) -> Option<&'r UnitYear> {
    let is_above = |other: &&UnitYear| {
        Some(other.unit.code) == unit.unit.parent
            && other.unit.level == Level::District
            && other.unit.code != review.scope.code
    };
    review.units.iter().find(is_above).filter(|_| unit.unit.level == Level::Commune)
}

/// Names in the words of a report: units without a district one by one, then communes by district,
/// `huyện Bảo Yên: xã Bảo Hà, xã Minh Tân`. Below its heir a commune that ended is far from its neighbours.
fn gathered<'r>(review: &'r Review, units: impl Iterator<Item = &'r UnitYear>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut districts: BTreeMap<UnitCode, (String, Vec<String>)> = BTreeMap::new();
    for unit in units {
        match district(review, unit) {
            Some(above) => {
                let of = districts.entry(above.unit.code);
                let (_, names) = of.or_insert_with(|| (name(review, above), Vec::new()));
                names.push(own(unit));
            }
            None => lines.push(name(review, unit)),
        }
    }
    let by_district = districts.into_values();
    lines.extend(by_district.map(|(above, names)| format!("{above}: {}", names.join(", "))));
    lines
}

fn ended(unit: &UnitYear) -> String {
    unit.unit.valid_to.map(|day| day.format("%d/%m/%Y").to_string()).unwrap_or_default()
}

fn submissions(review: &Review) -> Submissions {
    let quarters = || review.units.iter().flat_map(UnitYear::known);
    let count = |timing| many(quarters().filter(|quarter| quarter.timing == timing).count());
    let owing = || review.units.iter().filter(|unit| unit.punctuality.owed > 0);
    let whole = owing().filter(|unit| unit.punctuality.on_time == unit.punctuality.owed);
    Submissions {
        phai_nop: owing().map(|unit| u64::from(unit.punctuality.owed)).sum(),
        dung_han: count(Timing::OnTime),
        muon: count(Timing::Late),
        khong_ro_ngay: count(Timing::Undated),
        khong_doc_duoc: count(Timing::Unreadable),
        chua_nop: count(Timing::Missing),
        chua_den_han: count(Timing::Pending),
        don_vi_du_dung_han: many(whole.count()),
        don_vi_phai_nop: many(owing().count()),
    }
}

fn quarter(quarter: &crate::aggregate::Summary) -> QuarterFigures {
    let count = |severity| {
        many(quarter.findings.iter().filter(|finding| finding.severity == severity).count())
    };
    QuarterFigures {
        ten: quarter.period.label(),
        phai_sua: count(Severity::Error),
        sua_hoac_giai_trinh: count(Severity::Warning),
        so_tep: many(quarter.file_statuses().count()),
    }
}

/// Sums over units that still exist and are known in both years.
fn compared(review: &Review) -> Option<Compared> {
    let units = review.units.iter().filter(|unit| !unit.ended);
    let trends = units.filter_map(|unit| unit.trend.as_ref()).filter(|t| !t.quarters.is_empty());
    let (mut then, mut now) = (Tallies::default(), Tallies::default());
    let (mut count, mut broken) = (0, 0);
    for trend in trends {
        then.merge(&trend.then);
        now.merge(&trend.now);
        count += 1;
        broken += u64::from(trend.broken);
    }
    let held = |tallies: &Tallies| {
        let [periodic, ad_hoc] = [Measure::Periodic, Measure::AdHoc].map(|m| tallies.sum(m));
        periodic.unwrap_or(0).saturating_add(ad_hoc.unwrap_or(0))
    };
    let holes = |tallies: &Tallies| {
        let used = [Measure::Periodic, Measure::AdHoc, Measure::Opinions];
        used.iter().any(|measure| tallies.get(*measure).incomplete)
    };
    (count > 0).then(|| Compared {
        so_don_vi: count,
        cuoc_truoc: held(&then),
        cuoc_nay: held(&now),
        y_kien_truoc: then.sum(Measure::Opinions).unwrap_or(0),
        y_kien_nay: now.sum(Measure::Opinions).unwrap_or(0),
        ngat_quang: broken,
        chua_du: holes(&then) || holes(&now),
    })
}

fn listed(review: &Review, named: &[Named]) -> Listed {
    let units = named.iter().filter_map(|one| review.units.get(one.unit));
    Listed { so: many(named.len()), ten: gathered(review, units) }
}

fn rules(review: &Review) -> Rules {
    let profile = review.profile();
    let parameters = profile.map(|profile| profile.parameters.as_slice()).unwrap_or_default();
    Rules {
        ten: profile.map(|profile| profile.name.clone()).unwrap_or_default(),
        tinh_trang: profile.map(|profile| profile.status.clone()).unwrap_or_default(),
        so_tham_so: many(parameters.len()),
        so_gia_dinh: many(parameters.iter().filter(|one| one.assumed).count()),
    }
}
