//! A clean submission and the run of all checks over it, for tests that change one thing.

use super::case::Case;
use super::checks::CHECKS;
use super::noticed::Noticed;
use crate::calendar::Calendar;
use crate::check::ledger::Ledger;
use crate::model::submission::{Body, Detail, FilePath, SheetName, Submission, Table};
use crate::model::{
    Authority, CarriedPetition, CellRef, Chair, Count, Field, Finding, Kind, Level, Meeting,
    MeetingFormat, Outcome, Period, Petition, Reading, Subject, Text, Unchecked, Unit, UnitCode,
    UnitKind,
};
use crate::profile::Profile;
use chrono::NaiveDate;

/// Everything a check is given, still open to change.
pub(crate) struct Trial {
    pub(crate) submission: Submission,
    pub(crate) as_of: NaiveDate,
    pub(crate) period: Period,
    pub(crate) unit: Unit,
    pub(crate) profile: Profile,
    pub(crate) calendar: Calendar,
    pub(crate) existed_days: i64,
}

/// A day from its ISO form.
pub(crate) fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

/// Writes a value into a field that stays in its cell.
pub(crate) fn set<T>(field: &mut Field<T>, value: T) {
    field.reading = Reading::Given(value);
}

/// Writes a count.
pub(crate) fn count(field: &mut Field<Count>, value: u32) {
    set(field, Count::new(value));
}

/// Writes a date.
pub(crate) fn date(field: &mut Field<NaiveDate>, iso: &str) {
    set(field, day(iso));
}

/// Writes a text.
pub(crate) fn text(field: &mut Field<Text>, value: &str) {
    set(field, Text::new(value).unwrap());
}

/// Empties a field.
pub(crate) fn blank<T>(field: &mut Field<T>) {
    field.reading = Reading::Blank;
}

/// Makes a field unreadable.
pub(crate) fn spoil<T>(field: &mut Field<T>) {
    field.reading = Reading::Unreadable;
}

/// All findings of all checks after that change to the clean submission, one line each.
pub(crate) fn said(change: impl FnOnce(&mut Trial)) -> Vec<String> {
    let mut trial = Trial::clean();
    change(&mut trial);
    trial.run().iter().map(line).collect()
}

/// As [`said`], with code, sheet and cell only.
pub(crate) fn codes(change: impl FnOnce(&mut Trial)) -> Vec<String> {
    let mut trial = Trial::clean();
    change(&mut trial);
    trial.run().iter().map(place).collect()
}

fn place(finding: &Finding) -> String {
    let sheet = finding.place.sheet.as_ref().map_or("", |sheet| &sheet.name);
    let cell = finding.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
    format!("{} {sheet}!{cell}", finding.rule.code)
}

fn line(finding: &Finding) -> String {
    let value = finding.value.as_deref().map(|value| format!(" [{value}]")).unwrap_or_default();
    format!("{}{value} {}", place(finding), finding.message)
}

impl Trial {
    /// A commune with one periodic meeting in March 2021, seven petitions, one settled from before.
    pub(crate) fn clean() -> Self {
        let petitions = [1, 1, 1, 2, 2, 3, 5];
        let outcome = |k: usize| Outcome::ALL[k - 1];
        let detail = Detail {
            meetings: Table { rows: vec![meeting(5, 1)], ..table("B1", 1) },
            petitions: Some(Table {
                rows: (petitions.iter().zip(4..))
                    .map(|(k, row)| petition(row, outcome(*k)))
                    .collect(),
                ..table("B2", 2)
            }),
            carried: Some(Table { rows: vec![carried(4)], ..table("B3", 3) }),
            no_meeting_reason: Field::blank(CellRef::new(10, 1)),
        };
        Self {
            submission: Submission {
                file: FilePath::new("xa.xlsx"),
                unit: UnitCode::parse("02989").unwrap(),
                period: Period::quarter(2021, 1).unwrap(),
                days: None,
                head: Some(SheetName::new("Thông tin", 0)),
                report_no: Field::new(CellRef::new(4, 1), Text::new("05-BC/ĐU").unwrap()),
                report_date: Field::new(CellRef::new(5, 1), day("2021-03-28")),
                head_sheet: None,
                version: 1,
                body: Body::Detail(Box::new(detail)),
            },
            as_of: day("2021-04-05"),
            period: Period::quarter(2021, 1).unwrap(),
            unit: unit(),
            profile: Profile::embedded("quy-che-17").unwrap(),
            calendar: Calendar::embedded().unwrap(),
            existed_days: 90,
        }
    }

