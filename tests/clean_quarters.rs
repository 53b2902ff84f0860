//! No false alarm: whatever a unit does within the rules, its submission has no finding of any severity.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use qc17::model::Period;
use support::example::{Change, Example, FileChange, Setting, What};
use support::run::outcome;

const MEETINGS: &str = "Biểu 1 - Hội nghị";
const PETITIONS: &str = "Biểu 2 - Kiến nghị";
const CARRIED: &str = "Biểu 3 - Tồn đọng";
const OPINIONS: &str = "Ý kiến, kiến nghị - Tổng số";
const OUTCOMES: [&str; 5] = [
    "Trả lời tại hội nghị",
    "Đã giải quyết sau hội nghị",
    "Đang giải quyết",
    "Chưa giải quyết",
    "Chuyển cấp trên",
];
const CHAIRS: [&str; 4] = ["Bí thư", "Chủ tịch UBND", "Đồng chủ trì", "Bí thư kiêm Chủ tịch UBND"];

/// One meeting: every number is a choice, taken modulo what is allowed.
type Choices = (u64, usize, [u64; 6], [u32; 3], [u32; 5]);

/// A quarter of one unit.
#[derive(Debug, Clone)]
struct Plan {
    quarter: u32,
    meetings: Vec<Choices>,
    /// Whether there are Biểu 2 and Biểu 3.
    tables: [bool; 2],
    carried: u32,
    /// Whether numbers and dates are written as words.
    words: bool,
    has_total: bool,
}

fn any_plan() -> impl Strategy<Value = Plan> {
    let meeting = (
        any::<u64>(),
        0usize..4,
        any::<[u64; 6]>(),
        any::<[u32; 3]>(),
        prop::array::uniform5(0u32..4),
    );
    let meetings = prop::collection::vec(meeting, 1..4);
    // From the first quarter of 2020 to the second of 2026, the reorganisation between them.
    (0u32..26, meetings, any::<[bool; 2]>(), 0u32..4, any::<[bool; 2]>()).prop_map(
        |(quarter, meetings, tables, carried, [words, has_total])| Plan {
            quarter,
            meetings,
            tables,
            carried,
            words,
            // A sum leaves out what is written as words.
            has_total: has_total && !words,
        },
    )
}

/// Collects the changes to the clean submission.
struct Writer {
    changes: Vec<Change>,
    words: bool,
}

impl Writer {
    fn put(&mut self, sheet: &str, row: u32, column: &str, value: impl Into<String>) {
        let what = What::Cell(row.to_string(), column.to_owned(), value.into());
        self.changes.push(Change { sheet: sheet.to_owned(), what });
    }

    fn count(&mut self, sheet: &str, row: u32, column: &str, value: u32) {
        let written = if self.words { format!("\"{value:02}\"") } else { value.to_string() };
        self.put(sheet, row, column, written);
    }

    fn day(&mut self, sheet: &str, row: u32, column: &str, day: NaiveDate) {
        let quote = if self.words { "\"" } else { "" };
        self.put(sheet, row, column, format!("{quote}{}{quote}", day.format("%d/%m/%Y")));
    }

    fn clear(&mut self, sheet: &str) {
        let what = What::DropRow("tất cả".to_owned());
        self.changes.push(Change { sheet: sheet.to_owned(), what });
    }
}

/// So many days after a day, and not after the last one.
fn after(day: NaiveDate, days: u64, last: NaiveDate) -> NaiveDate {
    (day + Days::new(days)).min(last)
}

fn example(plan: &Plan) -> Example {
    let (year, number) = (2020 + i32::try_from(plan.quarter / 4).unwrap(), plan.quarter % 4 + 1);
    let period = Period::quarter(year, number).unwrap();
    let mut writer = Writer { changes: Vec::new(), words: plan.words };
    writer.clear(MEETINGS);
    writer.clear(PETITIONS);
    writer.clear(CARRIED);
    let mut petitions = 0;
    for (row, choices) in (1..).zip(&plan.meetings) {
        meeting(&mut writer, period, row, choices, &mut petitions);
    }
    for row in 1..=plan.carried {
        let day = period.first_day() + Days::new(u64::from(row) * 9);
        writer.day(CARRIED, row, "Văn bản trả lời - Ngày", day);
        let before = period.previous().unwrap();
        writer.put(CARRIED, row, "Kỳ phát sinh", before.label());
    }
    for (sheet, kept) in [PETITIONS, CARRIED].into_iter().zip(plan.tables) {
        if !kept {
            writer.changes.push(Change { sheet: sheet.to_owned(), what: What::Drop });
        }
    }
    if !plan.has_total {
        let what = What::DropRow("Tổng cộng".to_owned());
        writer.changes.push(Change { sheet: MEETINGS.to_owned(), what });
    }
    // Reported on the day on which reports are due.
    let info = Change {
        sheet: "Thông tin".to_owned(),
        what: What::Cell(
            "Ngày báo cáo".to_owned(),
            String::new(),
            due(period).format("%d/%m/%Y").to_string(),
        ),
    };
    writer.changes.push(info);
    let unit = if plan.quarter < 22 { "02989" } else { "02647" };
    Example {
        title: String::new(),
        setting: Setting {
            unit: unit.to_owned(),
            period: period.to_string(),
            ..Setting::default()
        },
        files: vec![FileChange { changes: writer.changes, ..FileChange::default() }],
        expected: Vec::new(),
        expected_lines: (0, 0),
        figures: Vec::new(),
    }
}

