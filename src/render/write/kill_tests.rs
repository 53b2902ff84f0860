//! A run killed, or a disk that fails, before any of the steps of writing: old or new stands, and the next run clears up.

use super::WriteError;
use super::staging::{STAGING, Staging};
use super::tests::{ON, content, expected, outputs, outputs_of, stage, write_all};
use super::trial::{Trial, tried};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// What is in the folder before, and what a second set makes of it.
struct Case {
    before: Vec<(String, Vec<u8>)>,
    outputs: Vec<(String, Vec<u8>)>,
    stale: Vec<String>,
    backup: bool,
}

impl Case {
    fn all() -> Vec<Self> {
        let mut cases = Vec::new();
        for (had, backup) in [(0, false), (2, false), (3, false), (2, true), (3, true)] {
            let mut before = outputs("1");
            before.truncate(had);
            before.push(("phan-hoi/02989.xlsx".to_owned(), b"stale".to_vec()));
            before.push(("bao-cao.pdf.bak".to_owned(), b"older".to_vec()));
            let stale = vec!["phan-hoi/02989.xlsx".to_owned(), "phan-hoi/không có.txt".to_owned()];
            cases.push(Self { before, outputs: outputs("2"), stale, backup });
        }
        cases
    }

    fn folder(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        write_all(folder.path(), &self.before, false).unwrap();
        folder
    }

    fn write(&self, folder: &Path) -> Result<(), WriteError> {
        super::write_set(folder, &self.outputs, &self.stale, self.backup, ON)
    }

    fn before(&self) -> BTreeMap<String, String> {
        outputs_of(&self.before)
    }

    fn after(&self) -> BTreeMap<String, String> {
        let mut all = self.before();
        let mut put_away = self.stale.clone();
        if self.backup {
            put_away.extend(self.outputs.iter().map(|(name, _)| name.clone()));
        }
        for name in put_away {
            if let Some(old) = all.remove(&name) {
                all.insert(format!("{name}.bak"), old);
            }
        }
        all.extend(expected("2"));
        all
    }

    /// Old or new, or promised: then whoever comes next makes it new. Nothing half-written in any case.
    fn assert_old_or_new(&self, folder: &Path, when: &str) -> bool {
        let all = content(folder);
        let promised = folder.join(STAGING).join("du").exists();
        let seen: BTreeMap<_, _> =
            all.into_iter().filter(|(name, _)| !name.starts_with(STAGING)).collect();
        let (old, new) = (self.before(), self.after());
        assert!(promised || seen == old || seen == new, "{when}: {seen:#?}");
        for (name, text) in &seen {
            let known = old.get(name) == Some(text) || new.get(name) == Some(text);
            assert!(known, "{when}: {name} holds {text:?}");
        }
        promised || seen == new
    }

    /// The next run finds the folder in order, whatever the one before left.
    fn assert_recovers(&self, folder: &Path, is_new: bool, when: &str) {
        Staging::of(folder).recover().unwrap();
        let expected = if is_new { self.after() } else { self.before() };
        assert_eq!(content(folder), expected, "{when}");
        assert!(!folder.join(STAGING).exists(), "{when}");
    }
}

#[test]
fn a_run_killed_before_any_step_leaves_old_or_new() {
    for case in Case::all() {
        for at in 0.. {
            let folder = case.folder();
            let (_, reached) = tried(at, Trial::Kill, || case.write(folder.path()));
            let when = format!("killed before step {at}");
            let is_new = case.assert_old_or_new(folder.path(), &when);
            case.assert_recovers(folder.path(), is_new, &when);
            if !reached {
                assert!(is_new && at > 20, "{at} steps");
                break;
            }
        }
    }
}

/// The run that clears up may be killed as well.
#[test]
fn a_recovery_killed_before_any_step_can_be_recovered() {
    for case in Case::all() {
        for first in (0..).step_by(3) {
            let folder = case.folder();
            if !tried(first, Trial::Kill, || case.write(folder.path())).1 {
                break;
            }
            for at in 0.. {
                let is_new = case.assert_old_or_new(folder.path(), "before the recovery");
                let recover = || Staging::of(folder.path()).recover();
                if !tried(at, Trial::Kill, recover).1 {
                    break;
                }
                let when = format!("killed before step {first}, recovery before step {at}");
                assert_eq!(case.assert_old_or_new(folder.path(), &when), is_new, "{when}");
            }
            case.assert_recovers(
                folder.path(),
                case.after() == content(folder.path()),
                "in the end",
            );
        }
    }
}

/// One step fails, or the disk is gone from there on.
#[test]
fn a_failure_of_any_step_leaves_old_or_new() {
    let trials =
        [Trial::FailOnce(ErrorKind::PermissionDenied), Trial::FailOn(ErrorKind::StorageFull)];
    for (case, trial) in
        trials.into_iter().flat_map(|trial| Case::all().into_iter().map(move |c| (c, trial)))
    {
        for at in 0.. {
            let folder = case.folder();
            let (done, reached) = tried(at, trial, || case.write(folder.path()));
            let when = format!("{trial:?} at step {at}: {done:?}");
            let is_new = case.assert_old_or_new(folder.path(), &when);
            let done = done.unwrap();
            assert!(done.is_err() || is_new, "{when}");
            let untrue = matches!(trial, Trial::FailOnce(_)) && done.is_err() && is_new;
            assert!(!untrue, "{when}: told as a failure, and the new files stand");
            case.assert_recovers(folder.path(), is_new, &when);
            if !reached {
                break;
            }
        }
    }
}

/// A failure while a failed move is undone: what could not be undone is finished by the next run.
#[test]
fn a_failure_while_undoing_loses_nothing() {
    for case in Case::all().into_iter().filter(|case| !case.backup) {
        for trial in [Trial::Kill, Trial::FailOn(ErrorKind::StorageFull)] {
            for at in 0.. {
                let folder = case.folder();
                let staging = Staging::of(folder.path());
                let removals = stage(&staging, &case.outputs, &case.stale, false);
                // The last file to be moved cannot be.
                let way = folder.path().join("tong-hop.xlsx");
                fs::remove_file(&way).ok();
                fs::create_dir_all(way.join("x")).unwrap();
                let (done, reached) = tried(at, trial, || staging.put_in_place(&removals));
                assert!(done.is_none_or(|done| done.is_err()));
                fs::remove_dir_all(&way).unwrap();
                let mut old = case.before();
                let kept = folder.path().join(STAGING).join("du").exists();
                staging.recover().unwrap();
                old.remove("tong-hop.xlsx");
                let expected = if kept { case.after() } else { old };
                assert_eq!(content(folder.path()), expected, "{trial:?} at step {at}");
                if !reached {
                    assert!(!kept, "undisturbed, everything is undone");
                    break;
                }
            }
        }
    }
}

#[test]
fn a_run_that_is_asked_to_stop_leaves_the_old_set() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let case = &Case::all()[2];
    let mut stopped = 0;
    for after in 0..8 {
        let folder = case.folder();
        let asked = AtomicUsize::new(0);
        let stop = || asked.fetch_add(1, Ordering::SeqCst) >= after;
        let done = super::write_set(folder.path(), &case.outputs, &case.stale, false, &stop);
        let expected = match done {
            Err(WriteError::Stopped) => case.before(),
            done => done.map(|()| case.after()).unwrap(),
        };
        stopped += usize::from(expected == case.before());
        assert_eq!(content(folder.path()), expected);
    }
    assert!((1..8).contains(&stopped), "{stopped}");
}
