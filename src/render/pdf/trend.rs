//! Standing columns, one for each quarter, for a figure that moves with time.

use super::chart::{GREYS, real};
use super::font::{Face, Fonts};
use super::model::{Bar, Chart, Paragraph};
use super::paragraph::Set;
use super::pen::Pen;

/// Height of the columns with the figures above them, in millimetres.
const HEIGHT: f64 = 48.0;

/// Room for the figure above the highest column.
const ABOVE: f64 = 6.0;

/// Widest a column gets.
const WIDEST: f64 = 12.0;

/// Size of the words in points.
const SIZE: f64 = 10.0;

/// Height of the columns with all that stands above and below them.
pub(super) fn height(fonts: &mut Fonts, chart: &Chart, width: f64) -> f64 {
    HEIGHT + below(fonts, chart, width)
}

/// Room for the names below.
fn below(fonts: &mut Fonts, chart: &Chart, width: f64) -> f64 {
    let heights = chart.bars.iter().map(|bar| {
        let label = label(bar);
        let set = Set::new(fonts, &label, pitch(chart, width));
        set.height(set.count())
    });
    heights.fold(0.0, f64::max) + 1.5
}

fn label(bar: &Bar) -> Paragraph<'_> {
    Paragraph::centred(Face::Regular, SIZE, bar.label.as_str())
}

/// Distance of the columns' middles.
fn pitch(chart: &Chart, width: f64) -> f64 {
    width / real(u64::try_from(chart.bars.len()).unwrap_or(1).max(1))
}

/// Draws the columns over the whole width, and moves below them.
pub(super) fn columns(pen: &mut Pen<'_, '_>, chart: &Chart, (left, width): (f64, f64)) {
    let top = pen.flow.y();
    let floor = top + HEIGHT;
    let below = below(pen.flow.fonts, chart, width);
    let pitch = pitch(chart, width);
    let wide = WIDEST.min(pitch * 0.6);
    let highest = chart.bars.iter().map(|bar| bar.parts.iter().sum::<u64>()).max().unwrap_or(0);
    let scale = (HEIGHT - ABOVE) / real(highest.max(1));
    let mut x = left;
    for bar in &chart.bars {
        let mut up = floor;
        for (part, grey) in bar.parts.iter().zip(GREYS) {
            let height = real(*part) * scale;
            up -= height;
            if *part > 0 {
                pen.framed((x + (pitch - wide) / 2.0, up), (wide, height), grey);
            }
        }
        let note = Paragraph::centred(Face::Regular, SIZE, bar.note.as_str());
        pen.write(&note, (x, up - ABOVE), (pitch, ABOVE));
        pen.write(&label(bar), (x, floor), (pitch, below));
        x += pitch;
    }
    pen.rule((left, floor), (left + width, floor), 0.75);
    pen.flow.advance(HEIGHT + below);
}
