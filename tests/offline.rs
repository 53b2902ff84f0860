//! No network and no telemetry: the program runs where there is no network, and asks the system for none.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]
#![cfg(target_os = "linux")]

#[path = "support/program.rs"]
mod program;

use program::{Small, assert_whole, ran, skip};
use std::fs;
use std::process::{Command, Stdio};

/// A command started by another one.
fn within(outer: &mut Command, inner: &Command) -> Command {
    let mut command = Command::new(outer.get_program());
    command.args(outer.get_args()).arg(inner.get_program()).args(inner.get_args());
    command.stdin(Stdio::null());
    command
}

fn has(tool: &mut Command) -> bool {
    let tried = tool.arg("true").stdout(Stdio::null()).stderr(Stdio::null()).status();
    tried.is_ok_and(|status| status.success())
}

#[test]
fn without_any_network_the_same_comes_out() {
    let small = Small::new();
    let mut alone = Command::new("unshare");
    // A user of one's own gives the right to a network of one's own.
    alone.args(["--map-root-user", "--net"]);
    if !has(&mut within(&mut alone, &Command::new("env"))) {
        skip("a network of its own without interfaces: unshare is not here or not allowed");
        return;
    }
    assert_eq!(ran(&mut small.report()).status, Some(0));
    let usual = assert_whole(&small.output());
    fs::remove_dir_all(small.output()).unwrap();
    let done = ran(&mut within(&mut alone, &small.report()));
    assert_eq!((done.status, done.err.as_str()), (Some(0), ""));
    assert_eq!(assert_whole(&small.output()), usual);
}

/// Also the worker that reads `.xls`: the tracer follows it.
#[test]
fn no_socket_is_asked_for() {
    let small = Small::new();
    fs::copy(
        program::checkout("tests/specimens/bieu.xls"),
        small.input().join("080/BC_02635_2021_Q1.xls"),
    )
    .unwrap();
    let log = small.path("log");
    let calls = "socket,socketpair,connect,bind,listen,sendto,sendmsg,execve";
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-e", &format!("trace={calls}"), "-o"]).arg(&log);
    if !has(&mut within(&mut strace, &Command::new("env"))) {
        skip("watching for sockets: strace is not here or may not trace");
        return;
    }
    let done = ran(&mut within(&mut strace, small.report().arg("--feedback")));
    assert!(matches!(done.status, Some(0 | 1)), "{}", done.err);
    let log = fs::read_to_string(log).unwrap();
    let (started, asked): (Vec<&str>, Vec<&str>) =
        log.lines().filter(|line| line.contains('(')).partition(|line| line.contains("execve("));
    assert!(started.iter().any(|line| line.contains("--worker")), "the worker was watched: {log}");
    // Without a network `socketpair` joins threads of one process only; nothing here needs even that.
    assert!(asked.is_empty(), "{asked:#?}");
    // The tracer sees sockets where there are some.
    let seen = "import socket; socket.socket()";
    let mut python = Command::new("python3");
    python.args(["-c", seen]);
    let other = small.path("log");
    if within(&mut strace, &python).output().is_ok_and(|done| done.status.success()) {
        assert!(fs::read_to_string(other).unwrap().contains("socket("), "the watch is blind");
    }
}
