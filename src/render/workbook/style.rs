//! How the workbook looks: one font, a few shapes of cells, a few weights of rows.

use crate::aggregate::Verdict;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, FormatAlign, FormatBorder,
    FormatUnderline, Worksheet, XlsxError,
};

/// The one font of the workbook, as Nghị định 30 and Hướng dẫn 36 ask.
pub(in crate::render) const FONT: &str = "Times New Roman";

/// What a column holds, which decides alignment and number format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Running text, wrapped.
    Text,
    /// A code or a word from a list, centred.
    Word,
    /// A number that names and does not count: no dots in it.
    Ordinal,
    /// A whole number.
    Number,
    /// A day.
    Date,
    /// A share of a whole.
    Percent,
    /// Text that leads somewhere inside the workbook; plain text in sums and in marked rows.
    Link,
}

/// How much a row weighs in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// One line among many.
    Plain,
    /// The sum of a group.
    Group,
    /// The sum of a level.
    Level,
    /// The sum of everything.
    Total,
}

/// Tab colours: overview, annexes, rows, faults, grounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Tab {
    /// The first sheet.
    Overview,
    /// The annexes of the report.
    Annex,
    /// The rows that the figures come from.
    Rows,
    /// What must be mended.
    Faults,
    /// Rules and sources.
    Grounds,
}

impl Tab {
    /// The colour of the tab.
    pub(super) const fn color(self) -> Color {
        Color::RGB(match self {
            Self::Overview => 0x1F_3864,
            Self::Annex => 0x2E_75B6,
            Self::Rows => 0x7F_7F7F,
            Self::Faults => 0xC0_0000,
            Self::Grounds => 0xBF_8F00,
        })
    }
}

/// Every format starts here, for the library's own default is another font.
pub(in crate::render) fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(11)
}

/// The title of a sheet.
pub(in crate::render) fn title() -> Format {
    base().set_font_size(13).set_bold().set_align(FormatAlign::VerticalCenter)
}

/// A line under the title.
pub(in crate::render) fn remark() -> Format {
    base().set_italic().set_text_wrap().set_align(FormatAlign::Top)
}

/// The heading of a section in a sheet of several tables.
pub(in crate::render) fn heading() -> Format {
    base().set_font_size(12).set_bold()
}

/// A header cell.
pub(in crate::render) fn header() -> Format {
    base()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xD9_E1F2))
}

/// A cell of the row of column numbers.
pub(in crate::render) fn column_number() -> Format {
    header().unset_bold().set_italic().set_background_color(Color::RGB(0xF2_F2F2))
}

/// A cell of a table; `marked` shows that the figure misses a cell that could not be read.
pub(super) fn cell(shape: Shape, weight: Weight, marked: bool) -> Format {
    // Numbers never wrap, but the words that stand where one could not be read do.
    let format = base()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    let figure = |code: &str| {
        let format = format.clone().set_align(FormatAlign::Right);
        if marked {
            format.set_num_format(format!("{code}\"*\"")).set_italic()
        } else {
            format.set_num_format(code)
        }
    };
    let format = match shape {
        Shape::Number => figure("#,##0"),
        Shape::Percent => figure("0.0%"),
        Shape::Ordinal => format.set_num_format("0").set_align(FormatAlign::Center),
        Shape::Word => format.set_align(FormatAlign::Center),
        Shape::Date => format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
        Shape::Link if weight == Weight::Plain && !marked => {
            format.set_font_color(Color::RGB(0x1F_3864)).set_underline(FormatUnderline::Single)
        }
        Shape::Text | Shape::Link => format,
    };
    match weight {
        Weight::Plain => format,
        Weight::Group => format.set_bold().set_background_color(Color::RGB(0xF2_F2F2)),
        Weight::Level => format.set_bold().set_background_color(Color::RGB(0xDD_EBF7)),
        Weight::Total => format.set_bold().set_background_color(Color::RGB(0xD9_D9D9)),
    }
}

/// Colours the verdicts in a column; the words stay readable without them.
pub(super) fn color_verdicts(
    sheet: &mut Worksheet,
    (first, at, last): (u32, u16, u32),
) -> Result<(), XlsxError> {
    for (verdict, ink, paper) in [
        (Verdict::Met, 0x00_6100, 0xC6_EFCE),
        (Verdict::Short, 0x9C_0006, 0xFF_C7CE),
        (Verdict::ShortWithReason, 0x7F_3F00, 0xFF_E6CC),
        (Verdict::Undetermined, 0x7F_6000, 0xFF_EB9C),
        (Verdict::NotSubmitted, 0xFF_FFFF, 0x7F_7F7F),
    ] {
        let look = Format::new()
            .set_font_color(Color::RGB(ink))
            .set_background_color(Color::RGB(paper))
            .set_bold();
        let rule = ConditionalFormatCellRule::EqualTo(verdict.label().to_owned());
        let rule = ConditionalFormatCell::new().set_rule(rule).set_format(look);
        sheet.add_conditional_format(first, at, last, at, &rule)?;
    }
    Ok(())
}
