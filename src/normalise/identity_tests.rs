//! Whose a file is where it names several units, or where its title speaks against its name.

use super::identity::{Identity, Question};
use crate::model::submission::FilePath;
use crate::model::{Form, UnitCode};
use crate::open::{Value, Workbook};
use crate::recognise::claims::FREE_TEXT;
use crate::recognise::{Claim, Source};
use crate::register::Register;
use chrono::NaiveDate;

/// A place with what it says.
type Said<'a> = (Source, &'static str, &'a str);

/// The unit, or all that it could be, and the codes of what is said.
fn answer(register: &Register, said: &[Said<'_>]) -> (String, String) {
    let claim = |&(source, field, text): &Said<'_>| Claim {
        source,
        field,
        sheet: None,
        cell: None,
        value: Some(Value::Text(text.into())),
    };
    let claims: Vec<Claim> = said.iter().map(claim).collect();
    let question = Question {
        file: &FilePath::new("a.xlsx"),
        workbook: &Workbook::default(),
        claims: &claims,
        form: Form::Detail,
        register,
        scope: UnitCode::parse("10"),
        day: NaiveDate::from_ymd_opt(2021, 3, 31).unwrap(),
    };
    let mut findings = Vec::new();
    let identity = match question.answer(&mut findings) {
        Identity::Known(unit) => unit.to_string(),
        Identity::Unknown { mut could_be } => {
            could_be.sort_unstable();
            let listed: Vec<String> = could_be.iter().map(ToString::to_string).collect();
            format!("? {}", listed.join(" "))
        }
    };
    let codes: Vec<&str> = findings.iter().map(|finding| finding.rule.code).collect();
    (identity, codes.join(" "))
}

#[test]
fn titles_that_speak_against_the_name_of_the_file() {
    let register = Register::embedded().unwrap();
    for (title, identity, codes) in [
        ("UBND PHƯỜNG DUYÊN HẢI", "02635", ""),
        // The content counts, and the name is told.
        ("UBND PHƯỜNG CỐC LẾU", "02644", "DV02"),
        ("UBND PHƯỜNG DUYÊN HẢIQ", "02635", "DV02"),
        ("UBND PHƯỜNG CỐC LẾUQ", "? 02635 02644", "DV03"),
        ("UBND XÃ QUAN THẦN SÁN", "? 02635", "DV04"),
        ("UBND XÃ TRỜI ƠI", "? 02635", "DV01"),
        ("HUYỆN ỦY BẢO YÊN", "? 02635 087", "DV03"),
        ("Quý I/2021 - Huyện Bảo Yên", "? 02635 087", "DV03"),
        ("Cụm các phường Duyên Hải, Cốc Lếu, Kim Tân", "? 02635 02644 02647", "DV07"),
        ("THÀNH ỦY LÀO CAI", "02635", ""),
        ("TỈNH ỦY LÀO CAI", "02635", ""),
        ("Kết quả đối thoại tại các xã, phường", "02635", ""),
        ("An sinh xã hội năm 2021", "02635", ""),
    ] {
        let name = (Source::FileName, FREE_TEXT, "BC_02635_2021_Q1.xlsx");
        let found = answer(&register, &[(Source::Title, FREE_TEXT, title), name]);
        assert_eq!((found.0.as_str(), found.1.as_str()), (identity, codes), "{title}");
    }
}

#[test]
fn cells_that_name_several_units() {
    let register = Register::embedded().unwrap();
    for (code, name, identity, codes) in [
        ("02635", "Phường Duyên Hải, Phường Cốc Lếu", "? 02635 02644", "DV07"),
        ("", "Phường Duyên Hải và phường Cốc Lếu", "? 02635 02644", "DV07"),
        ("02635", "Duyên Hải + Cốc Lếu", "? 02635 02644", "DV07"),
        ("02635, 02644", "", "? 02635 02644", "DV07"),
        ("02635", "Phường Duyên Hải (gồm cả phường Cốc Lếu)", "02635", ""),
        ("", "Phường Duyên Hải, Lào Cai", "02635", ""),
        ("", "Phường Duyên Hải - thành phố Lào Cai", "02635", ""),
        ("", "Đảng ủy - UBND phường Duyên Hải", "02635", ""),
        ("02635", "Phường Duyên Hải", "02635", ""),
    ] {
        let said = [(Source::Info, "unit_code", code), (Source::Info, "unit_name", name)];
        let found = answer(&register, &said);
        assert_eq!((found.0.as_str(), found.1.as_str()), (identity, codes), "{code} {name}");
    }
}

/// Sa Pa and Sa Pả are two wards of one town.
#[test]
fn names_without_diacritics_that_fit_two_units() {
    let register = Register::embedded().unwrap();
    let (info, name) = (Source::Info, "unit_name");
    for (said, identity, codes) in [
        (&[(info, name, "phuong sa pa")][..], "? 03001 03002", "DV07"),
        (&[(info, name, "PHUONG SA PA, thi xa Sa Pa")], "? 03001 03002", "DV07"),
        (&[(info, name, "P. Sa Pa")], "? 03001 03002", "DV07"),
        (&[(info, name, "P. Sa Pa"), (info, "period", "Quý I/2021")], "03001", ""),
        (&[(info, name, "Phường Sa Pa")], "03001", ""),
        (&[(info, name, "PHƯỜNG SA PẢ")], "03002", ""),
        (&[(info, name, "phuong sa pa"), (info, "unit_code", "03002")], "03002", ""),
        (&[(Source::Title, FREE_TEXT, "UBND PHUONG SA PA")], "? 03001 03002", "DV07"),
        (&[(Source::Title, FREE_TEXT, "UBND PHƯỜNG SA PA")], "03001", ""),
        (&[(Source::FileName, FREE_TEXT, "BC phuong sa pa Q1-2021.xlsx")], "? 03001 03002", "DV07"),
        (&[(Source::FileName, FREE_TEXT, "BC xa pha long Q1-2021.xlsx")], "02752", ""),
    ] {
        let found = answer(&register, said);
        assert_eq!((found.0.as_str(), found.1.as_str()), (identity, codes), "{said:?}");
    }
}

#[test]
fn labels_that_stand_twice() {
    let register = Register::embedded().unwrap();
    let (info, code, name) = (Source::Info, "unit_code", "unit_name");
    for (said, identity, codes) in [
        (&[(info, code, "02635"), (info, code, "02644")][..], "? 02635 02644", "DV03"),
        (
            &[(info, name, "Phường Duyên Hải"), (info, name, "Phường Cốc Lếu")],
            "? 02635 02644",
            "DV03",
        ),
        (&[(info, name, "Phường Duyên Hải"), (info, name, "Thành phố Lào Cai")], "02635", ""),
        (&[(info, code, "02635"), (info, code, "2635")], "02635", ""),
    ] {
        let found = answer(&register, said);
        assert_eq!((found.0.as_str(), found.1.as_str()), (identity, codes), "{said:?}");
    }
}
