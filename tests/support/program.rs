//! The built program, run as a user runs it, on a small input of three units.

#![allow(dead_code, reason = "each file of tests needs some of it")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// What one run left on its two streams, and its exit status.
pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8 on every stream");
        Self { status: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// The one sentence with which a run that failed says why.
    pub(crate) fn refusal(&self) -> &str {
        assert_eq!(self.status, Some(2), "{}{}", self.out, self.err);
        assert_eq!(self.out, "", "a run that fails prints no result");
        let hint = "Xem cách dùng bằng lệnh: qc17 --help";
        let mut lines: Vec<&str> = self.err.lines().collect();
        lines.retain(|line| *line != hint);
        assert_eq!(lines.len(), 1, "{}", self.err);
        let sentence = lines[0].strip_prefix("qc17: ").unwrap_or_else(|| panic!("{}", self.err));
        let foreign = ["os error", "panicked", "No such", "Permission", "Error", "error:"];
        assert!(!foreign.iter().any(|word| sentence.contains(word)), "{sentence}");
        assert!(sentence.contains(|c: char| "ạảấầậăđêệếịọộốơờợưừựỳ".contains(c)), "{sentence}");
        sentence
    }
}

/// The program, away from what the terminal of the developer says.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qc17"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM", "RAYON_NUM_THREADS"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs the program to its end.
pub(crate) fn qc17<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(arguments: I) -> Ran {
    Ran::of(&program().args(arguments).output().unwrap())
}

/// A path inside the checkout.
pub(crate) fn checkout(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The submission of a unit from the committed quarter, in its folder of the quarter.
pub(crate) fn submission(path: &str) -> PathBuf {
    checkout("fixtures/2021-Q1").join(path)
}

/// A province with one district and one commune, all of which reported, and a register of just these.
pub(crate) struct Small {
    root: TempDir,
}

impl Small {
    /// The files are without errors.
    pub(crate) const FILES: [&'static str; 4] =
        ["080/BC_02635_2021_Q1.xlsx", "080/BC_080_2021_Q1.xlsx", "BC_10_2021_Q1.xlsx", "nhan.csv"];

    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for path in Self::FILES {
            let to = root.path().join("nop").join(path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(submission(path), to).unwrap();
        }
        let register = fs::read_to_string(checkout("templates/units/units.csv")).unwrap();
        let kept = ["code,", "02635,", "080,", "10,"];
        let lines = register.lines().filter(|line| kept.iter().any(|code| line.starts_with(code)));
        fs::write(root.path().join("units.csv"), lines.collect::<Vec<_>>().join("\n")).unwrap();
        Self { root }
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.path().join(below)
    }

    /// The input folder.
    pub(crate) fn input(&self) -> PathBuf {
        self.path("nop")
    }

    /// The folder for outputs; nothing makes it beforehand.
    pub(crate) fn output(&self) -> PathBuf {
        self.path("kết quả")
    }

    /// `qc17 check` of the input, ready for more words.
    pub(crate) fn check(&self) -> Command {
        let mut command = program();
        command.arg("check").arg(self.input()).arg("--units").arg(self.path("units.csv"));
        command
    }

    /// `qc17 report` of the input into the output, ready for more words.
    pub(crate) fn report(&self) -> Command {
        let mut command = program();
        command.arg("report").arg(self.input()).arg("--units").arg(self.path("units.csv"));
        command.arg("--out").arg(self.output());
        command
    }
}

/// Runs a command to its end.
pub(crate) fn ran(command: &mut Command) -> Ran {
    Ran::of(&command.output().unwrap())
}

/// Every file below a folder with its bytes, hidden ones included.
pub(crate) fn content(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let below = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(below, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The names of the three outputs.
pub(crate) const OUTPUTS: [&str; 3] =
    ["bao-cao-2021-Q1.pdf", "ket-qua-2021-Q1.json", "tong-hop-2021-Q1.xlsx"];

/// Exactly the three outputs, nothing half-written beside them.
pub(crate) fn assert_whole(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let found = content(folder);
    let names: Vec<_> = found.keys().map(|path| path.to_string_lossy().into_owned()).collect();
    assert_eq!(names, OUTPUTS);
    assert!(!folder.join(".qc17-tam").exists());
    found
}

/// Says past the test harness, which keeps quiet about what passes, that something was not tried.
pub(crate) fn skip(what: &str) {
    writeln!(std::io::stderr().lock(), "SKIPPED: {what}").ok();
}

/// The files of a folder with their content.
pub(crate) type Outputs = BTreeMap<PathBuf, Vec<u8>>;

/// Two days of counting, so that what an old run wrote differs from what a new one writes.
pub(crate) const DAYS: [&str; 2] = ["--as-of=2021-04-05", "--as-of=2021-04-06"];

/// The outputs of each day, as an undisturbed run writes them.
pub(crate) fn undisturbed(small: &Small) -> [Outputs; 2] {
    DAYS.map(|day| {
        assert_eq!(ran(small.report().arg(day)).status, Some(0));
        let written = assert_whole(&small.output());
        fs::remove_dir_all(small.output()).unwrap();
        written
    })
}
