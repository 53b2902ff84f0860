//! Of several tables of one kind in a workbook one is read; the others are left over, and said to be (DV05).

use super::claims::{Claim, Source};
use super::forms::Forms;
use super::other_quarter::OtherQuarter;
use super::workbook::{FoundTable, Recognised};
use crate::model::submission::FilePath;
use crate::model::text::key;
use crate::model::{Finding, Place, Severity};
use crate::notation::period;
use crate::open::{Value, Workbook};
use crate::rules::dv::DV05;

/// Whether a table, or the sheet that it stands in, says that it is not to be used.
pub(super) fn is_old(workbook: &Workbook, forms: &Forms, table: &FoundTable) -> bool {
    let aside = |name: &str| forms.is_discarded(name) || forms.is_guide(&key(name));
    let sheet = workbook.sheets.get(table.sheet);
    table.old || sheet.is_some_and(|sheet| aside(&sheet.name.name))
}

/// Keeps the first visible table of each kind with data in it; a sheet that calls itself old comes last.
pub(super) fn keep(
    workbook: &Workbook,
    forms: &Forms,
    (table, findings): (FoundTable, Vec<Finding>),
    out: &mut Recognised,
    leftovers: &mut Vec<FoundTable>,
) {
    let rank = |table: &FoundTable| {
        let hidden = workbook.sheets.get(table.sheet).is_some_and(|sheet| sheet.hidden);
        let old = is_old(workbook, forms, table);
        (table.rows.data.is_empty(), old, hidden, table.other_quarter)
    };
    let Some(kept) = out.tables.iter_mut().find(|kept| kept.id == table.id) else {
        out.tables.push(table);
        out.findings.extend(findings);
        return;
    };
    // Of two quarters the earlier is the one left over.
    let newer = table.quarter.zip(kept.quarter).is_some_and(|(one, other)| one > other);
    if rank(&table) < rank(kept) || newer && rank(&table) == rank(kept) {
        let sheet = workbook.sheets.get(kept.sheet).map(|sheet| &sheet.name);
        let old = std::mem::replace(kept, table);
        // What was said about the columns of a table that is not used concerns nobody.
        out.findings.retain(|finding| finding.place.sheet.as_ref() != sheet);
        out.findings.extend(findings);
        leftovers.push(old);
    } else {
        leftovers.push(table);
    }
}

/// DV05 for a second table of one kind; it is never added. An empty one is no departure, unless what is used
/// in its place says that it is old.
pub(super) fn left_over(
    file: &FilePath,
    workbook: &Workbook,
    forms: &Forms,
    (kept, other): (&FoundTable, &FoundTable),
) -> Option<Finding> {
    if other.rows.data.is_empty() {
        let replaces = is_old(workbook, forms, kept) && !is_old(workbook, forms, other);
        return replaces.then(|| used_though_old(file, workbook, kept)).flatten();
    }
    let name = |at: usize| workbook.sheets.get(at).map(|s| s.name.clone()).unwrap_or_default();
    let (used, left) = (name(kept.sheet), name(other.sheet));
    let message = if used == left {
        format!(
            "Trang \u{201c}{}\u{201d} có hai bảng {}: dùng bảng ở hàng {}, không cộng bảng ở hàng {} ({} dòng).",
            used.name,
            other.id.label(),
            kept.anchor.row + 1,
            other.anchor.row + 1,
            other.rows.data.len()
        )
    } else {
        format!(
            "Trong tệp có hai bảng {}: dùng trang \u{201c}{}\u{201d}, không cộng trang \u{201c}{}\u{201d} ({} dòng).",
            other.id.label(),
            used.name,
            left.name,
            other.rows.data.len()
        )
    };
    let place = Place::sheet(file, &left, Some(other.anchor));
    let help = "Xóa trang cũ hoặc gộp số liệu vào một trang, rồi gửi lại.";
    Some(Finding::new(&DV05, place, message).help(help))
}

/// Whether a title above a table left over from another quarter tells that quarter: it says nothing of the file.
pub(super) fn is_its_quarter(claim: &Claim, left: &FoundTable) -> bool {
    let above = claim.cell.is_some_and(|cell| cell.row < left.anchor.row);
    let text = match &claim.value {
        Some(Value::Text(text)) => period::from_text(text),
        _ => None,
    };
    claim.source == Source::Title
        && claim.sheet == Some(left.sheet)
        && above
        && left.other_quarter != OtherQuarter::No
        && text == left.named_quarter
}

/// The old table is all that there is: it is read, and said to be.
fn used_though_old(file: &FilePath, workbook: &Workbook, kept: &FoundTable) -> Option<Finding> {
    if kept.rows.data.is_empty() {
        return None;
    }
    let sheet = workbook.sheets.get(kept.sheet)?;
    let message = format!(
        "Trang \u{201c}{}\u{201d} tự ghi là bản cũ mà vẫn được dùng ({} dòng), vì {} ở trang khác còn trống.",
        sheet.name.name,
        kept.rows.data.len(),
        kept.id.label()
    );
    let place = Place::sheet(file, &sheet.name, Some(kept.anchor));
    let finding = Finding::new(&DV05, place, message).with_severity(Severity::Error);
    Some(finding.help(
        "Nếu kỳ này không có cuộc nào thì xóa trang cũ và ghi lý do không tổ chức; nếu là số liệu kỳ này thì đổi tên trang.",
    ))
}
