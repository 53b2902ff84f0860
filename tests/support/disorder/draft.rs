//! A submission before it is written down: sheets of lines and tables that mutations take apart.

use qc17::model::Period;
use qc17::open::Value;
use std::collections::BTreeMap;

/// One figure of the truth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum {
    Count(u32),
    Day(chrono::NaiveDate),
    /// A code by its stable name: `periodic`, `K3`, `L05`.
    Code(&'static str),
    Words(String),
    Quarter(Period),
}

/// One row of the truth, by field.
pub type Facts = BTreeMap<&'static str, Datum>;

/// Which form a draft is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Detail,
    RollUp,
}

/// What the file says when it is read right.
#[derive(Debug, Clone)]
pub struct Truth {
    pub unit: String,
    pub period: Period,
    /// Rows of each table: `meetings`, `petitions`, `carried`, `rollup`.
    pub tables: BTreeMap<&'static str, Vec<Facts>>,
}

/// One submission.
#[derive(Debug, Clone)]
pub struct Draft {
    pub file: String,
    pub kind: Kind,
    pub truth: Truth,
    /// The unit as the register has it: kind, name, district.
    pub unit: UnitWords,
    pub sheets: Vec<SheetDraft>,
}

/// A unit's names.
#[derive(Debug, Clone)]
pub struct UnitWords {
    pub code: String,
    pub full: String,
    pub bare: String,
    pub district: String,
}

/// One sheet.
#[derive(Debug, Clone)]
pub struct SheetDraft {
    pub name: String,
    pub hidden: bool,
    pub blocks: Vec<Block>,
}

/// A part of a sheet.
#[derive(Debug, Clone)]
pub enum Block {
    /// Lines of cells, each with its column.
    Lines(Vec<Vec<(u32, Value)>>),
    Table(TableDraft),
}

/// One table.
#[derive(Debug, Clone)]
pub struct TableDraft {
    pub id: &'static str,
    /// Whether its rows are rows of the truth; those of a leftover table are not.
    pub real: bool,
    pub columns: Vec<ColumnDraft>,
    pub head: Head,
    pub items: Vec<Item>,
    /// Fields whose equal neighbours are written once and merged.
    pub merged: Vec<&'static str>,
    pub hidden_cols: Vec<String>,
    /// First column of the table.
    pub left: u32,
}

/// How the header is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    pub rows: u32,
    pub merged: bool,
    /// Ungrouped headers stand in the lowest row instead of the highest.
    pub low: bool,
}

/// One column as it is drawn.
#[derive(Debug, Clone)]
pub struct ColumnDraft {
    /// `date`, `kind:periodic` for a column to be ticked, `extra:…` for one that is nobody's.
    pub key: String,
    pub group: Option<String>,
    pub header: String,
}

/// One line under a header.
#[derive(Debug, Clone)]
pub enum Item {
    /// A row of the table; its place in the truth.
    Row {
        truth: usize,
        cells: BTreeMap<String, Value>,
        hidden: bool,
    },
    /// Cells that are no data, by column key.
    Other(BTreeMap<String, Value>),
    HeaderAgain,
    Blank,
}

impl Draft {
    /// The tables, in the order of the file.
    pub fn tables(&mut self) -> impl Iterator<Item = &mut TableDraft> {
        self.sheets.iter_mut().flat_map(|sheet| &mut sheet.blocks).filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Lines(_) => None,
        })
    }

    /// The table of that name that is real.
    pub fn table(&mut self, id: &str) -> Option<&mut TableDraft> {
        self.tables().find(|table| table.id == id && table.real)
    }

    /// The table that the form cannot do without.
    pub fn main(&mut self) -> &mut TableDraft {
        let id = self.main_id();
        self.table(id).unwrap()
    }

    pub fn main_id(&self) -> &'static str {
        match self.kind {
            Kind::Detail => "meetings",
            Kind::RollUp => "rollup",
        }
    }

    /// The sheet that holds a table, by its place.
    pub fn sheet_of(&self, id: &str) -> Option<usize> {
        self.sheets.iter().position(|sheet| {
            sheet
                .blocks
                .iter()
                .any(|block| matches!(block, Block::Table(table) if table.id == id && table.real))
        })
    }
}

impl TableDraft {
    /// The cells of every row of the table.
    pub fn rows(&mut self) -> impl Iterator<Item = &mut BTreeMap<String, Value>> {
        self.items.iter_mut().filter_map(|item| match item {
            Item::Row { cells, .. } => Some(cells),
            _ => None,
        })
    }

    /// The cells of every row and of what only looks like one.
    pub fn filled(&mut self) -> impl Iterator<Item = &mut BTreeMap<String, Value>> {
        self.items.iter_mut().filter_map(|item| match item {
            Item::Row { cells, .. } | Item::Other(cells) => Some(cells),
            _ => None,
        })
    }

    pub fn column(&mut self, key: &str) -> Option<&mut ColumnDraft> {
        self.columns.iter_mut().find(|column| column.key == key)
    }

    pub fn has(&self, key: &str) -> bool {
        self.columns.iter().any(|column| column.key == key)
    }
}

/// A cell with words.
pub fn words(text: &str) -> Value {
    Value::Text(text.into())
}
