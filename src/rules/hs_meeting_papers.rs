//! HS01, HS02, HS05: papers (hồ sơ) that a meeting should have and the form does not give.

use super::case::{Case, shown};
use super::noticed::{Noticed, hole};
use crate::model::{CellRef, Field, Meeting, Rule, Severity};

/// HS01: no plan.
pub static HS01: Rule = Rule {
    code: "HS01",
    slug: "thieu-ke-hoach",
    severity: Severity::Warning,
    title: "Thiếu kế hoạch",
    why: "Kế hoạch là căn cứ cho thấy cuộc được chuẩn bị trước về nội dung, thành phần.",
    breaks: "Cuộc ngày 15/03/2021 để trống cả số và ngày kế hoạch.",
    keeps: "Cuộc ngày 15/03/2021 có kế hoạch số 12-KH/ĐU ngày 20/02/2021.",
    mend: "Ghi số, ngày kế hoạch; không có kế hoạch thì giải trình.",
};

/// HS02: no minutes.
pub static HS02: Rule = Rule {
    code: "HS02",
    slug: "thieu-bien-ban",
    severity: Severity::Warning,
    title: "Thiếu biên bản",
    why: "Biên bản là căn cứ đối chiếu số người tham gia và các ý kiến đã nêu.",
    breaks: "Cuộc ngày 15/03/2021 để trống ngày biên bản.",
    keeps: "Cuộc ngày 15/03/2021 có biên bản ngày 15/03/2021.",
    mend: "Ghi ngày biên bản; không lập biên bản thì giải trình.",
};

/// HS05: no day of publication.
pub static HS05: Rule = Rule {
    code: "HS05",
    slug: "chua-ghi-ngay-cong-khai",
    severity: Severity::Info,
    title: "Chưa ghi ngày công khai",
    why: "Kết quả đối thoại phải được công khai để người dân theo dõi.",
    breaks: "Cuộc ngày 15/03/2021 để trống ngày công khai.",
    keeps: "Cuộc ngày 15/03/2021 công khai kết quả ngày 24/03/2021.",
    mend: "Ghi ngày công khai; chưa công khai thì công khai kết quả rồi ghi ngày.",
};

/// One kind of paper: the columns that can show it, of which one is enough.
struct Paper {
    rule: &'static Rule,
    columns: &'static [&'static str],
    label: &'static str,
    lacking: fn(&Meeting) -> bool,
    /// Whether it can only be there once the meeting was held.
    afterwards: bool,
    /// The cells that cannot be read, where no other shows the paper.
    unread: fn(&Meeting) -> [Option<CellRef>; 2],
    cell: fn(&Meeting) -> Option<CellRef>,
}

static PAPERS: [Paper; 3] = [
    Paper {
        rule: &HS01,
        columns: &["plan_no", "plan_date"],
        label: "số, ngày kế hoạch",
        lacking: no_plan,
        afterwards: false,
        unread: unread_plan,
        cell: |meeting| meeting.plan_no.cell().or(meeting.plan_date.cell()),
    },
    Paper {
        rule: &HS02,
        columns: &["minutes_date"],
        label: "ngày biên bản",
        lacking: |meeting| meeting.minutes_date.is_blank(),
        afterwards: true,
        unread: |meeting| [hole(&meeting.minutes_date), None],
        cell: |meeting| meeting.minutes_date.cell(),
    },
    Paper {
        rule: &HS05,
        columns: &["published"],
        label: "ngày công khai",
        lacking: |meeting| meeting.published.is_blank(),
        afterwards: true,
        unread: |meeting| [hole(&meeting.published), None],
        cell: |meeting| meeting.published.cell(),
    },
];

fn no_plan(meeting: &Meeting) -> bool {
    meeting.plan_no.is_blank() && meeting.plan_date.is_blank()
}

fn unread_plan(meeting: &Meeting) -> [Option<CellRef>; 2] {
    let given = meeting.plan_no.given().is_some() || meeting.plan_date.given().is_some();
    [hole(&meeting.plan_no), hole(&meeting.plan_date)].map(|cell| cell.filter(|_| !given))
}

