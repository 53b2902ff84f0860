//! Several versions of one submission, of either form: the newest by what is known is used, and what changed is told.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it stands")]

#[path = "support/disorder/mod.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::trivially_copy_pass_by_ref,
    reason = "part of a test: what it builds is small, and a fault in it may end it"
)]
mod disorder;

use chrono::NaiveDate;
use disorder::dice::Dice;
use disorder::draft::{Block, Datum, Draft, Facts, Item, Kind, words};
use disorder::judge::Court;
use disorder::{clean, head, kinds, render};
use qc17::model::submission::FilePath;
use qc17::model::{Finding, Measure, Period, UnitCode};
use qc17::open::Value;
use qc17::pipeline::run;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// Folders that are made, each of a whole quarter.
const FOLDERS: u64 = 8;
/// Seeds that are looked through for the submissions of one folder.
const SEEDS: u64 = 260;

/// Words of names and the version that they stand for.
const VERSIONS: [(&str, u32); 7] = [
    (" nháp", 0),
    ("", 1),
    (" (2)", 1),
    (" sửa", 2),
    (" bổ sung", 2),
    (" lần 3", 3),
    (" lần thứ 4", 4),
];

/// One file that a unit sent, and all by which its age is told.
#[derive(Debug, Clone)]
struct Version {
    draft: Draft,
    path: String,
    dated: Option<NaiveDate>,
    number: u32,
    received: Option<NaiveDate>,
    /// Its path's place among those of the other versions.
    place: usize,
}

/// The order of age as `spec/forms.md` has it: what the file says of itself, the list of receipts, the name. Where one
/// of them bears no date, the words come before the dates of the others.
fn newest(versions: &[Version]) -> usize {
    let all = versions.iter().all(|version| version.dated.is_some());
    let age = |v: &Version| (v.dated.filter(|_| all), v.number, v.dated, v.received, v.place);
    (0..versions.len()).max_by_key(|at| age(&versions[*at])).unwrap()
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, month, day).unwrap()
}

/// Some versions of the submission, each with other figures.
fn versions(draft: &Draft, dice: &mut Dice) -> Vec<Version> {
    let dates = dice.below(3);
    let many = dice.within(1, 4) as usize;
    let version = |place: usize| {
        let mut draft = draft.clone();
        change(&mut draft, dice);
        // All dated, none, or some.
        let dated = dates == 0 || dates == 2 && dice.coin();
        let dated = dated.then(|| day(3, dice.within(29, 31)));
        if let Some(dated) = dated {
            date(&mut draft, dated);
        }
        let (mark, number) = *dice.pick(&VERSIONS);
        let (extension, _) = kinds::ALL[place % kinds::ALL.len()];
        let name = draft.file.replace(".xlsx", &format!("{mark}.{extension}"));
        let path = format!("{}/{place}/{name}", draft.unit.code);
        let received = dice.coin().then(|| day(4, dice.within(1, 3)));
        Version { draft, path, dated, number, received, place }
    };
    (0..many).map(version).collect()
}

/// Gives the report a date, as its form has it.
fn date(draft: &mut Draft, day: NaiveDate) {
    let value = Value::Date(day.and_hms_opt(0, 0, 0).unwrap());
    let line = vec![(0, words("Ngày báo cáo")), (1, value)];
    if let Some(lines) = head::info_lines(draft) {
        lines.push(line);
    } else if let Some(Block::Lines(lines)) = draft.sheets[0].blocks.first_mut() {
        lines.insert(2, line);
    }
}

/// Other figures in one row, and at times a row less.
fn change(draft: &mut Draft, dice: &mut Dice) {
    let id = draft.main_id();
    let mut rows = draft.truth.tables.remove(id).unwrap();
    if rows.len() > 1 && dice.below(3) == 0 {
        rows.pop();
        // Petitions of a meeting that is gone would be a fault of their own.
        draft.sheets.retain(|sheet| !sheet.name.starts_with("Biểu 2"));
        draft.truth.tables.remove("petitions");
    }
    let (last, touched) = (rows.len(), dice.below(rows.len()));
    let table = draft.main();
    table.items.retain(|item| !matches!(item, Item::Row { truth, .. } if *truth >= last));
    let cells = table.rows().nth(touched).unwrap();
    for (field, n) in [("attendees", dice.within(1_000, 2_900)), ("women", 100), ("minority", 100)]
    {
        if cells.contains_key(field) {
            cells.insert(field.to_owned(), Value::Number(f64::from(n)));
            rows[touched].insert(field, Datum::Count(n));
        }
    }
    draft.truth.tables.insert(id, rows);
}

/// What each unit sent: communes their own form, districts a roll-up.
fn sent(court: &Court, period: Period, folder: u64) -> Vec<Vec<Version>> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for seed in 0..SEEDS {
        let mut dice = Dice::new(seed ^ folder << 20 ^ 0x0E_25_10);
        let draft = match seed % 4 {
            0 => clean::rollup(&court.register, &mut dice),
            _ => clean::detail(&court.register, &mut dice),
        };
        if draft.truth.period == period && seen.insert(draft.truth.unit.clone()) {
            all.push(versions(&draft, &mut dice));
        }
    }
    all
}

