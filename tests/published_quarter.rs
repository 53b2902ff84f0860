//! The published figures come out of a folder of files, with a quota of one meeting a quarter and commune:
//! what the city and the province held in three years, all of it put into one quarter.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use qc17::aggregate::Summary;
use qc17::calendar::Calendar;
use qc17::model::{Geography, Measure, Period, Unit, UnitCode};
use qc17::normalise::Codes;
use qc17::open::Limits;
use qc17::pipeline::{Job, run};
use qc17::profile::Profile;
use qc17::recognise::Forms;
use qc17::register::Register;
use qc17::render::Spelling;
use qc17::render::narrative::{Template, narrative};
use std::collections::BTreeMap;
use std::path::Path;
use support::clean;
use support::value::Value;
use support::workbook;

const MEETINGS: &str = "Biểu 1 - Hội nghị";
const OUTCOMES: [&str; 5] = [
    "Trả lời tại hội nghị",
    "Đã giải quyết sau hội nghị",
    "Đang giải quyết",
    "Chưa giải quyết",
    "Chuyển cấp trên",
];
/// 1.078 opinions at the 200 meetings of the communes; how they part is made up so that 93% of those within
/// authority are settled.
const OPINIONS: [usize; 5] = [620, 310, 50, 20, 78];

/// A meeting: its kind, who chaired it, its opinions by outcome.
type Held = (&'static str, &'static str, [usize; 5]);

/// How much of a whole falls to one of so many places, evenly.
fn part(whole: usize, places: usize, at: usize) -> usize {
    (at + 1) * whole / places - at * whole / places
}

/// Writes the clean form of that unit with these meetings in place of its own.
fn put(folder: &Path, register: &Register, unit: &Unit, period: Period, held: &[Held]) {
    let mut sheets = clean::submission(register, unit, period, false);
    sheets.retain(|sheet| sheet.is_info() || sheet.form == MEETINGS);
    sheets[0].set("Lý do không tổ chức", "", Value::Blank).unwrap();
    let sheet = &mut sheets[1];
    sheet.rows.retain(|row| row.key.parse::<u32>().is_err());
    for (no, (kind, chair, outcomes)) in (1..).zip(held) {
        let no = no.to_string();
        let mut set = |column: &str, value: Value| sheet.set(&no, column, value).unwrap();
        let number = |count: usize| Value::Number(f64::from(u32::try_from(count).unwrap()));
        set("Loại cuộc", Value::Text((*kind).to_owned()));
        set("Chủ trì", Value::Text((*chair).to_owned()));
        set("Ý kiến, kiến nghị - Tổng số", number(outcomes.iter().sum()));
        for (column, count) in OUTCOMES.into_iter().zip(outcomes) {
            set(column, number(*count));
        }
    }
    let name = format!("BC_{}_{}_Q{}.xlsx", unit.code, period.year(), period.number());
    std::fs::write(folder.join(name), workbook::bytes(&sheets).unwrap()).unwrap();
}

/// The quarter of a scope in which these units sent files and no other.
fn quarter(scope: &str, held: &BTreeMap<UnitCode, Vec<Held>>) -> Summary {
    let register = Register::embedded().unwrap();
    let period = Period::quarter(2021, 1).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (code, held) in held {
        let unit = register.get(*code, period.last_day()).unwrap();
        put(folder.path(), &register, unit, period, held);
    }
    let profile = Profile::embedded("quy-che-17").unwrap();
    let job = Job {
        folders: vec![folder.path().to_owned()],
        history: Vec::new(),
        geography: Geography::Now,
        profiles: Vec::new(),
        outputs: None,
        period: Some(period.into()),
        as_of: None,
        scope: UnitCode::parse(scope),
        register,
        forms: Forms::load(&profile.aliases).unwrap(),
        codes: Codes::load().unwrap(),
        profile,
        calendar: Calendar::embedded().unwrap(),
        limits: Limits::default(),
    };
    run(&job, &|_, _| {}).unwrap()
}

