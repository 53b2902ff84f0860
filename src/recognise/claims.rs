//! What a workbook says about itself outside its tables: unit, period, dates, in order of trust.

use super::forms::Forms;
use super::signed::signed_in;
use crate::model::submission::FilePath;
use crate::model::text::{key, push_key};
use crate::model::{CellRef, Period, Text};
use crate::notation::legacy::repair_text;
use crate::notation::period;
use crate::open::{Cell, Row, Sheet, Value, Workbook};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Where a claim was found; earlier is more to be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The sheet Thông tin.
    Info,
    /// A label with its value above or below a table.
    Label,
    /// A title row above a table.
    Title,
    /// A sheet without a table, such as a title page.
    Cover,
    /// The name of a sheet.
    SheetName,
    /// The name of the file.
    FileName,
}

impl Source {
    /// What the user calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Info => "trang Thông tin",
            Self::Label => "ô phía trên bảng",
            Self::Title => "dòng tiêu đề",
            Self::Cover => "trang bìa",
            Self::SheetName => "tên trang",
            Self::FileName => "tên tệp",
        }
    }
}

/// Rows of a sheet without a table beyond which it is no title page.
const LONGEST_COVER: usize = 60;
/// Cells of a row beyond which it belongs to some table.
const WIDEST_COVER: usize = 4;
/// Characters of the longest text that is looked through.
const LONGEST_TEXT: usize = 400;

/// The field of a claim that is free text: a title, the name of a sheet or of the file.
pub const FREE_TEXT: &str = "title";

/// The field of a claim that is a line of a signature with its day.
pub const SIGNED: &str = "signed";

/// One thing that the file says about itself.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Where it stands in the order of trust.
    pub source: Source,
    /// Which field of the information sheet, or [`FREE_TEXT`].
    pub field: &'static str,
    /// The sheet, by its place among the workbook's sheets.
    pub sheet: Option<usize>,
    /// The cell of the value.
    pub cell: Option<CellRef>,
    /// The value; none when the label stands there with nothing beside it.
    pub value: Option<Value>,
}

/// The rows of a sheet that belong to its tables, first and last.
pub type Span = (u32, u32);

/// Lines above a table, each searched for units and quarters. With more of them it is no heading, and what
/// some of them name would be taken for the file's own.
const MOST_TITLES: usize = 300;

/// Collects the claims of one sheet: everything that stands outside the tables.
pub fn of_sheet(sheet: &Sheet, at: usize, tables: &[Span], forms: &Forms) -> Vec<Claim> {
    let is_info = forms.is_info_sheet(&key(&sheet.name.name));
    let first_table = tables.iter().map(|span| span.0).min();
    let mut claims = Vec::new();
    let mut labels = Labels::default();
    let cover = || {
        sheet.rows.len() <= LONGEST_COVER
            && sheet.rows.iter().all(|row| row.cells.len() <= WIDEST_COVER)
    };
    if !is_info && first_table.is_none() && !cover() {
        return claims;
    }
    for (at_row, row) in sheet.rows.iter().enumerate() {
        if tables.iter().any(|span| (span.0..=span.1).contains(&row.index)) {
            continue;
        }
        let above = first_table.is_none_or(|first| row.index < first);
        let (label, title) = match (is_info, first_table) {
            (true, _) => (Source::Info, None),
            (false, Some(_)) => (Source::Label, Some(Source::Title)),
            (false, None) => (Source::Cover, Some(Source::Cover)),
        };
        labels.tell(row, forms);
        let below = sheet.rows.get(at_row + 1).filter(|_| is_info);
        let across = below.map(|below| labels_over(row, &labels, below, at, forms));
        let across = across.unwrap_or_default();
        let labelled =
            if across.is_empty() { labels_in(row, &labels, label, at, forms) } else { across };
        if let Some(title) = title.filter(|_| labelled.is_empty() && above) {
            claims.extend(titles_in(row, title, at));
        }
        // Under a table stands the signature block, where only a reason and the day are to be looked for.
        if is_info || !above {
            claims.extend(signed_in(row, at));
        }
        claims.extend(labelled.into_iter().filter(|c| above || c.field == "no_meeting_reason"));
    }
    let is_title = |claim: &Claim| claim.field == FREE_TEXT;
    if claims.iter().filter(|claim| is_title(claim)).count() > MOST_TITLES {
        claims.retain(|claim| !is_title(claim));
    }
    if first_table.is_some() {
        claims.push(free_text(Source::SheetName, Some(at), None, &sheet.name.name));
    }
    claims
}

