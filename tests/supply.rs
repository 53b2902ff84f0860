//! What the program is built from: every dependency explained, none that opens a connection, none newer than our Rust.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may stop where it stands"
)]

#[path = "support/sources.rs"]
#[allow(dead_code, reason = "each file of tests needs some of it")]
mod sources;

use serde_json::Value;
use sources::root;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

fn table(file: &str) -> toml::Table {
    std::fs::read_to_string(root().join(file)).unwrap().parse().unwrap()
}

/// The names in every table of dependencies of the manifest.
fn direct() -> BTreeSet<String> {
    let manifest = table("Cargo.toml");
    let mut tables: Vec<&toml::Value> = ["dependencies", "dev-dependencies", "build-dependencies"]
        .iter()
        .filter_map(|name| manifest.get(*name))
        .collect();
    for target in manifest.get("target").and_then(toml::Value::as_table).into_iter().flatten() {
        tables.extend(target.1.as_table().unwrap().values());
    }
    tables.iter().flat_map(|table| table.as_table().unwrap().keys().cloned()).collect()
}

#[test]
fn every_direct_dependency_is_explained() {
    let docs = std::fs::read_to_string(root().join("docs/dependencies.md")).unwrap();
    let mut explained: BTreeMap<String, usize> = BTreeMap::new();
    for line in docs.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 4, "{line}");
        assert!(cells.iter().all(|cell| !cell.is_empty()), "an empty cell: {line}");
        for name in cells[0].split('`').skip(1).step_by(2).filter(|name| direct().contains(*name)) {
            *explained.entry(name.to_owned()).or_default() += 1;
        }
        let first = cells[0].split('`').nth(1).unwrap();
        assert!(direct().contains(first), "{first} is explained and is no dependency");
    }
    for name in direct() {
        assert_eq!(explained.get(&name), Some(&1), "docs/dependencies.md must explain {name} once");
    }
}

/// Crates whose work is a network, or that bring one along; a new one of the kind is seen by `no_socket_is_asked_for`.
const NETWORK: [&str; 38] = [
    "actix-web",
    "async-std",
    "attohttpc",
    "aws-lc-rs",
    "axum",
    "curl",
    "curl-sys",
    "h2",
    "hickory-resolver",
    "http",
    "hyper",
    "isahc",
    "libp2p",
    "mio",
    "minreq",
    "native-tls",
    "opentelemetry",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "ring",
    "rouille",
    "rustls",
    "sentry",
    "smol",
    "socket2",
    "ssh2",
    "suppaftp",
    "surf",
    "tiny_http",
    "tokio",
    "tonic",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
    "warp",
    "webpki",
];

#[test]
fn no_crate_opens_a_connection() {
    let Some(told) = metadata() else { return };
    let packages = told["packages"].as_array().unwrap().iter();
    let names: Vec<&str> = packages.map(|one| one["name"].as_str().unwrap()).collect();
    assert!(names.len() > 100, "{}", names.len());
    let found: Vec<_> = names.iter().filter(|name| NETWORK.contains(name)).collect();
    assert!(found.is_empty(), "{found:?}");
    // `cargo deny` holds the same list, for Windows too.
    let deny = table("deny.toml");
    let denied = deny["bans"]["deny"].as_array().unwrap().iter();
    let denied: Vec<&str> = denied.map(|one| one["crate"].as_str().unwrap()).collect();
    assert_eq!(denied, NETWORK);
    for source in sources::sources() {
        for word in ["std::net", "unix::net", "TcpStream", "UdpSocket", "UnixStream"] {
            assert!(!source.code.contains(word), "{} names {word}", source.path);
        }
    }
}

/// The crates of this platform, as cargo resolves them; none where they are not all at hand.
fn metadata() -> Option<Value> {
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--offline", "--format-version=1"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(root())
        .output()
        .unwrap();
    if !told.status.success() {
        eprintln!("SKIPPED: what the crates are: {}", String::from_utf8_lossy(&told.stderr));
        return None;
    }
    Some(serde_json::from_slice(&told.stdout).unwrap())
}

fn numbers(version: &str) -> Vec<u64> {
    version.split('.').map(|number| number.parse().unwrap()).collect()
}

/// The oldest Rust that we promise is one for which every dependency is made. What our own code uses is
/// held against it by clippy (`incompatible_msrv`).
#[test]
fn no_dependency_asks_for_a_newer_rust() {
    let manifest = table("Cargo.toml");
    let ours = manifest["package"]["rust-version"].as_str().unwrap();
    assert_eq!(manifest["lints"]["clippy"]["incompatible_msrv"].as_str(), Some("warn"));
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains(&format!("Rust {ours}")), "the README states the oldest Rust");
    let Some(told) = metadata() else { return };
    let packages = told["packages"].as_array().unwrap();
    let stated = packages.iter().filter(|one| one["rust_version"].is_string()).count();
    assert!(stated > 50, "{stated} of {} state theirs", packages.len());
    for package in packages {
        if let Some(theirs) = package["rust_version"].as_str() {
            assert!(numbers(theirs) <= numbers(ours), "{} asks for Rust {theirs}", package["name"]);
        }
    }
}
