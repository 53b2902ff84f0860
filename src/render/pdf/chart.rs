//! Horizontal bars drawn with rectangles and rules, so that they stay sharp at any size.

use super::flow::Flow;
use super::font::{Face, Fonts};
use super::model::{Align, Bar, Chart, Paragraph};
use super::paragraph::Set;
use super::pen::Pen;
use super::structure::{Drawing, Tag};
use super::trend;
use crate::model::count::grouped;

/// Greys of the parts, dark to light; far enough apart for a copier.
pub(super) const GREYS: [f64; 5] = [0.42, 0.82, 0.55, 0.9, 0.2];

/// Height given to each bar, and height of the bar itself, in millimetres.
const ROW: (f64, f64) = (5.6, 3.8);

/// Room for the title, for the legend, and below the chart, in millimetres.
const TITLE: f64 = 7.5;
const LEGEND: f64 = 6.5;
const BELOW: f64 = 3.0;

/// Size of the words in points.
const SIZE: f64 = 11.0;

/// Room for the words at the end of a bar, in millimetres.
const NOTE: f64 = 34.0;

/// The room that each part of a chart needs.
pub(super) struct Room {
    labels: f64,
    rows: Vec<f64>,
    height: f64,
}

/// Measures a chart for a column of that width in millimetres.
pub(super) fn measure(fonts: &mut Fonts, chart: &Chart, width: f64) -> Room {
    if chart.upright {
        let legend = if chart.legend.is_empty() { 0.0 } else { LEGEND };
        let height = TITLE + trend::height(fonts, chart, width) + legend + BELOW;
        return Room { labels: 0.0, rows: Vec::new(), height };
    }
    let limit = width * 0.4;
    let mut labels = 0.0_f64;
    let mut rows = Vec::with_capacity(chart.bars.len());
    for bar in &chart.bars {
        let label = label(bar);
        labels = labels.max(Set::new(fonts, &label, 1e6).widest() + 0.1);
        let set = Set::new(fonts, &label, limit);
        rows.push(ROW.0.max(set.height(set.count()) + 1.0));
    }
    let legend = if chart.legend.is_empty() { 0.0 } else { LEGEND };
    let height = TITLE + rows.iter().sum::<f64>() + legend + BELOW;
    Room { labels: labels.min(limit), rows, height }
}

impl Room {
    /// Height of the whole chart in millimetres.
    pub(super) const fn height(&self) -> f64 {
        self.height
    }
}

/// Puts the chart into the flow, on one page as long as it is not higher than a page.
pub(super) fn place(flow: &mut Flow<'_>, chart: &Chart) {
    let (left, width) = flow.column();
    let room = measure(flow.fonts, chart, width);
    if room.height > flow.room() && !flow.fresh() {
        flow.next_page();
    }
    let element = flow.builder.part(Tag::Figure);
    let whole = room.height <= flow.room();
    let extent = whole.then(|| [left, flow.y(), width, room.height]);
    flow.builder.structure().drawings.push(Drawing { element, words: words(chart), extent });
    let mut pen = Pen { flow, owner: Some(element) };
    let title = Paragraph::centred(Face::Bold, 12.0, chart.title.as_str());
    pen.write(&title, (left, pen.flow.y()), (width, ROW.0));
    pen.flow.advance(TITLE);
    let axis = left + room.labels + 2.0;
    if chart.upright {
        trend::columns(&mut pen, chart, (left, width));
    } else {
        bars(&mut pen, chart, &room, (left, axis, left + width - NOTE));
    }
    if !chart.legend.is_empty() {
        if pen.flow.room() < LEGEND {
            pen.flow.next_page();
        }
        legend(&mut pen, chart, axis);
        pen.flow.advance(LEGEND);
    }
    flow.advance(BELOW.min(flow.room().max(0.0)));
}

/// The chart in words: each bar with its parts and what stands at its end.
fn words(chart: &Chart) -> String {
    let bar = |bar: &Bar| {
        let parts = chart.legend.iter().zip(&bar.parts);
        let parts =
            parts.map(|(name, part)| format!(", {} {}", name.to_lowercase(), grouped(*part)));
        format!("{}: {}{}", bar.label, bar.note, parts.collect::<String>())
    };
    let bars: Vec<String> = chart.bars.iter().map(bar).collect();
    format!("{}. {}.", chart.title, bars.join("; "))
}

fn bars(pen: &mut Pen<'_, '_>, chart: &Chart, room: &Room, (left, axis, right): (f64, f64, f64)) {
    let longest = chart.bars.iter().map(|bar| bar.parts.iter().sum::<u64>()).max().unwrap_or(0);
    let scale = (right - axis) / real(longest.max(1));
    let mut top = pen.flow.y();
    for (bar, height) in chart.bars.iter().zip(&room.rows) {
        // Only a chart higher than a page gets here.
        if *height > pen.flow.room() && pen.flow.y() > top {
            axis_rule(pen, axis, top);
            pen.flow.next_page();
            top = pen.flow.y();
        }
        pen.write(&label(bar), (left, pen.flow.y()), (room.labels, *height));
        draw(pen, bar, axis, *height, scale);
        pen.flow.advance(*height);
    }
    axis_rule(pen, axis, top);
}

fn axis_rule(pen: &mut Pen<'_, '_>, axis: f64, top: f64) {
    pen.rule((axis, top - 0.5), (axis, pen.flow.y() + 0.5), 0.75);
}

fn label(bar: &Bar) -> Paragraph<'_> {
    let label = Paragraph::new(Face::Regular, SIZE, bar.label.as_str());
    Paragraph { align: Align::Right, leading: SIZE * 1.12, ..label }
}

fn draw(pen: &mut Pen<'_, '_>, bar: &Bar, axis: f64, height: f64, scale: f64) {
    let top = pen.flow.y();
    let mut x = axis;
    for (part, grey) in bar.parts.iter().zip(GREYS) {
        let size = (real(*part) * scale, ROW.1);
        if *part > 0 {
            pen.framed((x, top + (height - ROW.1) / 2.0), size, grey);
        }
        x += size.0;
    }
    let note = Paragraph::new(Face::Regular, SIZE, bar.note.as_str());
    pen.write(&note, (x + 1.5, top), (NOTE - 1.5, height));
}

fn legend(pen: &mut Pen<'_, '_>, chart: &Chart, axis: f64) {
    let mut x = axis;
    let top = pen.flow.y() + 1.5;
    for (words, grey) in chart.legend.iter().zip(GREYS) {
        pen.framed((x, top + (ROW.0 - 3.0) / 2.0), (5.0, 3.0), grey);
        let words = Paragraph::new(Face::Regular, SIZE, *words);
        let used = pen.write(&words, (x + 6.5, top), (60.0, ROW.0));
        x += 6.5 + used + 8.0;
    }
}

pub(super) fn real(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
