//! `Tổng quan`: the headline figures of each level, verdicts, submission states, and four charts.

use super::RenderError;
use super::annex::{Annex, RowKind};
use super::book::Book;
use super::chart::{bars, height};
use super::style::{self, Shape, Tab, Weight};
use super::subjects::{self, Subjects};
use super::table::{page, width_of};
use super::units;
use super::words::{self, NOTHING};
use crate::aggregate::{Figure, Measure, SubmissionState, Tally, Verdict};
use crate::model::cell::column_letters;
use rust_xlsxwriter::{Formula, Workbook, Worksheet};

const NAME: &str = "Tổng quan";
const WIDTHS: [f64; 9] = [44.0, 12.0, 12.0, 12.0, 13.0, 3.0, 60.0, 3.0, 60.0];

/// Up to this many rows the sheet still reads well on one printed page.
const ONE_PAGE: u32 = 80;

/// Writes the sheet from the top, one table after the other.
struct Page<'a, 'b> {
    book: &'a Book<'a>,
    annex: &'a Annex,
    sheet: &'b mut Worksheet,
    columns: Vec<(RowKind, u32)>,
    row: u32,
}

/// Where the charts find their figures.
struct Places {
    outcomes: (u32, u32),
    states: (u32, u32),
    districts: Option<(u32, u32)>,
    total_col: u16,
}

/// Adds the sheet.
pub(super) fn add(
    book: &Book<'_>,
    annex: &Annex,
    subjects: &Subjects,
    to: &mut Workbook,
) -> Result<(), RenderError> {
    let sheet = to.add_worksheet().set_name(NAME)?;
    page(sheet, Tab::Overview);
    let sums = annex.rows.iter().enumerate();
    let columns: Vec<(RowKind, u32)> = sums
        .filter(|(_, kind)| matches!(kind, RowKind::Level(..) | RowKind::Total))
        .map(|(at, kind)| (kind.clone(), annex.row(at)))
        .collect();
    let least = columns.iter().map(|(kind, _)| widest(book, kind));
    let least = std::iter::once(0.0).chain(least).chain(std::iter::repeat(0.0));
    for ((col, width), least) in (0u16..).zip(WIDTHS).zip(least) {
        sheet.set_column_width(col, width.max(least))?;
    }
    sheet.set_screen_gridlines(false);
    let mut page = Page { book, annex, sheet, columns, row: 0 };
    page.titles()?;
    let places = page.tables()?;
    if page.row <= ONE_PAGE {
        page.sheet.set_print_fit_to_pages(1, 1);
    }
    page.charts(&places, subjects)
}

impl Page<'_, '_> {
    fn titles(&mut self) -> Result<(), RenderError> {
        let summary = self.book.summary;
        let profile = &summary.profile;
        let title = "TỔNG HỢP KẾT QUẢ TIẾP XÚC, ĐỐI THOẠI TRỰC TIẾP VỚI NHÂN DÂN";
        let remark = style::base().set_italic();
        self.sheet.write_string_with_format(0, 0, title, &style::title())?;
        self.sheet.set_row_height(0, 22)?;
        let lines = [
            super::caption(summary),
            format!(
                "Hồ sơ quy tắc: {} ({}); tình trạng: {}",
                profile.name, profile.id, profile.status
            ),
            units::legend(summary),
        ];
        for (row, line) in (1u32..).zip(&lines) {
            self.sheet.write_string_with_format(row, 0, line, &remark)?;
        }
        self.row = 5;
        Ok(())
    }

    fn tables(&mut self) -> Result<Places, RenderError> {
        self.header("1. Số liệu chung", "Nội dung")?;
        let first = self.row;
        self.units()?;
        for figure in Figure::ALL {
            self.figure(figure)?;
        }
        let of = |measure: Measure| {
            let at = Figure::ALL.iter().position(|figure| *figure == Figure::Of(measure));
            // The number of units stands above the figures.
            first + 1 + at.and_then(|at| u32::try_from(at).ok()).unwrap_or_default()
        };
        self.shares(of)?;
        let outcomes = (of(Measure::Answered), of(Measure::Forwarded));
        self.row += 1;
        self.header("2. Kết quả thực hiện chỉ tiêu (số đơn vị)", "Kết quả")?;
        for verdict in Verdict::ALL {
            self.count(verdict.label(), units::VERDICT, |line| line.verdict == verdict)?;
        }
        self.row += 1;
        self.header("3. Tình trạng nộp báo cáo (số đơn vị)", "Tình trạng")?;
        let first = self.row;
        for state in SubmissionState::ALL {
            self.count(state.label(), units::STATE, |line| line.submission == state)?;
        }
        let states = (first, self.row - 1);
        let total_col = u16::try_from(self.columns.len()).unwrap_or(1);
        let districts = self.districts()?;
        Ok(Places { outcomes, states, districts, total_col })
    }

