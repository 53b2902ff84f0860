//! What stands in the output folder after runs that end well or badly.

use super::disk::files_below;
use super::draft::End;
use super::error::{file_error, folder_error};
use super::staging::{STAGING, Staging};
use super::{Stop, WriteError};
use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

pub(super) const ON: Stop<'_> = &|| false;

pub(super) fn write_all(
    folder: &Path,
    outputs: &[(String, Vec<u8>)],
    backup: bool,
) -> Result<(), WriteError> {
    super::write_all(folder, outputs, backup, ON)
}

fn write_set(
    folder: &Path,
    outputs: &[(String, Vec<u8>)],
    stale: &[String],
) -> Result<(), WriteError> {
    super::write_set(folder, outputs, stale, false, ON)
}

/// Puts a set aside and leaves it there; what is to be taken away.
pub(super) fn stage(
    staging: &Staging<'_>,
    outputs: &[(String, Vec<u8>)],
    stale: &[String],
    backup: bool,
) -> Vec<PathBuf> {
    staging.begin().unwrap();
    for (name, bytes) in outputs {
        staging.add(Path::new(name), bytes, backup).unwrap();
    }
    staging.complete(stale, ON).unwrap()
}

pub(super) fn outputs(version: &str) -> Vec<(String, Vec<u8>)> {
    let name = |name: &str| (name.to_owned(), format!("{name} {version}").into_bytes());
    vec![name("tong-hop.xlsx"), name("bao-cao.pdf"), name("phan-hoi/02647.xlsx")]
}

/// Every file in the folder with its content, hidden ones included.
pub(super) fn content(folder: &Path) -> BTreeMap<String, String> {
    let names = files_below(folder).unwrap().into_iter();
    names
        .map(|name| {
            let text = fs::read_to_string(folder.join(&name)).unwrap();
            (name.to_string_lossy().replace('\\', "/"), text)
        })
        .collect()
}

pub(super) fn expected(version: &str) -> BTreeMap<String, String> {
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

/// After staging, someone puts a folder where the last file goes.
#[test]
fn a_failed_move_puts_the_old_files_back() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), &outputs("1")[..2], false).unwrap();
    let staging = Staging::of(folder.path());
    stage(&staging, &outputs("2"), &[], true);
    fs::remove_file(folder.path().join("tong-hop.xlsx")).unwrap();
    fs::create_dir_all(folder.path().join("tong-hop.xlsx/x")).unwrap();
    let error = staging.put_in_place(&[]).unwrap_err();
    assert!(matches!(
        error,
        WriteError::IsFolder(_) | WriteError::Other(..) | WriteError::Locked(..)
    ));
    assert!(!folder.path().join(STAGING).exists());
    assert_eq!(content(folder.path()), outputs_of(&outputs("1")[1..2]));
}

/// A run was killed while it moved; the next one finds one of its files in the way and must not leave half.
#[test]
fn what_cannot_be_finished_now_is_finished_later() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), &outputs("1"), false).unwrap();
    stage(&Staging::of(folder.path()), &outputs("2"), &[], false);
    let staged = folder.path().join(STAGING).join("moi");
    fs::rename(staged.join("bao-cao.pdf"), folder.path().join("bao-cao.pdf")).unwrap();
    let way = folder.path().join("tong-hop.xlsx");
    fs::remove_file(&way).unwrap();
    fs::create_dir_all(way.join("x")).unwrap();
    write_all(folder.path(), &outputs("3"), false).unwrap_err();
    fs::remove_dir_all(&way).unwrap();
    Staging::of(folder.path()).recover().unwrap();
    assert_eq!(content(folder.path()), expected("2"));
}

pub(super) fn outputs_of(outputs: &[(String, Vec<u8>)]) -> BTreeMap<String, String> {
    let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).unwrap();
    outputs.iter().map(|(name, bytes)| (name.clone(), text(bytes))).collect()
}

/// Somebody else holds the folder: the wait for it can be ended.
#[cfg(unix)]
#[test]
fn waiting_for_another_run_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let other = fs::File::open(folder.path()).unwrap();
    other.lock().unwrap();
    let done = super::write_all(folder.path(), &outputs("1"), false, &|| true);
    assert!(matches!(done, Err(WriteError::Stopped)), "{done:?}");
    assert!(content(folder.path()).is_empty());
}

#[test]
fn a_tampered_marker_leads_nowhere_else() {
    let root = tempfile::tempdir().unwrap();
    let (folder, outside) = (root.path().join("ra"), root.path().join("x"));
    fs::create_dir(&folder).unwrap();
    fs::write(&outside, "").unwrap();
    let stale = "../x".to_owned();
    assert!(write_set(&folder, &[], std::slice::from_ref(&stale)).is_err());
    stage(&Staging::of(&folder), &[], &[], false);
    let text = format!("{stale}\n{}\n/", outside.display());
    fs::write(folder.join(STAGING).join("du"), text).unwrap();
    Staging::of(&folder).recover().unwrap();
    assert!(outside.exists() && content(&folder).is_empty());
}

