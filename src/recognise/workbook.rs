//! One workbook: its tables, what it says about itself, and what of it could not be recognised.

use super::alike::{AlikeSheet, alike_sheets};
use super::claims::{self, Claim, Source, Span};
use super::columns::{self, Columns};
use super::form_of_file::decide_form;
use super::forms::{Forms, TableForm, TableId};
use super::header::Header;
use super::header::doubled::settled;
use super::info_unread::unread_labels;
use super::left_over::{is_its_quarter, keep, left_over};
use super::merged::Merges;
use super::other_quarter::OtherQuarter;
use super::rows::{RowShape, TableRows, table_rows};
use super::search::{Found, tables_of};
use super::unread::with_unread;
use super::unread_sheet::unread_sheet;
use crate::model::submission::FilePath;
use crate::model::text::key;
use crate::model::{CellRef, Finding, Form, Period, Place, Severity};
use crate::notation::period;
use crate::notation::period_part::in_year;
use crate::open::{Sheet, Value, Workbook};
use crate::rules::dl::{DL03, DL08};
use crate::rules::tep::{TEP05, TEP08};
use std::sync::Arc;

/// Rows of one table that could not be told and are named one by one; the rest is counted.
const MOST_UNCLEAR: usize = 40;

/// One table of the forms, found in a sheet.
#[derive(Debug, Clone)]
pub struct FoundTable {
    /// Which table.
    pub id: TableId,
    /// The sheet, by its place among the workbook's sheets.
    pub sheet: usize,
    /// The first cell of its header; findings about the whole table point here.
    pub anchor: CellRef,
    /// The first row below its header.
    pub data_from: u32,
    /// Where its fields stand.
    pub columns: Arc<Columns>,
    /// Its rows.
    pub rows: TableRows,
    /// Whether its title says that it is not to be used.
    pub(super) old: bool,
    /// Whether its title or its sheet names another quarter than the file: it is left over from that.
    pub(super) other_quarter: OtherQuarter,
    /// The quarter of its title or its sheet.
    pub(super) named_quarter: Option<Period>,
    /// The last quarter of its title, or that of its sheet, in a file that does not say which it is of.
    pub(super) quarter: Option<Period>,
}

impl FoundTable {
    /// The quarter that its title or its sheet names, nearest to it.
    pub const fn named_quarter(&self) -> Option<Period> {
        self.named_quarter
    }
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
    /// Where tables of one kind stand on several sheets, none of them called old: those sheets.
    pub alike: Vec<AlikeSheet>,
    /// What could not be recognised.
    pub findings: Vec<Finding>,
}

impl Recognised {
    /// The table of that kind.
    pub fn table(&self, id: TableId) -> Option<&FoundTable> {
        self.tables.iter().find(|table| table.id == id)
    }

    /// Takes up what another name of the file says: a marked copy bears another one than its original.
    pub fn also_named(&mut self, name: &str) {
        let at = self.claims.iter().position(|claim| claim.source == Source::FileName);
        self.claims.insert(at.unwrap_or(self.claims.len()), claims::of_file_name(name));
    }
}

/// Finds the forms in a workbook.
pub fn recognise(file: &FilePath, workbook: &Workbook, forms: &Forms) -> Recognised {
    let mut out = Recognised::default();
    let mut leftovers = Vec::new();
    let mut spare = Vec::new();
    let mut without_table = Vec::new();
    let mut info = claims::of_info_sheets(workbook, forms);
    let stated = claims::stated_quarter(file, info.values().flatten());
    for (at, sheet) in workbook.sheets.iter().enumerate() {
        let merges = Merges::of(sheet);
        let search = tables_of(sheet, &merges, forms);
        let mut spans: Vec<Span> = Vec::new();
        for found in search.found {
            let Some(form) = forms.table(found.header.table) else { continue };
            let (span, table, findings) =
                found_table((file, stated), (at, sheet), &merges, (form, forms), found);
            spans.push(span);
            keep(workbook, forms, (table, findings), &mut out, &mut leftovers);
        }
        if spans.is_empty() && forms.is_aside(&key(&sheet.name.name)) {
            continue;
        }
        // The unit's own data may stand side by side, like a header.
        let is_info = forms.is_info_sheet(&key(&sheet.name.name));
        let near = search.near.filter(|_| !is_info);
        let said = near.and_then(|row| unreadable_sheet(file, sheet, row));
        if spans.is_empty() && said.is_none() && !is_info {
            without_table.push(sheet);
        }
        if is_info && spans.is_empty() {
            out.findings.extend(unread_labels(file, sheet, forms));
        }
        if near.is_none() {
            let known = info.remove(&at).filter(|_| spans.is_empty());
            let own = known.unwrap_or_else(|| claims::of_sheet(sheet, at, &spans, forms));
            out.claims.extend(own);
        }
        if spans.is_empty() {
            spare.extend(claims::above_no_table(sheet, at, forms));
        }
        out.findings.extend(said);
    }
    if !out.tables.is_empty() {
        let said = without_table.into_iter();
        let said = said.filter_map(|s| unread_sheet(file, workbook, forms, (s, &out.tables)));
        out.findings.extend(said.collect::<Vec<_>>());
    }
    // Whose file it is still shows where none of its tables can be read.
    if out.tables.is_empty() {
        out.claims.extend(spare);
    }
    finish(file, workbook, forms, (&leftovers, out))
}