/// The claims of a sheet in which no table was found although it is no title page: of the rows above
/// the first that is as wide as a table's.
pub fn above_no_table(sheet: &Sheet, at: usize, forms: &Forms) -> Vec<Claim> {
    let wide = sheet.rows.iter().find(|row| row.cells.len() > WIDEST_COVER);
    wide.map(|row| of_sheet(sheet, at, &[(row.index, u32::MAX)], forms)).unwrap_or_default()
}

/// The quarter that the file is of, as far as its information sheet or else its name tells: a table that
/// names another one is left over from an earlier report.
pub(super) fn stated_quarter<'a>(
    file: &FilePath,
    info: impl IntoIterator<Item = &'a Claim>,
) -> Option<Period> {
    let mut periods = info.into_iter().filter(|claim| claim.field == "period");
    let label = periods.find_map(|claim| match claim.value.as_ref()? {
        Value::Text(text) => period::from_label(text),
        _ => None,
    });
    label.or_else(|| period::from_text(file.file_name()))
}

/// What the information sheets say, by their places among the workbook's sheets.
pub(super) fn of_info_sheets(workbook: &Workbook, forms: &Forms) -> BTreeMap<usize, Vec<Claim>> {
    let all = workbook.sheets.iter().enumerate();
    let info = all.filter(|(_, sheet)| forms.is_info_sheet(&key(&sheet.name.name)));
    info.map(|(at, sheet)| (at, of_sheet(sheet, at, &[], forms))).collect()
}

/// The claim that a file's name makes.
pub fn of_file_name(name: &str) -> Claim {
    free_text(Source::FileName, None, None, &readable(name))
}

/// A file's name in composed Unicode where it is in an old encoding, as old programs saved it.
fn readable(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let words = name.replace('_', " ");
    repair_text(&words).map_or(Cow::Borrowed(name), |(_, read)| Cow::Owned(read))
}

fn free_text(source: Source, sheet: Option<usize>, cell: Option<CellRef>, text: &str) -> Claim {
    Claim { source, field: FREE_TEXT, sheet, cell, value: Some(Value::Text(text.into())) }
}

/// Words with which a line names somebody else: who the report goes to, who it copies.
const ADDRESSES: [&str; 4] = ["kinhgui", "noinhan", "donvinhan", "noigui"];

fn titles_in(row: &Row, source: Source, at: usize) -> Vec<Claim> {
    let mut buffer = String::new();
    let texts = row.cells.iter().filter_map(|cell| match &cell.value {
        Value::Text(text) if text.len() <= LONGEST_TEXT => {
            buffer.clear();
            push_key(text.get(..40).unwrap_or(text), &mut buffer);
            let other = ADDRESSES.iter().any(|word| buffer.starts_with(word));
            let place = CellRef::new(row.index, cell.col);
            (!other).then(|| free_text(source, Some(at), Some(place), text))
        }
        _ => None,
    });
    texts.collect()
}

/// What the cells of a row mean as labels, told once for all that asks.
#[derive(Debug, Default)]
struct Labels {
    fields: Vec<Option<&'static str>>,
    buffer: String,
}

impl Labels {
    fn tell(&mut self, row: &Row, forms: &Forms) {
        let Self { fields, buffer } = self;
        fields.clear();
        fields.extend(row.cells.iter().map(|cell| match &cell.value {
            Value::Text(text) => forms.label_of(text, buffer),
            _ => None,
        }));
    }

    /// The field that the cell at that place of the row is the label of.
    fn get(&self, at: usize) -> Option<&'static str> {
        self.fields.get(at).copied().flatten()
    }
}

fn labels_in(row: &Row, labels: &Labels, source: Source, at: usize, forms: &Forms) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (i, cell) in row.cells.iter().enumerate() {
        let Value::Text(text) = &cell.value else { continue };
        if text.len() > LONGEST_TEXT {
            continue;
        }
        let claim = |field, col, value| Claim {
            source,
            field,
            sheet: Some(at),
            cell: Some(CellRef::new(row.index, col)),
            value,
        };
        let inside = values_inside(text, forms);
        if !inside.is_empty() {
            let values = inside.into_iter();
            claims.extend(values.map(|(field, rest)| {
                claim(field, cell.col, Some(Value::Text(rest.as_str().into())))
            }));
        } else if let Some(field) = labels.get(i) {
            // The colon may stand in a column of its own.
            let next = i + 1 + usize::from(row.cells.get(i + 1).is_some_and(is_colon));
            let beside = row.cells.get(next);
            let beside = beside.filter(|cell| labels.get(next).is_none() && !is_label(cell, forms));
            let col = beside.map_or(cell.col + 1, |next| next.col);
            claims.push(claim(field, col, beside.map(|next| next.value.clone())));
        }
    }
    claims
}

