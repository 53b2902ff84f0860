//! Compares what was read with the truth: every difference must be named by a finding.

use super::clean;
use super::draft::*;
use super::render::{Places, Written, written};
use qc17::calendar::Calendar;
use qc17::model::submission::{Body, FilePath, Submission};
use qc17::model::{
    Authority, CarriedPetition, Chair, Count, Field, Finding, Form, Geography, Kind as MeetingKind,
    Meeting, MeetingFormat, Outcome, Period, Petition, RollUpRow, UnitCode,
};
use qc17::normalise::{Codes, Normalised, Terms, normalise};
use qc17::open::{Limits, Workbook};
use qc17::pipeline::Job;
use qc17::profile::Profile;
use qc17::recognise::{Forms, recognise};
use qc17::register::Register;
use std::collections::BTreeMap;
use std::path::Path;

/// What a run of the two stages is understood by.
pub struct Court {
    pub register: Register,
    pub forms: Forms,
    pub codes: Codes,
}

/// What came of one draft.
pub struct Verdict {
    pub findings: Vec<Finding>,
    /// Whether the figures equal the truth in full.
    pub exact: bool,
    /// Differences that no finding names: each is a fault of the program.
    pub silent: Vec<String>,
}

impl Court {
    pub fn new() -> Self {
        Self {
            register: Register::embedded().unwrap(),
            forms: Forms::load(&BTreeMap::new()).unwrap(),
            codes: Codes::load().unwrap(),
        }
    }

    /// The quarter of the whole province (10) out of a folder.
    #[allow(dead_code, reason = "for those who run a whole folder")]
    pub fn job(self, folder: &Path, period: Period) -> Job {
        Job {
            folders: vec![folder.to_owned()],
            history: Vec::new(),
            geography: Geography::Now,
            profiles: Vec::new(),
            outputs: None,
            period: Some(period.into()),
            as_of: None,
            scope: UnitCode::parse("10"),
            register: self.register,
            profile: Profile::embedded("quy-che-17").unwrap(),
            calendar: Calendar::embedded().unwrap(),
            forms: self.forms,
            codes: self.codes,
            limits: Limits::default(),
        }
    }

    /// Reads that form of a workbook.
    pub fn read(&self, kind: Kind, file: &str, book: &Workbook) -> Normalised {
        let file = FilePath::new(file);
        let (first, second) = recognise(&file, book, &self.forms).by_form(&file, book, &self.forms);
        let form = if kind == Kind::RollUp { Form::RollUp } else { Form::Detail };
        let recognised = second.filter(|second| second.form == Some(form)).unwrap_or(first);
        let terms = Terms {
            forms: &self.forms,
            codes: &self.codes,
            register: &self.register,
            asked: None,
            scope: None,
        };
        normalise(&file, book, recognised, terms)
    }

    /// Reads a draft as a grid and judges the reading.
    pub fn judge(&self, draft: &Draft) -> Verdict {
        let Written { book, places } = written(draft);
        judge_read(draft, &places, self.read(draft.kind, &draft.file, &book))
    }
}

/// Compares a reading with the truth.
pub fn judge_read(draft: &Draft, places: &Places, read: Normalised) -> Verdict {
    let findings = read.findings;
    let Ok(submission) = read.outcome else {
        let named = findings.iter().any(|f| f.severity == qc17::model::Severity::Error);
        let silent = if named { vec![] } else { vec!["rejected without a word".into()] };
        return Verdict { findings, exact: false, silent };
    };
    let mut bench = Bench { places, findings: &findings, silent: Vec::new(), exact: true };
    if submission.unit.as_str() != draft.truth.unit {
        bench.silent.push(format!("unit {} for {}", submission.unit, draft.truth.unit));
    }
    if submission.period != draft.truth.period {
        bench.silent.push(format!("{} for {}", submission.period, draft.truth.period));
    }
    let read = rows_of(&submission);
    for (id, truth) in &draft.truth.tables {
        bench.table(id, truth, read.get(id).map_or(&[][..], Vec::as_slice));
    }
    let Bench { silent, exact, .. } = bench;
    Verdict { findings, exact, silent }
}

/// One row as it was read: where it stands, and its values.
type ReadRow = (u32, Facts);

struct Bench<'a> {
    places: &'a Places,
    findings: &'a [Finding],
    silent: Vec<String>,
    exact: bool,
}