    /// The heading of a table and its header row: a name and one column for each level.
    fn header(&mut self, heading: &str, name: &str) -> Result<(), RenderError> {
        self.sheet.write_string_with_format(self.row, 0, heading, &style::heading())?;
        let (header, row) = (style::header(), self.row + 1);
        self.sheet.write_string_with_format(row, 0, name, &header)?;
        for (col, (kind, _)) in (1u16..).zip(&self.columns) {
            let label = match kind {
                RowKind::Level(level, _) => words::level(*level),
                _ => "Tổng cộng",
            };
            self.sheet.write_string_with_format(row, col, label, &header)?;
        }
        self.row += 2;
        Ok(())
    }

    fn label(&mut self, text: &str) -> Result<(), RenderError> {
        let format = style::cell(Shape::Text, Weight::Plain, false);
        self.sheet.write_string_with_format(self.row, 0, text, &format)?;
        Ok(())
    }

    fn units(&mut self) -> Result<(), RenderError> {
        self.label("Số đơn vị")?;
        for (col, (kind, row)) in (1u16..).zip(self.columns.clone()) {
            let span = self.annex.span(&kind, row);
            let formula = format!("=COUNT('{}'!A{}:A{})", units::NAME, span.start, span.end - 1);
            let count = self.book.covered(&kind).len();
            self.value(col, Shape::Number, &formula, false, count.to_string())?;
        }
        self.row += 1;
        Ok(())
    }

    fn figure(&mut self, figure: Figure) -> Result<(), RenderError> {
        self.label(figure.headline())?;
        for (col, (kind, row)) in (1u16..).zip(self.columns.clone()) {
            let (tally, _) = units::tally(figure, self.book, &kind);
            let formula = format!("='{}'!{}{row}", units::NAME, units::letters(figure));
            self.value(col, Shape::Number, &formula, tally.incomplete, shown(tally))?;
        }
        self.row += 1;
        Ok(())
    }

    fn value(
        &mut self,
        col: u16,
        shape: Shape,
        formula: &str,
        marked: bool,
        result: String,
    ) -> Result<(), RenderError> {
        let format = style::cell(shape, Weight::Plain, marked);
        let formula = Formula::new(formula).set_result(result);
        self.sheet.write_formula_with_format(self.row, col, formula, &format)?;
        Ok(())
    }

