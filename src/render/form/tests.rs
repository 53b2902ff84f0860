//! The blank forms as the program itself reads them back.

use super::{Blank, Setting};
use crate::model::backlog::{OpenPetition, Trace};
use crate::model::submission::{FilePath, SheetName};
use crate::model::{
    Authority, CellRef, Form, Level, Outcome, Period, Place, Subject, Text, Unit, UnitCode,
};
use crate::normalise::{Codes, Normalised, Terms, normalise};
use crate::open::{Cell, Limits, Value, Workbook, open};
use crate::profile::Profile;
use crate::recognise::blank::Holds;
use crate::recognise::{Forms, TableId, recognise};
use crate::register::Register;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// All that a form is drawn and read by.
struct Office {
    register: Register,
    forms: Forms,
    codes: Codes,
    profile: Profile,
}

impl Office {
    fn new() -> Self {
        Self::with(Register::embedded().unwrap())
    }

    fn with(register: Register) -> Self {
        let forms = Forms::load(&BTreeMap::new()).unwrap();
        let profile = Profile::embedded("quy-che-17").unwrap();
        Self { register, forms, codes: Codes::load().unwrap(), profile }
    }

    fn setting(&self, period: &str) -> Setting<'_> {
        let period = Period::parse(period).unwrap();
        Setting {
            period,
            days: self.profile.span(period),
            deadline: self.profile.deadline(period),
            register: &self.register,
            forms: &self.forms,
            codes: &self.codes,
        }
    }

    fn unit(&self, code: &str, period: &str) -> &Unit {
        let day = Period::parse(period).unwrap().last_day();
        self.register.get(UnitCode::parse(code).unwrap(), day).unwrap()
    }

    fn blank<'a>(
        &'a self,
        (code, period): (&str, &str),
        form: Form,
        open: &'a [OpenPetition],
    ) -> Blank<'a> {
        let setting = self.setting(period);
        Blank { setting, unit: self.unit(code, period), form, receiver: "Ban Dân vận", open }
    }

    fn read(&self, name: &str, book: &Workbook) -> Normalised {
        let file = FilePath::new(name);
        let recognised = recognise(&file, book, &self.forms);
        let terms = Terms {
            forms: &self.forms,
            codes: &self.codes,
            register: &self.register,
            asked: None,
            scope: None,
        };
        normalise(&file, book, recognised, terms)
    }
}

/// What was opened; opening has nothing to say.
fn opened(blank: &Blank<'_>) -> Workbook {
    let file = FilePath::new(&blank.file_name());
    let opened = open(&file, &blank.draw().unwrap(), &Limits::default());
    assert!(opened.findings.is_empty(), "{:?}", opened.findings);
    opened.workbook.unwrap()
}

/// That the form is its unit's own for its quarter, and says nothing but that it is not filled in.
fn assert_untouched(office: &Office, blank: &Blank<'_>) {
    let read = office.read("bieu.xlsx", &opened(blank));
    let submission = read.outcome.unwrap();
    let found = (submission.unit, submission.period, submission.form());
    assert_eq!(found, (blank.unit.code, blank.setting.period, blank.form));
    let said: Vec<_> = read.findings.iter().map(|one| (one.rule.code, &*one.message)).collect();
    let [("DL03", message)] = said.as_slice() else { panic!("{}: {said:?}", blank.file_name()) };
    assert!(message.contains("chưa nhập"), "{message}");
}

#[test]
fn every_unit_of_every_time_reads_back_as_untouched() {
    let office = Office::new();
    // Before and after the mergers of 2020, 2024 and 2025; every tenth commune, and all others.
    for period in ["2019-Q4", "2021-Q2", "2024-Q4", "2025-Q2", "2025-Q3"] {
        let setting = office.setting(period);
        let units: Vec<&Unit> = office.register.in_force(setting.period.last_day()).collect();
        let wanted = |(at, unit): &(usize, &&Unit)| unit.level != Level::Commune || at % 10 == 0;
        units.iter().enumerate().filter(wanted).par_bridge().for_each(|(_, unit)| {
            let blank =
                Blank { setting, unit, form: Form::Detail, receiver: "Ban Dân vận", open: &[] };
            assert_untouched(&office, &blank);
            if unit.level == Level::District {
                assert_untouched(&office, &Blank { form: Form::RollUp, ..blank });
            }
        });
    }
}

