//! The quarter that a file states, from the most trusted place that states any (KY01 where none is understood).

use super::submission::{labelled, place};
use super::values::{date_of, folded, shown};
use crate::model::submission::FilePath;
use crate::model::{Finding, Period, Place, Severity};
use crate::notation::date::DateReading;
use crate::notation::period;
use crate::notation::period_part::{is_part_of, stands_for};
use crate::open::{Value, Workbook};
use crate::recognise::claims::FREE_TEXT;
use crate::recognise::{Claim, Source};
use crate::rules::ky::KY01;

/// The quarter that the file states, from the most trusted place that states any.
pub(super) fn stated_period(
    file: &FilePath,
    workbook: &Workbook,
    claims: &[Claim],
    findings: &mut Vec<Finding>,
) -> Option<Period> {
    let sources = [
        Source::Info,
        Source::Label,
        Source::Title,
        Source::Cover,
        Source::SheetName,
        Source::FileName,
    ];
    for (at, source) in sources.iter().enumerate() {
        let own: Vec<&Claim> = claims.iter().filter(|claim| claim.source == *source).collect();
        match period_in(file, workbook, &own) {
            Ok(None) => {}
            Ok(period) => return period,
            Err(finding) => {
                let label = labelled(own.iter().copied(), "period").map(|(_, value)| value);
                let elsewhere = named_by(claims, sources.get(at + 1..).unwrap_or_default());
                let whole =
                    elsewhere.filter(|period| label.is_some_and(|part| is_part(part, *period)));
                findings.push(match whole {
                    Some(period) => completed(*finding, period),
                    None => *finding,
                });
                return whole;
            }
        }
    }
    findings.push(no_period(file, workbook, claims));
    None
}

/// The one quarter that the titles, sheets and the file's name agree on.
fn named_by(claims: &[Claim], sources: &[Source]) -> Option<Period> {
    let free = claims.iter().filter(|c| sources.contains(&c.source) && c.field == FREE_TEXT);
    let lines: Vec<String> =
        free.filter_map(|c| Some(folded(&shown(c.value.as_ref()?)).into_owned())).collect();
    let mut named = period::all_in_lines(lines.iter().map(String::as_str)).into_iter();
    named.next().filter(|_| named.next().is_none())
}

/// Whether a label that names no quarter says nothing but a part of this one.
fn is_part(value: &Value, period: Period) -> bool {
    match date_of(value, None) {
        DateReading::Day(day) => stands_for(day, period),
        DateReading::Invalid => is_part_of(&folded(&shown(value)), period),
    }
}

/// What is said instead where the quarter is known from elsewhere in the file.
fn completed(refused: Finding, period: Period) -> Finding {
    let written = refused.value.clone().unwrap_or_default();
    let message = format!(
        "Kỳ báo cáo ghi \u{201c}{written}\u{201d}, không rõ quý và năm: đã hiểu là {} theo tiêu đề, tên trang hoặc tên tệp.",
        period.label()
    );
    Finding::new(&KY01, refused.place, message).value(written).with_severity(Severity::Warning)
}

/// KY01 for a file that states no quarter: where it states another span of time, with what it says.
fn no_period(file: &FilePath, workbook: &Workbook, claims: &[Claim]) -> Finding {
    let titles = claims.iter().filter(|claim| claim.field == FREE_TEXT);
    let other = titles.filter_map(|claim| {
        let text = folded(&shown(claim.value.as_ref()?)).into_owned();
        let why = period::why_no_quarter(&text)?;
        let line: String = text.chars().take(120).collect();
        let message = format!("Dòng \u{201c}{line}\u{201d} ghi kỳ báo cáo {why}.");
        Some(Finding::new(&KY01, place(file, workbook, claim), message).value(line))
    });
    let message = "Không tìm thấy kỳ báo cáo trong tệp và trong tên tệp.";
    let mut other = other;
    other.next().unwrap_or_else(|| Finding::new(&KY01, Place::file(file.clone()), message))
}

/// The quarter that claims of one trust state; several different ones are KY01, never a choice.
fn period_in(
    file: &FilePath,
    workbook: &Workbook,
    claims: &[&Claim],
) -> Result<Option<Period>, Box<Finding>> {
    if let Some((claim, value)) = labelled(claims.iter().copied(), "period") {
        let text = folded(&shown(value)).into_owned();
        // `Quý: I` and `Năm: 2021` stand in two cells of some forms.
        let year = labelled(claims.iter().copied(), "year").map(|(_, year)| shown(year));
        let both = year.map(|year| format!("{text}/{year}"));
        let period =
            period::from_label(&text).or_else(|| both.as_deref().and_then(period::from_label));
        if period.is_none() {
            let why = period::why_no_quarter(&text).unwrap_or("không hiểu được là quý nào");
            let message = format!("Kỳ báo cáo ghi \u{201c}{text}\u{201d}, {why}.");
            let place = place(file, workbook, claim);
            return Err(Box::new(Finding::new(&KY01, place, message).value(text)));
        }
        return Ok(period);
    }
    let free: Vec<String> = claims
        .iter()
        .filter(|claim| claim.field == FREE_TEXT)
        .filter_map(|claim| Some(folded(&shown(claim.value.as_ref()?)).into_owned()))
        .collect();
    let mut named = period::all_in_lines(free.iter().map(String::as_str)).into_iter();
    match (named.next(), named.next()) {
        // The quarter and its year may stand in two rows of the title.
        (None, _) => Ok(period::from_text(&free.join(" "))),
        (only, None) => Ok(only),
        (Some(one), Some(other)) => {
            let message = format!(
                "Các dòng tiêu đề ghi nhiều kỳ khác nhau ({}, {}), không rõ báo cáo của kỳ nào.",
                one.label(),
                other.label()
            );
            let sheet = claims.first().map(|claim| place(file, workbook, claim));
            let place = sheet.unwrap_or_else(|| Place::file(file.clone()));
            Err(Box::new(Finding::new(&KY01, place, message)))
        }
    }
}
