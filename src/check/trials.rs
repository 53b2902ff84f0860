//! A whole quarter made up in memory, for tests that look at what a run gives from end to end.

use super::batch::{Answer, Content, Frame, ReadFile};
use super::check;
use super::so_far::Earlier;
use crate::aggregate::{Summary, aggregate};
use crate::calendar::Calendar;
use crate::model::backlog::Backlog;
use crate::model::explanation::Explanation;
use crate::model::submission::{FilePath, Submission};
use crate::model::{Period, UnitCode};
use crate::normalise::Rejection;
use crate::profile::Profile;
use crate::register::Register;
use crate::rules::testing::{Trial, day};
use chrono::NaiveDate;

/// A province (10), a district (087) and communes with which anything may be done.
const UNITS: &str = "\
code,name,kind,level,parent_code,valid_from,valid_to,aliases
10,Lào Cai,tinh,province,,2004-01-01,,
087,Bảo Yên,huyen,district,10,2004-01-01,,
02947,Phố Ràng,thi_tran,commune,087,2004-01-01,,
02950,Tân Tiến,xa,commune,087,2004-01-01,,
02953,Nghĩa Đô,xa,commune,087,2004-01-01,,
02956,Vĩnh Yên,xa,commune,087,2004-01-01,,
02959,Điện Quan,xa,commune,087,2004-01-01,,
02962,Xuân Thượng,xa,commune,087,2021-02-10,,
02965,Tân Dương,xa,commune,087,2004-01-01,,
02989,Bảo Hà,xa,commune,087,2004-01-01,,
";

/// Everything that the checks of one quarter are given.
pub(crate) struct Batch {
    pub(crate) register: Register,
    pub(crate) profile: Profile,
    pub(crate) calendar: Calendar,
    pub(crate) period: Period,
    pub(crate) as_of: NaiveDate,
    pub(crate) scope: UnitCode,
    pub(crate) files: Vec<ReadFile>,
    pub(crate) explanations: Vec<Explanation>,
    pub(crate) earlier: Vec<Earlier>,
}

/// A unit's code.
pub(crate) fn code(text: &str) -> UnitCode {
    UnitCode::parse(text).unwrap()
}

/// A file as the reader would hand it on.
pub(crate) fn read_file(path: &str, content: Content) -> ReadFile {
    ReadFile {
        path: FilePath::new(path),
        disk: None,
        kind: None,
        sha256: Some(path.to_owned()),
        size: 1,
        received: None,
        received_last: None,
        is_compiled: false,
        form: None,
        content,
        findings: Vec::new(),
        answer: Answer::default(),
    }
}

impl Batch {
    /// The small province in the first quarter of 2021; nobody has sent anything.
    pub(crate) fn empty() -> Self {
        let register = Register::parse((UNITS, "units.csv"), ("", "successions.csv")).unwrap();
        Self::of(register, "10", Period::quarter(2021, 1).unwrap())
    }

    /// Another register, scope and quarter, as of the day on which reports are due.
    pub(crate) fn of(register: Register, scope: &str, period: Period) -> Self {
        let profile = Profile::embedded("quy-che-17").unwrap();
        Self {
            register,
            calendar: Calendar::embedded().unwrap(),
            period,
            as_of: profile.deadline(period),
            scope: code(scope),
            profile,
            files: Vec::new(),
            explanations: Vec::new(),
            earlier: Vec::new(),
        }
    }

    /// A clean Form 01 of that unit with that change.
    pub(crate) fn send(&mut self, unit: &str, change: impl FnOnce(&mut Trial)) {
        let mut trial = Trial::clean();
        trial.submission.unit = code(unit);
        trial.submission.period = self.period;
        trial.submission.file = FilePath::new(&format!("xa/{unit}.xlsx"));
        change(&mut trial);
        self.add(trial.submission);
    }

    /// A file with that submission.
    pub(crate) fn add(&mut self, submission: Submission) {
        let path = submission.file.as_str().to_owned();
        let form = submission.form();
        let mut file = read_file(&path, Content::Submission(Box::new(submission)));
        file.form = Some(form);
        self.files.push(file);
    }

    /// A file that could be that unit's and cannot be read.
    pub(crate) fn reject(&mut self, unit: &str) {
        let could_be = vec![code(unit)];
        let content = Content::Rejected(Rejection { could_be, period: Some(self.period) });
        self.files.push(read_file(&format!("xa/{unit}-hong.xlsx"), content));
    }

    /// The quarter checked and summed.
    pub(crate) fn summary(&self) -> Summary {
        self.summary_after(None)
    }

    /// The same, after a quarter that left those petitions.
    pub(crate) fn summary_after(&self, backlog: Option<&Backlog>) -> Summary {
        let mut files = self.files.clone();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let scope = self.register.get(self.scope, self.period.last_day()).unwrap();
        let frame = Frame {
            period: self.period,
            as_of: self.as_of,
            scope,
            area: &[scope],
            register: &self.register,
            profile: &self.profile,
            calendar: &self.calendar,
            explanations: &self.explanations,
            earlier: &self.earlier,
            backlog,
            keeps_closed: true,
        };
        aggregate(check(files, frame), frame, Vec::new())
    }
}

/// Every value of the result by a readable path: units and accounts by code, findings as they are.
pub(crate) fn values(summary: &Summary) -> Vec<String> {
    values_of(&crate::render::json::json(summary))
}

/// The same of any result, as it is written.
pub(crate) fn values_of(json: &str) -> Vec<String> {
    let result: serde_json::Value = serde_json::from_str(json).unwrap();
    let mut out = Vec::new();
    flatten("", &result, &mut out);
    out.sort();
    out
}

fn flatten(path: &str, value: &serde_json::Value, out: &mut Vec<String>) {
    use serde_json::Value;
    let word = |item: &Value, key: &str| item.get(key)?.as_str().map(str::to_owned);
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                flatten(&format!("{path}/{key}"), value, out);
            }
        }
        Value::Array(items) if path.ends_with("diagnostics") => {
            let line = |item: &Value| {
                let place = ["code", "severity", "unit", "cell"];
                let place = place.map(|key| word(item, key).unwrap_or_default());
                format!("{path}: {} {}", place.join(" "), word(item, "message").unwrap_or_default())
            };
            out.extend(items.iter().map(line));
        }
        Value::Array(items) if path.ends_with("unchecked") => {
            let line = |item: &Value| {
                let place = ["code", "unit", "cell"];
                let place = place.map(|key| word(item, key).unwrap_or_default());
                format!("{path}: {} {}", place.join(" "), word(item, "reason").unwrap_or_default())
            };
            out.extend(items.iter().map(line));
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (at, item) in items.iter().enumerate() {
                let named = ["code", "unit", "head", "cell"].iter().find_map(|key| word(item, key));
                let name = named.unwrap_or_else(|| at.to_string());
                flatten(&format!("{path}/{name}"), item, out);
            }
        }
        other => out.push(format!("{path}: {other}")),
    }
}

/// What changed between two results, a line for each value that went (`-`) or came (`+`).
pub(crate) fn difference(before: &[String], after: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = after.to_vec();
    for line in before {
        match rest.iter().position(|other| other == line) {
            Some(at) => drop(rest.remove(at)),
            None => lines.push(format!("-{line}")),
        }
    }
    lines.extend(rest.into_iter().map(|line| format!("+{line}")));
    lines
}

/// A day, for tests that need one.
pub(crate) fn on(iso: &str) -> NaiveDate {
    day(iso)
}
