//! What the program prints: Vietnamese help, a result for programs, no colours where nobody looks.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/program.rs"]
mod program;

use program::{Small, program, qc17, ran};
use serde_json::Value;
use std::process::Stdio;

/// The commands that a help lists.
fn listed(parent: &[String]) -> Vec<Vec<String>> {
    let mut arguments = parent.to_vec();
    arguments.push("--help".to_owned());
    let help = qc17(&arguments).out;
    let list = help.split("Lệnh:\n").nth(1).unwrap_or_default().split("\n\n").next().unwrap();
    let names = list.lines().filter_map(|line| line.split_whitespace().next());
    names.map(|name| parent.iter().cloned().chain([name.to_owned()]).collect()).collect()
}

/// Every command with the words that lead to it, the program itself first.
fn commands() -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    let mut next = 0;
    while let Some(parent) = found.get(next).cloned() {
        found.extend(listed(&parent));
        next += 1;
    }
    assert!(found.len() > 10, "{found:?}");
    found
}

#[test]
fn every_help_is_vietnamese() {
    let english = [
        "Usage",
        "usage",
        "Options",
        "OPTIONS",
        "Commands",
        "COMMAND",
        "Arguments",
        "Print",
        "default",
        "possible",
        "values",
    ];
    for command in commands() {
        for flag in ["--help", "-h"] {
            let help = qc17(command.iter().map(String::as_str).chain([flag]));
            assert_eq!((help.status, help.err.as_str()), (Some(0), ""), "{command:?}");
            for word in english {
                assert!(!help.out.contains(word), "{command:?} {flag}: {word}\n{}", help.out);
            }
            assert!(
                help.out.contains("Cách dùng: qc17") && help.out.contains("Tùy chọn:"),
                "{}",
                help.out
            );
        }
    }
}

#[test]
fn without_a_command_the_help_is_shown_and_it_is_a_failure() {
    let done = qc17::<_, &str>([]);
    assert_eq!((done.status, done.out.as_str()), (Some(2), ""));
    assert!(done.err.contains("Cách dùng: qc17 <LỆNH>"), "{}", done.err);
    let version = qc17(["--version"]);
    assert_eq!(
        (version.status, version.out),
        (Some(0), format!("qc17 {}\n", env!("CARGO_PKG_VERSION")))
    );
}

