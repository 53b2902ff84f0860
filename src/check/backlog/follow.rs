//! One quarter's petitions of all units, held against what was open before.

use super::past::{carried_into, closed_in, left_behind};
use super::unit::Desk;
use crate::check::batch::Frame;
use crate::check::checked::UnitLine;
use crate::model::backlog::{Backlog, Trace, UnitBacklog};
use crate::model::{Place, Submission, Unchecked, UnitCode};
use crate::rules::noticed::Noticed;
use crate::rules::sl_across::SL06;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Follows the petitions of a quarter; `frame.backlog` is what the quarter before left.
pub fn follow(
    submissions: &[Submission],
    units: &[UnitLine],
    frame: Frame<'_>,
    noticed: &mut Noticed,
) -> Backlog {
    let span = frame.period.previous().map(|before| (before, frame.period));
    let given = frame.backlog.zip(span);
    let before = given.map(|(backlog, span)| carried_into(backlog, span, frame.register));
    let own: BTreeMap<UnitCode, &Submission> = (submissions.iter())
        .filter(|submission| submission.detail().is_some())
        .map(|submission| (submission.unit, submission))
        .collect();
    let mut all = Backlog::default();
    if let Some((backlog, span)) = given {
        all.units = left_behind(backlog, span, frame.register);
    }
    let follow_one = |line: &UnitLine| {
        let mut own_notices = Noticed::default();
        let earlier = before.as_ref().and_then(|before| before.units.get(&line.unit.code));
        let submission = own.get(&line.unit.code).copied().filter(|_| line.ledger.is_some());
        let mut unit = match submission {
            Some(submission) => {
                Desk::new(submission, earlier, before.is_some(), frame, &mut own_notices).account()
            }
            None => silent(line, earlier, &mut own_notices),
        };
        if frame.keeps_closed {
            let ended = earlier.map(|unit| unit.closed.clone()).unwrap_or_default();
            unit.closed.splice(0..0, ended);
            unit.closed.extend(submission.iter().flat_map(|one| closed_in(one, frame.period)));
        }
        (line.unit.code, unit, own_notices)
    };
    for (code, mut unit, notices) in units.par_iter().map(follow_one).collect::<Vec<_>>() {
        noticed.absorb(notices);
        // The old code of a unit that ended may be a new unit's code by now.
        if let Some(left) = all.units.remove(&code) {
            unit.open.extend(left.open);
        }
        if unit != UnitBacklog::default() {
            all.units.insert(code, unit);
        }
    }
    all
}

/// A unit without rows of this quarter: what was open stays as it last stood.
fn silent(line: &UnitLine, earlier: Option<&UnitBacklog>, noticed: &mut Noticed) -> UnitBacklog {
    let mut open = earlier.map(|unit| unit.open.clone()).unwrap_or_default();
    if !open.is_empty() {
        let waiting = open.len();
        noticed.unchecked.push(Unchecked {
            rule: &SL06,
            unit: line.unit.code,
            place: line.file.clone().map(Place::file).unwrap_or_default(),
            blocked_by: Vec::new(),
            reason: format!(
                "Chưa kiểm tra được {waiting} kiến nghị tồn đọng từ kỳ trước vì đơn vị chưa có \
                 Biểu 01 của kỳ này."
            ),
        });
    }
    for one in &mut open {
        one.trace = Trace::Silent;
    }
    UnitBacklog { flow: None, open, closed: Vec::new() }
}
