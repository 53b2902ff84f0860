//! The quarter that a file states, from the most trusted place that states any (KY01 where none is understood).

use super::submission::{labelled, place};
use super::values::{date_of, folded, shown};
use crate::model::submission::{FilePath, StatedDays};
use crate::model::{Finding, Period, Place, Severity};
use crate::notation::date::DateReading;
use crate::notation::period;
use crate::notation::period_other::{OtherTime, days_in, other_time, year_of_title};
use crate::notation::period_part::{is_part_of, stands_for};
use crate::open::{Value, Workbook};
use crate::recognise::claims::FREE_TEXT;
use crate::recognise::{Claim, FoundTable, Source, TableId};
use crate::rules::ky::{KY01, KY02};

/// The quarter that the file states, from the most trusted place that states any.
pub(super) fn stated_period(
    file: &FilePath,
    workbook: &Workbook,
    (claims, tables): (&[Claim], &[FoundTable]),
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
            Ok(Some(period)) => {
                let against = against(file, workbook, (claims, tables), (*source, period));
                let known = against.is_none().then_some(period);
                findings
                    .extend(known.and_then(|period| file_named_otherwise(file, claims, period)));
                findings.extend(
                    against.or_else(|| {
                        year_alone(file, workbook, (claims, tables), (*source, period))
                    }),
                );
                return known;
            }
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
    let with_year = with_year(claims);
    if with_year.is_none() {
        findings.push(no_period(file, workbook, claims));
    }
    with_year
}

/// KY02 where the file's name tells another quarter than its content does, which counts.
fn file_named_otherwise(file: &FilePath, claims: &[Claim], period: Period) -> Option<Finding> {
    let names = free_texts(claims.iter().filter(|claim| claim.source == Source::FileName));
    let named: Vec<Period> = names.filter_map(|(_, text)| period::from_text(&text)).collect();
    let other = named.first().filter(|_| !named.contains(&period))?;
    let message = format!(
        "Tên tệp ghi {}, nhưng nội dung là {}: tính theo nội dung.",
        other.label(),
        period.label()
    );
    let finding = Finding::new(&KY02, Place::file(file.clone()), message);
    Some(
        finding
            .with_severity(Severity::Warning)
            .help("Kiểm tra kỳ ghi trong tệp; nếu đúng thì đổi tên tệp."),
    )
}

/// The quarter of a title or a name together with the year that stands under a label of its own.
fn with_year(claims: &[Claim]) -> Option<Period> {
    let (_, year) = labelled(claims, "year")?;
    let titles = [Source::Title, Source::Cover, Source::SheetName, Source::FileName];
    titles.into_iter().find_map(|source| {
        let lines = free_texts(claims.iter().filter(|claim| claim.source == source));
        let lines: Vec<String> = lines.map(|(_, text)| text).collect();
        period::from_text(&format!("{} năm {}", lines.join(" "), shown(year)))
    })
}

/// The lines of free text, each with the claim that makes it.
fn free_texts<'a>(
    claims: impl Iterator<Item = &'a Claim>,
) -> impl Iterator<Item = (&'a Claim, String)> {
    claims
        .filter(|claim| claim.field == FREE_TEXT)
        .filter_map(|claim| Some((claim, folded(&shown(claim.value.as_ref()?)).into_owned())))
}

/// From which day to which the file says to reach, under its label or in a title.
pub(super) fn stated_days(
    file: &FilePath,
    workbook: &Workbook,
    (claims, tables): (&[Claim], &[FoundTable]),
) -> Option<StatedDays> {
    let label = labelled(claims, "period")
        .map(|(claim, value)| (claim, folded(&shown(value)).into_owned()));
    let titles = claims.iter().filter(|claim| {
        claim.source == Source::Title
            && !claim.sheet.is_some_and(|at| is_of_earlier_quarters(tables, at))
    });
    label.into_iter().chain(free_texts(titles)).find_map(|(claim, text)| {
        let (first, last) = days_in(&text)?;
        Some(StatedDays { first, last, place: place(file, workbook, claim) })
    })
}

/// KY01 where what the file says of its time in a more trusted place cannot go with that quarter: another year under a
/// label, another span in the titles. What cannot be used must not let a name win unsaid.
fn against(
    file: &FilePath,
    workbook: &Workbook,
    (claims, tables): (&[Claim], &[FoundTable]),
    (source, period): (Source, Period),
) -> Option<Finding> {
    let refused = |claim: &Claim, said: String, written: &str| {
        let message = format!(
            "{said}, còn {} ghi {}; không rõ số liệu của kỳ nào.",
            source.label(),
            period.label()
        );
        Some(Finding::new(&KY01, place(file, workbook, claim), message).value(written))
    };
    let year = labelled(claims.iter().filter(|claim| claim.source <= source), "year");
    if let Some((claim, value)) = year {
        let text = folded(&shown(value)).into_owned();
        if year_in(&text).is_some_and(|year| year != period.year()) {
            return refused(claim, format!("Năm báo cáo ghi \u{201c}{text}\u{201d}"), &text);
        }
    }
    if !matches!(source, Source::SheetName | Source::FileName) {
        return None;
    }
    let lines = title_lines(claims, tables);
    let named =
        lines.iter().any(|(_, text)| other_time(text) == Some(OtherTime::NoYear(period.number())));
    let other = lines.iter().find_map(|(claim, text)| {
        let year = || year_of_title(text).filter(|year| *year != period.year());
        let other = other_time(text).or_else(|| year().map(OtherTime::Year));
        let other = other.filter(|other| other.is_against(period))?;
        // A title page tells the month in which it was written.
        let dates = claim.source == Source::Cover && matches!(other, OtherTime::Shorter);
        // `QUÝ I` and `NĂM 2021` stand in two rows.
        let beside = named && other == OtherTime::Year(period.year());
        (!dates && !beside).then_some((*claim, text, other))
    });
    let (claim, text, other) = other?;
    let line: String = text.chars().take(LONGEST_QUOTE).collect();
    let why = match other {
        OtherTime::NoYear(_) => "quý khác",
        OtherTime::Year(year) if year != period.year() => "năm khác",
        other => other.why().split(';').next().unwrap_or_default(),
    };
    let said = format!("Dòng tiêu đề \u{201c}{line}\u{201d} ghi kỳ báo cáo {why}");
    refused(claim, said, &line)
}

