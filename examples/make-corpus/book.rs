//! A workbook as xlsxwriter writes it: shared strings in the order of writing, rows with the span of their block.

use crate::Failure;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write as _};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Rows that share one `spans` attribute.
const BLOCK: u32 = 16;

/// What a cell holds.
enum Value {
    Text(usize),
    Number(u32),
    Day(u32),
}

/// One sheet.
#[derive(Default)]
pub(crate) struct Sheet {
    cells: BTreeMap<(u32, u32), Value>,
    merged: Vec<String>,
}

/// The sheets of one file and the texts that they share.
#[derive(Default)]
pub(crate) struct Book {
    texts: Vec<String>,
    known: HashMap<String, usize>,
    written: usize,
}

impl Book {
    /// Writes a text.
    pub(crate) fn text(&mut self, sheet: &mut Sheet, row: u32, col: u32, text: &str) {
        let at = self.known.get(text).copied().unwrap_or_else(|| {
            self.texts.push(text.to_owned());
            self.known.insert(text.to_owned(), self.texts.len() - 1);
            self.texts.len() - 1
        });
        self.written += 1;
        sheet.cells.insert((row, col), Value::Text(at));
    }

    /// Merges cells and writes a text into the first.
    pub(crate) fn merge(
        &mut self,
        sheet: &mut Sheet,
        [row, col, last_row, last_col]: [u32; 4],
        text: &str,
    ) {
        self.text(sheet, row, col, text);
        sheet.merged.push(format!("{}:{}", cell(row, col), cell(last_row, last_col)));
    }

    fn strings(&self) -> String {
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<sst \
             xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{}\" \
             uniqueCount=\"{}\">",
            self.written,
            self.texts.len()
        );
        for text in &self.texts {
            xml.extend(["<si><t>", text, "</t></si>"]);
        }
        xml + "</sst>"
    }
}

impl Sheet {
    /// Writes a number.
    pub(crate) fn number(&mut self, row: u32, col: u32, value: u32) {
        self.cells.insert((row, col), Value::Number(value));
    }

    /// Writes a day as its serial number.
    pub(crate) fn day(&mut self, row: u32, col: u32, serial: u32) {
        self.cells.insert((row, col), Value::Day(serial));
    }

    /// Puts the cells into an empty sheet's XML.
    fn fill(&self, empty: &str) -> String {
        let last = |of: fn(&(u32, u32)) -> u32| self.cells.keys().map(of).max();
        let (Some(row), Some(col)) = (last(|at| at.0), last(|at| at.1)) else {
            return empty.to_owned();
        };
        let mut xml = String::with_capacity(self.cells.len() * 40 + empty.len());
        xml.push_str("<sheetData>");
        let mut open = None;
        for ((row, col), value) in &self.cells {
            if open != Some(*row) {
                xml.push_str(if open.is_some() { "</row>" } else { "" });
                let (first, last) = self.span(*row);
                let _ = write!(xml, "<row r=\"{}\" spans=\"{first}:{last}\">", row + 1);
                open = Some(*row);
            }
            let at = cell(*row, *col);
            let _ = match value {
                Value::Text(text) => write!(xml, "<c r=\"{at}\" t=\"s\"><v>{text}</v></c>"),
                Value::Number(number) => write!(xml, "<c r=\"{at}\"><v>{number}</v></c>"),
                Value::Day(serial) => write!(xml, "<c r=\"{at}\" s=\"1\"><v>{serial}</v></c>"),
            };
        }
        xml.push_str("</row></sheetData>");
        if !self.merged.is_empty() {
            let _ = write!(xml, "<mergeCells count=\"{}\">", self.merged.len());
            self.merged.iter().for_each(|range| xml.extend(["<mergeCell ref=\"", range, "\"/>"]));
            xml.push_str("</mergeCells>");
        }
        let dimension = format!("<dimension ref=\"A1:{}\"/>", cell(row, col));
        empty.replace("<dimension ref=\"A1\"/>", &dimension).replace("<sheetData/>", &xml)
    }

    fn span(&self, row: u32) -> (u32, u32) {
        let first = row - row % BLOCK;
        let cols = || self.cells.range((first, 0)..(first + BLOCK, 0)).map(|((_, col), _)| col + 1);
        (cols().min().unwrap_or(1), cols().max().unwrap_or(1))
    }
}

fn cell(row: u32, col: u32) -> String {
    let letter = |at: u32| char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    let first = if col < 26 { String::new() } else { letter(col / 26 - 1).to_string() };
    format!("{first}{}{}", letter(col), row + 1)
}

/// The parts that are the same in every file.
pub(crate) struct Frame {
    package: Vec<u8>,
    sheets: Vec<String>,
}

impl Frame {
    /// A workbook with these sheets, a format for days, and nothing else.
    pub(crate) fn new(names: &[&str]) -> Result<Self, Failure> {
        let mut book = Workbook::new();
        let made = ExcelDateTime::from_ymd(2021, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let day = Format::new().set_num_format("dd/mm/yyyy");
        for (at, name) in names.iter().enumerate() {
            let sheet = book.add_worksheet().set_name(*name)?;
            if at == 0 {
                // A cell of each kind, so that styles and the table of texts are there.
                sheet.write_string(0, 0, "x")?.write_number_with_format(0, 1, 1, &day)?;
            }
        }
        let package = book.save_to_buffer()?;
        let mut archive = ZipArchive::new(Cursor::new(package.as_slice()))?;
        let mut sheets = Vec::new();
        for at in 1..=names.len() {
            let mut xml = String::new();
            archive.by_name(&format!("xl/worksheets/sheet{at}.xml"))?.read_to_string(&mut xml)?;
            let (head, rest) = xml.split_once("<dimension ref=\"").ok_or("no dimension")?;
            let (_, rest) = rest.split_once("\"/>").ok_or("no dimension")?;
            let (middle, rest) = rest.split_once("<sheetData").ok_or("no cells")?;
            let tail = rest
                .split_once("</sheetData>")
                .map_or(rest.trim_start_matches("/>"), |(_, tail)| tail);
            sheets.push(format!("{head}<dimension ref=\"A1\"/>{middle}<sheetData/>{tail}"));
        }
        Ok(Self { package, sheets })
    }

    /// The file of these sheets.
    pub(crate) fn file(&self, book: &Book, sheets: &[Sheet]) -> Result<Vec<u8>, Failure> {
        let mut archive = ZipArchive::new(Cursor::new(self.package.as_slice()))?;
        let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(16 * 1024)));
        let options = SimpleFileOptions::default();
        for at in 0..archive.len() {
            let part = archive.by_index_raw(at)?;
            let name = part.name()?.into_owned();
            let sheet =
                name.strip_prefix("xl/worksheets/sheet").and_then(|rest| rest.strip_suffix(".xml"));
            if let Some(number) = sheet {
                let at = number.parse::<usize>()? - 1;
                out.start_file(&name, options)?;
                out.write_all(sheets[at].fill(&self.sheets[at]).as_bytes())?;
            } else if name == "xl/sharedStrings.xml" {
                out.start_file(&name, options)?;
                out.write_all(book.strings().as_bytes())?;
            } else {
                out.raw_copy_file(part)?;
            }
        }
        Ok(out.finish()?.into_inner())
    }
}