fn write_down(sent: &[Vec<Version>], folder: &Path) {
    let mut receipts = String::from("Tệp;Ngày nhận\n");
    for version in sent.iter().flatten() {
        let (_, write) = kinds::ALL[version.place % kinds::ALL.len()];
        let path = folder.join(&version.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, write(&render::written(&version.draft).book)).unwrap();
        if let Some(day) = version.received {
            writeln!(receipts, "{};{}", version.path, day.format("%d/%m/%Y")).unwrap();
        }
    }
    std::fs::write(folder.join("nhan.csv"), receipts).unwrap();
}

fn figure(facts: &Facts, field: &str) -> u64 {
    match facts.get(field) {
        Some(Datum::Count(n)) => u64::from(*n),
        _ => 0,
    }
}

/// What a version says of each commune: people and opinions.
fn figures(version: &Version) -> BTreeMap<String, [u64; 2]> {
    let draft = &version.draft;
    let rows = &draft.truth.tables[draft.main_id()];
    let mut figures: BTreeMap<String, [u64; 2]> = BTreeMap::new();
    for row in rows {
        let unit = match row.get("unit") {
            Some(Datum::Words(unit)) => unit.clone(),
            _ => draft.truth.unit.clone(),
        };
        let sums = figures.entry(unit).or_default();
        sums[0] += figure(row, "attendees");
        sums[1] += figure(row, "opinions");
    }
    figures
}

/// What must be said of a version that another one replaces.
fn assert_told(finding: &Finding, used: &Version, old: &Version, court: &Court, period: Period) {
    let message = &finding.message;
    assert!(message.contains(&used.path), "{message}");
    let (is, was) = (figures(used), figures(old));
    let sum = |of: &BTreeMap<String, [u64; 2]>| of.values().map(|sums| sums[0]).sum::<u64>();
    if sum(&is) != sum(&was) {
        let grouped = qc17::model::count::grouped;
        let change = format!(
            "{} {} → {}",
            Measure::Attendees.label(),
            grouped(sum(&was)),
            grouped(sum(&is))
        );
        assert!(message.contains(&change), "{change}: {message}");
    }
    if used.draft.kind == Kind::RollUp {
        let differ = is.keys().chain(was.keys()).filter(|unit| is.get(*unit) != was.get(*unit));
        for unit in differ.collect::<BTreeSet<_>>() {
            let unit = court.register.get(UnitCode::parse(unit).unwrap(), period.last_day());
            let name = unit.unwrap().full_name();
            assert!(message.contains(&name), "{name}: {message}");
        }
    }
}

#[test]
fn the_newest_version_is_used_and_the_others_are_told() {
    qc17::open::worker::set_program(env!("CARGO_BIN_EXE_qc17").into());
    let (court, period) = (Court::new(), Period::quarter(2021, 1).unwrap());
    let (mut replaced, mut rolled_up) = (0, 0);
    for number in 0..FOLDERS {
        let folder = tempfile::tempdir().unwrap();
        let sent = sent(&court, period, number);
        write_down(&sent, folder.path());
        let summary = run(&Court::new().job(folder.path(), period), &|_, _| {}).unwrap();
        // A commune's own form counts before its district's.
        let mut expected: BTreeMap<String, [u64; 2]> = BTreeMap::new();
        for form in [Kind::RollUp, Kind::Detail] {
            for versions in sent.iter().filter(|all| all[0].draft.kind == form) {
                expected.extend(figures(&versions[newest(versions)]));
            }
        }
        for line in &summary.units {
            let code = line.unit.code.to_string();
            let found = [Measure::Attendees, Measure::Opinions].map(|m| line.tallies.sum(m));
            let right = expected.get(&code).map(|figures| figures.map(Some));
            assert_eq!(found, right.unwrap_or([None; 2]), "folder {number}, {code}");
        }
        for versions in sent.iter().filter(|all| {
            summary.unit(UnitCode::parse(&all[0].draft.truth.unit).unwrap()).is_some()
        }) {
            let used = newest(versions);
            for (at, old) in versions.iter().enumerate().filter(|(at, _)| *at != used) {
                let path = FilePath::new(&old.path);
                let mut told = summary.findings.iter().filter(|finding| {
                    finding.rule.code == "DV05" && finding.place.file.as_ref() == Some(&path)
                });
                let finding =
                    told.next().unwrap_or_else(|| panic!("{at} {}: nothing said", old.path));
                assert_told(finding, &versions[used], old, &court, period);
                assert!(told.next().is_none(), "{}: said twice", old.path);
                replaced += 1;
                rolled_up += usize::from(old.draft.kind == Kind::RollUp);
            }
        }
    }
    assert!(replaced > 200 && rolled_up > 20, "only {replaced}, {rolled_up} of them roll-ups");
}
