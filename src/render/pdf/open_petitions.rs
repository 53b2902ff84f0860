//! Phụ lục 4: every open petition, since when and with whom, below the account that leads to it.

use super::figure::{NOTHING, day};
use super::font::Face;
use super::model::{Align, Block, Paragraph, RowKind, Table};
use super::respell;
use super::small_tables::{plain, row};
use crate::aggregate::{Summary, UnitLine};
use crate::model::backlog::{Flow, Movement, OpenPetition, Trace};
use crate::model::count::grouped;
use crate::model::privacy::masked;
use crate::model::{Authority, Outcome, Text, UnitCode};
use crate::render::Spelling;
use crate::render::narrative::{capitalised, district};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The account of all units, what the table holds, and the table; nothing where no unit gave petitions.
pub(super) fn blocks(summary: &Summary, spelling: Spelling) -> Vec<Block<'_>> {
    let places = places(summary);
    let mut open: Vec<&OpenPetition> = summary.backlog.open().collect();
    // Those of units that are no more come last, as in the workbook.
    open.sort_by_key(|one| places.get(&one.unit).map_or(usize::MAX, |place| place.order));
    let total = summary.backlog.total();
    if open.is_empty() && total == Flow::default() {
        return Vec::new();
    }
    let mut blocks = vec![
        remark(spelling, ACCOUNT),
        own(account(&total), spelling),
        remark(spelling, &contents(&open)),
    ];
    if !open.is_empty() {
        let allowed = summary.profile.petition_overdue_days.value;
        let rows = open.iter().zip(1..).map(|(one, number)| {
            let place = places.get(&one.unit);
            row(RowKind::Plain, cells(summary, (one, number, place), spelling))
        });
        let table = plain(&HEADS, "Phụ lục 4 (tiếp theo)", rows.collect());
        blocks.push(own(Table { size: 9.0, ..table }, spelling));
        blocks.push(remark(spelling, &legend(allowed)));
    }
    blocks
}

const ACCOUNT: &str = "Tồn đầu kỳ + phát sinh + nhận lại, ghi thêm − trả lời tại hội nghị − đã giải quyết − chuyển cấp \
    trên − không còn ghi − chưa rõ kết quả = tồn cuối kỳ; cộng của các đơn vị gửi Biểu 2 hoặc Biểu 3 kỳ này.";

const HEADS: [(&str, Align); 13] = [
    ("TT", Align::Centre),
    ("Đơn vị", Align::Left),
    ("Thuộc", Align::Left),
    ("Kỳ phát sinh", Align::Centre),
    ("STT", Align::Centre),
    ("Nội dung ý kiến, kiến nghị", Align::Left),
    ("Lĩnh vực", Align::Left),
    ("Thẩm quyền, cơ quan giải quyết", Align::Left),
    ("Kết quả", Align::Left),
    ("Tính từ ngày", Align::Centre),
    ("Số ngày", Align::Right),
    ("Quá hạn", Align::Centre),
    ("Đối chiếu kỳ trước", Align::Left),
];

/// Where a unit stands in Phụ lục 1.
struct Place<'s> {
    order: usize,
    line: &'s UnitLine,
    above: String,
}

/// Each code's place in the order of Phụ lục 1; a unit that took over another's quarters answers for its code.
fn places(summary: &Summary) -> BTreeMap<UnitCode, Place<'_>> {
    let mut lines: Vec<(&UnitLine, Option<UnitCode>)> =
        summary.units.iter().map(|line| (line, district(summary, line))).collect();
    lines.sort_by_key(|(line, above)| (line.unit.level, *above));
    let last = summary.period.last();
    let mut at = BTreeMap::new();
    for (order, (line, _)) in lines.iter().enumerate() {
        for (period, part) in line.parts(last) {
            at.insert((part.unit.code, period), order);
        }
    }
    let named = at.into_iter().filter_map(|((code, _), order)| {
        let (line, above) = lines.get(order)?;
        let above = above.and_then(|code| summary.unit(code));
        let above = above.map_or_else(String::new, |above| above.unit.full_name());
        Some((code, Place { order, line, above }))
    });
    named.collect()
}

/// One row: what every unit gave, from the opening to the closing.
fn account(total: &Flow) -> Table<'static> {
    let heads = Movement::ALL.map(|movement| (movement.label(), Align::Centre));
    let figures = Movement::ALL.map(|movement| Cow::Owned(grouped(total.get(movement))));
    let table = plain(&heads, "", vec![row(RowKind::Plain, figures)]);
    Table { names: Movement::COUNT, numbered: false, ..table }
}

