//! One example: what it changes in the clean submission, and what it expects.

use super::document::{Document, Lined, Piece};
use super::expected::{Expected, Figure};
use chrono::NaiveDate;

/// One example.
#[derive(Debug)]
pub(crate) struct Example {
    /// Its heading.
    pub(crate) title: String,
    /// The run it is about.
    pub(crate) setting: Setting,
    /// The files of its unit; the first is there unless the unit sends nothing.
    pub(crate) files: Vec<FileChange>,
    /// The findings that it expects.
    pub(crate) expected: Vec<Expected>,
    /// The lines of the list of findings, first and one past the last.
    pub(crate) expected_lines: (usize, usize),
    /// The figures that it expects.
    pub(crate) figures: Vec<Figure>,
}

/// The run of an example.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    /// The unit whose submission is changed.
    pub(crate) unit: String,
    /// The quarter.
    pub(crate) period: String,
    /// The unit whose area is asked for; else the unit's district, or its province.
    pub(crate) scope: Option<String>,
    /// "Today".
    pub(crate) as_of: Option<NaiveDate>,
    /// The profile.
    pub(crate) profile: String,
    /// Units that send nothing.
    pub(crate) silent: Vec<String>,
    /// The most cells that a file may have.
    pub(crate) cells: Option<usize>,
    /// The year, in an example of the yearly review: every unit sends a clean file each quarter.
    pub(crate) year: Option<i32>,
    /// Quarters of that year for which the unit sends nothing.
    pub(crate) silent_quarters: Vec<u32>,
}

/// One file of the unit.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileChange {
    /// Its path, when it is not the usual one.
    pub(crate) name: Option<String>,
    /// The day in the office's list of receipts, as written there.
    pub(crate) received: Option<String>,
    /// Bytes that are no workbook of ours.
    pub(crate) content: Option<String>,
    /// Whether it is a Form 02.
    pub(crate) is_rollup: bool,
    /// Which quarter of the year it is about, in an example of the yearly review.
    pub(crate) quarter: u32,
    /// What is changed in it.
    pub(crate) changes: Vec<Change>,
}

/// One change to a sheet.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    /// The sheet, as the form names it.
    pub(crate) sheet: String,
    /// What is done.
    pub(crate) what: What,
}

/// What is done to a sheet.
#[derive(Debug, Clone)]
pub(crate) enum What {
    /// Row, column and value as written.
    Cell(String, String, String),
    /// Leaves a column out.
    DropColumn(String),
    /// Gives a column another header.
    RenameColumn(String, String),
    /// Adds a column at the right.
    AddColumn(String),
    /// Leaves a row out; `tất cả` for every row.
    DropRow(String),
    /// Hides a row.
    HideRow(String),
    /// Hides a column.
    HideColumn(String),
    /// Merges the cells of a column over two rows: column and rows, `Chủ trì 1-2`.
    Merge(String),
    /// Writes other words under the title.
    Subtitle(String),
    /// Leaves the sheet out.
    Drop,
    /// Hides the sheet.
    Hide,
    /// Gives the sheet another name.
    Rename(String),
    /// Adds a copy of the sheet, as it is at this point, under another name.
    Copy(String),
}

impl Example {
    /// Reads the example between two lines of a document.
    pub(crate) fn parse(
        document: &Document,
        (title, from, to): (String, usize, usize),
    ) -> Result<Self, String> {
        let mut reader = Reader {
            example: Self {
                title,
                setting: Setting::default(),
                files: vec![FileChange::default()],
                expected: Vec::new(),
                expected_lines: (to, to),
                figures: Vec::new(),
            },
            block: String::new(),
            has_result: false,
        };
        for piece in document.pieces(from + 1, to)? {
            let line = piece.0 + 1;
            reader.take(piece).map_err(|error| format!("dòng {line}: {error}"))?;
        }
        if !reader.has_result {
            return Err("thiếu \"Kết quả:\"".to_owned());
        }
        Ok(reader.example)
    }
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            unit: "02989".to_owned(),
            period: "2021-Q1".to_owned(),
            scope: None,
            as_of: None,
            profile: "quy-che-17".to_owned(),
            silent: Vec::new(),
            cells: None,
            year: None,
            silent_quarters: Vec::new(),
        }
    }
}

struct Reader {
    example: Example,
    block: String,
    has_result: bool,
}

const RESULT: &str = "Kết quả";
const FIGURES: &str = "Số liệu";

impl Reader {
    fn take(&mut self, (line, piece): Lined) -> Result<(), String> {
        match piece {
            Piece::Block(name) => {
                if name == RESULT {
                    self.has_result = true;
                    self.example.expected_lines = (line + 2, line + 2);
                }
                self.block = name;
                Ok(())
            }
            Piece::Order(key, value) => self.order(&key, value),
            Piece::Table(header, rows) => self.table(&header, rows),
            Piece::Item(item) if self.block == RESULT => {
                let span = &mut self.example.expected_lines;
                *span = (span.0.min(line), line + 1);
                self.example.expected.extend(Expected::parse(&item)?);
                Ok(())
            }
            Piece::Item(item) if self.block.starts_with(FIGURES) => {
                let unit = self.block.strip_prefix(FIGURES).unwrap_or_default().trim();
                let unit = if unit.is_empty() { &self.example.setting.unit } else { unit };
                let figure = Figure::parse(&item, unit, line)?;
                self.example.figures.push(figure);
                Ok(())
            }
            Piece::Item(item) => Err(format!("không rõ \"{item}\" thuộc mục nào")),
        }
    }