/// The default profile's day on which reports are due.
fn due(period: Period) -> NaiveDate {
    period.last_day() + Days::new(5)
}

fn meeting(writer: &mut Writer, period: Period, row: u32, choices: &Choices, petitions: &mut u32) {
    let (at, chair, days, people, outcomes) = choices;
    let (last, due) = (period.last_day(), due(period));
    let held = last.with_day(1).unwrap() + Days::new(at % u64::from(last.day()));
    let attendees = 5 + people[0] % 496;
    let opinions: u32 = outcomes.iter().sum();
    writer.day(MEETINGS, row, "Ngày tổ chức", held);
    writer.put(MEETINGS, row, "Chủ trì", CHAIRS[*chair]);
    let name = format!("Nguyễn Văn An, {}", CHAIRS[*chair].replace("Đồng chủ trì", "Bí thư"));
    writer.put(MEETINGS, row, "Họ tên, chức vụ người chủ trì", name);
    writer.put(MEETINGS, row, "Hình thức", ["Trực tiếp", "Trực tuyến", "Kết hợp"][chair % 3]);
    writer.put(MEETINGS, row, "Lồng ghép hội nghị tuyên vận", ["Có", "Không"][chair % 2]);
    writer.day(MEETINGS, row, "Ngày thông báo trước", held - Days::new(7 + days[0] % 40));
    writer.day(MEETINGS, row, "Kế hoạch - Ngày", held - Days::new(days[1] % 90));
    writer.day(MEETINGS, row, "Ngày biên bản", after(held, days[2] % 5, due));
    let notice = after(held, days[3] % 11, due);
    writer.day(MEETINGS, row, "Thông báo kết luận - Ngày", notice);
    writer.day(MEETINGS, row, "Ngày công khai", after(notice, days[4] % 20, due));
    writer.count(MEETINGS, row, "Số lượt người tham gia - Tổng số", attendees);
    for (column, part) in ["Nữ", "Dân tộc thiểu số", "Số người phát biểu"].into_iter().zip(people)
    {
        writer.count(MEETINGS, row, column, part % (attendees + 1));
    }
    writer.count(MEETINGS, row, OPINIONS, opinions);
    for (at, (column, times)) in OUTCOMES.into_iter().zip(outcomes).enumerate() {
        writer.count(MEETINGS, row, column, *times);
        for _ in 0..*times {
            *petitions += 1;
            writer.put(PETITIONS, *petitions, "Cuộc số", row.to_string());
            writer.put(PETITIONS, *petitions, "Kết quả", format!("K{}", at + 1));
            writer.day(PETITIONS, *petitions, "Ngày tiếp nhận", held);
            // Ten working days are at least ten days.
            let told = after(held, days[5] % 11, due);
            writer.day(PETITIONS, *petitions, "Ngày báo nhận, chuyển", told);
            writer.day(
                PETITIONS,
                *petitions,
                "Văn bản trả lời - Ngày",
                after(told, days[0] % 9, due),
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_clean_quarter_has_no_finding(plan in any_plan()) {
        let example = example(&plan);
        let outcome = outcome(&example).unwrap();
        let found: Vec<String> = (outcome.findings.iter())
            .map(|finding| format!("{} {:?}: {}", finding.rule.code, finding.place.cell, finding.message))
            .collect();
        prop_assert!(found.is_empty(), "{found:?}");
        let unit = outcome.units().find(|unit| unit["code"] == example.setting.unit.as_str()).unwrap();
        let expected = (plan.meetings.len(), "dat", "on_time");
        prop_assert_eq!(unit["counted"].as_u64(), Some(u64::try_from(expected.0).unwrap()));
        prop_assert_eq!((&unit["verdict"], &unit["submission"]), (&expected.1.into(), &expected.2.into()));
        prop_assert_eq!(&unit["incomplete"], &serde_json::json!([]));
        // The province's year is still open.
        let open = outcome.unchecked().filter(|one| one["unit"] == example.setting.unit.as_str());
        prop_assert_eq!(open.count(), 0);
    }
}
