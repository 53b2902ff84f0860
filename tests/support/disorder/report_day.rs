//! Disorder of the report's own day: only in the signature, another one there, one that cannot be.

use super::draft::*;
use super::head::{info, info_lines};
use super::mutation::{DETAIL, Mutation, said};
use chrono::{Datelike, Days, NaiveDate};

pub const MUTATIONS: &[Mutation] = &[
    said(
        "day-in-signature",
        "Ngày báo cáo chỉ có ở phần ký tên",
        DETAIL,
        &["DL08"],
        |d, dice| {
            let day = d.truth.period.last_day() + Days::new(u64::from(dice.within(1, 20)));
            info_lines(d).is_some() && !has_day(d) && signed(d, day)
        },
    ),
    said(
        "other-day-in-signature",
        "Ngày ở phần ký tên khác Ngày báo cáo",
        DETAIL,
        &["DL08"],
        |d, _| {
            let day = d.truth.period.last_day() + Days::new(3);
            with_day(d, day) && signed(d, day + Days::new(8))
        },
    ),
    said(
        "day-written-twice",
        "Ngày báo cáo ghi hai lần khác nhau",
        DETAIL,
        &["DL08"],
        |d, _| {
            let day = d.truth.period.last_day() + Days::new(2);
            with_day(d, day) && info_line(d, day + Days::new(18))
        },
    ),
    said(
        "day-before-the-quarter",
        "Ngày báo cáo trước kỳ báo cáo (sai năm)",
        DETAIL,
        &["DL02"],
        |d, _| {
            let day = d.truth.period.first_day() - Days::new(270);
            with_day(d, day)
        },
    ),
];

fn has_day(draft: &mut Draft) -> bool {
    let label = words("Ngày báo cáo");
    info_lines(draft).is_some_and(|lines| lines.iter().any(|line| line[0].1 == label))
}

fn with_day(draft: &mut Draft, day: NaiveDate) -> bool {
    info(draft, "Ngày báo cáo", None);
    info_line(draft, day)
}

fn info_line(draft: &mut Draft, day: NaiveDate) -> bool {
    let written = words(&day.format("%d/%m/%Y").to_string());
    let Some(lines) = info_lines(draft) else { return false };
    lines.push(vec![(0, words("Ngày báo cáo")), (1, written)]);
    true
}

/// A signature below the last table of the sheet of Biểu 1.
fn signed(draft: &mut Draft, day: NaiveDate) -> bool {
    let line = format!("Lào Cai, ngày {} tháng {} năm {}", day.day(), day.month(), day.year());
    let at = draft.sheet_of("meetings").unwrap();
    draft.sheets[at].blocks.push(Block::Lines(vec![
        vec![],
        vec![(5, words(&line))],
        vec![(5, words("T/M BAN THƯỜNG VỤ"))],
        vec![(5, words("BÍ THƯ"))],
    ]));
    true
}