    /// The two percentages, with the formulas that they stand for in their names.
    fn shares(&mut self, of: impl Fn(Measure) -> u32) -> Result<(), RenderError> {
        use Measure::{Answered, Forwarded, Opinions, Resolved};
        let names = [
            "Tỷ lệ trả lời tại hội nghị = Trả lời tại hội nghị / Tổng số ý kiến",
            "Tỷ lệ giải quyết trong thẩm quyền = (Trả lời + Đã giải quyết) / (Tổng số − Chuyển cấp trên)",
        ];
        for (at, name) in names.into_iter().enumerate() {
            self.label(name)?;
            self.sheet.set_row_height(self.row, 32)?;
            for (col, (kind, _)) in (1u16..).zip(self.columns.clone()) {
                let letter = column_letters(u32::from(col));
                let cell = |measure| format!("{letter}{}", of(measure) + 1);
                let tally = |measure| Annex::tally(self.book, &kind, measure).0;
                let (formula, share, used): (_, _, &[Measure]) = if at == 0 {
                    let formula = format!("{}/{}", cell(Answered), cell(Opinions));
                    let share = ratio(tally(Answered).sum, tally(Opinions).sum);
                    (formula, share, &[Answered, Opinions])
                } else {
                    let formula = format!(
                        "({}+{})/({}-{})",
                        cell(Answered),
                        cell(Resolved),
                        cell(Opinions),
                        cell(Forwarded)
                    );
                    let settled = both(tally(Answered).sum, tally(Resolved).sum, u64::checked_add);
                    let within = both(tally(Opinions).sum, tally(Forwarded).sum, u64::checked_sub);
                    (formula, ratio(settled, within), &[Answered, Resolved, Opinions, Forwarded])
                };
                let marked = used.iter().any(|measure| tally(*measure).incomplete);
                let formula = format!("=IFERROR({formula},\"{NOTHING}\")");
                self.value(col, Shape::Percent, &formula, marked, share)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    /// How many units of each level have that word in a column of PL1.
    fn count(
        &mut self,
        word: &str,
        column: u32,
        is: impl Fn(&crate::aggregate::UnitLine) -> bool,
    ) -> Result<(), RenderError> {
        self.label(word)?;
        let letter = column_letters(column);
        for (col, (kind, row)) in (1u16..).zip(self.columns.clone()) {
            let span = self.annex.span(&kind, row);
            let (first, last) = (span.start, span.end - 1);
            let formula = format!(
                "=COUNTIF('{}'!{letter}{first}:{letter}{last},$A{})",
                units::NAME,
                self.row + 1
            );
            let lines = self.book.covered(&kind);
            let count = lines.iter().filter(|line| is(line.unit)).count();
            self.value(col, Shape::Number, &formula, false, count.to_string())?;
        }
        self.row += 1;
        Ok(())
    }

    /// Meetings of the communes by district.
    fn districts(&mut self) -> Result<Option<(u32, u32)>, RenderError> {
        let groups: Vec<(RowKind, u32)> = (self.annex.rows.iter().enumerate())
            .filter(|(_, kind)| matches!(kind, RowKind::Group(..)))
            .map(|(at, kind)| (kind.clone(), self.annex.row(at)))
            .collect();
        if groups.is_empty() {
            return Ok(None);
        }
        self.row += 1;
        let heading = "4. Số cuộc của các xã theo huyện, thị xã, thành phố";
        self.sheet.write_string_with_format(self.row, 0, heading, &style::heading())?;
        let header = style::header();
        let names = ["Huyện, thị xã, thành phố", "Định kỳ", "Đột xuất"];
        for (col, name) in (0u16..).zip(names) {
            self.sheet.write_string_with_format(self.row + 1, col, name, &header)?;
        }
        self.row += 2;
        let first = self.row;
        for (kind, row) in groups {
            if let RowKind::Group(at, _) = kind {
                let name = self.book.lines.get(at).map(|line| line.name.clone());
                self.label(&name.unwrap_or_default())?;
            }
            for (col, measure) in (1u16..).zip([Measure::Periodic, Measure::AdHoc]) {
                let (tally, _) = Annex::tally(self.book, &kind, measure);
                let formula = format!("='{}'!{}{row}", units::NAME, units::column(measure));
                self.value(col, Shape::Number, &formula, tally.incomplete, shown(tally))?;
            }
            self.row += 1;
        }
        Ok(Some((first, self.row - 1)))
    }

    fn charts(&mut self, places: &Places, subjects: &Subjects) -> Result<(), RenderError> {
        let total = places.total_col;
        let (first, last) = places.outcomes;
        let series: [(u16, &str); 1] = [(total, "Số ý kiến")];
        let outcomes =
            bars("Kết quả giải quyết ý kiến, kiến nghị", NAME, (first, last, 0), &series);
        let (first, last) = places.states;
        let series = [(total, "Số đơn vị")];
        let states = bars("Tình trạng nộp báo cáo (số đơn vị)", NAME, (first, last, 0), &series);
        let (first, last) = subjects.rows(self.book);
        let (cells, fields) = ((first, last, subjects::FIELD_COL), last + 1 - first);
        let series = [(subjects::TOTAL_COL, "Số ý kiến")];
        let fields = (
            bars("Ý kiến, kiến nghị theo lĩnh vực", subjects::NAME, cells, &series),
            height(fields, 24),
        );
        let mut charts = vec![(outcomes, 320), (states, 320), fields];
        if let Some((first, last)) = places.districts {
            let series = [(1, "Định kỳ"), (2, "Đột xuất")];
            let title = "Số cuộc của các xã theo huyện, thị xã, thành phố";
            let chart = bars(title, NAME, (first, last, 0), &series);
            charts.push((chart, height(last + 1 - first, 40)));
        }
        let mut at = [5u32, 5u32];
        for (turn, (mut chart, height)) in charts.into_iter().enumerate() {
            let (col, row) = if turn % 2 == 0 { (6u16, &mut at[0]) } else { (8u16, &mut at[1]) };
            chart.set_width(425).set_height(height);
            self.sheet.insert_chart(*row, col, &chart)?;
            *row += height / 20 + 1;
        }
        Ok(())
    }
}

/// The width that the largest figure of a level takes.
fn widest(book: &Book<'_>, kind: &RowKind) -> f64 {
    let sums = Figure::ALL.map(|figure| units::tally(figure, book, kind).0.sum.unwrap_or(0));
    width_of(sums.into_iter().max().unwrap_or(0))
}

/// The stored result of a cell that shows a sum.
fn shown(tally: Tally) -> String {
    match tally.sum {
        Some(sum) => sum.to_string(),
        None if tally.incomplete => "– *".to_owned(),
        None => NOTHING.to_owned(),
    }
}

fn both(a: Option<u64>, b: Option<u64>, join: impl Fn(u64, u64) -> Option<u64>) -> Option<u64> {
    join(a?, b?)
}

/// A share as its cell stores it, or the dash where it has no meaning.
fn ratio(part: Option<u64>, whole: Option<u64>) -> String {
    match (part, whole) {
        #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^53")]
        (Some(part), Some(whole)) if whole > 0 => (part as f64 / whole as f64).to_string(),
        _ => NOTHING.to_owned(),
    }
}
