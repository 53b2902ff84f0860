//! SL01: the five outcomes of a meeting do not add up to its opinions.

use super::case::Case;
use super::noticed::{Noticed, lack};
use crate::model::submission::{Body, SheetName};
use crate::model::{CellRef, Count, Field, Outcome, Rule, Severity};

/// SL01: the outcomes K1 … K5 differ from the total.
pub static SL01: Rule = Rule {
    code: "SL01",
    slug: "tong-ket-qua-khac-tong-y-kien",
    severity: Severity::Error,
    title: "Tổng các kết quả K1…K5 khác tổng ý kiến",
    why: "Mỗi ý kiến có đúng một kết quả; tổng lệch thì tỷ lệ giải quyết tính ra sẽ sai.",
    breaks: "Tổng số 7 ý kiến, nhưng K1 5, K2 1, K3 0, K4 0, K5 0.",
    keeps: "Tổng số 7 ý kiến: K1 5, K2 1, K3 1, K4 0, K5 0.",
    mend: "Đối chiếu với biên bản, sửa tổng số hoặc số của từng kết quả cho bằng nhau.",
};

/// Looks at each meeting of Biểu 1, or each commune of Biểu 02.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    match &case.submission.body {
        Body::Detail(detail) => {
            for meeting in &detail.meetings.rows {
                let sheet = &detail.meetings.sheet;
                let at = (sheet, meeting.cell());
                compare(case, at, (&meeting.opinions, &meeting.outcomes), findings);
            }
        }
        Body::RollUp(table) => {
            for row in &table.rows {
                let cell = row.named_at.unwrap_or(CellRef::new(row.row, 0));
                compare(case, (&table.sheet, cell), (&row.opinions, &row.outcomes), findings);
            }
        }
    }
}

/// With an outcome not given nothing is certain unless the given ones already exceed the total.
fn compare(
    case: &Case<'_>,
    (sheet, at): (&SheetName, CellRef),
    (total, outcomes): (&Field<Count>, &[Field<Count>; 5]),
    findings: &mut Noticed,
) {
    let lacking = || [lack(total)].into_iter().chain(outcomes.iter().map(lack));
    let Some(opinions) = total.value() else {
        findings.blocked(case, &SL01, (sheet, at), lacking());
        return;
    };
    let given: Vec<(Outcome, Count)> = (Outcome::ALL.into_iter().zip(outcomes))
        .filter_map(|(outcome, field)| Some((outcome, field.value()?)))
        .collect();
    let sum: u64 = given.iter().map(|(_, count)| count.get()).sum();
    let whole = given.len() == outcomes.len();
    if sum <= opinions.get() && !whole {
        if !findings.blocked(case, &SL01, (sheet, at), lacking()) {
            findings.open(case, &SL01, (sheet, at), "Biểu không có đủ các cột kết quả K1 đến K5.");
        }
        return;
    }
    if sum == opinions.get() {
        return;
    }
    let parts: Vec<String> =
        given.iter().map(|(outcome, count)| format!("{outcome} {count}")).collect();
    let relation = if whole { "khác" } else { "đã lớn hơn" };
    let message = format!(
        "{} cộng lại là {}, {relation} tổng số ý kiến, kiến nghị là {opinions}.",
        parts.join(" + "),
        crate::model::count::grouped(sum)
    );
    findings.push(case.finding(&SL01, sheet, total.cell(), message).value(opinions.to_string()));
}

#[cfg(test)]
mod tests {
    use crate::model::submission::{Body, Table};
    use crate::model::{CellRef, Count, Field, RollUpRow};
    use crate::rules::testing::{blank, codes, count, said, spoil};

    #[test]
    fn all_given_and_not_the_total() {
        assert_eq!(
            said(|t| {
                t.detail().petitions = None;
                count(&mut t.meeting(0).outcomes[0], 4);
            }),
            [
                "SL01 B1!O6 [7] K1 4 + K2 2 + K3 1 + K4 0 + K5 1 cộng lại là 8, khác tổng số ý kiến, \
              kiến nghị là 7."
            ]
        );
        assert_eq!(
            codes(|t| {
                t.detail().petitions = None;
                count(&mut t.meeting(0).opinions, 8);
            }),
            ["SL01 B1!O6"]
        );
    }

    #[test]
    fn with_a_hole_only_an_excess_is_certain() {
        assert_eq!(
            said(|t| {
                t.detail().petitions = None;
                blank(&mut t.meeting(0).outcomes[3]);
                spoil(&mut t.meeting(0).outcomes[4]);
                count(&mut t.meeting(0).outcomes[0], 9);
            }),
            ["SL01 B1!O6 [7] K1 9 + K2 2 + K3 1 cộng lại là 12, đã lớn hơn tổng số ý kiến, \
              kiến nghị là 7."]
        );
        for change in [
            |t| blank(&mut t.meeting(0).outcomes[0]),
            |t| spoil(&mut t.meeting(0).outcomes[0]),
            |t| spoil(&mut t.meeting(0).opinions),
        ] as [fn(&mut crate::rules::testing::Trial); 3]
        {
            assert!(codes(change).is_empty());
        }
    }

    #[test]
    fn a_commune_in_a_roll_up() {
        let at = |col| CellRef::new(6, col);
        let outcomes = [0, 1, 2, 3, 4].map(|k| Field::new(at(13 + k), Count::new(k)));
        let row = RollUpRow {
            row: 6,
            opinions: Field::new(at(12), Count::new(9)),
            outcomes,
            ..RollUpRow::default()
        };
        let rows = vec![row];
        let found = codes(|t| t.submission.body = Body::RollUp(Table { rows, ..Table::default() }));
        assert_eq!(found, ["SL01 !M7"]);
    }
}
