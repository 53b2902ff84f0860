//! Summaries made up for the tests of the outputs: a full quarter, an empty one, one without districts.

use super::measure::{Measure, Tallies, Tally};
use super::summary::{
    FileLine, FileStatus, SubjectLine, SubjectTable, SubmissionState, Summary, UnitLine, Verdict,
};
use crate::model::submission::FilePath;
use crate::model::{
    Comparison, Finding, Form, Level, Place, Rule, Severity, Span, Subject, Text, Unit, UnitCode,
    UnitKind,
};
use crate::profile::Profile;
use crate::profile::model::{Based, Cutoff, JointCountsFor, Parameter};
use std::collections::{BTreeMap, BTreeSet};

const DISTRICTS: [(&str, &str, UnitKind); 9] = [
    ("080", "Lào Cai", UnitKind::ThanhPho),
    ("082", "Bát Xát", UnitKind::Huyen),
    ("083", "Mường Khương", UnitKind::Huyen),
    ("084", "Si Ma Cai", UnitKind::Huyen),
    ("085", "Bắc Hà", UnitKind::Huyen),
    ("086", "Bảo Thắng", UnitKind::Huyen),
    ("087", "Bảo Yên", UnitKind::Huyen),
    ("088", "Sa Pa", UnitKind::ThiXa),
    ("089", "Văn Bàn", UnitKind::Huyen),
];

const FIRST: [&str; 12] =
    ["Bản", "Nậm", "Tả", "Mường", "Cốc", "Lùng", "Y", "Trịnh", "Dền", "Sàng", "Quan", "Phố"];
const SECOND: [&str; 13] = [
    "Phiệt",
    "Chày",
    "Van Chư",
    "Hum",
    "San",
    "Khấu Nhin",
    "Tý",
    "Tường",
    "Thàng",
    "Ma Sáo",
    "Hồ Thẩn",
    "Lu",
    "Xẻng",
];

const SUBJECTS: [(&str, &str); 6] = [
    ("L01", "Đất đai, giải phóng mặt bằng, bồi thường, tái định cư"),
    ("L02", "Giao thông, xây dựng, hạ tầng"),
    ("L03", "Điện, nước sạch, viễn thông"),
    ("L06", "Chính sách xã hội, giảm nghèo"),
    ("L08", "Môi trường"),
    ("L99", "Khác"),
];

static SAMPLE_RULE: Rule = Rule {
    code: "SL01",
    slug: "tong-ket-qua-khac-tong-y-kien",
    severity: Severity::Error,
    title: "Tổng các kết quả K1…K5 khác tổng ý kiến",
    why: "",
    breaks: "",
    keeps: "",
    mend: "Sửa lại cho khớp.",
};

/// A whole province of 2021-Q1: 1 + 9 + 152 units with the faults that real quarters have.
pub(crate) fn province() -> Summary {
    sized(152)
}

/// The same with that many communes.
pub(crate) fn sized(communes: usize) -> Summary {
    let mut units = vec![unit("10", "Lào Cai", UnitKind::Tinh, Level::Province, None)];
    let districts =
        DISTRICTS.map(|(code, name, kind)| unit(code, name, kind, Level::District, Some("10")));
    units.extend(districts);
    units.extend((0..communes).map(|i| commune(i, &format!("{:05}", 20_000 + i * 3), "0", true)));
    summary("2021-Q1", "2021-04-05", units)
}

/// A quarter of 2026: a province with communes directly below.
pub(crate) fn two_tier() -> Summary {
    let mut units = vec![unit("15", "Lào Cai", UnitKind::Tinh, Level::Province, None)];
    units.extend((0..99).map(|i| commune(i, &format!("{:05}", 2000 + i * 3), "15", false)));
    summary("2026-Q2", "2026-07-05", units)
}

/// One district's own report: the district and its communes.
pub(crate) fn district() -> Summary {
    let mut summary = province();
    let code = UnitCode::parse("087").unwrap();
    summary.units.retain(|line| line.unit.code == code || line.unit.parent == Some(code));
    summary.scope = summary.unit(code).unwrap().unit.clone();
    summary.files = summary.units.iter().filter_map(file).collect();
    summary.findings.retain(|finding| {
        finding.unit.is_some_and(|of| summary.units.iter().any(|line| line.unit.code == of))
    });
    summary.totals = totals(&summary.units);
    summary
}

/// A quarter for which nobody sent anything.
pub(crate) fn empty() -> Summary {
    let mut summary = province();
    for line in &mut summary.units {
        line.submission = SubmissionState::Missing;
        line.verdict = Verdict::NotSubmitted;
        line.tallies = Tallies::default();
        (line.submitted, line.reason, line.file) = (None, None, None);
    }
    summary.files.clear();
    summary.findings.clear();
    summary.subjects = SubjectTable::default();
    summary.totals = totals(&summary.units);
    summary
}

