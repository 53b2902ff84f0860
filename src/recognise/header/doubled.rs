//! Columns that a header leaves in doubt: two that go by names of one field, by what their cells hold, and those that are
//! named after a quarter.

use super::{Header, HeaderColumn};
use crate::model::Period;
use crate::model::text::key;
use crate::notation::date::{self, DateReading};
use crate::notation::number::{self, CountReading, Measure};
use crate::notation::period;
use crate::open::{Sheet, Value};
use crate::recognise::blank::{BlankColumn, Holds};
use crate::recognise::forms::{Forms, TableForm};
use crate::recognise::marks::numbers_columns;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Rows that are looked at.
const MOST_ROWS: usize = 400;
/// The year of a date without one; any will do to tell a date.
const SOME_YEAR: Option<i32> = Some(2000);

/// A column under another name of a field that is read from elsewhere.
#[derive(Debug, Clone)]
pub struct SetAside {
    /// The column that is not read.
    pub column: HeaderColumn,
    /// The column that is.
    pub read: u32,
    /// Which column of the form both are named after.
    pub at: usize,
}

/// What the filled cells of one column are for its field: the value by row, none for what is no value of it.
struct Seen {
    is_canonical: bool,
    cells: BTreeMap<u32, Option<String>>,
}

impl Seen {
    fn fits(&self) -> bool {
        self.cells.values().any(Option::is_some)
    }

    /// Whether it says all that the other says, and the same.
    fn says(&self, other: &Self) -> bool {
        other.cells.iter().all(|(row, value)| value.is_none() || self.cells.get(row) == Some(value))
    }
}

/// The header with one column of each doubled field, where the cells leave no doubt; the others are set aside.
pub fn settled(
    header: Arc<Header>,
    form: &TableForm,
    forms: &Forms,
    (sheet, end): (&Sheet, u32),
    own: Option<Period>,
) -> Arc<Header> {
    let doubled = |header: &Header| header.known.values().any(|columns| columns.len() > 1);
    let dated = header.quarters().any(|quarter| quarter.is_some());
    if !doubled(&header) && !dated {
        return header;
    }
    let mut settled = (*header).clone();
    settled.places = OnceLock::new();
    if dated {
        settled.refuse_other_quarters(own);
    }
    for (at, columns) in settled.known.iter_mut().filter(|(_, columns)| columns.len() > 1) {
        let blank =
            form.columns.get(*at).filter(|c| c.tick.is_none()).and_then(|c| c.blank.as_ref());
        let Some(blank) = blank else { continue };
        let seen = |column: &HeaderColumn| seen(column, blank, forms, (sheet, &header, end));
        let all: Vec<Seen> = columns.iter().map(seen).collect();
        let Some(winner) = winner(&all, &blank.holds) else { continue };
        let mut place = 0;
        let (kept, rest): (Vec<_>, Vec<_>) = std::mem::take(columns).into_iter().partition(|_| {
            place += 1;
            place - 1 == winner
        });
        let read = kept.first().map_or(0, |column| column.col);
        let rest = rest.into_iter().map(|column| SetAside { column, read, at: *at });
        settled.set_aside.extend(rest);
        *columns = kept;
    }
    Arc::new(settled)
}

impl Header {
    /// Leaves columns unread that are named after a quarter which is not known to be the file's own.
    fn refuse_other_quarters(&mut self, own: Option<Period>) {
        let is_own = |column: &HeaderColumn| {
            column.quarter.is_none_or(|named| own.is_some_and(|own| named.is(own)))
        };
        for columns in self.known.values_mut() {
            let (kept, refused) = std::mem::take(columns).into_iter().partition(is_own);
            *columns = kept;
            self.unknown.extend::<Vec<_>>(refused);
        }
        self.known.retain(|_, columns| !columns.is_empty());
        self.unknown.sort_by_key(|column| column.col);
    }
}

/// Which of the columns is meant; none where two hold values of the field that differ.
fn winner(all: &[Seen], holds: &Holds) -> Option<usize> {
    let of = |wanted: &dyn Fn(&Seen) -> bool| -> Vec<usize> {
        (0..).zip(all).filter(|(_, seen)| wanted(seen)).map(|(at, _)| at).collect()
    };
    let fitting = of(&Seen::fits);
    let canonical = match of(&|seen| seen.is_canonical).as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let own = canonical.and_then(|at| all.get(at));
    match (fitting.as_slice(), canonical) {
        ([only], Some(canonical)) if only != &canonical => {
            // What stands under the form's own name and cannot be read may be the value all the same.
            own.is_some_and(|own| own.cells.is_empty()).then_some(*only)
        }
        ([only], _) => Some(*only),
        ([], canonical) => canonical,
        (_, Some(canonical)) if *holds == Holds::Text => Some(canonical),
        (several, canonical) => {
            let first = canonical.or(several.first().copied())?;
            let chosen = all.get(first)?;
            all.iter().all(|other| chosen.says(other)).then_some(first)
        }
    }
}

