//! What the terminal shows: findings by file, then the quarter in one table.

use anstyle::{AnsiColor, Style};
use qc17::aggregate::review::Review;
use qc17::aggregate::{Measure, Summary, Tally};
use qc17::model::count::grouped;
use qc17::model::explanation::Fate;
use qc17::model::{Finding, Level, Severity, SubmissionState, Verdict};
use rayon::prelude::*;
use std::fmt::Write;

/// Findings that are worded in one go.
const PIECE: usize = 256;

const BOLD: Style = Style::new().bold();

const fn colour(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default(),
        Severity::Info => AnsiColor::Cyan.on_default(),
    }
}

/// The findings, grouped by file; those without a file first.
pub(super) fn findings(summary: &Summary) -> String {
    let is_new = |at: usize| {
        let changes = summary.changes.as_ref()?;
        changes.is_new.get(at).copied()
    };
    let file_of = |at: usize| summary.findings.get(at).map(|one| one.place.file.as_ref());
    let pieces = summary.findings.par_chunks(PIECE).enumerate().map(|(piece, findings)| {
        let mut out = String::new();
        for (at, finding) in (piece * PIECE..).zip(findings) {
            let file = finding.place.file.as_ref();
            if at.checked_sub(1).and_then(file_of) != Some(file) {
                let title = file.map_or("Không gắn với tệp nào", |file| file.as_str());
                writeln!(out, "\n{BOLD}{}{BOLD:#}", plain(title)).ok();
            }
            finding_lines(&mut out, finding, is_new(at));
        }
        out
    });
    pieces.collect()
}

fn finding_lines(out: &mut String, finding: &Finding, is_new: Option<bool>) {
    let colour = colour(finding.severity);
    let place = match (&finding.place.sheet, finding.place.cell) {
        (Some(sheet), Some(cell)) => format!("{}, ô {cell}: ", sheet.name),
        (Some(sheet), None) => format!("{}: ", sheet.name),
        _ => String::new(),
    };
    writeln!(
        out,
        "  {colour}{}{colour:#}{}  {}{}",
        finding.severity.label(),
        if is_new == Some(true) { " (mới)" } else { "" },
        plain(&place),
        plain(&finding.message)
    )
    .ok();
    if let Some(explanation) = &finding.explanation {
        writeln!(out, "      {}", plain(&explanation.words())).ok();
    }
    writeln!(out, "      {} [{} {}]", plain(&finding.help), finding.rule.code, finding.rule.slug)
        .ok();
}

