//! Submissions inside a zip count as if they lay in the folder; what leads outside is refused.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A few submissions of the fixtures, in the order of their names.
fn submissions() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/2021-Q1")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|extension| extension == "xlsx") => {
                    files.push(path);
                }
                false => {}
            }
        }
    }
    files.sort();
    files.truncate(12);
    files
}

fn check(folder: &Path) -> Value {
    let output = Command::cargo_bin("qc17").map(|mut qc17| {
        qc17.args(["check", "--period", "2021-Q1", "--scope", "10", "--format", "json"])
            .arg(folder)
            .output()
    });
    let output = output.ok().and_then(Result::ok).map(|output| output.stdout).unwrap_or_default();
    serde_json::from_slice(&output).unwrap_or_default()
}

fn zipped(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        let started = writer.start_file(name.as_str(), SimpleFileOptions::default());
        assert!(started.is_ok() && writer.write_all(content).is_ok());
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

#[test]
fn a_zip_counts_like_a_folder() {
    let files = submissions();
    assert_eq!(files.len(), 12);
    let (plain, packed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut members = Vec::new();
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        fs::copy(file, plain.path().join(&name)).unwrap();
        members.push((format!("xã/{name}"), fs::read(file).unwrap()));
    }
    members.push(("../thoat.xlsx".into(), fs::read(&files[0]).unwrap()));
    members.push(("~$tam.xlsx".into(), b"x".to_vec()));
    members.push(("lan-hai.zip".into(), zipped(&members[..1])));
    fs::write(packed.path().join("nop.zip"), zipped(&members)).unwrap();

    let (plain, packed) = (check(plain.path()), check(packed.path()));
    assert_eq!(plain["totals"], packed["totals"]);
    assert!(plain["totals"]["communes"]["counted"].as_u64().is_some_and(|counted| counted > 0));
    let files = packed["files"].as_array().unwrap();
    let status =
        |path: &str| files.iter().find(|file| file["path"] == path).map(|file| &file["status"]);
    assert_eq!(files.len(), 16);
    assert_eq!(status("nop.zip").unwrap(), "ignored");
    assert_eq!(status("nop.zip!/../thoat.xlsx").unwrap(), "rejected");
    assert_eq!(status("nop.zip!/~$tam.xlsx").unwrap(), "ignored");
    assert_eq!(status("nop.zip!/lan-hai.zip").unwrap(), "rejected");
    for path in ["nop.zip", "nop.zip!/~$tam.xlsx"] {
        let file = files.iter().find(|file| file["path"] == path).unwrap();
        assert_eq!(
            file["sha256"].as_str().map(str::len),
            Some(64),
            "{path} is set aside, not unknown"
        );
    }
    let refused = packed["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["code"] == "TEP04");
    assert_eq!(refused.count(), 2);
}
