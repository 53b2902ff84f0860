//! The review at its door: whole years made up in memory, across a merger and beside the year before.

use super::sample::{Year, merged, mixed, reorganised};
use super::{Document, DocumentKind, Geography, Review, UnitYear};
use crate::check::trials::code;
use crate::model::explanation::{About, Decision, Explanation};
use crate::model::submission::FilePath;
use crate::model::{Measure, Severity, Submission, Tallies, Text, Verdict};
use crate::rules::testing::{set, text};
use std::collections::BTreeMap;

fn unit<'r>(review: &'r Review, name: &str) -> &'r UnitYear {
    review.units.iter().find(|unit| shown(unit) == name).unwrap()
}

/// `02989 Bảo Hà`, with a dagger for a unit that ended.
fn shown(unit: &UnitYear) -> String {
    format!("{} {}{}", unit.unit.code, unit.unit.name, if unit.ended { "†" } else { "" })
}

#[test]
fn every_answer_of_a_year() {
    let review = mixed().review();
    let found: Vec<(String, &str)> =
        (review.units.iter()).map(|unit| (shown(unit), unit.account.verdict.key())).collect();
    assert_eq!(
        found.iter().map(|(name, key)| (name.as_str(), *key)).collect::<Vec<_>>(),
        [
            ("10 Lào Cai", "dat"),
            ("087 Bảo Yên", "dat"),
            ("02947 Phố Ràng", "dat"),
            ("02950 Tân Tiến", "chua_dat"),
            ("02953 Nghĩa Đô", "chua_dat_co_ly_do"),
            ("02956 Vĩnh Yên", "chua_nop"),
            ("02959 Điện Quan", "chua_xac_dinh"),
            // Founded on 10/02/2021: the first quarter has 50 days of it, enough to owe a meeting.
            ("02962 Xuân Thượng", "chua_nop"),
            ("02965 Tân Dương", "chua_xac_dinh"),
            ("02989 Bảo Hà", "chua_nop"),
        ]
    );
    let said: Vec<(String, Severity)> = (review.findings.iter())
        .map(|finding| (finding.unit.unwrap().to_string(), finding.severity))
        .collect();
    let expected = [("02950", Severity::Error), ("02953", Severity::Warning)];
    assert_eq!(said, expected.map(|(unit, severity)| (unit.to_owned(), severity)));
    let owed = |name: &str| {
        let record = unit(&review, name).punctuality;
        (record.on_time, record.missing, record.unreadable, record.owed)
    };
    assert_eq!(owed("02947 Phố Ràng"), (4, 0, 0, 4));
    assert_eq!(owed("02956 Vĩnh Yên"), (3, 1, 0, 4));
    assert_eq!(owed("02965 Tân Dương"), (3, 0, 1, 4));
    assert_eq!(owed("02989 Bảo Hà"), (0, 4, 0, 4));
    let notes = review.note(unit(&review, "02953 Nghĩa Đô"));
    assert_eq!(notes, "Lý do quý IV: Mưa lũ, hỏi ••••••••••.");
}

#[test]
fn before_the_year_is_over_nothing_is_missing() {
    let mut year = Year::of_2021();
    year.send("02947", &[1, 2], |_| {});
    for batch in &mut year.quarters {
        batch.as_of = super::sample::day("2021-07-10");
    }
    let review = year.review();
    let own = unit(&review, "02947 Phố Ràng");
    assert_eq!(own.account.verdict, Verdict::Undetermined);
    assert_eq!((own.punctuality.on_time, own.punctuality.owed, own.punctuality.missing), (2, 2, 0));
    let words: Vec<&str> = own.known().map(|quarter| quarter.timing.key()).collect();
    assert_eq!(words, ["on_time", "on_time", "pending", "pending"]);
    assert!(review.findings.is_empty());
}

