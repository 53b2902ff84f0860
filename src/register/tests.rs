//! The register at its door: counts, reused codes and names, changes, and bad tables.

use super::*;
use crate::model::{Level, Unit, UnitCode, UnitKind};
use chrono::NaiveDate;
use proptest::prelude::*;

const HEAD: &str = "code,name,kind,level,parent_code,valid_from,valid_to,aliases\n";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(text: &str) -> UnitCode {
    UnitCode::parse(text).unwrap()
}

fn register() -> Register {
    Register::embedded().unwrap()
}

fn shown(units: &[&Unit]) -> Vec<String> {
    units.iter().map(|unit| format!("{} {}", unit.code, unit.full_name())).collect()
}

#[test]
fn communes_of_a_province_on_a_day() {
    let register = register();
    let count = |province: &str, on: &str, kind: Option<UnitKind>| {
        (register.in_force(day(on)))
            .filter(|unit| {
                unit.level == Level::Commune && kind.is_none_or(|kind| unit.kind == kind)
            })
            .filter(|unit| {
                register.province_of(unit.code, day(on)).is_some_and(|p| p.code == code(province))
            })
            .count()
    };
    for (province, on, total, [communes, wards, towns]) in [
        ("10", "2015-01-01", 164, [143, 12, 9]),
        ("15", "2019-12-31", 180, [157, 13, 10]),
        ("10", "2020-01-01", 162, [136, 18, 8]),
        ("15", "2020-02-01", 173, [150, 13, 10]),
        ("10", "2020-03-01", 152, [127, 16, 9]),
        ("10", "2021-03-31", 152, [127, 16, 9]),
        ("10", "2024-10-31", 152, [127, 16, 9]),
        ("10", "2024-11-01", 151, [126, 16, 9]),
        ("15", "2024-12-01", 168, [146, 12, 10]),
        ("10", "2025-06-30", 151, [126, 16, 9]),
        ("10", "2025-07-01", 0, [0, 0, 0]),
        ("15", "2025-07-01", 99, [89, 10, 0]),
    ] {
        assert_eq!(count(province, on, None), total, "{province} {on}");
        let kinds = [UnitKind::Xa, UnitKind::Phuong, UnitKind::ThiTran];
        assert_eq!(kinds.map(|k| count(province, on, Some(k))), [communes, wards, towns]);
    }
}

#[test]
fn communes_of_a_district() {
    let register = register();
    for (district, on, total) in [
        ("080", "2025-06-30", 17),
        ("082", "2025-06-30", 21),
        ("083", "2025-06-30", 16),
        ("084", "2025-06-30", 10),
        ("085", "2024-10-31", 19),
        ("085", "2025-06-30", 18),
        ("086", "2025-06-30", 14),
        ("087", "2025-06-30", 17),
        ("088", "2025-06-30", 16),
        ("089", "2025-06-30", 22),
        ("087", "2025-07-01", 0),
    ] {
        assert_eq!(register.children(code(district), day(on)).count(), total, "{district} {on}");
    }
    assert_eq!(register.children(code("10"), day("2021-03-31")).count(), 9);
    assert_eq!(register.children(code("15"), day("2025-07-01")).count(), 99);
}

#[test]
fn a_code_means_another_unit_after_the_reorganisation() {
    let register = register();
    for (text, old, new) in [
        ("02647", "Phường Kim Tân", "Phường Lào Cai"),
        ("02671", "Phường Nam Cường", "Phường Cam Đường"),
        ("02905", "Thị trấn Phố Lu", "Xã Bảo Thắng"),
        ("02947", "Thị trấn Phố Ràng", "Xã Bảo Yên"),
        ("03006", "Phường Phan Si Păng", "Phường Sa Pa"),
        ("03121", "Xã Nậm Xây", "Xã Minh Lương"),
        ("15", "Tỉnh Yên Bái", "Tỉnh Lào Cai"),
    ] {
        let on = |day| register.get(code(text), day).map(Unit::full_name);
        assert_eq!(on(day("2025-06-30")).as_deref(), Some(old));
        assert_eq!(on(day("2025-07-01")).as_deref(), Some(new));
    }
    assert_eq!(register.get(code("2647"), day("2021-01-01")), None);
    assert_eq!(register.get(code("02647"), day("1999-01-01")), None);
    assert_eq!(register.ever(code("15")).count(), 2);
}

