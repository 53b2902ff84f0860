//! HS03, HS04: papers (hồ sơ) that the outcome of a petition should have and the form does not give.

use super::case::Case;
use super::noticed::{Noticed, hole};
use crate::model::submission::Table;
use crate::model::{CellRef, Outcome, Petition, Rule, Severity};

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

/// What an outcome needs: the columns that can show it, of which one is enough.
struct Paper {
    rule: &'static Rule,
    outcome: Outcome,
    columns: &'static [&'static str],
    label: &'static str,
    lacking: fn(&Petition) -> bool,
    /// The cells that cannot be read, where no other shows the paper.
    unread: fn(&Petition) -> [Option<CellRef>; 2],
    cell: fn(&Petition) -> Option<CellRef>,
}

static PAPERS: [Paper; 2] = [
    Paper {
        rule: &HS03,
        outcome: Outcome::K2,
        columns: &["reply_no"],
        label: "số văn bản trả lời",
        lacking: |petition| petition.reply_no.is_blank(),
        unread: |petition| [hole(&petition.reply_no), None],
        cell: |petition| petition.reply_no.cell,
    },
    Paper {
        rule: &HS04,
        outcome: Outcome::K5,
        columns: &["reply_no", "acknowledged"],
        label: "số văn bản, ngày chuyển",
        lacking: |petition| petition.reply_no.is_blank() && petition.acknowledged.is_blank(),
        unread: |petition| {
            let given =
                petition.reply_no.given().is_some() || petition.acknowledged.given().is_some();
            let cells = [hole(&petition.reply_no), hole(&petition.acknowledged)];
            cells.map(|cell| cell.filter(|_| !given))
        },
        cell: |petition| petition.reply_no.cell.or(petition.acknowledged.cell),
    },
];

/// A sheet without the column is told once, not once for each petition.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    if let Some(table) = case.petitions() {
        for paper in &PAPERS {
            of_outcome(case, table, paper, findings);
        }
    }
}

fn of_outcome(case: &Case<'_>, table: &Table<Petition>, paper: &Paper, findings: &mut Noticed) {
    for petition in &table.rows {
        let at = (&table.sheet, petition.cell());
        if petition.outcome.value() == Some(paper.outcome) {
            findings.blocked(case, paper.rule, at, (paper.unread)(petition));
        } else {
            findings.unread(case, paper.rule, &table.sheet, &petition.outcome);
        }
    }
    let Paper { rule, outcome, label, .. } = *paper;
    let concerned = table.rows.iter().filter(|row| row.outcome.value() == Some(outcome));
    let lacking: Vec<&Petition> = concerned.filter(|row| (paper.lacking)(row)).collect();
    if lacking.is_empty() {
        return;
    }
    if paper.columns.iter().all(|column| table.absent.contains(column)) {
        let message = format!(
            "Biểu 2 không có cột {label}; {} kiến nghị kết quả {outcome} chưa có căn cứ.",
            lacking.len()
        );
        findings.push(case.finding(rule, &table.sheet, Some(table.anchor), message));
        return;
    }
    for petition in lacking {
        let message = format!("Kết quả {outcome} ({}) nhưng chưa ghi {label}.", outcome.label());
        let cell = (paper.cell)(petition).unwrap_or(petition.cell());
        findings.push(case.finding(rule, &table.sheet, Some(cell), message));
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Field;
    use crate::rules::testing::{Trial, blank, codes, said, spoil};

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
    }

    #[test]
    fn what_needs_no_paper_or_may_have_one() {
        for change in [
            |t| blank(&mut t.petition(0).reply_no),
            |t| blank(&mut t.petition(K5).reply_no),
            |t| blank(&mut t.petition(K5).acknowledged),
            |t| spoil(&mut t.petition(K2).reply_no),
            |t| {
                blank(&mut t.petition(K2).reply_no);
                spoil(&mut t.petition(K2).outcome);
            },
        ] as [fn(&mut Trial); 5]
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
    }
}
