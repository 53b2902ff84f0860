//! What stands in the output folder after runs that end well, end badly, or are killed.

use super::*;
use std::collections::BTreeMap;

fn outputs(version: &str) -> Vec<(String, Vec<u8>)> {
    let name = |name: &str| (name.to_owned(), format!("{name} {version}").into_bytes());
    vec![name("tong-hop.xlsx"), name("bao-cao.pdf"), name("phan-hoi/02647.xlsx")]
}

/// A set that is complete and not yet moved into place, as a run leaves it that is killed then.
fn stage(folder: &Path, outputs: &[(String, Vec<u8>)], plan: &Plan) {
    let staged = Staged::open(folder).unwrap();
    staged.put_all(outputs).unwrap();
    complete(folder, &folder.join(STAGING), plan).unwrap();
    std::mem::forget(staged);
}

fn plan(backup: bool) -> Plan {
    Plan { backup, stale: Vec::new() }
}

/// Every file in the folder with its content, hidden ones included.
fn content(folder: &Path) -> BTreeMap<String, String> {
    let names = files_below(folder).unwrap().into_iter();
    names
        .map(|name| {
            let text = fs::read_to_string(folder.join(&name)).unwrap();
            (name.to_string_lossy().replace('\\', "/"), text)
        })
        .collect()
}

fn expected(version: &str) -> BTreeMap<String, String> {
    let text = |(name, bytes): (String, Vec<u8>)| (name, String::from_utf8(bytes).unwrap());
    outputs(version).into_iter().map(text).collect()
}

#[test]
fn writes_replaces_and_leaves_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("kết quả/quý I");
    write_all(&out, &outputs("1"), false).unwrap();
    assert_eq!(content(&out), expected("1"));
    write_all(&out, &outputs("2"), false).unwrap();
    assert_eq!(content(&out), expected("2"));
}

#[test]
fn a_replaced_file_is_kept_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    for version in ["1", "2", "3"] {
        write_all(folder.path(), &outputs(version), true).unwrap();
    }
    let mut all = expected("3");
    all.extend(expected("2").into_iter().map(|(name, text)| (format!("{name}.bak"), text)));
    assert_eq!(content(folder.path()), all);
}

#[test]
fn a_file_that_cannot_be_replaced_undoes_the_others() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), &outputs("1")[..2], false).unwrap();
    fs::create_dir(folder.path().join("tong-hop.xlsx.bak")).unwrap();
    // The folder in the way of one file is found before anything is moved.
    fs::create_dir_all(folder.path().join("phan-hoi/02647.xlsx")).unwrap();
    let error = write_all(folder.path(), &outputs("2"), false).unwrap_err();
    assert!(matches!(error, WriteError::IsFolder(_)), "{error}");
    assert_eq!(content(folder.path()), outputs_of(&outputs("1")[..2]));
}

#[test]
fn a_failed_move_puts_the_old_files_back() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), &outputs("1")[..2], false).unwrap();
    let staging = folder.path().join(STAGING);
    stage(folder.path(), &outputs("2"), &plan(false));
    // After staging, someone puts a folder where the last file goes.
    fs::create_dir_all(folder.path().join("tong-hop.xlsx.d")).unwrap();
    fs::remove_file(folder.path().join("tong-hop.xlsx")).unwrap();
    fs::create_dir_all(folder.path().join("tong-hop.xlsx/x")).unwrap();
    let error = commit(folder.path(), &staging, &plan(false)).unwrap_err();
    assert!(matches!(
        error,
        WriteError::IsFolder(_) | WriteError::Other(..) | WriteError::Locked(..)
    ));
    fs::remove_dir_all(&staging).unwrap();
    assert_eq!(content(folder.path()), outputs_of(&outputs("1")[1..2]));
}

fn outputs_of(outputs: &[(String, Vec<u8>)]) -> BTreeMap<String, String> {
    let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).unwrap();
    outputs.iter().map(|(name, bytes)| (name.clone(), text(bytes))).collect()
}

#[test]
fn a_run_killed_while_staging_leaves_the_old_set() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), &outputs("1"), false).unwrap();
    let staging = folder.path().join(STAGING);
    stage(folder.path(), &outputs("2"), &plan(false));
    fs::remove_file(staging.join(MARKER)).unwrap();
    recover(folder.path(), &staging).unwrap();
    assert_eq!(content(folder.path()), expected("1"));
}

