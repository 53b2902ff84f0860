//! What one unit is told: accepted or returned, by when to answer, and its findings in their order.

use crate::aggregate::{FileLine, FileStatus, QuarterLine, SubmissionState, Summary, UnitLine};
use crate::model::explanation::Decision;
use crate::model::submission::{Body, FilePath};
use crate::model::text::word_key;
use crate::model::{Finding, Period, Severity, Submission, UnitCode};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What became of a unit's report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Its figures stand; some should be looked at again.
    Accepted,
    /// Some of its figures cannot stand.
    Returned,
    /// What it sent could not be read.
    Unreadable,
    /// Nothing came.
    NotReceived,
}

impl Answer {
    fn of(line: &UnitLine, findings: &[&Finding], sent: bool) -> Self {
        match line.submission {
            SubmissionState::Unreadable => Self::Unreadable,
            SubmissionState::Missing if !sent => Self::NotReceived,
            _ if findings.iter().any(|finding| finding.is_held_against()) => Self::Returned,
            _ => Self::Accepted,
        }
    }

    /// The words that the unit reads first.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Accepted => "ĐÃ CHẤP NHẬN, đề nghị xem lại các điểm dưới đây",
            Self::Returned => "TRẢ LẠI để sửa",
            Self::Unreadable => "TRẢ LẠI: không đọc được tệp đã gửi",
            Self::NotReceived => "CHƯA NHẬN ĐƯỢC BÁO CÁO",
        }
    }
}

/// The files that one marked copy stands for: one, or the parts of one submission.
#[derive(Debug, Clone, Default)]
pub(super) struct Copied<'a> {
    /// The file, its parts behind it.
    pub(super) files: Vec<&'a FileLine>,
    /// Its quarter, in a report over several.
    pub(super) period: Option<Period>,
    /// Whether it is the unit's second form of its quarter: a district's roll-up beside its own meetings.
    is_second: bool,
}

impl Copied<'_> {
    fn holds(&self, file: &FilePath) -> bool {
        self.files.iter().any(|line| line.path == *file)
    }

    /// Whether a finding is told with this file: it stands in it, or in none and is about its quarter.
    fn takes(&self, finding: &Finding) -> bool {
        match &finding.place.file {
            Some(file) => self.holds(file),
            None => !self.is_second && self.period.is_some() && self.period == finding.period,
        }
    }
}

/// What a unit is told about one of its files.
#[derive(Debug)]
pub(super) struct Notice<'a> {
    /// The unit.
    pub(super) line: &'a UnitLine,
    /// The file that is marked; none where there is none to be read.
    pub(super) copied: Copied<'a>,
    /// What became of the report.
    pub(super) answer: Answer,
    /// The last day for an answer, where the profile tells.
    pub(super) deadline: Option<NaiveDate>,
    /// Its findings: identity first, then by sheet, those on other files last.
    pub(super) findings: Vec<&'a Finding>,
}

/// Whether there is something for the unit to do about a finding.
pub(super) fn is_open(finding: &Finding) -> bool {
    finding.severity != Severity::Info && !is_excused(finding)
}

/// Whether the office has accepted the unit's reason.
pub(super) fn is_excused(finding: &Finding) -> bool {
    finding.explanation.as_ref().is_some_and(|one| one.decision == Decision::Accepted)
}

