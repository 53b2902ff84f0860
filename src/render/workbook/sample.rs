//! An invented quarter for tests: every submission state, every verdict, holes, a roll-up, hostile texts.

#![expect(clippy::cast_possible_truncation, reason = "small invented numbers")]

use crate::aggregate::summary::{FileLine, FileStatus, SubjectLine, SubjectTable};
use crate::aggregate::{Measure, SubmissionState, Summary, UnitLine, Verdict};
use crate::check::figures;
use crate::check::ledger::Ledger;
use crate::model::submission::{Body, Detail, FilePath, SheetName, Table};
use crate::model::*;
use crate::profile::Profile;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Texts that must stay texts.
pub(super) const HOSTILE: [&str; 6] = [
    "=HYPERLINK(\"http://x.vn\";\"nhấn\")",
    "+84 912 345",
    "-cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "https://x.vn/đường?a=1&b=<2>",
    "_x0041_ \u{7} chuông",
];

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}
fn at<T>(col: u32, value: T) -> Field<T> {
    Field::new(CellRef::new(5, col), value)
}

fn unit(code: &str, name: &str, kind: UnitKind, level: Level, parent: Option<&str>) -> Unit {
    Unit {
        code: UnitCode::parse(code).unwrap(),
        name: text(name),
        kind,
        level,
        parent: parent.map(|code| UnitCode::parse(code).unwrap()),
        valid_from: day("2010-01-01"),
        valid_to: None,
        aliases: Vec::new(),
    }
}

/// A province, its districts of eighteen communes, and as many communes as asked for.
fn units(communes: usize) -> Vec<Unit> {
    const NAMES: [&str; 9] = [
        "Bảo Yên",
        "Bát Xát",
        "Mường Khương",
        "Si Ma Cai",
        "Bắc Hà",
        "Bảo Thắng",
        "Sa Pa",
        "Văn Bàn",
        "Lào Cai",
    ];
    let mut units = vec![unit("10", "Lào Cai", UnitKind::Tinh, Level::Province, None)];
    for n in 0..communes {
        let district = format!("{:03}", 80 + n / 18);
        if n % 18 == 0 {
            let name = NAMES[(n / 18) % 9];
            units.push(unit(&district, name, UnitKind::Huyen, Level::District, Some("10")));
        }
        // The first commune's code is the same number as its district's: formulas must tell them apart.
        let code = if n == 0 { "00080".to_owned() } else { format!("{:05}", 2_600 + n) };
        let name = ["Bảo Hà", "Cốc San", "Đồng Tuyển", "Ô Quý Hồ", "Ý Tý", "Ẩm Thượng"][n % 6];
        units.push(unit(&code, name, UnitKind::Xa, Level::Commune, Some(&district)));
    }
    units.sort_by_key(|unit| unit.code);
    units
}

fn meeting(n: usize, unit: usize) -> Meeting {
    let odd = (unit + n) % 7;
    let date =
        NaiveDate::from_ymd_opt(2021, 1 + (unit % 3) as u32, 1 + ((unit * 5 + n) % 28) as u32)
            .unwrap();
    let opinions = (unit % 9) as u32 + 3;
    Meeting {
        row: 8 + n as u32,
        no: at(0, Count::new(n as u32 + 1)),
        date: at(1, date),
        place: at(2, text("Nhà văn hóa thôn Bảo Vinh")),
        format: at(3, MeetingFormat::InPerson),
        kind: at(4, if (unit + n) % 3 == 2 { Kind::AdHoc } else { Kind::Periodic }),
        chair: at(
            5,
            [Chair::Secretary, Chair::Chairman, Chair::Joint, Chair::BothPosts, Chair::Deputy]
                [(unit + n) % 5],
        ),
        chair_name: at(6, text("Nguyễn Văn A, Bí thư Đảng ủy")),
        topic: at(7, text("Đối thoại về đất đai, giải phóng mặt bằng và xây dựng nông thôn mới")),
        with_tuyen_van: at(8, odd == 3),
        announced: Field::blank(CellRef::new(5, 9)),
        attendees: at(10, Count::new(60 + (unit * 13 % 140) as u32)),
        women: at(11, Count::new(20)),
        speakers: at(13, Count::new(5)),
        opinions: at(14, Count::new(opinions)),
        outcomes: [opinions - 3, 1, 1, 0, 1].map(|count| at(15, Count::new(count))),
        plan_no: at(20, text("12-KH/ĐU")),
        plan_date: at(21, date - chrono::Days::new(20)),
        minutes_date: at(22, date),
        notice_no: if odd == 4 { Field::absent() } else { at(23, text("05-TB/ĐU")) },
        notice_date: if odd == 4 {
            Field::absent()
        } else {
            at(24, date + chrono::Days::new(3 + odd as u64 * 2))
        },
        published: at(25, date + chrono::Days::new(4)),
        ..Meeting::default()
    }
}