#[test]
fn names_on_a_day() {
    let register = register();
    let named = |name, on, kind, within: Option<&str>| {
        shown(&register.named(name, day(on), kind, within.map(code)))
    };
    let (old, new) = ("2021-03-31", "2025-09-30");
    for (name, on, kind, within, expected) in [
        ("Thanh Bình", old, None, None, vec!["02779 Xã Thanh Bình", "03022 Xã Thanh Bình"]),
        ("Thanh Bình", old, None, Some("083"), vec!["02779 Xã Thanh Bình"]),
        ("thanh binh", old, None, Some("088"), vec!["03022 Xã Thanh Bình"]),
        ("Nam Cường", old, None, Some("10"), vec!["02671 Phường Nam Cường"]),
        ("Nam Cường", new, None, None, vec!["04273 Phường Nam Cường"]),
        ("Sa Pa", old, Some(UnitKind::Phuong), None, vec!["03001 Phường Sa Pa"]),
        ("Sa Pa", new, None, None, vec!["03006 Phường Sa Pa"]),
        ("Tả Van", old, None, None, vec!["03040 Xã Tả Van"]),
        ("TA VAN", new, None, None, vec!["03037 Xã Tả Van"]),
        ("Lào Cai", new, Some(UnitKind::Phuong), None, vec!["02647 Phường Lào Cai"]),
        ("Lào Cai", old, Some(UnitKind::Phuong), None, vec!["02641 Phường Lào Cai"]),
        ("Bảo Yên", new, None, None, vec!["02947 Xã Bảo Yên"]),
        ("Bảo Yên", old, None, None, vec!["087 Huyện Bảo Yên"]),
        ("Hoà Mạc", old, None, None, vec!["03097 Xã Hoà Mạc"]),
        ("Hòa Mạc", old, None, None, vec!["03097 Xã Hoà Mạc"]),
        ("Nậm Chày", old, None, None, vec!["03076 Xã Nậm Chầy"]),
        ("Nông trường Phong Hải", old, None, None, vec!["02902 Thị trấn N.T Phong Hải"]),
        ("NT Phong Hải", old, None, None, vec!["02902 Thị trấn N.T Phong Hải"]),
        ("Phong Dụ Thượng ", old, None, None, vec!["04423 Xã Phong Dụ Thượng"]),
        ("Bảo Ái ", new, None, None, vec!["04750 Xã Bảo Ái"]),
        ("Kim Tân", new, None, None, vec![]),
        ("", old, None, None, vec![]),
        ("…", old, None, None, vec![]),
    ] {
        assert_eq!(named(name, on, kind, within), expected, "{name} {on}");
    }
}

#[test]
fn near_spellings_are_told_apart() {
    let register = register();
    let unit = register.get(code("03040"), day("2021-03-31")).unwrap();
    assert!(spelled_as(unit, "TẢ VAN"));
    assert!(!spelled_as(unit, "Ta Van"));
    let names: Vec<_> = register.all_names(day("2021-03-31")).collect();
    assert!(names.iter().any(|(key, unit)| *key == "tavan" && unit.code == code("03040")));
    assert!(names.iter().all(|(_, unit)| unit.in_force_on(day("2021-03-31"))));
}

