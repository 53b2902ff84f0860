//! The row of a table that a finding is about, named by what the row says, so that it is known again.

use crate::model::content::{MARKS, RowMarks};
use crate::model::submission::{Body, FilePath, Table};
use crate::model::text::{key, word_key};
use crate::model::{
    CarriedPetition, Field, Finding, Meeting, Petition, RollUpRow, Submission, Text,
};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};

/// A row that can be named by its words.
trait Named {
    /// Its number in the sheet.
    fn row(&self) -> u32;
    /// What it is known by.
    fn marks(&self) -> RowMarks;
}

/// Names the row of every finding that points into a table of a submission in use.
pub(super) fn name(findings: &mut [Finding], submissions: &[Submission]) {
    let places = findings.iter().filter(|finding| finding.place.cell.is_some());
    let asked: HashSet<&FilePath> = places.filter_map(|f| f.place.file.as_ref()).collect();
    let mut tables: HashMap<(&FilePath, u32), Vec<&dyn Rows>> = HashMap::new();
    for submission in submissions {
        let own = asked.contains(&submission.file);
        for table in rows_of(submission) {
            let other = table.file().filter(|file| *file != &submission.file);
            if other.map_or(own, |file| asked.contains(file)) {
                let file = other.unwrap_or(&submission.file);
                tables.entry((file, table.order())).or_default().push(table);
            }
        }
    }
    let row_of = |finding: &Finding| {
        let place = &finding.place;
        let (file, sheet) = (place.file.as_ref()?, place.sheet.as_ref()?);
        let (tables, row) = (tables.get(&(file, sheet.order))?, place.cell?.row);
        tables.iter().find_map(|table| table.marks(row))
    };
    let rows: Vec<Option<RowMarks>> = findings.par_iter().map(row_of).collect();
    for (finding, row) in findings.iter_mut().zip(rows).filter(|(_, row)| row.is_some()) {
        finding.row = row;
    }
}

/// A table whatever its rows are.
trait Rows: Sync {
    /// The file it stands in where that is another one than its submission's.
    fn file(&self) -> Option<&FilePath>;
    /// Its sheet's place in the workbook.
    fn order(&self) -> u32;
    /// What the row of that number is known by.
    fn marks(&self, row: u32) -> Option<RowMarks>;
}