fn keys(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Asserts that an object begins with those keys, separated by spaces, in that order.
fn begins(object: &Value, expected: &str) {
    let expected: Vec<&str> = expected.split_whitespace().collect();
    let keys = keys(object);
    assert_eq!(keys[..expected.len().min(keys.len())], expected);
}

const COUNTS: &str = "required counted periodic ad_hoc by_secretary by_chairman by_both by_deputy attendees opinions \
    answered resolved pending unresolved forwarded notices_on_time notices_late notices_missing incomplete";

#[test]
fn the_result_for_programs_keeps_its_order() {
    let small = Small::new();
    let printed = ran(small.check().args(["--format", "json"]));
    assert_eq!((printed.status, printed.err.as_str()), (Some(0), ""));
    let result: Value = serde_json::from_str(&printed.out).unwrap();
    begins(&result, "tool profile period as_of scope files units totals diagnostics");
    begins(&result["tool"], "name version");
    begins(&result["profile"], "id sha256 status");
    begins(&result["totals"], "province districts communes");
    for (name, expected) in [
        ("files", "path sha256 form unit status".to_owned()),
        ("units", format!("code name level parent submission verdict {COUNTS}")),
        ("diagnostics", "code severity unit file sheet cell value message help".to_owned()),
    ] {
        let list = result[name].as_array().unwrap();
        assert!(!list.is_empty(), "{name}");
        for item in list {
            begins(item, &expected);
        }
    }
    for level in result["totals"].as_object().unwrap().values() {
        begins(level, COUNTS);
    }

    let reported = ran(small.report().args(["--format", "json"]));
    let written = std::fs::read_to_string(small.output().join("ket-qua-2021-Q1.json")).unwrap();
    assert_eq!(reported.out, written, "printed and written are one");
    assert_eq!(printed.out, written, "check and report find the same");
}

#[test]
fn rules_can_be_listed_and_explained() {
    let rules: Value = serde_json::from_str(&qc17(["rules", "--format", "json"]).out).unwrap();
    let list = qc17(["rules"]).out;
    for rule in rules.as_array().unwrap() {
        let (code, slug) = (rule["code"].as_str().unwrap(), rule["slug"].as_str().unwrap());
        assert!(list.contains(code) && list.contains(slug), "{code} is not in the list");
        let by_code = qc17(["explain", code]);
        assert_eq!(by_code.status, Some(0), "{code}");
        assert!(by_code.out.contains(slug), "{}", by_code.out);
        assert_eq!(qc17(["explain", slug]).out, by_code.out, "{slug}");
        assert_eq!(
            qc17(["explain", &code.to_lowercase()]).out,
            by_code.out,
            "{code} in small letters"
        );
    }
}

#[test]
fn a_printed_profile_can_be_used() {
    let small = Small::new();
    let sound = ran(&mut small.check());
    for id in ["quy-che-17", "nua-nam", "luat-toi-thieu"] {
        let file = small.path("của tôi.toml");
        std::fs::write(&file, qc17(["profile", "init", id]).out).unwrap();
        let own = ran(small.check().arg("--profile").arg(&file));
        assert_eq!(own.status, Some(0), "{}{}", own.out, own.err);
        let same = own.out == sound.out;
        assert_eq!(same, id == "quy-che-17", "{id}");
        assert!(qc17(["profile", "list"]).out.contains(id));
        assert!(qc17(["profile", "show", id]).out.contains("Căn cứ:"));
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    let small = Small::new();
    let escape = |name: Option<&str>| {
        let mut command = small.check();
        if let Some(name) = name {
            command.env(name, "1");
        }
        ran(&mut command).out.contains('\u{1b}')
    };
    assert!(escape(Some("CLICOLOR_FORCE")), "there are colours to leave out");
    assert!(!escape(None), "no terminal, no colours");
    assert!(!escape(Some("NO_COLOR")));
    let both = ran(small.check().env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1"));
    assert!(!both.out.is_empty());
}

/// A file's name is the sender's: it must not ring the bell or move the cursor.
#[cfg(unix)]
#[test]
fn a_name_cannot_drive_the_terminal() {
    let small = Small::new();
    let name = small.input().join("\u{1b}[2J\u{7}xóa.csv");
    std::fs::write(name, "không phải biểu\n").unwrap();
    let done = ran(&mut small.check());
    assert!(done.out.contains("xóa.csv"), "{}", done.out);
    assert!(!done.out.contains(['\u{1b}', '\u{7}']), "{:?}", done.out);
}

/// A device that takes nothing is a failure, and told; what was written to the folder stands all the same.
#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_told() {
    let small = Small::new();
    let words = |words: &[&str]| {
        let mut command = program();
        command.args(words);
        command
    };
    for mut command in [
        small.check(),
        small.report(),
        words(&["rules"]),
        words(&["--help"]),
        words(&["--version"]),
    ] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let done = command.stdout(full).stderr(Stdio::piped()).output().unwrap();
        let done = program::Ran::of(&done);
        assert!(done.refusal().contains("ổ đĩa đã đầy"), "{command:?}: {}", done.err);
    }
    program::assert_whole(&small.output());
}

/// `>&-`: a stream that is not even open.
#[cfg(unix)]
#[test]
fn a_closed_stream_is_no_crash() {
    let small = Small::new();
    for closed in [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"] {
        let script = format!("exec \"$0\" \"$@\" {closed}");
        let report = small.report();
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &script]).arg(report.get_program()).args(report.get_args());
        let done = ran(&mut shell);
        assert_eq!(done.status, Some(0), "{closed}: {}", done.err);
        program::assert_whole(&small.output());
    }
}

/// A reader that goes away (`| head`) is no failure of the run.
#[test]
fn a_closed_pipe_is_no_crash() {
    let small = Small::new();
    for (mut command, status) in [
        (small.check(), 0),
        (small.report(), 0),
        (
            {
                let mut rules = program();
                rules.arg("rules");
                rules
            },
            0,
        ),
        (
            {
                let mut help = program();
                help.arg("--help");
                help
            },
            0,
        ),
        (
            {
                let mut wrong = program();
                wrong.arg("sai");
                wrong
            },
            2,
        ),
    ] {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let done = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(status), "{err}");
        assert!(!err.contains("panicked"), "{err}");
    }
    // Neither is an error stream that is gone.
    let mut child =
        program().arg("sai").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(2));
}
