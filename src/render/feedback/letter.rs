//! The sheet `Phiếu phản hồi`: accepted or returned, the deadline, and what is to be mended, cell by cell.

use super::notice::{Notice, is_excused};
use super::patch::Looks;
use crate::model::cell::column_letters;
use crate::model::explanation::Decision;
use crate::model::{CellRef, Finding, Severity, Span};
use crate::recognise::returned::words;
use crate::render::workbook::push_escaped;

/// A column: its header, its width in characters.
const COLUMNS: [(&str, u32); 11] = [
    ("TT", 5),
    (words::PLACE, 20),
    (words::CELL, 8),
    ("Mức độ", 13),
    ("Giá trị đã ghi", 18),
    ("Sai ở đâu", 44),
    ("Ví dụ đúng", 26),
    ("Cách sửa", 38),
    (words::ANSWER, 34),
    (words::CODE, 15),
    (words::KEY, 12),
];
/// The column of cells, which leads to them.
const CELL_COLUMN: u32 = 2;
/// The column whose key is for the program only.
const KEY_COLUMN: u32 = 10;
/// The last column that is seen.
const LAST_SEEN: u32 = 9;
/// The column in which the values at the head stand.
const HEAD_COLUMN: u32 = 2;
/// Points that one line takes.
const LINE: usize = 15;
/// The highest row that there can be, in points.
const HIGHEST: usize = 409;

/// What the sheet is made from.
pub(super) struct Letter<'a> {
    /// What the unit is told.
    pub(super) notice: &'a Notice<'a>,
    /// The quarter.
    pub(super) period: Span,
    /// What else the unit must know of its copy.
    pub(super) remarks: Vec<String>,
    /// Where each finding leads: the name of the sheet and the cell.
    pub(super) links: Vec<Option<(String, CellRef)>>,
}

impl Letter<'_> {
    /// The sheet as XML.
    pub(super) fn xml(&self, looks: &Looks, namespace: &str, signed: bool) -> String {
        let mut sheet = Sheet::default();
        self.head(&mut sheet, looks, signed);
        sheet.skip();
        sheet.open();
        for (at, (name, _)) in (0..).zip(COLUMNS) {
            sheet.text(at, looks.header, name);
        }
        sheet.close();
        for (number, (finding, link)) in (1u32..).zip(self.notice.findings.iter().zip(&self.links))
        {
            self.row(&mut sheet, looks, number, finding, link.as_ref());
        }
        sheet.xml(namespace)
    }

    fn head(&self, sheet: &mut Sheet, looks: &Looks, signed: bool) {
        let notice = self.notice;
        sheet.line(looks.title, "PHIẾU PHẢN HỒI");
        sheet.line(looks.answer, notice.answer.label());
        sheet.line(looks.strong, &deadline(notice));
        let file = notice.copied.files.first().map(|file| file.path.file_name());
        for (label, value) in [
            ("Đơn vị", Some(notice.line.unit.full_name())),
            (words::UNIT, Some(notice.line.unit.code.to_string())),
            ("Đơn vị kế tục trả lời", notice.answered_by()),
            (words::PERIOD, Some(self.period.label())),
            (words::FILE, file.map(str::to_owned)),
            (words::VERSION, Some(notice.next_version().to_string())),
        ] {
            if let Some(value) = value {
                sheet.labelled(looks, label, &value);
            }
        }
        let counts = [Severity::Error, Severity::Warning]
            .map(|severity| format!("{}: {} điểm", severity.label(), notice.open(severity)));
        sheet.line(looks.line, &format!("{}.", counts.join("; ")));
        sheet.line(looks.line, guidance(notice));
        for remark in &self.remarks {
            sheet.line(looks.line, remark);
        }
        if signed {
            sheet.line(looks.line, SIGNED);
        }
    }

    fn row(
        &self,
        sheet: &mut Sheet,
        looks: &Looks,
        number: u32,
        finding: &Finding,
        link: Option<&(String, CellRef)>,
    ) {
        let place = &finding.place;
        let elsewhere = place.file.as_ref().filter(|_| !self.notice.is_in_copy(finding));
        let where_to = match (elsewhere, &place.sheet) {
            (Some(file), _) => format!("Tệp khác: {}", file.file_name()),
            (None, Some(sheet)) => sheet.name.to_string(),
            (None, None) => String::new(),
        };
        let severity = match finding.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Info => 2,
        };
        let (mut message, mut own) = (finding.message.clone(), String::new());
        if let Some(one) = &finding.explanation {
            match one.decision {
                // The unit's own words come back to it as it wrote them.
                Decision::Pending => one.reason.as_str().clone_into(&mut own),
                Decision::Accepted | Decision::Refused => {
                    message.push_str(&format!("\n{}.", one.words()));
                }
            }
        }
        sheet.open();
        sheet.text(0, looks.word, &number.to_string());
        sheet.text(1, looks.text, &where_to);
        let cell = place.cell.map(|cell| cell.to_string());
        let cell_text = cell.or(link.map(|_| "xem".to_owned())).unwrap_or_default();
        sheet.text(2, if link.is_some() { looks.link } else { looks.word }, &cell_text);
        let grade = looks.severity.get(severity).copied().unwrap_or(looks.word);
        let grade = if is_excused(finding) { looks.word } else { grade };
        sheet.text(3, grade, finding.severity.label());
        sheet.text(4, looks.text, finding.value.as_deref().unwrap_or_default());
        sheet.text(5, looks.text, &message);
        sheet.text(6, looks.text, finding.rule.keeps);
        sheet.text(7, looks.text, &finding.help);
        sheet.text(8, looks.answer_room, &own);
        sheet.text(9, looks.word, &format!("{} {}", finding.rule.code, finding.rule.slug));
        sheet.text(KEY_COLUMN, looks.word, &finding.key());
        if let Some((name, cell)) = link {
            sheet.link(name, *cell);
        }
        sheet.close();
    }
}

