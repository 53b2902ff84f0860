//! SL05: a sum that the unit wrote itself differs from what it sums.

use super::case::Case;
use crate::model::count::grouped;
use crate::model::submission::{Body, Table, WrittenTotal};
use crate::model::{Count, Field, Finding, Meeting, RollUpRow, Rule, Severity};

/// SL05: a written sum is not the sum.
pub static SL05: Rule = Rule {
    code: "SL05",
    slug: "dong-tong-cong-sai",
    severity: Severity::Error,
    title: "Dòng tổng cộng trong biểu khác tổng các dòng",
    why: "Hoặc tổng cộng sai, hoặc có dòng bị thiếu, bị thừa; số của từng dòng được dùng.",
    breaks: "Dòng Tổng cộng ghi 90 lượt người, các dòng cộng lại là 85.",
    keeps: "Dòng Tổng cộng bằng tổng các dòng ở trên; định kỳ cộng đột xuất bằng tổng số cuộc.",
    mend: "Kiểm tra từng dòng rồi sửa lại số tổng, tốt nhất là dùng công thức SUM.",
};

/// How a rule reads the count of one column from a row.
type Column<R> = (&'static str, fn(&R) -> &Field<Count>);

const MEETINGS: [Column<Meeting>; 10] = [
    ("attendees", |row| &row.attendees),
    ("women", |row| &row.women),
    ("minority", |row| &row.minority),
    ("speakers", |row| &row.speakers),
    ("opinions", |row| &row.opinions),
    ("answered", |row| &row.outcomes[0]),
    ("resolved", |row| &row.outcomes[1]),
    ("pending", |row| &row.outcomes[2]),
    ("unresolved", |row| &row.outcomes[3]),
    ("forwarded", |row| &row.outcomes[4]),
];

const COMMUNES: [Column<RollUpRow>; 15] = [
    ("periodic", |row| &row.periodic),
    ("ad_hoc", |row| &row.ad_hoc),
    ("total", |row| &row.total),
    ("by_secretary", |row| &row.by_secretary),
    ("by_chairman", |row| &row.by_chairman),
    ("by_both", |row| &row.by_both),
    ("by_deputy", |row| &row.by_deputy),
    ("attendees", |row| &row.attendees),
    ("opinions", |row| &row.opinions),
    ("answered", |row| &row.outcomes[0]),
    ("resolved", |row| &row.outcomes[1]),
    ("pending", |row| &row.outcomes[2]),
    ("unresolved", |row| &row.outcomes[3]),
    ("forwarded", |row| &row.outcomes[4]),
    ("notices", |row| &row.notices),
];

/// Looks at the rows of sums, and at the number of meetings of each commune in Biểu 02.
pub fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    match &case.submission.body {
        Body::Detail(detail) => {
            sums(case, &detail.meetings, |row| row.row, &MEETINGS, findings);
        }
        Body::RollUp(table) => {
            sums(case, table, |row| row.row, &COMMUNES, findings);
            kinds(case, table, findings);
        }
    }
}

fn sums<R>(
    case: &Case<'_>,
    table: &Table<R>,
    row_of: fn(&R) -> u32,
    columns: &[Column<R>],
    findings: &mut Vec<Finding>,
) {
    for written in &table.written_totals {
        let column = columns.iter().find(|(field, _)| *field == written.field);
        let Some((_, read)) = column else { continue };
        let (first, last) = written.covers;
        let covered = table.rows.iter().filter(|row| (first..=last).contains(&row_of(row)));
        if let Some((total, sum)) = difference(written, covered.map(read)) {
            let message = format!(
                "Dòng tổng cộng ghi {total}, các dòng {} đến {} cộng lại là {}.",
                u64::from(first) + 1,
                u64::from(last) + 1,
                grouped(sum)
            );
            let finding = case.finding(&SL05, &table.sheet, written.value.cell, message);
            findings.push(finding.value(total.to_string()));
        }
    }
}

/// The written and the true sum, when they surely differ: a blank row may hold what is missing.
fn difference<'a>(
    written: &WrittenTotal,
    fields: impl Iterator<Item = &'a Field<Count>>,
) -> Option<(Count, u64)> {
    let total = written.value.value()?;
    let (mut sum, mut blank) = (0u64, false);
    for field in fields {
        match field.value() {
            Some(count) => sum += count.get(),
            None if field.is_unreadable() => return None,
            None => blank = true,
        }
    }
    (sum > total.get() || (sum < total.get() && !blank)).then_some((total, sum))
}

fn kinds(case: &Case<'_>, table: &Table<RollUpRow>, findings: &mut Vec<Finding>) {
    for row in &table.rows {
        let (Some(periodic), Some(ad_hoc), Some(total)) =
            (row.periodic.value(), row.ad_hoc.value(), row.total.value())
        else {
            continue;
        };
        let sum = periodic.get() + ad_hoc.get();
        if sum == total.get() {
            continue;
        }
        let message = format!(
            "Định kỳ {periodic} + đột xuất {ad_hoc} là {}, khác tổng số cuộc là {total}.",
            grouped(sum)
        );
        let finding = case.finding(&SL05, &table.sheet, row.total.cell, message);
        findings.push(finding.value(total.to_string()));
    }
}