    /// The Form 01.
    pub(crate) fn detail(&mut self) -> &mut Detail {
        match &mut self.submission.body {
            Body::Detail(detail) => detail,
            Body::RollUp(_) => panic!("the trial holds a roll-up"),
        }
    }

    /// A meeting, counted from zero.
    pub(crate) fn meeting(&mut self, at: usize) -> &mut Meeting {
        &mut self.detail().meetings.rows[at]
    }

    /// A petition of Biểu 2, counted from zero.
    pub(crate) fn petition(&mut self, at: usize) -> &mut Petition {
        &mut self.detail().petitions.as_mut().unwrap().rows[at]
    }

    /// The one petition of Biểu 3.
    pub(crate) fn carried(&mut self) -> &mut CarriedPetition {
        &mut self.detail().carried.as_mut().unwrap().rows[0]
    }

    /// A further clean meeting without opinions, at another place.
    pub(crate) fn add_meeting(&mut self) -> &mut Meeting {
        let rows = &mut self.detail().meetings.rows;
        let no = u32::try_from(rows.len()).unwrap() + 1;
        let mut further = meeting(4 + no, no);
        text(&mut further.place, &format!("Nhà văn hóa thôn {no}"));
        count(&mut further.opinions, 0);
        for field in &mut further.outcomes {
            count(field, 0);
        }
        rows.push(further);
        rows.last_mut().unwrap()
    }

    /// The findings of all checks, in their official order.
    pub(crate) fn run(&self) -> Vec<Finding> {
        self.noticed().findings
    }

    /// All that the checks notice, in the official order.
    pub(crate) fn noticed(&self) -> Noticed {
        let known = self.submission.report_date.value().map_or(self.as_of, |d| d.max(self.as_of));
        let rows = self.submission.detail().map_or(&[][..], |detail| &detail.meetings.rows);
        let ledger =
            Ledger::of(rows, &self.unit, self.existed_days, (self.period, known), &self.profile);
        let case = Case {
            period: self.period,
            span: self.profile.span(self.period),
            as_of: self.as_of,
            open_on: self.as_of,
            profile: &self.profile,
            calendar: &self.calendar,
            unit: &self.unit,
            submission: &self.submission,
            ledger: &ledger,
        };
        let mut noticed = Noticed::default();
        for check in CHECKS {
            check(&case, &mut noticed);
        }
        noticed.findings.sort_by(Finding::official_order);
        noticed.unchecked.sort_by(Unchecked::official_order);
        noticed
    }
}

fn unit() -> Unit {
    Unit {
        code: UnitCode::parse("02989").unwrap(),
        name: Text::new("Bảo Hà").unwrap(),
        kind: UnitKind::Xa,
        level: Level::Commune,
        parent: UnitCode::parse("087"),
        valid_from: day("2004-01-01"),
        valid_to: None,
        aliases: Vec::new(),
    }
}

fn table<R>(name: &str, order: u32) -> Table<R> {
    let sheet = SheetName::new(name, order);
    Table { sheet, anchor: CellRef::new(2, 0), ..Table::default() }
}

/// Hands out the cells of a row from the left.
struct Cells {
    row: u32,
    col: u32,
}

impl Cells {
    fn next<T>(&mut self, value: T) -> Field<T> {
        self.col += 1;
        Field::new(CellRef::new(self.row, self.col - 1), value)
    }

    fn text(&mut self, value: &str) -> Field<Text> {
        self.next(Text::new(value).unwrap())
    }

    fn day(&mut self, iso: &str) -> Field<NaiveDate> {
        self.next(day(iso))
    }

    fn count(&mut self, value: u32) -> Field<Count> {
        self.next(Count::new(value))
    }
}

/// A clean meeting in that row with that number.
pub(crate) fn meeting(row: u32, no: u32) -> Meeting {
    let mut cells = Cells { row, col: 0 };
    Meeting {
        row,
        no: cells.count(no),
        date: cells.day("2021-03-10"),
        place: cells.text("Nhà văn hóa thôn 1"),
        format: cells.next(MeetingFormat::InPerson),
        kind: cells.next(Kind::Periodic),
        chair: cells.next(Chair::Secretary),
        deputy: None,
        chair_name: cells.text("Nguyễn Văn A, Bí thư Đảng ủy"),
        topic: cells.text("Xây dựng nông thôn mới"),
        with_tuyen_van: cells.next(false),
        announced: cells.day("2021-03-01"),
        attendees: cells.count(85),
        women: cells.count(40),
        minority: cells.count(30),
        speakers: cells.count(6),
        opinions: cells.count(7),
        outcomes: [3, 2, 1, 0, 1].map(|value| cells.count(value)),
        plan_no: cells.text("12-KH/ĐU"),
        plan_date: cells.day("2021-02-18"),
        minutes_date: cells.day("2021-03-10"),
        notice_no: cells.text("01-TB/ĐU"),
        notice_date: cells.day("2021-03-17"),
        published: cells.day("2021-03-18"),
        note: cells.text("Họp tại hội trường"),
    }
}

