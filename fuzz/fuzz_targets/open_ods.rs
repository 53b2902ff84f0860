//! Fuzz target: see `opened` in `entries.rs`.
#![no_main]

#[path = "../entries.rs"]
#[expect(dead_code, reason = "each target uses one of the entries")]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::opened(data));
