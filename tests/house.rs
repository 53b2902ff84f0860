//! The house rules as tests: what each file looks like, which stage may name which, and where guests live.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may stop and speak")]

#[path = "support/sources.rs"]
mod support;

use qc17::rules::catalogue;
use std::path::Path;
use support::{Source, files, root, shown, sources};

/// The straight line. Nothing names what comes after it.
const STAGES: [&str; 8] =
    ["discover", "open", "recognise", "normalise", "check", "aggregate", "render", "pipeline"];
/// What every stage may speak of. Each word may name those before it, and no stage.
const VOCABULARY: [&str; 7] =
    ["model", "notation", "register", "calendar", "profile", "reading rules", "rules"];
/// The families of rules about reading: stages before `check` name these only, and they name no stage.
const READING: [&str; 5] = ["tep", "bm", "dv", "ky", "dl"];

/// Lines that break a rule, all of them at once.
fn none(broken: &[String]) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_is_short() {
    let mut broken = Vec::new();
    for folder in ["src", "tests", "examples"] {
        for path in files(folder).iter().filter(|path| path.extension().is_some_and(|e| e == "rs"))
        {
            let text = std::fs::read_to_string(path).unwrap();
            let lines = text.lines().count();
            if !text.starts_with("//! ") {
                broken.push(format!("{}: does not begin with //!", shown(path)));
            }
            if lines >= 400 {
                broken.push(format!("{}: {lines} lines", shown(path)));
            }
        }
    }
    none(&broken);
}

#[test]
fn no_file_is_a_drawer_for_everything() {
    let drawers = ["util", "utils", "helper", "helpers", "misc", "shared", "stuff"];
    let is_drawer = |path: &Path| {
        let parts = path.strip_prefix(root()).unwrap().with_extension("");
        parts.iter().any(|part| drawers.iter().any(|drawer| part == *drawer))
    };
    let found: Vec<String> =
        files("src").iter().filter(|path| is_drawer(path)).map(|path| shown(path)).collect();
    none(&found);
}

/// The modules of this crate that a line of code names.
fn named(line: &str) -> Vec<&str> {
    let module = |rest: &str| rest.find(|c: char| !c.is_alphanumeric() && c != '_');
    line.split("crate::").skip(1).filter_map(|rest| Some(&rest[..module(rest)?])).collect()
}

#[test]
fn nothing_reaches_back() {
    let mut broken = Vec::new();
    for source in sources() {
        let Some(home) = home(&source) else { continue };
        for line in source.code.lines() {
            if line.contains("crate::{") {
                broken.push(format!("{}: one `use` for each module, please: {line}", source.path));
            }
            if named(line).into_iter().any(|module| !may_name(home, module, line)) {
                broken.push(format!("{}: {}", source.path, line.trim()));
            }
        }
    }
    none(&broken);
}

/// Whether a file at home there may name that module, as this line does.
fn may_name(home: &str, module: &str, line: &str) -> bool {
    let stage = |name: &str| STAGES.iter().position(|stage| *stage == name);
    let word = |name: &str| VOCABULARY.iter().position(|word| *word == name);
    match (stage(home), stage(module), word(home), word(module)) {
        (Some(own), Some(other), _, _) => other <= own,
        (Some(own), _, _, Some(_)) if module == "rules" && Some(own) < stage("check") => {
            let rule = line.split("rules::").nth(1).unwrap_or_default();
            READING.contains(&rule.split([':', ';', '{']).next().unwrap_or_default())
        }
        (Some(_), _, _, _) => true,
        // A rule is judged in `check` and may read its ledger.
        (_, Some(_), _, _) => home == "rules" && module == "check",
        (_, _, own, other) => other <= own,
    }
}

/// The module at the top of the crate to which a file belongs; none for the program itself.
fn home(source: &Source) -> Option<&str> {
    let below = source.path.strip_prefix("src/")?;
    let top = below.split('/').next()?.trim_end_matches(".rs");
    let module = below.rsplit('/').next()?.trim_end_matches(".rs");
    match top {
        "main" | "lib" | "cli" => None,
        "rules" if READING.contains(&module) => Some("reading rules"),
        _ => Some(top),
    }
}

