//! One sheet of a submission, still open to change.

use super::forms::{Column, FORMS};
use super::value::Value;
use std::collections::BTreeMap;

/// The key of the row of sums.
pub(crate) const TOTAL: &str = "Tổng cộng";
/// The key of the row from which further rows are made; `{n}` in it is the new row's number.
pub(crate) const FURTHER: &str = "thêm";

/// One sheet.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// Its name in the workbook.
    pub(crate) name: String,
    /// Its name in the form, by which examples call it.
    pub(crate) form: String,
    /// Whether it is hidden.
    pub(crate) hidden: bool,
    /// The row under the title.
    pub(crate) subtitle: Option<String>,
    /// Its columns; none for the sheet of labels and values.
    pub(crate) columns: Vec<SheetColumn>,
    /// Its rows, the row of sums last.
    pub(crate) rows: Vec<SheetRow>,
    /// Cells of a column, by its label, merged from one row to another, by their places.
    pub(crate) merges: Vec<(String, (usize, usize))>,
    /// The row from which further rows are made.
    pub(crate) further: Option<SheetRow>,
}

/// One column.
#[derive(Debug, Clone)]
pub(crate) struct SheetColumn {
    /// How examples name it.
    pub(crate) label: String,
    /// Its words in the file.
    pub(crate) column: Column,
    /// Whether it is hidden.
    pub(crate) hidden: bool,
}

/// One row.
#[derive(Debug, Clone)]
pub(crate) struct SheetRow {
    /// How examples name it: its number, its label, or [`TOTAL`].
    pub(crate) key: String,
    /// What it holds, by the column's label.
    pub(crate) cells: BTreeMap<String, Value>,
    /// Whether it is hidden.
    pub(crate) hidden: bool,
}

/// The column of values in the sheet of labels and values.
pub(crate) const INFO_VALUE: &str = "Nội dung";

impl Sheet {
    /// The blank sheet of that name; `None` when no form has it.
    pub(crate) fn blank(name: &str) -> Option<Self> {
        let mut sheet = Self {
            name: name.to_owned(),
            form: name.to_owned(),
            hidden: false,
            subtitle: None,
            columns: Vec::new(),
            rows: Vec::new(),
            merges: Vec::new(),
            further: None,
        };
        if name == FORMS.info.sheet {
            sheet.rows = FORMS.info.label.iter().map(|label| SheetRow::new(&label.label)).collect();
            return Some(sheet);
        }
        let columns = FORMS.table(name)?.columns.iter();
        sheet.columns = columns
            .map(|column| {
                let mut column = column.clone();
                let label = column.label();
                if let Some(flat) = column.flat.take() {
                    column = Column { header: flat, group: None, flat: None, ..Column::default() };
                }
                SheetColumn { label, column, hidden: false }
            })
            .collect();
        Some(sheet)
    }

    /// Whether it is the sheet of labels and values.
    pub(crate) fn is_info(&self) -> bool {
        self.form == FORMS.info.sheet
    }

    /// The row of that key; a row of the next number is made if the sheet has a further row.
    pub(crate) fn row(&mut self, key: &str) -> Result<&mut SheetRow, String> {
        if key == FURTHER {
            return Ok(self.further.get_or_insert_with(|| SheetRow::new(FURTHER)));
        }
        let found = self.rows.iter().position(|row| row.key == key);
        let at = match found {
            Some(at) => at,
            None => self.add_row(key)?,
        };
        Ok(&mut self.rows[at])
    }

    fn add_row(&mut self, key: &str) -> Result<usize, String> {
        let missing = || format!("trang {} không có dòng \"{key}\"", self.form);
        if key != TOTAL && (self.is_info() || key.parse::<u32>().is_err()) {
            return Err(missing());
        }
        let mut row = self.further.clone().unwrap_or_else(|| SheetRow::new(key));
        key.clone_into(&mut row.key);
        if key == TOTAL {
            row.cells.clear();
        }
        for value in row.cells.values_mut() {
            if let Value::Text(text) = value {
                let numbered = text.replace("{n}", key);
                *value =
                    if *text == "{n}" { Value::parse(&numbered) } else { Value::Text(numbered) };
            }
        }
        let total = self.rows.iter().position(|row| row.key == TOTAL);
        let at = total.filter(|_| key != TOTAL).unwrap_or(self.rows.len());
        self.rows.insert(at, row);
        Ok(at)
    }

    /// The column of that label, by its whole label or by its header where that is enough.
    pub(crate) fn column(&self, written: &str) -> Result<usize, String> {
        let whole = self.columns.iter().position(|column| column.label == written);
        let mut by_header = (self.columns.iter().enumerate())
            .filter(|(_, column)| column.column.header == written)
            .map(|(at, _)| at);
        match (whole, by_header.next(), by_header.next()) {
            (Some(at), ..) | (None, Some(at), None) => Ok(at),
            (None, Some(_), Some(_)) => {
                Err(format!("trang {} có nhiều cột \"{written}\"; ghi cả tên nhóm", self.form))
            }
            (None, None, _) => Err(format!("trang {} không có cột \"{written}\"", self.form)),
        }
    }

    /// Writes a value as an example gives it.
    pub(crate) fn set(&mut self, key: &str, column: &str, value: Value) -> Result<(), String> {
        let label = if self.is_info() {
            INFO_VALUE.to_owned()
        } else {
            let at = self.column(column)?;
            self.columns[at].label.clone()
        };
        self.row(key)?.cells.insert(label, value);
        Ok(())
    }
}

impl SheetRow {
    /// An empty row.
    pub(crate) fn new(key: &str) -> Self {
        Self { key: key.to_owned(), cells: BTreeMap::new(), hidden: false }
    }
}
