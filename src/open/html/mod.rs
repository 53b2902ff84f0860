//! Web pages with tables (HTML), as web systems hand them out under the name `.xls`; values are what the page shows.

mod styles;
mod tokens;

use super::fault::{Fault, TORN};
use super::grid::Value;
use super::limits::{Limits, Passed};
use super::opened::Contents;
use super::runs::Run;
use super::sparse::{Allowance, SheetBuilder};
use crate::model::CellRef;
use crate::model::cell::{MAX_COLS, MAX_ROWS};
use crate::model::submission::SheetName;
use crate::notation::code_page;
use styles::Classes;
use tokens::{Token, Tokens, attribute, push_decoded};

/// Reads a page as one sheet: its tables one below the other, the text between them in column A.
pub(super) fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Contents, Fault> {
    let text = code_page::decode_declared(bytes);
    let name = SheetName::new(name, 0);
    let mut allowance = Allowance::new(limits);
    let mut page = Page::new(SheetBuilder::new(name.clone(), false), &mut allowance);
    page.searches = text.len().saturating_mul(SEARCHES_PER_BYTE);
    for token in Tokens::new(&text) {
        page.take(token)?;
    }
    // Whoever leaves a table open still ends the page; a page that ends in a table is a part of one.
    let ended = ["</html", "</body"].iter().any(|tag| ends_with_tag(&text, tag));
    if page.tables > 0 && !ended {
        return Err(TORN);
    }
    page.end_cell()?;
    page.end_line()?;
    let mut contents = Contents::default();
    contents.add(name, Ok(page.builder.finish()))?;
    Ok(contents)
}

/// Whether that tag stands in the last words of a page.
fn ends_with_tag(text: &str, tag: &str) -> bool {
    const LAST: usize = 256;
    let tail = text.as_bytes().get(text.len().saturating_sub(LAST)..).unwrap_or_default();
    tail.windows(tag.len()).any(|window| window.eq_ignore_ascii_case(tag.as_bytes()))
}

/// The cell being read.
#[derive(Debug, Default)]
struct Pending {
    across: u32,
    down: u32,
    struck: bool,
}

/// Columns that one cell may span, as browsers have it.
const WIDEST_SPAN: u32 = 1000;
/// How many taken columns may be passed over for each byte of the page: the work grows with the page, and
/// no faster. Honest rows pass over a few columns on their left.
const SEARCHES_PER_BYTE: usize = 8;

struct Page<'a, 'l> {
    builder: SheetBuilder,
    allowance: &'a mut Allowance<'l>,
    /// How many tables stand around the place; an inner table is text of its outer cell.
    tables: usize,
    /// The row to be written next.
    row: u32,
    in_row: bool,
    row_struck: bool,
    col: u32,
    cell: Option<Pending>,
    text: String,
    /// The stretches of text around the place.
    spans: Vec<Run>,
    classes: Classes,
    /// For each column, the first row that no cell from above reaches down into.
    free_from: Vec<u32>,
    /// How many taken columns may still be passed over.
    searches: usize,
}

impl<'a, 'l> Page<'a, 'l> {
    fn new(builder: SheetBuilder, allowance: &'a mut Allowance<'l>) -> Self {
        Self {
            builder,
            allowance,
            tables: 0,
            row: 0,
            in_row: false,
            row_struck: false,
            col: 0,
            cell: None,
            text: String::new(),
            spans: Vec::new(),
            classes: Classes::default(),
            free_from: Vec::new(),
            searches: 0,
        }
    }

    fn take(&mut self, token: Token<'_>) -> Result<(), Fault> {
        match token {
            Token::Text(text) => {
                push_decoded(&mut self.text, text);
                self.allowance.check_text(self.text.len())?;
            }
            Token::Sheet(sheet) => self.classes.add(sheet, self.allowance.limits)?,
            Token::Open(name, attributes) => self.open(&name.to_ascii_lowercase(), attributes)?,
            Token::Close(name) => self.close(&name.to_ascii_lowercase())?,
        }
        Ok(())
    }