/// Labels side by side with their values in the row below; nothing where any label has its value beside it.
fn labels_over(row: &Row, labels: &Labels, below: &Row, at: usize, forms: &Forms) -> Vec<Claim> {
    if row.cells.len() < 2 || labels.fields.contains(&None) {
        return Vec::new();
    }
    let label = |cell: &Cell| match &cell.value {
        Value::Text(text) => forms.label_of(text, &mut String::new()),
        _ => None,
    };
    let values = |col: u32| below.get(col).filter(|value| label(value).is_none());
    let pairs = row.cells.iter().enumerate();
    let pairs = pairs.filter_map(|(i, cell)| Some((labels.get(i)?, cell.col)));
    let claims = pairs.filter_map(|(field, col)| {
        let value = values(col)?.value.clone();
        let cell = Some(CellRef::new(below.index, col));
        Some(Claim { source: Source::Info, field, sheet: Some(at), cell, value: Some(value) })
    });
    claims.collect()
}

/// Labels with their values in the same cell, one in each line: `Đơn vị: Xã Bảo Hà`.
fn values_inside(text: &str, forms: &Forms) -> Vec<(&'static str, Text)> {
    if !text.contains(':') {
        return Vec::new();
    }
    let pair = |line: &str| {
        let (label, rest) = line.split_once(':')?;
        Some((forms.label_of(label, &mut String::new())?, Text::new(rest)?))
    };
    text.split(['\n', '\r', ';']).filter_map(pair).collect()
}

/// Whether a row bears a label of the information sheet.
pub(super) fn has_label(row: &Row, forms: &Forms) -> bool {
    row.cells.iter().any(|cell| match &cell.value {
        Value::Text(text) => {
            forms.label_of(text, &mut String::new()).is_some()
                || !values_inside(text, forms).is_empty()
        }
        _ => false,
    })
}

fn is_colon(cell: &Cell) -> bool {
    matches!(&cell.value, Value::Text(text) if text.trim() == ":")
}

/// Whether a cell that is no label alone is one with a colon, or with its value in it.
fn is_label(cell: &Cell, forms: &Forms) -> bool {
    matches!(&cell.value, Value::Text(text) if text.trim_end().ends_with(':')
        || !values_inside(text, forms).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_in_old_encodings() {
        for (name, read) in [
            (
                "B¸o c¸o ®èi tho¹i x· B¶o Hµ quý I-2021.xls",
                "Báo cáo đối thoại xã Bảo Hà quý I-2021.xls",
            ),
            ("B¸o_c¸o_®èi_tho¹i_x·_B¶o_Hµ.xls", "Báo cáo đối thoại xã Bảo Hà.xls"),
            ("Baùo caùo ñoái thoaïi xaõ Baûo Haø.xls", "Báo cáo đối thoại xã Bảo Hà.xls"),
            ("Báo cáo xã Bảo Hà.xlsx", "Báo cáo xã Bảo Hà.xlsx"),
            ("BC_02989_2021_Q1.xlsx", "BC_02989_2021_Q1.xlsx"),
        ] {
            assert_eq!(readable(name), read);
        }
    }

    #[test]
    fn labels_with_their_values_in_one_cell() {
        let forms = Forms::load(&BTreeMap::new()).unwrap();
        for (text, expected) in [
            ("Đơn vị: Xã Bảo Hà", &[("unit_name", "Xã Bảo Hà")][..]),
            (
                "Đơn vị: Xã Bảo Hà\nKỳ báo cáo: Quý I/2021",
                &[("unit_name", "Xã Bảo Hà"), ("period", "Quý I/2021")],
            ),
            ("MÃ ĐƠN VỊ :02989", &[("unit_code", "02989")]),
            ("Đơn vị tính: người", &[]),
            ("Đơn vị:", &[]),
            ("Báo cáo quý I", &[]),
        ] {
            let found = values_inside(text, &forms);
            let found: Vec<_> = found.iter().map(|(field, text)| (*field, text.as_str())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn who_a_report_goes_to_is_not_who_sends_it() {
        let row = |text: &str| Row {
            cells: vec![Cell { col: 0, value: Value::Text(text.into()), computed: false }],
            ..Row::default()
        };
        for (text, title) in [
            ("UBND XÃ BẢO HÀ", true),
            ("Kính gửi: Huyện ủy Bảo Yên", false),
            ("Nơi nhận: Tỉnh ủy Lào Cai", false),
        ] {
            assert_eq!(titles_in(&row(text), Source::Title, 0).len(), usize::from(title), "{text}");
        }
    }
}
