//! Which of several files is used, by which of the reasons that there are.

use super::batch::{Content, ReadFile};
use super::trials::Batch;
use crate::model::submission::FilePath;
use crate::rules::testing::{blank, count, date, day};

/// Names, versions in the titles, and which of the two is used for which reason.
#[test]
fn names_are_sorted_as_people_count() {
    let none = "vì đứng sau theo tên tệp, không có căn cứ nào khác";
    let corrected = "vì tên tệp hoặc tiêu đề ghi là bản sửa";
    for (names, titles, used, why) in [
        (["a (2).xlsx", "a (10).xlsx"], [1, 1], "a (10).xlsx", none),
        (["a 2 1.xlsx", "a 10.xlsx"], [1, 1], "a 10.xlsx", none),
        (["a.xlsx", "a (1).xlsx"], [1, 1], "a (1).xlsx", none),
        (["b.xlsx", "a10b.xlsx"], [1, 1], "b.xlsx", none),
        // What the titles say counts, unless the name says that the file was set aside.
        (["a.xlsx", "b.xlsx"], [2, 1], "a.xlsx", corrected),
        (["a.xlsx", "b nháp.xlsx"], [1, 2], "a.xlsx", "vì tên tệp này ghi là bản cũ hoặc bản nháp"),
    ] {
        let mut batch = Batch::empty();
        for (name, title) in names.into_iter().zip(titles) {
            batch.send("02989", |t| {
                t.submission.file = FilePath::new(name);
                t.submission.version = title;
            });
        }
        let summary = batch.summary();
        let told = summary.findings.iter().find(|finding| finding.rule.code == "DV05").unwrap();
        let said = format!("\u{201c}{used}\u{201d} {why};");
        assert!(told.message.contains(&said), "{names:?}: {}", told.message);
    }
}

#[test]
fn rows_that_went_are_told() {
    let mut batch = Batch::empty();
    for name in ["a.xlsx", "b.xlsx"] {
        batch.send("02989", |t| {
            t.submission.file = FilePath::new(name);
            if name == "a.xlsx" {
                t.add_meeting();
            }
        });
    }
    let summary = batch.summary();
    let told = summary.findings.iter().find(|finding| finding.rule.code == "DV05").unwrap();
    assert!(told.message.contains("; số dòng Biểu 1 2 → 1."), "{}", told.message);
}

/// A file that answers the feedback is known by the version on its sheet, one by its name is not.
#[test]
fn why_a_version_is_the_newer_one() {
    for (name, answered, why) in [
        ("b.xlsx", 2, "vì là bản gửi lại theo phiếu phản hồi"),
        ("b lần 2.xlsx", 2, "vì tên tệp hoặc tiêu đề ghi là bản sửa"),
        ("b lần 3.xlsx", 2, "vì tên tệp hoặc tiêu đề ghi là bản sửa"),
        ("b lần 2.xlsx", 3, "vì là bản gửi lại theo phiếu phản hồi"),
    ] {
        let mut batch = Batch::empty();
        for name in ["a.xlsx", name] {
            batch.send("02989", |t| t.submission.file = FilePath::new(name));
        }
        let [first, second] = batch.files.as_mut_slice() else { panic!("two files") };
        (first.sha256, second.sha256) = (Some("a".to_owned()), Some("b".to_owned()));
        second.answer.version = answered;
        let summary = batch.summary();
        let told = summary.findings.iter().find(|finding| finding.rule.code == "DV05").unwrap();
        assert!(told.message.contains(&format!("{why}; ")), "{name}: {}", told.message);
    }
}

