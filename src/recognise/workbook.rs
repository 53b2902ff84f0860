//! One workbook: its tables, what it says about itself, and what of it could not be recognised.

use super::claims::{self, Claim, Span};
use super::columns::{self, Columns};
use super::forms::{Forms, TableId};
use super::header::{Header, header_at, looks_like_header};
use super::rows::{RowShape, TableRows, table_rows};
use crate::model::submission::FilePath;
use crate::model::text::key;
use crate::model::{CellRef, Finding, Form, Place};
use crate::open::{Sheet, Workbook};
use crate::rules::bm::BM01;
use crate::rules::dv::DV05;
use crate::rules::tep::{TEP05, TEP08};

/// One table of the forms, found in a sheet.
#[derive(Debug, Clone)]
pub struct FoundTable {
    /// Which table.
    pub id: TableId,
    /// The sheet, by its place among the workbook's sheets.
    pub sheet: usize,
    /// The first cell of its header; findings about the whole table point here.
    pub anchor: CellRef,
    /// Where its fields stand.
    pub columns: Columns,
    /// Its rows.
    pub rows: TableRows,
}

/// A workbook whose tables are known.
#[derive(Debug, Clone, Default)]
pub struct Recognised {
    /// Which form it is; none when it is rejected (a finding says why).
    pub form: Option<Form>,
    /// Its tables, at most one of each kind.
    pub tables: Vec<FoundTable>,
    /// What it says about itself, the most trusted first.
    pub claims: Vec<Claim>,
    /// What could not be recognised.
    pub findings: Vec<Finding>,
}

impl Recognised {
    /// The table of that kind.
    pub fn table(&self, id: TableId) -> Option<&FoundTable> {
        self.tables.iter().find(|table| table.id == id)
    }
}

/// Finds the forms in a workbook.
pub fn recognise(file: &FilePath, workbook: &Workbook, forms: &Forms) -> Recognised {
    let mut out = Recognised::default();
    for (at, sheet) in workbook.sheets.iter().enumerate() {
        let found = tables_of(sheet, forms);
        let spans: Vec<Span> = found.iter().map(|(header, end)| (header.first_row, *end)).collect();
        out.claims.extend(claims::of_sheet(sheet, at, &spans, forms));
        for (header, end) in found {
            let table = read_table(file, sheet, at, &header, end, forms, &mut out.findings);
            keep_table(file, workbook, table, &mut out);
        }
    }
    out.claims.push(claims::of_file_name(file.file_name()));
    out.claims.sort_by_key(|claim| claim.source);
    for table in &out.tables {
        if let Some(sheet) = workbook.sheets.get(table.sheet) {
            out.findings.extend(hidden(file, sheet, table));
        }
    }
    decide_form(file, &mut out);
    out
}

/// The headers of a sheet, each with the row before the next one begins.
fn tables_of(sheet: &Sheet, forms: &Forms) -> Vec<(Header, u32)> {
    let name = key(&sheet.name.name);
    let mut found: Vec<(Header, u32)> = Vec::new();
    for row in &sheet.rows {
        if found.last().is_some_and(|(header, _)| row.index <= header.last_row) {
            continue;
        }
        if !looks_like_header(row, forms) {
            continue;
        }
        let Some(header) = header_at(sheet, forms, &name, row.index) else { continue };
        match found.last_mut() {
            // The same header again, further down the page, goes on with the same table.
            Some((open, _)) if open.table == header.table && same_columns(open, &header) => {}
            Some((_, end)) => {
                *end = row.index.saturating_sub(1);
                found.push((header, u32::MAX));
            }
            None => found.push((header, u32::MAX)),
        }
    }
    found
}

fn same_columns(one: &Header, other: &Header) -> bool {
    let cols = |header: &Header| -> Vec<(usize, Vec<u32>)> {
        let known = header.known.iter();
        known.map(|(at, columns)| (*at, columns.iter().map(|c| c.col).collect())).collect()
    };
    cols(one) == cols(other)
}