#[test]
fn successors_carry_their_predecessors_with_the_break_printed() {
    let review = reorganised().review();
    let rows: Vec<String> = review
        .units
        .iter()
        .map(|unit| {
            let quarters = unit.quarters.iter().map(|one| if one.is_some() { 'x' } else { '.' });
            let heir = unit.heir.map(|at| format!(" in {}", shown(&review.units[at])));
            format!("{} {}{}", shown(unit), quarters.collect::<String>(), heir.unwrap_or_default())
        })
        .collect();
    assert_eq!(
        rows,
        [
            // Yên Bái lies outside of what was asked for in the first half of the sample.
            "15 Lào Cai ..xx",
            "10 Lào Cai† xx.. in 15 Lào Cai",
            "087 Bảo Yên† xx..",
            "02989 Bảo Hà ..xx",
            "02986 Kim Sơn† xx.. in 02989 Bảo Hà",
            "02989 Bảo Hà† xx.. in 02989 Bảo Hà",
            // It became one new unit whole and alone: one and the same through the year.
            "03004 Thượng Hà xxxx",
        ]
    );
    let answer = |name: &str| {
        let unit = unit(&review, name);
        (unit.account.owed, unit.account.counted, unit.account.verdict)
    };
    assert_eq!(answer("02989 Bảo Hà"), (2, 2, Verdict::Met), "the quarters that it existed");
    assert_eq!(answer("02989 Bảo Hà†"), (2, 2, Verdict::Met));
    assert_eq!(answer("02986 Kim Sơn†"), (2, 1, Verdict::Short));
    assert_eq!(answer("03004 Thượng Hà"), (4, 4, Verdict::Met));
    let heir = unit(&review, "02989 Bảo Hà");
    assert_eq!(
        review.note(heir),
        "Ngắt quãng: lập từ 01/07/2025 trên cơ sở Xã Kim Sơn (02986), Xã Bảo Hà (02989)."
    );
    assert_eq!(review.carried_words(heir, 0).unwrap(), "Tiền thân: 1 đạt, 1 chưa đạt");
    assert_eq!(review.carried_words(heir, 1).unwrap(), "Tiền thân: 2 đạt");
    assert_eq!(review.carried_words(heir, 2), None);
    assert_eq!(
        review.note(unit(&review, "02986 Kim Sơn†")),
        "Hoạt động đến 30/06/2025; đã nhập vào Xã Bảo Hà (02989)."
    );
}

#[test]
fn both_maps_have_the_same_totals() {
    for year in [reorganised(), mixed()] {
        let then = year.review_after(Vec::new(), Geography::Then);
        let now = year.review_after(Vec::new(), Geography::Now);
        assert_eq!(then.totals, now.totals);
        // Each quarter of each unit is in the totals once.
        let mut lines: BTreeMap<_, Tallies> = BTreeMap::new();
        for line in year.summaries().iter().flat_map(|quarter| &quarter.units) {
            lines.entry(line.unit.level).or_default().merge(&line.tallies);
        }
        let sums = |of: &BTreeMap<_, Tallies>| -> Vec<_> {
            let all = of.iter().flat_map(|(level, tallies)| {
                Measure::ALL.map(|measure| (*level, measure, tallies.sum(measure)))
            });
            all.collect::<Vec<(crate::model::Level, Measure, Option<u64>)>>()
        };
        assert_eq!(sums(&then.totals), sums(&lines));
        for unit in now.units.iter().filter(|unit| unit.heir.is_some()) {
            assert!(unit.carried && unit.ended);
        }
    }
    let now = reorganised().review_after(Vec::new(), Geography::Now);
    let heir = unit(&now, "02989 Bảo Hà");
    assert_eq!(heir.shown.sum(Measure::Opinions), Some(6 * 7));
    assert_eq!(heir.own.sum(Measure::Opinions), Some(2 * 7));
}

#[test]
fn the_year_before_is_compared_quarter_by_quarter() {
    let mut before = Year::empty(2024, merged);
    for unit in ["10", "087", "02986", "03004"] {
        before.send(unit, &[1, 2, 3, 4], |_| {});
    }
    before.send("02989", &[2, 3, 4], |_| {});
    let review = reorganised().review_after(before.summaries(), Geography::Then);
    let trend = |name: &str| {
        let trend = unit(&review, name).trend.as_ref().unwrap();
        let opinions = |tallies: &Tallies| tallies.sum(Measure::Opinions);
        let verdict = trend.verdict.map(Verdict::key);
        (trend.quarters.clone(), opinions(&trend.then), opinions(&trend.now), trend.broken, verdict)
    };
    assert_eq!(
        trend("03004 Thượng Hà"),
        (vec![1, 2, 3, 4], Some(28), Some(28), false, Some("dat"))
    );
    // Quarter I of 2024 lacks one predecessor, so it compares with nothing; the verdict was theirs.
    assert_eq!(trend("02989 Bảo Hà"), (vec![2, 3, 4], Some(42), Some(28), true, None));
    assert_eq!(trend("02989 Bảo Hà†"), (vec![2], Some(7), Some(7), false, Some("chua_nop")));
    assert_eq!(review.before.len(), 4);
    assert!(reorganised().review().units.iter().all(|unit| unit.trend.is_none()));
}

/// The number of every document of a submission, by kind, as its fields hold them.
fn numbers(submission: &Submission) -> Vec<(DocumentKind, String)> {
    let mut all = Vec::new();
    let mut add = |kind, number: &crate::model::Field<Text>| {
        all.extend(number.given().map(|text| (kind, text.to_string())));
    };
    add(DocumentKind::Report, &submission.report_no);
    let detail = submission.detail().unwrap();
    for row in &detail.meetings.rows {
        add(DocumentKind::Plan, &row.plan_no);
        add(DocumentKind::Notice, &row.notice_no);
    }
    for row in detail.petitions.iter().flat_map(|table| &table.rows) {
        add(DocumentKind::Reply, &row.reply_no);
    }
    for row in detail.carried.iter().flat_map(|table| &table.rows) {
        add(DocumentKind::Reply, &row.reply_no);
    }
    all
}

