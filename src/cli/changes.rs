//! The comparison with an earlier run: its result read from disk, what changed told on the terminal.

use super::Failure;
use super::args::Earlier;
use super::terminal::plain;
use qc17::aggregate::Summary;
use qc17::aggregate::changed_figures::{ChangedFigure, Whose};
use qc17::aggregate::changes::compare;
use qc17::aggregate::previous::Previous;
use qc17::model::count::grouped;
use qc17::notation::system::why;
use qc17::render::json::previous::previous;
use std::fmt::Write;
use std::io::Read;

/// A result of a whole nation stays below this size.
const LIMIT: u64 = 1024 * 1024 * 1024;
/// How many of each kind of change the terminal lists; the result in JSON has all.
const LISTED: usize = 20;

/// Reads the earlier result, where one was named.
pub(super) fn read(wanted: &Earlier) -> Result<Option<Previous>, Failure> {
    let Some(path) = &wanted.previous else { return Ok(None) };
    let failure = |why: String| Failure::Previous(path.display().to_string(), why);
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(path);
    opened
        .and_then(|file| file.take(LIMIT).read_to_end(&mut bytes))
        .map_err(|error| failure(why(&error)))?;
    let text = String::from_utf8_lossy(&bytes);
    previous(text.trim_start_matches('\u{FEFF}'))
        .map(Some)
        .map_err(|error| failure(error.to_string()))
}

/// Adds the comparison to the summary.
pub(super) fn add(earlier: Option<&Previous>, summary: &mut Summary) -> Result<(), Failure> {
    summary.changes = earlier.map(|earlier| compare(earlier, summary)).transpose()?;
    Ok(())
}

/// What changed, as text; nothing where there was no earlier result.
pub(super) fn shown(summary: &Summary) -> String {
    let mut out = String::new();
    let Some(changes) = &summary.changes else { return out };
    let new = changes.is_new.iter().filter(|new| **new).count();
    let still = changes.is_new.len() - new;
    let gone = changes.gone.len();
    writeln!(out, "\nSo với lần trước: {new} lỗi mới; {still} lỗi còn; {gone} lỗi đã hết.").ok();
    for finding in changes.gone.iter().take(LISTED) {
        let unit = finding.unit.map(|unit| format!("{unit}: ")).unwrap_or_default();
        writeln!(out, "  đã hết  {unit}{} [{}]", plain(&finding.message), finding.code).ok();
    }
    rest(&mut out, gone);
    let unasked = |figure: &&&ChangedFigure| figure.asked == Some(false);
    let (units, sums): (Vec<&ChangedFigure>, Vec<_>) =
        changes.figures.iter().partition(|figure| matches!(figure.whose, Whose::Unit(_)));
    let (count, odd) = (units.len(), units.iter().filter(unasked).count());
    writeln!(
        out,
        "Số liệu thay đổi: {count}; trong đó {odd} số thay đổi khi không có lỗi nào yêu cầu sửa."
    )
    .ok();
    // What nobody asked for comes first: it is what the office will want to ask about.
    let asked = units.iter().filter(|figure| figure.asked != Some(false));
    for figure in units.iter().filter(unasked).chain(asked).take(LISTED) {
        let mark = if figure.asked == Some(false) { "  không ai yêu cầu  " } else { "  " };
        line(&mut out, mark, figure);
    }
    rest(&mut out, count);
    if !sums.is_empty() {
        writeln!(out, "Tổng cộng thay đổi: {}.", sums.len()).ok();
        sums.iter().take(LISTED).for_each(|figure| line(&mut out, "  ", figure));
        rest(&mut out, sums.len());
    }
    out
}

fn line(out: &mut String, mark: &str, figure: &ChangedFigure) {
    let value = |value: Option<u64>| value.map_or("–".to_owned(), grouped);
    writeln!(
        out,
        "{mark}{}: {} {} → {}, {}",
        figure.whose.words(),
        figure.measure.label(),
        value(figure.before),
        value(figure.after),
        plain(&figure.words())
    )
    .ok();
}

fn rest(out: &mut String, count: usize) {
    if count > LISTED {
        writeln!(out, "  … và {} mục nữa, xem khóa changes trong tệp JSON.", count - LISTED).ok();
    }
}
