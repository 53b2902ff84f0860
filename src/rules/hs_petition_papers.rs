//! HS03, HS04: papers (hồ sơ) that the outcome of a petition should have and the form does not give.

use super::case::Case;
use super::noticed::{Noticed, hole};
use crate::model::submission::{SheetName, Table};
use crate::model::{CarriedPetition, CellRef, Field, Outcome, Petition, Rule, Severity, Text};
use chrono::NaiveDate;

/// HS03: settled after the meeting without a reply in writing.
pub static HS03: Rule = Rule {
    code: "HS03",
    slug: "k2-thieu-van-ban",
    severity: Severity::Warning,
    title: "Kết quả K2 mà không có văn bản trả lời",
    why: "K2 là đã giải quyết sau hội nghị có văn bản; không có số văn bản thì chưa có căn cứ.",
    breaks: "Kết quả ghi K2, cột Văn bản trả lời - Số để trống.",
    keeps: "Kết quả ghi K2, văn bản trả lời số 21/UBND-VP.",
    mend: "Ghi số văn bản trả lời; chưa có văn bản thì sửa lại kết quả.",
};

/// HS04: passed to a higher level without a paper or a day.
pub static HS04: Rule = Rule {
    code: "HS04",
    slug: "k5-thieu-van-ban-chuyen",
    severity: Severity::Warning,
    title: "Kết quả K5 mà không có văn bản hoặc ngày chuyển",
    why: "Không có văn bản, ngày chuyển thì không biết kiến nghị đã thật sự được chuyển hay chưa.",
    breaks: "Kết quả ghi K5, để trống cả số văn bản và ngày báo nhận, chuyển.",
    keeps: "Kết quả ghi K5, văn bản số 15-CV/ĐU, chuyển ngày 20/03/2021.",
    mend: "Ghi số văn bản hoặc ngày chuyển; chưa chuyển thì sửa lại kết quả.",
};

/// A petition of Biểu 2 or Biểu 3, as much of it as these rules look at.
struct Row<'a> {
    at: CellRef,
    outcome: &'a Field<Outcome>,
    /// What it was at the end of the last quarter; Biểu 3 only.
    before: Option<&'a Field<Outcome>>,
    reply_no: &'a Field<Text>,
    /// The day that shows that it was passed on.
    sent: &'a Field<NaiveDate>,
}

/// One of the two tables.
struct Listed<'a> {
    name: &'static str,
    sheet: &'a SheetName,
    anchor: CellRef,
    absent: &'a [&'static str],
    /// The column of the day that shows that a petition was passed on, and what it is called.
    sent: (&'static str, &'static str),
    rows: Vec<Row<'a>>,
}

/// A sheet without the column is told once, not once for each petition.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let tables = [case.petitions().map(petitions), case.carried().map(carried)];
    for table in tables.iter().flatten() {
        of_outcome(case, table, (&HS03, Outcome::K2), findings);
        of_outcome(case, table, (&HS04, Outcome::K5), findings);
    }
}

fn petitions(table: &Table<Petition>) -> Listed<'_> {
    let rows = table.rows.iter().map(|row| Row {
        at: row.cell(),
        outcome: &row.outcome,
        before: None,
        reply_no: &row.reply_no,
        sent: &row.acknowledged,
    });
    Listed {
        name: "Biểu 2",
        sheet: &table.sheet,
        anchor: table.anchor,
        absent: &table.absent,
        sent: ("acknowledged", "ngày chuyển"),
        rows: rows.collect(),
    }
}

fn carried(table: &Table<CarriedPetition>) -> Listed<'_> {
    let rows = table.rows.iter().map(|row| Row {
        at: row.outcome.cell().unwrap_or(CellRef::new(row.row, 0)),
        outcome: &row.outcome,
        before: Some(&row.before),
        reply_no: &row.reply_no,
        sent: &row.reply_date,
    });
    Listed {
        name: "Biểu 3",
        sheet: &table.sheet,
        anchor: table.anchor,
        absent: &table.absent,
        sent: ("reply_date", "ngày văn bản"),
        rows: rows.collect(),
    }
}

impl Row<'_> {
    /// Whether its paper was asked for in an earlier quarter: that of one passed on then.
    fn asked_before(&self, outcome: Outcome) -> bool {
        outcome == Outcome::K5 && self.before.and_then(Field::value) == Some(Outcome::K5)
    }

    /// Whether nothing shows the outcome; a day is enough for one passed on.
    fn lacking(&self, outcome: Outcome) -> bool {
        let day = outcome == Outcome::K5 && !self.sent.is_blank();
        self.reply_no.is_blank() && !day
    }

    /// The cells that cannot be read, where no other shows the paper.
    fn unread(&self, outcome: Outcome) -> [Option<CellRef>; 3] {
        if outcome == Outcome::K2 {
            return [hole(self.reply_no), None, None];
        }
        let given = self.reply_no.given().is_some() || self.sent.given().is_some();
        let cells = [hole(self.reply_no), hole(self.sent), self.before.and_then(hole)];
        cells.map(|cell| cell.filter(|_| !given))
    }
}

