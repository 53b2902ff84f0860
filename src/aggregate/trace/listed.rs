//! Figures from a district's roll-up (Biểu 02), and what it lists of a unit that sent its own form.

use super::item::Item;
use super::whole::{Listed, Source, UnitTrace};
use crate::check::rollup;
use crate::model::count::grouped;
use crate::model::{CellRef, Count, Field, Measure, Place, RollUpRow, Tally};
use crate::profile::model::Counted;

/// Adds the one cell of that measure.
pub(super) fn add(
    source: &Source<'_>,
    (_, row_place, row): &Listed<'_>,
    measure: Measure,
    to: &mut UnitTrace,
) {
    let Some(field) = field(row, measure) else { return };
    let here = at(row_place, field.cell);
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
}

/// What of a row counts towards the quota: the form does not tell the meetings apart, so the fewest.
pub(super) fn counted(source: &Source<'_>, (_, row_place, row): &Listed<'_>, to: &mut UnitTrace) {
    let tally = source.line.tallies.get(Measure::Counted);
    let profile = &source.summary.profile;
    let quota = profile.quota(source.line.unit.level);
    let value = |measure| field(row, measure).and_then(Field::value).map_or(0, Count::get);
    let each = quota.is_some_and(|quota| quota.counted.value == Counted::EachHead);
    let mut plus = vec![Measure::Periodic];
    let mut minus = Vec::new();
    if each {
        let secretary = value(Measure::BySecretary) <= value(Measure::ByChairman);
        let head = if secretary { Measure::BySecretary } else { Measure::ByChairman };
        plus = vec![head, Measure::ByBoth];
        minus.extend((!profile.ad_hoc_counts.value).then_some(Measure::AdHoc));
    } else {
        plus.extend(profile.ad_hoc_counts.value.then_some(Measure::AdHoc));
        minus.extend((!profile.deputy_counts.value).then_some(Measure::ByDeputy));
    }
    if tally.sum.is_some() {
        let mut left = 0;
        for measure in plus.iter().copied() {
            left += value(measure);
            to.parts.extend(part(row_place, row, measure, 1, value(measure)));
        }
        for measure in minus {
            let taken = value(measure).min(left);
            left -= taken;
            let why = "không trừ quá 0; Biểu 02 không ghi từng cuộc nên lấy số chắc chắn được tính";
            let part = part(row_place, row, measure, -1, taken).map(|part| part.because(why));
            to.parts.extend(part.filter(|part| part.adds != 0));
        }
    }
    if tally.incomplete {
        let why = if tally.sum.is_some() {
            "Biểu 02 không ghi cuộc ủy quyền, đột xuất nào là của ai nên số thật có thể lớn hơn"
        } else {
            "Biểu 02 thiếu số cuộc hoặc người chủ trì để biết cuộc nào được tính"
        };
        to.missing.push(Item::at(row_place.clone(), why).opening());
    }
}

fn part(
    row_place: &Place,
    row: &RollUpRow,
    measure: Measure,
    sign: i64,
    value: u64,
) -> Option<Item> {
    let field = field(row, measure)?;
    field.given()?;
    let item = Item::adding(at(row_place, field.cell), measure.label(), value);
    Some(Item { adds: sign * item.adds, ..item })
}

/// What other rows say of the same unit: compared by the rules, never added.
pub(super) fn compare(
    source: &Source<'_>,
    rows: &[Listed<'_>],
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
            "đơn vị có nhiều dòng ở Biểu 02; chỉ dùng dòng đầu"
        };
        let here = at(row_place, field.cell);
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
