//! Workbooks in the XML of Excel 2003 (`SpreadsheetML`), often named `.xls`.

use super::fault::Fault;
use super::grid::{Sheet, Value};
use super::limits::{Limits, Passed};
use super::opened::Contents;
use super::runs::Run;
use super::serial::{self, is_percent_format};
use super::sparse::{Allowance, Losses, SheetBuilder, label};
use super::xml::{Xml, attributes, push_reference, push_text, unescaped};
use crate::model::CellRef;
use crate::model::cell::{MAX_COLS, MAX_ROWS};
use crate::model::submission::SheetName;
use crate::notation::code_page;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// Reads all worksheets.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Contents, Fault> {
    let text = code_page::decode_declared(bytes);
    let mut xml = Xml::whole(text.as_bytes(), limits);
    let mut allowance = Allowance::new(limits);
    let mut contents = Contents::default();
    let mut order = 0u32;
    let mut styles = Styles::default();
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag) if styles.takes(&tag, limits)? => {}
            Event::Start(tag) if tag.local_name().into_inner() == "Worksheet" => {
                if usize::try_from(order).unwrap_or(usize::MAX) >= limits.sheets {
                    return Err(Passed::Sheets(limits.sheets).into());
                }
                let name = attribute(&tag, "Name").unwrap_or_default();
                let name = SheetName::new(label(&name), order);
                order += 1;
                let builder = SheetBuilder::new(name.clone(), false);
                let reader = SheetReader::new(builder, &styles, &mut allowance);
                contents.add(name, Ok(reader.read(&mut xml)?))?;
            }
            Event::Eof => return Ok(contents),
            _ => {}
        }
    }
}

/// What a style does to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Style {
    /// It shows a number as a share of a hundred: 1 is 100%, no count of one.
    percent: bool,
    struck: bool,
}

/// The styles that do anything of the kind.
#[derive(Default)]
struct Styles {
    last: String,
    known: BTreeMap<String, Style>,
}

impl Styles {
    /// Takes up what a tag says about a style; false when it says nothing of the kind.
    fn takes(&mut self, tag: &BytesStart<'_>, limits: &Limits) -> Result<bool, Fault> {
        let mut style = self.known.get(&self.last).copied().unwrap_or_default();
        match tag.local_name().into_inner() {
            "Style" => {
                self.last = attribute(tag, "ID").unwrap_or_default();
                // A style has what its parent has, until it says otherwise.
                let parent = attribute(tag, "Parent").and_then(|name| self.known.get(&name));
                style = parent.copied().unwrap_or_default();
            }
            "NumberFormat" => {
                let code = attribute(tag, "Format").unwrap_or_default();
                style.percent = code == "Percent" || is_percent_format(&code);
            }
            "Font" => style.struck = attribute(tag, "StrikeThrough").is_some_and(|on| on == "1"),
            _ => return Ok(false),
        }
        if style == Style::default() {
            self.known.remove(&self.last);
        } else {
            self.known.insert(self.last.clone(), style);
        }
        if self.known.len() > limits.styles {
            return Err(Passed::Styles(limits.styles).into());
        }
        Ok(true)
    }

    /// The style that a tag names; none when it names no style.
    fn named(&self, tag: &BytesStart<'_>) -> Option<Style> {
        if self.known.is_empty() {
            return None;
        }
        attribute(tag, "StyleID").map(|id| self.known.get(&id).copied().unwrap_or_default())
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    attributes(tag).find(|(key, _)| *key == name).map(|(_, value)| unescaped(value).into_owned())
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attributes(tag).find(|(key, _)| *key == name)?.1.parse().ok()
}

/// A place counted from one in the file, from zero here.
fn index(tag: &BytesStart<'_>) -> Option<u32> {
    number(tag, "Index")?.checked_sub(1)
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attributes(tag).any(|(key, value)| match key {
        "Hidden" => value == "1",
        "Height" | "Width" => value.parse::<f64>().is_ok_and(|size| size == 0.0),
        _ => false,
    })
}

/// The cell being read.
#[derive(Default)]
struct Pending {
    formula: bool,
    style: Style,
    kind: Option<String>,
    across: u32,
    down: u32,
}

struct SheetReader<'a, 'l> {
    builder: SheetBuilder,
    styles: &'a Styles,
    allowance: &'a mut Allowance<'l>,
    /// Columns of one style, first and last.
    column_styles: Vec<(u32, u32, Style)>,
    row_style: Option<Style>,
    row: u32,
    next_row: u32,
    col: u32,
    next_col: u32,
    next_column: u32,
    cell: Pending,
    in_data: bool,
    in_comment: bool,
    in_visible: bool,
    text: String,
}

impl<'a, 'l> SheetReader<'a, 'l> {
    fn new(builder: SheetBuilder, styles: &'a Styles, allowance: &'a mut Allowance<'l>) -> Self {
        Self {
            builder,
            styles,
            allowance,
            column_styles: Vec::new(),
            row_style: None,
            row: 0,
            next_row: 0,
            col: 0,
            next_col: 0,
            next_column: 0,
            cell: Pending::default(),
            in_data: false,
            in_comment: false,
            in_visible: false,
            text: String::new(),
        }
    }