impl<R: Named + Sync> Rows for Table<R> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::content::Matter;
    use crate::model::submission::SheetName;
    use crate::model::{CellRef, Chair, Count, Place, UnitCode};
    use crate::rules::hs_meeting_papers::HS02;
    use crate::rules::testing::{Trial, blank, count, date, set, text};

    /// The row of a finding at that place.
    fn row_at(submission: &Submission, file: &str, (order, row): (u32, u32)) -> Option<RowMarks> {
        let sheet = SheetName::new("Trang", order);
        let place = Place::sheet(&FilePath::new(file), &sheet, Some(CellRef::new(row, 9)));
        let mut findings = [Finding::new(&HS02, place, "x")];
        name(&mut findings, std::slice::from_ref(submission));
        findings[0].row
    }

    /// The key by which a finding of that row is known: what names the row, and nothing else.
    fn named(row: RowMarks) -> String {
        Matter::named("HS02", "").key("02989", Some(row))
    }

    type Change = fn(&mut Trial);

    /// The row after a change: none of it is another, or only what it says, or also what names it.
    #[derive(Debug, PartialEq, Eq)]
    enum Differs {
        Nothing,
        Said,
        Name,
    }

    fn differs(before: RowMarks, after: RowMarks) -> Differs {
        match (named(before) == named(after), before == after) {
            (true, true) => Differs::Nothing,
            (true, false) => Differs::Said,
            (false, _) => Differs::Name,
        }
    }

    const MEETING: (u32, u32) = (1, 5);
    const PETITION: (u32, u32) = (2, 4);
    const CARRIED: (u32, u32) = (3, 4);

    #[test]
    fn what_names_a_row_and_what_else_it_says() {
        for (at, change, expected) in [
            (MEETING, (|t| date(&mut t.meeting(0).date, "2021-03-11")) as Change, Differs::Name),
            (MEETING, |t| text(&mut t.meeting(0).place, "Thôn 9"), Differs::Name),
            (MEETING, |t| text(&mut t.meeting(0).place, "NHÀ VĂN HÓA, THÔN 1"), Differs::Nothing),
            (MEETING, |t| set(&mut t.meeting(0).chair, Chair::Chairman), Differs::Name),
            (MEETING, |t| text(&mut t.meeting(0).chair_name, "Lò Văn B"), Differs::Name),
            (MEETING, |t| count(&mut t.meeting(0).attendees, 86), Differs::Said),
            (MEETING, |t| text(&mut t.meeting(0).topic, "Nước sạch"), Differs::Said),
            (MEETING, |t| count(&mut t.meeting(0).women, 1), Differs::Nothing),
            (MEETING, |t| blank(&mut t.meeting(0).minutes_date), Differs::Nothing),
            (PETITION, |t| text(&mut t.petition(0).content, "Sửa kênh"), Differs::Name),
            (PETITION, |t| date(&mut t.petition(0).received, "2021-03-12"), Differs::Said),
            (PETITION, |t| text(&mut t.petition(0).agency, "Phòng khác"), Differs::Said),
            (PETITION, |t| date(&mut t.petition(0).acknowledged, "2021-03-13"), Differs::Said),
            (PETITION, |t| text(&mut t.petition(0).reply_no, "999"), Differs::Nothing),
            (CARRIED, |t| text(&mut t.carried().content, "Sửa kênh"), Differs::Name),
            (CARRIED, |t| blank(&mut t.carried().origin), Differs::Said),
            (CARRIED, |t| blank(&mut t.carried().authority), Differs::Said),
            (CARRIED, |t| blank(&mut t.carried().before), Differs::Said),
        ] {
            let mut trial = Trial::clean();
            let before = row_at(&trial.submission, "xa.xlsx", at).unwrap();
            change(&mut trial);
            let after = row_at(&trial.submission, "xa.xlsx", at).unwrap();
            assert_eq!(differs(before, after), expected, "{at:?}: {before:?} {after:?}");
        }
    }

    #[test]
    fn nobody_and_nothing_are_two_things_in_who_chaired() {
        let mut trial = Trial::clean();
        blank(&mut trial.meeting(0).chair);
        let named_only = row_at(&trial.submission, "xa.xlsx", MEETING).unwrap();
        blank(&mut trial.meeting(0).chair_name);
        let neither = row_at(&trial.submission, "xa.xlsx", MEETING).unwrap();
        assert_eq!(differs(named_only, neither), Differs::Name);
        // A blank takes nothing from the likeness of two rows, another name does.
        assert!(neither.is_like(named_only));
        date(&mut trial.meeting(0).date, "2021-03-11");
        assert!(row_at(&trial.submission, "xa.xlsx", MEETING).unwrap().is_like(named_only));
    }

    #[test]
    fn only_rows_of_tables_have_a_name() {
        let trial = Trial::clean();
        for (file, at) in
            [("xa.xlsx", (0, 5)), ("xa.xlsx", (9, 5)), ("xa.xlsx", (1, 99)), ("khac.xlsx", MEETING)]
        {
            assert_eq!(row_at(&trial.submission, file, at), None, "{file} {at:?}");
        }
        let rows = [MEETING, PETITION, CARRIED].map(|at| row_at(&trial.submission, "xa.xlsx", at));
        assert!(rows.iter().all(Option::is_some) && rows[0] != rows[1] && rows[1] != rows[2]);
    }

    #[test]
    fn a_table_in_a_file_of_its_own_is_found_there() {
        let mut trial = Trial::clean();
        trial.detail().petitions.as_mut().unwrap().sheet.file = Some(FilePath::new("bieu-2.csv"));
        assert!(row_at(&trial.submission, "bieu-2.csv", PETITION).is_some());
        assert_eq!(row_at(&trial.submission, "xa.xlsx", PETITION), None);
    }

    #[test]
    fn a_line_of_a_roll_up_is_named_by_its_commune_or_else_by_its_figures() {
        let line = |unit: Option<&str>, [total, people]: [u32; 2]| {
            let field = |value| Field::new(CellRef::new(6, 3), Count::new(value));
            let row = RollUpRow {
                row: 6,
                unit: unit.and_then(UnitCode::parse),
                total: field(total),
                attendees: field(people),
                ..RollUpRow::default()
            };
            let mut trial = Trial::clean();
            let sheet = SheetName::new("Biểu 02", 0);
            let table = Table { rows: vec![row], sheet, ..Table::default() };
            trial.submission.body = Body::RollUp(table);
            row_at(&trial.submission, "xa.xlsx", (0, 6)).unwrap()
        };
        let known = line(Some("02977"), [1, 70]);
        for (other, expected) in [
            (line(Some("02977"), [2, 70]), Differs::Said),
            (line(Some("02977"), [1, 71]), Differs::Said),
            (line(Some("02980"), [1, 70]), Differs::Name),
            (line(None, [1, 70]), Differs::Name),
        ] {
            assert_eq!(differs(known, other), expected);
        }
        assert_eq!(differs(line(None, [1, 70]), line(None, [1, 71])), Differs::Name);
    }
}