impl Bench<'_> {
    fn table(&mut self, id: &'static str, truth: &[Facts], read: &[ReadRow]) {
        let mut seen = Vec::new();
        for (at, facts) in truth.iter().enumerate() {
            let Some((sheet, row)) = self.places.rows.get(&(id, at)).copied() else {
                self.silent.push(format!("{id} row {at} was never written"));
                continue;
            };
            let Some((_, values)) = read.iter().find(|(index, _)| *index == row) else {
                self.exact = false;
                if !self.named(sheet, row, None) {
                    self.silent.push(format!("{id} row {at} (line {}) is gone", row + 1));
                }
                continue;
            };
            seen.push(row);
            for (field, datum) in facts {
                if values.get(field) == Some(datum) {
                    continue;
                }
                self.exact = false;
                if !self.named(sheet, row, Some((id, field))) {
                    let found = values.get(field);
                    self.silent.push(format!("{id} row {at} {field}: {found:?} for {datum:?}"));
                }
            }
            for (field, value) in values.iter().filter(|(field, _)| !facts.contains_key(*field)) {
                self.exact = false;
                if !self.named(sheet, row, Some((id, field))) {
                    self.silent.push(format!("{id} row {at} {field}: {value:?} out of nothing"));
                }
            }
        }
        let sheet = self.places.rows.iter().find(|((table, _), _)| *table == id);
        let sheet = sheet.map_or(0, |(_, (sheet, _))| *sheet);
        for (row, values) in read.iter().filter(|(row, _)| !seen.contains(row)) {
            self.exact = false;
            if !self.named(sheet, *row, None) {
                self.silent.push(format!("{id} line {} out of nothing: {values:?}", row + 1));
            }
        }
    }

    /// Whether a finding names the cell, its column's header, its row, its sheet or the file.
    fn named(&self, sheet: u32, row: u32, field: Option<(&'static str, &str)>) -> bool {
        self.findings.iter().any(|finding| {
            let Some(at) = &finding.place.sheet else { return false };
            if at.order != sheet {
                return false;
            }
            let code = finding.rule.code;
            let whole = matches!(code, "TEP05" | "BM01" | "DV05");
            let Some(cell) = finding.place.cell else { return true };
            let Some((id, field)) = field else { return whole || cell.row == row };
            let mut columns = self.places.columns.iter().filter(|((table, key), _)| {
                *table == id && (key == field || key.starts_with(&format!("{field}:")))
            });
            let in_column = columns.any(|(_, col)| *col == cell.col);
            // Whose the row is stands in a column of its own.
            let by_unit = cell.row == row
                && (id == "rollup" && field == "unit" || id == "meetings" && code == "DV03");
            let header = matches!(code, "BM02" | "BM03" | "BM04");
            // BM02 stands at the table's corner and names the column.
            let missing = matches!(code, "BM02" | "BM04")
                && finding.message.contains(&clean::label(id, field));
            by_unit || whole || missing || (in_column && (header || cell.row == row))
        })
    }
}

fn rows_of(submission: &Submission) -> BTreeMap<&'static str, Vec<ReadRow>> {
    let mut tables = BTreeMap::new();
    match &submission.body {
        Body::Detail(detail) => {
            let rows = detail.meetings.rows.iter().map(|row| (row.row, meeting(row)));
            tables.insert("meetings", rows.collect());
            if let Some(table) = &detail.petitions {
                let rows = table.rows.iter().map(|row| (row.row, petition(row)));
                tables.insert("petitions", rows.collect());
            }
            if let Some(table) = &detail.carried {
                let rows = table.rows.iter().map(|row| (row.row, carried(row)));
                tables.insert("carried", rows.collect());
            }
        }
        Body::RollUp(table) => {
            let rows = table.rows.iter().map(|row| (row.row, roll_up(row)));
            tables.insert("rollup", rows.collect());
        }
    }
    tables
}

/// Values of a row in the making.
#[derive(Default)]
struct Values(Facts);

impl Values {
    fn put<T>(&mut self, field: &'static str, value: &Field<T>, datum: impl Fn(&T) -> Datum) {
        self.0.extend(value.given().map(|value| (field, datum(value))));
    }

    fn count(&mut self, field: &'static str, value: &Field<Count>) {
        self.put(field, value, |count| Datum::Count(count.get() as u32));
    }

