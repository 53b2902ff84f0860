//! Lines and titles which say that the rows of a table are something else than the unit's figures of the quarter: another
//! unit's, another quarter's, a plan, a draft. The rows are read all the same; nobody but the unit knows.

use super::cautions::{Beside, Cautions, Spot, begins_part};
use super::mentions::named_in;
use super::reader::Source;
use super::values::{folded, is_blank, shown};
use crate::model::text::word_key;
use crate::model::{CellRef, Finding, Level, Period, Place, Severity, Unit};
use crate::notation::period;
use crate::notation::period_other::{OtherTime, other_time, year_of_title};
use crate::open::{Row, Sheet, Value};
use crate::recognise::claims::FREE_TEXT;
use crate::recognise::{Claim, FoundTable, Source as Trust, TableId};
use crate::register::Register;
use crate::rules::dl::DL08;
use crate::rules::dv::DV03;
use crate::rules::ky::KY02;
use std::collections::BTreeMap;

/// Rows of one table that are told one by one.
const MOST: usize = 20;
/// Texts in a row beyond which it is no line of words.
const WIDEST: usize = 4;
/// Letters of a line that are quoted.
const QUOTED: usize = 120;

/// A table with what is known of its file.
pub(super) struct OtherFigures<'a> {
    pub(super) source: Source<'a>,
    pub(super) table: &'a FoundTable,
    /// What the table is called.
    pub(super) label: &'a str,
    /// The name of its sheet in the form.
    pub(super) own_name: &'a str,
    pub(super) unit: &'a Unit,
    pub(super) period: Period,
    pub(super) register: &'a Register,
    pub(super) cautions: &'a Cautions,
    /// The codes of its rows that words may be held against, by row.
    pub(super) codes: BTreeMap<u32, Vec<&'static str>>,
}