#[test]
fn a_run_killed_while_moving_is_finished_by_the_next() {
    for backup in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        write_all(folder.path(), &outputs("1"), false).unwrap();
        let staging = folder.path().join(STAGING);
        stage(folder.path(), &outputs("2"), &plan(backup));
        fs::rename(staging.join(NEW).join("bao-cao.pdf"), folder.path().join("bao-cao.pdf"))
            .unwrap();
        recover(folder.path(), &staging).unwrap();
        let mut all = expected("2");
        if backup {
            all.extend(expected("1").into_iter().map(|(name, text)| (format!("{name}.bak"), text)));
        }
        assert_eq!(content(folder.path()), all);
    }
}

#[test]
fn what_is_out_of_date_is_put_away_also_after_a_kill() {
    let stale = ["phan-hoi/02989.xlsx".to_owned(), "phan-hoi/không có.txt".to_owned()];
    for killed in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let old = [(stale[0].clone(), b"x".to_vec())];
        write_all(folder.path(), &old, false).unwrap();
        if killed {
            let staging = folder.path().join(STAGING);
            let plan = Plan { backup: false, stale: stale.to_vec() };
            assert_eq!(Plan::read(&plan.marker()), plan);
            stage(folder.path(), &outputs("1"), &plan);
            recover(folder.path(), &staging).unwrap();
        } else {
            write_set(folder.path(), &outputs("1"), &stale, false).unwrap();
        }
        let mut all = expected("1");
        all.insert(format!("{}.bak", stale[0]), "x".to_owned());
        assert_eq!(content(folder.path()), all);
    }
    assert!(write_set(Path::new("."), &[], &["../x".to_owned()], false).is_err());
    // A marker that was tampered with leads nowhere else.
    assert!(Plan::read("bak\n../x\n/etc/passwd").stale.is_empty());
}

#[test]
fn whatever_a_killed_run_left_the_next_run_writes() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(STAGING)).unwrap();
    fs::write(folder.path().join(STAGING).join("rác"), "x").unwrap();
    write_all(folder.path(), &outputs("1"), false).unwrap();
    fs::write(folder.path().join(STAGING), "một tệp mang tên đó").unwrap();
    write_all(folder.path(), &outputs("2"), false).unwrap();
    assert_eq!(content(folder.path()), expected("2"));
}

#[test]
fn two_runs_at_once_leave_one_whole_set() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for run in 0..8 {
            let path = folder.path();
            scope.spawn(move || write_all(path, &outputs(&run.to_string()), false).unwrap());
        }
    });
    let found = content(folder.path());
    assert!((0..8).any(|run| found == expected(&run.to_string())), "{found:?}");
}

#[test]
fn a_folder_that_cannot_serve_is_named_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tệp");
    fs::write(&file, "x").unwrap();
    for out in [file.clone(), file.join("sâu/hơn")] {
        let error = write_all(&out, &outputs("1"), false).unwrap_err();
        assert!(matches!(&error, WriteError::NotAFolder(path) if *path == file), "{error:?}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "x");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let set = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    set(0o555);
    if fs::write(folder.path().join("thử"), "").is_ok() {
        set(0o755);
        println!("SKIPPED: this user may write into read-only folders");
        return;
    }
    let error = write_all(folder.path(), &outputs("1"), false).unwrap_err();
    set(0o755);
    assert!(matches!(error, WriteError::NotWritable(..)), "{error}");
    assert!(content(folder.path()).is_empty());
}

#[test]
fn failures_are_told_in_the_users_words() {
    let folder = Path::new("ra");
    let file = Path::new("ra/tong-hop.xlsx");
    for (kind, words) in [
        (ErrorKind::StorageFull, "đã đầy"),
        (ErrorKind::QuotaExceeded, "đã đầy"),
        (ErrorKind::ReadOnlyFilesystem, "quyền ghi"),
        (ErrorKind::PermissionDenied, "đang mở trong Excel"),
        (ErrorKind::ResourceBusy, "đang mở trong Excel"),
        (ErrorKind::IsADirectory, "thư mục"),
        (ErrorKind::NotFound, "đường dẫn không tồn tại"),
        (ErrorKind::Other, "ổ đĩa rồi chạy lại"),
    ] {
        let message = file_error(folder, file, kind.into()).to_string();
        assert!(message.contains(words), "{kind:?}: {message}");
    }
    assert!(matches!(
        folder_error(folder, ErrorKind::PermissionDenied.into()),
        WriteError::NotWritable(..)
    ));
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["", "../x", "/x", "a/../../x", "./x/..", ".qc17-tam/moi/x"] {
        let error = write_all(folder.path(), &[(name.to_owned(), vec![1])], false).unwrap_err();
        assert!(matches!(error, WriteError::BadName(_)), "{name}");
    }
    assert!(content(folder.path()).is_empty());
}
