//! Whose file it is around the reorganisation of 2025: old and new codes and names, each in a file of its own.

use super::land::{forms, land};
use super::maker::form01;
use super::maker::invent::{recommended, submission};
use super::maker::model::{Submission, Value};
use super::maker::prng::Prng;
use super::maker::quarter::Quarter;
use super::program::{program, ran};
use serde_json::Value as Json;

/// A quarter, the code, name and district as written; then the unit whose file it is, or the rule and what it says.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Result<&'static str, (&'static str, &'static [&'static str])>,
);

const SUCCESSOR: &str = "Đơn vị kế tục: ";

/// The clean report of another unit under that code and name.
pub(crate) fn written(quarter: Quarter, code: &str, name: &str, district: &str) -> Submission {
    let key = quarter.key();
    let lands =
        land(&[if quarter.year == 2025 && quarter.number > 2 { "15" } else { "10" }], &key, &key);
    let mut unit = lands[0].units.last().unwrap().clone();
    (unit.code, unit.name) = (code.to_owned(), name.to_owned());
    // The generator writes a prefix before the name; here the whole name is as somebody typed it.
    unit.kind = "";
    (unit.in_district, unit.parent_name) = (!district.is_empty(), district.to_owned());
    let mut rng = Prng::new(17, "identity");
    let plan = recommended(quarter, 3, &mut rng);
    let mut submission = submission(&unit, quarter, &[plan], &mut rng);
    submission.carried.clear();
    submission
}

/// What the program makes of the file: the one whose unit it is, or the findings about its identity.
fn understood(
    quarter: &str,
    code: &str,
    name: &str,
    district: &str,
) -> (Option<String>, Vec<(String, String)>) {
    let folder = tempfile::tempdir().unwrap();
    let submission = written(Quarter::parse(quarter).unwrap(), code, name, district);
    assert!(
        matches!(submission.info("unit_name"), Value::Text(text) if text.trim() == name.trim())
    );
    std::fs::write(
        folder.path().join("bao-cao.xlsx"),
        form01::write(&forms(), &submission).unwrap(),
    )
    .unwrap();
    let scope = if quarter >= "2025-Q3" { "15" } else { "10" };
    let mut command = program();
    command.arg("check").arg(folder.path()).args(["--period", quarter, "--scope", scope]);
    let done = ran(command.args(["--format", "json"]));
    let result: Json = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
    let about = |finding: &&Json| finding["code"].as_str().unwrap().starts_with("DV");
    let findings = result["diagnostics"].as_array().unwrap().iter().filter(about);
    let text = |finding: &Json, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = findings.map(|one| (text(one, "code"), text(one, "message"))).collect();
    let file = &result["files"][0];
    let unit = file["unit"].as_str().filter(|_| file["status"] == "used");
    (unit.map(str::to_owned), findings)
}

fn ask(rows: &[Row]) {
    for (quarter, code, name, district, expected) in rows {
        let (unit, findings) = understood(quarter, code, name, district);
        let row = format!("{quarter} {code} {name} {district}: {unit:?} {findings:?}");
        match expected {
            Ok(code) => assert!(unit.as_deref() == Some(code) && findings.is_empty(), "{row}"),
            Err((rule, words)) => {
                let [(found, message)] = findings.as_slice() else { panic!("{row}") };
                assert!(unit.is_none() && found == rule, "{row}");
                assert!(words.iter().all(|word| message.contains(word)), "{row}");
                let asks = *rule == "DV04" && !words.is_empty();
                assert!(!asks || message.contains(SUCCESSOR), "{row}");
            }
        }
    }
}