/// A quarter in which every unit did all that it owed.
pub(crate) fn perfect() -> Summary {
    let mut summary = province();
    for (i, line) in summary.units.iter_mut().enumerate() {
        line.submission = SubmissionState::OnTime;
        line.verdict = Verdict::Met;
        line.tallies = figures(i + 1, 1);
        *line.tallies.get_mut(Measure::NoticesLate) = Tally::known(0);
        *line.tallies.get_mut(Measure::NoticesMissing) = Tally::known(0);
        line.submitted = "2021-04-02".parse().ok();
        line.reason = None;
    }
    summary.findings.clear();
    summary.totals = totals(&summary.units);
    summary
}

fn summary(period: &str, as_of: &str, units: Vec<Unit>) -> Summary {
    let scope = units[0].clone();
    let mut lines: Vec<UnitLine> = units.into_iter().enumerate().map(line).collect();
    lines.sort_by_key(|line| line.unit.code);
    let files: Vec<FileLine> = lines.iter().filter_map(file).collect();
    let findings = lines.iter().step_by(17).map(finding).collect();
    Summary {
        period: Span::parse(period).unwrap(),
        as_of: as_of.parse().unwrap(),
        deadline: as_of.parse().unwrap(),
        scope,
        profile: profile(),
        files,
        totals: totals(&lines),
        units: lines,
        subjects: subjects(),
        subject_names: SUBJECTS
            .map(|(code, name)| (Subject::parse(code).unwrap(), name.to_owned()))
            .to_vec(),
        submissions: Vec::new(),
        findings,
        unchecked: Vec::new(),
        explanations: Vec::new(),
        backlog: crate::model::backlog::Backlog::default(),
        comparison: Comparison::default(),
        changes: None,
        profiles: BTreeMap::new(),
        geography: None,
        rearranged: Vec::new(),
    }
}

fn unit(code: &str, name: &str, kind: UnitKind, level: Level, parent: Option<&str>) -> Unit {
    Unit {
        code: UnitCode::parse(code).unwrap(),
        name: Text::new(name).unwrap(),
        kind,
        level,
        parent: parent.and_then(UnitCode::parse),
        valid_from: "2004-01-01".parse().unwrap(),
        valid_to: None,
        aliases: Vec::new(),
    }
}

fn commune(i: usize, code: &str, parent: &str, tiered: bool) -> Unit {
    let district = DISTRICTS[i % DISTRICTS.len()].0;
    let parent = if tiered { district } else { parent };
    let name = format!("{} {}", FIRST[i % FIRST.len()], SECOND[i % SECOND.len()]);
    let kind = [UnitKind::Xa, UnitKind::Xa, UnitKind::Phuong, UnitKind::ThiTran][i % 4];
    unit(code, &name, kind, Level::Commune, Some(parent))
}

fn line((i, unit): (usize, Unit)) -> UnitLine {
    let (submission, verdict) = match i % 19 {
        3 => (SubmissionState::Missing, Verdict::NotSubmitted),
        5 => (SubmissionState::Late, Verdict::Met),
        7 => (SubmissionState::OnTime, Verdict::Short),
        9 => (SubmissionState::NothingToReport, Verdict::ShortWithReason),
        11 => (SubmissionState::OnTime, Verdict::Undetermined),
        13 if i > 60 => (SubmissionState::Unreadable, Verdict::Undetermined),
        _ => (SubmissionState::OnTime, Verdict::Met),
    };
    let mut tallies = match (submission.has_figures(), verdict) {
        (false, _) => Tallies::default(),
        (_, Verdict::ShortWithReason) => Tallies::zero(),
        (_, Verdict::Short) => figures(i, 0),
        _ => figures(i, 1),
    };
    *tallies.get_mut(Measure::Required) = Tally::known(1);
    if verdict == Verdict::Undetermined && submission.has_figures() {
        tallies.mark(Measure::Attendees);
        tallies.mark(Measure::Counted);
    }
    let reason = (verdict == Verdict::ShortWithReason)
        .then(|| {
            Text::new("Tập trung phòng, chống dịch COVID-19 nên chưa tổ chức hội nghị trong kỳ")
        })
        .flatten();
    let day = if submission == SubmissionState::Late { "2021-04-09" } else { "2021-04-02" };
    let submitted = submission.has_figures().then(|| day.parse().unwrap());
    let file = submission.has_figures().then(|| FilePath::new(&format!("xa/{}.xlsx", unit.code)));
    UnitLine { submission, verdict, tallies, submitted, reason, file, ..UnitLine::unsent(unit, 90) }
}