#[test]
fn what_became_of_a_unit() {
    let register = register();
    for (text, on, expected) in [
        ("02947", "2025-09-30", vec!["02947 Xã Bảo Yên"]),
        ("02872", "2025-03-31", vec!["02839 Thị trấn Bắc Hà"]),
        // Two changes one after the other: 2024, then 2025.
        ("02872", "2025-09-30", vec!["02839 Xã Bắc Hà"]),
        ("02638", "2021-03-31", vec!["02641 Phường Lào Cai"]),
        ("10", "2025-09-30", vec!["15 Tỉnh Lào Cai"]),
        ("087", "2025-09-30", vec![]),
        ("02947", "2021-03-31", vec![]),
        ("99999", "2021-03-31", vec![]),
    ] {
        assert_eq!(shown(&register.successors(code(text), day(on))), expected, "{text} {on}");
    }
    let ended = register.get(code("02872"), day("2024-01-01")).unwrap();
    assert!(register.ended_by(ended).unwrap().contains("1197/NQ-UBTVQH15"));
    let lasting = register.get(code("02947"), day("2025-09-30")).unwrap();
    assert_eq!(register.ended_by(lasting), None);
}

#[test]
fn what_a_unit_was_made_of() {
    let register = register();
    for (text, on, expected) in [
        ("15", "2025-06-30", vec!["10", "15"]),
        ("02839", "2024-12-31", vec!["02839", "02857", "02863", "02866", "02875", "02881"]),
        // Before 11/2024 Tà Chải still stood on its own.
        (
            "02839",
            "2024-01-01",
            vec!["02839", "02857", "02863", "02866", "02872", "02875", "02881"],
        ),
        ("02947", "2025-09-30", vec![]),
    ] {
        let found = register.predecessors(code(text), day(on));
        let codes: Vec<_> = found.iter().map(|unit| unit.code.to_string()).collect();
        assert_eq!(codes, expected, "{text} {on}");
    }
}

#[test]
fn every_unit_of_the_embedded_register_is_whole() {
    let register = register();
    let born = day("2004-08-31");
    for unit in register.all() {
        assert_eq!(register.get(unit.code, unit.valid_from), Some(unit));
        let last = unit.valid_to.unwrap_or(day("2099-12-31"));
        assert!(register.province_of(unit.code, last).is_some(), "{unit:?}");
        let full = unit.full_name();
        assert_eq!(parse_unit_name(&full), (Some(unit.kind), unit.name.as_str()));
        if unit.level != Level::District
            && unit.valid_to.is_some_and(|last| last > day("2015-01-01"))
        {
            assert!(!register.heirs(unit, last.succ_opt().unwrap()).is_empty(), "{unit:?}");
            assert!(register.ended_by(unit).is_some(), "{unit:?}");
        }
        if unit.valid_from > born && unit.valid_from > day("2015-01-01") {
            assert!(
                !register.origins(unit, unit.valid_from.pred_opt().unwrap()).is_empty(),
                "{unit:?}"
            );
        }
    }
}