fn of_outcome(
    case: &Case<'_>,
    table: &Listed<'_>,
    (rule, outcome): (&'static Rule, Outcome),
    findings: &mut Noticed,
) {
    let mut lacking = Vec::new();
    for row in &table.rows {
        findings.unread(case, rule, table.sheet, row.outcome);
        if row.outcome.value() != Some(outcome) || row.asked_before(outcome) {
            continue;
        }
        let open = findings.blocked(case, rule, (table.sheet, row.at), row.unread(outcome));
        if !open && row.lacking(outcome) {
            lacking.push(row);
        }
    }
    if lacking.is_empty() {
        return;
    }
    let (column, day) = table.sent;
    let (columns, label) = if outcome == Outcome::K2 {
        (vec!["reply_no"], "số văn bản trả lời".to_owned())
    } else {
        (vec!["reply_no", column], format!("số văn bản, {day}"))
    };
    if columns.iter().all(|column| table.absent.contains(column)) {
        let message = format!(
            "{} không có cột {label}; {} kiến nghị kết quả {outcome} chưa có căn cứ.",
            table.name,
            lacking.len()
        );
        findings.push(case.finding(rule, table.sheet, Some(table.anchor), message));
        return;
    }
    for row in lacking {
        let message = format!("Kết quả {outcome} ({}) nhưng chưa ghi {label}.", outcome.label());
        let shown = [row.reply_no.cell(), row.sent.cell()].into_iter().take(columns.len());
        let cell = shown.flatten().next().unwrap_or(row.at);
        findings.push(case.finding(rule, table.sheet, Some(cell), message));
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Field, Outcome};
    use crate::rules::testing::{Trial, blank, codes, said, set, spoil};

    /// Where the clean Biểu 2 has its first K2 and its K5.
    const K2: usize = 3;
    const K5: usize = 6;

    #[test]
    fn an_outcome_without_its_paper() {
        assert_eq!(
            said(|t| blank(&mut t.petition(K2).reply_no)),
            [
                "HS03 B2!J8 Kết quả K2 (Đã giải quyết sau hội nghị) nhưng chưa ghi số văn bản trả lời."
            ]
        );
        assert_eq!(
            said(|t| {
                blank(&mut t.petition(K5).reply_no);
                blank(&mut t.petition(K5).acknowledged);
            }),
            ["HS04 B2!J11 Kết quả K5 (Chuyển cấp trên) nhưng chưa ghi số văn bản, ngày chuyển."]
        );
        assert_eq!(codes(|t| blank(&mut t.carried().reply_no)), ["HS03 B3!H5"]);
        // Passed on last quarter and settled now: the reply is new.
        assert_eq!(
            codes(|t| {
                set(&mut t.carried().before, Outcome::K5);
                blank(&mut t.carried().reply_no);
            }),
            ["HS03 B3!H5"]
        );
        assert_eq!(
            codes(|t| {
                set(&mut t.carried().outcome, Outcome::K5);
                blank(&mut t.carried().reply_no);
                blank(&mut t.carried().reply_date);
            }),
            ["HS04 B3!H5"]
        );
    }

    #[test]
    fn what_needs_no_paper_or_may_have_one() {
        for change in [
            |t| blank(&mut t.petition(0).reply_no),
            |t| blank(&mut t.petition(K5).reply_no),
            |t| blank(&mut t.petition(K5).acknowledged),
            |t| spoil(&mut t.petition(K2).reply_no),
            |t| set(&mut t.carried().outcome, Outcome::K5),
            |t| {
                // A day alone shows that it was passed on.
                set(&mut t.carried().outcome, Outcome::K5);
                blank(&mut t.carried().reply_no);
            },
            |t| {
                set(&mut t.carried().outcome, Outcome::K5);
                set(&mut t.carried().before, Outcome::K5);
                blank(&mut t.carried().reply_no);
                blank(&mut t.carried().reply_date);
            },
            |t| {
                set(&mut t.carried().outcome, Outcome::K5);
                spoil(&mut t.carried().before);
                blank(&mut t.carried().reply_no);
                blank(&mut t.carried().reply_date);
            },
            |t| {
                blank(&mut t.petition(K2).reply_no);
                spoil(&mut t.petition(K2).outcome);
            },
        ] as [fn(&mut Trial); 9]
        {
            assert!(codes(change).is_empty());
        }
    }

    #[test]
    fn an_absent_column_is_told_once() {
        let found = said(|t| {
            let table = t.detail().petitions.as_mut().unwrap();
            table.absent = vec!["reply_no"];
            for petition in &mut table.rows {
                petition.reply_no = Field::absent();
            }
        });
        assert_eq!(
            found,
            ["HS03 B2!A3 Biểu 2 không có cột số văn bản trả lời; 2 kiến nghị kết quả K2 chưa có \
              căn cứ."]
        );
        let found = said(|t| {
            set(&mut t.carried().outcome, Outcome::K5);
            t.carried().reply_no = Field::absent();
            t.carried().reply_date = Field::absent();
            t.detail().carried.as_mut().unwrap().absent = vec!["reply_no", "reply_date"];
        });
        assert_eq!(
            found,
            [
                "HS04 B3!A3 Biểu 3 không có cột số văn bản, ngày văn bản; 1 kiến nghị kết quả K5 chưa \
              có căn cứ."
            ]
        );
    }
}