/// Figures that add up, different from unit to unit.
fn figures(i: usize, periodic: u64) -> Tallies {
    let seed = u64::try_from(i).unwrap_or(0);
    let ad_hoc = seed % 3;
    let meetings = periodic + ad_hoc;
    let outcomes =
        [seed % 7 + periodic, seed % 3, seed % 4, seed % 2, u64::from(i.is_multiple_of(11))];
    let mut tallies = Tallies::zero();
    let mut set = |measure, value| *tallies.get_mut(measure) = Tally::known(value);
    set(Measure::Counted, periodic);
    set(Measure::Periodic, periodic);
    set(Measure::AdHoc, ad_hoc);
    set(Measure::BySecretary, periodic);
    set(Measure::ByChairman, ad_hoc);
    set(Measure::Attendees, meetings * (40 + seed % 60));
    set(Measure::Opinions, outcomes.iter().sum());
    for (measure, value) in Measure::OUTCOMES.into_iter().zip(outcomes) {
        set(measure, value);
    }
    set(Measure::NoticesOnTime, periodic);
    set(Measure::NoticesLate, ad_hoc.min(1));
    set(Measure::NoticesMissing, ad_hoc.saturating_sub(1));
    tallies
}

fn totals(lines: &[UnitLine]) -> BTreeMap<Level, Tallies> {
    let mut totals: BTreeMap<Level, Tallies> = BTreeMap::new();
    for line in lines {
        totals.entry(line.unit.level).or_default().merge(&line.tallies);
    }
    totals
}

fn file(line: &UnitLine) -> Option<FileLine> {
    let path = line.file.clone()?;
    let (form, unit) = (Some(Form::Detail), Some(line.unit.code));
    let status = FileStatus::Used;
    let (received, received_last) = (None, None);
    let (disk, sha256) = (None, None);
    Some(FileLine {
        path,
        disk,
        sha256,
        size: 9_400,
        form,
        unit,
        status,
        kind: None,
        answer_sheet: None,
        version: 1,
        received,
        received_last,
        period: None,
    })
}

fn finding(line: &UnitLine) -> Finding {
    Finding::new(&SAMPLE_RULE, Place::default(), "K1…K5 cộng lại là 6, tổng ý kiến là 7")
        .unit(line.unit.code)
}

fn subjects() -> SubjectTable {
    let mut lines = BTreeMap::new();
    for (i, (code, _)) in SUBJECTS.iter().enumerate() {
        let n = u64::try_from(i).unwrap_or(0);
        let outcomes = [120 - n * 17, 40 + n, 22, 9 + n, 3];
        lines.insert(Subject::parse(code).unwrap(), SubjectLine { outcomes, unread: 0 });
    }
    SubjectTable { lines, unclassified: 41 }
}

fn based<T>(value: T) -> Based<T> {
    Based { value, basis: "Giả định".to_owned(), assumed: true }
}

fn profile() -> Profile {
    let parameters = (1..=24).map(|i| Parameter {
        key: format!("quota.commune.{i}"),
        label: format!("Số cuộc tối thiểu của cấp xã trong một quý (mục {i})"),
        value: "1 cuộc mỗi quý".to_owned(),
        basis: "Kế hoạch số 132-KH/TU năm 2015 của Ban Thường vụ Tỉnh ủy".to_owned(),
        assumed: i % 3 != 0,
    });
    Profile {
        id: "quy-che-17".to_owned(),
        name: "Quy chế 17-QC/TU".to_owned(),
        status: "giả định".to_owned(),
        effective_from: "2014-01-01".parse().unwrap(),
        effective_to: None,
        sha256: "0".repeat(64),
        quotas: BTreeMap::new(),
        joint_counts_for: based(JointCountsFor::Both),
        one_person_both_posts: based(JointCountsFor::Both),
        ad_hoc_counts: based(false),
        deputy_counts: based(false),
        combined_counts: based(true),
        announce_days_before: based(7),
        conclusion_days: based(10),
        conclusion_error_days: based(30),
        ack_working_days: based(10),
        petition_overdue_days: based(90),
        submission_day: based(5),
        feedback_days: Some(based(5)),
        cutoff: based(Cutoff::Calendar),
        min_days_in_period: based(45),
        plausible: BTreeMap::new(),
        review: None,
        severities: BTreeMap::new(),
        off: BTreeSet::new(),
        aliases: BTreeMap::new(),
        parameters: parameters.collect(),
    }
}
