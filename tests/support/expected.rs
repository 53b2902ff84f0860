//! What an example expects, as its lines say it, and how that is held against a run.

use super::run::Outcome;
use qc17::model::{FileStatus, Severity};
use qc17::model::{Finding, Measure, SubmissionState, Verdict};
use serde_json::Value as Json;

/// One expected finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    /// Code, severity and place, as written.
    pub(crate) head: String,
    /// Words that the message must contain.
    pub(crate) words: String,
}

/// What an example without findings says.
pub(crate) const NONE: &str = "không có lỗi nào";

impl Expected {
    /// Reads `CT01 (Phải sửa) Biểu 1 - Hội nghị!A3: words`.
    pub(crate) fn parse(item: &str) -> Result<Option<Self>, String> {
        if item == NONE {
            return Ok(None);
        }
        let (code, rest) = item.split_once(" (").unwrap_or((item, ""));
        let (severity, rest) = rest.split_once(") ").ok_or("cần viết: MÃ (mức độ) ô: nội dung")?;
        if !Severity::ALL.iter().any(|known| known.label() == severity) {
            return Err(format!("không có mức độ \"{severity}\""));
        }
        let (place, words) = rest.split_once(": ").unwrap_or((rest.trim_end_matches(':'), ""));
        Ok(Some(Self { head: format!("{code} ({severity}) {place}"), words: words.to_owned() }))
    }

    fn of(finding: &Finding, outcome: &Outcome) -> Self {
        let (code, severity) = (finding.rule.code, finding.severity.label());
        let place = place(finding, outcome);
        Self { head: format!("{code} ({severity}) {place}"), words: finding.message.clone() }
    }

    /// The line of the list.
    pub(crate) fn line(&self) -> String {
        let words = if self.words.is_empty() { "" } else { ": " };
        format!("- {}{words}{}", self.head, self.words)
    }

    fn fits(&self, actual: &Self) -> bool {
        self.head == actual.head && actual.words.contains(&self.words)
    }
}

/// Where a finding points: nothing is said of the file where it is the example's own, nor of the
/// unit where it is the file's.
fn place(finding: &Finding, outcome: &Outcome) -> String {
    let unit = finding.unit.map(|unit| unit.to_string());
    let Some(file) = &finding.place.file else {
        return format!("đơn vị {}", unit.unwrap_or_default());
    };
    let mut parts = Vec::new();
    if file.as_str() != outcome.main_file {
        parts.push(format!("[{file}]"));
    }
    let cell = finding.place.cell.map(|cell| format!("!{cell}")).unwrap_or_default();
    match &finding.place.sheet {
        Some(sheet) => parts.push(format!("{}{cell}", sheet.name)),
        None if parts.is_empty() => parts.push("cả tệp".to_owned()),
        None => {}
    }
    let owner = outcome.files().find(|line| line["path"] == file.as_str());
    let owner = owner.and_then(|line| line["unit"].as_str().map(str::to_owned));
    if unit != owner {
        parts.push(unit.map_or("không rõ đơn vị".to_owned(), |unit| format!("của {unit}")));
    }
    parts.join(" ")
}

/// All findings of a run, each as an example would write it; those that the example has already in its
/// order and in its choice of words, so that writing an example that holds changes nothing.
pub(crate) fn rewritten(expected: &[Expected], outcome: &Outcome) -> Vec<Expected> {
    let found = outcome.findings.iter().map(|finding| Expected::of(finding, outcome));
    let mut left: Vec<Expected> = found.collect();
    let mut list = Vec::new();
    for wanted in expected {
        let Some(at) = left.iter().position(|actual| wanted.fits(actual)) else { continue };
        let actual = left.remove(at);
        list.push(if wanted.words.is_empty() { actual } else { wanted.clone() });
    }
    list.extend(left);
    list
}

/// What is missing and what is too much, one line each.
pub(crate) fn differences(expected: &[Expected], outcome: &Outcome) -> Vec<String> {
    let mut left = expected.to_vec();
    let mut said = Vec::new();
    for finding in &outcome.findings {
        let actual = Expected::of(finding, outcome);
        match left.iter().position(|wanted| wanted.fits(&actual)) {
            Some(at) => {
                left.remove(at);
            }
            None => said.push(format!("thừa   {}", actual.line())),
        }
    }
    said.extend(left.iter().map(|wanted| format!("thiếu  {}", wanted.line())));
    said
}

/// One expected figure: `Ý kiến, kiến nghị: 7*`.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// Whose.
    pub(crate) unit: String,
    /// What, as the user reads it.
    pub(crate) label: String,
    /// How much; a star says that a rejected cell is missing from it, a dash that nothing is known.
    pub(crate) value: String,
    /// The line that says so.
    pub(crate) line: usize,
}

const STATE: &str = "Tình trạng nộp";
const VERDICT: &str = "Kết luận";
const STATUS: &str = "Tệp";

impl Figure {
    /// Reads a line of the list.
    pub(crate) fn parse(item: &str, unit: &str, line: usize) -> Result<Self, String> {
        let (label, value) = item.split_once(": ").ok_or("cần viết: chỉ tiêu: số")?;
        let figure =
            Self { unit: unit.to_owned(), label: label.to_owned(), value: value.to_owned(), line };
        let known = label.starts_with(STATUS)
            || [STATE, VERDICT].contains(&label)
            || Measure::ALL.iter().any(|measure| measure.label() == label);
        if known { Ok(figure) } else { Err(format!("không có chỉ tiêu \"{label}\"")) }
    }

    /// What the run says.
    pub(crate) fn actual(&self, outcome: &Outcome) -> String {
        if let Some(path) = self.label.strip_prefix(STATUS) {
            let path = if path.is_empty() { &outcome.main_file } else { path.trim() };
            let line = outcome.files().find(|line| line["path"] == path).cloned();
            let status = line.unwrap_or_default()["status"].clone();
            return worded(&status, FileStatus::key, FileStatus::label, &STATUSES);
        }
        let Some(line) = outcome.units().find(|line| line["code"] == self.unit.as_str()) else {
            return "không có trong phạm vi".to_owned();
        };
        match self.label.as_str() {
            STATE => worded(
                &line["submission"],
                SubmissionState::key,
                SubmissionState::label,
                &SubmissionState::ALL,
            ),
            VERDICT => worded(&line["verdict"], Verdict::key, Verdict::label, &Verdict::ALL),
            label => {
                let measure = Measure::ALL.into_iter().find(|measure| measure.label() == label);
                let key = measure.map_or("", Measure::key);
                let sum = line[key].as_u64().map_or("–".to_owned(), |sum| sum.to_string());
                let holes = line["incomplete"].as_array();
                let hole = holes.is_some_and(|holes| holes.iter().any(|hole| *hole == key));
                if hole { format!("{sum}*") } else { sum }
            }
        }
    }
}

const STATUSES: [FileStatus; 4] =
    [FileStatus::Used, FileStatus::Superseded, FileStatus::Rejected, FileStatus::Ignored];

/// The words for a key of the result.
fn worded<T: Copy>(
    key: &Json,
    key_of: fn(T) -> &'static str,
    label: fn(T) -> &'static str,
    all: &[T],
) -> String {
    let found = all.iter().find(|one| *key == key_of(**one));
    found.map_or_else(|| key.to_string(), |one| label(*one).to_owned())
}
