//! A province of as many communes as a test needs, each of whose files carries its code in its name alone.

#![allow(dead_code, reason = "each file of tests needs some of it")]

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// One report, in every kind of file that holds a table.
pub(crate) const KINDS: [(&str, &[u8]); 8] = [
    ("xlsx", include_bytes!("../specimens/bao-cao.xlsx")),
    ("xlsm", include_bytes!("../specimens/bao-cao.xlsm")),
    ("xlsb", include_bytes!("../specimens/bao-cao.xlsb")),
    ("xls", include_bytes!("../specimens/bao-cao.xls")),
    ("ods", include_bytes!("../specimens/bao-cao.ods")),
    ("csv", include_bytes!("../specimens/bao-cao.csv")),
    ("html", include_bytes!("../specimens/bao-cao.html")),
    ("xml", include_bytes!("../specimens/bao-cao.xml")),
];

/// The counts of a unit that are compared.
const COUNTS: [&str; 15] = [
    "periodic",
    "ad_hoc",
    "by_secretary",
    "by_chairman",
    "by_both",
    "by_deputy",
    "attendees",
    "opinions",
    "answered",
    "resolved",
    "pending",
    "unresolved",
    "forwarded",
    "notices_on_time",
    "notices_late",
];

/// The name under which a commune's file is found to be its own.
pub(crate) fn file_name(commune: usize, extension: &str) -> String {
    format!("BC_{commune:05}_2021_Q1.{extension}")
}

/// The folder of one run, and its own register.
pub(crate) struct Province {
    root: TempDir,
    communes: usize,
}

impl Province {
    /// Communes are numbered from one.
    pub(crate) fn new(communes: usize) -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("nop")).unwrap();
        let mut register = String::from(
            "code,name,kind,level,parent_code,valid_from,valid_to,aliases\n\
             10,Thử Nghiệm,tinh,province,,2004-08-31,,\n\
             080,Huyện Một,huyen,district,10,2004-08-31,,\n",
        );
        for commune in 1..=communes {
            register += &format!("{commune:05},Đơn Vị {commune},xa,commune,080,2004-08-31,,\n");
        }
        fs::write(root.path().join("units.csv"), register).unwrap();
        Self { root, communes }
    }

    /// Puts a file into the folder.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.root.path().join("nop").join(name), bytes).unwrap();
    }

    /// Runs `check` over the folder.
    pub(crate) fn check(&self) -> Checked {
        let checked = self.run(&mut Command::new(env!("CARGO_BIN_EXE_qc17")));
        checked.unwrap_or_else(|err| panic!("{err}"))
    }

    /// As [`Self::check`], on one thread, in a process whose data may not grow beyond so many kilobytes; none when it
    /// died of that. Only where the system can set such a limit.
    #[cfg(target_os = "linux")]
    pub(crate) fn check_within(&self, data_kb: u64) -> Option<Checked> {
        let script = format!("ulimit -d {data_kb} && exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_qc17")]);
        command.env("RAYON_NUM_THREADS", "1").env("MALLOC_ARENA_MAX", "1");
        // With it a process without memory waits for itself for ever while it tells where it died.
        command.env("RUST_BACKTRACE", "0");
        self.run(&mut command).ok().filter(|checked| matches!(checked.status, Some(0 | 1)))
    }

    /// Runs `check` by that command; the error is what it said instead of a result.
    fn run(&self, command: &mut Command) -> Result<Checked, String> {
        let folder = self.root.path();
        command.arg("check").arg(folder.join("nop")).arg("--units").arg(folder.join("units.csv"));
        command.args(["--period", "2021-Q1", "--scope", "10", "--format", "json"]);
        let output = command.stdin(Stdio::null()).output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        let json = serde_json::from_slice(&output.stdout).map_err(|_| err.clone())?;
        Ok(Checked { status: output.status.code(), err, json, communes: self.communes })
    }

    /// The folder of the run.
    pub(crate) fn folder(&self) -> &Path {
        self.root.path()
    }
}

/// What a run said.
pub(crate) struct Checked {
    pub(crate) status: Option<i32>,
    pub(crate) err: String,
    json: Value,
    communes: usize,
}

/// What is told of one commune: its counts, which of them lack something, and the state of its submission.
pub(crate) type Told = (Vec<Option<u64>>, Vec<String>, String);

impl Checked {
    /// What is told of a commune.
    pub(crate) fn told(&self, commune: usize) -> Told {
        assert!((1..=self.communes).contains(&commune));
        let code = format!("{commune:05}");
        let unit = self.list("units").iter().find(|unit| unit["code"] == *code).unwrap();
        let holes = unit["incomplete"].as_array().into_iter().flatten();
        let mut holes: Vec<_> = holes.filter_map(Value::as_str).map(str::to_owned).collect();
        holes.sort();
        let state = unit["submission"].as_str().unwrap_or_default().to_owned();
        (COUNTS.map(|count| unit[count].as_u64()).to_vec(), holes, state)
    }

    /// What was said about the reading of a file or of what lies in it: code, cell and message.
    pub(crate) fn findings(&self, file: &str) -> Vec<(String, String, String)> {
        let about = self.list("diagnostics").iter().filter(|finding| {
            let path = finding["file"].as_str().unwrap_or_default();
            let code = finding["code"].as_str().unwrap_or_default();
            // Which columns of notices there are not speaks of the reading too.
            let message = finding["message"].as_str().unwrap_or_default();
            let lacks = code == "TH02" && message.contains("không có cột");
            let kinds = ["TEP", "BM", "DL", "DV", "KY"];
            let reading = lacks || kinds.iter().any(|kind| code.starts_with(kind));
            let inside = path.strip_prefix(file).is_some_and(|rest| rest.starts_with("!/"));
            reading && (path == file || inside)
        });
        let text =
            |finding: &'_ Value, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        about.map(|f| (text(f, "code"), text(f, "cell"), text(f, "message"))).collect()
    }

    fn list(&self, name: &str) -> &[Value] {
        self.json[name].as_array().unwrap()
    }
}
