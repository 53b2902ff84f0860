//! `ĐG3 - Kết luận, giải quyết`: conclusion notices and petitions of the year, with both percentages.

use super::book::{break_remark, caption, level};
use super::list::{List, WITH_SUMS};
use super::quarters;
use super::verdicts::head;
use crate::aggregate::review::{Review, Share, UnitYear};
use crate::aggregate::{Measure, Tallies, Tally};
use crate::model::Level;
use crate::render::workbook::RenderError;
use crate::render::workbook::figure::{figure, marked};
use crate::render::workbook::stamp::Fill;
use crate::render::workbook::style::Shape;
use crate::render::workbook::table::{Column, col, sub};
use crate::render::workbook::words::NOTHING;
use crate::render::workbook::xml::RowWriter;
use rust_xlsxwriter::Workbook;

/// The name of the sheet.
pub(super) const NAME: &str = "ĐG3 - Kết luận, giải quyết";
const HELD: &str = "Số cuộc";
const OPINIONS: &str = "Ý kiến, kiến nghị";
const NOTICES: &str = "Thông báo kết luận";
const SHARES: &str = "Tỷ lệ";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Mã đơn vị", 8.0, Shape::Word),
    col("Đơn vị", 30.0, Shape::Text),
    col("Cấp", 11.5, Shape::Word),
    col("Số báo cáo có số liệu", 7.0, Shape::Number),
    sub(HELD, "Định kỳ", 7.0, Shape::Number),
    sub(HELD, "Đột xuất", 7.0, Shape::Number),
    sub(HELD, "Tổng số", 7.0, Shape::Number),
    sub(NOTICES, "Đúng hạn", 7.0, Shape::Number),
    sub(NOTICES, "Muộn", 7.0, Shape::Number),
    sub(NOTICES, "Chưa có", 7.0, Shape::Number),
    sub(OPINIONS, "Tổng số", 8.5, Shape::Number),
    sub(OPINIONS, "Trả lời tại hội nghị (K1)", 9.0, Shape::Number),
    sub(OPINIONS, "Đã giải quyết sau (K2)", 9.0, Shape::Number),
    sub(OPINIONS, "Đang giải quyết (K3)", 9.0, Shape::Number),
    sub(OPINIONS, "Chưa giải quyết (K4)", 9.0, Shape::Number),
    sub(OPINIONS, "Chuyển cấp trên (K5)", 9.0, Shape::Number),
    sub(SHARES, "Thông báo đúng hạn", 9.0, Shape::Percent),
    sub(SHARES, "Trả lời tại hội nghị", 9.0, Shape::Percent),
    sub(SHARES, "Giải quyết trong thẩm quyền", 10.0, Shape::Percent),
];

/// What the columns from the sixth on show; none is periodic and ad hoc together.
const SHOWN: [Option<Measure>; 12] = [
    Some(Measure::Periodic),
    Some(Measure::AdHoc),
    None,
    Some(Measure::NoticesOnTime),
    Some(Measure::NoticesLate),
    Some(Measure::NoticesMissing),
    Some(Measure::Opinions),
    Some(Measure::Answered),
    Some(Measure::Resolved),
    Some(Measure::Pending),
    Some(Measure::Unresolved),
    Some(Measure::Forwarded),
];
const FIRST: u32 = 5;

/// Plain rows, and those of a level.
const UNIT: usize = 0;
const LEVEL: usize = 2;

/// The units whose figures stand here: on the map of the year's end those that still exist.
fn shown(review: &Review) -> Vec<usize> {
    let units = review.units.iter().enumerate();
    units.filter(|(_, unit)| !unit.carried).map(|(at, _)| at).collect()
}

/// The levels that there are, each with the row, counted from one, of its sum.
pub(super) fn sums(review: &Review) -> Vec<(Level, u32)> {
    let first = list(review).first_row() + 1;
    let rows = u32::try_from(shown(review).len()).unwrap_or(u32::MAX);
    review.totals.keys().copied().zip(first.saturating_add(rows)..).collect()
}

/// The column of a measure.
pub(super) fn column(measure: Option<Measure>) -> String {
    let at = SHOWN.iter().position(|one| *one == measure).and_then(|at| u32::try_from(at).ok());
    crate::model::cell::column_letters(FIRST + at.unwrap_or_default())
}

