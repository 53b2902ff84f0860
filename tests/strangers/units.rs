//! Whose a form is, by its titles alone: the quarter's day and the area that is reported on decide.

use super::{HEADER, ONE, TWO, sheet};
use qc17::model::UnitCode;
use qc17::model::submission::FilePath;
use qc17::normalise::{Codes, Terms, normalise};
use qc17::open::Workbook;
use qc17::recognise::{Forms, recognise};
use qc17::register::Register;
use std::collections::BTreeMap;

/// Titles, the area, and then the unit or what is said instead.
type Title = (&'static [&'static str], Option<&'static str>, Result<&'static str, &'static str>);

const TITLES: [Title; 11] = [
    (&["Thị trấn Bát Xát", "QUÝ II NĂM 2025"], None, Ok("02683")),
    (&["Thị trấn Bát Xát", "QUÝ III NĂM 2025"], None, Err("DV04")),
    (&["Đơn vị: Thị trấn Bát Xát", "QUÝ III NĂM 2025"], None, Err("DV04")),
    (&["Xã Bát Xát", "QUÝ III NĂM 2025"], None, Ok("02683")),
    (&["PHƯỜNG NAM CƯỜNG", "QUÝ I NĂM 2021"], None, Err("DV07")),
    (&["PHƯỜNG NAM CƯỜNG", "QUÝ I NĂM 2021"], Some("10"), Ok("02671")),
    (&["PHƯỜNG NAM CƯỜNG", "QUÝ I NĂM 2021"], Some("15"), Ok("04273")),
    (&["Đơn vị: Phường Nam Cường", "QUÝ I NĂM 2021"], Some("10"), Ok("02671")),
    (&["BẢO HÀ", "QUÝ I NĂM 2021"], None, Ok("02989")),
    (&["BẢO YÊN", "BẢO HÀ", "QUÝ I NĂM 2021"], None, Ok("02989")),
    (&["LÀO CAI", "QUÝ I NĂM 2021"], None, Err("DV07")),
];

#[test]
fn titles_lead_to_units() {
    let (forms, codes) = (Forms::load(&BTreeMap::new()).unwrap(), Codes::load().unwrap());
    let register = Register::embedded().unwrap();
    for (titles, scope, expected) in TITLES {
        let scope = scope.and_then(UnitCode::parse);
        let terms = Terms { forms: &forms, codes: &codes, register: &register, asked: None, scope };
        let lines: Vec<&str> = titles.iter().chain(&[HEADER, ONE, TWO]).copied().collect();
        let book = Workbook { sheets: vec![sheet("Trang tính 1", 0, &lines, &[])] };
        let file = FilePath::new("bao cao.xlsx");
        let read = normalise(&file, &book, recognise(&file, &book, &forms), terms);
        let said: Vec<_> = read.findings.iter().map(|finding| finding.rule.code).collect();
        match expected {
            Ok(code) => {
                let unit = read.outcome.unwrap_or_else(|_| panic!("{titles:?} {said:?}")).unit;
                assert_eq!(unit.to_string(), code, "{titles:?} {scope:?}");
            }
            Err(code) => {
                assert!(read.outcome.is_err() && said.contains(&code), "{titles:?} {said:?}");
            }
        }
    }
}
