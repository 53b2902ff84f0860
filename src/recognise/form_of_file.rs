//! Which form a file holds: Form 01 with the meetings of one unit, the roll-up of a district (Biểu 02), or both.

use super::forms::{Forms, TableId};
use super::workbook::{FoundTable, Recognised};
use crate::model::submission::{FilePath, SheetName};
use crate::model::{Finding, Form, Place};
use crate::open::{Value, Workbook};
use crate::rules::bm::BM01;
use crate::rules::tep::TEP05;

/// Lines under a header that are looked through for a reason.
const MOST_LINES: usize = 60;

/// Decides it by the tables that there are.
pub(super) fn decide_form(file: &FilePath, out: &mut Recognised) {
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

/// Whether a line under the header says that there was no meeting, and why.
fn says_none_held(workbook: &Workbook, forms: &Forms, table: &FoundTable) -> bool {
    let sheet = workbook.sheets.get(table.sheet);
    let rows = sheet.into_iter().flat_map(|sheet| &sheet.rows);
    let below = rows.filter(|row| row.index >= table.data_from).take(MOST_LINES);
    below
        .flat_map(|row| &row.cells)
        .any(|cell| matches!(&cell.value, Value::Text(text) if forms.none.is_none_held(text)))
}

impl Recognised {
    /// The submissions in it: a district may send its own meetings and its roll-up in one workbook. A form
    /// that was left blank beside one that was filled in is none.
    pub fn by_form(
        mut self,
        file: &FilePath,
        workbook: &Workbook,
        forms: &Forms,
    ) -> (Self, Option<Self>) {
        let rolls_up = |table: &FoundTable| table.id == TableId::RollUp;
        let (rollup, detail): (Vec<_>, Vec<_>) = self.tables.drain(..).partition(rolls_up);
        let reason =
            self.claims.iter().any(|c| c.field == "no_meeting_reason" && c.value.is_some());
        let untouched = |tables: &[FoundTable]| {
            tables.iter().all(|table| {
                let rows = &table.rows;
                rows.data.is_empty()
                    && rows.unclear.is_empty()
                    && rows.beside.is_empty()
                    && !says_none_held(workbook, forms, table)
            })
        };
        if rollup.is_empty() || untouched(&rollup) && !detail.is_empty() {
            self.tables = detail;
            return (self, None);
        }
        if detail.is_empty() || untouched(&detail) && !reason {
            self.tables = rollup;
            self.form = Some(Form::RollUp);
            return (self, None);
        }
        let sheets = |tables: &[FoundTable]| -> Vec<SheetName> {
            let named = tables.iter().filter_map(|table| workbook.sheets.get(table.sheet));
            named.map(|sheet| sheet.name.clone()).collect()
        };
        let (of_rollup, of_detail) = (sheets(&rollup), sheets(&detail));
        let is_on = |sheets: &[SheetName], finding: &Finding| {
            finding.place.sheet.as_ref().is_some_and(|name| sheets.contains(name))
        };
        // What stands on the sheets of neither, or of both, may concern either.
        let of = |own: &[SheetName], others: &[SheetName]| -> Vec<Finding> {
            let all = self.findings.iter();
            let own = all.filter(|finding| is_on(own, finding) || !is_on(others, finding));
            own.cloned().collect()
        };
        let (said, findings) = (of(&of_detail, &of_rollup), of(&of_rollup, &of_detail));
        let second = Self {
            form: Some(Form::RollUp),
            tables: rollup,
            claims: self.claims.clone(),
            alike: Vec::new(),
            findings,
        };
        (self.tables, self.findings, self.form) = (detail, said, None);
        decide_form(file, &mut self);
        (self, Some(second))
    }
}
