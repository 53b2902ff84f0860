//! Damaged files by the thousand, of every kind, in one folder: each costs itself and no more memory than sound ones and
//! the margin of one hostile file, and never changes a figure in silence.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may stop")]

#[path = "support/disorder/dice.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::cast_possible_truncation,
    reason = "part of a test"
)]
mod dice;
#[path = "support/province.rs"]
mod province;

use dice::Dice;
use province::{Checked, KINDS, Province, file_name};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Damaged files of each kind in a plain run.
const SHARE: u64 = 60;
/// Other ones, as `first..end`, 400 to a folder: `DAMAGE=0..4000 cargo test --test damaged -- --nocapture`.
const ASKED: &str = "DAMAGE";
/// Damaged files in one folder.
const FOLDER: u64 = 400;

/// What was done to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Damage {
    Bits,
    Byte,
    Zeros,
    CutAt(usize),
    Taken,
    Doubled,
}

/// Damages the bytes once; most often as a worn disk or a bad line does.
fn damaged(dice: &mut Dice, sound: &[u8]) -> (Vec<u8>, Damage) {
    let mut bytes = sound.to_vec();
    let at = dice.below(bytes.len());
    let span = |dice: &mut Dice, most| at..sound.len().min(at + 1 + dice.below(most));
    let damage = match dice.below(9) {
        0..=2 => {
            bytes[at] ^= 1 << dice.below(8);
            Damage::Bits
        }
        3 => {
            for _ in 0..8 {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
            Damage::Bits
        }
        4 => {
            bytes[at] = u8::try_from(dice.below(256)).unwrap();
            Damage::Byte
        }
        5 => {
            bytes[span(dice, 512)].fill(0);
            Damage::Zeros
        }
        6 => {
            bytes.truncate(at);
            Damage::CutAt(at)
        }
        7 => {
            bytes.drain(span(dice, 64));
            Damage::Taken
        }
        _ => {
            let copy = bytes[span(dice, 64)].to_vec();
            let to = dice.below(bytes.len());
            bytes.splice(to..to, copy);
            Damage::Doubled
        }
    };
    (bytes, damage)
}

/// What stands in a file that nothing guards: each text between tags, all of a text with separators, the stream of
/// records of a binary workbook. None for a package, whose parts have checksums.
fn content(kind: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    match kind {
        // Types and places of cells stand in the tags of the latter.
        "csv" | "xml" => Some(bytes.to_vec()),
        "html" => {
            let mut inside = false;
            let text = bytes.iter().filter(|&&byte| {
                inside = byte == b'<' || inside && byte != b'>';
                !inside
            });
            Some(text.copied().collect())
        }
        // Its header and its table of sectors guard themselves.
        "xls" => Some(bytes.get(512..).unwrap_or_default().to_vec()),
        _ => None,
    }
}

/// Whether the damage changed what is written there, so that another figure is what the file says now. A file that was
/// cut says less than it did; only in the last field of a line of text nothing shows it.
fn says_otherwise(kind: &str, sound: &[u8], bytes: &[u8], damage: Damage) -> bool {
    match damage {
        Damage::CutAt(at) => {
            let fields = |line: &[u8]| line.split(|&byte| byte == b',').count();
            let last = sound[..at].rsplit(|&byte| byte == b'\n').next().unwrap_or_default();
            // The title on the first line holds a comma of its own.
            let second = sound.split(|&byte| byte == b'\n').nth(1).unwrap_or_default();
            kind == "csv" && (last.is_empty() || fields(last) == fields(second))
        }
        _ => content(kind, sound).is_some_and(|sound| Some(sound) != content(kind, bytes)),
    }
}

/// The sound file of that kind under a commune's name; an archive holds one named so as well.
fn sound(kind: &str, commune: usize) -> Vec<u8> {
    if let Some((_, bytes)) = KINDS.iter().find(|(known, _)| *known == kind) {
        return bytes.to_vec();
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(file_name(commune, "csv"), SimpleFileOptions::default()).unwrap();
    writer.write_all(&sound("csv", commune)).unwrap();
    writer.finish().unwrap().into_inner()
}

/// What reading may take above what sound files take, in kilobytes.
const MARGIN_KB: u64 = 64 * 1024;

/// Kilobytes of data under which a folder of so many sound files is read, to the next four megabytes.
#[cfg(target_os = "linux")]
fn need_of_sound(files: usize) -> u64 {
    let province = Province::new(files);
    for (commune, (kind, bytes)) in (1..=files).zip(KINDS.iter().cycle()) {
        province.put(&file_name(commune, kind), bytes);
    }
    let (mut too_few, mut enough) = (0u64, 64);
    assert!(province.check_within(enough * 4096).is_some(), "sound files need more than 256 MB");
    while enough - too_few > 1 {
        let step = u64::midpoint(too_few, enough);
        let read = province.check_within(step * 4096).is_some();
        (too_few, enough) = if read { (too_few, step) } else { (step, enough) };
    }
    enough * 4096
}

/// The run over the folder, held to the memory of sound files and the margin where the system can do that.
fn checked(province: &Province, need_kb: u64) -> Checked {
    #[cfg(target_os = "linux")]
    let checked = province.check_within(need_kb + MARGIN_KB);
    #[cfg(not(target_os = "linux"))]
    let checked = Some(province.check());
    checked.unwrap_or_else(|| panic!("the program needed more than {} KB", need_kb + MARGIN_KB))
}

/// Runs a folder of damaged files of one kind beside a sound one, and tells how many came through, were named, and
/// say something else now.
fn folder(kind: &str, seeds: std::ops::Range<u64>, need_kb: u64) -> [usize; 3] {
    let province = Province::new(usize::try_from(seeds.end - seeds.start).unwrap() + 2);
    let extension = if kind == "zip" { "zip" } else { kind };
    province.put(&file_name(1, extension), &sound(kind, 1));
    province.put(&file_name(2, "xlsx"), &sound("xlsx", 2));
    let mut made = BTreeMap::new();
    for (commune, seed) in (3..).zip(seeds) {
        let sound = sound(kind, commune);
        let (bytes, damage) = damaged(&mut Dice::new(seed ^ 0xDA_3A6E), &sound);
        province.put(&file_name(commune, extension), &bytes);
        made.insert(commune, (seed, says_otherwise(kind, &sound, &bytes, damage), damage));
    }
    let checked = checked(&province, need_kb);
    assert_eq!(checked.status, Some(1), "{kind}: {}", checked.err);
    assert!(!checked.err.contains("panicked"), "{kind}: {}", checked.err);
    let clean = checked.told(2);
    assert_eq!((checked.told(1), clean.2.as_str()), (clean.clone(), "undated"), "{kind}");
    let usual = checked.findings(&file_name(1, extension));
    assert!(usual.is_empty(), "{kind}: {usual:?}");
    let mut counted = [0; 3];
    let mut silent = Vec::new();
    for (commune, (seed, otherwise, damage)) in made {
        let told = checked.told(commune);
        let findings = checked.findings(&file_name(commune, extension));
        // An untouched form and one of another quarter leave the unit without a report, and say so.
        let tells = |code: &str| matches!(code, "DL03" | "KY02");
        // The name of a file in an archive may be what was damaged; then nothing says whose it was.
        let known = kind != "zip" && told.2 == "missing";
        let gone = known && !findings.iter().any(|(code, ..)| tells(code));
        match () {
            () if told == clean => counted[0] += 1,
            () if !findings.is_empty() && !gone => counted[1] += 1,
            () if otherwise && !gone => counted[2] += 1,
            () => silent.push(format!("seed {seed}, {damage:?}: {told:?} {findings:?}")),
        }
    }
    assert!(silent.is_empty(), "{kind}, {} in silence:\n{}", silent.len(), silent.join("\n"));
    counted
}

#[test]
fn damage_costs_a_file_and_changes_nothing_in_silence() {
    let asked = std::env::var(ASKED).unwrap_or_default();
    let asked = asked.split_once("..").and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    let (first, end) = asked.unwrap_or((0, SHARE));
    #[cfg(target_os = "linux")]
    let need_kb = need_of_sound(usize::try_from((end - first).min(FOLDER)).unwrap() + 2);
    #[cfg(not(target_os = "linux"))]
    let need_kb = 0;
    for kind in KINDS.iter().map(|(kind, _)| *kind).chain(["zip"]) {
        let mut counted = [0; 3];
        let mut from = first;
        while from < end {
            let to = end.min(from + FOLDER);
            for (sum, n) in counted.iter_mut().zip(folder(kind, from..to, need_kb)) {
                *sum += n;
            }
            from = to;
        }
        let [same, named, other] = counted;
        println!("{kind}: {same} read as if sound, {named} named, {other} say something else now");
        assert!(named > 0 && (same > 0 || kind == "zip"), "{kind}: nothing was tried");
    }
}