    fn day(&mut self, field: &'static str, value: &Field<chrono::NaiveDate>) {
        self.put(field, value, |day| Datum::Day(*day));
    }

    fn text(&mut self, field: &'static str, value: &Field<qc17::model::Text>) {
        self.put(field, value, |text| Datum::Words(text.to_string()));
    }
}

const PARTS: [&str; 5] = ["answered", "resolved", "pending", "unresolved", "forwarded"];

fn meeting(row: &Meeting) -> Facts {
    let mut values = Values::default();
    values.count("no", &row.no);
    values.day("date", &row.date);
    values.text("place", &row.place);
    values.put("format", &row.format, |format| {
        Datum::Code(match format {
            MeetingFormat::InPerson => "in_person",
            MeetingFormat::Online => "online",
            MeetingFormat::Combined => "combined",
        })
    });
    values.put("kind", &row.kind, |kind| {
        Datum::Code(match kind {
            MeetingKind::Periodic => "periodic",
            MeetingKind::AdHoc => "ad_hoc",
        })
    });
    values.put("chair", &row.chair, |chair| {
        Datum::Code(match chair {
            Chair::Secretary => "secretary",
            Chair::Chairman => "chairman",
            Chair::Joint => "joint",
            Chair::BothPosts => "both_posts",
            Chair::Deputy => "deputy",
        })
    });
    values.text("topic", &row.topic);
    values.day("announced", &row.announced);
    values.count("attendees", &row.attendees);
    values.count("women", &row.women);
    values.count("minority", &row.minority);
    values.count("speakers", &row.speakers);
    values.count("opinions", &row.opinions);
    for (field, value) in PARTS.iter().zip(&row.outcomes) {
        values.count(field, value);
    }
    values.text("plan_no", &row.plan_no);
    values.day("plan_date", &row.plan_date);
    values.day("minutes_date", &row.minutes_date);
    values.text("notice_no", &row.notice_no);
    values.day("notice_date", &row.notice_date);
    values.day("published", &row.published);
    values.0
}

const SUBJECTS: [&str; 5] = ["L01", "L05", "L06", "L11", "L99"];

fn outcome(outcome: &Outcome) -> Datum {
    Datum::Code(outcome.code())
}

fn subject(subject: &qc17::model::Subject) -> Datum {
    let code = subject.to_string();
    let known = SUBJECTS.iter().find(|known| **known == code);
    known.map_or(Datum::Words(code), |known| Datum::Code(known))
}

fn authority(authority: &Authority) -> Datum {
    Datum::Code(match authority {
        Authority::Commune => "commune",
        Authority::District => "district",
        Authority::Province => "province",
        Authority::Central => "central",
    })
}

fn petition(row: &Petition) -> Facts {
    let mut values = Values::default();
    values.count("no", &row.no);
    values.count("meeting_no", &row.meeting_no);
    values.text("content", &row.content);
    values.put("field", &row.subject, subject);
    values.put("authority", &row.authority, authority);
    values.day("received", &row.received);
    values.put("outcome", &row.outcome, outcome);
    values.text("reply_no", &row.reply_no);
    values.day("reply_date", &row.reply_date);
    values.0
}

fn carried(row: &CarriedPetition) -> Facts {
    let mut values = Values::default();
    values.count("no", &row.no);
    values.put("origin", &row.origin, |period| Datum::Quarter(*period));
    values.text("content", &row.content);
    values.put("field", &row.subject, subject);
    values.put("authority", &row.authority, authority);
    values.put("before", &row.before, outcome);
    values.put("outcome", &row.outcome, outcome);
    values.0
}

fn roll_up(row: &RollUpRow) -> Facts {
    let mut values = Values::default();
    values.0.extend(row.unit.map(|unit| ("unit", Datum::Words(unit.to_string()))));
    values.count("periodic", &row.periodic);
    values.count("ad_hoc", &row.ad_hoc);
    values.count("total", &row.total);
    values.count("by_secretary", &row.by_secretary);
    values.count("by_chairman", &row.by_chairman);
    values.count("by_both", &row.by_both);
    values.count("by_deputy", &row.by_deputy);
    values.count("attendees", &row.attendees);
    values.count("opinions", &row.opinions);
    for (field, value) in PARTS.iter().zip(&row.outcomes) {
        values.count(field, value);
    }
    values.count("notices", &row.notices);
    values.0
}