fn petition(n: usize, unit: usize) -> Petition {
    let content = match n {
        0..6 if unit == 1 => HOSTILE[n].to_owned(),
        _ => format!(
            "Đề nghị xã sửa đoạn đường liên thôn {n} bị sạt lở, bảo đảm đi lại trong mùa mưa"
        ),
    };
    let subject = ["L01", "L05", "L06", "L11", "L99"][(unit + n) % 5];
    Petition {
        row: 6 + n as u32,
        no: at(0, Count::new(n as u32 + 1)),
        meeting_no: at(1, Count::new(1)),
        content: at(2, text(&content)),
        subject: match n {
            3 => Field::unreadable(CellRef::new(5, 3)),
            4 => Field::absent(),
            _ => at(3, Subject::parse(subject).unwrap()),
        },
        authority: at(4, Authority::Commune),
        agency: at(5, text("UBND xã Bảo Hà")),
        received: at(6, day("2021-03-01")),
        acknowledged: at(7, day("2021-03-05")),
        outcome: if n == 7 {
            Field::unreadable(CellRef::new(5, 8))
        } else {
            at(8, Outcome::ALL[n % 5])
        },
        reply_no: at(9, text("45/UBND-VP")),
        reply_date: at(10, day("2021-03-20")),
        repeated: at(11, false),
        note: Field::absent(),
    }
}

fn table<R>(name: &str, order: u32, rows: Vec<R>) -> Table<R> {
    Table {
        sheet: SheetName::new(name, order),
        rows,
        anchor: CellRef::new(4, 0),
        written_totals: Vec::new(),
        absent: Vec::new(),
    }
}

/// The invented quarter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    pub(super) communes: usize,
    pub(super) meetings: usize,
    pub(super) petitions: usize,
}

impl Sample {
    pub(super) const SMALL: Self = Self { communes: 40, meetings: 2, petitions: 9 };

    /// The summary, its tallies made the way that the rows say.
    pub(super) fn summary(self) -> Summary {
        let mut summary = empty(units(self.communes));
        let units: Vec<Unit> = summary.units.iter().map(|line| line.unit.clone()).collect();
        for (n, unit) in units.iter().enumerate() {
            let state = match n % 20 {
                3 => SubmissionState::Missing,
                7 => SubmissionState::Late,
                11 => SubmissionState::Unreadable,
                13 => SubmissionState::NothingToReport,
                _ => SubmissionState::OnTime,
            };
            self.send(&mut summary, n, unit, state);
        }
        finish(&mut summary);
        summary
    }

