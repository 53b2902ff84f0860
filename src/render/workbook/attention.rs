//! `PL3 - Chưa nộp, chưa đạt`: the units that need attention, with what each one and the office say of it.

use super::RenderError;
use super::annex::Annex;
use super::book::{Book, Line};
use super::stamp::{Few, Fill};
use super::style::{Shape, Tab};
use super::table::{Column, PLAIN, Table, col};
use super::units;
use super::words::NOTHING;
use super::xml::RowWriter;
use crate::aggregate::explained::Reasons;
use crate::aggregate::{Measure, SubmissionState, Verdict};
use crate::model::privacy::masked;
use rust_xlsxwriter::Workbook;

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Mã đơn vị", 9.0, Shape::Word),
    col("Đơn vị", 24.0, Shape::Text),
    col("Huyện, thị xã, thành phố", 22.0, Shape::Text),
    col("Tình trạng nộp", 16.0, Shape::Word),
    col("Ngày nộp", 11.5, Shape::Date),
    col("Số ngày nộp muộn", 9.0, Shape::Number),
    col("Chỉ tiêu của kỳ", 9.0, Shape::Number),
    col("Tính vào chỉ tiêu", 9.0, Shape::Number),
    col("Còn thiếu", 9.0, Shape::Number),
    col("Kết quả thực hiện", 18.0, Shape::Word),
    col("Lý do, giải trình", 40.0, Shape::Text),
];

/// The name of the sheet.
const NAME: &str = "PL3 - Chưa nộp, chưa đạt";

/// Whether a unit belongs in the list.
fn listed(line: &Line<'_>) -> bool {
    use SubmissionState as S;
    use Verdict as V;
    matches!(line.unit.submission, S::Missing | S::Late | S::Unreadable)
        || matches!(line.unit.verdict, V::Short | V::ShortWithReason)
}

/// Adds the sheet.
pub(super) fn add<'a>(
    book: &'a Book<'a>,
    annex: &'a Annex,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let count = book.lines.iter().filter(|line| listed(line)).count();
    let what = "Đơn vị chưa nộp, nộp muộn, gửi tệp không đọc được, hoặc chưa đạt chỉ tiêu. Chưa nộp không có nghĩa \
                là không tổ chức cuộc nào.";
    let table = Table {
        name: NAME,
        title: "PHỤ LỤC 3. ĐƠN VỊ CHƯA NỘP, NỘP MUỘN, CHƯA ĐẠT CHỈ TIÊU",
        remarks: vec![super::caption(book.summary), what.to_owned()],
        columns: COLUMNS,
        numbered: true,
        frozen: 3,
        tab: Tab::Annex,
        kinds: PLAIN,
        rows: u32::try_from(count).unwrap_or(u32::MAX),
        largest: Vec::new(),
    };
    table.add(to)?;
    let first = table.first_row();
    let short: Vec<Option<u32>> = {
        let accounts = book.summary.accounts();
        let places =
            accounts.iter().filter_map(|one| Some((book.line_of(one.line)?.place(), one.short)));
        let mut by_place: Vec<_> = places.collect();
        by_place.sort_unstable_by_key(|(place, _)| *place);
        by_place.into_iter().map(|(_, short)| short).collect()
    };
    let reasons = Reasons::of(book.summary);
    let rows = Few(move |to: &mut RowWriter<'_>| {
        let lines = book.lines.iter().zip(annex.unit_rows()).zip(&short);
        let lines = lines.filter(|((line, _), _)| listed(line));
        for ((row, number), ((line, source), short)) in (first..).zip(1u64..).zip(lines) {
            to.open(row, 0);
            to.number(number);
            self::row(book, (line, source, *short), &reasons, to);
            to.close();
        }
    });
    fills.push(Fill::new(&table, to.worksheets().len(), rows, Vec::new()));
    Ok(())
}

fn row(
    book: &Book<'_>,
    (line, source, short): (&Line<'_>, u32, Option<u32>),
    reasons: &Reasons,
    to: &mut RowWriter<'_>,
) {
    let unit = line.unit;
    to.text(unit.unit.code.as_str());
    to.text(&line.name);
    to.text(&line.district);
    to.text(unit.submission.label());
    match unit.submitted {
        Some(day) => to.date(day),
        None => to.text(NOTHING),
    }
    let late = unit.submitted.map(|day| (day - book.summary.deadline).num_days());
    let late = late.or(unit.most_days_late());
    match late.and_then(|days| u64::try_from(days).ok()).filter(|days| *days > 0) {
        Some(days) => to.number(days),
        None => to.text(NOTHING),
    }
    for measure in [Measure::Required, Measure::Counted] {
        let formula = format!("'{}'!{}{source}", units::NAME, units::column(measure));
        let tally = unit.tallies.get(measure);
        match tally.sum {
            Some(value) => to.formula(&formula, value),
            None => to.text_formula(&formula, if tally.incomplete { "– *" } else { NOTHING }),
        }
    }
    let sum = |measure| unit.tallies.sum(measure);
    let least = sum(Measure::Required).zip(sum(Measure::Counted));
    let least = least.map(|(required, counted)| required.saturating_sub(counted));
    match (short.map(u64::from).or(least), least) {
        (Some(short), Some(least)) if short == least => {
            let row = to.number_of_row();
            to.formula(&format!("MAX(0,H{row}-I{row})"), short);
        }
        // A quota longer than the quarter, or the quotas of several quarters.
        (Some(short), _) => to.number(short),
        (None, _) => to.text(NOTHING),
    }
    to.text(unit.verdict.label());
    match reasons.words(unit) {
        said if said.is_empty() => to.blank(),
        said => to.text(&masked(&said)),
    }
}