/// One table with its rows, and what is said of them.
fn found_table(
    (file, stated): (&FilePath, Option<Period>),
    (at, sheet): (usize, &Sheet),
    merges: &Merges,
    (form, forms): (&TableForm, &Forms),
    found: Found,
) -> (Span, FoundTable, Vec<Finding>) {
    let Found { header, again, end, old, quarter, quarters } = found;
    let of_sheet = || {
        let name = &sheet.name.name;
        period::from_text(name).or_else(|| in_year(name, stated?.year()))
    };
    let named = quarter.or_else(of_sheet);
    let header = settled(header, form, forms, (sheet, end), stated.or(named));
    let columns = header.columns(form);
    let shape = shape_of(form, &columns);
    let rows = table_rows(sheet, &header, merges, (&shape, &forms.none), (end, &again));
    let columns = with_unread(columns, &header, form, (sheet, &rows.data));
    let span = (header.first_row, rows.end.max(header.last_row));
    let anchor = CellRef::new(header.first_row, header.span().0);
    let findings = table_findings(file, sheet, &header, form, &rows);
    let last = quarters.last().copied();
    let table = FoundTable {
        id: header.table,
        sheet: at,
        anchor,
        data_from: header.last_row + 1,
        columns,
        rows,
        old,
        other_quarter: OtherQuarter::of(named, &quarters, stated),
        named_quarter: named,
        quarter: last.or(named).filter(|_| stated.is_none()),
    };
    (span, table, findings)
}