#[test]
fn a_roll_up_lists_the_communes_of_the_quarter() {
    let office = Office::new();
    let book = opened(&office.blank(("087", "2021-Q2"), Form::RollUp, &[]));
    let names: Vec<&str> = book.sheets.iter().map(|sheet| &*sheet.name.name).collect();
    assert_eq!(names, ["Biểu 02 - Tổng hợp", "Hướng dẫn"]);
    let texts = |col: u32| -> Vec<String> {
        let cells = (7..24).map(|row| book.sheets[0].cell(CellRef::new(row, col)).unwrap());
        cells.map(|cell| format!("{:?}", cell.value)).collect()
    };
    assert_eq!((texts(1).len(), texts(1)[0].as_str()), (17, "Text(\"02947\")"));
    assert_eq!(texts(2)[14], "Text(\"Xã Bảo Hà\")");
}

/// What is written below the header of each column by its kind leads back to the column's field.
#[test]
fn every_column_is_found_where_it_is_drawn() {
    let office = Office::new();
    for form in [Form::Detail, Form::RollUp] {
        let blank = office.blank(("087", "2021-Q2"), form, &[]);
        let book = opened(&blank);
        let found = recognise(&FilePath::new("bieu.xlsx"), &book, &office.forms);
        let ids: &[TableId] = match form {
            Form::Detail => &[TableId::Meetings, TableId::Petitions, TableId::Carried],
            Form::RollUp => &[TableId::RollUp],
        };
        for id in ids {
            let table = found.table(*id).unwrap();
            let drawn = office.forms.table(*id).unwrap();
            let fields: Vec<&str> = (drawn.columns.iter())
                .filter(|column| column.blank.is_some())
                .map(|column| column.field)
                .collect();
            let mut read: Vec<(u32, &str)> =
                table.columns.at.all().map(|(field, col)| (col, field)).collect();
            read.sort_unstable();
            assert_eq!(read.into_iter().map(|(_, field)| field).collect::<Vec<_>>(), fields);
            let extra = |field: &&&str| !fields.contains(*field);
            assert_eq!(table.columns.absent.iter().find(|field| !extra(field)), None);
        }
    }
}

#[test]
fn what_the_lists_offer_reads_back_as_the_code() {
    let office = Office::new();
    let codes = &office.codes;
    let mut lists = 0;
    for column in office.forms.tables.iter().flat_map(|table| &table.columns) {
        let Some(Holds::Code(offers)) = column.blank.as_ref().map(|blank| &blank.holds) else {
            continue;
        };
        lists += 1;
        let offered = codes.offered(offers);
        assert!(offered.len() > 1, "{offers:?}");
        assert!(offers.only.is_empty() || offers.only.len() == offered.len(), "{offers:?}");
        for (at, word) in offered.iter().enumerate() {
            let read = match column.field {
                "kind" => codes.kind.read(word).map(|code| codes.kind.name(code).to_owned()),
                "chair" => codes.chair.read(word).map(|code| codes.chair.name(code).to_owned()),
                "format" => codes.format.read(word).map(|code| codes.format.name(code).to_owned()),
                "with_tuyen_van" | "repeated" => {
                    codes.yes_no.read(word).map(|code| codes.yes_no.name(code).to_owned())
                }
                "authority" => {
                    codes.authority.read(word).map(|code| codes.authority.name(code).to_owned())
                }
                "field" => codes.subject.read(word).map(|code| codes.subject.with_code(code)),
                _ => codes.outcome.read(word).map(|code| codes.outcome.with_code(code)),
            };
            assert_eq!(read.as_deref(), Some(word.as_str()), "{} {at}", column.field);
        }
    }
    assert_eq!(lists, 12);
}

fn petition(content: &str, outcome: Option<Outcome>) -> OpenPetition {
    OpenPetition {
        unit: UnitCode::parse("02989").unwrap(),
        origin: Period::parse("2021-Q1"),
        number: None,
        content: Text::new(content),
        subject: Subject::parse("L05"),
        authority: Some(Authority::District),
        agency: None,
        received: None,
        outcome,
        place: Place::sheet(
            &FilePath::new("nop/xa.zip!/BC_02989_2021_Q1.xlsx"),
            &SheetName::new("Biểu 2 - Kiến nghị", 2),
            Some(CellRef::new(11, 0)),
        ),
        trace: Trace::New,
    }
}

