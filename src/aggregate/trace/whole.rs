//! The trace of one figure: unit by unit, each from its own form or from its district's.

use super::item::{Item, Spoken};
use super::{files, held, listed, notices, quota};
use crate::aggregate::{Figure, FileLine, FileStatus, Summary, Target, UnitLine};
use crate::model::submission::{Body, Detail};
use crate::model::{
    Measure, Period, Place, RollUpRow, Submission, SubmissionState, Tally, UnitCode,
};
use crate::profile::Profile;
use std::collections::BTreeMap;

/// Where one figure of PL1 comes from.
#[derive(Debug, Clone)]
pub struct Trace {
    /// Whose.
    pub target: Target,
    /// Which.
    pub figure: Figure,
    /// The figure as every output shows it.
    pub tally: Tally,
    /// What each unit gives to it, by code.
    pub units: Vec<UnitTrace>,
}

/// What one unit gives to a figure.
#[derive(Debug, Clone)]
pub struct UnitTrace {
    /// Its code.
    pub code: UnitCode,
    /// Its name.
    pub name: String,
    /// Its figure.
    pub tally: Tally,
    /// What makes it up; the sum of these is the figure.
    pub parts: Vec<Item>,
    /// What the figure lacks.
    pub missing: Vec<Item>,
    /// What was seen and is not in the figure, with the reason.
    pub left_out: Vec<Item>,
    /// What else there is to know.
    pub note: Option<String>,
}

impl UnitTrace {
    /// What its parts add up to.
    pub fn sum(&self) -> i64 {
        self.parts.iter().map(|part| part.adds).sum()
    }

    /// All its lines.
    pub fn items_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        self.parts.iter_mut().chain(&mut self.missing).chain(&mut self.left_out)
    }
}

impl Trace {
    /// Traces a figure.
    pub fn of(summary: &Summary, target: Target, figure: Figure) -> Self {
        let ground = Ground::of(summary);
        let mut tally = Tally::default();
        let mut units = Vec::new();
        for line in summary.units.iter().filter(|line| target.covers(line)) {
            let own = figure.tally(&line.tallies);
            tally.merge(own);
            units.push(whole(&ground, (summary, target), line, figure));
        }
        Self { target, figure, tally, units }
    }

    /// What all its parts add up to.
    pub fn sum(&self) -> i64 {
        self.units.iter().map(UnitTrace::sum).sum()
    }
}

/// What a unit gives, quarter by quarter where the report is over several.
fn whole(
    ground: &Ground<'_>,
    (summary, target): (&Summary, Target),
    line: &UnitLine,
    figure: Figure,
) -> UnitTrace {
    let tally = figure.tally(&line.tallies);
    let parts = line.parts(summary.period.last());
    let mut traces = parts.iter().map(|(period, part)| {
        let own = figure.tally(&part.tallies);
        let trace =
            Source { ground, summary, line: part, period: *period, target }.trace(figure, own);
        (*period, trace)
    });
    if line.quarters.is_empty()
        && let Some((_, only)) = traces.next()
    {
        return only;
    }
    let mut all = UnitTrace {
        code: line.unit.code,
        name: line.unit.full_name(),
        tally,
        parts: Vec::new(),
        missing: Vec::new(),
        left_out: Vec::new(),
        note: None,
    };
    let mut notes = Vec::new();
    for (period, mut part) in traces {
        notes.extend(part.note.as_ref().map(|note| format!("{}: {note}", period.label())));
        if part.tally.sum.is_none() && !part.tally.incomplete && tally.incomplete {
            let why = format!("{}: không có số liệu", period.label());
            part.missing.push(Item::at(Place::default(), why).opening());
        }
        all.parts.append(&mut part.parts);
        all.missing.append(&mut part.missing);
        all.left_out.append(&mut part.left_out);
    }
    all.note = (!notes.is_empty()).then(|| notes.join(" "));
    let sum = tally.sum.and_then(|sum| i64::try_from(sum).ok()).unwrap_or(0);
    if all.sum() != sum {
        let why = "chỉ tiêu tính cho từng người đứng đầu: số của cả kỳ là của người có ít cuộc hơn trong cả kỳ, \
                   không phải tổng các quý";
        let adds = sum - all.sum();
        all.parts.push(Item { adds, ..Item::at(Place::default(), why) });
    }
    all
}

/// A row of a roll-up, with its file and its place.
pub(super) type Listed<'a> = (&'a Submission, Place, &'a RollUpRow);

/// A unit in a quarter.
type Owner = (UnitCode, Period);

/// What a run holds, by unit.
pub(super) struct Ground<'a> {
    pub(super) spoken: Spoken<'a>,
    /// The units' own Form 01.
    own: BTreeMap<Owner, (&'a Submission, &'a Detail)>,
    /// Their rows in Form 02, the one that may be used first.
    rows: BTreeMap<Owner, Vec<Listed<'a>>>,
    /// Files that gave nothing, by the unit they belong to, in a report over several quarters also by quarter.
    unused: BTreeMap<(Option<UnitCode>, Option<Period>), Vec<&'a FileLine>>,
}

