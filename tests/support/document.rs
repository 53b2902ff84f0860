//! The Markdown of the examples: headings, blocks named by a line that ends in a colon, tables, lists.

use std::path::{Path, PathBuf};

/// One file of examples.
#[derive(Debug)]
pub(crate) struct Document {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its lines.
    pub(crate) lines: Vec<String>,
}

/// A piece of an example that means something.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    /// `Biểu 1 - Hội nghị:` — what follows is about this.
    Block(String),
    /// `Bỏ cột: Nữ`.
    Order(String, String),
    /// A table: its header and its rows.
    Table(Vec<String>, Vec<Vec<String>>),
    /// A line of a list, without its dash.
    Item(String),
}

/// A piece and the line on which it begins, counted from zero.
pub(crate) type Lined = (usize, Piece);

impl Document {
    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        Self { path: path.to_owned(), lines: text.lines().map(str::to_owned).collect() }
    }

    /// The words of its first heading.
    pub(crate) fn title(&self) -> &str {
        self.lines.iter().find_map(|line| line.strip_prefix("# ")).unwrap_or_default()
    }

    /// Each second-level heading with its line and the line after its last.
    pub(crate) fn sections(&self) -> Vec<(String, usize, usize)> {
        let mut sections: Vec<(String, usize, usize)> = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            if let Some(title) = line.strip_prefix("## ") {
                if let Some(last) = sections.last_mut() {
                    last.2 = at;
                }
                sections.push((title.trim().to_owned(), at, self.lines.len()));
            }
        }
        sections
    }

    /// The pieces between two lines. Prose comes first; after it every line must mean something.
    pub(crate) fn pieces(&self, from: usize, to: usize) -> Result<Vec<Lined>, String> {
        let mut pieces: Vec<Lined> = Vec::new();
        let mut at = from;
        while at < to {
            let line = self.lines[at].trim();
            let begin = at;
            at += 1;
            if line.is_empty() {
                continue;
            }
            if line.starts_with('|') {
                while at < to && self.lines[at].trim_start().starts_with('|') {
                    at += 1;
                }
                pieces.push((begin, table(&self.lines[begin..at])));
            } else if let Some(item) = line.strip_prefix("- ") {
                pieces.push((begin, Piece::Item(item.trim().to_owned())));
            } else if let Some(name) = line.strip_suffix(':') {
                pieces.push((begin, Piece::Block(name.to_owned())));
            } else if let Some((key, value)) = order(line) {
                pieces.push((begin, Piece::Order(key, value)));
            } else if !pieces.is_empty() {
                return Err(format!("dòng {}: không hiểu \"{line}\"", begin + 1));
            }
        }
        Ok(pieces)
    }
}

/// `Bỏ cột: Nữ` begins with a few words and a colon; prose does not, so it must not look like it.
fn order(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(": ")?;
    let few = key.split_whitespace().count() <= 4;
    few.then(|| (key.to_owned(), value.trim().to_owned()))
}

fn table(lines: &[String]) -> Piece {
    let cells = |line: &String| -> Vec<String> {
        let inner = line.trim().trim_matches('|');
        inner.split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let mut rows: Vec<Vec<String>> = lines.iter().map(cells).collect();
    let rule = |row: &Vec<String>| row.iter().all(|cell| cell.trim_matches([':', '-']).is_empty());
    let header = rows.remove(0);
    if rows.first().is_some_and(rule) {
        rows.remove(0);
    }
    // A table may lie on its side where it has many columns and few rows.
    if header.first().is_some_and(|first| first == "Cột") {
        let side: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
        let turned = |at: usize| side.iter().map(|row| row[at].clone()).collect::<Vec<_>>();
        let rows = (1..side[0].len()).map(turned).collect();
        return Piece::Table(turned(0), rows);
    }
    Piece::Table(header, rows)
}
