//! Figures from a district's roll-up (Biểu 02), and what it lists of a unit that sent its own form.

use super::item::Item;
use super::whole::{Listed, Source, UnitTrace};
use crate::check::rollup;
use crate::model::count::grouped;
use crate::model::{CellRef, Count, Field, Measure, Place, RollUpRow, Tally};
use crate::profile::model::Counted;

/// What the rows of a unit say: the first, and what those of the same file that name it again change.
pub(super) fn add(source: &Source<'_>, rows: &[Listed<'_>], measure: Measure, to: &mut UnitTrace) {
    let Some((first, others)) = rows.split_first() else { return };
    if measure == Measure::Counted {
        counted(source, first, to);
    } else {
        cells(source, first, others, measure, to);
    }
    let elsewhere: Vec<&Listed<'_>> = others.iter().filter(|row| !same_file(first, row)).collect();
    compare(source, &elsewhere, measure, to);
}

fn same_file(a: &Listed<'_>, b: &Listed<'_>) -> bool {
    a.0.file == b.0.file
}

/// The cell of that measure; where two rows of one file differ, nobody knows which is right.
fn cells(
    source: &Source<'_>,
    (submission, row_place, row): &Listed<'_>,
    others: &[Listed<'_>],
    measure: Measure,
    to: &mut UnitTrace,
) {
    let Some(field) = field(row, measure) else { return };
    let again: Vec<(Place, &Field<Count>)> = (others.iter())
        .filter(|(other, ..)| other.file == submission.file)
        .filter_map(|(_, place, row)| {
            let field = self::field(row, measure)?;
            Some((at(place, field.cell()), field))
        })
        .collect();
    let here = at(row_place, field.cell());
    if again.iter().any(|(_, other)| other.reading != field.reading) {
        let why = "Biểu 02 có nhiều dòng của đơn vị, ghi khác nhau ở cột này";
        let places = std::iter::once((here, field)).chain(again);
        to.missing.extend(places.map(|(place, field)| {
            let understood = field.value().map(|count| grouped(count.get())).unwrap_or_default();
            let item = Item::at(place.clone(), why).read_as(understood).opening();
            item.said(source.spoken(), &place)
        }));
        return;
    }
    let owed = matches!(measure, Measure::Attendees | Measure::Opinions);
    match field.value() {
        Some(count) => {
            let item = Item::adding(here.clone(), grouped(count.get()), count.get());
            to.parts.push(item.said(source.spoken(), &here));
        }
        None if field.is_unreadable() || owed => {
            let why = if field.is_unreadable() { "không đọc được" } else { "chưa ghi" };
            to.missing.push(Item::at(here.clone(), why).opening().said(source.spoken(), &here));
        }
        None => {}
    }
    to.left_out.extend(
        again
            .into_iter()
            .filter(|(_, field)| !field.is_blank())
            .map(|(place, _)| Item::at(place, "dòng ghi lại đúng như dòng trên, chỉ lấy một lần")),
    );
}

/// What of a row counts towards the quota: the form does not tell the meetings apart, so the fewest.
fn counted(source: &Source<'_>, (_, row_place, row): &Listed<'_>, to: &mut UnitTrace) {
    let tally = source.line.tallies.get(Measure::Counted);
    let quota = source.profile().quota(source.line.unit.level);
    let value = |measure| field(row, measure).and_then(Field::value).map_or(0, Count::get);
    let mut plus = vec![Measure::Periodic];
    if quota.is_some_and(|quota| quota.counted.value == Counted::EachHead) {
        let secretary = value(Measure::BySecretary) <= value(Measure::ByChairman);
        let lesser = if secretary { Measure::BySecretary } else { Measure::ByChairman };
        plus = vec![lesser, Measure::ByBoth];
    } else if source.profile().ad_hoc_counts.value {
        plus.push(Measure::AdHoc);
    }
    if let Some(sum) = tally.sum {
        let mut left = i64::try_from(sum).unwrap_or(i64::MAX);
        for measure in plus {
            let adds = value(measure);
            let Some(field) = field(row, measure).filter(|field| field.given().is_some()) else {
                continue;
            };
            to.parts.push(Item::adding(at(row_place, field.cell()), measure.label(), adds));
            left = left.saturating_sub(i64::try_from(adds).unwrap_or(i64::MAX));
        }
        to.parts.extend((left != 0).then(|| rest(row_place, row, left)));
    }
    if tally.incomplete {
        let why = "Biểu 02 không cho biết cuộc nào do ai chủ trì nên số được tính có thể lớn hơn";
        to.missing.push(Item::at(row_place.clone(), why).opening());
    }
}

/// What is taken off, or put on, because the form gives numbers and not meetings.
fn rest(row_place: &Place, row: &RollUpRow, adds: i64) -> Item {
    let deputies = row.by_deputy.cell().filter(|_| row.by_deputy.value().is_some() && adds < 0);
    let why = if deputies.is_some() {
        "cuộc ủy quyền không được tính; Biểu 02 không ghi từng cuộc nên lấy số chắc chắn được tính"
    } else {
        "Biểu 02 không ghi từng cuộc nên lấy số chắc chắn được tính"
    };
    Item { adds, ..Item::at(at(row_place, deputies), why) }
}

/// What other forms say of the same unit: compared by the rules, never added.
pub(super) fn compare(
    source: &Source<'_>,
    rows: &[&Listed<'_>],
    measure: Measure,
    to: &mut UnitTrace,
) {
    for (_, row_place, row) in rows {
        let Some(field) = field(row, measure) else { continue };
        let Some(count) = field.value() else { continue };
        // Among many units only what differs is worth a line.
        let same = source.line.tallies.get(measure) == Tally::known(count.get());
        if same && source.among_many() {
            continue;
        }
        let why = if source.line.ledger.is_some() {
            "Biểu 02 của huyện, chỉ để đối chiếu: đơn vị có Biểu 1 của mình"
        } else {
            "Biểu 02 khác cũng có đơn vị này; chỉ dùng một biểu"
        };
        let here = at(row_place, field.cell());
        let item = Item::at(here.clone(), why).read_as(grouped(count.get()));
        to.left_out.push(item.said(source.spoken(), &here));
    }
}

fn field(row: &RollUpRow, measure: Measure) -> Option<&Field<Count>> {
    if measure == Measure::NoticesOnTime {
        return Some(&row.notices);
    }
    rollup::listed(row).into_iter().find(|(other, _)| *other == measure).map(|(_, field)| field)
}

/// A cell of the row, or the cell that names its unit.
fn at(row_place: &Place, cell: Option<CellRef>) -> Place {
    Place { cell: cell.or(row_place.cell), ..row_place.clone() }
}
