//! Codes that meant one unit until June 2025 and another from July: whose account, trace and answer one gets.

use super::identity::written;
use super::land::forms;
use super::maker::form01;
use super::maker::quarter::Quarter;
use super::program::{content, program, ran};
use super::reorganisation::{YEARS, year};
use qc17::aggregate::target::unit;
use qc17::aggregate::{Figure, Measure, Summary, Target, Trace, UnitLine};
use qc17::model::{Geography, UnitCode};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The lines of every code that stands for two units.
fn reused(summary: &Summary) -> BTreeMap<UnitCode, [&UnitLine; 2]> {
    let pairs = summary.units.iter().zip(summary.units.iter().skip(1));
    let same = pairs.filter(|(one, other)| one.unit.code == other.unit.code);
    same.map(|(one, other)| (one.unit.code, [one, other])).collect()
}

/// What the generator counted of whoever had the code in that half of the year.
fn counted(half: &str, code: UnitCode, key: &str) -> u64 {
    let told = YEARS.made.of(half).filter(|told| told.unit.code == code.to_string());
    told.filter_map(|told| told.figures.get(key)).map(u64::from).sum()
}

#[test]
fn a_code_of_two_units_asks_for_a_day() {
    let then = year(Geography::Then);
    let codes = reused(&then);
    // Seventeen of the old Lào Cai (domain.md §6.3), and those of the old Yên Bái.
    assert!(codes.keys().filter(|code| **code < UnitCode::parse("03130").unwrap()).count() >= 17);
    for (code, lines) in &codes {
        let refused = unit(&then, code.as_str()).unwrap_err().to_string();
        for (line, day) in lines.iter().zip(["2025-06-30", "2025-07-01"]) {
            let name = line.unit.full_name();
            let told = format!("{name} ({code}@{day})");
            assert!(refused.contains(&told), "{refused}");
            assert_eq!(
                unit(&then, &format!("{code}@{day}")).map(|one| one.is(&line.unit)),
                Ok(true)
            );
            let bare = name.split(" (đến").next().unwrap();
            // There were two wards of the name Nam Cường: both are named, each as it can be asked for.
            match unit(&then, &format!("{bare}@{day}")) {
                Ok(one) => assert!(one.is(&line.unit), "{bare} {day}"),
                Err(told) => {
                    assert!(told.to_string().contains(&format!("{code}@{day} {name}")), "{told}");
                }
            }
        }
        for (line, half) in lines.iter().zip(["2025-H1", "2025-H2"]) {
            let quarter = half.replace("H1", "Q2").replace("H2", "Q3");
            let target = Target::find(&then, &format!("{code}@{quarter}")).unwrap();
            for measure in [Measure::Opinions, Measure::Attendees, Measure::Periodic] {
                let trace = Trace::of(&then, target, Figure::Of(measure));
                let expected = counted(half, *code, measure.key());
                assert_eq!(trace.tally.sum.unwrap_or(0), expected, "{code} {half} {measure:?}");
                assert_eq!(u64::try_from(trace.sum()).unwrap(), expected);
                assert_eq!(trace.units.len(), 1);
                let other = if half == "2025-H1" {
                    ["2025-Q3/", "2025-Q4/"]
                } else {
                    ["2025-Q1/", "2025-Q2/"]
                };
                let own = &trace.units[0];
                for item in own.parts.iter().chain(&own.missing).chain(&own.left_out) {
                    let file = item.place.file.as_ref().map_or("", |file| file.as_str());
                    assert!(!other.iter().any(|folder| file.starts_with(folder)), "{code}: {file}");
                }
            }
            let ledger: Value = serde_json::from_str(&qc17::render::json::ledger_of(
                &then,
                qc17::aggregate::Whose::of(&line.unit),
            ))
            .unwrap();
            let held = counted(half, *code, "periodic");
            assert_eq!(ledger["held"]["periodic"].as_u64().unwrap_or(0), held, "{code} {half}");
            assert_eq!(ledger["until"].is_null(), half == "2025-H2", "{code}");
        }
    }
}

