//! The shape of `templates/bieu-mau.toml`, as it is written.

use super::blank::{List, RawHolds};
use super::none_words::RawNoneWords;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawForms {
    pub(super) remarks: Vec<String>,
    pub(super) subgroups: Vec<String>,
    pub(super) other_spans: Vec<String>,
    pub(super) discarded: Vec<String>,
    pub(super) asides: RawAsides,
    pub(super) tails: Vec<String>,
    pub(super) ticks: Vec<String>,
    pub(super) none: RawNoneWords,
    pub(super) abbreviations: BTreeMap<String, String>,
    pub(super) info: RawInfo,
    pub(super) table: Vec<RawTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAsides {
    pub(super) guide: RawAside,
    pub(super) lists: RawAside,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAside {
    pub(super) sheet: String,
    pub(super) aliases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawInfo {
    pub(super) sheet: String,
    pub(super) sheet_aliases: Vec<String>,
    /// Labels that are known and of no use to the report.
    pub(super) others: Vec<String>,
    pub(super) label: Vec<RawLabel>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLabel {
    pub(super) field: String,
    pub(super) label: String,
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) extra: bool,
    pub(super) blank: Option<RawLabelBlank>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLabelBlank {
    pub(super) holds: Option<RawHolds>,
    #[serde(default)]
    pub(super) hint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTable {
    pub(super) id: String,
    pub(super) sheet: String,
    pub(super) sheet_aliases: Vec<String>,
    pub(super) title: String,
    #[serde(default)]
    pub(super) rows: u32,
    pub(super) groups: Vec<RawGroup>,
    pub(super) column: Vec<RawColumn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGroup {
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawColumn {
    pub(super) field: String,
    pub(super) header: String,
    pub(super) tick: Option<String>,
    #[serde(default)]
    pub(super) extra: bool,
    pub(super) group: Option<String>,
    pub(super) flat: Option<String>,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) or: Option<String>,
    #[serde(default)]
    pub(super) leaf: Vec<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    pub(super) after: Option<String>,
    #[serde(default)]
    pub(super) beside: Vec<String>,
    pub(super) blank: Option<RawBlank>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBlank {
    pub(super) holds: Option<RawHolds>,
    pub(super) list: Option<List>,
    #[serde(default)]
    pub(super) only: Vec<String>,
    pub(super) width: f64,
    #[serde(default)]
    pub(super) hint: String,
}
