//! The columns of the forms, read from the same data file as the program reads them from.

use super::Failure;
use serde::Deserialize;
use std::path::Path;

/// All forms.
#[derive(Deserialize)]
pub(crate) struct Forms {
    pub(crate) info: Info,
    table: Vec<Table>,
}

/// The sheet of labels and values.
#[derive(Deserialize)]
pub(crate) struct Info {
    pub(crate) sheet: String,
    pub(crate) label: Vec<Label>,
}

/// One label.
#[derive(Deserialize)]
pub(crate) struct Label {
    pub(crate) field: String,
    pub(crate) label: String,
    /// Read where it stands, but not part of the blank form.
    #[serde(default)]
    extra: bool,
}

/// One table.
#[derive(Deserialize)]
pub(crate) struct Table {
    id: String,
    pub(crate) sheet: String,
    pub(crate) title: String,
    #[serde(rename = "column")]
    pub(crate) columns: Vec<Column>,
}

/// One column.
#[derive(Deserialize)]
pub(crate) struct Column {
    pub(crate) field: String,
    pub(crate) header: String,
    pub(crate) group: Option<String>,
    /// The header where the table has one header row only.
    pub(crate) flat: Option<String>,
    /// A column to be ticked in place of a coded one, which the blank form has.
    tick: Option<String>,
    /// Read where it stands, but not part of the blank form.
    #[serde(default)]
    extra: bool,
}

impl Forms {
    /// Reads the data file.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let mut forms: Self = toml::from_str(&std::fs::read_to_string(path)?)?;
        forms.info.label.retain(|label| !label.extra);
        for table in &mut forms.table {
            table.columns.retain(|column| column.tick.is_none() && !column.extra);
        }
        Ok(forms)
    }

    /// The table of that name.
    pub(crate) fn table(&self, id: &str) -> Result<&Table, Failure> {
        let found = self.table.iter().find(|table| table.id == id);
        found.ok_or_else(|| format!("no table {id} among the forms").into())
    }
}

impl Table {
    /// Where a field stands, counted from zero.
    pub(crate) fn column(&self, field: &str) -> u16 {
        let index = self.columns.iter().position(|column| column.field == field);
        index.and_then(|index| u16::try_from(index).ok()).unwrap_or_default()
    }

    /// The index of the last column.
    pub(crate) fn last(&self) -> u16 {
        u16::try_from(self.columns.len()).unwrap_or(1).saturating_sub(1)
    }
}
