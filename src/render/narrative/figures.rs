//! The figures that a template can name, in Vietnamese without signs, as offices write them.

use super::compared::{Compared, Counts};
use super::units::{in_text, listed};
use crate::aggregate::{FileStatus, Measure, SubmissionState, Summary, Tallies, UnitLine, Verdict};
use crate::model::explanation::Decision;
use crate::model::{Level, Period, Severity, Text};
use crate::render::Spelling;
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything that a template can name.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    ky: String,
    quy: &'static str,
    nam: i32,
    nhieu_quy: bool,
    dia_ban: String,
    ngay_tong_hop: String,
    han_nop: String,
    sap_xep: Option<String>,
    nop: Submissions,
    cap: Vec<LevelFigures>,
    chung: LevelFigures,
    linh_vuc: Vec<SubjectFigure>,
    chua_phan_linh_vuc: u64,
    chi_tieu: Verdicts,
    so_lieu: Quality,
    so_sanh: Compared,
    quy_tac: Rules,
}

/// Tình trạng nộp báo cáo.
#[derive(Debug, Serialize)]
struct Submissions {
    phai_nop: u64,
    da_nop: u64,
    dung_han: u64,
    muon: u64,
    khong_ro_ngay: u64,
    khong_phat_sinh: u64,
    khong_doc_duoc: u64,
    chua_nop: u64,
    khong_thuoc_dien: u64,
    ten_muon: Vec<String>,
    ten_khong_doc_duoc: Vec<String>,
    ten_chua_nop: Vec<String>,
}

/// The own meetings of one level, or of all together.
#[derive(Debug, Serialize)]
struct LevelFigures {
    ten: &'static str,
    so_don_vi: u64,
    so_bao_cao: u64,
    #[serde(flatten)]
    counts: Counts,
    thieu_so_lieu: Vec<String>,
    thieu_y_kien: bool,
}

#[derive(Debug, Serialize)]
struct SubjectFigure {
    ten: String,
    so: u64,
}