#[test]
fn a_correction_makes_nobody_late() {
    use crate::model::SubmissionState::{Late, OnTime};
    type Versions = [(&'static str, Option<&'static str>); 2];
    let listed: [(Versions, bool, _, &str); 6] = [
        (
            [("a.xlsx", Some("2021-04-02")), ("a sửa.xlsx", Some("2021-04-12"))],
            true,
            OnTime,
            "2021-04-02",
        ),
        (
            [("a.xlsx", Some("2021-04-07")), ("a sửa.xlsx", Some("2021-04-12"))],
            true,
            Late,
            "2021-04-07",
        ),
        // Without a receipt the day of the report counts.
        ([("a.xlsx", None), ("a sửa.xlsx", Some("2021-04-12"))], true, OnTime, "2021-03-28"),
        ([("a.xlsx", Some("2021-04-12")), ("a sửa.xlsx", None)], true, OnTime, "2021-03-28"),
        // An untouched form is no report.
        (
            [("a.xlsx", Some("2021-04-02")), ("a sửa.xlsx", Some("2021-04-12"))],
            false,
            Late,
            "2021-04-12",
        ),
        (
            [("a.xlsx", Some("2021-04-05")), ("a sửa.xlsx", Some("2021-04-06"))],
            true,
            OnTime,
            "2021-04-05",
        ),
    ];
    for (versions, filled, state, came) in listed {
        let mut batch = Batch::empty();
        for (name, received) in versions {
            batch.send("02989", |t| {
                t.submission.file = FilePath::new(name);
                if !filled && name == "a.xlsx" {
                    t.detail().meetings.rows.clear();
                    t.detail().petitions = None;
                    t.detail().carried = None;
                }
            });
            batch.files.last_mut().unwrap().received = received.map(day);
        }
        let summary = batch.summary();
        let line = summary.unit(crate::check::trials::code("02989")).unwrap();
        assert_eq!((line.submission, line.submitted), (state, Some(day(came))), "{versions:?}");
        let late = summary.findings.iter().filter(|finding| finding.rule.code == "TH04");
        assert_eq!(late.count(), usize::from(state == Late), "{versions:?}");
    }
}

type Change = fn(&mut [ReadFile; 2]);

/// Two files of one commune, a and b: which is used, and why.
const NEWEST: [(Change, &str, &str); 7] = [
    (|_| {}, "b.xlsx", "vì đứng sau theo tên tệp, không có căn cứ nào khác"),
    (|[a, _]| a.received = Some(day("2021-04-02")), "a.xlsx", "vì nhận sau (02/04/2021)"),
    (
        |[a, b]| {
            a.received = Some(day("2021-04-02"));
            b.received = Some(day("2021-04-01"));
        },
        "a.xlsx",
        "vì nhận sau (02/04/2021)",
    ),
    (
        |[a, b]| {
            let Content::Submission(one) = &mut a.content else { return };
            date(&mut one.report_date, "2021-03-29");
            b.received = Some(day("2021-04-02"));
        },
        "a.xlsx",
        "vì ngày báo cáo mới hơn (29/03/2021)",
    ),
    (
        |[a, b]| {
            // The corrected file has lost its date.
            let Content::Submission(one) = &mut a.content else { return };
            blank(&mut one.report_date);
            a.path = FilePath::new("a lần 2.xlsx");
            b.received = Some(day("2021-04-02"));
        },
        "a lần 2.xlsx",
        "vì tên tệp hoặc tiêu đề ghi là bản sửa",
    ),
    (
        |[a, _]| {
            let Content::Submission(one) = &mut a.content else { return };
            blank(&mut one.report_date);
            a.received = Some(day("2021-04-02"));
        },
        "b.xlsx",
        "vì có ghi ngày báo cáo (28/03/2021)",
    ),
    (
        |[a, b]| {
            a.sha256 = Some("same".to_owned());
            b.sha256 = Some("same".to_owned());
        },
        "b.xlsx",
        "(hai tệp giống hệt nhau)",
    ),
];

#[test]
fn the_newest_by_what_is_known() {
    for (change, used, why) in NEWEST {
        let mut batch = Batch::empty();
        for name in ["a.xlsx", "b.xlsx"] {
            batch.send("02989", |t| {
                t.submission.file = FilePath::new(name);
                count(&mut t.meeting(0).attendees, if name == "a.xlsx" { 85 } else { 1086 });
            });
        }
        let Ok(files) = <&mut [ReadFile; 2]>::try_from(batch.files.as_mut_slice()) else {
            panic!("two files");
        };
        for file in files.iter_mut() {
            file.sha256 = Some(file.path.to_string());
        }
        change(files);
        let summary = batch.summary();
        let told: Vec<&str> = (summary.findings.iter())
            .filter(|finding| finding.rule.code == "DV05")
            .map(|finding| finding.message.as_str())
            .collect();
        let [told] = told.as_slice() else { panic!("{told:?}") };
        assert!(told.contains(&format!("\u{201c}{used}\u{201d} {why}; ")), "{told}");
        let figures = why != "(hai tệp giống hệt nhau)";
        assert_eq!(told.contains("Số liệu thay đổi: Số lượt người tham gia"), figures, "{told}");
    }
}
