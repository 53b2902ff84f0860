//! `Tổng quan` of a year: verdicts, submissions and petitions of each level, all from the lists behind.

use super::book::{break_remark, caption, level};
use super::{figures, record, verdicts};
use crate::aggregate::review::{Review, Share, UnitYear};
use crate::aggregate::{Measure, Tallies, Tally, Verdict};
use crate::model::Level;
use crate::model::cell::column_letters;
use crate::render::workbook::RenderError;
use crate::render::workbook::chart::bars;
use crate::render::workbook::style::{self, Shape, Tab, Weight};
use crate::render::workbook::table::page;
use crate::render::workbook::words::NOTHING;
use rust_xlsxwriter::{Formula, Workbook, Worksheet};

const NAME: &str = "Tổng quan";
const WIDTHS: [f64; 6] = [58.0, 14.0, 14.0, 14.0, 3.0, 60.0];

/// What is counted of a unit.
type Count = fn(&UnitYear) -> u64;

/// Writes the sheet from the top, one table after the other.
struct Page<'a, 'b> {
    review: &'a Review,
    sheet: &'b mut Worksheet,
    levels: Vec<(Level, u32)>,
    row: u32,
}

/// Adds the sheet.
pub(super) fn add(review: &Review, to: &mut Workbook) -> Result<(), RenderError> {
    let sheet = to.add_worksheet().set_name(NAME)?;
    page(sheet, Tab::Overview);
    for (col, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(col, width)?;
    }
    sheet.set_screen_gridlines(false);
    let mut page = Page { review, sheet, levels: figures::sums(review), row: 0 };
    page.titles()?;
    page.verdicts()?;
    page.reports()?;
    page.figures()?;
    page.lists()?;
    page.sheet.set_print_fit_to_pages(1, 1);
    Ok(())
}

impl Page<'_, '_> {
    fn titles(&mut self) -> Result<(), RenderError> {
        let review = self.review;
        let title = format!("ĐÁNH GIÁ THỰC HIỆN QUY CHẾ 17-QC/TU NĂM {}", review.year);
        self.sheet.write_string_with_format(0, 0, &title, &style::title())?;
        self.sheet.set_row_height(0, 22)?;
        let profile = review.profile();
        let rules = profile.map(|profile| {
            format!(
                "Hồ sơ quy tắc: {} ({}); tình trạng: {}",
                profile.name, profile.id, profile.status
            )
        });
        let lines = [Some(caption(review)), rules, break_remark(review)];
        let remark = style::base().set_italic();
        for line in lines.into_iter().flatten() {
            self.row += 1;
            self.sheet.write_string_with_format(self.row, 0, &line, &remark)?;
        }
        self.row += 2;
        Ok(())
    }

    fn header(&mut self, heading: &str) -> Result<(), RenderError> {
        self.sheet.write_string_with_format(self.row, 0, heading, &style::heading())?;
        let (header, row) = (style::header(), self.row + 1);
        self.sheet.write_string_with_format(row, 0, "Nội dung", &header)?;
        for (col, (of, _)) in (1u16..).zip(&self.levels) {
            self.sheet.write_string_with_format(row, col, level(*of), &header)?;
        }
        self.row += 2;
        Ok(())
    }

    /// One row: a label, and for each level a formula with its result.
    fn line(
        &mut self,
        label: &str,
        shape: Shape,
        of: impl Fn(&Review, Level, (u16, u32)) -> (String, String, bool),
    ) -> Result<(), RenderError> {
        let text = style::cell(Shape::Text, Weight::Plain, false);
        self.sheet.write_string_with_format(self.row, 0, label, &text)?;
        for (col, (level, sum)) in (1u16..).zip(self.levels.clone()) {
            let (formula, result, marked) = of(self.review, level, (col, sum));
            let format = style::cell(shape, Weight::Plain, marked);
            let formula = Formula::new(formula).set_result(result);
            self.sheet.write_formula_with_format(self.row, col, formula, &format)?;
        }
        self.row += 1;
        Ok(())
    }

    fn verdicts(&mut self) -> Result<(), RenderError> {
        self.header("1. Kết quả thực hiện chỉ tiêu năm (số đơn vị)")?;
        let first = self.row;
        let table = verdicts::list(self.review);
        let table = table.table(verdicts::NAME, self.review.units.len());
        let (top, end) = (table.first_row() + 1, table.last_row() + 1);
        let range = move |column: u32| {
            let column = column_letters(column);
            format!("'{}'!${column}${top}:${column}${end}", verdicts::NAME)
        };
        for verdict in Verdict::ALL {
            let range = &range;
            self.line(verdict.label(), Shape::Number, |review, of, _| {
                let formula = format!(
                    "=COUNTIFS({},\"{}\",{},\"{}\")",
                    range(verdicts::LEVEL),
                    level(of),
                    range(verdicts::VERDICT),
                    verdict.label()
                );
                let units = of_level(review, of);
                let count = units.filter(|unit| unit.account.verdict == verdict).count();
                (formula, count.to_string(), false)
            })?;
        }
        let last = self.row - 1;
        let col = u16::try_from(self.levels.len()).unwrap_or(1);
        let name = self.levels.last().map_or("", |(of, _)| level(*of));
        let title = format!("Kết quả năm, {} (số đơn vị)", name.to_lowercase());
        let mut chart = bars(&title, NAME, (first, last, 0), &[(col, "Số đơn vị")]);
        chart.set_width(425).set_height(320);
        self.sheet.insert_chart(first, 5, &chart)?;
        self.row += 1;
        Ok(())
    }