    /// Reads up to the end of the worksheet.
    fn read(mut self, xml: &mut Xml<'_>) -> Result<(Sheet, Losses), Fault> {
        loop {
            match xml.next()? {
                Event::Start(tag) => self.start(&tag),
                Event::Empty(tag) => {
                    self.start(&tag);
                    self.end(tag.local_name().into_inner())?;
                }
                Event::End(tag) => match tag.local_name().into_inner() {
                    "Worksheet" => return Ok(self.builder.finish()),
                    name => self.end(name)?,
                },
                Event::Text(text) if self.in_data => push_text(&mut self.text, &text),
                Event::CData(text) if self.in_data => push_text(&mut self.text, &text),
                Event::GeneralRef(name) if self.in_data => push_reference(&mut self.text, &name),
                Event::Text(text) if self.in_visible && text.ends_with("Hidden") => {
                    self.builder.hide();
                }
                Event::Eof => return Err(Fault::Broken("nội dung XML bị cụt")),
                _ => {}
            }
            self.allowance.check_text(self.text.len())?;
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().into_inner() {
            "Column" => self.column(tag),
            "Row" => self.start_row(tag),
            "Cell" => self.start_cell(tag),
            "Data" if !self.in_comment => {
                self.in_data = true;
                self.text.clear();
                self.cell.kind = attribute(tag, "Type");
            }
            "S" if self.in_data => Run::STRUCK.begin(&mut self.text),
            "Sup" | "Sub" if self.in_data => Run::RAISED.begin(&mut self.text),
            "Comment" => self.in_comment = true,
            "Visible" => self.in_visible = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Fault> {
        match name {
            "Cell" => return self.end_cell(),
            "Data" => self.in_data = false,
            "S" if self.in_data => Run::STRUCK.end(&mut self.text),
            "Comment" => self.in_comment = false,
            "Visible" => self.in_visible = false,
            _ => {}
        }
        Ok(())
    }

    fn column(&mut self, tag: &BytesStart<'_>) {
        let first = index(tag).unwrap_or(self.next_column);
        let last = first.saturating_add(number(tag, "Span").unwrap_or_default());
        self.next_column = last.saturating_add(1);
        if let Some(style) = self.styles.named(tag)
            && self.column_styles.len() < MAX_COLS as usize
        {
            self.column_styles.push((first, last, style));
        }
        if is_hidden(tag) {
            self.builder.hide_columns(first, last);
        }
    }

    fn start_row(&mut self, tag: &BytesStart<'_>) {
        self.row = index(tag).unwrap_or(self.next_row);
        // A span repeats a row that holds nothing.
        self.next_row =
            self.row.saturating_add(1).saturating_add(number(tag, "Span").unwrap_or_default());
        self.next_col = 0;
        self.row_style = self.styles.named(tag);
        if self.row < MAX_ROWS {
            self.builder.row(self.row, is_hidden(tag));
        }
    }

    fn start_cell(&mut self, tag: &BytesStart<'_>) {
        self.text.clear();
        self.cell = Pending {
            formula: attributes(tag).any(|(key, _)| key == "Formula"),
            style: Style::default(),
            kind: None,
            across: number(tag, "MergeAcross").unwrap_or_default(),
            down: number(tag, "MergeDown").unwrap_or_default(),
        };
        self.col = index(tag).unwrap_or(self.next_col);
        self.next_col = self.col.saturating_add(1).saturating_add(self.cell.across);
        let mut columns = self.column_styles.iter();
        let mut of_column =
            || columns.find(|(first, last, _)| (*first..=*last).contains(&self.col));
        let own = self.styles.named(tag).or(self.row_style);
        self.cell.style = own.or_else(|| of_column().map(|(.., style)| *style)).unwrap_or_default();
    }

    fn end_cell(&mut self) -> Result<(), Fault> {
        let cell = std::mem::take(&mut self.cell);
        if self.row >= MAX_ROWS || self.col >= MAX_COLS {
            self.builder.outside();
            return Ok(());
        }
        let at = CellRef::new(self.row, self.col);
        let last =
            CellRef::new(at.row.saturating_add(cell.down), at.col.saturating_add(cell.across));
        self.builder.merge(at, last, self.allowance)?;
        let raw = self.text.trim();
        let value = match cell.kind.as_deref() {
            None => cell.formula.then_some(Value::Uncomputed),
            Some("Number") => {
                let number = raw.parse().ok().filter(|number: &f64| number.is_finite());
                let Some(number) = number else {
                    return self.builder.unreadable(at.col, self.allowance);
                };
                Some(if cell.style.percent {
                    serial::percent(number)
                } else {
                    Value::Number(number)
                })
            }
            Some("DateTime") => {
                Some(serial::iso(raw).map_or_else(|| Value::Text(raw.into()), Value::Date))
            }
            Some("Boolean") => Some(Value::Bool(raw == "1")),
            Some("Error") => Some(Value::Error(raw.into())),
            Some(_) => (!raw.is_empty()).then(|| Value::Text(self.text.as_str().into())),
        };
        let Some(value) = value else { return Ok(()) };
        if cell.style.struck {
            self.builder.strike(at);
        }
        let computed = cell.formula && value != Value::Uncomputed;
        self.builder.cell(at.col, value, computed, self.allowance)
    }
}

#[cfg(test)]
mod tests {
    use crate::model::CellRef;
    use crate::open::specimen::{codes, opened};
    use crate::open::{Kind, Merge, Value};

    const BOOK: &str = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Biểu &quot;1&quot;"><Table ss:ExpandedRowCount="4294967295"><Column ss:Index="3" ss:Hidden="1" ss:Span="1"/>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Xã <B>Bảo</B> H&#224;</Data><Comment><Data>ghi chú</Data></Comment></Cell><Cell><Data ss:Type="Number">12</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="DateTime">2021-03-15T00:00:00.000</Data></Cell><Cell ss:Formula="=1+1"><Data ss:Type="Number">2</Data></Cell>
<Cell ss:Formula="=2"/><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="Number">x</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="Hai"><Table/><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"#;

    #[test]
    fn one_workbook() {
        let opened = opened("a.xls", BOOK.as_bytes());
        assert_eq!(
            (codes(&opened).as_str(), opened.kind),
            ("TEP01 TEP06", Some(Kind::SpreadsheetMl))
        );
        let book = opened.workbook.unwrap();
        let names: Vec<_> =
            book.sheets.iter().map(|sheet| (&*sheet.name.name, sheet.hidden)).collect();
        assert_eq!(names, [("Biểu \"1\"", false), ("Hai", true)]);
        let sheet = &book.sheets[0];
        let seen: Vec<_> = (sheet.rows.iter())
            .flat_map(|row| {
                row.cells
                    .iter()
                    .map(move |cell| (CellRef::new(row.index, cell.col).to_string(), cell))
            })
            .map(|(at, cell)| format!("{at} {:?} {}", cell.value, cell.computed))
            .collect();
        assert_eq!(
            seen,
            [
                "A1 Text(\"Xã Bảo Hà\") false",
                "C1 Number(12.0) false",
                "B4 Date(2021-03-15T00:00:00) false",
                "C4 Number(2.0) true",
                "D4 Uncomputed false",
                "E4 Error(\"#N/A\") false",
                "F4 Error(\"không đọc được\") false",
            ]
        );
        assert_eq!((sheet.rows[0].hidden, sheet.rows[1].hidden), (false, true));
        assert_eq!(sheet.hidden_cols, [(2, 3)]);
        assert_eq!(sheet.merges, [Merge { first: CellRef::new(0, 0), last: CellRef::new(0, 1) }]);
        assert_eq!(sheet.cell(CellRef::new(0, 2)).unwrap().value, Value::Number(12.0));
    }

    #[test]
    fn numbers_shown_as_shares_of_a_hundred() {
        let book = r#"<?xml version="1.0"?><Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>
<Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style><Style ss:ID="q"><NumberFormat ss:Format="Percent"/></Style>
<Style ss:ID="r" ss:Parent="p"/><Style ss:ID="n"><NumberFormat ss:Format="0"/></Style></Styles>
<Worksheet ss:Name="a"><Table><Column ss:Index="6" ss:StyleID="p"/>
<Row><Cell ss:StyleID="p"><Data ss:Type="Number">1</Data></Cell><Cell ss:StyleID="q"><Data ss:Type="Number">0.5</Data></Cell>
<Cell ss:StyleID="r"><Data ss:Type="Number">1</Data></Cell><Cell ss:StyleID="n"><Data ss:Type="Number">1</Data></Cell>
<Cell><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="Number">1</Data></Cell></Row>
<Row ss:StyleID="q"><Cell><Data ss:Type="Number">1</Data></Cell><Cell ss:StyleID="n"><Data ss:Type="Number">1</Data></Cell></Row>
</Table></Worksheet></Workbook>"#;
        let opened = opened("a.xml", book.as_bytes());
        let rows = &opened.workbook.as_ref().unwrap().sheets[0].rows;
        let seen: Vec<Vec<&Value>> =
            rows.iter().map(|row| row.cells.iter().map(|cell| &cell.value).collect()).collect();
        let share = |text: &str| Value::Text(text.into());
        let (one, all) = (Value::Number(1.0), share("100%"));
        assert_eq!(seen, [vec![&all, &share("50%"), &all, &one, &one, &all], vec![&all, &one]]);
    }

    #[test]
    fn a_cut_workbook_is_refused() {
        for end in [300, 700, BOOK.len() - 12] {
            let end = BOOK.floor_char_boundary(end);
            assert_eq!(codes(&opened("a.xls", &BOOK.as_bytes()[..end])), "[TEP01]", "{end}");
        }
    }
}