#[test]
fn every_number_of_the_submissions_is_in_the_list_once() {
    let mut year = reorganised();
    year.quarter(1).files.clear();
    year.send("03004", &[1], |t| {
        text(&mut t.submission.report_no, "1-12/BC");
        text(&mut t.meeting(0).plan_no, "09-KH/ĐU");
        t.add_meeting();
        text(&mut t.meeting(1).plan_no, "09-KH/ĐU");
        text(&mut t.meeting(1).notice_no, "17-TB/ĐU");
        crate::rules::testing::spoil(&mut t.meeting(1).notice_date);
    });
    year.send("02989", &[1], |t| {
        text(&mut t.submission.report_no, "11-2/BC, hỏi 0912345678");
        set(&mut t.submission.report_date, super::sample::day("2025-03-29"));
    });
    let review = year.review();
    let mut expected: BTreeMap<(String, DocumentKind, String), usize> = BTreeMap::new();
    // The review keeps no rows.
    let quarters = year.summaries();
    for quarter in &quarters {
        for submission in &quarter.submissions {
            for (kind, number) in numbers(submission) {
                let at = review.units.iter().find(|unit| {
                    unit.known().any(|known| {
                        known.period == submission.period && known.code == submission.unit
                    })
                });
                let number = crate::model::privacy::masked(&number).into_owned();
                *expected.entry((shown(at.unwrap()), kind, number)).or_default() += 1;
            }
        }
    }
    let of = |document: &Document| {
        let number = document.number.clone()?;
        let unit = shown(&review.units[document.unit]);
        Some(((unit, document.kind, number), document.places.len()))
    };
    let listed: Vec<_> = review.documents.iter().filter_map(of).collect();
    assert_eq!(listed.len(), expected.len(), "each number once");
    assert_eq!(listed.into_iter().collect::<BTreeMap<_, _>>(), expected, "with every cell");
    // Minutes have a day and no number: one for each meeting.
    let minutes = review.documents.iter().filter(|one| one.kind == DocumentKind::Minutes);
    let meetings = quarters.iter().flat_map(|quarter| &quarter.submissions);
    let meetings: usize = meetings.map(|one| one.detail().unwrap().meetings.rows.len()).sum();
    assert_eq!(minutes.count(), meetings);
    let twice = |one: &&Document| one.number.as_deref() == Some("09-KH/ĐU") && one.places.len() > 1;
    assert_eq!(review.documents.iter().find(twice).unwrap().cells(), "U6; U7");
    let odd = review.documents.iter().find(|one| one.unreadable).unwrap();
    assert_eq!(odd.remark().unwrap(), "có ô không đọc được; không ghi ngày");
}

#[test]
fn an_accepted_explanation_of_the_year_makes_it_short_with_a_reason() {
    for (decision, verdict, accepted) in
        [(Decision::Accepted, Verdict::ShortWithReason, 1), (Decision::Refused, Verdict::Short, 0)]
    {
        let mut year = mixed();
        year.quarter(4).explanations = vec![Explanation {
            file: FilePath::new("giai-trinh.csv"),
            line: 2,
            code: Text::new("CT05").unwrap(),
            unit: code("02950"),
            period: None,
            about: About::Every,
            reason: Text::new("Sạt lở kéo dài").unwrap(),
            decision,
            by: None,
            date: None,
            until: None,
        }];
        let review = year.review();
        assert_eq!(unit(&review, "02950 Tân Tiến").account.verdict, verdict);
        assert_eq!(review.accepted.len(), accepted);
        let finding = review.findings.iter().find(|one| one.unit == Some(code("02950"))).unwrap();
        assert!(finding.explanation.is_some());
        assert_eq!(finding.is_held_against(), decision == Decision::Refused);
        let words: Vec<String> =
            review.accepted.iter().map(super::Accepted::period_words).collect();
        assert!(words.iter().all(|words| words == "cả năm"));
    }
}

#[test]
fn a_rule_switched_off_stays_silent_and_a_profile_without_criteria_is_told() {
    let mut year = mixed();
    for batch in &mut year.quarters {
        batch.profile.off.insert("CT05".to_owned());
    }
    let review = year.review();
    assert!(review.findings.is_empty());
    assert_eq!(unit(&review, "02950 Tân Tiến").account.verdict, Verdict::Short);
    for batch in &mut year.quarters {
        batch.profile.review = None;
    }
    let error = super::review(year.summaries(), &(year.register)(), 2021, Geography::Then);
    assert!(error.unwrap_err().to_string().contains("[review]"));
    let error = super::review(Vec::new(), &(year.register)(), 2021, Geography::Then);
    assert_eq!(error.unwrap_err().to_string(), "Không có quý nào của năm 2021 để đánh giá.");
}
