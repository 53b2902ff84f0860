//! SL05: a sum that the unit wrote itself differs from what it sums.

use super::case::Case;
use super::noticed::{Noticed, hole};
use crate::model::count::grouped;
use crate::model::submission::{Body, Table, WrittenTotal};
use crate::model::{CellRef, Count, Field, Meeting, RollUpRow, Rule, Severity};

/// SL05: a written sum is not the sum.
pub static SL05: Rule = Rule {
    code: "SL05",
    slug: "dong-tong-cong-sai",
    severity: Severity::Error,
    title: "Dòng tổng cộng trong biểu khác tổng các dòng",
    why: "Hoặc tổng cộng sai, hoặc có dòng bị thiếu, bị thừa; số của từng dòng được dùng.",
    breaks: "Dòng Tổng cộng ghi 90 lượt người, các dòng cộng lại là 85.",
    keeps: "Dòng Tổng cộng bằng tổng các dòng ở trên; định kỳ cộng đột xuất bằng tổng số cuộc.",
    mend: "Kiểm tra từng dòng rồi sửa lại số tổng, tốt nhất là dùng công thức SUM; ô ghi số kèm chữ \
           (85 người) thì SUM bỏ qua, phải gõ lại thành số.",
};

/// How a rule reads the count of one column from a row.
type Column<R> = (&'static str, fn(&R) -> &Field<Count>);

/// What each row adds to the number of meetings.
static ONE: Field<Count> = Field::new(CellRef::new(0, 0), Count::new(1));

const MEETINGS: [Column<Meeting>; 11] = [
    ("meetings", |_| &ONE),
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
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    match &case.submission.body {
        Body::Detail(detail) => {
            sums(case, &detail.meetings, |row| row.row, &MEETINGS, findings);
        }
        Body::RollUp(table) => {
            sums(case, table, |row| row.row, &COMMUNES, findings);
            kinds(case, table, findings);
            chairs(case, table, findings);
        }
    }
}

fn sums<R>(
    case: &Case<'_>,
    table: &Table<R>,
    row_of: fn(&R) -> u32,
    columns: &[Column<R>],
    findings: &mut Noticed,
) {
    for written in &table.written_totals {
        let column = columns.iter().find(|(field, _)| *field == written.field);
        let Some((_, read)) = column else { continue };
        let (first, last) = written.covers;
        let covered = table.rows.iter().filter(|row| (first..=last).contains(&row_of(row)));
        let covered: Vec<&R> = covered.collect();
        let lines = || covered.iter().map(|row| u64::from(row_of(row)) + 1);
        // A sum right under another one covers no row: it is of something else, such as the year so far.
        let (Some(from), Some(to)) = (lines().min(), lines().max()) else { continue };
        let cell = written.value.cell().unwrap_or(table.anchor);
        let cells = [&written.value].into_iter().chain(covered.iter().copied().map(read));
        if findings.blocked(case, &SL05, (&table.sheet, cell), cells.map(hole)) {
            continue;
        }
        if let Some((total, sum)) = difference(written, covered.iter().copied().map(read)) {
            let rows = if from == to {
                format!("dòng {from} là")
            } else {
                format!("các dòng {from} đến {to} cộng lại là")
            };
            let message = format!("Dòng tổng cộng ghi {total}, {rows} {}.", grouped(sum));
            let finding = case.finding(&SL05, &table.sheet, written.value.cell(), message);
            findings.push(finding.value(total.to_string()).about(written.field));
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
            None => blank = true,
        }
    }
    (sum > total.get() || (sum < total.get() && !blank)).then_some((total, sum))
}

fn kinds(case: &Case<'_>, table: &Table<RollUpRow>, findings: &mut Noticed) {
    for row in &table.rows {
        let at = (&table.sheet, row.cell());
        let counts = [&row.periodic, &row.ad_hoc, &row.total];
        findings.blocked(case, &SL05, at, counts.map(hole));
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
        let finding = case.finding(&SL05, &table.sheet, row.total.cell(), message);
        findings.push(finding.value(total.to_string()));
    }
}

/// Every meeting is chaired by one of the four; what is left blank may hold the rest.
fn chairs(case: &Case<'_>, table: &Table<RollUpRow>, findings: &mut Noticed) {
    for row in &table.rows {
        let chairs = row.chairs();
        let given = || chairs.iter().filter_map(|field| field.value());
        let at = (&table.sheet, row.cell());
        if findings.blocked(case, &SL05, at, chairs.map(hole)) || given().count() == 0 {
            continue;
        }
        let Some(meetings) = row.meetings() else { continue };
        let sum: u64 = given().map(Count::get).sum();
        let whole = given().count() == chairs.len();
        if sum == meetings || (sum < meetings && !whole) {
            continue;
        }
        let message = format!(
            "Số cuộc theo người chủ trì cộng lại là {}, khác số cuộc là {}.",
            grouped(sum),
            grouped(meetings)
        );
        let cell = chairs.iter().find_map(|field| field.cell()).unwrap_or(row.cell());
        let finding = case.finding(&SL05, &table.sheet, Some(cell), message);
        findings.push(finding.value(sum.to_string()).about("chairs").help(
            "Mỗi cuộc chỉ ghi ở một trong bốn cột người chủ trì; kiểm tra lại bốn cột và số cuộc.",
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CellRef;
    use crate::rules::testing::{Trial, blank, codes, count, said, spoil};

    fn sum(t: &mut Trial, field: &'static str, value: u32) {
        let value = Field::new(CellRef::new(8, 10), Count::new(value));
        t.detail().meetings.written_totals.push(WrittenTotal { field, value, covers: (5, 7) });
    }

    #[test]
    fn a_wrong_sum_of_meetings() {
        assert_eq!(
            said(|t| {
                t.add_meeting();
                sum(t, "attendees", 171);
                sum(t, "opinions", 7);
                sum(t, "no", 9);
            }),
            ["SL05 B1!K9 [171] Dòng tổng cộng ghi 171, các dòng 6 đến 7 cộng lại là 170."]
        );
    }

    #[test]
    fn holes_make_it_uncertain() {
        for (change, expected) in [
            (|t| spoil(&mut t.meeting(1).women), &[][..]),
            (|t| blank(&mut t.meeting(1).women), &[]),
            (
                |t| {
                    blank(&mut t.meeting(1).women);
                    count(&mut t.meeting(0).women, 51);
                },
                &["SL05 B1!K9"],
            ),
        ] as [(fn(&mut Trial), &[&str]); 3]
        {
            let found = codes(|t| {
                t.add_meeting();
                sum(t, "women", 50);
                change(t);
            });
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn only_covered_rows_are_summed() {
        let found = codes(|t| {
            t.add_meeting();
            sum(t, "attendees", 85);
            t.detail().meetings.written_totals[0].covers = (6, 6);
        });
        assert!(found.is_empty());
    }

    #[test]
    fn a_sum_of_no_row_is_of_something_else() {
        let found = codes(|t| {
            sum(t, "attendees", 300);
            t.detail().meetings.written_totals[0].covers = (9, 8);
        });
        assert!(found.is_empty());
    }

    #[test]
    fn chairs_of_a_roll_up_are_its_meetings() {
        let row = |row, chairs: [Option<u32>; 4]| {
            let field = |col, value: Option<u32>| {
                let at = CellRef::new(row, col);
                value.map_or(Field::blank(at), |value| Field::new(at, Count::new(value)))
            };
            let [secretary, chairman, both, deputy] = chairs;
            RollUpRow {
                row,
                periodic: field(3, Some(1)),
                ad_hoc: field(4, Some(1)),
                by_secretary: field(6, secretary),
                by_chairman: field(7, chairman),
                by_both: field(8, both),
                by_deputy: field(9, deputy),
                ..RollUpRow::default()
            }
        };
        let rows = vec![
            row(6, [Some(1), Some(1), Some(0), Some(0)]),
            row(7, [Some(1), Some(1), Some(1), Some(0)]),
            row(8, [Some(1), None, None, Some(0)]),
            row(9, [Some(3), None, None, None]),
            row(10, [Some(0), Some(0), Some(0), Some(0)]),
            row(11, [None, None, None, None]),
        ];
        let table = Table { rows, ..Table::default() };
        assert_eq!(
            said(|t| t.submission.body = Body::RollUp(table)),
            [
                "SL05 !G8 [3] Số cuộc theo người chủ trì cộng lại là 3, khác số cuộc là 2.",
                "SL05 !G10 [3] Số cuộc theo người chủ trì cộng lại là 3, khác số cuộc là 2.",
                "SL05 !G11 [0] Số cuộc theo người chủ trì cộng lại là 0, khác số cuộc là 2.",
            ]
        );
    }

    #[test]
    fn kinds_and_sums_of_a_roll_up() {
        let row = |row, figures: [u32; 3]| {
            let field = |col, value| Field::new(CellRef::new(row, col), Count::new(value));
            RollUpRow {
                row,
                periodic: field(3, figures[0]),
                ad_hoc: field(4, figures[1]),
                total: field(5, figures[2]),
                ..RollUpRow::default()
            }
        };
        let rows = vec![row(6, [1, 0, 1]), row(7, [1, 1, 1])];
        let value = Field::new(CellRef::new(8, 3), Count::new(3));
        let written_totals = vec![WrittenTotal { field: "periodic", value, covers: (6, 7) }];
        let table = Table { rows, written_totals, ..Table::default() };
        assert_eq!(
            said(|t| t.submission.body = Body::RollUp(table)),
            [
                "SL05 !F8 [1] Định kỳ 1 + đột xuất 1 là 2, khác tổng số cuộc là 1.",
                "SL05 !D9 [3] Dòng tổng cộng ghi 3, các dòng 7 đến 8 cộng lại là 2."
            ]
        );
    }
}