/// Text from a submission must not move the cursor or ring the bell.
pub(super) fn plain(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The quarter in figures.
pub(super) fn overview(summary: &Summary) -> String {
    let mut out = String::new();
    let day = |day: chrono::NaiveDate| day.format("%d/%m/%Y").to_string();
    writeln!(
        out,
        "\n{BOLD}{}, {}{BOLD:#} (tính đến ngày {}; hạn nộp {})",
        summary.scope.full_name(),
        summary.period.label(),
        day(summary.as_of),
        day(summary.deadline)
    )
    .ok();
    let profile = &summary.profile;
    writeln!(
        out,
        "Hồ sơ quy tắc: {} ({}; tình trạng: {})\n",
        profile.name, profile.id, profile.status
    )
    .ok();
    states(&mut out, summary);
    levels(&mut out, summary);
    let count = |severity| summary.findings.iter().filter(|f| f.severity == severity).count();
    let counts: Vec<String> = Severity::ALL
        .iter()
        .map(|severity| format!("{} {}", count(*severity), severity.label().to_lowercase()))
        .collect();
    writeln!(out, "\nLỗi số liệu: {}.", counts.join("; ")).ok();
    explanations(&mut out, summary);
    out.push_str(&super::changes::shown(summary));
    if !summary.unchecked.is_empty() {
        let open = grouped(summary.unchecked.len() as u64);
        writeln!(out, "Chưa kiểm tra được: {open} chỗ, do có ô hoặc tệp không đọc được.").ok();
    }
    out
}

/// The year in figures; the findings are in the outputs, for four quarters of them fill no screen.
pub(super) fn review(review: &Review) -> String {
    let mut out = String::new();
    let day = review.as_of.format("%d/%m/%Y");
    let scope = review.scope.full_name();
    writeln!(out, "\n{BOLD}{scope}, năm {}{BOLD:#} (tính đến ngày {day})\n", review.year).ok();
    let units = || review.units.iter();
    for level in Level::ALL {
        let ours = || units().filter(move |unit| unit.unit.level == level);
        let of = |verdict| ours().filter(|unit| unit.account.verdict == verdict).count();
        let verdicts: Vec<String> = Verdict::ALL
            .iter()
            .filter(|verdict| of(**verdict) > 0)
            .map(|verdict| format!("{} {}", of(*verdict), verdict.label().to_lowercase()))
            .collect();
        if !verdicts.is_empty() {
            writeln!(out, "  Chỉ tiêu năm, {}: {}.", level.label(), verdicts.join("; ")).ok();
        }
    }
    let (owed, on_time) = units().fold((0, 0), |(owed, on_time), unit| {
        (owed + unit.punctuality.owed, on_time + unit.punctuality.on_time)
    });
    writeln!(out, "  Nộp đúng hạn: {on_time}/{owed} báo cáo.").ok();
    let (commended, reminded) = (review.commended.len(), review.reminded.len());
    writeln!(out, "  Gợi ý biểu dương: {commended} đơn vị; gợi ý nhắc nhở: {reminded} đơn vị.")
        .ok();
    writeln!(out, "  Văn bản để đối chiếu: {}.", grouped(review.documents.len() as u64)).ok();
    let count = |severity| review.all_findings().filter(|(_, f)| f.severity == severity).count();
    let counts: Vec<String> = Severity::ALL
        .iter()
        .map(|severity| format!("{} {}", count(*severity), severity.label().to_lowercase()))
        .collect();
    writeln!(out, "\nLỗi số liệu bốn quý và cả năm: {}.", counts.join("; ")).ok();
    for finding in &review.findings {
        finding_lines(&mut out, finding, None);
    }
    out
}

/// How many explanations there are, and each one that no longer does anything.
fn explanations(out: &mut String, summary: &Summary) {
    if summary.explanations.is_empty() {
        return;
    }
    let count = |fate| summary.explanations.iter().filter(|one| one.fate == fate).count();
    let fates = [Fate::Applied, Fate::Expired, Fate::Unmatched, Fate::Replaced];
    let told = fates.into_iter().filter(|fate| *fate != Fate::Replaced || count(*fate) > 0);
    let counts = told.map(|fate| format!("{} {}", count(fate), fate.label().to_lowercase()));
    writeln!(out, "Giải trình: {}.", counts.collect::<Vec<_>>().join("; ")).ok();
    for one in summary.explanations.iter().filter(|one| one.fate != Fate::Applied) {
        let row = &one.explanation;
        let line = format!("{}, dòng {}: {} của {}", row.file, row.line, row.code, row.unit);
        writeln!(out, "  {}: {}.", plain(&line), one.fate.label().to_lowercase()).ok();
    }
}

fn states(out: &mut String, summary: &Summary) {
    writeln!(out, "{} đơn vị, {} tệp.", summary.units.len(), summary.file_statuses().count()).ok();
    let of = |state| summary.units.iter().filter(|line| line.submission == state).count();
    let states: Vec<String> = SubmissionState::ALL
        .iter()
        .filter(|state| of(**state) > 0)
        .map(|state| format!("{} {}", of(*state), state.label().to_lowercase()))
        .collect();
    writeln!(out, "  Nộp báo cáo: {}.", states.join("; ")).ok();
    let of = |verdict| summary.units.iter().filter(|line| line.verdict == verdict).count();
    let verdicts: Vec<String> = Verdict::ALL
        .iter()
        .filter(|verdict| of(**verdict) > 0)
        .map(|verdict| format!("{} {}", of(*verdict), verdict.label().to_lowercase()))
        .collect();
    writeln!(out, "  Chỉ tiêu: {}.\n", verdicts.join("; ")).ok();
}

/// Width of a column of figures.
const WIDTH: usize = 15;

/// The columns of the table of levels.
const SHOWN: [(Measure, &str); 5] = [
    (Measure::Periodic, "Định kỳ"),
    (Measure::AdHoc, "Đột xuất"),
    (Measure::Attendees, "Lượt người"),
    (Measure::Opinions, "Ý kiến"),
    (Measure::NoticesMissing, "Chưa kết luận"),
];

fn levels(out: &mut String, summary: &Summary) {
    write!(out, "  {:<12}", "Cấp").ok();
    for (_, title) in SHOWN {
        write!(out, "{title:>WIDTH$}").ok();
    }
    out.push('\n');
    let mut holes = false;
    for level in Level::ALL {
        let Some(tallies) = summary.totals.get(&level) else { continue };
        write!(out, "  {:<12}", level.label()).ok();
        for (measure, _) in SHOWN {
            let tally = tallies.get(measure);
            holes |= tally.incomplete;
            write!(out, "{:>WIDTH$}", figure(tally)).ok();
        }
        out.push('\n');
    }
    if holes {
        let silent = match summary.period.as_quarter() {
            Some(_) => "",
            None => ", hoặc có đơn vị thiếu báo cáo của một quý",
        };
        writeln!(out, "  (*) chưa đủ: có ô hoặc tệp không đọc được{silent}, xem phần lỗi ở trên.")
            .ok();
    }
}

fn figure(tally: Tally) -> String {
    let sum = tally.sum.map_or("–".to_owned(), grouped);
    if tally.incomplete { format!("{sum}*") } else { sum }
}
