//! Hostile files through the whole program: each costs itself, within bounds that the system itself enforces.
//!
//! No test here looks at a clock to judge: the memory that one clean file needs is found by running under ever
//! tighter limits of the system, and each hostile file must then come to its end with 64 MB more. A process that
//! wants more dies, and its test with it. The watchdog only ends what would run for ever.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop where it stands"
)]
#![cfg(target_os = "linux")]

#[path = "support/biff.rs"]
mod biff;
#[path = "support/hostile.rs"]
#[allow(clippy::too_many_lines, reason = "one list of files")]
mod hostile;
#[path = "support/hostile_page.rs"]
mod hostile_page;

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// What reading one file may take above what a clean one takes.
const MARGIN_KB: u64 = 64 * 1024;
/// Seconds of processor time that no file comes near to, in a build without optimisation on a slow machine.
const SECONDS: u64 = 180;

/// Checks a folder in a process whose data may not grow beyond so many kilobytes; none when it died of it.
fn check(folder: &Path, data_kb: u64) -> Option<Value> {
    let script = format!(
        "ulimit -d {data_kb} && ulimit -t {SECONDS} && exec \"$0\" check \"$1\" --period 2021-Q1 --scope 10 --format json"
    );
    let output = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_qc17")])
        .arg(folder)
        .env("RAYON_NUM_THREADS", "1")
        .env("MALLOC_ARENA_MAX", "1")
        // With it a process without memory waits for itself for ever while it tells where it died.
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    if !matches!(output.status.code(), Some(0 | 1)) {
        return None;
    }
    serde_json::from_slice(&output.stdout).ok()
}

fn folder_with(name: &str, bytes: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    folder
}

/// The codes that were said of files that begin with that name.
fn said(result: &Value, name: &str) -> Vec<String> {
    let findings = result["diagnostics"].as_array().unwrap().iter();
    let of = findings
        .filter(|finding| finding["file"].as_str().is_some_and(|file| file.starts_with(name)));
    of.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

/// Kilobytes of data under which a clean submission is read, to the next four megabytes.
fn clean_need() -> u64 {
    let clean = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/2021-Q1/080/BC_02635_2021_Q1.xlsx");
    let folder = folder_with("BC_02635_2021_Q1.xlsx", &fs::read(clean).unwrap());
    let enough = (4..64).map(|step| step * 4 * 1024).find(|kb| check(folder.path(), *kb).is_some());
    enough.unwrap_or_else(|| panic!("a clean file needs more than 256 MB"))
}

#[test]
fn each_costs_itself_and_no_more_than_its_share_of_memory() {
    let most = clean_need() + MARGIN_KB;
    let mut broken = Vec::new();
    for file in hostile::all() {
        let folder = folder_with(file.name, &file.bytes);
        match check(folder.path(), most) {
            None => {
                broken.push(format!(
                    "{} ({} bytes): the program died",
                    file.name,
                    file.bytes.len()
                ));
            }
            Some(result) => {
                let codes = said(&result, file.name);
                if file.code.is_some_and(|code| !codes.iter().any(|said| said == code)) {
                    broken.push(format!("{}: {codes:?}, not {:?}", file.name, file.code));
                }
            }
        }
    }
    assert!(broken.is_empty(), "within {most} KB:\n{}", broken.join("\n"));
}

#[test]
fn a_folder_full_of_them_costs_no_sound_file_anything() {
    let sound = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/2021-Q1/080/BC_02635_2021_Q1.xlsx");
    let folder = folder_with("BC_02635_2021_Q1.xlsx", &fs::read(sound).unwrap());
    for file in hostile::all() {
        fs::write(folder.path().join(file.name), &file.bytes).unwrap();
    }
    for (name, _, bytes) in hostile_page::broken() {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    // All of them together say thousands of things, which are the output's own; two archives hold hundreds of real copies.
    let result = check(folder.path(), clean_need() + 2 * MARGIN_KB + MARGIN_KB / 2).unwrap();
    let units = result["units"].as_array().unwrap();
    let unit = units.iter().find(|unit| unit["code"] == "02635").unwrap();
    assert_eq!(
        (unit["submission"].as_str(), unit["attendees"].as_u64().is_some()),
        (Some("on_time"), true)
    );
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/so-lieu-lon-xon.md");
    let now = fs::read_to_string(path).unwrap();
    let page = hostile_page::page(&now, &result);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, &page).unwrap();
    }
    let now = fs::read_to_string(path).unwrap();
    assert!(now == page, "the page is not up to date: UPDATE=1 cargo test --test hostile_files");
}