/// Says what is left over, and takes back what a sheet that is not used says about itself.
fn finish(
    file: &FilePath,
    workbook: &Workbook,
    forms: &Forms,
    (leftovers, mut out): (&[FoundTable], Recognised),
) -> Recognised {
    out.alike = alike_sheets(workbook, forms, &out, leftovers);
    let used = |at: usize| out.tables.iter().any(|table| table.sheet == at);
    out.claims.retain(|claim| {
        claim.sheet.is_none_or(|at| used(at) || !leftovers.iter().any(|left| left.sheet == at))
            && !leftovers.iter().any(|left| is_its_quarter(claim, left))
    });
    for table in leftovers {
        let kept = out.tables.iter().find(|kept| kept.id == table.id);
        out.findings.extend(kept.and_then(|kept| left_over(file, workbook, forms, (kept, table))));
    }
    let rollup = out.tables.iter().find(|table| table.id == TableId::RollUp);
    let district = rollup.and_then(|table| district_of_rows(workbook, table));
    out.claims.extend(district);
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

/// The district that every row of a roll-up names in a column of its own, as a label above it would.
fn district_of_rows(workbook: &Workbook, table: &FoundTable) -> Option<Claim> {
    let sheet = workbook.sheets.get(table.sheet)?;
    let col = table.columns.at.get("district")?;
    let mut cells = table.rows.data.iter().filter_map(|row| {
        let at = CellRef::new(*row, col);
        sheet.cell(at).map(|cell| (at, &cell.value)).filter(|(_, value)| !is_blank(value))
    });
    let (cell, value) = cells.next()?;
    cells.all(|(_, other)| other == value).then(|| Claim {
        source: Source::Label,
        field: "district",
        sheet: Some(table.sheet),
        cell: Some(cell),
        value: Some(value.clone()),
    })
}

pub(super) fn shape_of(form: &TableForm, columns: &Columns) -> RowShape {
    let mut all: Vec<u32> = columns.all().collect();
    all.sort_unstable();
    all.dedup();
    let required = form.columns.iter().filter(|column| column.required).filter_map(|column| {
        let coded = columns.at.get(column.field);
        let ticks = columns.ticks.get(column.field).into_iter().flatten().map(|(_, col)| *col);
        let cols: Vec<u32> = coded.into_iter().chain(ticks).collect();
        (!cols.is_empty()).then_some(cols)
    });
    RowShape {
        required: required.collect(),
        number: columns.at.get("no"),
        unit: columns.at.get("unit_code"),
        columns: all,
    }
}

fn table_findings(
    file: &FilePath,
    sheet: &Sheet,
    header: &Header,
    form: &TableForm,
    rows: &TableRows,
) -> Vec<Finding> {
    let mut findings = columns::report(file, sheet, header, form, &rows.data);
    findings.extend(rows.unclear.iter().take(MOST_UNCLEAR).map(|row| {
        let found = sheet.row(*row);
        let first = found.and_then(|row| row.cells.iter().find(|cell| !is_blank(&cell.value)));
        let place = CellRef::new(*row, first.map_or(header.span().0, |cell| cell.col));
        let message = format!(
            "Hàng {} của {} có nội dung nhưng không đủ để là một dòng số liệu; không tính hàng này.",
            row + 1,
            form.id.label()
        );
        let place = Place::sheet(file, &sheet.name, Some(place));
        Finding::new(&DL03, place, message)
            .help("Nếu là một dòng số liệu thì ghi đủ các cột bắt buộc; nếu là ghi chú thì chuyển ra ngoài bảng.")
    }));
    findings.extend(rows.beside.iter().take(MOST_UNCLEAR).map(|row| {
        let place = CellRef::new(*row, header.span().0);
        let message = format!(
            "Hàng {} của {} ghi số của kỳ khác hoặc so sánh với kỳ khác; không tính hàng này.",
            row + 1,
            form.id.label()
        );
        Finding::new(&DL03, Place::sheet(file, &sheet.name, Some(place)), message)
            .with_severity(Severity::Info)
            .help("Không phải sửa nếu đúng là số lũy kế, số kỳ trước hay tỷ lệ.")
    }));
    findings.extend(rows.examples.iter().take(MOST_UNCLEAR).map(|row| {
        let place = CellRef::new(*row, header.span().0);
        let message =
            format!("Hàng {} của {} ghi là ví dụ; không tính hàng này.", row + 1, form.id.label());
        Finding::new(&DL03, Place::sheet(file, &sheet.name, Some(place)), message)
            .help("Nếu là một dòng số liệu thì ghi số thứ tự; nếu là ví dụ thì xóa hàng này.")
    }));
    findings.extend(rows.below_end.iter().take(MOST_UNCLEAR).map(|row| {
        let place = CellRef::new(*row, header.span().0);
        let message = format!(
            "Hàng {} của {} nằm dưới dòng tổng hoặc phần ký tên mà vẫn ghi số liệu; vẫn được tính.",
            row + 1,
            form.id.label()
        );
        Finding::new(&DL08, Place::sheet(file, &sheet.name, Some(place)), message)
            .with_severity(Severity::Error)
            .help("Nếu là bản nháp hoặc phần so sánh thì xóa đi; nếu đúng là số liệu thì chuyển lên trên dòng tổng.")
    }));
    if let Some(next) = rows.unclear.get(MOST_UNCLEAR) {
        let rest = rows.unclear.len() - MOST_UNCLEAR;
        let message = format!("Còn {rest} hàng khác như vậy, không tính.");
        let place = Place::sheet(file, &sheet.name, Some(CellRef::new(*next, header.span().0)));
        findings.push(Finding::new(&DL03, place, message));
    }
    findings
}

/// A sheet that has something like a header but no table of the forms: nothing of it is read.
fn unreadable_sheet(file: &FilePath, sheet: &Sheet, row: u32) -> Option<Finding> {
    let below =
        sheet.rows.iter().filter(|below| below.index > row && below.cells.len() > 1).count();
    let message = format!(
        "Trang \u{201c}{}\u{201d} có hàng {} giống hàng tiêu đề nhưng không đủ cột của biểu nào; không đọc trang này ({below} hàng).",
        sheet.name.name,
        row + 1
    );
    let place = Place::sheet(file, &sheet.name, Some(CellRef::new(row, 0)));
    (below > 0).then(|| Finding::new(&TEP05, place, message))
}

/// TEP08 for what is hidden and yet counted: the sheet, its rows, its columns.
fn hidden(file: &FilePath, sheet: &Sheet, table: &FoundTable) -> Vec<Finding> {
    let place = |cell| Place::sheet(file, &sheet.name, Some(cell));
    let say = |what: String, cell| {
        Finding::new(&TEP08, place(cell), format!("{what}; số liệu ở đó vẫn được tính."))
    };
    let mut findings = Vec::new();
    let Some(first_row) = table.rows.data.first().copied() else { return findings };
    if sheet.hidden {
        findings.push(say("Cả trang bị ẩn".to_owned(), table.anchor));
    }
    let row_hidden = |row: &&u32| sheet.row(**row).is_some_and(|row| row.hidden);
    let mut rows = table.rows.data.iter().filter(row_hidden);
    if let Some(first) = rows.next() {
        let what = format!("{} hàng có số liệu bị ẩn", rows.count() + 1);
        findings.push(say(what, CellRef::new(*first, 0)));
    }
    if sheet.hidden_cols.is_empty() {
        return findings;
    }
    let col_hidden = |col: &u32| sheet.hidden_cols.iter().any(|(a, b)| (a..=b).contains(&col));
    let holds = |col: &u32| {
        table.rows.data.iter().any(|row| sheet.cell(CellRef::new(*row, *col)).is_some())
    };
    let mut cols: Vec<u32> = table.columns.all().filter(col_hidden).filter(holds).collect();
    cols.sort_unstable();
    if let Some(first) = cols.first() {
        let what = format!("{} cột có số liệu bị ẩn", cols.len());
        findings.push(say(what, CellRef::new(first_row, *first)));
    }
    findings
}

fn is_blank(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.trim().is_empty())
}
