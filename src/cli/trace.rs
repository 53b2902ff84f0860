//! `qc17 trace`: the cells behind one figure, so that every number of the report has its answer.

use super::args::{Format, TraceArgs};
use super::progress::Progress;
use super::terminal::plain;
use super::{CLEAN, Done, job, print};
use qc17::aggregate::trace::{Item, Trace, UnitTrace};
use qc17::aggregate::{Figure, Summary, Target};
use qc17::model::Place;
use qc17::model::count::grouped;
use qc17::pipeline;
use std::fmt::Write;

/// The longest text of a cell that is shown whole.
const LONGEST: usize = 32;

/// Shows what makes up the figure that was asked for.
pub(super) fn trace(wanted: &TraceArgs) -> Done {
    let figure = Figure::find(&wanted.field)?;
    let job = job::job(&wanted.input, None)?;
    let progress = Progress::new();
    let summary = pipeline::run(&job, &|done, all| progress.at(done, all));
    progress.done();
    let summary = summary?;
    let target = Target::find(&summary, &wanted.unit)?;
    let mut trace = Trace::of(&summary, target, figure);
    look_up(&job, &mut trace)?;
    print(&match wanted.input.format {
        Format::Human => shown(&trace, &summary),
        Format::Json => qc17::render::json::trace::trace(&trace, &summary),
    })?;
    Ok(CLEAN)
}

/// Puts beside each cell what the file itself has there.
fn look_up(job: &pipeline::Job, trace: &mut Trace) -> Result<(), pipeline::RunError> {
    let mut cells = Vec::new();
    for unit in &mut trace.units {
        cells.extend(unit.items_mut().filter_map(|item| cell(&item.place)));
    }
    let written = pipeline::written(job, &cells)?;
    for unit in &mut trace.units {
        for item in unit.items_mut() {
            let Some((file, sheet, at)) = cell(&item.place) else { continue };
            item.written = Some(written.get(&file, &sheet, at).unwrap_or_default().to_owned());
        }
    }
    Ok(())
}

fn cell(place: &Place) -> Option<pipeline::Cell> {
    Some((place.file.clone()?, place.sheet.clone()?, place.cell?))
}

/// The whole trace as text.
fn shown(trace: &Trace, summary: &Summary) -> String {
    let mut out = String::new();
    let figure = trace.figure;
    writeln!(out, "{}, {}", trace.target.label(summary), summary.period.label()).ok();
    writeln!(out, "Cột {} của trang PL1: {} ({})", figure.column(), figure.title(), figure.key())
        .ok();
    if matches!(trace.target, Target::Unit(_)) {
        trace.units.iter().for_each(|own| unit(&mut out, own, "\n", "Các ô cộng vào"));
    } else {
        trace.units.iter().for_each(|part| unit_of_sum(&mut out, part));
    }
    total(&mut out, trace);
    out
}

/// One unit among those that make up a sum: its figure, then its cells.
fn unit_of_sum(out: &mut String, part: &UnitTrace) {
    let mark = if part.tally.incomplete { "*" } else { "" };
    let sum = part.tally.sum.map_or("–".to_owned(), grouped);
    writeln!(out, "\n{} ({}): {sum}{mark}", part.name, part.code).ok();
    unit(out, part, "", "");
}

fn unit(out: &mut String, unit: &UnitTrace, gap: &str, parts: &str) {
    if let Some(note) = &unit.note {
        writeln!(out, "{gap}  {note}").ok();
    }
    for (title, items) in [
        (parts, &unit.parts),
        ("Còn thiếu", &unit.missing),
        ("Có ghi nhưng không cộng", &unit.left_out),
    ] {
        if !items.is_empty() {
            if !title.is_empty() {
                writeln!(out, "{gap}  {title}:").ok();
            }
            lines(out, items);
        }
    }
}

/// Lines of one list, those of one sheet under its name, in columns.
fn lines(out: &mut String, items: &[Item]) {
    let wide = |text: fn(&Item) -> String| {
        items.iter().map(|item| text(item).chars().count()).max().unwrap_or(0)
    };
    let widths = [wide(at), wide(written), wide(understood), wide(adds)];
    let mut last = None;
    for item in items {
        let source = (item.place.file.as_ref(), item.place.sheet.as_ref());
        if last != Some(source) {
            last = Some(source);
            writeln!(out, "    {}", plain(&heading(&item.place))).ok();
        }
        let [a, b, c, d] = widths;
        let cells = [at(item), written(item), understood(item), adds(item)];
        let [at, written, understood, adds] = cells;
        let line = format!("      {at:<a$}  {written:<b$}  {understood:<c$}  {adds:>d$}");
        let said = item.findings.iter().map(|said| format!("{} [{}]", said.message, said.code));
        let below = std::iter::once(item.why.clone()).chain(said);
        let below = below.map(|text| format!("          {}", plain(&text)));
        for line in std::iter::once(line).chain(below).filter(|line| !line.trim().is_empty()) {
            writeln!(out, "{}", line.trim_end()).ok();
        }
    }
}

fn heading(place: &Place) -> String {
    match (&place.file, &place.sheet) {
        (Some(file), Some(sheet)) => format!("Tệp {file}, trang {}", sheet.name),
        (Some(file), None) => format!("Tệp {file}"),
        _ => "Không lấy từ tệp nào".to_owned(),
    }
}

fn at(item: &Item) -> String {
    item.place.cell.map(|cell| format!("ô {cell}")).unwrap_or_default()
}

fn written(item: &Item) -> String {
    match item.written.as_deref().map(plain) {
        None => String::new(),
        Some(text) if text.is_empty() => "ô trống".to_owned(),
        Some(text) if text.chars().count() > LONGEST => {
            format!("ghi “{}…”", text.chars().take(LONGEST).collect::<String>())
        }
        Some(text) => format!("ghi “{text}”"),
    }
}

fn understood(item: &Item) -> String {
    if item.understood.is_empty() {
        return String::new();
    }
    format!("hiểu là {}", plain(&item.understood))
}

fn adds(item: &Item) -> String {
    let amount = grouped(item.adds.unsigned_abs());
    match item.adds {
        0 if item.understood.is_empty() || !item.why.is_empty() => String::new(),
        adds if adds < 0 => format!("−{amount}"),
        _ => format!("+{amount}"),
    }
}

/// The figure, and that its parts make it up.
fn total(out: &mut String, trace: &Trace) {
    let Some(figure) = trace.tally.sum else {
        writeln!(out, "\nSố ở PL1: – (không có số liệu, không phải là 0)").ok();
        return;
    };
    let sum = u64::try_from(trace.sum()).map(grouped).unwrap_or_default();
    writeln!(out, "\nCộng lại: {sum}. Số ở PL1: {}.", grouped(figure)).ok();
    if trace.tally.incomplete {
        out.push_str("Số này chưa đủ (dấu * ở PL1): xem các ô không đọc được, chưa ghi ở trên.\n");
    }
}
