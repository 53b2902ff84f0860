//! What the blank form shows of a column or a label: what is to be written there, how wide, with which note.

use super::forms::FormsError;
use super::template::{RawBlank, RawColumn, RawLabelBlank};
use serde::Deserialize;

/// What a cell of the blank form is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// A number that names and does not count.
    Ordinal,
    /// A whole number from 0.
    Count,
    /// A day.
    Date,
    /// A day of the report's own period.
    DayOfPeriod,
    /// A quarter: `Quý I/2021`.
    Quarter,
    /// Anything.
    Text,
    /// One of a list.
    Code(Offers),
}

impl Holds {
    /// Whether the cell holds a day or words: what a paper is known by.
    pub const fn is_paper(&self) -> bool {
        matches!(self, Self::Date | Self::Text)
    }
}

/// A code list, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offers {
    /// Which list.
    pub list: List,
    /// The codes that are offered; all of them when it names none.
    pub only: Vec<String>,
}

/// A code list of `templates/ma.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// Loại cuộc.
    Kind,
    /// Chủ trì.
    Chair,
    /// Hình thức.
    Format,
    /// Có, không.
    YesNo,
    /// Thẩm quyền giải quyết.
    Authority,
    /// Kết quả.
    Outcome,
    /// Lĩnh vực.
    Subject,
}

impl List {
    /// The word used in the template.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Chair => "chair",
            Self::Format => "format",
            Self::YesNo => "yes_no",
            Self::Authority => "authority",
            Self::Outcome => "outcome",
            Self::Subject => "subject",
        }
    }
}

/// What a template says a cell holds, apart from code lists.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawHolds {
    Ordinal,
    Count,
    Date,
    DayOfPeriod,
    Quarter,
    Text,
}

impl RawHolds {
    const fn typed(self) -> Holds {
        match self {
            Self::Ordinal => Holds::Ordinal,
            Self::Count => Holds::Count,
            Self::Date => Holds::Date,
            Self::DayOfPeriod => Holds::DayOfPeriod,
            Self::Quarter => Holds::Quarter,
            Self::Text => Holds::Text,
        }
    }
}

/// One column of the blank form.
#[derive(Debug, Clone)]
pub struct BlankColumn {
    /// The header above several columns.
    pub group: Option<String>,
    /// Its own header.
    pub header: String,
    /// What its cells hold.
    pub holds: Holds,
    /// Its width in characters.
    pub width: f64,
    /// What its note adds to that; may be empty.
    pub hint: String,
}

impl BlankColumn {
    /// The column as the template has it; none for a column that the blank form does without.
    pub(super) fn build(raw: &RawColumn) -> Result<Option<Self>, FormsError> {
        let Some(blank) = &raw.blank else {
            // A column that is neither ticked nor extra belongs to the blank form.
            let wanted = raw.tick.is_none() && !raw.extra;
            return if wanted { Err(FormsError::Template(raw.field.clone())) } else { Ok(None) };
        };
        Ok(Some(Self {
            group: raw.group.clone(),
            header: raw.header.clone(),
            holds: holds(blank).ok_or_else(|| FormsError::Template(raw.field.clone()))?,
            width: blank.width,
            hint: blank.hint.clone(),
        }))
    }
}

fn holds(raw: &RawBlank) -> Option<Holds> {
    match (raw.holds, raw.list) {
        (Some(holds), None) => Some(holds.typed()),
        (None, Some(list)) => Some(Holds::Code(Offers { list, only: raw.only.clone() })),
        _ => None,
    }
}

/// One label of the blank form's information sheet.
#[derive(Debug, Clone)]
pub struct BlankLabel {
    /// The label.
    pub label: String,
    /// What the cell beside it holds; none where the program fills it in.
    pub holds: Option<Holds>,
    /// What its note says.
    pub hint: String,
}

impl BlankLabel {
    /// The label as the template has it.
    pub(super) fn build(label: &str, raw: &RawLabelBlank) -> Self {
        Self {
            label: label.to_owned(),
            holds: raw.holds.map(RawHolds::typed),
            hint: raw.hint.clone(),
        }
    }
}