/// Readers of `.xls` that abort, that never end, that want all memory: each costs its file, and says so.
#[test]
fn a_reader_that_fails_costs_its_file() {
    let sound = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/2021-Q1/080/BC_02635_2021_Q1.xlsx");
    let folder = folder_with("BC_02635_2021_Q1.xlsx", &fs::read(sound).unwrap());
    let xls = include_bytes!("specimens/bieu.xls");
    let mut vast = xls.to_vec();
    // A used range of four thousand million rows: the library would ask for room for all of them, and abort.
    let range = vast.windows(4).position(|bytes| bytes == [0, 2, 14, 0]).unwrap();
    vast[range + 8..range + 12].fill(0xFF);
    vast[range + 14..range + 16].fill(0xFF);
    for (name, bytes) in [
        ("1.xls", xls.to_vec()),
        ("2-vast.xls", vast),
        ("3.xls", xls.to_vec()),
        ("4-hangs.xls", hostile::endless()),
        ("5.xls", xls.to_vec()),
        ("6-eats.xls", hostile::greedy()),
        ("7.xls", xls.to_vec()),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let result = check(folder.path(), clean_need() + MARGIN_KB).unwrap();
    for (name, codes) in [("4-hangs.xls", &["TEP04"]), ("6-eats.xls", &["TEP01"])] {
        assert_eq!(said(&result, name), codes, "{name}");
    }
    let alike = said(&result, "1.xls");
    assert!(!alike.iter().any(|code| ["TEP01", "TEP04"].contains(&code.as_str())), "{alike:?}");
    // A used range that nothing stands in is passed over before the library makes room for it.
    for name in ["2-vast.xls", "3.xls", "5.xls", "7.xls"] {
        assert_eq!(said(&result, name), alike, "{name}: as the one before anything went wrong");
    }
    let units = result["units"].as_array().unwrap();
    let unit = units.iter().find(|unit| unit["code"] == "02635").unwrap();
    assert_eq!(unit["submission"], "on_time");
}

/// The specimens of every kind, whole.
const SPECIMENS: [(&str, &[u8]); 8] = [
    ("bieu.xlsx", include_bytes!("specimens/bieu.xlsx")),
    ("bieu.xls", include_bytes!("specimens/bieu.xls")),
    ("bieu-xlwt.xls", include_bytes!("specimens/bieu-xlwt.xls")),
    ("bieu.ods", include_bytes!("specimens/bieu.ods")),
    ("bieu.xlsb", include_bytes!("specimens/bieu-sheetjs.xlsb")),
    ("bieu.xml", include_bytes!("specimens/bieu-sheetjs.xml")),
    ("bieu.csv", b"STT;Ng\xC3\xA0y;S\xE1\xBB\x91 ng\xC6\xB0\xE1\xBB\x9Di\r\n1;15/3/2021;35\r\n2;16/3/2021;36\r\n"),
    ("bieu.html", b"<html><table><tr><th>STT<th>Ng&agrave;y<tr><td rowspan=2>1<td>15/3/2021</table></html>"),
];

#[test]
fn every_kind_may_be_cut_off_or_have_its_bits_turned() {
    let mut seed = 17u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let folder = tempfile::tempdir().unwrap();
    let mut names = Vec::new();
    for (name, whole) in SPECIMENS {
        for n in 0..24 {
            let mut bytes = whole.to_vec();
            if n % 3 == 0 {
                bytes.truncate(next(bytes.len()));
            } else {
                for _ in 0..=n % 5 {
                    let bit = next(bytes.len() * 8);
                    bytes[bit / 8] ^= 1 << (bit % 8);
                }
            }
            let name = format!("{n:02}-{name}");
            fs::write(folder.path().join(&name), bytes).unwrap();
            names.push(name);
        }
    }
    let result = check(folder.path(), clean_need() + MARGIN_KB).unwrap();
    let files = result["files"].as_array().unwrap();
    assert_eq!(files.len(), names.len());
    // None of them is a submission: each says why, whatever its bytes came to mean.
    for name in &names {
        assert!(!said(&result, name).is_empty(), "nothing is said of {name}");
    }
}

#[test]
fn a_link_inside_an_archive_is_refused() {
    use std::io::Cursor;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("a.csv", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    let folder = folder_with("links.zip", &bytes);
    let result = check(folder.path(), clean_need() + MARGIN_KB).unwrap();
    assert_eq!(said(&result, "links.zip!"), ["TEP04"]);
}