impl OtherFigures<'_> {
    /// One finding for each title, each line between the rows and each note that says so.
    pub(super) fn findings(&self, claims: &[Claim]) -> Vec<Finding> {
        let mut findings = self.titles(claims);
        findings.extend(self.sheet_name(&findings));
        findings.extend(self.other_unit_in_rows());
        findings.extend(self.lines());
        findings.extend(self.under_table());
        findings.extend(self.notes());
        let rest = findings.len().saturating_sub(MOST);
        findings.truncate(MOST);
        findings.extend((rest > 0).then(|| {
            let message = format!("{} còn {rest} hàng khác như vậy, vẫn được tính.", self.label);
            self.finding(None, message)
        }));
        findings
    }

    /// The titles above the table, each with its cell.
    fn titles_of(&self, claims: &[Claim]) -> Vec<(Option<CellRef>, String)> {
        let own = claims.iter().filter(|claim| {
            (claim.source, claim.field) == (Trust::Title, FREE_TEXT)
                && claim.sheet == Some(self.table.sheet)
        });
        own.filter_map(|claim| {
            Some((claim.cell, folded(&shown(claim.value.as_ref()?)).into_owned()))
        })
        .collect()
    }

    fn titles(&self, claims: &[Claim]) -> Vec<Finding> {
        let titles = self.titles_of(claims);
        let said = titles.iter().filter_map(|(cell, text)| {
            let means = self.cautions.meaning(text, self.beside(Spot::Titles))?;
            let message = format!(
                "Dòng tiêu đề \u{201c}{}\u{201d} cho thấy đây là {means}; số liệu của {} vẫn được tính.",
                quoted(text),
                self.label
            );
            Some(self.finding(*cell, message))
        });
        let time = self.other_quarter(&titles).or_else(|| self.other_time(&titles));
        said.chain(time).chain(self.other_unit(&titles)).collect()
    }

    /// KY02 where a title is about another span than a quarter, or another quarter without its year.
    fn other_time(&self, titles: &[(Option<CellRef>, String)]) -> Option<Finding> {
        if self.table.id == TableId::Carried {
            return None;
        }
        let other_year = |text| year_of_title(text).filter(|year| *year != self.period.year());
        let time = |text| other_time(text).or_else(|| other_year(text).map(OtherTime::Year));
        let times = titles.iter().filter_map(|(cell, text)| Some((cell, text, time(text)?)));
        // What a line says of itself in other words has been told.
        let untold = |text: &str| self.cautions.meaning(text, self.beside(Spot::Titles)).is_none();
        let times: Vec<_> = times.filter(|(_, text, _)| untold(text)).collect();
        let named = times.iter().any(|(.., time)| matches!(time, OtherTime::NoYear(_)))
            || titles.iter().any(|(_, text)| !period::all_in(text).is_empty());
        let (cell, text, _) = times.into_iter().find(|(.., time)| {
            // `QUÝ I` and `NĂM 2021` stand in two rows; days are held against the profile's.
            let year = named && *time == OtherTime::Year(self.period.year());
            !year && !matches!(time, OtherTime::Days(..)) && time.is_against(self.period)
        })?;
        let message = format!(
            "Dòng tiêu đề \u{201c}{}\u{201d} của {} ghi kỳ khác, còn tệp ghi {}; số liệu được tính cho {}.",
            quoted(text),
            self.label,
            self.period.label(),
            self.period.label()
        );
        Some(Finding::new(&KY02, self.place(*cell), message).value(quoted(text)))
    }

    /// KY02 where the titles name quarters, and not that of the file.
    fn other_quarter(&self, titles: &[(Option<CellRef>, String)]) -> Option<Finding> {
        // Nearly every table names its quarter, or none: that was found when it was recognised.
        let as_stated = self.table.named_quarter().is_none_or(|named| named == self.period);
        if as_stated || self.table.id == TableId::Carried {
            return None;
        }
        let named = period::all_in_lines(titles.iter().map(|(_, text)| text.as_str()));
        let other = named.first().filter(|_| !named.contains(&self.period))?;
        let at = titles.iter().find(|(_, text)| period::all_in(text).contains(other));
        let message = format!(
            "Tiêu đề của {} ghi {}, còn tệp ghi {}; số liệu được tính cho {}.",
            self.label,
            other.label(),
            self.period.label(),
            self.period.label()
        );
        let place = self.place(at.and_then(|(cell, _)| *cell));
        Some(Finding::new(&KY02, place, message).value(other.label()))
    }

    /// DV03 where the titles name units of the same level or above, and neither the file's own nor one that it lies in.
    fn other_unit(&self, titles: &[(Option<CellRef>, String)]) -> Option<Finding> {
        let day = self.period.last_day();
        let own_name = self.unit.name.as_str();
        if titles.iter().any(|(_, text)| text.contains(own_name)) {
            return None;
        }
        let mut named = titles.iter().flat_map(|(cell, text)| {
            let units = named_in(text, self.register, day).into_iter();
            units.filter(|unit| unit.level <= self.unit.level).map(move |unit| (*cell, unit))
        });
        let above = |unit: &Unit| self.register.is_within(self.unit, unit.code, day);
        let (cell, other) = named.find(|(_, unit)| unit.code == self.unit.code || !above(unit))?;
        if other.code == self.unit.code {
            return None;
        }
        if named.any(|(_, unit)| unit.code == self.unit.code) {
            return None;
        }
        let message = format!(
            "Tiêu đề của {} ghi {}, còn nơi khác trong tệp ghi {}; số liệu được tính cho {}.",
            self.label,
            other.full_name(),
            self.unit.full_name(),
            self.unit.full_name()
        );
        Some(Finding::new(&DV03, self.place(cell), message).value(other.full_name()))
    }

    /// One finding for each row under a line that says so: up to the next part, or the sum of this one.
    fn lines(&self) -> Vec<Finding> {
        let rows = &self.table.rows;
        let (from, to) = (self.table.data_from, rows.data.last().copied().unwrap_or_default());
        let first = self.source.sheet.rows.partition_point(|row| row.index < from);
        let mut part: Option<(String, String)> = None;
        let mut heading: Option<String> = None;
        let mut findings = Vec::new();
        for row in self.source.sheet.rows.iter().skip(first).take_while(|row| row.index <= to) {
            if rows.data.binary_search(&row.index).is_ok() {
                let against = || self.against(row, heading.as_deref()?);
                let said = part.as_ref().map(|part| self.under(row, part)).or_else(against);
                findings.extend(said);
            } else if let Some(text) = words_of(row) {
                let ends = begins_part(&word_key(&text))
                    || rows.sums.binary_search_by_key(&row.index, |(sum, _)| *sum).is_ok();
                heading = Some(text.clone());
                let means = self.meaning(&text).map(|means| (text, means));
                part = means.or(part.filter(|_| !ends));
            }
        }
        findings
    }

    fn under(&self, row: &Row, (line, means): &(String, String)) -> Finding {
        let message = format!(
            "Hàng {} của {} nằm dưới dòng \u{201c}{}\u{201d}, có thể là {means}; hàng này vẫn được tính.",
            row.index + 1,
            self.label,
            quoted(line)
        );
        let filled = row.cells.iter().find(|cell| !is_blank(&cell.value));
        self.finding(filled.map(|cell| CellRef::new(row.index, cell.col)), message)
    }

    /// Where a heading says another thing of a row than the row's own code: `Chưa giải quyết` above K2.
    fn against(&self, row: &Row, heading: &str) -> Option<Finding> {
        let codes = self.codes_of(row.index);
        let means = self.cautions.meaning_beside(heading, self.beside(Spot::Lines), codes)?;
        Some(self.under(row, &(heading.to_owned(), means.to_owned())))
    }

    /// Lines of words under the rows, down to the next table.
    fn under_table(&self) -> Vec<Finding> {
        let rows = &self.table.rows;
        let Some(last) = rows.data.last() else { return Vec::new() };
        let mut all: Vec<&str> = self.codes.values().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        let lines = lines_under(self.source.sheet, *last);
        lines
            .filter_map(|(at, text)| {
                let means = self.cautions.meaning_beside(&text, self.beside(Spot::Under), &all)?;
                let message = format!(
                    "Dòng \u{201c}{}\u{201d} dưới bảng cho thấy trong {} có {means}; số liệu vẫn được tính.",
                    quoted(&text),
                    self.label
                );
                Some(self.finding(Some(at), message))
            })
            .collect()
    }

    fn codes_of(&self, row: u32) -> &[&'static str] {
        self.codes.get(&row).map_or(&[], Vec::as_slice)
    }

    fn notes(&self) -> impl Iterator<Item = Finding> {
        // What is noted beside a petition is about the petition, but for a few words.
        let counts = matches!(self.table.id, TableId::Meetings | TableId::RollUp);
        let spot = if counts { Spot::Notes } else { Spot::PetitionNotes };
        let col = self.table.columns.at.get("note");
        let rows = self.table.rows.data.iter();
        let cells = col
            .into_iter()
            .flat_map(move |col| rows.clone().map(move |row| CellRef::new(*row, col)));
        cells.filter_map(move |at| {
            let Value::Text(text) = &self.source.sheet.cell(at)?.value else { return None };
            let text = folded(text).into_owned();
            let codes = self.codes_of(at.row);
            let means = self.cautions.meaning_beside(&text, self.beside(spot), codes)?;
            let message = format!(
                "Ghi chú \u{201c}{}\u{201d} cho thấy đây là {means}; số liệu của hàng {} vẫn được tính.",
                quoted(&text),
                at.row + 1
            );
            Some(self.finding(Some(at), message))
        })
    }

    /// What the rows under a line are by its words, where that is not the unit's own of the quarter.
    fn meaning(&self, text: &str) -> Option<String> {
        if let Some(means) = self.cautions.meaning(text, self.beside(Spot::Lines)) {
            return Some(means.to_owned());
        }
        let periods = period::all_in(text);
        if self.table.id != TableId::Carried
            && let Some(other) = periods.first()
            && !periods.contains(&self.period)
        {
            return Some(format!("số liệu của {}", other.label()));
        }
        // In a roll-up other units are what the rows are about.
        if self.table.id == TableId::RollUp {
            return None;
        }
        let day = self.period.last_day();
        let named = named_in(text, self.register, day);
        let own = named.iter().any(|unit| unit.code == self.unit.code);
        let above = |unit: &&&Unit| self.register.is_within(self.unit, unit.code, day);
        let other = named.iter().find(|unit| !above(unit)).filter(|_| !own)?;
        Some(format!("số liệu của {}", other.full_name()))
    }

    pub(super) fn beside(&self, spot: Spot) -> Beside {
        let commune = self.unit.level == Level::Commune;
        let carried = self.table.id == TableId::Carried;
        Beside { spot, commune, carried, last_day: self.period.last_day() }
    }

    pub(super) fn place(&self, cell: Option<CellRef>) -> Place {
        Place::sheet(self.source.file, self.source.sheet_name(), cell)
    }

    /// What such a row counts for is in doubt, and the figures with it: to be mended, not only looked at.
    fn finding(&self, cell: Option<CellRef>, message: String) -> Finding {
        Finding::new(&DL08, self.place(cell), message)
            .with_severity(Severity::Error)
            .help("Chỉ để trong bảng số liệu của đơn vị trong kỳ; xóa phần không phải rồi gửi lại. Nếu đúng là số liệu của kỳ thì sửa lại dòng chữ.")
    }
}

