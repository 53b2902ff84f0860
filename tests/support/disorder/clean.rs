//! Clean submissions: what a careful unit sends, on the blank form as the specification has it.

use super::blank::{CARRIED, Form, MEETINGS, PETITIONS, ROLLUP};
use super::dice::Dice;
use super::draft::*;
use chrono::{Datelike, Days};
use qc17::model::text::key;
use qc17::model::{Level, Period, Unit, UnitCode};
use qc17::open::Value;
use qc17::register::Register;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// How messages call a column of the blank form.
pub fn label(id: &str, field: &str) -> String {
    let form = match id {
        "meetings" => MEETINGS,
        "petitions" => PETITIONS,
        "carried" => CARRIED,
        _ => ROLLUP,
    };
    let found = form.iter().find(|(key, ..)| *key == field);
    let (_, group, header) = found.copied().unwrap_or(("", "", "?"));
    if group.is_empty() { (*header).to_owned() } else { format!("{group} - {header}") }
}

/// Codes with the words of the blank form.
pub const KINDS: [(&str, &str); 2] = [("periodic", "Định kỳ"), ("ad_hoc", "Đột xuất")];
pub const CHAIRS: [(&str, &str); 5] = [
    ("secretary", "Bí thư"),
    ("chairman", "Chủ tịch UBND"),
    ("joint", "Đồng chủ trì"),
    ("both_posts", "Bí thư kiêm Chủ tịch UBND"),
    ("deputy", "Ủy quyền"),
];
pub const FORMATS: [(&str, &str); 3] =
    [("in_person", "Trực tiếp"), ("online", "Trực tuyến"), ("combined", "Kết hợp")];
pub const AUTHORITIES: [(&str, &str); 4] =
    [("commune", "Xã"), ("district", "Huyện"), ("province", "Tỉnh"), ("central", "Trung ương")];
pub const SUBJECTS: [(&str, &str); 5] = [
    ("L01", "Đất đai"),
    ("L05", "Giao thông"),
    ("L06", "Môi trường"),
    ("L11", "Điện, nước sạch, viễn thông"),
    ("L99", "Khác"),
];
pub const OUTCOMES: [&str; 5] = ["K1", "K2", "K3", "K4", "K5"];

const TOPICS: [&str; 4] = [
    "Giải phóng mặt bằng đường liên thôn",
    "Xây dựng nông thôn mới",
    "Thu gom rác thải",
    "Cấp nước sinh hoạt",
];

/// The communes (or districts) of the year of the drafts whose names no other unit has, not even nearly.
fn units(register: &Register, period: Period, level: Level) -> Vec<&Unit> {
    static ALONE: OnceLock<BTreeSet<UnitCode>> = OnceLock::new();
    let day = period.last_day();
    let codes = ALONE.get_or_init(|| {
        let names: Vec<_> = register.all_names(day).collect();
        // A roll-up names its district in full: a commune of that name is another unit.
        let alone = |(name, unit): &&(&str, &Unit)| {
            let district = unit.level == Level::District;
            let apart = |(other, unlike): &(&str, &Unit)| {
                let other_level = district && unlike.level != Level::District;
                unlike.code == unit.code || other_level || strsim::osa_distance(name, other) > 2
            };
            (name.len() >= 5 || district) && names.iter().all(apart)
        };
        names.iter().filter(alone).map(|(_, unit)| unit.code).collect()
    });
    let wanted = |unit: &&Unit| unit.level == level && codes.contains(&unit.code);
    register.in_force(day).filter(wanted).collect()
}

fn date(day: chrono::NaiveDate) -> (Datum, Value) {
    (Datum::Day(day), Value::Date(day.and_hms_opt(0, 0, 0).unwrap()))
}

fn count(n: u32) -> (Datum, Value) {
    (Datum::Count(n), Value::Number(f64::from(n)))
}

