//! Which quarter a file states, by what it says in each place, and what must be said of it.

use super::stated::{stated_days, stated_period};
use crate::model::submission::FilePath;
use crate::open::{Value, Workbook};
use crate::recognise::claims::FREE_TEXT;
use crate::recognise::{Claim, Source};

fn claims(said: &[(Source, &'static str, &str)]) -> Vec<Claim> {
    let claim = |(source, field, text): &(Source, &'static str, &str)| Claim {
        source: *source,
        field,
        sheet: None,
        cell: None,
        value: Some(Value::Text((*text).into())),
    };
    said.iter().map(claim).collect()
}

/// The quarter, and the findings with their severities.
fn stated(said: &[(Source, &'static str, &str)]) -> (Option<String>, Vec<String>) {
    let mut findings = Vec::new();
    let (file, book) = (FilePath::new("a.xlsx"), Workbook::default());
    let period = stated_period(&file, &book, (&claims(said), &[]), &mut findings);
    let told = findings.iter().map(|one| format!("{} {}", one.rule.code, one.severity.key()));
    (period.map(|period| period.to_string()), told.collect())
}

const NAME: (Source, &str, &str) = (Source::FileName, FREE_TEXT, "BC_02635_2021_Q2.xlsx");

#[test]
fn a_title_that_cannot_be_used_does_not_let_the_name_win_unsaid() {
    for (title, period, told) in [
        ("Quý II/2021", Some("2021-Q2"), &[][..]),
        ("QUÝ II", Some("2021-Q2"), &[]),
        ("KẾT QUẢ TIẾP XÚC, ĐỐI THOẠI", Some("2021-Q2"), &[]),
        ("QUÝ II CỦA PHƯỜNG NĂM 2021", Some("2021-Q2"), &[]),
        ("Phương hướng 6 tháng cuối năm 2021", Some("2021-Q2"), &[]),
        ("Kế hoạch số 15-KH/TU năm 2020", Some("2021-Q2"), &[]),
        ("KẾT QUẢ ĐỐI THOẠI NĂM 2021", Some("2021-Q2"), &["KY01 warning"]),
        ("KẾT QUẢ ĐỐI THOẠI NĂM 2020", None, &["KY01 error"]),
        ("6 THÁNG ĐẦU NĂM 2021", None, &["KY01 error"]),
        ("NĂM 2021", None, &["KY01 error"]),
        ("THÁNG 6/2021", None, &["KY01 error"]),
        ("9 THÁNG NĂM 2021", None, &["KY01 error"]),
        ("QUÝ I, II/2021", None, &["KY01 error"]),
        ("QUÝ I", None, &["KY01 error"]),
        ("Từ 20/3/2021 đến 19/6/2021", None, &["KY01 error"]),
        ("Quý III/2021", Some("2021-Q3"), &["KY02 warning"]),
    ] {
        let (found, said) = stated(&[(Source::Title, FREE_TEXT, title), NAME]);
        assert_eq!(
            (found.as_deref(), said),
            (period, told.iter().map(ToString::to_string).collect()),
            "{title}"
        );
        // Under its label the quarter stands, whatever the title says; what it says is told beside the table.
        let label = (Source::Info, "period", "Quý II/2021");
        let (found, said) = stated(&[label, (Source::Title, FREE_TEXT, title), NAME]);
        assert_eq!((found.as_deref(), said), (Some("2021-Q2"), Vec::new()), "{title}");
    }
}

#[test]
fn quarter_and_year_in_two_rows_or_places() {
    use Source::{Info, Title};
    for (said, period) in [
        (
            &[
                (Title, FREE_TEXT, "QUÝ I"),
                (Title, FREE_TEXT, "UBND PHƯỜNG A"),
                (Title, FREE_TEXT, "NĂM 2021"),
            ][..],
            Some("2021-Q1"),
        ),
        (&[(Title, FREE_TEXT, "QUÝ II"), (Title, FREE_TEXT, "NĂM 2021"), NAME], Some("2021-Q2")),
        (&[(Info, "year", "2021"), (Title, FREE_TEXT, "QUÝ I")], Some("2021-Q1")),
        (&[(Info, "year", "2021"), NAME], Some("2021-Q2")),
        (&[(Info, "year", "Năm 2020"), NAME], None),
        (&[(Info, "period", "Quý II/2021"), (Info, "year", "2020")], None),
        (&[(Info, "period", "Quý II/2021"), (Info, "period", "Quý I/2021"), NAME], None),
        (&[(Info, "period", "Quý II/2021"), (Info, "period", "Q2/2021"), NAME], Some("2021-Q2")),
    ] {
        let (found, told) = stated(said);
        assert_eq!(found.as_deref(), period, "{said:?}");
        assert_eq!(told.is_empty(), period.is_some(), "{said:?}: {told:?}");
    }
}

#[test]
fn days_that_a_file_says_to_reach_over() {
    let (file, book) = (FilePath::new("a.xlsx"), Workbook::default());
    for (source, field, text, days) in [
        (
            Source::Info,
            "period",
            "Quý I/2021 (từ 15/12/2020 đến 14/3/2021)",
            Some("2020-12-15 2021-03-14"),
        ),
        (
            Source::Title,
            FREE_TEXT,
            "(Từ ngày 01/01 đến ngày 31/3/2021)",
            Some("2021-01-01 2021-03-31"),
        ),
        (Source::Title, FREE_TEXT, "Số liệu đến 31/3/2021", None),
        (Source::Info, "period", "Quý I/2021", None),
    ] {
        let found = stated_days(&file, &book, (&claims(&[(source, field, text)]), &[]));
        let found = found.map(|days| format!("{} {}", days.first, days.last));
        assert_eq!(found.as_deref(), days, "{text}");
    }
}