/// Crates that would spread if they could, and the only places that may name them.
const GUESTS: [(&str, &[&str]); 18] = [
    ("printpdf", &["src/render/pdf/"]),
    ("lopdf", &["src/render/pdf/"]),
    ("subsetter", &["src/render/pdf/"]),
    ("harfrust", &["src/render/pdf/"]),
    ("rust_xlsxwriter", &["src/render/workbook/", "src/render/form/"]),
    ("minijinja", &["src/render/narrative/"]),
    ("calamine", &["src/open/xls/mod.rs"]),
    ("encoding_rs", &["src/notation/code_page.rs"]),
    ("quick_xml", &["src/open/", "src/render/feedback/patch/"]),
    ("zip", &["src/open/", "src/render/workbook/", "src/render/feedback/"]),
    ("flate2", &["src/open/", "src/render/"]),
    ("rlimit", &["src/open/worker/"]),
    ("clap", &["src/cli/"]),
    ("ctrlc", &["src/cli/"]),
    ("indicatif", &["src/cli/"]),
    ("anstream", &["src/cli/"]),
    ("anstyle", &["src/cli/"]),
    ("serde_json", &["src/render/", "src/rules/explain.rs"]),
];

#[test]
fn guests_stay_in_their_rooms() {
    let mut broken = Vec::new();
    for source in sources() {
        for (guest, rooms) in GUESTS {
            let names = [format!("{guest}::"), format!("use {guest};")];
            let strays = !rooms.iter().any(|room| source.path.starts_with(room));
            let calls = |line: &str| names.iter().any(|name| word(line, name));
            for line in source.code.lines().filter(|line| strays && calls(line)) {
                broken.push(format!("{}: {}", source.path, line.trim()));
            }
        }
    }
    none(&broken);
}

/// Whether `name` stands in the line with no letter before it.
fn word(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '/')
    })
}

#[test]
fn no_clock_and_no_environment_below_the_program() {
    let mut broken = Vec::new();
    // How the program was started decides whether somebody is asked, and nothing else.
    let started = ["src/main.rs", "src/cli/door/start.rs"];
    for source in sources().iter().filter(|source| !started.contains(&source.path.as_str())) {
        for line in source.code.lines() {
            let clock = ["SystemTime", "Local::now", "Utc::now", ".modified()", ".created()"];
            let surroundings = ["env::var", "env::args", "current_dir", "temp_dir", "option_env!"];
            let asks = clock.iter().chain(&surroundings).any(|name| line.contains(name));
            // How long something took may be asked only where something else must be waited for.
            let waits = ["src/render/write/lock.rs", "src/open/worker/"];
            let times =
                line.contains("Instant") && !waits.iter().any(|w| source.path.starts_with(w));
            if asks || times {
                broken.push(format!("{}: {}", source.path, line.trim()));
            }
        }
    }
    none(&broken);
}

#[test]
fn no_path_of_one_machine_is_written_anywhere() {
    let roots = ["work", "tmp", "root", "home", "Users"].map(|name| format!("/{name}/"));
    let mut broken = Vec::new();
    for folder in ["src", "tests", "examples", "benches", "templates", "scripts", "docs", ".ci"] {
        for path in files(folder) {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            for line in text.lines() {
                if roots.iter().any(|root| word(line, root)) {
                    broken.push(format!("{}: {}", shown(&path), line.trim()));
                }
            }
        }
    }
    none(&broken);
}

#[test]
fn every_dependency_is_used() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let unix = &manifest["target"]["cfg(unix)"]["dependencies"];
    let sources = sources();
    let mut broken = Vec::new();
    for table in [&manifest["dependencies"], unix] {
        for name in table.as_table().unwrap().keys() {
            let path = format!("{}::", name.replace('-', "_"));
            let used = |source: &Source| source.code.lines().any(|line| word(line, &path));
            if !sources.iter().any(used) {
                broken.push(format!("{name} is no dependency of the program"));
            }
        }
    }
    none(&broken);
}

#[test]
fn the_handbook_knows_every_rule() {
    let text: String = files("docs")
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect::<Vec<_>>()
        .join("\n");
    if text.is_empty() {
        eprintln!("SKIPPED: there is no docs folder to look for the rules in");
        return;
    }
    let absent = catalogue::codes().into_iter().filter(|code| !text.contains(code));
    none(&absent.map(|code| format!("docs do not mention {code}")).collect::<Vec<_>>());
}