/// The 17 communes of the city and the city itself.
fn city() -> BTreeMap<UnitCode, Vec<Held>> {
    let register = Register::embedded().unwrap();
    let city = UnitCode::parse("080").unwrap();
    let day = Period::quarter(2021, 1).unwrap().last_day();
    let communes: Vec<UnitCode> = register.children(city, day).map(|unit| unit.code).collect();
    assert_eq!(communes.len(), 17);
    let mut held = BTreeMap::from([(city, vec![("Định kỳ", "Đồng chủ trì", [9, 1, 0, 0, 0]); 10])]);
    let mut before = 0;
    for (at, commune) in communes.into_iter().enumerate() {
        let kinds = [("Định kỳ", part(143, 17, at)), ("Đột xuất", part(57, 17, at))];
        for (kind, times) in kinds {
            for _ in 0..times {
                let opinions = OPINIONS.map(|whole| part(whole, 200, before));
                let chair = ["Bí thư", "Chủ tịch UBND"][before % 2];
                held.entry(commune).or_default().push((kind, chair, opinions));
                before += 1;
            }
        }
    }
    assert_eq!(before, 200);
    held
}

#[test]
fn the_city_held_two_hundred_and_ten_meetings() {
    let summary = quarter("080", &city());
    let result: serde_json::Value =
        serde_json::from_str(&qc17::render::json::json(&summary)).unwrap();
    let of = |level: &str, key: &str| result["totals"][level][key].as_u64().unwrap();
    let held = |level: &str| of(level, "periodic") + of(level, "ad_hoc");
    assert_eq!((held("districts"), held("communes")), (10, 200));
    assert_eq!((of("communes", "periodic"), of("communes", "ad_hoc")), (143, 57));
    assert_eq!((of("communes", "opinions"), of("districts", "opinions")), (1_078, 100));
    assert_eq!((of("communes", "required"), of("communes", "counted")), (17, 143));
    // Every commune has met its one a quarter; the ad hoc meetings are told and nothing else is.
    let verdicts = result["units"].as_array().unwrap().iter().map(|unit| &unit["verdict"]);
    assert_eq!(verdicts.filter(|verdict| *verdict == "dat").count(), 18);
    let codes: Vec<&str> = summary.findings.iter().map(|finding| finding.rule.code).collect();
    assert_eq!((codes.len(), codes.iter().filter(|code| **code == "CT02").count()), (57, 57));
    let ledger = result["ledger"].as_array().unwrap().iter();
    let meetings = ledger.flat_map(|unit| unit["meetings"].as_array().unwrap());
    let counted = meetings.filter(|meeting| meeting["counted"] == true).count();
    assert_eq!(counted, 153);
}

/// The words of the report.
fn report(held: &BTreeMap<UnitCode, Vec<Held>>) -> String {
    let summary = quarter("080", held);
    let parts = narrative(&summary, &Template::default(), Spelling::First).unwrap();
    let text: Vec<&str> = parts.iter().map(qc17::render::narrative::Part::text).collect();
    text.join("\n")
}

/// The published percentages are each of one level, so each level reports alone for them.
#[test]
fn the_report_says_so_with_the_formulas() {
    let whole = city();
    let (own, communes): (BTreeMap<_, _>, BTreeMap<_, _>) =
        whole.clone().into_iter().partition(|(code, _)| code.as_str() == "080");
    for (held, words) in [
        (&whole, "đã tổ chức 210 cuộc (153 cuộc định kỳ, 57 cuộc đột xuất)"),
        (&whole, "tổ chức 10 cuộc (10 cuộc định kỳ, 0 cuộc đột xuất)"),
        (&whole, "tổ chức 200 cuộc (143 cuộc định kỳ, 57 cuộc đột xuất)"),
        (&whole, "1.078 ý kiến, kiến nghị"),
        (&communes, "Tỷ lệ giải quyết trong phạm vi thẩm quyền: 93,0%."),
        (&communes, "= (620 + 310) / (1.078 - 78)."),
        (&own, "Tỷ lệ trả lời tại hội nghị: 90,0%."),
        (&own, "= 90 / 100."),
    ] {
        let text = report(held);
        assert!(text.contains(words), "{words}:\n{text}");
    }
}

#[test]
fn the_heads_of_the_province_have_six_each() {
    let province = UnitCode::parse("10").unwrap();
    let chairs = [("Bí thư", 5), ("Chủ tịch UBND", 5), ("Đồng chủ trì", 1)];
    let held =
        chairs.into_iter().flat_map(|(chair, times)| vec![("Định kỳ", chair, [0; 5]); times]);
    let summary = quarter("10", &BTreeMap::from([(province, held.collect())]));
    let line = summary.unit(province).unwrap();
    let of = |measure| line.tallies.sum(measure);
    let by = [Measure::BySecretary, Measure::ByChairman, Measure::ByBoth].map(of);
    assert_eq!(by, [Some(5), Some(5), Some(1)]);
    assert_eq!(line.ledger.as_ref().map(|ledger| ledger.by_head), Some((6, 6)));
    assert_eq!(of(Measure::Counted), Some(6));
}
