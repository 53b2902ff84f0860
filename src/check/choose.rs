//! Which of several files of one unit is used: the newest by what the file itself says.

use super::batch::{Content, Frame, ReadFile};
use super::figures;
use super::ledger::Ledger;
use crate::model::text::key;
use crate::model::{Finding, Form, Measure, Place, Submission, Tallies, UnitCode};
use crate::rules::dv::DV05;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A unit and the form that it sends; each is used at most once.
type Owner = (UnitCode, Form);
/// A file by its place among the files, with what it says.
type Candidate<'a> = (usize, &'a ReadFile, &'a Submission);

/// The files in use and the ones that they replace.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// For each unit and form, the file in use, by its place among the files.
    pub used: BTreeMap<Owner, usize>,
    /// Files that another one replaces.
    pub superseded: Vec<usize>,
    /// One finding for each of them.
    pub findings: Vec<Finding>,
}

/// Chooses among the files that are candidates for the quarter.
pub(super) fn choose(files: &[ReadFile], candidates: &[usize], frame: Frame<'_>) -> Chosen {
    let mut groups: BTreeMap<Owner, Vec<Candidate<'_>>> = BTreeMap::new();
    for &at in candidates {
        let Some(file) = files.get(at) else { continue };
        let Content::Submission(submission) = &file.content else { continue };
        let group = groups.entry((submission.unit, submission.form())).or_default();
        group.push((at, file, submission));
    }
    let mut chosen = Chosen::default();
    for (owner, mut group) in groups {
        group.sort_by_key(|(_, file, submission)| age(file, submission));
        let Some((used, newest, submission)) = group.pop() else { continue };
        chosen.used.insert(owner, used);
        for (at, older, replaced) in group {
            chosen.superseded.push(at);
            let finding = replaced_finding((newest, submission), (older, replaced), frame);
            chosen.findings.push(finding);
        }
    }
    chosen
}

/// The order of age: report date, then the words of a corrected file, then receipt, then name.
type Age<'a> = (Option<NaiveDate>, u32, Option<NaiveDate>, &'a str);

fn age<'a>(file: &'a ReadFile, submission: &Submission) -> Age<'a> {
    let version = version(file);
    (submission.report_date.value(), version, file.received, file.path.as_str())
}

/// Which version of its submission a file is: what its name says, or the feedback that it answers.
pub(super) fn version(file: &ReadFile) -> u32 {
    version_of(file.path.file_name()).max(file.answer.version)
}

/// Which version a file's name says it is: `lần 2` is 2; `sửa`, `bổ sung` without a number is 2.
fn version_of(name: &str) -> u32 {
    let words = key(name);
    let numbered = words.find("lan").and_then(|at| {
        let digits: String =
            words.get(at + 3..)?.chars().take_while(char::is_ascii_digit).take(3).collect();
        digits.parse().ok()
    });
    let corrected = ["sua", "bosung", "dieuchinh", "dinhchinh", "thaythe"];
    numbered
        .unwrap_or_else(|| if corrected.iter().any(|word| words.contains(word)) { 2 } else { 1 })
}

fn replaced_finding(
    (newest, submission): (&ReadFile, &Submission),
    (older, replaced): (&ReadFile, &Submission),
    frame: Frame<'_>,
) -> Finding {
    let unit = frame.unit(submission.unit);
    let name = unit.map_or_else(|| submission.unit.to_string(), crate::model::Unit::full_name);
    let same = newest.sha256.is_some() && newest.sha256 == older.sha256;
    let mut message = format!(
        "{name} gửi nhiều tệp. Dùng tệp \u{201c}{}\u{201d} {}; tệp này không được tính.",
        newest.path,
        if same {
            "(hai tệp giống hệt nhau)".to_owned()
        } else {
            reason(newest, submission, older, replaced)
        }
    );
    if !same {
        let changes = changes(submission, replaced, frame);
        if !changes.is_empty() {
            message.push_str(&format!(" Số liệu thay đổi: {}.", changes.join("; ")));
        }
    }
    Finding::new(&DV05, Place::file(older.path.clone()), message).unit(submission.unit)
}

fn reason(newest: &ReadFile, new: &Submission, older: &ReadFile, old: &Submission) -> String {
    let day = |day: NaiveDate| day.format("%d/%m/%Y").to_string();
    let (a, b) = (age(newest, new), age(older, old));
    if a.0 != b.0 {
        return a
            .0
            .map_or(String::new(), |date| format!("vì ngày báo cáo mới hơn ({})", day(date)));
    }
    if a.1 != b.1 {
        let answers = newest.answer.version > version_of(newest.path.file_name());
        return if answers {
            "vì là bản gửi lại theo phiếu phản hồi".to_owned()
        } else {
            "vì tên tệp ghi là bản sửa".to_owned()
        };
    }
    if a.2 != b.2 {
        return a.2.map_or(String::new(), |date| format!("vì nhận sau ({})", day(date)));
    }
    "vì đứng sau theo tên tệp, không có căn cứ nào khác".to_owned()
}

/// The figures that differ, and how many rows each file has.
fn changes(new: &Submission, old: &Submission, frame: Frame<'_>) -> Vec<String> {
    let figure = |sum: Option<u64>| sum.map_or("không có".to_owned(), crate::model::count::grouped);
    let mut changes = Vec::new();
    let (Some(after), Some(before)) = (figures_of(new, frame), figures_of(old, frame)) else {
        return changes;
    };
    for measure in Measure::ALL {
        let (was, is) = (before.sum(measure), after.sum(measure));
        if was != is {
            changes.push(format!("{} {} → {}", measure.label(), figure(was), figure(is)));
        }
    }
    let rows = |submission: &Submission| {
        let detail = submission.detail()?;
        let petitions = detail.petitions.as_ref().map_or(0, |table| table.rows.len());
        Some((detail.meetings.rows.len(), petitions))
    };
    if let (Some(is), Some(was)) = (rows(new), rows(old)) {
        for (what, was, is) in [("số dòng Biểu 1", was.0, is.0), ("số dòng Biểu 2", was.1, is.1)]
        {
            if was != is {
                changes.push(format!("{what} {was} → {is}"));
            }
        }
    }
    changes
}

fn figures_of(submission: &Submission, frame: Frame<'_>) -> Option<Tallies> {
    let unit = frame.unit(submission.unit)?;
    let detail = submission.detail()?;
    let last_day = submission.last_known_day(frame.as_of);
    let days = frame.existed_days(unit);
    let ledger =
        Ledger::of(&detail.meetings.rows, unit, days, (frame.period, last_day), frame.profile);
    Some(figures::of_detail(detail, &ledger, frame.profile, last_day, frame.as_of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_say_of_versions() {
        for (name, version) in [
            ("BC_02647_2021_Q1.xlsx", 1),
            ("BC_02647_2021_Q1 (lần 2).xlsx", 2),
            ("BC_02647_2021_Q1 lan3.xlsx", 3),
            ("BC_02647_2021_Q1 - sửa.xlsx", 2),
            ("BC_02647_2021_Q1 bổ sung.xlsx", 2),
            ("Bản Lầu.xlsx", 1),
        ] {
            assert_eq!(version_of(name), version, "{name}");
        }
    }
}
