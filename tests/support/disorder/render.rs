//! Writes a draft down as a grid, and remembers where every figure of the truth was put.

use super::draft::*;
use qc17::model::CellRef;
use qc17::model::submission::SheetName;
use qc17::open::{Cell, Merge, Row, Sheet, Value, Workbook};
use std::collections::{BTreeMap, HashMap};

/// A draft as a workbook.
pub struct Written {
    pub book: Workbook,
    pub places: Places,
}

/// Where the truth was put.
#[derive(Default)]
pub struct Places {
    /// Sheet and row of each row of the truth, by table.
    pub rows: HashMap<(&'static str, usize), (u32, u32)>,
    /// The columns of each key of a real table.
    pub columns: HashMap<(&'static str, String), u32>,
    /// The header of each key of a real table, as it was written.
    pub headers: HashMap<(&'static str, String), String>,
}

/// One sheet being written.
#[derive(Default)]
struct Canvas {
    cells: BTreeMap<(u32, u32), Value>,
    merges: Vec<Merge>,
    hidden_rows: Vec<u32>,
    hidden_cols: Vec<(u32, u32)>,
    next: u32,
}

pub fn written(draft: &Draft) -> Written {
    let mut places = Places::default();
    let mut book = Workbook::default();
    for (order, sheet) in (0u32..).zip(&draft.sheets) {
        let mut canvas = Canvas::default();
        for block in &sheet.blocks {
            match block {
                Block::Lines(lines) => canvas.lines(lines),
                Block::Table(table) => canvas.table(table, order, &mut places),
            }
        }
        book.sheets.push(canvas.sheet(sheet, order));
    }
    Written { book, places }
}

impl Canvas {
    fn put(&mut self, row: u32, col: u32, value: Value) {
        self.cells.insert((row, col), value);
    }

    fn merge(&mut self, first: (u32, u32), last: (u32, u32)) {
        if first != last {
            let at = |(row, col): (u32, u32)| CellRef::new(row, col);
            self.merges.push(Merge { first: at(first), last: at(last) });
        }
    }

    fn lines(&mut self, lines: &[Vec<(u32, Value)>]) {
        for line in lines {
            for (col, value) in line {
                self.put(self.next, *col, value.clone());
            }
            self.next += 1;
        }
    }

    fn table(&mut self, table: &TableDraft, order: u32, places: &mut Places) {
        self.header(table);
        let col = |key: &str| {
            let at = table.columns.iter().position(|column| column.key == key);
            at.map(|at| table.left + at as u32)
        };
        if table.real {
            for column in &table.columns {
                let at = (table.id, column.key.clone());
                places.columns.insert(at.clone(), col(&column.key).unwrap());
                places.headers.insert(at, column.header.clone());
            }
        }
        let first = self.next;
        for item in &table.items {
            let row = self.next;
            let cells = match item {
                Item::Row { truth, cells, hidden } => {
                    if *hidden {
                        self.hidden_rows.push(row);
                    }
                    if table.real {
                        places.rows.insert((table.id, *truth), (order, row));
                    }
                    cells
                }
                Item::Other(cells) => cells,
                Item::HeaderAgain => {
                    self.header(table);
                    continue;
                }
                Item::Blank => {
                    self.next += 1;
                    continue;
                }
            };
            for (key, value) in cells {
                if let Some(col) = col(key) {
                    self.put(row, col, value.clone());
                }
            }
            self.next += 1;
        }
        for key in &table.merged {
            if let Some(col) = col(key) {
                self.merge_equal(col, first);
            }
        }
        let hidden = table.hidden_cols.iter().filter_map(|key| col(key));
        self.hidden_cols.extend(hidden.map(|col| (col, col)));
    }

    /// Merges neighbours with the same value, from a row down.
    fn merge_equal(&mut self, col: u32, first: u32) {
        let mut row = first;
        while row < self.next {
            let value = self.cells.get(&(row, col)).cloned();
            let mut last = row;
            while value.is_some() && self.cells.get(&(last + 1, col)) == value.as_ref() {
                last += 1;
                self.cells.remove(&(last, col));
            }
            self.merge((row, col), (last, col));
            row = last + 1;
        }
    }

    fn header(&mut self, table: &TableDraft) {
        let Head { rows, merged, low } = table.head;
        if rows == 0 {
            return;
        }
        let top = self.next;
        let bottom = top + rows - 1;
        self.next = bottom + 1;
        let mut group: Option<(&str, u32)> = None;
        for (at, column) in table.columns.iter().enumerate() {
            let col = table.left + at as u32;
            let next = table.columns.get(at + 1);
            let Some(name) = &column.group else {
                let row = if low { bottom } else { top };
                self.put(row, col, words(&column.header));
                if merged && !low {
                    self.merge((top, col), (bottom, col));
                }
                group = None;
                continue;
            };
            if rows == 1 {
                self.put(top, col, words(&format!("{name} - {}", column.header)));
                continue;
            }
            if group.is_none_or(|(open, _)| open != name) {
                self.put(top, col, words(name));
                group = Some((name, col));
            }
            let ends = next.is_none_or(|next| next.group.as_ref() != Some(name));
            let start = group.unwrap().1;
            if merged && ends {
                self.merge((top, start), (top, col));
            }
            // With more rows, all but the first column of a group stand under `Trong đó`.
            if rows > 2 && col > start {
                if !merged || col == start + 1 {
                    self.put(top + 1, col, words("Trong đó"));
                }
                if merged && ends {
                    self.merge((top + 1, start + 1), (top + 1, col));
                }
                self.put(bottom, col, words(&column.header));
            } else {
                let row = if merged { top + 1 } else { bottom };
                self.put(row, col, words(&column.header));
                if merged {
                    self.merge((row, col), (bottom, col));
                }
            }
        }
    }

    fn sheet(self, draft: &SheetDraft, order: u32) -> Sheet {
        let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
        for ((index, col), value) in self.cells {
            let hidden = self.hidden_rows.contains(&index);
            let row = rows.entry(index).or_insert(Row { index, hidden, cells: Vec::new() });
            row.cells.push(Cell { col, value, computed: false });
        }
        Sheet {
            name: SheetName::new(draft.name.as_str(), order),
            hidden: draft.hidden,
            rows: rows.into_values().collect(),
            merges: self.merges,
            hidden_cols: self.hidden_cols,
        }
    }
}