fn list(review: &Review) -> List<'static> {
    let how = "Tỷ lệ thông báo đúng hạn = đúng hạn / (đúng hạn + muộn + chưa có). Tỷ lệ trả lời tại hội nghị = K1 / tổng số. \
               Tỷ lệ giải quyết trong thẩm quyền = (K1 + K2) / (tổng số − K5). Dấu –: không có số liệu (khác với 0); \
               dấu *: số liệu chưa đủ vì có ô không đọc được hoặc có quý chưa nộp.";
    let mut remarks = vec![caption(review), how.to_owned()];
    remarks.extend(break_remark(review));
    let title = "ĐÁNH GIÁ 3. THÔNG BÁO KẾT LUẬN VÀ GIẢI QUYẾT Ý KIẾN, KIẾN NGHỊ CẢ NĂM";
    List { kinds: WITH_SUMS, ..List::plain(NAME, title, remarks, COLUMNS) }
}

/// Adds the sheet: one row per unit, then one per level.
pub(super) fn add<'a>(
    review: &'a Review,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let (list, units) = (list(review), shown(review));
    let levels: Vec<(Level, &Tallies)> =
        review.totals.iter().map(|(level, tallies)| (*level, tallies)).collect();
    let (first, count) = (list.first_row() + 1, units.len());
    let last = first.saturating_add(u32::try_from(count).unwrap_or(u32::MAX)).saturating_sub(1);
    list.add(to, fills, count + levels.len(), move |line, to| {
        let unit = units.get(line).and_then(|at| Some((*at, review.units.get(*at)?)));
        if let Some((at, unit)) = unit {
            of_unit(unit, at, to);
        } else if let Some((level, tallies)) = levels.get(line.saturating_sub(count)) {
            of_level(review, *level, tallies, (first, last), to);
        }
    })
}

fn of_unit(unit: &UnitYear, at: usize, to: &mut RowWriter<'_>) {
    head(unit, at, to);
    to.number(u64::try_from(unit.reports).unwrap_or(u64::MAX));
    for measure in SHOWN {
        let tally = tally(&unit.shown, measure);
        figure(to, UNIT, tally, tally.sum, |row| match measure {
            Some(measure) => {
                format!("SUMIFS({},{},$A{row})", quarters::column(measure), quarters::AT)
            }
            None => format!("F{row}+G{row}"),
        });
    }
    shares(&unit.shown, UNIT, to);
}

fn of_level(
    review: &Review,
    of: Level,
    tallies: &Tallies,
    (first, last): (u32, u32),
    to: &mut RowWriter<'_>,
) {
    to.style(LEVEL);
    to.blank();
    to.blank();
    to.text(&format!("Tổng {}", of.label()));
    to.text(level(of));
    let reported = review.units.iter().filter(|unit| unit.unit.level == of && !unit.carried);
    let reported: usize = reported.map(|unit| unit.reports).sum();
    let sum = |column: &str| {
        format!("SUMIFS({column}{first}:{column}{last},$D{first}:$D{last},\"{}\")", level(of))
    };
    to.formula(&sum("E"), u64::try_from(reported).unwrap_or(u64::MAX));
    for measure in SHOWN {
        let tally = tally(tallies, measure);
        let column = column(measure);
        figure(to, LEVEL, tally, tally.sum, |_| sum(&column));
    }
    shares(tallies, LEVEL, to);
}

/// A figure, or periodic and ad hoc meetings together.
fn tally(tallies: &Tallies, measure: Option<Measure>) -> Tally {
    measure.map_or_else(
        || {
            let mut both = tallies.get(Measure::Periodic);
            let other = tallies.get(Measure::AdHoc);
            both.merge(other);
            // Half of it would not be the number of meetings.
            if tallies.sum(Measure::Periodic).is_none() || other.sum.is_none() {
                both.sum = None;
            }
            both
        },
        |measure| tallies.get(measure),
    )
}

fn shares(tallies: &Tallies, weight: usize, to: &mut RowWriter<'_>) {
    let row = to.number_of_row();
    for (share, part, whole) in [
        (Share::notices(tallies), format!("I{row}"), format!("SUM(I{row}:K{row})")),
        (Share::answered(tallies), format!("M{row}"), format!("L{row}")),
        (Share::settled(tallies), format!("(M{row}+N{row})"), format!("(L{row}-Q{row})")),
    ] {
        to.style(if share.uncertain { marked(weight) } else { weight });
        self::share(share, &part, &whole, to);
        to.style(weight);
    }
}

/// A share as a formula of its two parts; a dash where they make none.
pub(super) fn share(share: Share, part: &str, whole: &str, to: &mut RowWriter<'_>) {
    let formula = format!("IFERROR(IF({part}>{whole},\"{NOTHING}\",{part}/{whole}),\"{NOTHING}\")");
    match share.known() {
        Some((part, whole)) => to.ratio_formula(&formula, part, whole),
        None => to.text_formula(&formula, NOTHING),
    }
}
