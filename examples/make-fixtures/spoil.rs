//! Makes the report of one unit with its case: the files it sends, and what they must lead to.

use super::cases::Case;
use super::form01::FIRST_MEETING;
use super::invent::{self, Plan};
use super::model::{Chair, Submission, Value};
use super::prng::Prng;
use super::quarter::{Quarter, add, workday};
use super::register::{Level, Unit};
use super::truth::{Figures, Finding, UnitTruth};
use super::words;
use chrono::NaiveDate;

/// What a file holds.
pub(crate) enum Body {
    Form01(Box<Submission>),
    /// The first part of a workbook whose sending was cut off.
    Truncated(Box<Submission>),
    Bytes(Vec<u8>),
}

/// What one unit sends.
pub(crate) struct Sent {
    /// Paths inside the input folder, with contents.
    pub(crate) files: Vec<(String, Body)>,
    /// When the office received the first file, where it wrote that down.
    pub(crate) received: Option<NaiveDate>,
    pub(crate) truth: UnitTruth,
    pub(crate) findings: Vec<Finding>,
}

/// Everything needed to make the report of one unit.
pub(crate) struct Maker {
    pub(crate) quarter: Quarter,
    pub(crate) seed: u64,
    /// The least and the most petitions of a unit.
    pub(crate) petitions: (u32, u32),
}

impl Maker {
    /// The report of that unit.
    pub(crate) fn make(&self, unit: &Unit, case: Case) -> Sent {
        let mut rng = Prng::new(self.seed, &format!("{} {}", self.quarter.key(), unit.code));
        let mut submission = self.clean(unit, case, &mut rng);
        self.spoil(case, &mut submission, &mut rng);
        let receipt = add(submission.report_date.unwrap_or_default(), 1);
        let received = match case {
            Case::LateReceipt => Some(add(self.quarter.deadline(), 3)),
            Case::Undated | Case::LateReport => None,
            _ => (rng.percent(25) && receipt <= self.quarter.deadline()).then_some(receipt),
        };
        let files = self.files(case, &submission, &mut rng);
        let findings = self.findings(case, &submission, files.first().map(|(path, _)| path));
        Sent { files, received, truth: self.truth(case, &submission), findings }
    }

    fn clean(&self, unit: &Unit, case: Case, rng: &mut Prng) -> Submission {
        let asked = |rng: &mut Prng| rng.between(self.petitions.0, self.petitions.1);
        let count = asked(rng);
        let mut plans = vec![invent::recommended(self.quarter, count, rng)];
        if matches!(case, Case::ExtraAdHoc | Case::BadDate) {
            let date = workday(add(self.quarter.month(1), i64::from(rng.between(7, 27))));
            plans.insert(0, Plan::new(date, false, asked(rng).min(3)));
        }
        if case == Case::EarlyMonth
            && let Some(plan) = plans.first_mut()
        {
            plan.date = workday(add(self.quarter.month(2), i64::from(rng.between(21, 26))));
        }
        invent::submission(unit, self.quarter, &plans, rng)
    }

    fn spoil(&self, case: Case, submission: &mut Submission, rng: &mut Prng) {
        let deadline = self.quarter.deadline();
        match case {
            Case::CountsOnly => submission.petitions = None,
            Case::LateReport => {
                submission.report_date = Some(add(deadline, i64::from(rng.between(2, 6))));
            }
            Case::LateReceipt => submission.report_date = Some(workday(add(deadline, -1))),
            Case::Undated => submission.report_date = None,
            Case::AdHocWithReason => {
                submission.no_meeting_reason = Some(rng.pick(words::REASONS).to_owned());
            }
            Case::NothingToReport | Case::Untouched => {
                submission.meetings.clear();
                submission.petitions = Some(Vec::new());
                submission.carried.clear();
                submission.no_meeting_reason =
                    (case == Case::NothingToReport).then(|| rng.pick(words::REASONS).to_owned());
            }
            Case::OtherPeriod => *submission = self.last_quarter(&submission.unit, rng),
            _ => {}
        }
        self.spoil_meeting(case, submission);
    }

    fn last_quarter(&self, unit: &Unit, rng: &mut Prng) -> Submission {
        let before = self.quarter.previous();
        let plan = invent::recommended(before, self.petitions.0, rng);
        invent::submission(unit, before, &[plan], rng)
    }

    fn spoil_meeting(&self, case: Case, submission: &mut Submission) {
        let Some(meeting) = submission.meetings.last_mut() else { return };
        match case {
            Case::AdHocOnly | Case::AdHocWithReason => meeting.periodic = false,
            Case::DeputyOnly => {
                meeting.chair = Chair::Deputy;
                let name = meeting.chair_name.split(',').next().unwrap_or_default();
                meeting.chair_name = format!("{name}, Phó Bí thư Thường trực");
            }
            Case::OutcomeSum => {
                // Without Biểu 2, so that this is the only fault.
                submission.petitions = None;
                meeting.opinions += 1;
            }
            Case::TypedTotal => {
                submission.typed_total = Some(("attendees", meeting.attendees + 10));
            }
            Case::LateNotice => {
                meeting.notice = meeting.notice.take().map(|(no, _)| {
                    (no, workday(add(meeting.date, 15)).min(self.quarter.last_day()))
                });
                meeting.published = meeting.notice.as_ref().map(|(_, day)| *day);
                submission.report_date = Some(workday(self.quarter.deadline()));
            }
            Case::MissingNotice => (meeting.notice, meeting.published) = (None, None),
            Case::NoticeBefore => {
                meeting.notice = meeting.notice.take().map(|(no, _)| (no, add(meeting.date, -3)));
            }
            Case::BadDate => {
                let day = format!("31/{:02}/{}", self.quarter.number * 3 - 1, self.quarter.year);
                meeting.spoilt = Some(("date", Value::Text(day)));
            }
            Case::TextCount => {
                let words = format!("khoảng {}", meeting.attendees);
                meeting.spoilt = Some(("attendees", Value::Text(words)));
            }
            Case::LostReference => meeting.spoilt = Some(("opinions", Value::LostReference)),
            _ => {}
        }
    }

