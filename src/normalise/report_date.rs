//! The day of the report: under its label, or else as the signature, the letterhead or the covering line tells it.

use super::submission::{Head, place};
use super::values::{date_of, folded, is_blank, shown};
use crate::model::submission::Body;
use crate::model::text::key;
use crate::model::{CellRef, Field, Finding, Severity};
use crate::notation::date::DateReading;
use crate::notation::signed::{day_of_covering, day_of_signature};
use crate::recognise::claims::{FREE_TEXT, SIGNED};
use crate::recognise::{Claim, Source};
use crate::rules::dl::{DL02, DL08};
use chrono::{Months, NaiveDate};

/// A day with the cell that tells it.
struct Told<'a> {
    day: NaiveDate,
    claim: &'a Claim,
    cell: CellRef,
    text: String,
}

impl Head<'_> {
    /// The day, and whether something else speaks of another one or it cannot be.
    pub(super) fn report_date(&self, body: &Body, findings: &mut Vec<Finding>) -> Field<NaiveDate> {
        let signed = self.signed();
        let Some(claim) = self.dated().next() else {
            return self.by_signature(&signed, body, findings);
        };
        let (Some(cell), Some(value)) = (claim.cell, claim.value.as_ref()) else {
            return Field::absent();
        };
        let raw = shown(value);
        let DateReading::Day(day) = date_of(value, Some(self.period.year())) else {
            let message =
                format!("Ngày báo cáo ghi \u{201c}{raw}\u{201d}, không phải ngày có trong lịch.");
            findings.push(Finding::new(&DL02, self.at(claim), message).value(raw));
            return Field::unreadable(cell);
        };
        if let Some((other, twice)) = self.dated_otherwise(claim, day) {
            let which = if twice { "không dùng ngày nào" } else { "dùng ngày ghi trước" };
            let message = format!(
                "Ngày báo cáo ghi hai lần khác nhau: {} và {}; {which}.",
                written(day),
                written(other.day)
            );
            findings.push(self.doubt(&other, message));
            if twice {
                return Field::unreadable(cell);
            }
        }
        if let Some(other) = latest(&signed).filter(|other| other.day != day) {
            let message = format!(
                "Dòng \u{201c}{}\u{201d} ghi ngày {}, còn Ngày báo cáo ghi {}; tính theo ô Ngày báo cáo.",
                other.text,
                written(other.day),
                written(day)
            );
            findings.push(self.doubt(other, message));
        }
        if let Some(why) = self.cannot_be(day) {
            let message = format!("Ngày báo cáo {} {why}; không dùng ngày này.", written(day));
            findings.push(Finding::new(&DL02, self.at(claim), message).value(raw));
            return Field::unreadable(cell);
        }
        if let Some(message) = self.before_a_meeting(day, body) {
            let finding = Finding::new(&DL08, self.at(claim), message).value(raw);
            findings.push(
                finding
                    .with_severity(Severity::Warning)
                    .help("Đối chiếu với báo cáo đã ký; chú ý ngày và tháng ghi ngược."),
            );
        }
        Field::new(cell, day)
    }

    /// The latest day of a signature: the report was not there before.
    fn by_signature(
        &self,
        signed: &[Told<'_>],
        body: &Body,
        findings: &mut Vec<Finding>,
    ) -> Field<NaiveDate> {
        let Some(told) = latest(signed) else { return Field::absent() };
        if let Some(why) = self.cannot_be(told.day) {
            let message = format!(
                "Dòng \u{201c}{}\u{201d} ghi ngày {} {why}; không dùng ngày này.",
                told.text,
                written(told.day)
            );
            findings
                .push(Finding::new(&DL02, self.at(told.claim), message).value(told.text.clone()));
            return Field::absent();
        }
        if let Some(message) = self.before_a_meeting(told.day, body) {
            findings.push(self.doubt(told, message));
        }
        // A roll-up has no other place for it.
        if matches!(body, Body::Detail(_)) {
            let message = format!(
                "Không có ô Ngày báo cáo: lấy ngày {} theo dòng \u{201c}{}\u{201d}.",
                written(told.day),
                told.text
            );
            findings.push(self.doubt(told, message).with_severity(Severity::Info));
        }
        Field::new(told.cell, told.day)
    }

    fn doubt(&self, told: &Told<'_>, message: String) -> Finding {
        Finding::new(&DL08, self.at(told.claim), message)
            .value(told.text.clone())
            .with_severity(Severity::Warning)
            .help("Ghi một ngày báo cáo ở trang Thông tin, đúng ngày ký báo cáo.")
    }

    fn at(&self, claim: &Claim) -> crate::model::Place {
        place(self.file, self.workbook, claim)
    }

    /// What stands under the label, the most trusted first.
    fn dated(&self) -> impl Iterator<Item = &Claim> {
        let own = self.claims.iter().filter(|claim| claim.field == "report_date");
        own.filter(|claim| claim.value.as_ref().is_some_and(|value| !is_blank(value)))
    }

    /// Another day under the label, and whether it stands in the same sheet.
    fn dated_otherwise(&self, first: &Claim, day: NaiveDate) -> Option<(Told<'_>, bool)> {
        let others = self.dated().skip(1).filter_map(|claim| self.told(claim));
        let other = others.into_iter().find(|other| other.day != day)?;
        let twice = (other.claim.source, other.claim.sheet) == (first.source, first.sheet);
        Some((other, twice))
    }

    fn told<'a>(&self, claim: &'a Claim) -> Option<Told<'a>> {
        let value = claim.value.as_ref()?;
        let DateReading::Day(day) = date_of(value, Some(self.period.year())) else { return None };
        Some(Told { day, claim, cell: claim.cell?, text: shown(value).into_owned() })
    }

    /// The days of signatures, letterheads and covering lines.
    fn signed(&self) -> Vec<Told<'_>> {
        let lines = self.claims.iter().filter(|claim| {
            let title = matches!(claim.source, Source::Title | Source::Cover);
            claim.field == SIGNED || title && claim.field == FREE_TEXT
        });
        let told = lines.filter_map(|claim| {
            let text = folded(&shown(claim.value.as_ref()?)).trim().to_owned();
            let day = text.lines().find_map(|line| self.day_in(line))?;
            Some(Told { day, claim, cell: claim.cell?, text })
        });
        told.collect()
    }

    fn day_in(&self, line: &str) -> Option<NaiveDate> {
        day_of_signature(line).or_else(|| {
            let (day, whose) = day_of_covering(line)?;
            (whose.is_empty() || self.is_own(whose)).then_some(day)
        })
    }

    /// Whether an office's name bears the unit's.
    fn is_own(&self, office: &str) -> bool {
        self.unit_name.as_ref().is_some_and(|name| key(office).contains(&key(name.as_str())))
    }

    /// Why a report cannot be of that day.
    fn cannot_be(&self, day: NaiveDate) -> Option<String> {
        let first = self.period.first_day();
        (day < first).then(|| format!("trước ngày đầu của {}", self.period.label()))
    }

    /// The last meeting of the quarter, where the report would have been made before it: one of the two days is
    /// wrong, and nobody can tell which.
    fn before_a_meeting(&self, day: NaiveDate, body: &Body) -> Option<String> {
        let (first, last) = (self.period.first_day(), self.period.last_day());
        let Body::Detail(detail) = body else { return None };
        // As far back as a quarter of state inspection reaches.
        let from = first.checked_sub_months(Months::new(1)).unwrap_or(first);
        let held = detail.meetings.rows.iter().filter_map(|meeting| meeting.date.value());
        let held = held.filter(|held| (from..=last).contains(held)).max()?;
        (day < held).then(|| {
            format!(
                "Ngày báo cáo {} trước ngày tổ chức {} ghi ở Biểu 1: một trong hai ngày ghi sai; vẫn dùng ngày báo cáo.",
                written(day),
                written(held)
            )
        })
    }
}

fn latest<'b, 'a>(signed: &'b [Told<'a>]) -> Option<&'b Told<'a>> {
    signed.iter().max_by_key(|told| told.day)
}

/// A day as messages write it.
fn written(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}