/// Kết quả thực hiện chỉ tiêu.
#[derive(Debug, Serialize)]
struct Verdicts {
    dat: u64,
    chua_dat: u64,
    chua_dat_co_ly_do: u64,
    chua_xac_dinh: u64,
    chua_nop: u64,
    khong_thuoc_dien: u64,
    thuoc_dien: u64,
    ten_chua_dat: Vec<String>,
    ten_chua_dat_co_ly_do: Vec<Reasoned>,
    ten_chua_xac_dinh: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Reasoned {
    ly_do: Option<String>,
    ten: Vec<String>,
}

/// Chất lượng số liệu.
#[derive(Debug, Serialize)]
struct Quality {
    tep: u64,
    tep_da_dung: u64,
    tep_khong_dung_duoc: u64,
    phai_sua: u64,
    sua_hoac_giai_trinh: u64,
    luu_y: u64,
    duoc_giai_trinh: u64,
}

/// Quy tắc áp dụng.
#[derive(Debug, Serialize)]
struct Rules {
    ten: String,
    tinh_trang: String,
    so_tham_so: u64,
    so_gia_dinh: u64,
    ngay_thong_bao_ket_luan: u32,
}

impl Figures {
    pub(super) fn of(summary: &Summary, spelling: Spelling) -> Self {
        let said = |text: &str| spelling.apply(text).into_owned();
        let levels = Level::ALL.into_iter().filter(|level| has(summary, *level));
        let mut all = Tallies::default();
        summary.totals.values().for_each(|tallies| all.merge(tallies));
        let rules = &summary.profile;
        Self {
            ky: summary.period.label(),
            quy: summary.period.as_quarter().map_or("", Period::roman),
            nam: summary.period.year(),
            nhieu_quy: summary.period.as_quarter().is_none(),
            dia_ban: summary
                .unit(summary.scope.code)
                .map_or_else(|| summary.scope.full_name().to_lowercase(), in_text),
            ngay_tong_hop: summary.as_of.to_string(),
            han_nop: summary.deadline.to_string(),
            sap_xep: summary.break_in_words(),
            nop: submissions(summary),
            cap: levels.map(|level| level_figures(summary, level, spelling)).collect(),
            chung: figures("các cấp", summary, |_| true, (&all, spelling)),
            linh_vuc: subjects(summary, spelling),
            chua_phan_linh_vuc: summary.subjects.unclassified,
            chi_tieu: verdicts(summary),
            so_lieu: quality(summary),
            so_sanh: Compared::of(&summary.comparison),
            quy_tac: Rules {
                ten: said(&rules.name),
                tinh_trang: said(&rules.status),
                so_tham_so: many(rules.parameters.len()),
                so_gia_dinh: many(rules.parameters.iter().filter(|one| one.assumed).count()),
                ngay_thong_bao_ket_luan: rules.conclusion_days.value,
            },
        }
    }
}

/// The names at the top of what a template can use.
pub(super) fn names(figures: &impl Serialize) -> Vec<String> {
    match serde_json::to_value(figures) {
        Ok(serde_json::Value::Object(map)) => map.into_iter().map(|(name, _)| name).collect(),
        _ => Vec::new(),
    }
}

fn many(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn has(summary: &Summary, level: Level) -> bool {
    summary.units.iter().any(|line| line.unit.level == level)
}

fn submissions(summary: &Summary) -> Submissions {
    use SubmissionState as State;
    let count = |state| many(summary.units.iter().filter(|line| line.submission == state).count());
    let names =
        |state| listed(summary, summary.units.iter().filter(move |line| line.submission == state));
    let owed = summary.units.iter().filter(|line| line.submission != State::NotOwed);
    let came = summary.units.iter().filter(|line| line.submission.has_figures());
    Submissions {
        phai_nop: many(owed.count()),
        da_nop: many(came.count()),
        dung_han: count(State::OnTime),
        muon: count(State::Late),
        khong_ro_ngay: count(State::Undated),
        khong_phat_sinh: count(State::NothingToReport),
        khong_doc_duoc: count(State::Unreadable),
        chua_nop: count(State::Missing),
        khong_thuoc_dien: count(State::NotOwed),
        ten_muon: names(State::Late),
        ten_khong_doc_duoc: names(State::Unreadable),
        ten_chua_nop: names(State::Missing),
    }
}

fn level_figures(summary: &Summary, level: Level, spelling: Spelling) -> LevelFigures {
    let tallies = summary.totals.get(&level).copied().unwrap_or_default();
    figures(level.label(), summary, |of| of == level, (&tallies, spelling))
}

fn figures(
    ten: &'static str,
    summary: &Summary,
    of: impl Fn(Level) -> bool,
    (tallies, spelling): (&Tallies, Spelling),
) -> LevelFigures {
    let units = || summary.units.iter().filter(|line| of(line.unit.level));
    LevelFigures {
        ten,
        so_don_vi: many(units().count()),
        so_bao_cao: many(units().filter(|line| line.submission.has_figures()).count()),
        counts: Counts::of(tallies),
        thieu_so_lieu: holes(tallies, spelling),
        thieu_y_kien: tallies
            .incomplete()
            .any(|measure| measure == Measure::Opinions || Measure::OUTCOMES.contains(&measure)),
    }
}

/// The figures with a hole by name; in a few words where no reported figure is whole.
fn holes(tallies: &Tallies, spelling: Spelling) -> Vec<String> {
    let holes: Vec<Measure> = tallies.incomplete().collect();
    let quota_is_whole = !holes.contains(&Measure::Required);
    if holes.len() + usize::from(quota_is_whole) == Measure::ALL.len() {
        let but = if quota_is_whole { ", trừ chỉ tiêu" } else { "" };
        return vec![format!("mọi số liệu{but}")];
    }
    holes.into_iter().map(|measure| spelling.apply(measure.label()).into_owned()).collect()
}

fn subjects(summary: &Summary, spelling: Spelling) -> Vec<SubjectFigure> {
    let mut subjects: Vec<SubjectFigure> = (summary.subject_names.iter())
        .filter_map(|(subject, ten)| {
            let so = summary.subjects.lines.get(subject)?.total();
            (so > 0).then(|| SubjectFigure { ten: spelling.apply(ten).into_owned(), so })
        })
        .collect();
    subjects.sort_by_key(|subject| std::cmp::Reverse(subject.so));
    subjects
}

fn verdicts(summary: &Summary) -> Verdicts {
    let count = |verdict| many(summary.units.iter().filter(|line| line.verdict == verdict).count());
    let names =
        |verdict| listed(summary, summary.units.iter().filter(move |line| line.verdict == verdict));
    Verdicts {
        dat: count(Verdict::Met),
        chua_dat: count(Verdict::Short),
        chua_dat_co_ly_do: count(Verdict::ShortWithReason),
        chua_xac_dinh: count(Verdict::Undetermined),
        chua_nop: count(Verdict::NotSubmitted),
        khong_thuoc_dien: count(Verdict::Exempt),
        thuoc_dien: many(summary.units.len()) - count(Verdict::Exempt),
        ten_chua_dat: names(Verdict::Short),
        ten_chua_dat_co_ly_do: reasoned(summary),
        ten_chua_xac_dinh: names(Verdict::Undetermined),
    }
}

/// The units with a reason, those of one reason together, in the order in which reasons first come.
fn reasoned(summary: &Summary) -> Vec<Reasoned> {
    let mut places: BTreeMap<Option<&Text>, usize> = BTreeMap::new();
    let mut groups: Vec<(Option<&Text>, Vec<&UnitLine>)> = Vec::new();
    for line in summary.units.iter().filter(|line| line.verdict == Verdict::ShortWithReason) {
        let reason = line.reason.as_ref();
        let place = *places.entry(reason).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((reason, vec![line])),
        }
    }
    let of = |(reason, lines): (Option<&Text>, Vec<&UnitLine>)| Reasoned {
        ly_do: reason.map(ToString::to_string),
        ten: listed(summary, lines.into_iter()),
    };
    groups.into_iter().map(of).collect()
}

fn quality(summary: &Summary) -> Quality {
    let files = |wanted| many(summary.file_statuses().filter(|status| *status == wanted).count());
    let found = |severity| {
        many(summary.findings.iter().filter(|finding| finding.severity == severity).count())
    };
    let excused = summary.findings.iter().filter(|finding| {
        let explanation = finding.explanation.as_ref();
        explanation.is_some_and(|one| one.decision == Decision::Accepted)
    });
    Quality {
        tep: many(summary.file_statuses().count()) - files(FileStatus::Ignored),
        tep_da_dung: files(FileStatus::Used),
        tep_khong_dung_duoc: files(FileStatus::Rejected),
        phai_sua: found(Severity::Error),
        sua_hoac_giai_trinh: found(Severity::Warning),
        luu_y: found(Severity::Info),
        duoc_giai_trinh: many(excused.count()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_named_unless_nothing_is_whole() {
        let with = |holes: &[Measure]| {
            let mut tallies = Tallies::default();
            for measure in holes {
                tallies.mark(*measure);
            }
            super::holes(&tallies, Spelling::First)
        };
        let all: Vec<Measure> = Measure::ALL.into_iter().collect();
        let reported: Vec<Measure> =
            all.iter().copied().filter(|measure| *measure != Measure::Required).collect();
        assert_eq!(with(&[]), Vec::<String>::new());
        assert_eq!(with(&[Measure::Periodic]), [Measure::Periodic.label()]);
        assert_eq!(with(&all), ["mọi số liệu"]);
        assert_eq!(with(&reported), ["mọi số liệu, trừ chỉ tiêu"]);
        assert_eq!(with(&reported[1..]).len(), reported.len() - 1);
    }
}