impl<'a> Ground<'a> {
    fn of(summary: &'a Summary) -> Self {
        let (mut own, mut rows, mut unused) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for submission in &summary.submissions {
            match &submission.body {
                Body::Detail(detail) => {
                    own.insert((submission.unit, submission.period), (submission, &**detail));
                }
                Body::RollUp(table) => {
                    for row in &table.rows {
                        let Some(unit) = row.unit else { continue };
                        let place = Place::sheet(&submission.file, &table.sheet, row.named_at);
                        let listed: &mut Vec<Listed<'_>> =
                            rows.entry((unit, submission.period)).or_default();
                        listed.push((submission, place, row));
                    }
                }
            }
        }
        for file in summary.files.iter().filter(|file| file.status != FileStatus::Used) {
            let files: &mut Vec<&FileLine> = unused.entry((file.unit, file.period)).or_default();
            files.push(file);
        }
        Self { spoken: Spoken::of(summary), own, rows, unused }
    }
}

/// What one unit's figures are made from.
pub(super) struct Source<'a> {
    ground: &'a Ground<'a>,
    pub(super) summary: &'a Summary,
    pub(super) line: &'a UnitLine,
    period: Period,
    target: Target,
}

impl<'a> Source<'a> {
    /// The findings by place.
    pub(super) fn spoken(&self) -> &'a Spoken<'a> {
        &self.ground.spoken
    }

    /// Whether the figure is a sum over units.
    pub(super) fn among_many(&self) -> bool {
        !matches!(self.target, Target::Unit(_))
    }

    /// The rule profile of the quarter.
    pub(super) fn profile(&self) -> &'a Profile {
        self.summary.profile_of(self.period)
    }

    /// Its own Form 01, as it was sent.
    pub(super) fn own(&self) -> Option<(&'a Submission, &'a Detail)> {
        self.ground.own.get(&(self.line.unit.code, self.period)).copied()
    }

    /// Files that gave nothing: that unit's, or those of which nobody knows whose they are.
    pub(super) fn unused(&self, unit: Option<UnitCode>) -> &'a [&'a FileLine] {
        let of = self.summary.geography.map(|_| self.period);
        self.ground.unused.get(&(unit, of)).map(Vec::as_slice).unwrap_or_default()
    }

    fn trace(&self, figure: Figure, tally: Tally) -> UnitTrace {
        let mut trace = UnitTrace {
            code: self.line.unit.code,
            name: self.line.unit.full_name(),
            tally,
            parts: Vec::new(),
            missing: Vec::new(),
            left_out: Vec::new(),
            note: None,
        };
        for measure in figure.measures() {
            self.measure(measure, &mut trace);
        }
        // One cell may stand in the way of both measures of a sum.
        for list in [&mut trace.missing, &mut trace.left_out] {
            let mut seen: Vec<Item> = Vec::new();
            list.retain(|item| {
                !seen.contains(item) && {
                    seen.push(item.clone());
                    true
                }
            });
        }
        let (opening, settled): (Vec<Item>, Vec<Item>) =
            std::mem::take(&mut trace.missing).into_iter().partition(|item| item.opens);
        trace.missing = opening;
        trace.left_out.splice(0..0, settled);
        if figure != Figure::Of(Measure::Required) {
            files::add(self, &mut trace);
        }
        trace.note = self.note(figure, tally);
        trace
    }

    fn measure(&self, measure: Measure, to: &mut UnitTrace) {
        if measure == Measure::Required {
            return quota::required(self, to);
        }
        let listed = self.ground.rows.get(&(self.line.unit.code, self.period)).map(Vec::as_slice);
        let listed = listed.unwrap_or_default();
        match self.own().filter(|_| self.line.ledger.is_some()) {
            Some(own) => {
                match measure {
                    Measure::Counted => quota::counted(self, own, to),
                    Measure::NoticesOnTime | Measure::NoticesLate | Measure::NoticesMissing => {
                        notices::add(self, own, measure, to);
                    }
                    _ => held::add(self, own, measure, to),
                }
                listed::compare(self, &listed.iter().collect::<Vec<_>>(), measure, to);
            }
            None if self.line.submission.has_figures() => listed::add(self, listed, measure, to),
            None => {}
        }
    }

    /// Why there is nothing, where there is nothing.
    fn note(&self, figure: Figure, tally: Tally) -> Option<String> {
        if figure == Figure::Of(Measure::Required) {
            return None;
        }
        let sentence = match self.line.submission {
            SubmissionState::Missing => {
                "Đơn vị chưa nộp báo cáo: không có số liệu, không phải là 0."
            }
            SubmissionState::NotOwed => "Đơn vị không thuộc diện nộp báo cáo của kỳ này.",
            SubmissionState::Unreadable => {
                "Tệp đã gửi không đọc được: không có số liệu, không phải là 0."
            }
            SubmissionState::NothingToReport => {
                "Biểu 1 không có cuộc nào và có nêu lý do không tổ chức: các số là 0."
            }
            _ if self.line.ledger.is_none() && tally.sum.is_none() && !tally.incomplete => {
                "Biểu 02 của huyện không có số này: không có số liệu, không phải là 0."
            }
            _ if self.line.ledger.is_none() => "Lấy theo Biểu 02 của huyện, không có từng cuộc.",
            _ if tally.sum.is_none() && !tally.incomplete => {
                "Đơn vị không báo cáo số này: không có số liệu, không phải là 0."
            }
            _ => return None,
        };
        Some(sentence.to_owned())
    }
}
