//! Horizontal bars drawn with rectangles and rules, so that they stay sharp at any size.

use super::flow::Flow;
use super::font::Face;
use super::lines::mm;
use super::model::{Align, Bar, Chart, Paragraph};
use super::page::{Area, Rule};
use super::paragraph::Set;

/// Greys of the parts, dark to light; far enough apart for a copier.
const GREYS: [f64; 5] = [0.42, 0.82, 0.55, 0.9, 0.2];

/// Height given to each bar, and height of the bar itself, in millimetres.
const ROW: (f64, f64) = (5.6, 3.8);

/// Room for the title, for the legend, and below the chart, in millimetres.
const TITLE: f64 = 7.5;
const LEGEND: f64 = 6.5;
const BELOW: f64 = 3.0;

/// Size of the words in points.
const SIZE: f64 = 11.0;

/// Room for the words at the end of a bar, in millimetres.
const NOTE: f64 = 30.0;

/// Height of the whole chart in millimetres.
pub(super) fn height(chart: &Chart) -> f64 {
    let bars = f64::from(u32::try_from(chart.bars.len()).unwrap_or(u32::MAX));
    let legend = if chart.legend.is_empty() { 0.0 } else { LEGEND };
    TITLE + bars * ROW.0 + legend + BELOW
}

/// Puts the chart into the flow, on one page.
pub(super) fn place(flow: &mut Flow<'_>, chart: &Chart) {
    if height(chart) > flow.room() && !flow.fresh() {
        flow.next_page();
    }
    let (left, width) = flow.column();
    let title = Paragraph::centred(Face::Bold, 12.0, chart.title.as_str());
    write(flow, &title, (left, flow.y()), width);
    flow.advance(TITLE);
    let labels = label_width(flow, chart, width * 0.4);
    let axis = left + labels + 2.0;
    let longest = chart.bars.iter().map(|bar| bar.parts.iter().sum::<u64>()).max().unwrap_or(0);
    let scale = (left + width - NOTE - axis) / real(longest.max(1));
    let top = flow.y();
    for bar in &chart.bars {
        draw(flow, bar, (left, axis), labels, scale);
        flow.advance(ROW.0);
    }
    let (from, to) = ((axis, top - 0.5), (axis, flow.y() + 0.5));
    flow.page().rules.push(Rule { from, to, thickness: 0.75 });
    if !chart.legend.is_empty() {
        legend(flow, chart, axis);
        flow.advance(LEGEND);
    }
    flow.advance(BELOW.min(flow.room().max(0.0)));
}

fn draw(flow: &mut Flow<'_>, bar: &Bar, (left, axis): (f64, f64), labels: f64, scale: f64) {
    let top = flow.y();
    let label = Paragraph::new(Face::Regular, SIZE, bar.label.as_str());
    write(flow, &Paragraph { align: Align::Right, ..label }, (left, top), labels);
    let mut x = axis;
    for (part, grey) in bar.parts.iter().zip(GREYS) {
        let size = (real(*part) * scale, ROW.1);
        if *part > 0 {
            let at = (x, top + (ROW.0 - ROW.1) / 2.0);
            flow.page().areas.push(Area { at, size, grey });
            flow.page().frame(at, size, 0.4);
        }
        x += size.0;
    }
    let note = Paragraph::new(Face::Regular, SIZE, bar.note.as_str());
    write(flow, &note, (x + 1.5, top), NOTE - 1.5);
}

fn legend(flow: &mut Flow<'_>, chart: &Chart, axis: f64) {
    let mut x = axis;
    let top = flow.y() + 1.5;
    for (words, grey) in chart.legend.iter().zip(GREYS) {
        let (at, size) = ((x, top + (ROW.0 - 3.0) / 2.0), (5.0, 3.0));
        flow.page().areas.push(Area { at, size, grey });
        flow.page().frame(at, size, 0.4);
        let words = Paragraph::new(Face::Regular, SIZE, *words);
        write(flow, &words, (x + 6.5, top), 60.0);
        let used = flow.page().lines.last().map_or(0.0, |line| line.width);
        x += 6.5 + used + 8.0;
    }
}

/// The room that the labels need, up to a limit beyond which they are cut into lines.
fn label_width(flow: &mut Flow<'_>, chart: &Chart, limit: f64) -> f64 {
    let mut widest = 0.0_f64;
    for bar in &chart.bars {
        let label = Paragraph::new(Face::Regular, SIZE, bar.label.as_str());
        widest = widest.max(Set::new(flow.fonts, &label, 1e6).widest());
    }
    (widest + 0.1).min(limit)
}

/// Writes as many lines as fit the row, small enough to fit.
fn write(flow: &mut Flow<'_>, words: &Paragraph<'_>, (left, top): (f64, f64), width: f64) {
    let mut words = words.clone();
    let mut set = Set::new(flow.fonts, &words, width);
    while set.count() > 1 && words.size > 4.0 {
        words.size -= 0.5;
        set = Set::new(flow.fonts, &words, width);
    }
    let leading = mm(words.leading);
    set.place(flow.page(), (left, top + (ROW.0 - leading) / 2.0), 0..1);
}

fn real(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