    fn send(self, summary: &mut Summary, n: usize, unit: &Unit, state: SubmissionState) {
        let file = FilePath::new(&format!("xa/BC_{}_2021_Q1.xlsx", unit.code));
        summary.units[n].submission = state;
        summary.units[n].tallies.get_mut(Measure::Required).add(1);
        if matches!(state, SubmissionState::Missing) {
            summary.units[n].verdict = Verdict::NotSubmitted;
            return;
        }
        let status = if state == SubmissionState::Unreadable {
            FileStatus::Rejected
        } else {
            FileStatus::Used
        };
        summary.files.push(FileLine {
            path: file.clone(),
            disk: None,
            sha256: Some("0123456789abcdef".repeat(4)),
            size: 14_321 + n as u64,
            form: Some(Form::Detail),
            unit: Some(unit.code),
            status,
            kind: None,
            answer_sheet: None,
            version: 1,
            received: Some(day("2021-04-03")),
            received_last: Some(day("2021-04-06")),
            period: None,
        });
        let late = state == SubmissionState::Late;
        summary.units[n].submitted = Some(day(if late { "2021-04-09" } else { "2021-04-03" }));
        if state == SubmissionState::Unreadable {
            summary.units[n].verdict = Verdict::Undetermined;
            return;
        }
        if n % 20 == 17 && unit.level == Level::Commune {
            return rolled_up(summary, n);
        }
        let submission = self.submission(n, unit, &file, state);
        tally(summary, n, &submission);
        summary.units[n].file = Some(submission.file.clone());
        summary.submissions.push(submission);
    }

    fn submission(
        self,
        n: usize,
        unit: &Unit,
        file: &FilePath,
        state: SubmissionState,
    ) -> Submission {
        let none = state == SubmissionState::NothingToReport;
        let count = if none { 0 } else { self.meetings };
        let mut meetings: Vec<Meeting> = (0..count).map(|m| meeting(m, n)).collect();
        let mut petitions: Vec<Petition> =
            (0..self.petitions.min(count * 99)).map(|p| petition(p, n)).collect();
        // One unit has a cell that cannot be read, one a meeting of another quarter, one blanks.
        match n % 20 {
            5 => meetings[0].attendees = Field::unreadable(CellRef::new(8, 10)),
            6 => meetings[0].date = at(1, day("2020-12-31")),
            8 => meetings.iter_mut().for_each(|meeting| meeting.attendees = Field::absent()),
            9 => petitions.clear(),
            _ => {}
        }
        let body = Body::Detail(Box::new(Detail {
            meetings: table("Biểu 1 - Hội nghị", 1, meetings),
            petitions: Some(table("Biểu 2 - Kiến nghị", 2, petitions)),
            carried: None,
            no_meeting_reason: if none { at(1, text("Thiên tai")) } else { Field::absent() },
        }));
        sent(file, unit.code, Period::parse("2021-Q1").unwrap(), body)
    }
}

fn empty(units: Vec<Unit>) -> Summary {
    let scope = units.iter().find(|unit| unit.level == Level::Province).unwrap().clone();
    let names = [
        ("L01", "Đất đai"),
        ("L05", "Giao thông"),
        ("L06", "Môi trường"),
        ("L07", "An ninh, trật tự"),
        ("L11", "Điện, nước sạch, viễn thông"),
        ("L99", "Khác"),
    ];
    Summary {
        period: Span::parse("2021-Q1").unwrap(),
        as_of: day("2021-04-10"),
        deadline: day("2021-04-05"),
        scope,
        profile: Profile::embedded("quy-che-17").unwrap(),
        files: Vec::new(),
        units: units.into_iter().map(line).collect(),
        totals: BTreeMap::new(),
        subjects: SubjectTable::default(),
        subject_names: names
            .map(|(code, name)| (Subject::parse(code).unwrap(), name.to_owned()))
            .to_vec(),
        submissions: Vec::new(),
        findings: Vec::new(),
        unchecked: Vec::new(),
        explanations: Vec::new(),
        backlog: backlog::Backlog::default(),
        comparison: Comparison::default(),
        changes: None,
        profiles: BTreeMap::new(),
        geography: None,
        rearranged: Vec::new(),
    }
}

fn line(unit: Unit) -> UnitLine {
    UnitLine { verdict: Verdict::Exempt, ..UnitLine::unsent(unit, 90) }
}

fn sent(file: &FilePath, unit: UnitCode, period: Period, body: Body) -> Submission {
    Submission {
        file: file.clone(),
        unit,
        period,
        days: None,
        head: None,
        report_no: Field::absent(),
        report_date: at(1, day("2021-04-02")),
        head_sheet: None,
        version: 1,
        body,
    }
}

