//! What changed since an earlier run (chạy lại): findings by what they are about, figures with their cause.

use super::changed_figures::{ChangedFigure, figures};
use super::known;
use super::previous::{PastFinding, Previous};
use super::summary::Summary;

/// The comparison with an earlier run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// "Today" of the earlier run.
    pub as_of: String,
    /// For each finding of this run, in its order, whether it is new.
    pub is_new: Vec<bool>,
    /// Findings of the earlier run that are gone.
    pub gone: Vec<PastFinding>,
    /// Figures that differ: of units by code, then the sums of each level and of all.
    pub figures: Vec<ChangedFigure>,
}

/// The earlier result is not of the same quarter and scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "Kết quả lần trước là của kỳ {period}, phạm vi {scope}; chỉ so sánh được hai lần tổng hợp của cùng kỳ, cùng phạm vi."
)]
pub struct OtherQuarter {
    /// Its quarter.
    pub period: String,
    /// Its scope.
    pub scope: String,
}

/// Compares a run with an earlier one of the same quarter and scope.
pub fn compare(previous: &Previous, summary: &Summary) -> Result<Changes, OtherQuarter> {
    let same = previous.period == summary.period.to_string()
        && previous.scope == summary.scope.code.as_str();
    if !same {
        let Previous { period, scope, .. } = previous.clone();
        return Err(OtherQuarter { period, scope });
    }
    let (is_new, is_gone) = known::compare(previous, summary);
    let all = previous.findings.iter().zip(is_gone);
    let gone = all.filter(|(_, gone)| *gone).map(|(finding, _)| finding.clone()).collect();
    let figures = figures(previous, summary);
    Ok(Changes { as_of: previous.as_of.clone(), is_new, gone, figures })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::changed_figures::Whose;
    use crate::check::trials::Batch;
    use crate::model::{CellRef, Field};
    use crate::render::json::{json, previous::previous};
    use crate::rules::testing::{Trial, blank, count, date};

    /// Two communes: one with a late notice and a repeated meeting, one without a fault.
    fn quarter(change: impl FnOnce(&mut Trial), other: impl FnOnce(&mut Trial)) -> Batch {
        let mut batch = Batch::empty();
        batch.send("02947", |t| {
            date(&mut t.meeting(0).notice_date, "2021-03-25");
            blank(&mut t.meeting(0).published);
            let row = t.meeting(0).clone();
            t.detail().meetings.rows.push(row);
            t.detail().petitions = None;
            change(t);
        });
        batch.send("02950", other);
        batch
    }

    fn past(batch: &Batch) -> Previous {
        previous(&json(&batch.summary())).unwrap()
    }

    /// What is new, what is gone, and the figures, as short lines.
    fn changes(before: &Batch, after: &Batch) -> [Vec<String>; 3] {
        let summary = after.summary();
        let changes = compare(&past(before), &summary).unwrap();
        let findings = summary.findings.iter().zip(&changes.is_new).filter(|(_, new)| **new);
        let shown = |figure: &ChangedFigure| {
            let value = |value: Option<u64>| value.map_or("–".to_owned(), |v| v.to_string());
            let files: Vec<&str> = figure.files().collect();
            format!(
                "{} {} {}→{} {} {:?}",
                figure.whose.words(),
                figure.measure.key(),
                value(figure.before),
                value(figure.after),
                if files.is_empty() { figure.cause().to_owned() } else { files.join("+") },
                figure.asked
            )
        };
        let unit = |figure: &&ChangedFigure| matches!(figure.whose, Whose::Unit(_));
        let figures = changes.figures.iter().filter(unit);
        [
            findings.map(|(finding, _)| finding.rule.code.to_owned()).collect(),
            changes.gone.iter().map(|finding| finding.code.clone()).collect(),
            figures.map(shown).collect(),
        ]
    }

    const NONE: [&str; 0] = [];

    #[test]
    fn the_same_again_is_no_change() {
        let batch = quarter(|_| {}, |_| {});
        assert!(batch.summary().findings.len() > 5);
        assert_eq!(changes(&batch, &batch), [NONE, NONE, NONE]);
    }

    #[test]
    fn a_row_inserted_above_makes_nothing_new() {
        fn down<T: Clone>(field: &mut Field<T>) {
            let cell = field.cell().map(|cell| CellRef::new(cell.row + 3, cell.col));
            *field = Field::placed(cell, field.reading.clone());
        }
        let lower = |t: &mut Trial| {
            for row in &mut t.detail().meetings.rows {
                row.row += 3;
                down(&mut row.no);
                down(&mut row.date);
                down(&mut row.notice_date);
                down(&mut row.published);
            }
        };
        let [before, after] = [quarter(|_| {}, |_| {}), quarter(lower, |_| {})];
        let places = |batch: &Batch| -> Vec<_> {
            batch.summary().findings.iter().map(|finding| finding.place.cell).collect()
        };
        assert_ne!(places(&before), places(&after));
        assert_eq!(changes(&before, &after), [NONE, NONE, NONE]);
    }

    /// A commune's file, its older version, and one of nobody: none of them is a new finding under another name.
    #[test]
    fn a_file_under_another_name_makes_nothing_new() {
        use crate::check::Content;
        use crate::check::trials::read_file;
        use crate::model::submission::FilePath;
        use crate::model::{Finding, Place};
        use crate::normalise::Rejection;
        use crate::rules::tep::TEP01;
        let folder = |names: [&str; 3], attendees: u32| {
            let mut batch = quarter(|_| {}, |_| {});
            for name in &names[..2] {
                batch.send("02953", |t| {
                    t.submission.file = FilePath::new(name);
                    count(&mut t.meeting(0).attendees, attendees);
                });
                let file = batch.files.last_mut().unwrap();
                file.sha256 = Some(format!("{} {attendees}", name.contains("sửa")));
            }
            let content = Content::Rejected(Rejection { could_be: Vec::new(), period: None });
            let mut nobody = read_file(names[2], content);
            let place = Place::file(nobody.path.clone());
            nobody.findings.push(Finding::new(&TEP01, place, "Không đọc được tệp: bị cụt."));
            nobody.sha256 = Some("nobody".to_owned());
            batch.files.push(nobody);
            batch
        };
        let before = folder(["a.xlsx", "a sửa.xlsx", "hong.xlsx"], 85);
        let codes: Vec<&str> =
            before.summary().findings.iter().map(|finding| finding.rule.code).collect();
        assert!(codes.contains(&"DV05") && codes.contains(&"TEP01"), "{codes:?}");
        let names = ["xa/b.xlsx", "xa/b sửa.xlsx", "xa/tep hong.xlsx"];
        assert_eq!(changes(&before, &folder(names, 85)), [NONE, NONE, NONE]);
        // The bytes are the same, so a figure that changed has another cause than the new name.
        let mut stricter = folder(names, 85);
        stricter.profile.conclusion_days.value = 3;
        stricter.profile.sha256 = "other".to_owned();
        let [_, _, figures] = changes(&before, &stricter);
        assert!(figures.iter().any(|line| line.starts_with("02953 ")), "{figures:?}");
        assert!(figures.iter().all(|line| line.ends_with("profile None")), "{figures:?}");
        // Other bytes under another name are another file.
        let [_, _, figures] = changes(&before, &folder(names, 90));
        // Two files of one unit (DV05) ask for any figure.
        assert_eq!(figures, ["02953 attendees 85→90 xa/b sửa.xlsx Some(true)"]);
        let mut gone = folder(["xa/b.xlsx", "a sửa.xlsx", "xa/tep hong.xlsx"], 85);
        gone.files.retain(|file| file.path.as_str() != "a sửa.xlsx");
        let [new, went, _] = changes(&before, &gone);
        assert_eq!((new, went), (Vec::new(), vec!["DV05".to_owned()]));
    }

    /// The same folder with another content in one file.
    fn resent(mut batch: Batch, at: usize) -> Batch {
        batch.files[at].sha256 = Some("other".to_owned());
        batch
    }

    #[test]
    fn a_corrected_file_is_the_cause_of_what_changed() {
        let mended = |t: &mut Trial| {
            date(&mut t.meeting(0).notice_date, "2021-03-17");
            count(&mut t.meeting(0).attendees, 90);
        };
        let after = resent(quarter(mended, |_| {}), 0);
        let [new, gone, figures] = changes(&quarter(|_| {}, |_| {}), &after);
        assert_eq!(new, NONE);
        assert_eq!(gone, ["TH01"]);
        assert_eq!(
            figures,
            [
                // SL04 asks for any figure, TH01 for the notices.
                "02947 attendees 170→175 xa/02947.xlsx Some(true)",
                "02947 notices_on_time 0→1 xa/02947.xlsx Some(true)",
                "02947 notices_late 2→1 xa/02947.xlsx Some(true)",
            ]
        );
    }

    #[test]
    fn a_figure_that_changed_unasked_is_told() {
        let other = |t: &mut Trial| {
            date(&mut t.meeting(0).notice_date, "2021-03-25");
            blank(&mut t.meeting(0).published);
        };
        let also = |t: &mut Trial| {
            date(&mut t.meeting(0).notice_date, "2021-03-18");
            count(&mut t.meeting(0).attendees, 185);
        };
        let after = resent(quarter(|_| {}, also), 1);
        let [_, gone, figures] = changes(&quarter(|_| {}, other), &after);
        assert_eq!(gone, ["TH01", "HS05"]);
        assert_eq!(
            figures,
            [
                "02950 attendees 85→185 xa/02950.xlsx Some(false)",
                "02950 notices_on_time 0→1 xa/02950.xlsx Some(true)",
                "02950 notices_late 1→0 xa/02950.xlsx Some(true)",
            ]
        );
    }

    #[test]
    fn causes_that_are_no_new_file() {
        let before = quarter(|_| {}, |_| {});
        let mut sooner = quarter(
            |_| {},
            |t| {
                blank(&mut t.meeting(0).notice_no);
                blank(&mut t.meeting(0).notice_date);
            },
        );
        let later = past(&sooner);
        sooner.as_of = "2021-03-15".parse().unwrap();
        let figures = compare(&later, &sooner.summary()).unwrap().figures;
        let causes: Vec<_> = figures.iter().map(|one| (one.cause(), one.asked)).collect();
        assert!(
            !causes.is_empty() && causes.iter().all(|one| *one == ("as_of", None)),
            "{causes:?}"
        );
        let mut stricter = quarter(|_| {}, |_| {});
        stricter.profile.conclusion_days.value = 3;
        stricter.profile.sha256 = "other".to_owned();
        let [_, _, figures] = changes(&before, &stricter);
        assert!(figures.iter().all(|line| line.ends_with("profile None")), "{figures:?}");
        let mut fewer = quarter(|_| {}, |_| {});
        fewer.files.remove(1);
        let [new, _, figures] = changes(&before, &fewer);
        assert_eq!(new, ["TH05"]);
        assert!(
            figures.iter().all(|line| line.ends_with(" xa/02950.xlsx Some(false)")),
            "{figures:?}"
        );
        let mut renamed = quarter(|_| {}, |_| {});
        renamed.profile.conclusion_days.value = 3;
        let [_, _, figures] = changes(&before, &renamed);
        assert!(figures.iter().all(|line| line.ends_with("program None")), "{figures:?}");
    }

    #[test]
    fn another_quarter_is_refused() {
        let mut past = past(&Batch::empty());
        past.period = "2020-Q4".to_owned();
        let refused = compare(&past, &Batch::empty().summary()).unwrap_err();
        assert_eq!((refused.period.as_str(), refused.scope.as_str()), ("2020-Q4", "10"));
    }

    #[test]
    fn what_is_no_result_is_refused() {
        for (text, why) in [
            ("", "tệp không phải JSON hoặc bị hỏng ở dòng 1"),
            ("[]", "tệp không phải kết quả ket-qua-….json của qc17: thiếu “period”"),
            (
                "{\"profile\": {\"sha256\": \"a\"}, \"period\": \"2021-Q1\", \"as_of\": \"\", \"scope\": \"10\"}",
                "tệp không phải kết quả ket-qua-….json của qc17: thiếu “files”",
            ),
        ] {
            assert_eq!(previous(text).unwrap_err().to_string(), why);
        }
    }
}
