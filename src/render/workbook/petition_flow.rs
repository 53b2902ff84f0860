//! `Sổ kiến nghị`: for each unit what was open, came, was settled and is open, so that the account closes.

use super::RenderError;
use super::book::{Book, Line};
use super::stamp::{Few, Fill};
use super::style::{Shape, Tab, Weight};
use super::table::{Column, Table, col, sub};
use super::xml::RowWriter;
use crate::model::backlog::{Flow, Movement};
use rust_xlsxwriter::Workbook;
use std::cmp::Ordering;

const ENDED: &str = "Giảm trong kỳ";
const CAME: &str = "Tăng trong kỳ";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT ở PL1", 6.0, Shape::Ordinal),
    col("Mã đơn vị", 9.0, Shape::Word),
    col("Đơn vị", 26.0, Shape::Text),
    col("Huyện, thị xã, thành phố", 22.0, Shape::Text),
    col("Tồn đầu kỳ", 9.0, Shape::Number),
    sub(CAME, "Phát sinh trong kỳ", 9.0, Shape::Number),
    sub(CAME, "Nhận lại, ghi thêm", 9.0, Shape::Number),
    sub(ENDED, "Trả lời tại hội nghị (K1)", 10.0, Shape::Number),
    sub(ENDED, "Đã giải quyết (K2)", 9.0, Shape::Number),
    sub(ENDED, "Chuyển cấp trên (K5)", 9.0, Shape::Number),
    sub(ENDED, "Không còn ghi", 9.0, Shape::Number),
    col("Chưa rõ kết quả", 9.0, Shape::Number),
    col("Tồn cuối kỳ", 9.0, Shape::Number),
];

const NAME: &str = "Sổ kiến nghị";
/// Said where units became others inside the span and are shown apart.
const HANDED_ON: &str = "Kiến nghị mà đơn vị cũ để lại cho đơn vị kế tục trong kỳ đứng ở cả hai dòng: tồn cuối kỳ của \
    đơn vị cũ, tồn đầu kỳ của đơn vị kế tục; dòng tổng cộng đã trừ phần trùng này.";
const KINDS: &[(Weight, bool)] = &[(Weight::Plain, false), (Weight::Total, false)];
const TOTAL: usize = 1;

/// Adds the sheet.
pub(super) fn add<'a>(
    book: &'a Book<'a>,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let accounts = accounts(book);
    let how = "Tồn đầu kỳ + phát sinh + nhận lại, ghi thêm − trả lời tại hội nghị − đã giải quyết − chuyển cấp \
               trên − không còn ghi − chưa rõ kết quả = tồn cuối kỳ. Tồn đầu kỳ lấy từ báo cáo kỳ trước khi có, \
               không có thì theo Biểu 3 của đơn vị. Chỉ có đơn vị gửi Biểu 2 hoặc Biểu 3.";
    let total = book.summary.backlog.total();
    let mut lines = Flow::default();
    for (_, flow) in &accounts {
        lines.merge(flow);
    }
    let mut remarks = vec![super::caption(book.summary), how.to_owned()];
    remarks.extend((lines != total).then(|| HANDED_ON.to_owned()));
    let table = Table {
        name: NAME,
        title: "SỔ KIẾN NGHỊ: TỒN ĐẦU KỲ, TĂNG, GIẢM, TỒN CUỐI KỲ",
        remarks,
        columns: COLUMNS,
        numbered: true,
        frozen: 3,
        tab: Tab::Rows,
        kinds: KINDS,
        rows: u32::try_from(accounts.len() + 1).unwrap_or(u32::MAX),
        largest: Vec::new(),
    };
    table.add(to)?;
    let first = table.first_row();
    let rows = Few(move |to: &mut RowWriter<'_>| {
        let mut row = first;
        for (line, flow) in &accounts {
            to.open(row, 0);
            to.number(u64::from(line.number));
            to.text(line.unit.unit.code.as_str());
            to.text(&line.name);
            to.text(&line.district);
            unit(flow, to);
            to.close();
            row += 1;
        }
        to.open(row, TOTAL);
        sums((&total, &lines), first + 1..row + 1, to);
        to.close();
    });
    fills.push(Fill::new(&table, to.worksheets().len(), rows, Vec::new()));
    Ok(())
}

/// The units that gave rows of petitions, in the order of PL1.
fn accounts<'a>(book: &'a Book<'a>) -> Vec<(&'a Line<'a>, Flow)> {
    let of = |line: &'a Line<'a>| Some((line, book.summary.petition_account(line.unit)?));
    book.lines.iter().filter_map(of).collect()
}

fn unit(flow: &Flow, to: &mut RowWriter<'_>) {
    for movement in Movement::ALL {
        if movement != Movement::Closing {
            to.number(flow.get(movement));
        }
    }
    let row = to.number_of_row();
    to.formula(&format!("E{row}+F{row}+G{row}-SUM(H{row}:L{row})"), flow.get(Movement::Closing));
}

/// The sum of the lines, less what units handed on to each other and is in two lines.
fn sums((total, lines): (&Flow, &Flow), rows: std::ops::Range<u32>, to: &mut RowWriter<'_>) {
    to.blank();
    to.blank();
    to.text("TỔNG CỘNG");
    to.blank();
    for (movement, col) in Movement::ALL.into_iter().zip('E'..) {
        if rows.is_empty() {
            to.number(0);
        } else {
            let (first, last) = (rows.start, rows.end - 1);
            let (is, sum) = (total.get(movement), lines.get(movement));
            let twice = match is.cmp(&sum) {
                Ordering::Equal => String::new(),
                Ordering::Less => format!("-{}", sum - is),
                Ordering::Greater => format!("+{}", is - sum),
            };
            to.formula(&format!("SUM({col}{first}:{col}{last}){twice}"), is);
        }
    }
}