#[test]
fn bad_tables_are_named_by_line() {
    let ok = "10,Lào Cai,tinh,province,,2004-08-31,,\n";
    for (rows, expected) in [
        ("a,b\n1,2\n", "dm.csv, dòng 1: tiêu đề cột chưa đúng (đang là “a,b”)"),
        (&format!("{HEAD}{ok}02,X,xa\n"), "dm.csv, dòng 3: số ô của dòng không khớp"),
        (&format!("{HEAD}{ok}0 2,X,xa,commune,10,2020-01-01,,\n"), "dòng 3: mã “0 2” ở cột code"),
        (&format!("{HEAD}{ok}02, ,xa,commune,10,2020-01-01,,\n"), "dòng 3: thiếu tên đơn vị"),
        (
            &format!("{HEAD}{ok}02,X,làng,commune,10,2020-01-01,,\n"),
            "dòng 3: “làng” ở cột kind không có trong danh mục. Hãy dùng một trong: tinh, thanh_pho",
        ),
        (
            &format!("{HEAD}{ok}02,X,xa,village,10,2020-01-01,,\n"),
            "“village” ở cột level không có trong danh mục. Hãy dùng một trong: province, district, commune.",
        ),
        (
            &format!("{HEAD}{ok}02,X,xa,commune,10,01/01/2020,,\n"),
            "ngày “01/01/2020” ở cột valid_from",
        ),
        (
            &format!("{HEAD}{ok}02,X,xa,commune,10,2020-01-01,2019-01-01,\n"),
            "valid_to đứng trước valid_from",
        ),
        (&format!("{HEAD}{ok}02,X,xa,commune,,2020-01-01,,\n"), "phải để trống parent_code"),
        (
            &format!("{HEAD}{ok}02,X,xa,commune,11,2020-01-01,,\n"),
            "dòng 3: đơn vị cấp trên 11 không có hiệu lực vào ngày 01/01/2020",
        ),
        (
            &format!(
                "{HEAD}11,B,tinh,province,,2004-08-31,2021-12-31,\n02,X,xa,commune,11,2020-01-01,,\n"
            ),
            "đơn vị cấp trên 11 không có hiệu lực vào ngày 01/01/2022",
        ),
        (
            &format!(
                "{HEAD}{ok}02,X,tinh,district,10,2020-01-01,,\n03,Y,huyen,district,02,2020-01-01,,\n"
            ),
            "dòng 4: đơn vị cấp trên 02 không ở cấp cao hơn",
        ),
        (&format!("{HEAD}{ok}{ok}"), "dòng 3: mã 10 đã có một dòng khác cùng thời gian hiệu lực"),
    ] as [(&str, &str); 13]
    {
        let message = Register::parse((rows, "dm.csv"), ("", "")).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}\n{expected}");
    }
    let units = format!("{HEAD}{ok}");
    let changes = "old_code,new_code,extent,effective_date,legal_basis\n10,11,whole,2020-01-01,\n";
    let message = Register::parse((&units, "dm.csv"), (changes, "cd.csv")).unwrap_err().to_string();
    assert!(message.starts_with("cd.csv, dòng 2: mã 11 ở cột new_code"), "{message}");
}

#[test]
fn a_register_of_the_office_is_read_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dm.csv");
    let missing = Register::load(&path).unwrap_err();
    assert!(missing.to_string().starts_with("Không đọc được danh mục đơn vị"), "{missing}");
    std::fs::write(&path, format!("\u{FEFF}{HEAD}10,Lào Cai,tinh,province,,2004-08-31,,\n"))
        .unwrap();
    assert_eq!(Register::load(&path).unwrap().all().len(), 1);
    std::fs::write(&path, b"\xff\xfe1\x00").unwrap();
    assert!(matches!(Register::load(&path), Err(RegisterError::NotUtf8 { .. })));
    std::fs::write(folder.path().join("successions.csv"), "x\n").unwrap();
    std::fs::write(&path, format!("{HEAD}10,Lào Cai,tinh,province,,2004-08-31,,\n")).unwrap();
    assert!(matches!(Register::load(&path), Err(RegisterError::Header { .. })));
}

proptest! {
    #[test]
    fn any_text_is_a_register_or_a_sentence(rows in "([0-3]{1,2},[A-C]?,(xa|tinh|x),(commune|province),[0-3]{0,2},20(15|20)-01-01,(2019-12-31)?,[\",|]?\n){0,6}") {
        match Register::parse((&format!("{HEAD}{rows}"), "dm.csv"), ("", "")) {
            Ok(register) => prop_assert_eq!(register.all().len(), rows.lines().count()),
            Err(error) => prop_assert!(error.to_string().contains("dòng ")),
        }
    }
}

#[test]
fn ten_thousand_units_are_a_register() {
    let row = |i| format!("{i:05},Bản Số {i},xa,commune,10,2004-08-31,,\n");
    let rows: Vec<String> = (0..10_000).map(row).collect();
    let text = format!("{HEAD}10,Lào Cai,tinh,province,,2004-08-31,,\n{}", rows.concat());
    let register = Register::parse((&text, "dm.csv"), ("", "")).unwrap();
    assert_eq!(register.children(code("10"), day("2021-01-01")).count(), 10_000);
    assert_eq!(
        shown(&register.named("ban so 77", day("2021-01-01"), None, None)),
        ["00077 Xã Bản Số 77"]
    );
}
