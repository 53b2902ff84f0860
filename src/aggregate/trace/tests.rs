//! Every figure of PL1 of made-up quarters: the traced cells add up to it, and its holes are named.

use super::{Trace, UnitTrace};
use crate::aggregate::{Figure, Summary, Target, Whose};
use crate::check::trials::{Batch, code};
use crate::model::submission::{Body, SheetName, Table};
use crate::model::{CellRef, Chair, Count, Field, Kind, Level, Meeting, Reading, RollUpRow, Tally};
use crate::profile::model::{Counted, JointCountsFor, QuotaSpan};
use crate::rules::testing::{Trial, day, meeting, set, text};
use proptest::prelude::*;

/// Decisions, one byte each; when they run out every further one is the plainest.
struct Tape<'a>(std::slice::Iter<'a, u8>);

impl Tape<'_> {
    fn next(&mut self, choices: u8) -> u8 {
        self.0.next().map_or(0, |byte| byte % choices)
    }

    fn field<T: Copy>(&mut self, field: &mut Field<T>, values: &[T]) {
        match self.next(8) {
            7 => field.reading = Reading::Blank,
            6 => field.reading = Reading::Unreadable,
            5 => *field = Field::absent(),
            4 => {}
            _ => {
                let at = usize::from(self.next(u8::try_from(values.len()).unwrap()));
                set(field, values[at]);
            }
        }
    }
}

const COUNTS: [Count; 4] = [Count::new(2), Count::ZERO, Count::new(7), Count::new(1_078)];

fn disturb(tape: &mut Tape<'_>, row: &mut Meeting) {
    let days = ["2021-03-15", "2021-02-01", "2021-04-02", "2021-05-30", "2021-03-31"].map(day);
    tape.field(&mut row.date, &days);
    tape.field(&mut row.kind, &[Kind::Periodic, Kind::AdHoc]);
    let chairs = [Chair::Secretary, Chair::Chairman, Chair::Joint, Chair::BothPosts, Chair::Deputy];
    tape.field(&mut row.chair, &chairs);
    tape.field(&mut row.with_tuyen_van, &[false, true]);
    tape.field(&mut row.attendees, &COUNTS);
    tape.field(&mut row.opinions, &COUNTS);
    for field in &mut row.outcomes {
        tape.field(field, &COUNTS);
    }
    let notices = ["2021-03-20", "2021-04-03", "2021-01-01", "2021-06-30"].map(day);
    tape.field(&mut row.notice_date, &notices);
    if tape.next(3) == 1 {
        text(&mut row.notice_no, "12-TB/ĐU");
    }
}

fn own_form(tape: &mut Tape<'_>, trial: &mut Trial) {
    let rows = tape.next(5);
    let meetings = (0..rows).map(|at| {
        let mut row = meeting(5 + u32::from(at), 1 + u32::from(at));
        disturb(tape, &mut row);
        row
    });
    let meetings: Vec<Meeting> = meetings.collect();
    trial.detail().meetings.rows = meetings;
    if tape.next(4) == 1 {
        text(&mut trial.detail().no_meeting_reason, "Dịch bệnh");
    }
}

fn roll_up(tape: &mut Tape<'_>, units: &[&str]) -> Body {
    let rows = (6..).zip(units).flat_map(|(at, unit)| {
        let times = [1, 0, 2][usize::from(tape.next(3))];
        let mut rows = Vec::new();
        for _ in 0..times {
            let mut row = RollUpRow {
                row: at,
                unit: Some(code(unit)),
                named_at: Some(CellRef::new(at, 2)),
                ..RollUpRow::default()
            };
            let kinds = [&mut row.periodic, &mut row.ad_hoc];
            let chairs = [&mut row.by_secretary, &mut row.by_chairman, &mut row.by_both];
            let others = [&mut row.by_deputy, &mut row.attendees, &mut row.opinions];
            let fields = kinds.into_iter().chain(chairs).chain(others);
            let fields = fields.chain([&mut row.notices]).chain(&mut row.outcomes);
            for (col, field) in (3..).zip(fields) {
                *field = Field::new(CellRef::new(at, col), Count::new(1));
                tape.field(field, &COUNTS);
            }
            rows.push(row);
        }
        rows
    });
    let sheet = SheetName::new("Biểu 02 - Tổng hợp", 0);
    Body::RollUp(Table { sheet, rows: rows.collect(), ..Table::default() })
}

const COMMUNES: [&str; 6] = ["02947", "02950", "02953", "02956", "02959", "02989"];

