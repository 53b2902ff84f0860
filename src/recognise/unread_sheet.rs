//! A sheet without a table whose rows are as wide as a table's: it is named, never passed over in silence.

use super::forms::Forms;
use super::row_cells::{is_empty, is_figure};
use super::rows::RowShape;
use super::workbook::{FoundTable, shape_of};
use crate::model::submission::FilePath;
use crate::model::{CellRef, Finding, Place, Severity};
use crate::open::{Cell, Row, Sheet, Workbook};
use crate::rules::dl::DL03;
use crate::rules::tep::TEP05;

/// Cells of a row that is as wide as a table's.
const WIDE: usize = 5;
/// Rows of a table that show what stands in its columns.
const MOST_SAMPLES: usize = 20;

/// What is said of a sheet in which no table was found.
pub(super) fn unread_sheet(
    file: &FilePath,
    workbook: &Workbook,
    forms: &Forms,
    (sheet, tables): (&Sheet, &[FoundTable]),
) -> Option<Finding> {
    let goes_on = tables.iter().find_map(|table| going_on(file, workbook, forms, (sheet, table)));
    goes_on.or_else(|| of_no_form(file, sheet))
}

/// DL03 for rows that look like those of a table on another sheet, under no header of their own.
fn going_on(
    file: &FilePath,
    workbook: &Workbook,
    forms: &Forms,
    (sheet, table): (&Sheet, &FoundTable),
) -> Option<Finding> {
    let shape = shape_of(forms.table(table.id)?, &table.columns);
    let own = workbook.sheets.get(table.sheet)?;
    let samples: Vec<&Row> =
        table.rows.data.iter().take(MOST_SAMPLES).filter_map(|row| own.row(*row)).collect();
    let mut alike = sheet.rows.iter().filter(|row| is_like(row, &samples, &shape));
    let first = alike.next()?;
    let label = table.id.label();
    let message = format!(
        "Trang \u{201c}{}\u{201d} có {} hàng giống dòng số liệu của {label} nhưng không có hàng tiêu đề; không tính các hàng này.",
        sheet.name.name,
        alike.count() + 1
    );
    let help = format!(
        "Nếu là phần tiếp theo của {label} thì chép các hàng này vào cuối bảng ở trang \u{201c}{}\u{201d}.",
        own.name.name
    );
    let place = Place::sheet(file, &sheet.name, Some(CellRef::new(first.index, 0)));
    Some(Finding::new(&DL03, place, message).help(help))
}

/// Whether a row fills what a row of the table must fill, for the most part with figures where the table has
/// figures.
fn is_like(row: &Row, samples: &[&Row], shape: &RowShape) -> bool {
    // One of the columns of a field is enough: ticks stand in several.
    let kind = |row: &Row, cols: &[u32]| {
        let of = |cell: &&Cell| cols.contains(&cell.col) && !is_empty(cell);
        row.cells.iter().find(of).map(is_figure)
    };
    let kinds: Option<Vec<bool>> = shape.required.iter().map(|cols| kind(row, cols)).collect();
    let Some(kinds) = kinds.filter(|kinds| !kinds.is_empty()) else { return false };
    let fields = shape.required.iter().zip(&kinds);
    let known = |(cols, own): &(&Vec<u32>, &bool)| {
        samples.iter().any(|sample| kind(sample, cols) == Some(**own))
    };
    fields.filter(known).count() * 2 >= kinds.len()
        && samples.iter().any(|sample| row.cells.len() * 2 >= sample.cells.len())
}

/// TEP05, as a remark, for rows that belong to no form.
fn of_no_form(file: &FilePath, sheet: &Sheet) -> Option<Finding> {
    let filled = |row: &&Row| row.cells.iter().filter(|cell| !is_empty(cell)).count() >= WIDE;
    let mut wide = sheet.rows.iter().filter(filled);
    let first = wide.next()?;
    let rows = wide.count() + 1;
    let message = format!(
        "Trang \u{201c}{}\u{201d} có {rows} hàng không thuộc biểu nào; không đọc trang này.",
        sheet.name.name
    );
    let place = Place::sheet(file, &sheet.name, Some(CellRef::new(first.index, 0)));
    Some(
        Finding::new(&TEP05, place, message).with_severity(Severity::Info).help(
            "Nếu trang này có số liệu của biểu thì ghi lại hàng tiêu đề như mẫu, rồi gửi lại.",
        ),
    )
}
