//! The rows of a Form 01: Biểu 1, Biểu 2 and Biểu 3.

use super::codes::Codes;
use super::measures::measure;
use super::reader::{Source, TableReader};
use super::spoken_sums::spoken_sums;
use super::values::folded;
use super::whose_row::Owners;
use crate::model::submission::{Table, WrittenTotal};
use crate::model::{
    CarriedPetition, CellRef, Chair, DeputyPost, Field, Finding, Meeting, Petition, Subject, Text,
};
use crate::notation::number::{self, CountReading};
use crate::notation::period;
use crate::open::Value;
use crate::recognise::FoundTable;
use crate::recognise::forms::TableForm;
use std::borrow::Cow;

/// Reads Biểu 1.
pub fn meetings(
    source: Source<'_>,
    table: &FoundTable,
    form: &TableForm,
    codes: &Codes,
    findings: &mut Vec<Finding>,
) -> Table<Meeting> {
    let mut owners = Owners::default();
    read_rows(source, table, form, findings, |reader, row| {
        let meeting = meeting(reader, row, codes);
        let meeting = owners.claim(reader, meeting);
        reader.compare_chair(&meeting.chair, &meeting.chair_name);
        Meeting { deputy: deputy(reader, &meeting, codes), ..meeting }
    })
}

fn meeting(reader: &mut TableReader<'_>, row: u32, codes: &Codes) -> Meeting {
    Meeting {
        row,
        no: reader.ordinal("no"),
        date: reader.date("date"),
        place: reader.text("place"),
        format: reader.code("format", &codes.format),
        kind: reader.code("kind", &codes.kind),
        chair: reader.chair("chair", &codes.chair),
        deputy: None,
        chair_name: reader.text("chair_name"),
        topic: reader.text("topic"),
        with_tuyen_van: reader.code("with_tuyen_van", &codes.yes_no),
        announced: reader.date("announced"),
        attendees: reader.count("attendees"),
        women: reader.count("women"),
        minority: reader.count("minority"),
        speakers: reader.count("speakers"),
        opinions: reader.count("opinions"),
        outcomes: OUTCOME_FIELDS.map(|field| reader.count(field)),
        plan_no: reader.paper_no("plan_no", &codes.not_issued),
        plan_date: reader.paper_date(["plan_no", "plan_date"], &codes.not_issued),
        minutes_date: reader.date("minutes_date"),
        notice_no: reader.paper_no("notice_no", &codes.not_issued),
        notice_date: reader.paper_date(["notice_no", "notice_date"], &codes.not_issued),
        published: reader.date("published"),
        note: reader.text("note"),
    }
}

/// Whose deputy chaired, by the words of the code or by the post beside the name.
fn deputy(reader: &TableReader<'_>, meeting: &Meeting, codes: &Codes) -> Option<DeputyPost> {
    meeting.chair.value().filter(|chair| *chair == Chair::Deputy)?;
    let words = reader.coded_beside("chair").map_or(Cow::Borrowed(""), |(_, words)| words);
    let words = folded(&words);
    let words = codes.chair.of_who_chairs(&words).unwrap_or(Cow::Borrowed(""));
    let name = meeting.chair_name.given().map_or("", Text::as_str);
    DeputyPost::named_in(&format!("{words}, {name}"))
}

/// The columns of K1 … K5 in Biểu 1 and Biểu 02.
pub const OUTCOME_FIELDS: [&str; 5] =
    ["answered", "resolved", "pending", "unresolved", "forwarded"];

/// Reads Biểu 2.
pub fn petitions(
    source: Source<'_>,
    table: &FoundTable,
    form: &TableForm,
    codes: &Codes,
    findings: &mut Vec<Finding>,
) -> Table<Petition> {
    read_rows(source, table, form, findings, |reader, row| Petition {
        row,
        no: reader.line_number("no"),
        meeting_no: reader.ordinal("meeting_no"),
        content: reader.text("content"),
        subject: reader.code_or("field", &codes.subject, Some(Subject::OTHER)),
        authority: reader.code("authority", &codes.authority),
        agency: reader.text("agency"),
        received: reader.date("received"),
        acknowledged: reader.date("acknowledged"),
        outcome: reader.code("outcome", &codes.outcome),
        reply_no: reader.paper_no("reply_no", &codes.not_issued),
        reply_date: reader.paper_date(["reply_no", "reply_date"], &codes.not_issued),
        repeated: reader.code("repeated", &codes.yes_no),
        note: reader.text("note"),
    })
}

/// Reads Biểu 3.
pub fn carried(
    source: Source<'_>,
    table: &FoundTable,
    form: &TableForm,
    codes: &Codes,
    findings: &mut Vec<Finding>,
) -> Table<CarriedPetition> {
    read_rows(source, table, form, findings, |reader, row| CarriedPetition {
        row,
        no: reader.line_number("no"),
        origin: reader.parsed("origin", "quý và năm, ví dụ Quý I/2021", origin_of),
        content: reader.text("content"),
        subject: reader.code_or("field", &codes.subject, Some(Subject::OTHER)),
        authority: reader.code("authority", &codes.authority),
        before: reader.code("before", &codes.outcome),
        outcome: reader.code("outcome", &codes.outcome),
        reply_no: reader.paper_no("reply_no", &codes.not_issued),
        reply_date: reader.paper_date(["reply_no", "reply_date"], &codes.not_issued),
        note: reader.text("note"),
    })
}

/// Reads every row of data of a table, and the sums written under it.
pub fn read_rows<R>(
    source: Source<'_>,
    table: &FoundTable,
    form: &TableForm,
    findings: &mut Vec<Finding>,
    mut read: impl FnMut(&mut TableReader<'_>, u32) -> R,
) -> Table<R> {
    let mut reader = TableReader::new(source, table, form);
    let mut rows = Vec::with_capacity(table.rows.data.len());
    for &row in &table.rows.data {
        reader.go_to(row);
        rows.push(read(&mut reader, row));
    }
    findings.extend(reader.into_findings());
    Table {
        sheet: source.sheet_name().clone(),
        rows,
        anchor: table.anchor,
        written_totals: written_totals(source, table),
        absent: table.columns.absent.clone(),
    }
}

/// The readable sums of the rows of sums; what is blank or text there is decoration.
fn written_totals(source: Source<'_>, table: &FoundTable) -> Vec<WrittenTotal> {
    let mut totals = Vec::new();
    for (row, covers) in &table.rows.sums {
        for (field, col) in table.columns.at.all() {
            let at = CellRef::new(*row, col);
            let reading = match source.sheet.cell(at).map(|cell| &cell.value) {
                Some(Value::Number(sum)) => number::from_number(*sum),
                Some(Value::Text(text)) if text.contains(|c: char| c.is_numeric()) => {
                    number::from_text(&folded(text), measure(field))
                }
                _ => continue,
            };
            if let CountReading::Plain(count) = reading {
                totals.push(WrittenTotal { field, value: Field::new(at, count), covers: *covers });
            }
        }
    }
    totals.extend(spoken_sums(source, table));
    totals
}

/// The quarter in which a petition was raised. `4/2020` may be April as well: only with its word, or in Roman
/// numbers, is it a quarter.
fn origin_of(text: &str) -> Option<crate::model::Period> {
    let bare = text.trim().split('/').all(|part| part.trim().bytes().all(|b| b.is_ascii_digit()));
    period::from_label(text).filter(|_| !bare)
}
