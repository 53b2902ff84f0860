//! Native bar charts that stay readable in grey print.

use super::style;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartPatternFill, ChartPatternFillType, ChartSolidFill, ChartType, Color,
};

/// The height of a chart of so many bars, in pixels.
pub(super) fn height(bars: u32, each: u32) -> u32 {
    (bars.saturating_mul(each) + 100).clamp(320, 2_000)
}

/// A bar chart that stays readable in grey: dark and hatched bars, each with its number.
pub(super) fn bars(
    title: &str,
    sheet: &str,
    (first, last, names): (u32, u32, u16),
    series: &[(u16, &str)],
) -> Chart {
    let font = |size: u16| {
        let mut font = ChartFont::new();
        font.set_name(style::FONT).set_size(f64::from(size));
        font
    };
    let mut chart = Chart::new(ChartType::Bar);
    chart.set_alt_text(title);
    chart.title().set_name(title).set_font(&font(12));
    let mut fills = [
        ChartFormat::new()
            .set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(0x1F_3864)))
            .clone(),
        ChartFormat::new()
            .set_pattern_fill(
                ChartPatternFill::new()
                    .set_pattern(ChartPatternFillType::DiagonalStripesDarkUpwards)
                    .set_foreground_color(Color::RGB(0x2E_75B6))
                    .set_background_color(Color::RGB(0xFF_FFFF)),
            )
            .set_border(ChartLine::new().set_color(Color::RGB(0x1F_3864)))
            .clone(),
    ];
    for ((col, name), fill) in series.iter().zip(&mut fills) {
        let mut label = ChartDataLabel::new();
        label.show_value().set_font(&font(10));
        chart
            .add_series()
            .set_name(*name)
            .set_categories((sheet, first, names, last, names))
            .set_values((sheet, first, *col, last, *col))
            .set_format(fill)
            .set_gap(40)
            .set_data_label(&label);
    }
    chart.y_axis().set_reverse().set_font(&font(10));
    // Every bar carries its number, so the axis would only say it again.
    chart.x_axis().set_hidden(true).set_major_gridlines(false);
    if series.len() > 1 {
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(10));
    } else {
        chart.legend().set_hidden();
    }
    chart
}
