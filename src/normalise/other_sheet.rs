//! What the name of a table's sheet, and the places and posts in its rows, say against the file's unit and quarter.

use super::cautions::Spot;
use super::listed::is_beside;
use super::mentions::{bare_in, named_in};
use super::other_figures::OtherFigures;
use super::values::folded;
use crate::model::{CellRef, Finding, Level, Severity, Unit};
use crate::notation::period;
use crate::notation::period_other::{OtherTime, other_time};
use crate::open::Value;
use crate::recognise::TableId;
use crate::rules::dl::DL08;
use crate::rules::dv::DV03;
use crate::rules::ky::KY02;

/// Rows of which each must name another unit's place before that is more than a meeting held there.
const FEWEST_PLACES: usize = 2;

impl OtherFigures<'_> {
    /// What the sheet's name says: a draft or a plan, another quarter, another unit. Less is to be made of it than of a
    /// title, and nothing where a title has said it.
    pub(super) fn sheet_name(&self, told: &[Finding]) -> Vec<Finding> {
        let name = folded(&self.source.sheet_name().name).into_owned();
        // Nearly every sheet bears the form's own name, which says nothing.
        if name == self.own_name {
            return Vec::new();
        }
        let untold = |finding: &Finding| !told.iter().any(|other| other.rule == finding.rule);
        let means = self.cautions.meaning(&name, self.beside(Spot::Sheets)).map(|means| {
            let message = format!(
                "Tên trang \u{201c}{name}\u{201d} cho thấy đây là {means}; số liệu của {} vẫn được tính.",
                self.label
            );
            Finding::new(&DL08, self.place(None), message).value(name.clone()).help(
                "Đổi lại tên trang; nếu đúng là bản nháp hay kế hoạch thì nộp bản chính thức.",
            )
        });
        let quarter = self.quarter_of(&name).map(|other| {
            let message = format!(
                "Tên trang \u{201c}{name}\u{201d} ghi {other}, còn tệp ghi {}; số liệu được tính cho {}.",
                self.period.label(),
                self.period.label()
            );
            Finding::new(&KY02, self.place(None), message).value(name.clone())
        });
        let unit = self.unit_of(&name).map(|other| {
            let message = format!(
                "Tên trang \u{201c}{name}\u{201d} ghi {}, còn nơi khác trong tệp ghi {}; số liệu được tính cho {}.",
                other.full_name(),
                self.unit.full_name(),
                self.unit.full_name()
            );
            Finding::new(&DV03, self.place(None), message).value(other.full_name())
        });
        let said = [means, quarter, unit].into_iter().flatten().filter(untold);
        said.map(|finding| finding.with_severity(Severity::Warning)).collect()
    }

    /// The other time that a sheet's name tells.
    fn quarter_of(&self, name: &str) -> Option<String> {
        if self.table.id == TableId::Carried {
            return None;
        }
        let named = period::all_in(name);
        if let Some(other) = named.first() {
            return (!named.contains(&self.period)).then(|| other.label());
        }
        match other_time(name).filter(|other| other.is_against(self.period))? {
            // A workbook may be the whole year's.
            OtherTime::Year(year) if year == self.period.year() => None,
            OtherTime::NoYear(_) => Some("quý khác".to_owned()),
            _ => Some("kỳ khác".to_owned()),
        }
    }

    /// The other unit that a sheet's name tells, with its kind or, beside the own one, by its bare name.
    fn unit_of(&self, name: &str) -> Option<&Unit> {
        let day = self.period.last_day();
        let mut named = named_in(name, self.register, day);
        if named.is_empty() && self.unit.level == Level::Commune {
            named = bare_in(name, self.register, day, Level::Commune);
            let own = |unit: &Unit| unit.code == self.unit.code;
            named.retain(|unit| own(unit) || is_beside(unit, self.unit, self.register));
        }
        let above = |unit: &Unit| self.register.is_within(self.unit, unit.code, day);
        let known = named.iter().any(|unit| above(unit));
        named.into_iter().find(|unit| unit.level == self.unit.level).filter(|_| !known)
    }

    /// DV03 where the posts of those who chaired, or all the places, are another commune's: a file of that one with the
    /// head changed.
    pub(super) fn other_unit_in_rows(&self) -> Vec<Finding> {
        if self.table.id != TableId::Meetings || self.unit.level != Level::Commune {
            return Vec::new();
        }
        let posts = self.other_in_column("chair_name", "chức vụ người chủ trì", |_, _| true);
        let places = self.other_in_column("place", "địa điểm", |others, filled| {
            others == filled && filled >= FEWEST_PLACES
        });
        posts.into_iter().chain(places).collect()
    }

    /// The first cell of a column that names another commune, where none names the own one and enough of them do.
    fn other_in_column(
        &self,
        field: &str,
        what: &str,
        is_enough: impl Fn(usize, usize) -> bool,
    ) -> Option<Finding> {
        let col = self.table.columns.at.get(field)?;
        let day = self.period.last_day();
        let (mut filled, mut others) = (0, Vec::new());
        for row in &self.table.rows.data {
            let at = CellRef::new(*row, col);
            let Some(cell) = self.source.sheet.cell(at) else { continue };
            let Value::Text(text) = &cell.value else { continue };
            filled += usize::from(!text.trim().is_empty());
            let mut named = named_in(&folded(text), self.register, day);
            named.retain(|unit| unit.level == Level::Commune);
            if named.iter().any(|unit| unit.code == self.unit.code) {
                return None;
            }
            others.extend(named.first().map(|unit| (at, *unit)));
        }
        let (at, other) = others.first().filter(|_| is_enough(others.len(), filled))?;
        let message = format!(
            "{} dòng của {} ghi {what} ở {}, không dòng nào ghi {}; số liệu được tính cho {}.",
            others.len(),
            self.label,
            other.full_name(),
            self.unit.full_name(),
            self.unit.full_name()
        );
        let finding = Finding::new(&DV03, self.place(Some(*at)), message).value(other.full_name());
        Some(finding.with_severity(Severity::Warning))
    }
}