/// How many petitions the table lists and what of them is not in the closing of the account.
fn contents(open: &[&OpenPetition]) -> String {
    if open.is_empty() {
        return "Không còn kiến nghị tồn đọng.".to_owned();
    }
    let silent = |one: &OpenPetition| one.trace == Trace::Silent;
    let parts = [
        (
            open.iter().filter(|one| !silent(one) && one.outcome.is_none()).count(),
            "chưa rõ kết quả",
        ),
        (
            open.iter().filter(|one| silent(one)).count(),
            "của đơn vị kỳ này chưa báo cáo, ghi theo lần báo cáo gần nhất",
        ),
    ];
    let parts: Vec<String> = (parts.into_iter().filter(|(count, _)| *count > 0))
        .map(|(count, what)| format!("{} kiến nghị {what}", grouped(count as u64)))
        .collect();
    let all = grouped(open.len() as u64);
    if parts.is_empty() {
        return format!("Bảng dưới đây có {all} kiến nghị.");
    }
    let parts = parts.join("; ");
    format!(
        "Bảng dưới đây có {all} kiến nghị, trong đó không tính vào tồn cuối kỳ ở trên: {parts}."
    )
}

fn legend(allowed: u32) -> String {
    format!(
        "Ghi chú: số ngày tính từ ngày tiếp nhận, không ghi thì từ ngày cuối của kỳ phát sinh, đến ngày tổng hợp; quá \
         {allowed} ngày là quá hạn; dấu “–” là không có số liệu. Không có trong bảng: kiến nghị của đơn vị chỉ báo cáo số \
         lượng, không gửi Biểu 2, Biểu 3. Tệp, trang, dòng của từng kiến nghị xem trang “PL4 - Kiến nghị tồn đọng” của \
         bảng tổng hợp."
    )
}

fn cells<'s>(
    summary: &'s Summary,
    (one, number, place): (&'s OpenPetition, u64, Option<&Place<'s>>),
    spelling: Spelling,
) -> [Cow<'s, str>; HEADS.len()] {
    let (unit, above) = match place {
        Some(place) => (Cow::Owned(place.line.unit.full_name()), Cow::Owned(place.above.clone())),
        None => (format!("{} (đã kết thúc hoạt động)", one.unit.as_str()).into(), "".into()),
    };
    let subject = one.subject.and_then(|code| {
        summary.subject_names.iter().find(|(known, _)| *known == code).map(|(_, name)| name)
    });
    let since = one.since();
    let days = since.and_then(|since| u64::try_from((summary.as_of - since).num_days()).ok());
    let allowed = u64::from(summary.profile.petition_overdue_days.value);
    let overdue = days.is_some_and(|days| days > allowed);
    [
        grouped(number).into(),
        unit,
        above,
        one.origin.map_or(NOTHING.into(), |origin| capitalised(&origin.label()).into()),
        one.number.map_or(NOTHING.into(), |number| number.to_string().into()),
        theirs(one.content.as_ref()),
        subject.map_or(NOTHING.into(), |name| spelling.apply(name)),
        answering(one, spelling),
        spelling.apply(one.outcome.map_or("không đọc được", Outcome::label)),
        day(since).into(),
        days.map_or(NOTHING.into(), |days| grouped(days).into()),
        if overdue { "Quá hạn" } else { NOTHING }.into(),
        spelling.apply(one.trace.label()),
    ]
}

/// Whose it is to settle, and the office that does.
fn answering(one: &OpenPetition, spelling: Spelling) -> Cow<'_, str> {
    let level = one.authority.map(Authority::label).map(|label| spelling.apply(label));
    match (level, one.agency.as_ref()) {
        (Some(level), Some(agency)) => format!("{level}: {}", masked(agency.as_str())).into(),
        (Some(level), None) => level,
        (None, agency) => theirs(agency),
    }
}

/// What the unit wrote, without personal data.
fn theirs(text: Option<&Text>) -> Cow<'_, str> {
    text.map_or(NOTHING.into(), |text| masked(text.as_str()))
}

fn remark(spelling: Spelling, text: &str) -> Block<'static> {
    let words = Paragraph::new(Face::Italic, 10.0, spelling.apply(text).into_owned());
    Block::Paragraph(Paragraph { before: 4.0, after: 4.0, ..words })
}

fn own(mut table: Table<'_>, spelling: Spelling) -> Block<'_> {
    respell::table(&mut table, spelling);
    Block::Table(table)
}
