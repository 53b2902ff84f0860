//! Which of several files of one unit is used: the newest by what the file itself says.

use super::batch::{Content, Frame, ReadFile};
use super::versions::changes;
use crate::model::{Finding, Form, Place, Submission, UnitCode};
use crate::normalise::mentions::coded_in;
use crate::notation::version;
use crate::rules::case::shown;
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
    /// For each of them, the first day on which a version of it came: a correction makes nobody late.
    pub came: BTreeMap<usize, NaiveDate>,
    /// Files that another one replaces.
    pub superseded: Vec<usize>,
    /// One finding for each of them.
    pub findings: Vec<Finding>,
}

/// Chooses among the files that are candidates for the quarter.
pub(super) fn choose(files: &[ReadFile], candidates: &[usize], frame: Frame<'_>) -> Chosen {
    let owned = candidates.iter().filter_map(|&at| match files.get(at)? {
        file @ ReadFile { content: Content::Submission(submission), .. } => {
            Some((at, file, &**submission))
        }
        _ => None,
    });
    let mut owned: Vec<Candidate<'_>> = owned.collect();
    let owner = |(_, _, submission): &Candidate<'_>| (submission.unit, submission.form());
    owned.sort_by_key(owner);
    let mut chosen = Chosen::default();
    for group in owned.chunk_by_mut(|one, other| owner(one) == owner(other)) {
        let dated = group.iter().all(|(_, _, one)| one.report_date.value().is_some());
        group.sort_by_cached_key(|(_, file, submission)| age(file, submission, (dated, frame)));
        let came = group.iter().filter(|(_, _, one)| is_filled(one));
        let came = came.filter_map(|(_, file, one)| file.submitted(one)).min();
        let Some((last, replaced)) = group.split_last() else { continue };
        let &(used, newest, submission) = last;
        chosen.used.insert(owner(last), used);
        chosen.came.extend(came.map(|day| (used, day)));
        for &(at, older, replaced) in replaced {
            chosen.superseded.push(at);
            let (new, old) = ((newest, submission), (older, replaced));
            let answers = newest.answer.version > version::of_name(newest.path.file_name());
            let of = |file, submission| age(file, submission, (dated, frame));
            let ages = (of(newest, submission), of(older, replaced));
            let reason = reason(&ages.0, &ages.1, answers);
            let finding = replaced_finding(new, old, reason, frame);
            chosen.findings.push(finding);
        }
    }
    chosen
}

/// Whether anything was written; an untouched form is as good as none.
pub(super) fn is_filled(submission: &Submission) -> bool {
    submission.detail().is_none_or(|detail| {
        !detail.meetings.rows.is_empty() || detail.no_meeting_reason.given().is_some()
    })
}

/// The order of age: a unit's own file behind what others compiled, then report date, then the words of a
/// corrected file, then receipt, then name, one with another unit's code before all. Where a file gives no report
/// date, the words come first: a correction without a date is one all the same.
type Age = (bool, Option<NaiveDate>, u32, Option<NaiveDate>, Option<NaiveDate>, bool, String);

fn age(file: &ReadFile, submission: &Submission, (dated, frame): (bool, Frame<'_>)) -> Age {
    let (date, name) = (submission.report_date.value(), version(file));
    let version = if name == version::SET_ASIDE { name } else { name.max(submission.version) };
    (
        !file.is_compiled,
        date.filter(|_| dated),
        version,
        date,
        file.received,
        is_named_so(file, submission, frame),
        name_order(file),
    )
}

/// Whether a file does not bear another unit's code in its name, as one made out of that unit's file does.
fn is_named_so(file: &ReadFile, submission: &Submission, frame: Frame<'_>) -> bool {
    let code = coded_in(file.path.file_name(), frame.register, frame.day());
    code.is_none_or(|code| code == submission.unit)
}

/// Which version of its submission a file is: what its name says, or the feedback that it answers.
pub(super) fn version(file: &ReadFile) -> u32 {
    version::of_name(file.path.file_name()).max(file.answer.version)
}

/// A file's name as it is sorted by: `(2)` before `(10)`, and a copy behind what it is a copy of.
fn name_order(file: &ReadFile) -> String {
    let path = file.path.as_str();
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let mut order = String::with_capacity(path.len() * 2);
    let mut digits = String::new();
    for c in stem.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            order.push_str(&format!("{digits:0>12}"));
            digits.clear();
        }
        order.push(c);
    }
    order + path
}

fn replaced_finding(
    (newest, submission): (&ReadFile, &Submission),
    (older, replaced): (&ReadFile, &Submission),
    reason: String,
    frame: Frame<'_>,
) -> Finding {
    let unit = frame.unit(submission.unit);
    let name = unit.map_or_else(|| submission.unit.to_string(), crate::model::Unit::full_name);
    let same = newest.sha256.is_some() && newest.sha256 == older.sha256;
    let mut message = format!(
        "{name} gửi nhiều tệp. Dùng tệp \u{201c}{}\u{201d} {}; tệp này không được tính.",
        newest.path,
        if same { "(hai tệp giống hệt nhau)".to_owned() } else { reason }
    );
    if !same {
        let changes = changes(submission, replaced, frame);
        if !changes.is_empty() {
            message.push_str(&format!(" Số liệu thay đổi: {}.", changes.join("; ")));
        }
    }
    let finding = Finding::new(&DV05, Place::file(older.path.clone()), message);
    finding.unit(submission.unit).about("tep-cu")
}

/// The first thing in which the two ages differ.
fn reason(new: &Age, old: &Age, answers: bool) -> String {
    let day = |day: Option<NaiveDate>| day.map_or(String::new(), shown);
    if new.0 != old.0 {
        return "vì là tệp riêng của đơn vị, tệp này do nơi khác tổng hợp".to_owned();
    }
    if new.1 != old.1 {
        return format!("vì ngày báo cáo mới hơn ({})", day(new.1));
    }
    if new.2 != old.2 {
        let why = match () {
            () if answers => "vì là bản gửi lại theo phiếu phản hồi",
            () if old.2 == version::SET_ASIDE => "vì tên tệp này ghi là bản cũ hoặc bản nháp",
            () => "vì tên tệp hoặc tiêu đề ghi là bản sửa",
        };
        return why.to_owned();
    }
    if new.3 != old.3 {
        let newer = if old.3.is_some() {
            "vì ngày báo cáo mới hơn"
        } else {
            "vì có ghi ngày báo cáo"
        };
        return format!("{newer} ({})", day(new.3));
    }
    if new.4 != old.4 {
        return format!("vì nhận sau ({})", day(new.4));
    }
    if new.5 != old.5 {
        return "vì tên tệp này mang mã của đơn vị khác".to_owned();
    }
    "vì đứng sau theo tên tệp, không có căn cứ nào khác".to_owned()
}
