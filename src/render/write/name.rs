//! Names that an output may bear: they lead nowhere else, and every system we know of can store them.

use super::error::WriteError;
use super::staging::STAGING;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

/// What Windows keeps for its devices, whatever stands behind the dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A name relative to the output folder, `/` between its parts.
pub(super) fn check(name: &str) -> Result<(), WriteError> {
    let plain = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    let hidden = name.starts_with(STAGING);
    if name.is_empty() || !plain || hidden || !name.split('/').all(is_portable) {
        return Err(WriteError::BadName(name.to_owned()));
    }
    Ok(())
}

/// Whether Windows stores it under just this name.
fn is_portable(part: &str) -> bool {
    let forbidden = |c: char| c.is_control() || r#"<>:"\|?*"#.contains(c);
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = ["com", "lpt"].iter().any(|port| {
        stem.strip_prefix(port)
            .is_some_and(|n| n.len() == 1 && n.bytes().all(|n| n.is_ascii_digit()))
    });
    !part.is_empty()
        && !part.contains(forbidden)
        && !part.ends_with(['.', ' '])
        && !DEVICES.contains(&stem.as_str())
        && !numbered
}

/// The name under which a replaced file is kept.
pub(super) fn with_bak(name: &Path) -> PathBuf {
    let mut name = OsString::from(name);
    name.push(".bak");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_or_that_windows_would_change_are_refused() {
        for (name, good) in [
            ("tong-hop-2021-Q1.xlsx", true),
            ("phan-hoi/02647-phường kim tân.xlsx", true),
            (".qc17-da-ghi", true),
            ("ho-so/console.pdf", true),
            ("com10.txt", true),
            ("", false),
            ("../x", false),
            ("/x", false),
            ("a/../../x", false),
            ("./x/..", false),
            ("a//b", false),
            (".qc17-tam/moi/x", false),
            ("phan-hoi/CON.xlsx", false),
            ("nul", false),
            ("Aux .txt", false),
            ("lpt1.pdf", false),
            ("a.", false),
            ("a /b", false),
            (r"a\b", false),
            ("a:b", false),
            ("a?", false),
            ("a\u{7}", false),
        ] {
            assert_eq!(check(name).is_ok(), good, "{name}");
        }
    }
}