/// Somebody protected the finished file, or put a folder where the kept one goes: nothing is replaced.
#[test]
fn a_protected_file_stays() {
    for protected in ["tong-hop.xlsx", "bao-cao.pdf.bak", "phan-hoi/02647.xlsx.bak"] {
        let folder = tempfile::tempdir().unwrap();
        write_all(folder.path(), &outputs("1"), false).unwrap();
        write_all(folder.path(), &outputs("2"), true).unwrap();
        let before = content(folder.path());
        let file = folder.path().join(protected);
        let may_write = |writable: bool| {
            let mut permissions = fs::metadata(&file).unwrap().permissions();
            permissions.set_readonly(!writable);
            fs::set_permissions(&file, permissions).unwrap();
        };
        may_write(false);
        let error = write_all(folder.path(), &outputs("3"), true).unwrap_err();
        assert!(matches!(&error, WriteError::ReadOnly(path) if *path == file), "{error}");
        assert_eq!(content(folder.path()), before);
        may_write(true);
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        let error = write_all(folder.path(), &outputs("3"), true).unwrap_err();
        assert!(matches!(&error, WriteError::IsFolder(path) if *path == file), "{error}");
        fs::remove_dir(&file).unwrap();
        write_all(folder.path(), &outputs("3"), true).unwrap();
    }
}

/// A link is replaced, and what it leads to stays.
#[cfg(unix)]
#[test]
fn a_link_is_replaced_and_not_followed() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("ra");
    fs::create_dir(&folder).unwrap();
    let elsewhere = root.path().join("nơi khác.xlsx");
    fs::write(&elsewhere, "của người khác").unwrap();
    for to in [elsewhere.as_path(), Path::new("đã xóa")] {
        fs::remove_file(folder.join("tong-hop.xlsx")).ok();
        std::os::unix::fs::symlink(to, folder.join("tong-hop.xlsx")).unwrap();
        write_all(&folder, &outputs("1"), false).unwrap();
        assert_eq!(content(&folder), expected("1"));
        assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "của người khác");
    }
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

/// One output cannot be made after others were put aside: nothing of them stays.
#[test]
fn a_set_that_is_not_made_to_its_end_leaves_the_folder_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), &outputs("1"), false).unwrap();
    let made = super::write_as_made(folder.path(), true, ON, |set| {
        set.add("tong-hop.xlsx", b"2")?;
        set.write("bao-cao.pdf", |out| out.write_all(b"2").map_err(|_| WriteError::Stopped))?;
        Err::<((), Vec<String>), _>(WriteError::Stopped)
    });
    assert!(matches!(made, Err(WriteError::Stopped)));
    assert_eq!(content(folder.path()), expected("1"));
    let outside = super::write_as_made(folder.path(), false, ON, |set| {
        set.add("../x", b"2")?;
        Ok::<_, WriteError>(((), Vec::new()))
    });
    assert!(outside.is_err());
    assert_eq!(content(folder.path()), expected("1"));
}

/// The folders that were made for a set that cannot be made go again; one in which something is stays.
#[test]
fn folders_made_in_vain_go_again() {
    let root = tempfile::tempdir().unwrap();
    let make = |folder: &Path| {
        super::write_as_made(folder, false, ON, |set| {
            set.add("tong-hop.xlsx", b"2")?;
            Err::<((), Vec<String>), _>(WriteError::Stopped)
        })
    };
    assert!(make(&root.path().join("a/b")).is_err());
    assert!(!root.path().join("a").exists());
    fs::create_dir(root.path().join("a")).unwrap();
    assert!(make(&root.path().join("a/b")).is_err());
    assert!(root.path().join("a").exists() && !root.path().join("a/b").exists());
}

/// An output that is written while it is made, and put right at its beginning; then read again.
#[test]
fn an_output_may_be_written_while_it_is_made() {
    let folder = tempfile::tempdir().unwrap();
    super::write_as_made(folder.path(), false, ON, |set| {
        set.write("bao-cao.pdf", |out| {
            let written = out.write_all(b"?ao-cao.pdf 2").and_then(|()| {
                out.rewind()?;
                out.write_all(b"b")
            });
            written.map_err(|error| folder_error(folder.path(), error))
        })?;
        let mut text = String::new();
        set.reread("bao-cao.pdf")?.read_to_string(&mut text).unwrap();
        assert_eq!(text, "bao-cao.pdf 2");
        Ok::<_, WriteError>(((), Vec::new()))
    })
    .unwrap();
    assert_eq!(content(folder.path()), outputs_of(&outputs("2")[1..2]));
}

/// The disk fails under an output whose maker says only that it could not be made: the disk is named.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fails_is_named_whatever_the_maker_says() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut draft = super::Draft::new(full, ON);
    let wrote = (0..99).try_for_each(|_| draft.write_all(&[0; 9_999]));
    assert!(wrote.is_err() && draft.is_ended());
    let end = draft.finish().unwrap_err();
    assert!(matches!(end, End::Disk(error) if error.kind() == ErrorKind::StorageFull));
}

/// Somebody wants the end while an output is being made: it is not made to its end.
#[test]
fn an_output_being_made_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), &outputs("1"), false).unwrap();
    let asked = std::sync::atomic::AtomicBool::new(false);
    let stop = || asked.load(std::sync::atomic::Ordering::SeqCst);
    let made = super::write_as_made::<(), WriteError>(folder.path(), false, &stop, |set| {
        set.write("tong-hop.xlsx", |out| {
            out.write_all(b"2").unwrap();
            asked.store(true, std::sync::atomic::Ordering::SeqCst);
            assert!(out.write_all(b"2").is_err());
            Ok::<_, WriteError>(())
        })?;
        panic!("no other output is begun");
    });
    assert!(matches!(made, Err(WriteError::Stopped)), "{made:?}");
    assert_eq!(content(folder.path()), expected("1"));
}
