//! Whose meeting a row is, where the table has a column of units: another unit's is not counted for the one that reports.

use super::near::{is_near, name_parts};
use super::reader::TableReader;
use super::values::{folded, shown};
use crate::model::text::key;
use crate::model::{CellRef, Field, Finding, Level, Meeting, Unit, UnitCode};
use crate::rules::dv::DV03;

/// The field of the column.
const FIELD: &str = "unit_name";

/// What a cell of the column says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whose {
    /// Nothing, or no unit: a village, a body of the unit.
    Unsaid,
    Own,
    /// Another unit, by its name.
    Other(String),
}

/// Goes through the rows; a blank cell goes on with the unit above it.
#[derive(Debug, Default)]
pub(super) struct Owners(Option<String>);

impl Owners {
    /// The meeting, its day unreadable where the row is another unit's: it leaves every count, and each is marked.
    pub(super) fn claim(&mut self, reader: &mut TableReader<'_>, meeting: Meeting) -> Meeting {
        let Some(at) = reader.at(FIELD) else { return meeting };
        let text = reader.cell(at).map(|cell| folded(&shown(&cell.value)).trim().to_owned());
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.0 = match reader.whose(&text) {
                Whose::Other(name) => Some(name),
                Whose::Own | Whose::Unsaid => None,
            };
        }
        let Some(other) = &self.0 else { return meeting };
        reader.say_other_unit(at, other);
        Meeting { date: Field::unreadable(at), ..meeting }
    }
}

impl TableReader<'_> {
    fn whose(&self, text: &str) -> Whose {
        let home = self.source.home;
        let Some(own) = home.register.get(home.unit, home.day) else { return Whose::Unsaid };
        let within = |unit: &Unit, code| home.register.is_within(unit, code, home.day);
        // The district's or the province's name is the place that the unit lies in.
        let is_own = |unit: &&Unit| within(own, unit.code);
        let other = |unit: &Unit| Whose::Other(unit.full_name());
        let mut coded = UnitCode::spellings(text).into_iter();
        if let Some(unit) = coded.find_map(|code| home.register.get(code, home.day)) {
            return if is_own(&unit) { Whose::Own } else { other(unit) };
        }
        let parts = name_parts(text);
        let named = home.register.named(parts.bare, home.day, parts.kind, None);
        if named.iter().any(is_own) {
            return Whose::Own;
        }
        // A name without its kind may be a village's, unless a unit next to this one bears it.
        let place = if own.level == Level::Commune { own.parent } else { Some(own.code) };
        let near =
            |unit: &&&Unit| parts.kind.is_some() || place.is_some_and(|place| within(unit, place));
        if let Some(unit) = named.iter().find(near) {
            return other(unit);
        }
        let announced = parts.kind.is_some_and(|kind| kind.usual_level() == own.level);
        let misspelt = is_near(&key(parts.bare), &key(own.name.as_str()));
        if announced && !misspelt { Whose::Other(text.to_owned()) } else { Whose::Unsaid }
    }

    fn say_other_unit(&mut self, at: CellRef, other: &str) {
        let home = self.source.home;
        let own = home.register.get(home.unit, home.day).map(Unit::full_name).unwrap_or_default();
        let message = format!(
            "Cột \u{201c}{}\u{201d} ghi {other}, còn báo cáo là của {own}: cuộc ở hàng này không được tính.",
            self.label(FIELD)
        );
        let finding = Finding::new(&DV03, self.place(at), message).value(other);
        self.say(finding.help(
            "Mỗi đơn vị gửi một biểu riêng ghi các cuộc của mình; xóa các hàng của đơn vị khác rồi gửi lại.",
        ));
    }
}