fn read_table(
    file: &FilePath,
    sheet: &Sheet,
    at: usize,
    header: &Header,
    end: u32,
    forms: &Forms,
    findings: &mut Vec<Finding>,
) -> FoundTable {
    let columns = columns::decide(file, sheet, header, forms, findings);
    let required = forms.table(header.table).into_iter().flat_map(|form| &form.columns);
    let shape = RowShape {
        columns: columns.at.values().copied().collect(),
        required: required
            .filter(|column| column.required)
            .filter_map(|column| columns.at.get(column.field).copied())
            .collect(),
        number: columns.at.get("no").copied(),
    };
    let rows = table_rows(sheet, header, &shape, end.saturating_add(1));
    let first = header.known.values().flatten().map(|column| column.col).min().unwrap_or(0);
    let anchor = CellRef::new(header.first_row, first);
    FoundTable { id: header.table, sheet: at, anchor, columns, rows }
}

/// Keeps the first visible table of each kind; another one with data is said, never added.
fn keep_table(file: &FilePath, workbook: &Workbook, table: FoundTable, out: &mut Recognised) {
    let hidden = |at: usize| workbook.sheets.get(at).is_some_and(|sheet| sheet.hidden);
    let Some(kept) = out.tables.iter_mut().find(|kept| kept.id == table.id) else {
        out.tables.push(table);
        return;
    };
    let better = table.rows.data.is_empty() < kept.rows.data.is_empty();
    let visible = hidden(kept.sheet) && !hidden(table.sheet);
    let other = if better || visible { std::mem::replace(kept, table) } else { table };
    if other.rows.data.is_empty() {
        return;
    }
    let name =
        |at: usize| workbook.sheets.get(at).map(|sheet| sheet.name.clone()).unwrap_or_default();
    let message = format!(
        "Trong tệp có hai bảng {}: dùng trang \u{201c}{}\u{201d}, không cộng trang \u{201c}{}\u{201d} ({} dòng).",
        other.id.label(),
        name(kept.sheet).name,
        name(other.sheet).name,
        other.rows.data.len()
    );
    let place = Place::sheet(file, &name(other.sheet), Some(other.anchor));
    out.findings.push(
        Finding::new(&DV05, place, message)
            .help("Xóa trang cũ hoặc gộp số liệu vào một trang, rồi gửi lại."),
    );
}

fn hidden(file: &FilePath, sheet: &Sheet, table: &FoundTable) -> Option<Finding> {
    let rows = table.rows.data.iter();
    let hidden_rows: Vec<u32> =
        rows.copied().filter(|row| sheet.row(*row).is_some_and(|row| row.hidden)).collect();
    let holds_data =
        |col: u32| table.rows.data.iter().any(|row| sheet.cell(CellRef::new(*row, col)).is_some());
    let hidden_cols: Vec<u32> = (table.columns.at.values().copied())
        .filter(|col| sheet.hidden_cols.iter().any(|(first, last)| (first..=last).contains(&col)))
        .filter(|col| holds_data(*col))
        .collect();
    let whole = sheet.hidden && !table.rows.data.is_empty();
    let (what, cell) = if whole {
        ("Cả trang bị ẩn".to_owned(), table.anchor)
    } else if let Some(first) = hidden_rows.first() {
        (format!("{} hàng có số liệu bị ẩn", hidden_rows.len()), CellRef::new(*first, 0))
    } else if let Some(first) = hidden_cols.first() {
        let row = table.rows.data.first().copied().unwrap_or(table.anchor.row);
        (format!("{} cột có số liệu bị ẩn", hidden_cols.len()), CellRef::new(row, *first))
    } else {
        return None;
    };
    let place = Place::sheet(file, &sheet.name, Some(cell));
    Some(Finding::new(&TEP08, place, format!("{what}; số liệu ở đó vẫn được tính.")))
}

fn decide_form(file: &FilePath, out: &mut Recognised) {
    let has = |id: TableId| out.tables.iter().any(|table| table.id == id);
    if has(TableId::Meetings) {
        out.form = Some(Form::Detail);
    } else if has(TableId::RollUp) {
        out.form = Some(Form::RollUp);
    } else if out.tables.is_empty() {
        let message = "Không tìm thấy biểu nào trong tệp.";
        out.findings.push(Finding::new(&TEP05, Place::file(file.clone()), message));
    } else {
        let found: Vec<_> = out.tables.iter().map(|table| table.id.label()).collect();
        let message = format!("Tệp có {} nhưng không có Biểu 1.", found.join(", "));
        out.findings.push(Finding::new(&BM01, Place::file(file.clone()), message));
    }
}
