//! Fuzz target for all entries in one binary, cheaper to build than one for each: `QC17_ENTRY` names the one to run.
#![no_main]

#[path = "../entries.rs"]
mod entries;

use std::sync::LazyLock;

static ENTRY: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let wanted = std::env::var("QC17_ENTRY").unwrap_or_default();
    let found = entries::ENTRIES.iter().find(|(name, _)| *name == wanted);
    let names = entries::ENTRIES.map(|(name, _)| name).join(" ");
    found.unwrap_or_else(|| panic!("QC17_ENTRY must be one of: {names}")).1
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| ENTRY(data));