/// KY01 as a warning where the titles tell nothing but the year, and a name has told the quarter.
fn year_alone(
    file: &FilePath,
    workbook: &Workbook,
    (claims, tables): (&[Claim], &[FoundTable]),
    (source, period): (Source, Period),
) -> Option<Finding> {
    if !matches!(source, Source::SheetName | Source::FileName) {
        return None;
    }
    let lines = title_lines(claims, tables);
    if lines.iter().any(|(_, text)| other_time(text).is_some()) {
        return None;
    }
    let (claim, text) = lines.iter().find(|(_, text)| year_of_title(text).is_some())?;
    let line: String = text.chars().take(LONGEST_QUOTE).collect();
    let message = format!(
        "Dòng tiêu đề \u{201c}{line}\u{201d} chỉ ghi năm: đã hiểu là {} theo {}.",
        period.label(),
        source.label()
    );
    let finding = Finding::new(&KY01, place(file, workbook, claim), message).value(line);
    Some(finding.with_severity(Severity::Warning))
}

/// The lines of the titles and title pages, but not above petitions carried over alone.
fn title_lines<'a>(claims: &'a [Claim], tables: &[FoundTable]) -> Vec<(&'a Claim, String)> {
    let is_title = |claim: &&Claim| {
        matches!(claim.source, Source::Title | Source::Cover)
            && !claim.sheet.is_some_and(|at| is_of_earlier_quarters(tables, at))
    };
    free_texts(claims.iter().filter(is_title)).collect()
}

/// Whether a sheet holds nothing but petitions carried over (Biểu 3), whose title may name any time.
fn is_of_earlier_quarters(tables: &[FoundTable], sheet: usize) -> bool {
    let mut own = tables.iter().filter(|table| table.sheet == sheet).peekable();
    own.peek().is_some() && own.all(|table| table.id == TableId::Carried)
}

/// Another quarter under the same label of the same sheet.
fn said_again<'a>(
    claims: &[&'a Claim],
    first: &Claim,
    period: Option<Period>,
) -> Option<(&'a Claim, String)> {
    // Of several information sheets only one can be the file's own.
    let same = claims.iter().filter(|claim| {
        claim.field == "period" && (claim.sheet == first.sheet || claim.source == Source::Info)
    });
    same.filter_map(|claim| Some((*claim, folded(&shown(claim.value.as_ref()?)).into_owned())))
        .find(|(_, text)| {
            let other = period::from_label(text);
            other.is_some() && other != period
        })
}

/// Letters of a line that are quoted.
const LONGEST_QUOTE: usize = 120;

/// The year that a cell under that label holds.
fn year_in(text: &str) -> Option<i32> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4);
    let year = numbers.next()?.parse().ok()?;
    numbers.next().is_none().then_some(year)
}

/// The one quarter that the titles, sheets and the file's name agree on.
fn named_by(claims: &[Claim], sources: &[Source]) -> Option<Period> {
    let free = free_texts(claims.iter().filter(|claim| sources.contains(&claim.source)));
    let lines: Vec<String> = free.map(|(_, text)| text).collect();
    let mut named = period::all_in_lines(lines.iter().map(String::as_str)).into_iter();
    named.next().filter(|_| named.next().is_none())
}

/// Whether a label that names no quarter says nothing but a part of this one.
fn is_part(value: &Value, period: Period) -> bool {
    match date_of(value, None) {
        DateReading::Day(day) => stands_for(day, period),
        DateReading::Invalid => {
            let text = folded(&shown(value)).into_owned();
            period::from_label(&text).is_none() && is_part_of(&text, period)
        }
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
    let mut other = free_texts(claims.iter()).filter_map(|(claim, text)| {
        let why = other_time(&text)?.why();
        let line: String = text.chars().take(LONGEST_QUOTE).collect();
        let message = format!("Dòng \u{201c}{line}\u{201d} ghi kỳ báo cáo {why}.");
        Some(Finding::new(&KY01, place(file, workbook, claim), message).value(line))
    });
    let message = "Không tìm thấy kỳ báo cáo trong tệp và trong tên tệp.";
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
            let why = other_time(&text)
                .map_or("không hiểu được là quý nào", |other| other.why());
            let message = format!("Kỳ báo cáo ghi \u{201c}{text}\u{201d}, {why}.");
            let place = place(file, workbook, claim);
            return Err(Box::new(Finding::new(&KY01, place, message).value(text)));
        }
        if let Some((again, other)) = said_again(claims, claim, period) {
            let message = format!(
                "Kỳ báo cáo ghi hai lần khác nhau: \u{201c}{text}\u{201d} và \u{201c}{other}\u{201d}, không rõ báo cáo của kỳ nào."
            );
            let place = place(file, workbook, again);
            return Err(Box::new(Finding::new(&KY01, place, message).value(other)));
        }
        return Ok(period);
    }
    let free: Vec<String> = free_texts(claims.iter().copied()).map(|(_, text)| text).collect();
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
