//! How a form looks on paper: Times New Roman, ruled cells, A4 landscape, one page wide.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const FONT: &str = "Times New Roman";

/// The cell formats of one workbook.
pub(crate) struct Style {
    pub(crate) title: Format,
    pub(crate) subtitle: Format,
    pub(crate) head: Format,
    pub(crate) numbering: Format,
    pub(crate) text: Format,
    pub(crate) centre: Format,
    pub(crate) count: Format,
    pub(crate) date: Format,
    pub(crate) total: Format,
    pub(crate) total_label: Format,
    pub(crate) note: Format,
    pub(crate) signer: Format,
    pub(crate) place: Format,
}

impl Style {
    /// The formats, all in one typeface.
    pub(crate) fn new() -> Self {
        let plain = Format::new().set_font_name(FONT).set_font_size(11);
        let middle = plain.clone().set_align(FormatAlign::Center);
        let ruled = plain.clone().set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
        let centre = ruled.clone().set_align(FormatAlign::Center);
        let shade = Color::RGB(0x00F2_F2F2);
        let head = centre.clone().set_align(FormatAlign::VerticalCenter).set_text_wrap();
        let total = centre.clone().set_bold().set_num_format("#,##0");
        Self {
            title: middle.clone().set_bold().set_font_size(14),
            subtitle: middle.clone().set_bold().set_font_size(12),
            head: head.set_bold().set_background_color(shade),
            numbering: centre.clone().set_italic().set_font_size(9),
            text: ruled.clone().set_text_wrap(),
            centre: centre.clone().set_text_wrap(),
            count: centre.clone().set_num_format("#,##0"),
            date: centre.set_num_format("dd/mm/yyyy"),
            total_label: total.clone(),
            total,
            note: plain.set_italic().set_font_size(10),
            signer: middle.clone().set_bold(),
            place: middle.set_italic(),
        }
    }
}

/// The width of the column of that field, in characters.
pub(crate) fn width(field: &str) -> f64 {
    match field {
        "no" => 5.0,
        "content" => 52.0,
        "topic" => 24.0,
        "chair_name" | "unit_name" | "agency" => 22.0,
        "place" => 18.0,
        "plan_no" | "notice_no" | "reply_no" | "authority" | "origin" | "chair" => 11.0,
        "attendees" | "women" | "minority" | "speakers" | "opinions" | "answered" | "resolved"
        | "pending" | "unresolved" | "forwarded" | "with_tuyen_van" => 8.0,
        _ => 11.5,
    }
}

/// The height of a row that shows those words in a column of that width without cutting them.
pub(crate) fn height(words: &str, width: f64) -> f64 {
    // Times New Roman of 11 points takes a little less than one unit of width for a letter.
    let letters = u32::try_from(words.chars().count()).unwrap_or(u32::MAX);
    (f64::from(letters) / width).ceil().max(1.0) * 15.0
}