fn seen(
    column: &HeaderColumn,
    blank: &BlankColumn,
    forms: &Forms,
    (sheet, header, end): (&Sheet, &Header, u32),
) -> Seen {
    let first = sheet.rows.partition_point(|row| row.index <= header.last_row);
    let rows = sheet.rows.iter().skip(first).take(MOST_ROWS);
    let rows = rows.take_while(|row| row.index <= end).filter(|row| !numbers_columns(row, true));
    let cells = rows.filter_map(|row| Some((row.index, &row.get(column.col)?.value)));
    let filled = cells.filter(|(_, value)| !matches!(value, Value::Text(t) if t.trim().is_empty()));
    Seen {
        is_canonical: is_canonical(column, blank),
        cells: filled.map(|(row, value)| (row, value_of(value, &blank.holds, forms))).collect(),
    }
}

/// Whether the header is the blank form's own, under its own group.
fn is_canonical(column: &HeaderColumn, blank: &BlankColumn) -> bool {
    let leaf = column.path().next_back();
    let group = blank.group.as_deref().map(key);
    leaf.is_some_and(|leaf| leaf == key(&blank.header))
        && group.is_none_or(|group| column.path().any(|words| words == group))
}

/// What a cell says for a field that holds such values; none where it is no such value.
fn value_of(value: &Value, holds: &Holds, forms: &Forms) -> Option<String> {
    match (holds, value) {
        (Holds::Date | Holds::DayOfPeriod, Value::Date(when)) => Some(when.date().to_string()),
        (Holds::Date | Holds::DayOfPeriod, Value::Text(text)) => {
            match date::from_text(text, SOME_YEAR) {
                DateReading::Day(day) => Some(day.to_string()),
                DateReading::Invalid => None,
            }
        }
        (Holds::Count | Holds::Ordinal, Value::Number(n)) => Some(n.to_string()),
        (Holds::Count | Holds::Ordinal, Value::Text(text)) => {
            match number::from_text(text, Measure::Any) {
                CountReading::Plain(count) => Some(count.get().to_string()),
                _ => None,
            }
        }
        (Holds::Code(_), Value::Text(text)) => Some(key(text)).filter(|word| forms.is_tick(word)),
        (Holds::Quarter, Value::Text(text)) => {
            period::from_label(text).map(|period| period.to_string())
        }
        (Holds::Text, Value::Text(text)) => Some(key(text)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(is_canonical: bool, cells: &[&str]) -> Seen {
        let value = |text: &&str| match *text {
            "?" => None,
            other => Some(other.to_owned()),
        };
        let cells = (0..).zip(cells).filter(|(_, text)| !text.is_empty());
        Seen { is_canonical, cells: cells.map(|(row, text)| (row, value(text))).collect() }
    }

    #[test]
    fn which_of_two_columns_is_the_fields() {
        let (own, other) = (|cells| column(true, cells), |cells| column(false, cells));
        for (all, holds, expected) in [
            (vec![own(&["1/1", "2/1"]), other(&["?", "?"])], Holds::Date, Some(0)),
            (vec![other(&["?", "?"]), own(&["1/1", "2/1"])], Holds::Date, Some(1)),
            (vec![other(&["8h", "?"]), other(&["", ""])], Holds::Date, Some(0)),
            (vec![own(&["1/1", "2/1"]), other(&["1/1", "?"])], Holds::Date, Some(0)),
            (vec![own(&["1/1", "2/1"]), other(&["1/1", "3/1"])], Holds::Date, None),
            (vec![own(&["1/1", ""]), other(&["1/1", "3/1"])], Holds::Date, None),
            // The form's own column holds something that is no value.
            (vec![own(&["?", "?"]), other(&["1/1", "3/1"])], Holds::Date, None),
            (vec![own(&["", ""]), other(&["1/1", "3/1"])], Holds::Date, Some(1)),
            (vec![own(&["85"]), other(&["12"])], Holds::Count, None),
            (vec![other(&["85"]), other(&["85"])], Holds::Count, Some(0)),
            (vec![own(&["đường"]), other(&["điện"])], Holds::Text, Some(0)),
            (vec![other(&["đường"]), other(&["điện"])], Holds::Text, None),
            (vec![own(&[]), own(&[])], Holds::Count, None),
        ] {
            assert_eq!(winner(&all, &holds), expected);
        }
    }
}