/// From July 2025 on, an old code or an old name is DV04 and names the successor.
#[test]
fn old_codes_and_names_name_their_successors() {
    ask(&[
        ("2025-Q3", "02635", "Phường Duyên Hải", "", Err(("DV04", &["Phường Lào Cai (02647)"]))),
        ("2025-Q3", "", "Phường Kim Tân", "", Err(("DV04", &["Phường Lào Cai (02647)"]))),
        (
            "2025-Q4",
            "02641",
            "Phường Lào Cai",
            "",
            Err(("DV04", &["(02641)", "Phường Lào Cai (02647)"])),
        ),
        ("2025-Q3", "03001", "Phường Sa Pa", "", Err(("DV04", &["Phường Sa Pa (03006)"]))),
        ("2025-Q3", "03040", "Xã Tả Van", "", Err(("DV04", &["Xã Tả Van (03037)"]))),
        (
            "2025-Q3",
            "",
            "Thị trấn Phố Lu",
            "",
            Err(("DV04", &["Thị trấn Phố Lu (02905)", "Xã Bảo Thắng (02905)"])),
        ),
        // Two communes had that name, and nobody can tell which of them it is: both are named.
        (
            "2025-Q3",
            "",
            "Xã Thanh Bình",
            "",
            Err(("DV04", &["(02779)", "Xã Mường Khương (02761)", "(03022)", "Xã Bản Hồ (03046)"])),
        ),
        ("2025-Q3", "02779", "Xã Thanh Bình", "", Err(("DV04", &["Xã Mường Khương (02761)"]))),
        // A district ended without a successor; no commune is meant by its name.
        ("2025-Q3", "", "Huyện Bát Xát", "", Err(("DV04", &[]))),
        ("2025-Q3", "082", "Huyện Bát Xát", "", Err(("DV04", &[]))),
        ("2025-Q3", "", "Thành phố Lào Cai", "", Err(("DV04", &[]))),
    ]);
}

/// The period decides, not the day of sending: a report of the second quarter is the old unit's.
#[test]
fn codes_that_were_used_again_mean_the_unit_of_their_quarter() {
    for (code, old, new) in [
        ("02647", "Phường Kim Tân", "Phường Lào Cai"),
        ("02671", "Phường Nam Cường", "Phường Cam Đường"),
        ("02905", "Thị trấn Phố Lu", "Xã Bảo Thắng"),
        ("02947", "Thị trấn Phố Ràng", "Xã Bảo Yên"),
        ("03006", "Phường Phan Si Păng", "Phường Sa Pa"),
        ("03121", "Xã Nậm Xây", "Xã Minh Lương"),
    ] {
        let (unit, findings) = understood("2025-Q2", code, old, "");
        assert!(unit.as_deref() == Some(code) && findings.is_empty(), "{old}: {findings:?}");
        let (unit, findings) = understood("2025-Q3", code, new, "");
        assert!(unit.as_deref() == Some(code) && findings.is_empty(), "{new}: {findings:?}");
        // The code of today with the name of yesterday is yesterday's unit.
        let (unit, findings) = understood("2025-Q3", code, old, "");
        let [(rule, message)] = findings.as_slice() else { panic!("{old}: {findings:?}") };
        let told = format!("{SUCCESSOR}{new} ({code})");
        assert!(unit.is_none() && rule == "DV04" && message.contains(&told), "{old}: {message}");
    }
}

