//! The source files of the crate, each with and without its tests.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One file under `src/`.
pub(crate) struct Source {
    /// Its path below the checkout, with `/`.
    pub(crate) path: String,
    /// What ends up in the program: no comments, no test modules; nothing at all of a file of tests.
    pub(crate) code: String,
}

/// The root of the checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder of the checkout, in order.
pub(crate) fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// A path below the checkout as text with `/`.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

/// Every file under `src/`.
pub(crate) fn sources() -> Vec<Source> {
    let texts: Vec<(PathBuf, String)> = files("src")
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect();
    let tests: BTreeSet<PathBuf> =
        texts.iter().flat_map(|(path, text)| test_files(path, text)).collect();
    texts
        .into_iter()
        .map(|(path, text)| Source {
            code: if tests.contains(&path) { String::new() } else { without_tests(&text) },
            path: shown(&path),
        })
        .collect()
}

/// The files that a file declares as modules of tests.
fn test_files(path: &Path, text: &str) -> Vec<PathBuf> {
    let stem = path.file_stem().unwrap();
    let is_root = ["mod", "lib", "main"].iter().any(|root| stem == *root);
    let beside = path.parent().unwrap();
    let mut declared = Vec::new();
    for after in text.split("#[cfg(test)]").skip(1) {
        let mut named = None;
        for line in after.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(path) = line.strip_prefix("#[path = \"") {
                named = path.split('"').next();
            } else if let Some(module) = line.split("mod ").nth(1).and_then(|m| m.strip_suffix(';'))
            {
                let file = named.map_or(format!("{module}.rs"), str::to_owned);
                let own =
                    if is_root || named.is_some() { beside.to_owned() } else { beside.join(stem) };
                declared.push(own.join(file));
                break;
            } else if !line.starts_with("#[") {
                break;
            }
        }
    }
    declared
}

/// Without line comments and without the modules of tests, which end at a brace in the first column.
fn without_tests(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let opens = |line: &&str| line.starts_with("mod ") && line.ends_with('{');
        if line == "#[cfg(test)]" && lines.peek().is_some_and(opens) {
            lines.find(|line| *line == "}");
            continue;
        }
        if !line.trim_start().starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}
