//! How the blank form looks: cells to be filled in, cells that are filled in already, sums.

use crate::recognise::blank::Holds;
use crate::render::workbook::style::{base, header};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Header cells of columns that a row cannot do without.
const REQUIRED: u32 = 0xF8_CBAD;
/// Cells that nobody is to change.
const FIXED: u32 = 0xED_EDED;
/// A required cell that is still blank in a row that was begun.
const BLANK: u32 = 0xFF_F2CC;

/// A header cell.
pub(super) fn head(required: bool) -> Format {
    let format = header();
    if required { format.set_background_color(Color::RGB(REQUIRED)) } else { format }
}

/// A cell to be filled in.
pub(super) fn open(holds: &Holds) -> Format {
    cell(holds).set_unlocked()
}

/// A cell that the office has filled in and that stays as it is.
pub(super) fn fixed(holds: &Holds) -> Format {
    cell(holds).set_background_color(Color::RGB(FIXED))
}

/// A cell of the row of sums.
pub(super) fn sum() -> Format {
    edged().set_bold().set_num_format("#,##0").set_background_color(Color::RGB(FIXED))
}

/// The name of the row of sums, which may reach over the cells beside it.
pub(super) fn sum_name() -> Format {
    sum().set_align(FormatAlign::Left)
}

/// A cell of a list or of the guide.
pub(super) fn told() -> Format {
    edged().set_text_wrap().set_align(FormatAlign::Left)
}

/// What is laid over a required cell that is still blank.
pub(super) fn wanting() -> Format {
    Format::new().set_background_color(Color::RGB(BLANK))
}

fn edged() -> Format {
    base().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter)
}

fn cell(holds: &Holds) -> Format {
    let format = edged().set_text_wrap();
    match holds {
        Holds::Ordinal => format.set_num_format("0").set_align(FormatAlign::Center),
        Holds::Count => format.set_num_format("#,##0").set_align(FormatAlign::Right),
        Holds::Date | Holds::DayOfPeriod => {
            format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center)
        }
        // As text, so that no program takes `05/03` for a day or `- Đề nghị` for a formula.
        Holds::Quarter => format.set_num_format("@").set_align(FormatAlign::Center),
        Holds::Text | Holds::Code(_) => format.set_num_format("@").set_align(FormatAlign::Left),
    }
}