    fn open(&mut self, name: &str, attributes: &str) -> Result<(), Fault> {
        match name {
            "br" => self.text.push('\n'),
            "s" | "strike" | "del" => Run::STRUCK.begin(&mut self.text),
            "sup" | "sub" => Run::RAISED.begin(&mut self.text),
            "span" | "font" => {
                let run = self.classes.run(attributes);
                run.begin(&mut self.text);
                self.spans.push(run);
            }
            "p" | "div" | "h1" | "h2" | "h3" if self.tables == 0 => self.end_line()?,
            "table" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.end_line()?;
                    self.free_from.clear();
                }
            }
            "tr" if self.tables == 1 => {
                self.end_row()?;
                self.in_row = true;
                self.row_struck = self.classes.run(attributes).is_struck();
                if self.row < MAX_ROWS {
                    self.builder.row(self.row, is_hidden(attributes));
                }
            }
            "td" | "th" if self.tables == 1 => self.start_cell(attributes)?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Fault> {
        match name {
            "td" | "th" if self.tables == 1 => self.end_cell()?,
            "tr" if self.tables == 1 => self.end_row()?,
            "s" | "strike" | "del" => Run::STRUCK.end(&mut self.text),
            "span" | "font" => {
                if let Some(run) = self.spans.pop() {
                    run.end(&mut self.text);
                }
            }
            "p" | "div" | "h1" | "h2" | "h3" if self.tables == 0 => self.end_line()?,
            "table" => {
                if self.tables == 1 {
                    self.end_row()?;
                    // A blank row keeps two tables apart.
                    self.row += 1;
                }
                self.tables = self.tables.saturating_sub(1);
            }
            _ => {}
        }
        Ok(())
    }

    fn start_cell(&mut self, attributes: &str) -> Result<(), Fault> {
        self.end_cell()?;
        // Words between two cells of a row had a cell of their own, and the cells behind it have moved.
        if self.in_row && !self.text.trim().is_empty() {
            return Err(Fault::Broken("một hàng của bảng có chữ nằm ngoài các ô"));
        }
        self.in_row = true;
        self.text.clear();
        self.spans.clear();
        let span = |name| attribute(attributes, name).and_then(|n| n.trim().parse::<u32>().ok());
        self.cell = Some(Pending {
            across: span("colspan").unwrap_or(1).clamp(1, WIDEST_SPAN) - 1,
            down: span("rowspan").unwrap_or(1).clamp(1, MAX_ROWS) - 1,
            struck: self.row_struck || self.classes.run(attributes).is_struck(),
        });
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Fault> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        while self.free_at(self.col) > self.row {
            self.col += 1;
            // Cells that reach far down make every later row search for a free column.
            let limit = Passed::Merges(self.allowance.limits.merges);
            self.searches = self.searches.checked_sub(1).ok_or(limit)?;
        }
        let (row, col) = (self.row, self.col);
        if row >= MAX_ROWS || col >= MAX_COLS {
            self.builder.outside();
            self.text.clear();
            return Ok(());
        }
        let last =
            CellRef::new(row.saturating_add(cell.down), (col + cell.across).min(MAX_COLS - 1));
        self.builder.merge(CellRef::new(row, col), last, self.allowance)?;
        let first_free = last.row.saturating_add(1);
        self.col = last.col + 1;
        let (from, to) = (col as usize, self.col as usize);
        self.free_from.resize(self.free_from.len().max(to), 0);
        if let Some(taken) = self.free_from.get_mut(from..to) {
            taken.fill(first_free);
        }
        let value = text_value(&self.text);
        self.text.clear();
        let Some(value) = value else { return Ok(()) };
        self.builder.turn_to(row);
        if cell.struck {
            self.builder.strike(CellRef::new(row, col));
        }
        self.builder.cell(col, value, false, self.allowance)
    }

    fn free_at(&self, col: u32) -> u32 {
        self.free_from.get(col as usize).copied().unwrap_or_default()
    }

    fn end_row(&mut self) -> Result<(), Fault> {
        self.end_cell()?;
        self.text.clear();
        if self.in_row {
            self.row = self.row.saturating_add(1);
        }
        (self.in_row, self.row_struck) = (false, false);
        self.col = 0;
        Ok(())
    }