    fn table(&mut self, header: &[String], rows: Vec<Vec<String>>) -> Result<(), String> {
        let sheet = self.block.clone();
        for row in rows {
            if row.len() != header.len() {
                return Err("bảng có dòng thừa hoặc thiếu ô".to_owned());
            }
            for (column, value) in header.iter().zip(&row).skip(1).filter(|(_, v)| !v.is_empty()) {
                let what = What::Cell(row[0].clone(), column.clone(), value.clone());
                self.change(&sheet, what);
            }
        }
        Ok(())
    }

    fn change(&mut self, sheet: &str, what: What) {
        let change = Change { sheet: sheet.to_owned(), what };
        self.file().changes.push(change);
    }

    fn file(&mut self) -> &mut FileChange {
        self.example.files.last_mut().unwrap()
    }

    fn order(&mut self, key: &str, value: String) -> Result<(), String> {
        let day = |text: &str| {
            NaiveDate::parse_from_str(text, "%d/%m/%Y").map_err(|_| format!("ngày \"{text}\" sai"))
        };
        let setting = &mut self.example.setting;
        match key {
            "Đơn vị" => setting.unit = value,
            "Kỳ" => setting.period = value,
            "Phạm vi" => setting.scope = Some(value),
            "Ngày tổng hợp" => setting.as_of = Some(day(&value)?),
            "Hồ sơ quy tắc" => setting.profile = value,
            "Không nộp" => setting.silent.extend(value.split(", ").map(str::to_owned)),
            "Giới hạn số ô" => {
                setting.cells = Some(value.parse().map_err(|_| "số ô sai".to_owned())?);
            }
            "Năm" => setting.year = Some(value.parse().map_err(|_| "năm sai".to_owned())?),
            "Không nộp quý" => setting.silent_quarters.extend(numbers(&value)?),
            "Quý" => {
                let [quarter] = numbers(&value)?[..] else {
                    return Err("cần một quý".to_owned());
                };
                self.example.files.push(FileChange { quarter, ..FileChange::default() });
            }
            "Tên tệp" => self.file().name = Some(value),
            "Thêm tệp" => {
                let file = FileChange { name: Some(value), ..FileChange::default() };
                self.example.files.push(file);
            }
            "Nhận ngày" => self.file().received = Some(value),
            "Nội dung tệp" => self.file().content = Some(value),
            "Mẫu" if value == "02" => self.file().is_rollup = true,
            "Bỏ trang" => self.change(&value, What::Drop),
            "Ẩn trang" => self.change(&value, What::Hide),
            "Đổi tên trang" | "Chép trang" => {
                let (sheet, name) = arrow(&value)?;
                let what = if key == "Chép trang" { What::Copy(name) } else { What::Rename(name) };
                self.change(&sheet, what);
            }
            _ => return self.sheet_order(key, &value),
        }
        Ok(())
    }

    fn sheet_order(&mut self, key: &str, value: &str) -> Result<(), String> {
        let make: fn(String) -> What = match key {
            "Bỏ cột" => What::DropColumn,
            "Thêm cột" => What::AddColumn,
            "Ẩn cột" => What::HideColumn,
            "Bỏ dòng" => What::DropRow,
            "Ẩn dòng" => What::HideRow,
            "Gộp ô" => What::Merge,
            "Tiêu đề" => What::Subtitle,
            "Đổi tên cột" => {
                let (column, name) = arrow(value)?;
                let sheet = self.block.clone();
                self.change(&sheet, What::RenameColumn(column, name));
                return Ok(());
            }
            _ => return Err(format!("không có chỉ dẫn \"{key}\"")),
        };
        if self.block.is_empty() {
            return Err(format!("\"{key}\" cần đứng dưới tên một trang"));
        }
        let sheet = self.block.clone();
        let whole = key == "Tiêu đề";
        let parts: Vec<&str> = if whole { vec![value] } else { value.split("; ").collect() };
        for part in parts {
            self.change(&sheet, make(part.to_owned()));
        }
        Ok(())
    }
}

fn arrow(value: &str) -> Result<(String, String), String> {
    let (from, to) = value.split_once(" → ").ok_or("cần viết \"cũ → mới\"")?;
    Ok((from.trim().to_owned(), to.trim().to_owned()))
}

/// Quarters as written: `2; 3`.
fn numbers(text: &str) -> Result<Vec<u32>, String> {
    let quarter = |part: &str| part.parse().ok().filter(|number| (1..=4).contains(number));
    let all: Option<Vec<u32>> = text.split("; ").map(quarter).collect();
    all.ok_or_else(|| format!("\"{text}\" không phải số quý"))
}
