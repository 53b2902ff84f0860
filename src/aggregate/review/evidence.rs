//! The documents that the submissions name (minh chứng): each once, with every cell that names it.

use super::model::UnitYear;
use crate::aggregate::Summary;
use crate::model::privacy::masked;
use crate::model::submission::{Detail, FilePath, SheetName, Submission};
use crate::model::text::word_key;
use crate::model::{CellRef, Field, Period, Place, Text, UnitCode};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// Báo cáo.
    Report,
    /// Kế hoạch.
    Plan,
    /// Biên bản.
    Minutes,
    /// Thông báo kết luận.
    Notice,
    /// Văn bản trả lời kiến nghị.
    Reply,
}

impl DocumentKind {
    /// All kinds, in the order of the list.
    pub const ALL: [Self; 5] = [Self::Report, Self::Plan, Self::Minutes, Self::Notice, Self::Reply];

    /// The word used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Plan => "plan",
            Self::Minutes => "minutes",
            Self::Notice => "notice",
            Self::Reply => "reply",
        }
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Report => "Báo cáo",
            Self::Plan => "Kế hoạch",
            Self::Minutes => "Biên bản",
            Self::Notice => "Thông báo kết luận",
            Self::Reply => "Văn bản trả lời",
        }
    }
}

/// One document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Whose, as a place in the list of units.
    pub unit: usize,
    /// What it is.
    pub kind: DocumentKind,
    /// Its number and symbol, as written; none for a document without one.
    pub number: Option<String>,
    /// Every day that is given for it: more than one where the cells do not agree.
    pub dates: Vec<NaiveDate>,
    /// Whether its number or a day of it could not be read.
    pub unreadable: bool,
    /// The cells that name it, with their quarter, in the order of the files.
    pub places: Vec<(Period, Place)>,
}

/// What tells two documents apart: kind and number; without a number the cell alone.
type Identity = (usize, DocumentKind, String, Option<(Period, usize)>);

/// The documents of the year, by unit, kind and where they are first named. They are all that a review needs
/// of the submissions, which are dropped: a nation's rows of a year are some hundred megabytes.
pub(super) fn documents(all: &mut [Summary], year: i32, units: &[UnitYear]) -> Vec<Document> {
    let mut list = List::default();
    for quarter in all {
        let period = quarter.period.last();
        let owners = owners(units, period);
        for submission in std::mem::take(&mut quarter.submissions) {
            let owner = owners.get(&submission.unit).filter(|_| period.year() == year);
            let Some(unit) = owner.copied() else { continue };
            list.submission((unit, period), &submission);
        }
    }
    let mut documents = list.found;
    // Stable: within a unit and kind they stay in the order of quarters and rows.
    documents.sort_by_key(|one| (one.unit, one.kind));
    documents
}

/// Which unit of the list a code means in that quarter.
fn owners(units: &[UnitYear], period: Period) -> BTreeMap<UnitCode, usize> {
    let then = units.iter().enumerate().flat_map(|(at, unit)| {
        unit.known().filter(|known| known.period == period).map(move |known| (known.code, at))
    });
    then.collect()
}

#[derive(Default)]
struct List {
    found: Vec<Document>,
    known: BTreeMap<Identity, usize>,
}

impl List {
    fn submission(&mut self, of: (usize, Period), submission: &Submission) {
        let sheet = submission.head_sheet.as_ref();
        let here = Source { of, file: &submission.file, sheet };
        here.add(self, DocumentKind::Report, &submission.report_no, &submission.report_date);
        if let Some(detail) = submission.detail() {
            self.detail(of, &submission.file, detail);
        }
    }

    fn detail(&mut self, of: (usize, Period), file: &FilePath, detail: &Detail) {
        let none = Field::absent();
        let source = |sheet| Source { of, file, sheet: Some(sheet) };
        let meetings = &detail.meetings;
        for row in &meetings.rows {
            let here = source(&meetings.sheet);
            here.add(self, DocumentKind::Plan, &row.plan_no, &row.plan_date);
            here.add(self, DocumentKind::Minutes, &none, &row.minutes_date);
            here.add(self, DocumentKind::Notice, &row.notice_no, &row.notice_date);
        }
        if let Some(table) = &detail.petitions {
            for row in &table.rows {
                let here = source(&table.sheet);
                here.add(self, DocumentKind::Reply, &row.reply_no, &row.reply_date);
            }
        }
        if let Some(table) = &detail.carried {
            for row in &table.rows {
                let here = source(&table.sheet);
                here.add(self, DocumentKind::Reply, &row.reply_no, &row.reply_date);
            }
        }
    }
}

/// Where a document is named.
#[derive(Clone, Copy)]
struct Source<'a> {
    of: (usize, Period),
    file: &'a FilePath,
    sheet: Option<&'a SheetName>,
}

impl Source<'_> {
    /// Adds the document of one row, or one more cell that names it.
    fn add(
        self,
        list: &mut List,
        kind: DocumentKind,
        number: &Field<Text>,
        date: &Field<NaiveDate>,
    ) {
        if number.is_blank() && date.is_blank() {
            return;
        }
        let (unit, period) = self.of;
        let written = number.given().map(|text| masked(text.as_str()).into_owned());
        // Words stay apart: 1-12/KH is not 11-2/KH.
        let word = number.given().map(|text| word_key(text.as_str())).unwrap_or_default();
        let alone = word.is_empty().then_some((period, list.found.len()));
        let next = list.found.len();
        let at = *list.known.entry((unit, kind, word, alone)).or_insert(next);
        if at == next {
            let (number, dates, places) = (written, Vec::new(), Vec::new());
            list.found.push(Document { unit, kind, number, dates, unreadable: false, places });
        }
        let Some(document) = list.found.get_mut(at) else { return };
        document.unreadable |= number.is_unreadable() || date.is_unreadable();
        if let Some(day) = date.value().filter(|day| !document.dates.contains(day)) {
            document.dates.push(day);
        }
        document.places.push((period, self.place(number.cell().or(date.cell()))));
    }

    fn place(self, cell: Option<CellRef>) -> Place {
        match self.sheet {
            Some(sheet) => Place::sheet(self.file, sheet, cell),
            None => Place { file: Some(self.file.clone()), sheet: None, cell },
        }
    }
}