#[test]
fn open_petitions_stand_in_the_third_table_and_wait() {
    let office = Office::new();
    let open = [
        petition("=Đề nghị sửa cầu, gọi 0912345678", Some(Outcome::K3)),
        petition("- Đường vào thôn 2", None),
        petition(&"ạ".repeat(40_000), Some(Outcome::K5)),
    ];
    let blank = office.blank(("02989", "2021-Q2"), Form::Detail, &open);
    assert_untouched(&office, &blank);
    let book = opened(&blank);
    let row = |at: u32| -> Vec<String> {
        let cells = (0..10).map(|col| book.sheets[3].cell(CellRef::new(at, col)));
        let text = |value: &Value| match value {
            Value::Text(text) => text.to_string(),
            other => format!("{other:?}"),
        };
        cells.map(|cell| cell.map(|cell| text(&cell.value)).unwrap_or_default()).collect()
    };
    assert_eq!(
        row(6),
        [
            "Number(1.0)",
            "Quý I/2021",
            "=Đề nghị sửa cầu, gọi ••••••••••",
            "L05 - Giao thông",
            "Huyện",
            "K3 - Đang giải quyết",
            "",
            "",
            "",
            "Biểu 2 - Kiến nghị, hàng 12, tệp BC_02989_2021_Q1.xlsx"
        ]
    );
    assert_eq!((row(7)[5].as_str(), row(7)[2].as_str()), ("", "- Đường vào thôn 2"));
    assert!(row(7)[9].ends_with("kỳ trước chưa rõ kết quả"));
    assert_eq!(row(8)[2].chars().count(), 32_767);
    assert!(!book.sheets[3].rows.iter().flat_map(|row| &row.cells).any(|cell| {
        cell.computed && !matches!(&cell.value, Value::Text(text) if text.starts_with("Tổng"))
    }));
}

#[test]
fn more_open_petitions_than_ready_rows_leave_room() {
    let office = Office::new();
    let open: Vec<_> =
        (0..300).map(|at| petition(&format!("Thôn {at}"), Some(Outcome::K4))).collect();
    let blank = office.blank(("02989", "2021-Q2"), Form::Detail, &open);
    assert_untouched(&office, &blank);
    let book = opened(&blank);
    let total = book.sheets[3].rows.last().unwrap();
    assert_eq!(total.index, 6 + 320);
}

#[test]
fn a_form_is_the_same_bytes_every_time() {
    let office = Office::new();
    let open = [petition("Cầu", Some(Outcome::K3))];
    for form in [Form::Detail, Form::RollUp] {
        let blank = office.blank(("087", "2021-Q2"), form, &open);
        assert!(blank.draw().unwrap() == blank.draw().unwrap());
    }
}

#[test]
fn long_names_and_other_registers_are_drawn() {
    let long = "Nông trường ".repeat(18);
    let name = format!("{long}& <Số 1>");
    let rows = format!(
        "code,name,kind,level,parent_code,valid_from,valid_to,aliases\n\
         T1,{name},tinh,province,,2004-08-31,,\nH1,{name},huyen,district,T1,2004-08-31,,\n\
         X1,{name},xa,commune,H1,2004-08-31,,\nX2,Một,xa,commune,T1,2004-08-31,,\n"
    );
    let office = Office::with(Register::parse((&rows, "dm.csv"), ("", "")).unwrap());
    for code in ["T1", "H1", "X1", "X2"] {
        assert_untouched(&office, &office.blank((code, "2030-Q4"), Form::Detail, &[]));
    }
    assert_untouched(&office, &office.blank(("H1", "2030-Q4"), Form::RollUp, &[]));
}

/// A sheet that explains the form may show how a row looks: it is example, wherever it stands.
#[test]
fn rows_on_the_guide_are_nobodys() {
    let office = Office::new();
    let mut book = opened(&office.blank(("02989", "2021-Q2"), Form::Detail, &[]));
    let with_row = |attendees: f64| {
        let mut sheet = book.sheets[1].clone();
        let row = sheet.rows.iter_mut().find(|row| row.index == 6).unwrap();
        let cell = |col, value| Cell { col, value, computed: false };
        row.cells = vec![
            cell(0, Value::Number(1.0)),
            cell(1, Value::Text("10/06/2021".into())),
            cell(4, Value::Text("Định kỳ".into())),
            cell(5, Value::Text("Bí thư".into())),
            cell(7, Value::Text("Giao thông".into())),
            cell(10, Value::Number(attendees)),
            cell(14, Value::Number(2.0)),
        ];
        sheet
    };
    let mut example = with_row(999.0);
    example.name = SheetName::new("Hướng dẫn điền biểu", 0);
    book.sheets[1] = with_row(85.0);
    book.sheets.insert(0, example);
    let read = office.read("bieu.xlsx", &book);
    let submission = read.outcome.unwrap();
    let meetings = &submission.detail().unwrap().meetings;
    let attendees: Vec<_> =
        meetings.rows.iter().map(|row| row.attendees.value().unwrap().get()).collect();
    assert_eq!((&*meetings.sheet.name, attendees), ("Biểu 1 - Hội nghị", vec![85]));
    let said: Vec<_> = read.findings.iter().map(|one| one.rule.code).collect();
    assert_eq!(said, ["DV05"], "and it is said");
}
