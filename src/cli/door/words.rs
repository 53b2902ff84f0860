//! What came out, in plain words, for somebody who has never seen a command line.

use super::super::terminal::plain;
use qc17::aggregate::Summary;
use qc17::model::count::grouped;
use qc17::model::{Period, Severity, SubmissionState, Unit, UnitCode, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// How many units are named one by one.
const NAMED: usize = 8;

/// The quarter in a few lines, and where the results lie.
pub(super) fn said(summary: &Summary, folder: &Path, outputs: &[&str]) -> String {
    let mut out = String::new();
    writeln!(out, "\n{}, {}", summary.scope.full_name(), summary.period.label()).ok();
    let state = |state| summary.units.iter().filter(|line| line.submission == state).count();
    let sent = summary.units.iter().filter(|line| line.submission.has_figures()).count();
    let number = |count: usize| grouped(count as u64);
    writeln!(out, "  Đơn vị trong danh mục: {}", number(summary.units.len())).ok();
    writeln!(out, "  Đã nộp: {}", number(sent)).ok();
    let absent = [
        ("Chưa nộp", SubmissionState::Missing),
        ("Có tệp nhưng không đọc được", SubmissionState::Unreadable),
    ];
    for (title, absent) in absent {
        let named = summary.units.iter().filter(|line| line.submission == absent);
        let names: Vec<String> = named.map(|line| line.unit.full_name()).collect();
        writeln!(out, "  {title}: {}", listed(number(state(absent)), &names)).ok();
    }
    let verdict = |verdict| summary.units.iter().filter(|line| line.verdict == verdict).count();
    writeln!(
        out,
        "  Chỉ tiêu: {} đạt; {} chưa đạt; {} chưa xác định được",
        number(verdict(Verdict::Met)),
        number(verdict(Verdict::Short) + verdict(Verdict::ShortWithReason)),
        number(verdict(Verdict::Undetermined))
    )
    .ok();
    faults(&mut out, summary);
    places(&mut out, folder, outputs);
    out
}

fn listed(count: String, names: &[String]) -> String {
    if names.is_empty() {
        return count;
    }
    let shown: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    let more = if names.len() > NAMED { " …" } else { "" };
    format!("{count} ({}{more})", shown.join(", "))
}

/// How much is left to correct, and whose it is.
fn faults(out: &mut String, summary: &Summary) {
    let errors: Vec<_> = summary.findings.iter().filter(|one| one.is_held_against()).collect();
    let whose: BTreeSet<(UnitCode, Option<Period>)> =
        errors.iter().filter_map(|one| Some((one.unit?, one.period))).collect();
    let mut owners: BTreeMap<UnitCode, BTreeSet<String>> = BTreeMap::new();
    for (unit, period) in whose {
        let name = summary.unit_in(unit, period).map(Unit::full_name);
        owners.entry(unit).or_default().insert(name.unwrap_or_else(|| unit.to_string()));
    }
    let names: Vec<String> = owners.into_values().flatten().collect();
    let count = format!("{} chỗ ở {} đơn vị", grouped(errors.len() as u64), names.len());
    writeln!(out, "  Phải sửa: {}", listed(count, &names)).ok();
    let warnings = summary.findings.iter().filter(|one| one.severity == Severity::Warning).count();
    writeln!(out, "  Sửa hoặc giải trình: {} chỗ", grouped(warnings as u64)).ok();
}

/// What each file is for.
fn places(out: &mut String, folder: &Path, outputs: &[&str]) {
    writeln!(out, "\nKết quả ở thư mục: {}", plain(&folder.display().to_string())).ok();
    let kinds = [
        ("tong-hop-", "bảng tổng hợp Excel: xem trước, có trang Lỗi số liệu"),
        ("bao-cao-", "báo cáo PDF để in, ký"),
        ("ket-qua-", "kết quả cho phần mềm khác đọc"),
    ];
    for (start, what) in kinds {
        for name in outputs.iter().filter(|name| name.starts_with(start)) {
            writeln!(out, "  {name:<24}  {what}").ok();
        }
    }
    let is_workbook = |name: &&&str| Path::new(name).extension().is_some_and(|kind| kind == "xlsx");
    let answers = outputs.iter().filter(|name| name.starts_with("phan-hoi/"));
    let answers = answers.filter(is_workbook).count();
    if answers > 0 {
        let title = "phan-hoi";
        let count = grouped(answers as u64);
        writeln!(out, "  {title:<24}  {count} phiếu gửi lại các đơn vị cần sửa, giải trình").ok();
    }
}