    /// Writes the text that stands outside the tables as a row of its own.
    fn end_line(&mut self) -> Result<(), Fault> {
        let value = text_value(&self.text);
        self.text.clear();
        if let Some(value) = value.filter(|_| self.row < MAX_ROWS) {
            self.builder.row(self.row, false);
            self.builder.cell(0, value, false, self.allowance)?;
            self.row += 1;
        }
        Ok(())
    }
}

/// Text with its runs of white space folded, as a browser shows it; line breaks of the page's own stay.
fn text_value(text: &str) -> Option<Value> {
    let text = text.trim();
    (!text.is_empty()).then(|| Value::Text(text.into()))
}

fn is_hidden(attributes: &str) -> bool {
    let style = attribute(attributes, "style").unwrap_or_default();
    style.to_ascii_lowercase().replace(' ', "").contains("display:none")
}

#[cfg(test)]
mod tests {
    use crate::model::CellRef;
    use crate::open::Kind;
    use crate::open::specimen::{codes, opened};

    fn seen(page: &str) -> String {
        let opened = opened("bieu.xls", page.as_bytes());
        assert_eq!((codes(&opened).as_str(), opened.kind), ("TEP06", Some(Kind::Html)), "{page}");
        let sheet = &opened.workbook.unwrap().sheets[0];
        let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
        let cells = cells.map(|(row, cell)| {
            let hidden = if row.hidden { "~" } else { "" };
            format!("{hidden}{}={:?}", CellRef::new(row.index, cell.col), cell.value)
        });
        let merges = sheet.merges.iter().map(|merge| format!("{}:{}", merge.first, merge.last));
        let all: Vec<_> = cells.chain(merges).collect();
        all.join(" ").replace("Text(", "").replace("Number(", "").replace(')', "")
    }

    #[test]
    fn a_page_of_which_only_the_beginning_came() {
        for (page, whole) in [
            ("<html><body><table><tr><td>a</table></body></html>", true),
            ("<table><tr><td>a</td></tr></table>", true),
            ("<html><table><tr><td>a</body></HTML>\n", true),
            ("<html><body><table><tr><td>a</td></tr>", false),
            ("<html><body><table><tr><td>a</td></tr><t", false),
            ("<html><body><table><tr><td>a", false),
            // A cell whose tag is damaged would move those behind it.
            ("<table><tr><td>a</td><ud>b</td><td>c</td></tr></table>", false),
            ("<table><caption>Biểu 1</caption><tr> <td>a</td>\n<td>c</td></tr></table>", true),
        ] {
            let opened = opened("a.html", page.as_bytes());
            assert_eq!(codes(&opened), if whole { "" } else { "[TEP01]" }, "{page}");
        }
    }

    #[test]
    fn tables_as_they_come() {
        for (page, expected) in [
            (
                "<html><body><h1>Quý I/2021</h1><table><tr><th>A<br>B</th><td>1</table>",
                r#"A1="Quý I/2021" A2="A\nB" B2="1""#,
            ),
            (
                "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>",
                r#"A1="a" B1="b" B2="c" C2="d" A1:A2 B1:C1"#,
            ),
            ("<TABLE><TR><TD x:num='0.5'>50%</TD><TD>&nbsp;</TD></TR></TABLE>", r#"A1="50%""#),
            (
                "<table><tr style='display: none'><td>1</table><table><tr><td>2</table>",
                r#"~A1="1" A3="2""#,
            ),
            (
                "<table><tr><td>a<table><tr><td>b</td></tr></table>c</td><td>d</table>",
                r#"A1="abc" B1="d""#,
            ),
            ("<table><tr></tr><tr><td>X&#227; B&#7843;o</table>", r#"A2="Xã Bảo""#),
            ("<table><tr><td colspan=99999999>a<td>b</table>", r#"A1="a" ALM1="b" A1:ALL1"#),
        ] {
            assert_eq!(seen(page), expected, "{page}");
        }
    }
}