/// By when to answer, in words.
pub(super) fn deadline(notice: &Notice<'_>) -> String {
    if notice.is_settled() {
        return "Tệp này không phải gửi lại: giải trình đã được chấp nhận".to_owned();
    }
    notice.deadline.map_or_else(
        || "Hạn gửi lại: theo thông báo của cơ quan tổng hợp".to_owned(),
        |day| format!("Hạn gửi lại: ngày {}", day.format("%d/%m/%Y")),
    )
}

const SIGNED: &str = "Tệp gốc có chữ ký số. Chữ ký trong bản sao đã đánh dấu này không còn hiệu lực; bản gốc không thay đổi.";

fn guidance(notice: &Notice<'_>) -> &'static str {
    if notice.is_settled() {
        "Các giải trình dưới đây đã được chấp nhận; điểm đã nêu vẫn ghi trong báo cáo, kèm giải trình."
    } else if notice.copied.files.is_empty() {
        "Đề nghị gửi báo cáo; nếu có lý do thì ghi vào cột “Giải trình của đơn vị” và gửi lại tệp này."
    } else {
        "Sửa ngay trong các trang sau (ô có màu, có ghi chú); chỗ nào không sai thì ghi lý do vào cột “Giải trình của đơn vị”. Sau đó gửi lại chính tệp này. Nhấn vào cột Ô để đến chỗ cần sửa."
    }
}

/// The sheet while its rows are written.
#[derive(Debug, Default)]
struct Sheet {
    rows: String,
    merges: String,
    links: String,
    row: u32,
    cells: String,
    lines: usize,
}

impl Sheet {
    fn open(&mut self) {
        self.cells.clear();
        self.lines = 1;
    }

    fn close(&mut self) {
        let height = (self.lines * LINE).min(HIGHEST);
        let cells = std::mem::take(&mut self.cells);
        self.rows.push_str(&format!(
            "<row r=\"{}\" ht=\"{height}\" customHeight=\"1\">{cells}</row>",
            self.row + 1
        ));
        self.row += 1;
    }

    fn skip(&mut self) {
        self.row += 1;
    }

    /// A cell of the open row; its text is never a formula.
    fn text(&mut self, col: u32, look: usize, text: &str) {
        let at = usize::try_from(col).unwrap_or_default();
        let width = COLUMNS.get(at).map_or(10, |(_, width)| *width);
        self.make_room(text, width);
        let at = CellRef::new(self.row, col);
        if text.is_empty() {
            self.cells.push_str(&format!("<c r=\"{at}\" s=\"{look}\"/>"));
            return;
        }
        let text = escaped(text);
        self.cells.push_str(&format!(
            "<c r=\"{at}\" s=\"{look}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
        ));
    }

    fn make_room(&mut self, text: &str, width: u32) {
        // Letters are narrower than the digits by which widths are counted.
        let room = usize::try_from(width).unwrap_or(10).max(1);
        let lines: usize =
            text.split('\n').map(|line| line.chars().count().div_ceil(room).max(1)).sum();
        self.lines = self.lines.max(lines);
    }

    /// A line over the whole width.
    fn line(&mut self, look: usize, text: &str) {
        self.open();
        self.text(0, look, text);
        let width = COLUMNS.iter().map(|(_, width)| *width).sum::<u32>() - 12;
        (self.lines, self.cells) = (1, std::mem::take(&mut self.cells));
        self.make_room(text, width);
        self.merge(0, LAST_SEEN);
        self.close();
    }

    /// A label with its value.
    fn labelled(&mut self, looks: &Looks, label: &str, value: &str) {
        self.open();
        self.text(0, looks.strong, label);
        self.text(HEAD_COLUMN, looks.line, value);
        self.lines = 1;
        self.merge(0, HEAD_COLUMN - 1);
        self.merge(HEAD_COLUMN, LAST_SEEN);
        self.close();
    }

    fn merge(&mut self, from: u32, to: u32) {
        let (from, to) = (CellRef::new(self.row, from), CellRef::new(self.row, to));
        self.merges.push_str(&format!("<mergeCell ref=\"{from}:{to}\"/>"));
    }

    fn link(&mut self, sheet: &str, cell: CellRef) {
        let from = CellRef::new(self.row, CELL_COLUMN);
        let to = escaped(&format!("'{}'!{cell}", sheet.replace('\'', "''")));
        self.links.push_str(&format!("<hyperlink ref=\"{from}\" location=\"{to}\"/>"));
    }

    fn xml(self, namespace: &str) -> String {
        let columns: Vec<String> = (0u32..)
            .zip(COLUMNS)
            .map(|(at, (_, width))| {
                let hidden = if at == KEY_COLUMN { " hidden=\"1\"" } else { "" };
                let at = at + 1;
                format!(
                    "<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"{hidden}/>"
                )
            })
            .collect();
        let columns = columns.concat();
        let last = format!("{}{}", column_letters(KEY_COLUMN), self.row.max(1));
        let links = if self.links.is_empty() {
            String::new()
        } else {
            format!("<hyperlinks>{}</hyperlinks>", self.links)
        };
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{namespace}\"><sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"A1:{last}\"/><sheetViews><sheetView showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}</cols><sheetData>{}</sheetData><mergeCells>{}</mergeCells>{links}<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/><headerFooter><oddFooter>&amp;CTrang &amp;P/&amp;N</oddFooter></headerFooter></worksheet>",
            self.rows, self.merges
        )
    }
}

fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    push_escaped(&mut out, text);
    String::from_utf8(out).unwrap_or_default()
}