#[test]
fn names_that_moved_to_another_code() {
    ask(&[
        ("2025-Q2", "02641", "Phường Lào Cai", "", Ok("02641")),
        ("2025-Q3", "", "Phường Lào Cai", "", Ok("02647")),
        ("2025-Q2", "03001", "Phường Sa Pa", "", Ok("03001")),
        ("2025-Q3", "", "Phường Sa Pa", "", Ok("03006")),
        ("2025-Q2", "", "Xã Tả Van", "", Ok("03040")),
        ("2025-Q3", "", "Xã Tả Van", "", Ok("03037")),
        // Nam Cường was a ward in both cities, and is one on the side of Yên Bái.
        ("2025-Q2", "", "Phường Nam Cường", "Thành phố Lào Cai", Ok("02671")),
        // The run asks for the province of Lào Cai, in which there is one of the two.
        ("2025-Q2", "", "Phường Nam Cường", "", Ok("02671")),
        ("2025-Q3", "", "Phường Nam Cường", "", Ok("04273")),
        // Two communes of one name need the district.
        ("2025-Q2", "", "Xã Thanh Bình", "", Err(("DV07", &["02779", "03022"]))),
        ("2025-Q2", "", "Xã Thanh Bình", "Huyện Mường Khương", Ok("02779")),
        ("2025-Q2", "", "Xã Thanh Bình", "Thị xã Sa Pa", Ok("03022")),
    ]);
    for (name, code) in [
        ("Bát Xát", "02683"),
        ("Bảo Thắng", "02905"),
        ("Bảo Yên", "02947"),
        ("Bắc Hà", "02839"),
        ("Văn Bàn", "03082"),
        ("Si Ma Cai", "02809"),
        ("Mường Khương", "02761"),
    ] {
        let name = format!("Xã {name}");
        let (unit, findings) = understood("2025-Q3", "", &name, "");
        assert!(unit.as_deref() == Some(code) && findings.is_empty(), "{name}: {findings:?}");
    }
}

#[test]
fn spellings_that_mean_the_same_unit() {
    ask(&[
        ("2025-Q2", "", "Xã Xuân Hoà", "", Ok("02962")),
        ("2025-Q3", "", "Xã Xuân Hòa", "", Ok("02962")),
        ("2025-Q3", "", "Xã Xuân Hoà", "", Ok("02962")),
        ("2025-Q3", "", "Xã Khánh Hoà", "", Ok("04342")),
        ("2025-Q3", "", "Xã Khánh Hòa", "", Ok("04342")),
        ("2025-Q2", "", "Xã Hòa Mạc", "", Ok("03097")),
        ("2025-Q2", "", "Xã Hoà Mạc", "", Ok("03097")),
        ("2025-Q2", "", "Xã Nậm Chầy", "", Ok("03076")),
        ("2025-Q2", "", "Xã Nậm Chày", "", Ok("03076")),
        ("2025-Q2", "", "Thị trấn N.T Phong Hải", "", Ok("02902")),
        ("2025-Q2", "", "Thị trấn Nông trường Phong Hải", "", Ok("02902")),
        ("2025-Q3", "", "Xã Phong Dụ Thượng ", "", Ok("04423")),
        ("2025-Q3", "", "Xã Bảo Ái ", "", Ok("04750")),
        ("2025-Q3", "2647", "Phường Lào Cai", "", Ok("02647")),
        ("2025-Q3", "2647.0", "Phường Lào Cai", "", Ok("02647")),
        ("2025-Q2", "2647", "Phường Kim Tân", "", Ok("02647")),
    ]);
}

/// Sent on 05/07/2025, when the unit was no more: on time, and the old code is right (KY and DV are silent).
#[test]
fn a_report_of_the_second_quarter_may_come_after_the_unit_ended() {
    let folder = tempfile::tempdir().unwrap();
    let mut submission =
        written(Quarter::parse("2025-Q2").unwrap(), "02647", "Phường Kim Tân", "Thành phố Lào Cai");
    submission.report_date = chrono::NaiveDate::from_ymd_opt(2025, 7, 5);
    std::fs::write(
        folder.path().join("bao-cao.xlsx"),
        form01::write(&forms(), &submission).unwrap(),
    )
    .unwrap();
    let mut command = program();
    command.arg("check").arg(folder.path()).args(["--period", "2025-Q2", "--scope", "080"]);
    let done = ran(command.args(["--format", "json"]));
    let result: Json = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
    assert_eq!(result["files"][0]["status"], "used");
    let units = result["units"].as_array().unwrap();
    let unit = units.iter().find(|unit| unit["code"] == "02647").unwrap();
    assert_eq!((&unit["name"], &unit["submission"]), (&"Phường Kim Tân".into(), &"on_time".into()));
    let about = |finding: &&Json| finding["unit"] == "02647";
    assert_eq!(result["diagnostics"].as_array().unwrap().iter().find(about), None);
}
