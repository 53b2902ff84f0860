//! Which form a file holds: Form 01 with the meetings of one unit, or the roll-up of a district (Biểu 02).

use super::forms::TableId;
use super::workbook::{FoundTable, Recognised};
use crate::model::submission::FilePath;
use crate::model::{Finding, Form, Place, Severity};
use crate::open::Workbook;
use crate::rules::bm::BM01;
use crate::rules::dv::DV05;
use crate::rules::tep::TEP05;

/// Decides it, and names the tables of the other form, which are not read.
pub(super) fn decide_form(file: &FilePath, workbook: &Workbook, out: &mut Recognised) {
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
    let other = |table: &&FoundTable| match out.form {
        Some(Form::Detail) => table.id == TableId::RollUp,
        Some(Form::RollUp) => table.id != TableId::RollUp,
        None => false,
    };
    let unread = out.tables.iter().filter(other).filter(|table| !table.rows.data.is_empty());
    let findings: Vec<Finding> =
        unread.filter_map(|table| of_other_form(file, workbook, table)).collect();
    out.findings.extend(findings);
}

/// Said of a table of the other form: its rows are nobody's figures.
fn of_other_form(file: &FilePath, workbook: &Workbook, table: &FoundTable) -> Option<Finding> {
    let sheet = workbook.sheets.get(table.sheet)?;
    let label = table.id.label();
    let message = format!(
        "Trong một tệp có cả biểu của đơn vị và Biểu 02 tổng hợp; không đọc {label} ở trang \u{201c}{}\u{201d} ({} dòng).",
        sheet.name.name,
        table.rows.data.len()
    );
    let finding = Finding::new(&DV05, Place::sheet(file, &sheet.name, Some(table.anchor)), message);
    Some(finding.with_severity(Severity::Error).help(format!(
        "Lưu {label} thành một tệp riêng rồi chép vào thư mục; đến khi đó số liệu ở {label} không được tính."
    )))
}