    fn files(&self, case: Case, submission: &Submission, rng: &mut Prng) -> Vec<(String, Body)> {
        let name = |suffix: &str| submission.unit.path(self.quarter, suffix);
        let form = || Body::Form01(Box::new(submission.clone()));
        match case {
            Case::Missing | Case::RollUpOnly => Vec::new(),
            Case::Truncated => vec![(name(""), Body::Truncated(Box::new(submission.clone())))],
            Case::ZeroBytes => vec![(name(""), Body::Bytes(Vec::new()))],
            Case::PlainText => {
                let words = "Kính gửi Ban Dân vận Tỉnh ủy.\r\nĐơn vị xin gửi báo cáo sau.\r\n";
                vec![(name(""), Body::Bytes(words.as_bytes().to_vec()))]
            }
            Case::TwoFiles => {
                let first = first_sending(submission, rng);
                vec![(name(""), Body::Form01(Box::new(first))), (name(" (lần 2)"), form())]
            }
            _ => vec![(name(""), form())],
        }
    }

    fn truth(&self, case: Case, submission: &Submission) -> UnitTruth {
        let unit = submission.unit.clone();
        let level = unit.level;
        let (state, verdict) = match case {
            Case::Missing | Case::OtherPeriod | Case::Untouched => ("missing", Some("chua_nop")),
            Case::Truncated | Case::ZeroBytes | Case::PlainText => {
                ("unreadable", Some("chua_xac_dinh"))
            }
            Case::NothingToReport => ("nothing_to_report", None),
            Case::LateReport | Case::LateReceipt => ("late", None),
            Case::Undated => ("undated", None),
            _ => ("on_time", None),
        };
        let figures = match (state, case) {
            ("unreadable", _) => Figures::unreadable(level),
            ("missing", _) => Figures::owed(level),
            (_, Case::RollUpOnly) => Figures::of(submission, self.quarter).rolled_up(),
            _ => Figures::of(submission, self.quarter),
        };
        let with_reason = submission.no_meeting_reason.is_some();
        UnitTruth {
            verdict: verdict.unwrap_or_else(|| figures.verdict(level, with_reason)),
            unit,
            submission: state,
            case: case.slug(),
            figures,
        }
    }

    fn findings(&self, case: Case, submission: &Submission, path: Option<&String>) -> Vec<Finding> {
        let of_file =
            |code: &str| !matches!(code, "TH05" | "CT01" | "CT04" | "SL07") && path.is_some();
        self.codes(case, submission)
            .into_iter()
            .map(|(code, cell)| Finding {
                code,
                unit: submission.unit.code.clone(),
                file: path.cloned().filter(|_| of_file(code)),
                cell,
            })
            .collect()
    }

    /// The codes that the case must lead to, with the cell where it is beyond doubt.
    fn codes(&self, case: Case, submission: &Submission) -> Vec<(&'static str, Option<String>)> {
        let last = FIRST_MEETING + u32::try_from(submission.meetings.len()).unwrap_or(1);
        let cell = |column: &str, row: u32| Some(format!("{column}{row}"));
        match case {
            Case::Clean if submission.unit.level == Level::Province => {
                // April and October are recommended for the province.
                let recommended = matches!(self.quarter.number, 2 | 4);
                if recommended { vec![] } else { vec![("CT03", cell("B", last))] }
            }
            Case::Clean | Case::CountsOnly | Case::Undated | Case::RollUpOnly => vec![],
            Case::RollUpDiffers => vec![("SL07", None)],
            Case::ExtraAdHoc => vec![("CT02", cell("E", last - 1))],
            Case::EarlyMonth => vec![("CT03", cell("B", last))],
            Case::Missing => vec![("TH05", None)],
            Case::LateReport | Case::LateReceipt => vec![("TH04", None)],
            Case::AdHocOnly | Case::DeputyOnly => vec![("CT01", None), ("CT02", None)],
            Case::AdHocWithReason => vec![("CT02", None), ("CT04", None)],
            Case::NothingToReport => vec![("CT04", None)],
            Case::Untouched => vec![("DL03", None)],
            Case::OutcomeSum => vec![("SL01", None)],
            Case::TypedTotal => vec![("SL05", cell("K", last + 1))],
            Case::LateNotice => vec![("TH01", cell("Y", last))],
            Case::MissingNotice => vec![("TH02", None), ("HS05", None)],
            Case::NoticeBefore => vec![("TH08", None)],
            Case::BadDate => vec![("DL02", cell("B", last)), ("CT02", cell("E", last - 1))],
            Case::TextCount => vec![("DL01", cell("K", last))],
            Case::LostReference => vec![("DL05", cell("O", last))],
            Case::TwoFiles => vec![("DV05", None)],
            Case::OtherPeriod => vec![("KY02", None), ("TH05", None)],
            Case::Truncated | Case::ZeroBytes => vec![("TEP01", None)],
            Case::PlainText => vec![("TEP03", None)],
        }
    }
}

/// What was sent before the corrected file: another day, other figures.
fn first_sending(submission: &Submission, rng: &mut Prng) -> Submission {
    let mut first = submission.clone();
    first.report_date = first.report_date.map(|day| add(day, -3));
    if let Some(meeting) = first.meetings.last_mut() {
        meeting.attendees += rng.between(3, 20);
        meeting.women += 1;
    }
    first
}