/// A quarter in which every unit sends what the tape says, under rules that the tape changes.
fn quarter(bytes: &[u8]) -> Summary {
    let mut tape = Tape(bytes.iter());
    let mut batch = Batch::empty();
    let profile = &mut batch.profile;
    profile.ad_hoc_counts.value = tape.next(3) == 1;
    profile.deputy_counts.value = tape.next(3) == 1;
    profile.combined_counts.value = tape.next(3) != 1;
    let one = [JointCountsFor::Both, JointCountsFor::One];
    profile.joint_counts_for.value = one[usize::from(tape.next(2))];
    profile.one_person_both_posts.value = one[usize::from(tape.next(2))];
    for quota in profile.quotas.values_mut() {
        quota.counted.value = [Counted::Unit, Counted::EachHead][usize::from(tape.next(2))];
        quota.per.value = [QuotaSpan::Quarter, QuotaSpan::Year][usize::from(tape.next(2))];
    }
    if tape.next(6) == 1 {
        profile.quotas.remove(&Level::Commune);
    }
    for unit in COMMUNES.into_iter().chain(["087", "10"]) {
        match tape.next(6) {
            5 => {}
            4 => batch.reject(unit),
            3 => {
                batch.send(unit, |_| {});
                batch.send(unit, |trial| {
                    trial.submission.file =
                        crate::model::submission::FilePath::new(&format!("xa/{unit} sửa.xlsx"));
                    own_form(&mut tape, trial);
                });
            }
            _ => batch.send(unit, |trial| own_form(&mut tape, trial)),
        }
    }
    if tape.next(2) == 1 {
        batch.send("087", |trial| {
            trial.submission.file = crate::model::submission::FilePath::new("087-bieu02.xlsx");
            trial.submission.body = roll_up(&mut tape, &COMMUNES);
        });
    }
    batch.summary()
}

/// What holds of the trace of one unit's figure.
fn holds(unit: &UnitTrace, figure: Figure) {
    let what = format!("{figure:?} of {}: {unit:#?}", unit.code);
    let sum = unit.tally.sum.map(|sum| i64::try_from(sum).unwrap());
    assert_eq!(unit.sum(), sum.unwrap_or(0), "{what}");
    assert!(sum.is_some() || unit.parts.is_empty(), "{what}");
    let opens = unit.missing.iter().chain(&unit.left_out).any(|item| item.opens);
    assert_eq!(opens, unit.tally.incomplete, "{what}");
    assert!(unit.parts.iter().all(|part| !part.opens && part.adds != 0 || sum.is_some()), "{what}");
    if sum.is_none() {
        assert!(unit.note.is_some() || opens || !unit.left_out.is_empty(), "{what}");
    }
}

fn every_figure_adds_up(summary: &Summary) {
    let units = summary.units.iter().map(|line| Target::Unit(Whose::of(&line.unit)));
    let sums = [Target::Communes(code("087")), Target::All].into_iter();
    for target in units.chain(Level::ALL.map(Target::Level)).chain(sums) {
        for figure in Figure::ALL {
            let trace = Trace::of(summary, target, figure);
            for unit in &trace.units {
                holds(unit, figure);
            }
            let expected = match target {
                Target::Unit(unit) => figure.tally(&summary.unit(unit.code).unwrap().tallies),
                Target::Level(level) => figure.tally(&summary.totals[&level]),
                Target::Communes(_) | Target::All => {
                    let lines = summary.units.iter().filter(|line| target.covers(line));
                    lines.fold(Tally::default(), |mut sum, line| {
                        sum.merge(figure.tally(&line.tallies));
                        sum
                    })
                }
            };
            assert_eq!(trace.tally, expected, "{figure:?} of {target:?}");
            let sum = i64::try_from(expected.sum.unwrap_or(0)).unwrap();
            assert_eq!(trace.sum(), sum, "{figure:?} of {target:?}");
        }
    }
}

proptest! {
    #[test]
    fn the_cells_of_every_figure_are_its_sum(bytes in prop::collection::vec(any::<u8>(), 0..700)) {
        every_figure_adds_up(&quarter(&bytes));
    }
}

#[test]
fn no_day_no_file_and_another_row_are_told() {
    let mut batch = Batch::empty();
    batch.send("02989", |trial| {
        trial.add_meeting();
        set(&mut trial.meeting(0).date, day("2021-04-02"));
    });
    batch.reject("02947");
    let summary = batch.summary();
    let of = |unit: &str, key: &str| {
        let figure = Figure::find(key).unwrap();
        let unit = Whose::of(&summary.unit(code(unit)).unwrap().unit);
        Trace::of(&summary, Target::Unit(unit), figure).units.remove(0)
    };
    let people = of("02989", "attendees");
    assert_eq!((people.parts.len(), people.left_out.len()), (1, 1));
    let out = &people.left_out[0];
    assert!(out.why.contains("02/04/2021 (ô B6) ngoài kỳ"), "{}", out.why);
    assert_eq!(out.findings.iter().map(|said| said.code).collect::<Vec<_>>(), ["KY03"]);
    assert_eq!(of("02947", "attendees").missing.len(), 1);
    assert!(of("02950", "attendees").note.unwrap().contains("không phải là 0"));
    assert!(of("02989", "required").parts[0].why.contains("quota.commune.min"));
}