impl Notice<'_> {
    /// The name of its files, without extension.
    pub(super) fn file_stem(&self) -> String {
        let name = word_key(&self.line.unit.full_name()).replace(' ', "-");
        // A unit has a file for each quarter of a longer report.
        let quarter = self.copied.period.map(|period| format!("-{period}").to_lowercase());
        let second = if self.copied.is_second { "-mau-02" } else { "" };
        format!("{}-{name}{}{second}", self.line.unit.code, quarter.unwrap_or_default())
    }

    /// Whether a finding stands in the marked file.
    pub(super) fn is_in_copy(&self, finding: &Finding) -> bool {
        finding.place.file.as_ref().is_some_and(|file| self.copied.holds(file))
    }

    /// How many findings of that severity are still open.
    pub(super) fn open(&self, severity: Severity) -> usize {
        let of = |finding: &&&Finding| finding.severity == severity && !is_excused(finding);
        self.findings.iter().filter(of).count()
    }

    /// Whether every reason that the unit gave was accepted, and nothing is left to do.
    pub(super) fn is_settled(&self) -> bool {
        !self.findings.iter().any(|finding| is_open(finding))
    }

    /// Which version the unit's next file will be.
    pub(super) fn next_version(&self) -> u32 {
        let last = self.copied.files.iter().map(|line| line.version).max();
        last.map_or(1, |last| last.saturating_add(1))
    }

    /// Who answers for a unit that is no more: those that came after it.
    pub(super) fn answered_by(&self) -> Option<String> {
        let heirs = &self.line.heirs;
        let named = heirs.iter().map(|heir| format!("{} ({})", heir.full_name(), heir.code));
        (!heirs.is_empty()).then(|| named.collect::<Vec<_>>().join(", "))
    }

    fn sort(&mut self) {
        let identity = |finding: &Finding| {
            let code = finding.rule.code;
            let who = ["DV", "TEP", "BM"].iter().any(|family| code.starts_with(family));
            who || matches!(code, "KY01" | "KY02")
        };
        let mut findings = std::mem::take(&mut self.findings);
        findings.sort_by(|a, b| {
            let key = |finding: &Finding| {
                let elsewhere = finding.place.file.is_some() && !self.is_in_copy(finding);
                let cell = finding.place.cell;
                (
                    elsewhere,
                    !identity(finding),
                    finding.place.sheet.as_ref().map(|sheet| sheet.order),
                    cell.map(|cell| (cell.row, cell.col)),
                )
            };
            key(a).cmp(&key(b)).then_with(|| a.official_order(b))
        });
        self.findings = findings;
    }
}

/// Whether a file of that name in the folder of the feedback is what a run wrote for a unit.
pub fn is_feedback(name: &str) -> bool {
    const KINDS: [&str; 5] = ["xlsx", "xlsm", "xltx", "xltm", "txt"];
    let Some((stem, kind)) = name.rsplit_once('.') else { return false };
    let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    stem.split_once('-').is_some_and(|(code, unit)| {
        let named = !unit.is_empty() && unit.chars().all(slug);
        KINDS.contains(&kind) && UnitCode::parse(code).is_some() && named
    })
}

/// Whose the files are, and in a file of several units the sheets.
struct Owners<'a> {
    of_file: BTreeMap<&'a FilePath, BTreeSet<UnitCode>>,
    of_sheet: BTreeMap<(&'a FilePath, u32), UnitCode>,
}

impl<'a> Owners<'a> {
    fn of(summary: &'a Summary, copies: &BTreeMap<UnitCode, Vec<Copied<'a>>>) -> Self {
        let mut of_file: BTreeMap<&FilePath, BTreeSet<UnitCode>> = BTreeMap::new();
        for (unit, copies) in copies {
            for file in copies.iter().flat_map(|copied| &copied.files) {
                of_file.entry(&file.path).or_default().insert(*unit);
            }
        }
        let main = |one: &'a Submission| match &one.body {
            Body::Detail(detail) => &detail.meetings.sheet,
            Body::RollUp(table) => &table.sheet,
        };
        let of_sheet =
            summary.submissions.iter().map(|one| ((&one.file, main(one).order), one.unit));
        Self { of_file, of_sheet: of_sheet.collect() }
    }

    /// Who is told of a finding besides the unit that it is about: what is said in one unit's part of a file
    /// of many does not concern the others.
    fn told(&self, finding: &Finding) -> Vec<UnitCode> {
        let place = &finding.place;
        let Some(owners) = place.file.as_ref().and_then(|file| self.of_file.get(file)) else {
            return Vec::new();
        };
        if owners.len() < 2 || finding.unit.is_none() && place.sheet.is_none() {
            return owners.iter().copied().collect();
        }
        let sheet = place.file.as_ref().zip(place.sheet.as_ref().map(|sheet| sheet.order));
        sheet.and_then(|at| self.of_sheet.get(&at).copied()).into_iter().collect()
    }
}

/// The notices of all units with an error or a warning, in the order of `units`: every unit of the report
/// by itself, for one that ended has files of its own, whatever line shows its figures.
pub(super) fn notices<'a>(summary: &'a Summary, units: &'a [Cow<'a, UnitLine>]) -> Vec<Notice<'a>> {
    let copies: BTreeMap<UnitCode, Vec<Copied<'_>>> = copies(summary);
    let owners = Owners::of(summary, &copies);
    let mut of_unit: BTreeMap<UnitCode, Vec<&Finding>> = BTreeMap::new();
    for finding in &summary.findings {
        // What a district's form says of a commune concerns both.
        let told: BTreeSet<UnitCode> =
            finding.unit.into_iter().chain(owners.told(finding)).collect();
        for unit in told {
            of_unit.entry(unit).or_default().push(finding);
        }
    }
    let mut notices = Vec::new();
    for line in units.iter().map(AsRef::as_ref) {
        let mut findings = of_unit.get(&line.unit.code).cloned().unwrap_or_default();
        let mut copies = copies.get(&line.unit.code).cloned().unwrap_or_default();
        // Another unit may have had the code in other quarters of a longer report.
        findings.retain(|finding| was_its_own(line, finding.period));
        copies.retain(|copied| was_its_own(line, copied.period));
        notices.extend(of_one(line, &findings, copies, summary));
    }
    notices
}

