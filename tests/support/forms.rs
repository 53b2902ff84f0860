//! The blank forms that examples are written into, from the same data file as the program reads.

use serde::Deserialize;
use std::sync::LazyLock;

/// All forms.
pub(crate) static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut forms: Forms = toml::from_str(include_str!("../../templates/bieu-mau.toml")).unwrap();
    forms.info.label.retain(|label| !label.extra);
    for table in &mut forms.table {
        table.columns.retain(|column| column.tick.is_none() && !column.extra);
    }
    forms
});

/// The forms of the data file.
#[derive(Debug, Deserialize)]
pub(crate) struct Forms {
    /// The sheet of labels and values.
    pub(crate) info: Info,
    table: Vec<Table>,
}

/// The sheet of labels and values.
#[derive(Debug, Deserialize)]
pub(crate) struct Info {
    /// Its name.
    pub(crate) sheet: String,
    /// Its labels, from the top.
    pub(crate) label: Vec<Label>,
}

/// One label.
#[derive(Debug, Deserialize)]
pub(crate) struct Label {
    /// Its words.
    pub(crate) label: String,
    #[serde(default)]
    extra: bool,
}

/// One table.
#[derive(Debug, Deserialize)]
pub(crate) struct Table {
    /// The name of its sheet.
    pub(crate) sheet: String,
    /// Its title.
    pub(crate) title: String,
    /// Its columns.
    #[serde(rename = "column")]
    pub(crate) columns: Vec<Column>,
}

/// One column.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Column {
    /// Its header.
    pub(crate) header: String,
    /// The header above it.
    pub(crate) group: Option<String>,
    /// Its header where the table has one header row only.
    pub(crate) flat: Option<String>,
    /// A column to be ticked in place of a coded one, which the blank form has.
    pub(crate) tick: Option<String>,
    /// Read where it stands, but not part of the blank form.
    #[serde(default)]
    pub(crate) extra: bool,
}

impl Column {
    /// How an example names the column: group and header.
    pub(crate) fn label(&self) -> String {
        match (&self.flat, &self.group) {
            (Some(flat), _) => flat.clone(),
            (None, Some(group)) => format!("{group} - {}", self.header),
            (None, None) => self.header.clone(),
        }
    }
}

impl Forms {
    /// The table whose sheet has that name.
    pub(crate) fn table(&self, sheet: &str) -> Option<&Table> {
        self.table.iter().find(|table| table.sheet == sheet)
    }
}
