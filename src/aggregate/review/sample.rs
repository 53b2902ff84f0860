//! Years made up in memory, for tests of the review and of what is drawn from it.

use super::{Geography, Review, review};
use crate::aggregate::Summary;
use crate::check::trials::Batch;
use crate::model::{Field, Period, Reading};
use crate::register::Register;
use crate::rules::testing::Trial;
use chrono::{Months, NaiveDate};

/// A small province before and after the merger of 01/07/2025: Bảo Hà takes Kim Sơn in and keeps code
/// and name, Thượng Hà goes on unchanged, the district ends.
const UNITS: &str = "\
code,name,kind,level,parent_code,valid_from,valid_to,aliases
10,Lào Cai,tinh,province,,2004-01-01,2025-06-30,
15,Yên Bái,tinh,province,,2004-01-01,2025-06-30,
15,Lào Cai,tinh,province,,2025-07-01,,
087,Bảo Yên,huyen,district,10,2004-01-01,2025-06-30,
02986,Kim Sơn,xa,commune,087,2004-01-01,2025-06-30,
02989,Bảo Hà,xa,commune,087,2004-01-01,2025-06-30,
02989,Bảo Hà,xa,commune,15,2025-07-01,,
03004,Thượng Hà,xa,commune,087,2004-01-01,2025-06-30,
03004,Thượng Hà,xa,commune,15,2025-07-01,,
";
const CHANGES: &str = "\
old_code,new_code,extent,effective_date,legal_basis
10,15,whole,2025-07-01,Nghị quyết 1673
15,15,whole,2025-07-01,Nghị quyết 1673
02986,02989,whole,2025-07-01,Nghị quyết 1673
02989,02989,whole,2025-07-01,Nghị quyết 1673
03004,03004,whole,2025-07-01,Nghị quyết 1673
";

/// The register of the merger.
pub(crate) fn merged() -> Register {
    Register::parse((UNITS, "units.csv"), (CHANGES, "successions.csv")).unwrap()
}

/// Four quarters of a year, each still open to change.
pub(crate) struct Year {
    pub(crate) year: i32,
    pub(crate) register: fn() -> Register,
    pub(crate) quarters: Vec<Batch>,
}

impl Year {
    /// The small province of one register; nobody has sent anything. The scope is the province that
    /// exists in the quarter.
    pub(crate) fn empty(year: i32, register: fn() -> Register) -> Self {
        let quarter = |number| {
            let period = Period::quarter(year, number).unwrap();
            let scope = if period.last_day() < day("2025-07-01") { "10" } else { "15" };
            let mut batch = Batch::of(register(), scope, period);
            batch.as_of = batch.profile.deadline(Period::quarter(year, 4).unwrap());
            batch
        };
        Self { year, register, quarters: (1..=4).map(quarter).collect() }
    }

    /// The province of 2021, one district and eight communes.
    pub(crate) fn of_2021() -> Self {
        Self::empty(2021, || Batch::empty().register)
    }

    /// A quarter, by number.
    pub(crate) fn quarter(&mut self, number: usize) -> &mut Batch {
        &mut self.quarters[number - 1]
    }

    /// A clean report of that unit for those quarters, with that change.
    pub(crate) fn send(&mut self, unit: &str, quarters: &[usize], change: impl Fn(&mut Trial)) {
        for number in quarters {
            let (year, batch) = (self.year, &mut self.quarters[number - 1]);
            let months = (year - 2021) * 12 + i32::try_from(number - 1).unwrap() * 3;
            batch.send(unit, |trial| {
                shift(trial, u32::try_from(months).unwrap());
                change(trial);
            });
        }
    }

    /// The quarters, checked and summed.
    pub(crate) fn summaries(&self) -> Vec<Summary> {
        self.quarters.iter().map(Batch::summary).collect()
    }

    /// The review, after those quarters of the year before.
    pub(crate) fn review_after(&self, before: Vec<Summary>, geography: Geography) -> Review {
        let quarters = before.into_iter().chain(self.summaries()).collect();
        review(quarters, &(self.register)(), self.year, geography).unwrap()
    }

    /// The review by the map of each day.
    pub(crate) fn review(&self) -> Review {
        self.review_after(Vec::new(), Geography::Then)
    }
}

/// A year in which every answer occurs once, with documents, faults and an explanation.
pub(crate) fn mixed() -> Year {
    use crate::model::{Chair, Kind};
    use crate::rules::testing::{blank, set, spoil, text};
    let mut year = Year::of_2021();
    let all = [1, 2, 3, 4];
    for unit in ["10", "087", "02947"] {
        year.send(unit, &all, |t| set(&mut t.meeting(0).chair, Chair::Joint));
    }
    year.send("02950", &[1, 3, 4], |_| {});
    year.send("02950", &[2], |t| set(&mut t.meeting(0).kind, Kind::AdHoc));
    year.send("02953", &[1, 2, 3], |_| {});
    year.send("02953", &[4], |t| {
        set(&mut t.meeting(0).chair, Chair::Deputy);
        text(&mut t.detail().no_meeting_reason, "Mưa lũ, hỏi 0912345678");
    });
    year.send("02956", &[1, 2, 4], |_| {});
    year.send("02959", &all, |t| spoil(&mut t.meeting(0).kind));
    year.send("02962", &[2, 3, 4], |t| {
        blank(&mut t.meeting(0).notice_no);
        blank(&mut t.meeting(0).notice_date);
        blank(&mut t.meeting(0).published);
    });
    year.send("02965", &[1, 2, 3], |_| {});
    year.quarter(4).reject("02965");
    year
}

/// The merger: every unit reports; Kim Sơn misses its quota in the first quarter.
pub(crate) fn reorganised() -> Year {
    use crate::model::Kind;
    use crate::rules::testing::set;
    let mut year = Year::empty(2025, merged);
    for unit in ["10", "087", "02989", "03004"] {
        year.send(unit, &[1, 2], |_| {});
    }
    year.send("02986", &[1], |t| set(&mut t.meeting(0).kind, Kind::AdHoc));
    year.send("02986", &[2], |_| {});
    for unit in ["15", "02989", "03004"] {
        year.send(unit, &[3, 4], |_| {});
    }
    year
}

/// A day.
pub(crate) fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

/// Moves every day of a clean report.
fn shift(trial: &mut Trial, months: u32) {
    let moved = |field: &mut Field<NaiveDate>| {
        if let Reading::Given(day) = &mut field.reading {
            *day = *day + Months::new(months);
        }
    };
    moved(&mut trial.submission.report_date);
    let detail = trial.detail();
    for row in &mut detail.meetings.rows {
        let dates = [&mut row.date, &mut row.announced, &mut row.plan_date, &mut row.minutes_date];
        dates.into_iter().chain([&mut row.notice_date, &mut row.published]).for_each(moved);
    }
    for row in detail.petitions.iter_mut().flat_map(|table| &mut table.rows) {
        [&mut row.received, &mut row.acknowledged, &mut row.reply_date].into_iter().for_each(moved);
    }
    // Every quarter carries its own petitions on.
    detail.carried = None;
}