/// Whether the line's code meant the line's own unit in that quarter.
fn was_its_own(line: &UnitLine, period: Option<Period>) -> bool {
    let is_it =
        |part: &QuarterLine| Some(part.period) == period && part.line.unit.code == line.unit.code;
    line.quarters.is_empty() || period.is_none() || line.quarters.iter().any(is_it)
}

fn of_one<'a>(
    line: &'a UnitLine,
    findings: &[&'a Finding],
    mut copies: Vec<Copied<'a>>,
    summary: &'a Summary,
) -> Vec<Notice<'a>> {
    let own: Vec<&Finding> =
        findings.iter().copied().filter(|f| f.unit == Some(line.unit.code)).collect();
    let answer = Answer::of(line, &own, !copies.is_empty());
    if copies.is_empty() {
        copies.push(Copied::default());
    }
    let further = copies.get(1..).unwrap_or_default().to_vec();
    let deadline = summary.profile.feedback_deadline(summary.as_of);
    let mut notices = Vec::new();
    for (number, copied) in copies.into_iter().enumerate() {
        let belongs = |finding: &&&Finding| {
            let of_further = further.iter().any(|copy| copy.takes(finding));
            if number == 0 { !of_further } else { copied.takes(finding) }
        };
        let findings: Vec<&Finding> = findings.iter().filter(belongs).copied().collect();
        // A unit is told of what was accepted too: it has asked.
        if findings.iter().all(|finding| finding.severity == Severity::Info) {
            continue;
        }
        let mut notice = Notice { line, copied, answer, deadline, findings };
        notice.sort();
        notices.push(notice);
    }
    notices
}

/// For each unit, and each quarter of a longer report, the files that are marked: those in use, or else
/// the last that was rejected.
fn copies(summary: &Summary) -> BTreeMap<UnitCode, Vec<Copied<'_>>> {
    let mut copies: BTreeMap<(UnitCode, Option<Period>), Vec<Copied<'_>>> = BTreeMap::new();
    let used = summary.files.iter().filter(|file| file.status == FileStatus::Used);
    let used: Vec<&FileLine> = used.collect();
    for submission in &summary.submissions {
        let period = summary.geography.map(|_| submission.period);
        let ours = |file: &&&FileLine| {
            let same = (file.unit, file.form, file.period);
            same == (Some(submission.unit), Some(submission.form()), period)
        };
        let mut files: Vec<&FileLine> = used.iter().filter(ours).copied().collect();
        files.sort_by_key(|file| file.path != submission.file);
        let of_quarter = copies.entry((submission.unit, period)).or_default();
        // Both forms may stand in one workbook, which is marked once.
        if of_quarter.iter().any(|copied| copied.holds(&submission.file)) {
            continue;
        }
        let is_second = !of_quarter.is_empty();
        of_quarter.push(Copied { files, period, is_second });
    }
    let rejected = summary.files.iter().filter(|file| file.status == FileStatus::Rejected);
    let mut last: BTreeMap<(UnitCode, Option<Period>), &FileLine> = BTreeMap::new();
    for file in rejected {
        let of = |unit: UnitCode| (unit, file.period);
        let Some(key) = file.unit.map(of).filter(|key| !copies.contains_key(key)) else { continue };
        let age = |file: &FileLine| (file.received_last, file.version);
        let newer = last.get(&key).is_none_or(|known| age(known) <= age(file));
        if newer {
            last.insert(key, file);
        }
    }
    for (key, file) in last {
        copies.insert(key, vec![Copied { files: vec![file], period: key.1, is_second: false }]);
    }
    let mut of_unit: BTreeMap<UnitCode, Vec<Copied<'_>>> = BTreeMap::new();
    for ((unit, _), of_quarter) in copies {
        of_unit.entry(unit).or_default().extend(of_quarter);
    }
    of_unit
}
