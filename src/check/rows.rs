//! The row of a table that a finding is about, named by what the row says, so that it is known again.

use crate::model::content::{MARKS, RowMarks};
use crate::model::submission::{Body, FilePath, Table};
use crate::model::text::{key, word_key};
use crate::model::{
    CarriedPetition, Field, Finding, Meeting, Petition, RollUpRow, Submission, Text,
};
use std::collections::HashMap;

/// A row that can be named by its words.
trait Named {
    /// Its number in the sheet.
    fn row(&self) -> u32;
    /// What it is known by.
    fn marks(&self) -> RowMarks;
}

/// Names the row of every finding that points into a table of a submission in use.
pub(super) fn name(findings: &mut [Finding], submissions: &[Submission]) {
    let mut tables: HashMap<(&FilePath, u32), Vec<&dyn Rows>> = HashMap::new();
    for submission in submissions {
        for table in rows_of(submission) {
            let file = table.file().unwrap_or(&submission.file);
            tables.entry((file, table.order())).or_default().push(table);
        }
    }
    for finding in findings {
        let place = &finding.place;
        let (Some(file), Some(sheet), Some(cell)) = (&place.file, &place.sheet, place.cell) else {
            continue;
        };
        let tables = tables.get(&(file, sheet.order)).into_iter().flatten();
        finding.row = tables.into_iter().find_map(|table| table.marks(cell.row));
    }
}

/// A table whatever its rows are.
trait Rows {
    /// The file it stands in where that is another one than its submission's.
    fn file(&self) -> Option<&FilePath>;
    /// Its sheet's place in the workbook.
    fn order(&self) -> u32;
    /// What the row of that number is known by.
    fn marks(&self, row: u32) -> Option<RowMarks>;
}

impl<R: Named> Rows for Table<R> {
    fn file(&self) -> Option<&FilePath> {
        self.sheet.file.as_ref()
    }

    fn order(&self) -> u32 {
        self.sheet.order
    }

    fn marks(&self, row: u32) -> Option<RowMarks> {
        let at = self.rows.binary_search_by_key(&row, Named::row).ok()?;
        self.rows.get(at).map(Named::marks)
    }
}

fn rows_of(submission: &Submission) -> Vec<&dyn Rows> {
    match &submission.body {
        Body::Detail(detail) => {
            let mut tables: Vec<&dyn Rows> = vec![&detail.meetings];
            tables.extend(detail.petitions.iter().map(|table| table as &dyn Rows));
            tables.extend(detail.carried.iter().map(|table| table as &dyn Rows));
            tables
        }
        Body::RollUp(table) => vec![table],
    }
}

/// What a cell says, as rows are told apart by it.
fn said<T>(field: &Field<T>, words: impl Fn(&T) -> String) -> Option<String> {
    field.given().map(words)
}

fn shown<T: ToString>(field: &Field<T>) -> Option<String> {
    said(field, T::to_string)
}

/// Long text with its numbers kept apart.
fn content(field: &Field<Text>) -> Option<String> {
    said(field, |text| word_key(text.as_str()))
}

impl Named for Meeting {
    fn row(&self) -> u32 {
        self.row
    }

    /// By what SL04 tells two meetings apart: day, place, who chaired.
    fn marks(&self) -> RowMarks {
        let place = said(&self.place, |text| key(text.as_str()));
        let name = said(&self.chair_name, |text| key(text.as_str()));
        let chair = said(&self.chair, |chair| chair.key().to_owned());
        let chair = (chair.is_some() || name.is_some())
            .then(|| [chair, name].map(Option::unwrap_or_default).join(" "));
        let words = [shown(&self.date), place, chair, shown(&self.attendees), content(&self.topic)];
        RowMarks::of(3, words)
    }
}

impl Named for Petition {
    fn row(&self) -> u32 {
        self.row
    }

    /// By what SL09 tells two petitions apart: their words.
    fn marks(&self) -> RowMarks {
        let words: [_; MARKS] = [
            content(&self.content),
            shown(&self.received),
            shown(&self.subject),
            said(&self.agency, |text| key(text.as_str())),
            shown(&self.acknowledged),
        ];
        RowMarks::of(1, words)
    }
}

impl Named for CarriedPetition {
    fn row(&self) -> u32 {
        self.row
    }

    fn marks(&self) -> RowMarks {
        let words = [
            content(&self.content),
            shown(&self.origin),
            shown(&self.subject),
            shown(&self.before),
            said(&self.authority, |one| one.label().to_owned()),
        ];
        RowMarks::of(1, words)
    }
}

impl Named for RollUpRow {
    fn row(&self) -> u32 {
        self.row
    }

    /// By the commune; a row of nobody's by its figures.
    fn marks(&self) -> RowMarks {
        let unit = self.unit.map(|unit| unit.to_string());
        let figures = [&self.total, &self.attendees, &self.opinions].map(shown);
        let named = unit.is_some();
        let [total, attendees, opinions] = figures;
        RowMarks::of(if named { 1 } else { 4 }, [unit, total, attendees, opinions, None])
    }
}