/// A commune of which only its district's Form 02 speaks.
fn rolled_up(summary: &mut Summary, n: usize) {
    let district = summary.units[n].unit.parent.unwrap();
    let file = FilePath::new(&format!("huyen/TH_{district}_2021_Q1.xlsx"));
    let unit = Some(summary.units[n].unit.code);
    let row = RollUpRow { row: 11, unit, ..RollUpRow::default() };
    let body = Body::RollUp(table("Biểu 02 - Tổng hợp", 0, vec![row]));
    summary.submissions.push(sent(&file, district, summary.period.last(), body));
    let line = &mut summary.units[n];
    line.file = Some(file);
    for measure in [Measure::Counted, Measure::Periodic, Measure::BySecretary] {
        line.tallies.get_mut(measure).add(1);
    }
    line.tallies.get_mut(Measure::Attendees).add(77);
    line.tallies.get_mut(Measure::Opinions).add(5);
    line.verdict = Verdict::Met;
}

/// The figures as the checks make them from the rows.
fn tally(summary: &mut Summary, n: usize, submission: &Submission) {
    let detail = submission.detail().unwrap();
    let (profile, as_of) = (&summary.profile, summary.as_of);
    let line = &mut summary.units[n];
    let span = (summary.period.last(), as_of);
    let ledger = Ledger::of(&detail.meetings.rows, &line.unit, 90, span, profile);
    line.tallies = figures::of_detail(detail, &ledger, profile, as_of, as_of);
    let required = u64::from(ledger.required);
    line.verdict = match line.tallies.get(Measure::Counted) {
        _ if required == 0 => Verdict::Exempt,
        tally if tally.sum.is_some_and(|counted| counted >= required) => Verdict::Met,
        _ if line.submission == SubmissionState::NothingToReport => Verdict::ShortWithReason,
        tally if tally.incomplete => Verdict::Undetermined,
        _ => Verdict::Short,
    };
    if line.submission == SubmissionState::NothingToReport {
        line.reason = Some(text("Thiên tai, bão lũ chia cắt địa bàn"));
    }
    line.ledger = Some(ledger);
}

static RULE: Rule = Rule {
    code: "DL01",
    slug: "so-khong-hop-le",
    severity: Severity::Error,
    title: "Số không hợp lệ",
    why: "",
    breaks: "",
    keeps: "",
    mend: "Ghi lại bằng số nguyên, không kèm chữ, không để công thức lỗi.",
};

fn finish(summary: &mut Summary) {
    for line in &summary.units {
        summary.totals.entry(line.unit.level).or_default().merge(&line.tallies);
    }
    for submission in &summary.submissions {
        let Some(detail) = submission.detail() else { continue };
        for petition in &detail.petitions.as_ref().unwrap().rows {
            let subject = petition.subject.value().unwrap_or(Subject::OTHER);
            let line = summary.subjects.lines.entry(subject).or_default();
            match petition.outcome.value() {
                Some(outcome) => line.outcomes[outcome as usize] += 1,
                None => line.unread += 1,
            }
        }
    }
    let counted = summary.units.iter().filter_map(|line| line.tallies.sum(Measure::Opinions));
    let described: u64 = summary.subjects.lines.values().map(SubjectLine::total).sum();
    summary.subjects.unclassified = counted.sum::<u64>().saturating_sub(described);
    for (n, file) in summary.files.iter().enumerate().step_by(4) {
        let sheet = SheetName::new("Biểu 1 - Hội nghị", 1);
        let place = Place::sheet(&file.path, &sheet, Some(CellRef::new(8, 10)));
        let words = "Số lượt người tham gia ghi “khoảng 50 người”, không phải một số nguyên.";
        let mut finding = Finding::new(&RULE, place, words).value(HOSTILE[n % 6]);
        finding.unit = file.unit;
        finding.severity = Severity::ALL[n / 4 % 3];
        summary.findings.push(finding);
    }
    summary.files.sort_by(|a, b| a.path.cmp(&b.path));
}
