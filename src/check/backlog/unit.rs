//! One unit's account of petitions for one quarter: each row of Biểu 2 and Biểu 3 takes its place in it.

use super::matching::{Found, pair, words_of};
use crate::check::batch::Frame;
use crate::model::backlog::{
    ClosedPetition, Fingerprint, Flow, Movement, OpenPetition, Trace, UnitBacklog,
};
use crate::model::privacy::masked;
use crate::model::submission::{SheetName, Table};
use crate::model::{
    CarriedPetition, CellRef, Finding, Outcome, Period, Petition, Place, Submission, Text,
    Unchecked,
};
use crate::rules::noticed::Noticed;
use crate::rules::sl_across::{SL06, outcome_words, quoted};
use std::collections::BTreeSet;

/// The desk on which one unit's petitions are sorted.
pub(super) struct Desk<'a> {
    submission: &'a Submission,
    /// What the unit left open before; none where it gave no rows then.
    earlier: Option<&'a UnitBacklog>,
    /// Whether the quarter before was given at all.
    compared: bool,
    frame: Frame<'a>,
    noticed: &'a mut Noticed,
    flow: Flow,
    open: Vec<OpenPetition>,
    lost: Vec<ClosedPetition>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        submission: &'a Submission,
        earlier: Option<&'a UnitBacklog>,
        compared: bool,
        frame: Frame<'a>,
        noticed: &'a mut Noticed,
    ) -> Self {
        let (flow, open, lost) = (Flow::default(), Vec::new(), Vec::new());
        Self { submission, earlier, compared, frame, noticed, flow, open, lost }
    }

    /// Whether the unit's own earlier report says what was open.
    fn is_known(&self) -> bool {
        self.earlier.is_some_and(|unit| unit.flow.is_some())
    }

    /// The petitions of the quarter. A unit that reports counts only has none to follow.
    pub(super) fn account(mut self) -> UnitBacklog {
        let Some(detail) = self.submission.detail() else { return UnitBacklog::default() };
        let before: &[OpenPetition] = self.earlier.map_or(&[], |unit| &unit.open);
        let (new, carried) = (detail.petitions.as_ref(), detail.carried.as_ref());
        if new.is_none() && carried.is_none() && before.is_empty() {
            return UnitBacklog::default();
        }
        if self.is_known() {
            self.flow.add(Movement::Opening, count(before.len()));
        }
        let rows: &[CarriedPetition] = carried.map_or(&[], |table| &table.rows);
        let found = pair(rows, before);
        if let Some(table) = carried {
            for (row, found) in table.rows.iter().zip(&found) {
                self.carry(table, row, *found, before);
            }
        }
        self.missing(&found, before);
        if let Some(table) = new {
            for row in &table.rows {
                self.raise(table, row);
            }
        }
        UnitBacklog { flow: Some(self.flow), open: self.open, closed: self.lost }
    }

    /// A row of Biểu 2.
    fn raise(&mut self, table: &Table<Petition>, row: &Petition) {
        self.flow.add(Movement::New, 1);
        let outcome = row.outcome.value();
        if !self.ends(outcome) {
            let place = self.place(&table.sheet, row.cell());
            self.open.push(OpenPetition {
                unit: self.submission.unit,
                origin: Some(self.frame.period),
                number: row.no.value(),
                content: row.content.given().cloned(),
                subject: row.subject.value(),
                authority: row.authority.value(),
                agency: row.agency.given().cloned(),
                received: row.received.value(),
                outcome,
                place,
                trace: if outcome.is_some() { Trace::New } else { Trace::Unsure },
            });
        }
    }

    /// Books the outcome; whether it ends the petition.
    fn ends(&mut self, outcome: Option<Outcome>) -> bool {
        let movement = match outcome {
            Some(Outcome::K1) => Movement::Answered,
            Some(Outcome::K2) => Movement::Settled,
            Some(Outcome::K5) => Movement::PassedUp,
            Some(Outcome::K3 | Outcome::K4) => Movement::Closing,
            None => Movement::Unsure,
        };
        self.flow.add(movement, 1);
        !matches!(movement, Movement::Closing | Movement::Unsure)
    }

    /// A row of Biểu 3.
    fn carry(
        &mut self,
        table: &Table<CarriedPetition>,
        row: &CarriedPetition,
        found: Found,
        before: &[OpenPetition],
    ) {
        let known = match found {
            Found::Same(at) | Found::Likely(at) | Found::OtherOrigin(at) => before.get(at),
            Found::Ambiguous | Found::New | Found::Unreadable => None,
        };
        let outcome = row.outcome.value();
        // What was passed up before left the account then; it comes back only when it is open again.
        let was_up = known.is_none() && row.before.value() == Some(Outcome::K5);
        if was_up && !matches!(outcome, Some(Outcome::K3 | Outcome::K4)) {
            return;
        }
        self.enter(row, known.is_some(), found, was_up);
        let trace = self.trace(table, row, (found, known), was_up);
        if self.ends(outcome) {
            return;
        }
        let place = self.place(&table.sheet, cell(row));
        let first = |own: Option<&Text>, of: fn(&OpenPetition) -> Option<&Text>| {
            own.or_else(|| known.and_then(of)).cloned()
        };
        self.open.push(OpenPetition {
            unit: self.submission.unit,
            origin: row.origin.value().or_else(|| known.and_then(|one| one.origin)),
            number: known.and_then(|one| one.number).or(row.no.value()),
            content: first(row.content.given(), |one| one.content.as_ref()),
            subject: row.subject.value().or_else(|| known.and_then(|one| one.subject)),
            authority: row.authority.value().or_else(|| known.and_then(|one| one.authority)),
            agency: known.and_then(|one| one.agency.clone()),
            received: known.and_then(|one| one.received),
            outcome,
            place,
            trace: if outcome.is_some() { trace } else { Trace::Unsure },
        });
    }

    /// Books where the row comes from: what was open before is in the opening already.
    fn enter(&mut self, row: &CarriedPetition, is_known: bool, found: Found, was_up: bool) {
        let movement = match found {
            _ if is_known && self.is_known() => return,
            // One of those that were open, but not which: the opening has it.
            Found::Unreadable | Found::Ambiguous if self.is_known() && !was_up => Movement::Added,
            _ if was_up || self.is_known() || row.before.value() == Some(Outcome::K5) => {
                Movement::Added
            }
            // Without an earlier report the unit's own word stands for the opening.
            _ => Movement::Opening,
        };
        self.flow.add(movement, 1);
    }

    /// How the row was recognised; says what does not fit.
    fn trace(
        &mut self,
        table: &Table<CarriedPetition>,
        row: &CarriedPetition,
        (found, known): (Found, Option<&OpenPetition>),
        was_up: bool,
    ) -> Trace {
        self.origin_to_come(table, row);
        if let Some(known) = known {
            self.changed_outcome(table, row, known);
        }
        match found {
            Found::Same(_) => Trace::Same,
            Found::Likely(_) => Trace::Likely,
            Found::OtherOrigin(_) => {
                let was = known.and_then(|one| one.origin).map(Period::label).unwrap_or_default();
                let message = format!(
                    "Kiến nghị {} kỳ trước ghi phát sinh {was}, kỳ này ghi khác.",
                    words(row)
                );
                let now = row.origin.value().map(Period::label).unwrap_or_default();
                self.say(table, row.origin.cell().unwrap_or_else(|| cell(row)), message, now);
                Trace::OriginChanged
            }
            Found::Ambiguous | Found::Unreadable => {
                if self.is_known() {
                    let at = row.content.cell().unwrap_or_else(|| cell(row));
                    self.leave_open(&table.sheet, at, UNKNOWN_ROW);
                }
                Trace::Unsure
            }
            Found::New if was_up => Trace::Added,
            Found::New if self.is_known() => {
                self.unknown(table, row);
                Trace::Added
            }
            Found::New => {
                if self.compared {
                    self.leave_open(&table.sheet, cell(row), NO_EARLIER_ROWS);
                }
                Trace::Stated
            }
        }
    }

    /// A petition of Biểu 3 cannot have come in this quarter or later.
    fn origin_to_come(&mut self, table: &Table<CarriedPetition>, row: &CarriedPetition) {
        let Some(origin) = row.origin.value().filter(|origin| *origin >= self.frame.period) else {
            return;
        };
        let message = format!(
            "Kiến nghị {} ghi ở Biểu 3 nhưng phát sinh {}, không phải kỳ trước.",
            words(row),
            origin.label()
        );
        self.say(table, row.origin.cell().unwrap_or_else(|| cell(row)), message, origin.label());
    }

    fn changed_outcome(
        &mut self,
        table: &Table<CarriedPetition>,
        row: &CarriedPetition,
        known: &OpenPetition,
    ) {
        let (Some(was), Some(stated)) = (known.outcome, row.before.value()) else { return };
        if was != stated && known.trace != Trace::Silent && self.is_known() {
            let message = format!(
                "Kiến nghị {}: kết quả kỳ trước ghi {}, báo cáo kỳ trước là {}.",
                words(row),
                outcome_words(stated),
                outcome_words(was)
            );
            let at = row.before.cell().unwrap_or_else(|| cell(row));
            self.say(table, at, message, stated.code().to_owned());
        }
    }

    /// A row that was not open before: settled, passed up, or never there.
    fn unknown(&mut self, table: &Table<CarriedPetition>, row: &CarriedPetition) {
        let words_now = row.content.given().map(words_of).map(|key| Fingerprint::of(&key));
        let closed = self.earlier.map_or(&[][..], |unit| &unit.closed);
        let ended = closed.iter().rev().find(|one| Some(one.words) == words_now);
        let petition = words(row);
        let message = match ended.map(|one| (one.outcome, one.period.label())) {
            Some((Some(outcome), when)) => format!(
                "Kiến nghị {petition} đã ghi {} ở {when}, nay lại ghi ở Biểu 3.",
                outcome_words(outcome)
            ),
            Some((None, when)) => {
                format!("Kiến nghị {petition} không ghi ở {when}, nay lại ghi ở Biểu 3.")
            }
            None => format!("Kiến nghị {petition} không có trong tồn đọng cuối kỳ trước."),
        };
        let value = row.content.given().map(|text| masked(text.as_str()).into_owned());
        self.say(table, cell(row), message, value.unwrap_or_default());
    }

    /// What was open and is neither carried nor given an outcome.
    fn missing(&mut self, found: &[Found], before: &[OpenPetition]) {
        let kept: BTreeSet<usize> = (found.iter())
            .filter_map(|one| match one {
                Found::Same(at) | Found::Likely(at) | Found::OtherOrigin(at) => Some(*at),
                Found::Ambiguous | Found::New | Found::Unreadable => None,
            })
            .collect();
        let unclear = found.iter().any(|one| matches!(one, Found::Ambiguous | Found::Unreadable));
        let (sheet, at) = self.carried_sheet();
        for (_, one) in before.iter().enumerate().filter(|(at, _)| !kept.contains(at)) {
            if !self.is_known() {
                // Open two quarters ago, and nothing is known of the last: it may have been settled.
                self.leave_open(&sheet, at, NO_EARLIER_ROWS);
                continue;
            }
            self.flow.add(Movement::Lost, 1);
            let words = one.content.as_ref().map(quoted).unwrap_or_default();
            if let Some(text) = &one.content {
                let words = Fingerprint::of(&words_of(text));
                let period = self.frame.period;
                self.lost.push(ClosedPetition { words, period, outcome: None });
            }
            if unclear || one.outcome.is_none() {
                self.leave_open(&sheet, at, UNKNOWN_ROW);
                continue;
            }
            let message = format!(
                "Kiến nghị {words} ({}, {}) còn tồn cuối kỳ trước, kỳ này không ghi ở Biểu 3.",
                one.origin.map_or_else(|| "không rõ kỳ".to_owned(), Period::label),
                one.outcome.map(outcome_words).unwrap_or_default()
            );
            let place = self.place(&sheet, at);
            let finding = Finding::new(&SL06, place, message).unit(self.submission.unit);
            let value = one.content.as_ref().map(|text| masked(text.as_str()).into_owned());
            self.noticed.push(finding.value(value.unwrap_or_default()));
        }
    }

    /// Where Biểu 3 is, or where it should have been.
    fn carried_sheet(&self) -> (SheetName, CellRef) {
        let detail = self.submission.detail();
        let carried = detail.and_then(|detail| detail.carried.as_ref());
        carried
            .map(|table| (table.sheet.clone(), table.anchor))
            .or_else(|| {
                detail.map(|detail| (detail.meetings.sheet.clone(), detail.meetings.anchor))
            })
            .unwrap_or((SheetName::default(), CellRef::new(0, 0)))
    }

    fn place(&self, sheet: &SheetName, at: CellRef) -> Place {
        Place::sheet(&self.submission.file, sheet, Some(at))
    }

    fn say(&mut self, table: &Table<CarriedPetition>, at: CellRef, message: String, value: String) {
        let place = self.place(&table.sheet, at);
        let finding = Finding::new(&SL06, place, message).unit(self.submission.unit);
        self.noticed.push(if value.is_empty() { finding } else { finding.value(value) });
    }

    fn leave_open(&mut self, sheet: &SheetName, at: CellRef, reason: &str) {
        let one = Unchecked {
            rule: &SL06,
            unit: self.submission.unit,
            place: self.place(sheet, at),
            blocked_by: Vec::new(),
            reason: reason.to_owned(),
        };
        if self.noticed.unchecked.last() != Some(&one) {
            self.noticed.unchecked.push(one);
        }
    }
}

const UNKNOWN_ROW: &str =
    "Chưa kiểm tra được: có dòng ở Biểu 3 không rõ là kiến nghị nào của kỳ trước.";
const NO_EARLIER_ROWS: &str =
    "Chưa kiểm tra được vì kỳ trước đơn vị không có Biểu 2, Biểu 3 để đối chiếu.";

fn cell(row: &CarriedPetition) -> CellRef {
    row.no.cell().or(row.content.cell()).unwrap_or(CellRef::new(row.row, 0))
}

fn words(row: &CarriedPetition) -> String {
    row.content.given().map(quoted).unwrap_or_default()
}

fn count(petitions: usize) -> u64 {
    u64::try_from(petitions).unwrap_or(u64::MAX)
}