/// A sheet without the column is told once, not once for each meeting.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let Some(table) = case.detail().map(|detail| &detail.meetings) else { return };
    for paper in &PAPERS {
        // Of a meeting that has not been there yet (KY04) nothing can be asked that follows it.
        let to_come = |meeting: &Meeting| {
            let day = meeting.date.value().filter(|_| paper.afterwards);
            day.is_some_and(|day| day > case.last_known_day())
        };
        for meeting in &table.rows {
            let at = (&table.sheet, meeting.cell());
            if (paper.lacking)(meeting) && to_come(meeting) {
                findings.blocked(case, paper.rule, at, [meeting.date.cell()]);
            }
            findings.blocked(case, paper.rule, at, (paper.unread)(meeting));
        }
        let lacking: Vec<&Meeting> = (table.rows.iter())
            .filter(|meeting| (paper.lacking)(meeting) && !to_come(meeting))
            .collect();
        if lacking.is_empty() {
            continue;
        }
        if paper.columns.iter().all(|column| table.absent.contains(column)) {
            let message = format!("Biểu 1 không có cột {}.", paper.label);
            findings.push(case.at_meeting(paper.rule, Some(table.anchor), message));
            continue;
        }
        for meeting in lacking {
            let message = format!("{} chưa ghi {}.", called(meeting), paper.label);
            let cell = (paper.cell)(meeting).unwrap_or(meeting.cell());
            findings.push(case.at_meeting(paper.rule, Some(cell), message));
        }
    }
}

fn called(meeting: &Meeting) -> String {
    let by_day = |date: &Field<_>| date.value().map(|day| format!("Cuộc ngày {}", shown(day)));
    by_day(&meeting.date).unwrap_or_else(|| format!("Cuộc ở dòng {}", u64::from(meeting.row) + 1))
}

#[cfg(test)]
mod tests {
    use crate::model::Field;
    use crate::rules::testing::{Trial, blank, codes, date, said, spoil};

    #[test]
    fn one_missing_paper() {
        for (change, expected) in [
            (
                |t| {
                    blank(&mut t.meeting(0).plan_no);
                    blank(&mut t.meeting(0).plan_date);
                },
                "HS01 B1!U6 Cuộc ngày 10/03/2021 chưa ghi số, ngày kế hoạch.",
            ),
            (
                |t| blank(&mut t.meeting(0).minutes_date),
                "HS02 B1!W6 Cuộc ngày 10/03/2021 chưa ghi ngày biên bản.",
            ),
            (
                |t| {
                    blank(&mut t.meeting(0).published);
                    spoil(&mut t.meeting(0).date);
                },
                "HS05 B1!Z6 Cuộc ở dòng 6 chưa ghi ngày công khai.",
            ),
        ] as [(fn(&mut Trial), &str); 3]
        {
            assert_eq!(said(change), [expected]);
        }
    }

    #[test]
    fn a_meeting_of_today_has_been_held() {
        for (iso, expected) in [("2021-04-05", true), ("2021-04-06", false)] {
            let found = codes(|t| {
                date(&mut t.meeting(0).date, iso);
                blank(&mut t.meeting(0).minutes_date);
            });
            assert_eq!(found.contains(&"HS02 B1!W6".to_owned()), expected, "{iso}: {found:?}");
        }
    }

    #[test]
    fn one_part_of_a_plan_is_enough() {
        for change in [
            |t| blank(&mut t.meeting(0).plan_no),
            |t| blank(&mut t.meeting(0).plan_date),
            |t| {
                blank(&mut t.meeting(0).plan_no);
                spoil(&mut t.meeting(0).plan_date);
            },
            |t| spoil(&mut t.meeting(0).published),
        ] as [fn(&mut Trial); 4]
        {
            assert!(codes(change).is_empty());
        }
    }

    #[test]
    fn an_absent_column_is_told_once() {
        let without = |t: &mut Trial| {
            t.add_meeting();
            for meeting in &mut t.detail().meetings.rows {
                meeting.plan_no = Field::absent();
                meeting.plan_date = Field::absent();
                meeting.minutes_date = Field::absent();
                meeting.published = Field::absent();
            }
            t.detail().meetings.absent = vec!["plan_no", "plan_date", "minutes_date", "published"];
        };
        assert_eq!(
            said(without),
            [
                "HS01 B1!A3 Biểu 1 không có cột số, ngày kế hoạch.",
                "HS02 B1!A3 Biểu 1 không có cột ngày biên bản.",
                "HS05 B1!A3 Biểu 1 không có cột ngày công khai."
            ]
        );
        // Nothing was held, so nothing is missing.
        let found = codes(|t| {
            without(t);
            t.detail().meetings.rows.clear();
            t.detail().petitions = None;
        });
        assert!(found.is_empty(), "{found:?}");
    }
}