/// By the present map an ended unit has no line of its own; whoever asks for it is told where its figures are.
#[test]
fn an_ended_unit_is_looked_for_at_its_heir() {
    let now = year(Geography::Now);
    for (written, name) in [
        ("02641", "Phường Lào Cai (02641)"),
        ("Phường Kim Tân", "Phường Kim Tân (02647)"),
        ("phuong coc leu", "Phường Cốc Lếu (02644)"),
        // The code is a present unit's; on that day it was not.
        ("02647@2025-03-31", "Phường Kim Tân (02647)"),
        ("02647@2025-Q2", "Phường Kim Tân (02647)"),
    ] {
        let told = unit(&now, written).unwrap_err().to_string();
        assert!(told.starts_with(name), "{told}");
        assert!(
            told.contains("Phường Lào Cai (02647)") && told.contains("--geography then"),
            "{told}"
        );
    }
    assert!(unit(&now, "02647@2024-12-31").is_err(), "no day of the year");
    let heir = unit(&now, "02647").unwrap();
    assert!(
        now.units.iter().any(|line| heir.is(&line.unit) && line.unit.name.as_str() == "Lào Cai")
    );
}

#[test]
fn the_program_says_how_to_ask() {
    for (words, geography, told) in [
        (&["trace", "02647", "opinions"][..], "then", "02647@2025-06-30"),
        (&["ledger", "02647"], "then", "02647@2025-06-30"),
        (&["ledger", "Phường Kim Tân"], "now", "đơn vị kế tục là Phường Lào Cai (02647)"),
    ] {
        let mut command = program();
        command.args(words).args(YEARS.made.folders("2025")).args(["--period", "2025"]);
        let done = ran(command.args(["--geography", geography]));
        assert!(done.refusal().contains(told), "{}", done.err);
    }
    let mut command = program();
    command.args(["ledger", "02647@2025-Q2"]).args(YEARS.made.folders("2025"));
    let done = ran(command.args(["--period", "2025", "--geography", "then"]));
    assert!(
        done.out.starts_with("Phường Kim Tân (đến 30/06/2025) (02647), "),
        "{}{}",
        done.out,
        done.err
    );
}

/// Whoever has the figures, each file is answered under the name of the unit that sent it.
#[test]
fn an_ended_unit_gets_its_answer_on_either_map() {
    let folder = tempfile::tempdir().unwrap();
    for (quarter, code, name) in [
        ("2025-Q2", "02647", "Phường Kim Tân"),
        ("2025-Q2", "02641", "Phường Lào Cai"),
        ("2025-Q3", "02647", "Phường Lào Cai"),
    ] {
        let mut submission = written(Quarter::parse(quarter).unwrap(), code, name, "");
        submission.meetings[0].notice = None;
        let inside = folder.path().join(quarter);
        std::fs::create_dir_all(&inside).unwrap();
        let bytes = form01::write(&forms(), &submission).unwrap();
        std::fs::write(inside.join(format!("{code}.xlsx")), bytes).unwrap();
    }
    let of = |geography: &str| {
        let out = folder.path().join(geography);
        let mut command = program();
        command.arg("feedback").args(["2025-Q2", "2025-Q3"].map(|q| folder.path().join(q)));
        command.args(["--period", "2025-9M", "--geography", geography, "--scope", "15"]);
        let done = ran(command.args(["--as-of", "2025-12-31"]).arg("--out").arg(&out));
        assert_eq!(done.err, "");
        content(&out)
    };
    let [then, now] = ["then", "now"].map(of);
    let names: BTreeSet<String> =
        now.keys().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    for name in [
        "02641-phuong-lao-cai-den-30-06-2025-2025-q2.xlsx",
        "02647-phuong-kim-tan-den-30-06-2025-2025-q2.xlsx",
        "02647-phuong-lao-cai-2025-q3.xlsx",
    ] {
        assert!(
            names.contains(name),
            "{name}: {:?}",
            names.iter().filter(|n| n.starts_with("026")).collect::<Vec<_>>()
        );
    }
    assert!(!names.contains("02647-phuong-lao-cai-2025-q2.xlsx"));
    assert_eq!(then.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>());
    assert!(then == now, "the answers do not depend on the map");
    let told = |file: &str| {
        let (_, text) = now.iter().find(|(path, _)| path.ends_with(file)).unwrap();
        String::from_utf8_lossy(text).into_owned()
    };
    let heir = "đơn vị kế tục trả lời: Phường Lào Cai (02647)";
    assert!(told("02647-phuong-kim-tan-den-30-06-2025-2025-q2.txt").contains(heir));
    assert!(!told("02647-phuong-lao-cai-2025-q3.txt").contains("kế tục"));
    let list = now.iter().find(|(path, _)| path.ends_with("bien-nhan.csv")).unwrap().1;
    let list = String::from_utf8_lossy(list);
    let line = list.lines().find(|line| line.contains("2025-Q2/02647.xlsx")).unwrap();
    assert!(line.contains("02647 Phường Kim Tân (đến 30/06/2025)"), "{line}");
    assert!(line.contains("-2025-q2.xlsx") && !line.contains("q3"), "{line}");
}