    fn reports(&mut self) -> Result<(), RenderError> {
        self.header("2. Nộp báo cáo và chất lượng số liệu")?;
        let table = record::list(self.review);
        let table = table.table(record::NAME, self.review.units.len());
        let (top, end) = (table.first_row() + 1, table.last_row() + 1);
        let columns: [(&str, &str, Count); 3] = [
            ("Số báo cáo phải nộp", record::OWED, |unit| u64::from(unit.punctuality.owed)),
            ("Số báo cáo đúng hạn", record::ON_TIME, |unit| {
                u64::from(unit.punctuality.on_time)
            }),
            ("Số lỗi phải sửa", record::ALL_ERRORS, |unit| unit.quality().errors),
        ];
        for (label, column, count) in columns {
            self.line(label, Shape::Number, |review, of, _| {
                let formula = format!(
                    "=SUMIFS('{0}'!{column}{top}:{column}{end},'{0}'!D{top}:D{end},\"{1}\")",
                    record::NAME,
                    level(of)
                );
                let sum: u64 = of_level(review, of).map(count).sum();
                (formula, sum.to_string(), false)
            })?;
        }
        self.row += 1;
        Ok(())
    }

    fn figures(&mut self) -> Result<(), RenderError> {
        self.header("3. Hội nghị, thông báo kết luận, ý kiến, kiến nghị cả năm")?;
        let first = self.row;
        let shown = [
            ("Số cuộc định kỳ", Measure::Periodic),
            ("Số cuộc đột xuất", Measure::AdHoc),
            ("Thông báo kết luận đúng hạn", Measure::NoticesOnTime),
            ("Thông báo kết luận muộn", Measure::NoticesLate),
            ("Chưa có thông báo kết luận", Measure::NoticesMissing),
            ("Tổng số ý kiến, kiến nghị", Measure::Opinions),
            ("Trả lời tại hội nghị (K1)", Measure::Answered),
            ("Đã giải quyết sau hội nghị (K2)", Measure::Resolved),
            ("Chuyển cấp trên (K5)", Measure::Forwarded),
        ];
        for (label, measure) in shown {
            self.line(label, Shape::Number, |review, level, (_, row)| {
                let tally = tallies(review, level).get(measure);
                let column = figures::column(Some(measure));
                let formula = format!("='{}'!{column}{row}", figures::NAME);
                (formula, result(tally), tally.incomplete)
            })?;
        }
        let cell = move |col: u16, at: u32| {
            format!("{}{}", column_letters(u32::from(col)), first + at + 1)
        };
        self.line(
            "Tỷ lệ trả lời tại hội nghị = K1 / tổng số",
            Shape::Percent,
            |review, level, (col, _)| {
                let (part, whole) = (cell(col, 6), cell(col, 5));
                ratio(Share::answered(&tallies(review, level)), &part, &whole)
            },
        )?;
        self.line(
            "Tỷ lệ giải quyết trong thẩm quyền = (K1 + K2) / (tổng số − K5)",
            Shape::Percent,
            |review, level, (col, _)| {
                let part = format!("({}+{})", cell(col, 6), cell(col, 7));
                let whole = format!("({}-{})", cell(col, 5), cell(col, 8));
                ratio(Share::settled(&tallies(review, level)), &part, &whole)
            },
        )?;
        self.row += 1;
        Ok(())
    }

    fn lists(&mut self) -> Result<(), RenderError> {
        self.header("4. Danh sách gợi ý theo tiêu chí của hồ sơ quy tắc (số đơn vị)")?;
        for (label, commended) in
            [("Đề nghị xem xét biểu dương", true), ("Đề nghị xem xét nhắc nhở", false)]
        {
            self.line(label, Shape::Number, |review, of, _| {
                let (sheet, named) = if commended {
                    ("ĐG5 - Đề nghị biểu dương", &review.commended)
                } else {
                    ("ĐG6 - Đề nghị nhắc nhở", &review.reminded)
                };
                let units = named.iter().filter_map(|one| review.units.get(one.unit));
                let count = units.filter(|unit| unit.unit.level == of).count();
                // Nothing but the rows of the list says the word of a level there.
                (format!("=COUNTIF('{sheet}'!D:D,\"{}\")", level(of)), count.to_string(), false)
            })?;
        }
        Ok(())
    }
}

fn of_level(review: &Review, level: Level) -> impl Iterator<Item = &UnitYear> {
    review.units.iter().filter(move |unit| unit.unit.level == level)
}

fn tallies(review: &Review, level: Level) -> Tallies {
    review.totals.get(&level).copied().unwrap_or_default()
}

fn result(tally: Tally) -> String {
    match tally.sum {
        Some(sum) => sum.to_string(),
        None if tally.incomplete => "– *".to_owned(),
        None => NOTHING.to_owned(),
    }
}

fn ratio(share: Share, part: &str, whole: &str) -> (String, String, bool) {
    let formula =
        format!("=IFERROR(IF({part}>{whole},\"{NOTHING}\",{part}/{whole}),\"{NOTHING}\")");
    let result = match share.known() {
        #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^53")]
        Some((part, whole)) => (part as f64 / whole as f64).to_string(),
        None => NOTHING.to_owned(),
    };
    (formula, result, share.uncertain)
}