fn petition(row: u32, outcome: Outcome) -> Petition {
    let mut cells = Cells { row, col: 0 };
    Petition {
        row,
        no: cells.count(row - 3),
        meeting_no: cells.count(1),
        content: cells.text(&format!("Đề nghị sửa đoạn đường số {row}")),
        subject: cells.next(Subject::OTHER),
        authority: cells.next(Authority::Commune),
        agency: cells.text("UBND xã"),
        received: cells.day("2021-03-10"),
        acknowledged: cells.day("2021-03-12"),
        outcome: cells.next(outcome),
        reply_no: cells.text("21/UBND"),
        reply_date: cells.day("2021-03-19"),
        repeated: cells.next(false),
        note: cells.text("Đã báo cho dân"),
    }
}

fn carried(row: u32) -> CarriedPetition {
    let mut cells = Cells { row, col: 0 };
    CarriedPetition {
        row,
        no: cells.count(1),
        origin: cells.next(Period::quarter(2020, 3).unwrap()),
        content: cells.text("Đề nghị cấp điện cho thôn 9"),
        subject: cells.next(Subject::OTHER),
        authority: cells.next(Authority::Commune),
        before: cells.next(Outcome::K3),
        outcome: cells.next(Outcome::K2),
        reply_no: cells.text("30/UBND"),
        reply_date: cells.day("2021-02-02"),
        note: cells.text("Đã xong"),
    }
}

/// Any field, for holes of every kind.
pub(crate) trait Hole {
    /// Makes the hole: 0 blank, 1 unreadable, 2 no such column.
    fn punch(&mut self, kind: u8);
}

impl<T> Hole for Field<T> {
    fn punch(&mut self, kind: u8) {
        match kind {
            0 => self.reading = Reading::Blank,
            1 => self.reading = Reading::Unreadable,
            _ => *self = Self::absent(),
        }
    }
}

impl Trial {
    /// Every field of the submission.
    pub(crate) fn fields(&mut self) -> Vec<&mut dyn Hole> {
        let mut all: Vec<&mut dyn Hole> = vec![&mut self.submission.report_date];
        let Body::Detail(detail) = &mut self.submission.body else { return all };
        all.push(&mut detail.no_meeting_reason);
        for m in &mut detail.meetings.rows {
            let counts = [&mut m.no, &mut m.attendees, &mut m.women, &mut m.minority];
            all.extend(counts.map(|field| field as &mut dyn Hole));
            all.extend([&mut m.speakers, &mut m.opinions].map(|field| field as &mut dyn Hole));
            all.extend(m.outcomes.iter_mut().map(|field| field as &mut dyn Hole));
            let dates = [&mut m.date, &mut m.announced, &mut m.plan_date, &mut m.minutes_date];
            all.extend(dates.map(|field| field as &mut dyn Hole));
            all.extend([&mut m.notice_date, &mut m.published].map(|field| field as &mut dyn Hole));
            let texts = [&mut m.place, &mut m.chair_name, &mut m.topic, &mut m.plan_no];
            all.extend(texts.map(|field| field as &mut dyn Hole));
            all.extend([&mut m.notice_no, &mut m.note].map(|field| field as &mut dyn Hole));
            all.push(&mut m.kind);
            all.push(&mut m.chair);
            all.push(&mut m.with_tuyen_van);
        }
        for p in detail.petitions.iter_mut().flat_map(|table| &mut table.rows) {
            all.extend([&mut p.no, &mut p.meeting_no].map(|field| field as &mut dyn Hole));
            let dates = [&mut p.received, &mut p.acknowledged, &mut p.reply_date];
            all.extend(dates.map(|field| field as &mut dyn Hole));
            let texts = [&mut p.content, &mut p.agency, &mut p.reply_no, &mut p.note];
            all.extend(texts.map(|field| field as &mut dyn Hole));
            all.push(&mut p.outcome);
            all.push(&mut p.repeated);
        }
        for p in detail.carried.iter_mut().flat_map(|table| &mut table.rows) {
            all.push(&mut p.origin);
            all.push(&mut p.outcome);
            all.push(&mut p.reply_date);
        }
        all
    }
}