/// Rows under a table that are looked through.
const MOST_UNDER: usize = 60;
/// Cells of a row that is no line under a table, but the header of the next one.
const HEADER_CELLS: usize = 6;

/// The lines of words under a row, down to the next table of the sheet.
pub(super) fn lines_under(sheet: &Sheet, row: u32) -> impl Iterator<Item = (CellRef, String)> {
    let first = sheet.rows.partition_point(|below| below.index <= row);
    let rows = sheet.rows.iter().skip(first).take(MOST_UNDER);
    let rows = rows.take_while(|row| row.cells.len() < HEADER_CELLS);
    rows.filter_map(|row| {
        let words = |value: &Value| match value {
            Value::Text(_) => true,
            value => is_blank(value),
        };
        let filled = row.cells.iter().find(|cell| !is_blank(&cell.value))?;
        let text = words_of(row).filter(|_| row.cells.iter().all(|cell| words(&cell.value)))?;
        Some((CellRef::new(row.index, filled.col), text))
    })
}

/// The words of a row that is a line of words.
pub(super) fn words_of(row: &Row) -> Option<String> {
    let texts = row.cells.iter().filter_map(|cell| match &cell.value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    });
    let texts: Vec<&str> = texts.take(WIDEST + 1).collect();
    let few = (1..=WIDEST).contains(&texts.len());
    few.then(|| folded(&texts.join(" ")).into_owned())
}

fn quoted(text: &str) -> String {
    text.chars().take(QUOTED).collect()
}