fn code((code, name): (&'static str, &str)) -> (Datum, Value) {
    (Datum::Code(code), words(name))
}

fn text(said: &str) -> (Datum, Value) {
    (Datum::Words(said.to_owned()), words(said))
}

/// Rows in the making: the truth and what is written.
#[derive(Default)]
struct Row {
    facts: Facts,
    cells: BTreeMap<String, Value>,
}

impl Row {
    fn put(&mut self, field: &'static str, (datum, value): (Datum, Value)) {
        self.facts.insert(field, datum);
        self.cells.insert(field.to_owned(), value);
    }

    /// Splits a total over fields, and writes total and parts.
    fn split(&mut self, total: (&'static str, u32), parts: &[&'static str], dice: &mut Dice) {
        self.put(total.0, count(total.1));
        let mut left = total.1;
        for (i, part) in parts.iter().enumerate() {
            let n = if i + 1 == parts.len() { left } else { dice.within(0, left) };
            left -= n;
            self.put(part, count(n));
        }
    }
}

const PARTS: [&str; 5] = ["answered", "resolved", "pending", "unresolved", "forwarded"];

/// A clean Form 01.
pub fn detail(register: &Register, dice: &mut Dice) -> Draft {
    let period = Period::quarter(2021, dice.within(1, 4)).unwrap();
    let unit = *dice.pick(&units(register, period, Level::Commune));
    let first = period.first_day();
    let meetings = meetings(first, dice);
    let petitions = petitions(first, meetings.len() as u32, dice);
    let carried = carried(period, dice);
    let unit = unit_words(register, unit, period);
    let info = vec![
        vec![(0, words("Mã đơn vị")), (1, words(&unit.code))],
        vec![(0, words("Tên đơn vị")), (1, words(&unit.full))],
        vec![(0, words("Huyện, thị xã, thành phố")), (1, words(&unit.district))],
        vec![(0, words("Kỳ báo cáo")), (1, words(&quarter(period)))],
    ];
    let mut draft = Draft {
        file: format!("BC_{}_{}_Q{}.xlsx", unit.code, period.year(), period.number()),
        kind: Kind::Detail,
        truth: Truth { unit: unit.code.clone(), period, tables: BTreeMap::new() },
        unit,
        sheets: vec![SheetDraft {
            name: "Thông tin".to_owned(),
            hidden: false,
            blocks: vec![Block::Lines(info)],
        }],
    };
    for (name, id, form, rows) in [
        ("Biểu 1 - Hội nghị", "meetings", MEETINGS, meetings),
        ("Biểu 2 - Kiến nghị", "petitions", PETITIONS, petitions),
        ("Biểu 3 - Tồn đọng", "carried", CARRIED, carried),
    ] {
        add_table(&mut draft, name, id, form, rows);
    }
    draft
}

/// Rows of Biểu 1 that lie in the quarter.
fn meetings(first: chrono::NaiveDate, dice: &mut Dice) -> Vec<Row> {
    let mut meetings = Vec::new();
    for no in 1..=dice.within(2, 5) {
        let mut row = Row::default();
        let day = first + Days::new(u64::from(no * 14 + dice.within(0, 9)));
        row.put("no", count(no));
        row.put("date", date(day));
        row.put("place", text(&format!("Nhà văn hóa thôn {}", no + 1)));
        row.put("format", code(*dice.pick(&FORMATS)));
        row.put("kind", code(*dice.pick(&KINDS)));
        row.put("chair", code(*dice.pick(&CHAIRS)));
        row.put("topic", text(dice.pick::<&str>(&TOPICS)));
        row.put("announced", date(day - Days::new(8)));
        let attendees = dice.within(1_000, 2_400);
        row.put("attendees", count(attendees));
        row.put("women", count(attendees / 3));
        row.put("minority", count(attendees / 4));
        row.put("speakers", count(dice.within(3, 30)));
        row.split(("opinions", dice.within(5, 40)), &PARTS, dice);
        row.put("plan_no", text(&format!("{no}/KH-UBND")));
        row.put("plan_date", date(day - Days::new(12)));
        row.put("notice_no", text(&format!("{no}/TB-UBND")));
        row.put("notice_date", date(day + Days::new(5)));
        meetings.push(row);
    }
    meetings
}

/// Rows of Biểu 2 about so many meetings.
fn petitions(first: chrono::NaiveDate, meetings: u32, dice: &mut Dice) -> Vec<Row> {
    let mut petitions = Vec::new();
    for no in 1..=dice.within(3, 7) {
        let mut row = Row::default();
        row.put("no", count(no));
        row.put("meeting_no", count(dice.within(1, meetings)));
        row.put("content", text(&format!("Đề nghị sửa đoạn đường số {no} của thôn")));
        row.put("field", code(*dice.pick(&SUBJECTS)));
        row.put("authority", code(*dice.pick(&AUTHORITIES)));
        row.put("received", date(first + Days::new(u64::from(20 + no))));
        let outcome = *dice.pick(&OUTCOMES);
        row.put("outcome", (Datum::Code(outcome), words(outcome)));
        petitions.push(row);
    }
    petitions
}

/// Rows of Biểu 3 from the quarter before.
fn carried(period: Period, dice: &mut Dice) -> Vec<Row> {
    let before = period.previous().unwrap();
    let mut carried = Vec::new();
    for no in 1..=dice.within(2, 4) {
        let mut row = Row::default();
        row.put("no", count(no));
        let label = format!("Quý {}/{}", before.roman(), before.year());
        row.put("origin", (Datum::Quarter(before), words(&label)));
        row.put("content", text(&format!("Đề nghị làm cầu dân sinh số {no}")));
        row.put("field", code(*dice.pick(&SUBJECTS)));
        row.put("authority", code(*dice.pick(&AUTHORITIES)));
        row.put("before", (Datum::Code("K3"), words("K3")));
        let outcome = *dice.pick(&OUTCOMES[1..]);
        row.put("outcome", (Datum::Code(outcome), words(outcome)));
        carried.push(row);
    }
    carried
}

/// A clean Form 02.
pub fn rollup(register: &Register, dice: &mut Dice) -> Draft {
    let period = Period::quarter(2021, dice.within(1, 4)).unwrap();
    let district = *dice.pick(&units(register, period, Level::District));
    let mut rows = Vec::new();
    let mut communes: Vec<&Unit> = register.children(district.code, period.last_day()).collect();
    // `Minh Quân` and `Minh Quán` are one name without diacritics.
    let all: Vec<String> = communes.iter().map(|c| key(c.name.as_str())).collect();
    communes.retain(|c| all.iter().filter(|name| **name == key(c.name.as_str())).count() == 1);
    for (no, commune) in (1..).zip(communes.into_iter().take(12)) {
        let mut row = Row::default();
        row.cells.insert("no".to_owned(), Value::Number(f64::from(no)));
        row.cells.insert("unit_code".to_owned(), words(commune.code.as_str()));
        row.cells.insert("unit_name".to_owned(), words(&commune.full_name()));
        row.facts.insert("unit", Datum::Words(commune.code.to_string()));
        row.split(("total", dice.within(1, 9)), &["periodic", "ad_hoc"], dice);
        let Datum::Count(held) = row.facts["total"] else { unreachable!() };
        row.split(("total", held), &["by_secretary", "by_chairman", "by_both", "by_deputy"], dice);
        row.put("attendees", count(dice.within(1_000, 3_000)));
        row.split(("opinions", dice.within(5, 60)), &PARTS, dice);
        row.put("notices", count(dice.within(0, held)));
        rows.push(row);
    }
    let unit = unit_words(register, district, period);
    let mut draft = Draft {
        file: format!("TH_{}_{}_Q{}.xlsx", unit.code, period.year(), period.number()),
        kind: Kind::RollUp,
        truth: Truth { unit: unit.code.clone(), period, tables: BTreeMap::new() },
        unit,
        sheets: Vec::new(),
    };
    add_table(&mut draft, "Biểu 02 - Tổng hợp", "rollup", ROLLUP, rows);
    let titles = vec![
        vec![(0, words("TỔNG HỢP KẾT QUẢ ĐỐI THOẠI"))],
        vec![(0, words(&quarter(period)))],
        vec![(0, words(&draft.unit.full))],
        vec![],
    ];
    draft.sheets[0].blocks.insert(0, Block::Lines(titles));
    draft
}

/// `Quý I/2021`.
pub fn quarter(period: Period) -> String {
    format!("Quý {}/{}", period.roman(), period.year())
}

fn unit_words(register: &Register, unit: &Unit, period: Period) -> UnitWords {
    let parent = unit.parent.and_then(|code| register.get(code, period.last_day()));
    UnitWords {
        code: unit.code.to_string(),
        full: unit.full_name(),
        bare: unit.name.to_string(),
        district: parent.map(Unit::full_name).unwrap_or_default(),
    }
}

fn add_table(draft: &mut Draft, name: &str, id: &'static str, form: Form, rows: Vec<Row>) {
    let columns = form.iter().map(|(field, group, header)| ColumnDraft {
        key: (*field).to_owned(),
        group: (!group.is_empty()).then(|| (*group).to_owned()),
        header: (*header).to_owned(),
    });
    let mut items = Vec::new();
    let mut truth = Vec::new();
    for (at, row) in rows.into_iter().enumerate() {
        items.push(Item::Row { truth: at, cells: row.cells, hidden: false });
        truth.push(row.facts);
    }
    draft.truth.tables.insert(id, truth);
    let table = TableDraft {
        id,
        real: true,
        columns: columns.collect(),
        head: Head { rows: 2, merged: true, low: false },
        items,
        merged: Vec::new(),
        hidden_cols: Vec::new(),
        left: 0,
    };
    draft.sheets.push(SheetDraft {
        name: name.to_owned(),
        hidden: false,
        blocks: vec![Block::Table(table)],
    });
}

/// The day as `15/3/2021`, `15-03-21`, … in the style asked for.
pub fn written_day(day: chrono::NaiveDate, style: usize) -> Value {
    let (d, m, y) = (day.day(), day.month(), day.year());
    words(&match style {
        0 => format!("{d}/{m}/{y}"),
        1 => format!("{d:02}-{m:02}-{:02}", y % 100),
        2 => format!("{d}.{m}.{y}"),
        3 => format!("{y}-{m:02}-{d:02}"),
        4 => format!("ngày {d} tháng {m} năm {y}"),
        5 => format!("{d}/{m}"),
        6 => format!("{d:02}/{m:02}/{y} 00:00:00"),
        _ => return Value::Number(f64::from(day.num_days_from_ce() - 693_594)),
    })
}
