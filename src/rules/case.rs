//! What a rule sees of one submission.

use crate::calendar::Calendar;
use crate::check::ledger::Ledger;
use crate::model::submission::{Detail, SheetName, Table};
use crate::model::{
    CarriedPetition, CellRef, Field, Finding, Meeting, Period, Petition, Place, Rule, Submission,
    Unit,
};
use crate::profile::Profile;
use chrono::NaiveDate;

/// One submission in use, with everything that its rules may ask.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The quarter of the report.
    pub period: Period,
    /// First and last day whose meetings belong to the quarter, by the profile's cut-off.
    pub span: (NaiveDate, NaiveDate),
    /// "Today" of the run.
    pub as_of: NaiveDate,
    /// The day on which its open petitions are held against their deadline; earlier than "today" where a later
    /// quarter of the run tells again what is still open.
    pub open_on: NaiveDate,
    /// The numbers of the regulation.
    pub profile: &'a Profile,
    /// Which days are worked.
    pub calendar: &'a Calendar,
    /// Whose submission it is.
    pub unit: &'a Unit,
    /// The submission.
    pub submission: &'a Submission,
    /// Its quota ledger.
    pub ledger: &'a Ledger,
}

impl<'a> Case<'a> {
    /// The rows of Form 01; rules about them have nothing to say of a roll-up.
    pub fn detail(&self) -> Option<&'a Detail> {
        self.submission.detail()
    }

    /// The meetings of Biểu 1 with their sheet; none for a roll-up.
    pub fn meetings(&self) -> &'a [Meeting] {
        self.detail().map_or(&[], |detail| &detail.meetings.rows)
    }

    /// Biểu 2, where there is one.
    pub fn petitions(&self) -> Option<&'a Table<Petition>> {
        self.detail()?.petitions.as_ref()
    }

    /// Biểu 3, where there is one.
    pub fn carried(&self) -> Option<&'a Table<CarriedPetition>> {
        self.detail()?.carried.as_ref()
    }

    /// The latest day that a date in the tables can have: as-of or the report's own, the later one.
    pub fn last_known_day(&self) -> NaiveDate {
        self.submission.last_known_day(self.as_of)
    }

    /// The day of a field; none when it lies in the future, for KY04 has said all there is to say.
    pub fn past(&self, field: &Field<NaiveDate>) -> Option<NaiveDate> {
        field.value().filter(|day| *day <= self.last_known_day())
    }

    /// A finding at a cell of that sheet, for this unit.
    pub fn finding(
        &self,
        rule: &'static Rule,
        sheet: &SheetName,
        cell: Option<CellRef>,
        message: impl Into<String>,
    ) -> Finding {
        let place = Place::sheet(&self.submission.file, sheet, cell);
        Finding::new(rule, place, message).unit(self.unit.code)
    }

    /// A finding at a cell of Biểu 1.
    pub fn at_meeting(
        &self,
        rule: &'static Rule,
        cell: Option<CellRef>,
        message: impl Into<String>,
    ) -> Finding {
        let sheet = self.detail().map(|detail| detail.meetings.sheet.clone()).unwrap_or_default();
        self.finding(rule, &sheet, cell, message)
    }

    /// The day of a meeting that counts as held in the quarter; `None` where the date is unreadable,
    /// outside the quarter or in the future (those have findings of their own).
    pub fn held(&self, meeting: &Meeting) -> Option<NaiveDate> {
        held_on(meeting, self.span, self.last_known_day())
    }
}

/// The day of a meeting that lies in the span and not after the last known day.
pub fn held_on(
    meeting: &Meeting,
    span: (NaiveDate, NaiveDate),
    last_known_day: NaiveDate,
) -> Option<NaiveDate> {
    let day = meeting.date.value()?;
    (span.0 <= day && day <= span.1 && day <= last_known_day).then_some(day)
}

/// A day as messages write it: `15/03/2021`.
pub fn shown(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}
