//! Whose figures are asked for (đơn vị, cấp, huyện, toàn bộ), from the words with which people say it.

use super::carried::{handed_on, without_until};
use super::summary::{Summary, UnitLine};
use crate::model::text::key;
use crate::model::{Level, Period, Unit, UnitCode, nearest};
use crate::register::spelling_key;
use chrono::NaiveDate;

/// One unit of a report. Its code alone does not tell it: a code is used again after a reorganisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose {
    /// Its code.
    pub code: UnitCode,
    /// Since when it is as the report shows it.
    since: NaiveDate,
}

impl Whose {
    /// That unit.
    pub const fn of(unit: &Unit) -> Self {
        Self { code: unit.code, since: unit.valid_from }
    }

    /// Whether it is that unit.
    pub fn is(self, unit: &Unit) -> bool {
        self == Self::of(unit)
    }
}

/// A row of PL1: one unit, or a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// One unit's own.
    Unit(Whose),
    /// The communes of that district.
    Communes(UnitCode),
    /// All units of a level.
    Level(Level),
    /// All units.
    All,
}

/// No unit, or several, are called so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownTarget {
    /// None.
    #[error(
        "Trong {scope} không có đơn vị nào có mã hoặc tên \u{201c}{written}\u{201d} ở {period}.{}",
        near.as_ref().map(|near| format!(" Có phải {near}?")).unwrap_or_default()
    )]
    NoSuch {
        /// What was written.
        written: String,
        /// The area of the report.
        scope: String,
        /// The quarter.
        period: String,
        /// The nearest name.
        near: Option<String>,
    },
    /// Several.
    #[error("Có {count} đơn vị tên \u{201c}{0}\u{201d}: {all}. Hãy ghi mã như trên.", count = .1.len(), all = .1.join("; "))]
    Several(String, Vec<String>),
    /// One code, of which several units had the use one after the other.
    #[error("Trong {period} mã {code} là của {count} đơn vị, lần lượt: {all}. Hãy ghi mã kèm một ngày có đơn vị đó, ví dụ {first}.", count = .units.len(), all = .units.iter().map(|(as_written, name)| format!("{name} ({as_written})")).collect::<Vec<_>>().join("; "), first = .units.first().map(|(as_written, _)| as_written.as_str()).unwrap_or_default())]
    Reused {
        /// The code.
        code: UnitCode,
        /// The period of the report.
        period: String,
        /// Each unit: how it can be written, and its name.
        units: Vec<(String, String)>,
    },
    /// A unit that ended; another one shows its figures.
    #[error(
        "{name} ({code}) không còn ở cuối {period}; số liệu của đơn vị này nằm ở đơn vị kế tục là {heir}. Hãy xem đơn vị \
         kế tục, hoặc thêm --geography then để xem theo đơn vị cũ."
    )]
    HandedOn {
        /// Its name.
        name: String,
        /// Its code.
        code: UnitCode,
        /// The unit that shows its figures.
        heir: String,
        /// The period of the report.
        period: String,
    },
    /// The communes of a commune.
    #[error(
        "\u{201c}{0}\u{201d} không phải là một huyện. Hãy ghi tên huyện rồi \u{201c}các xã\u{201d}, ví dụ \u{201c}Bảo Yên các xã\u{201d}."
    )]
    NoCommunes(String),
}

/// What stands behind a district's name where its communes are meant, as in PL1.
const COMMUNES: &str = "cacxa";

impl Target {
    /// What somebody means by those words.
    pub fn find(summary: &Summary, written: &str) -> Result<Self, UnknownTarget> {
        let key = key(written);
        let level = match key.as_str() {
            "tinh" | "captinh" => Some(Level::Province),
            "huyen" | "caphuyen" => Some(Level::District),
            "xa" | "capxa" => Some(Level::Commune),
            _ => None,
        };
        if let Some(level) = level {
            return Ok(Self::Level(level));
        }
        if ["tong", "tongcong", "tongcongcaccap", "toantinh", "toanbo"].contains(&key.as_str()) {
            return Ok(Self::All);
        }
        if let Some(district) = key.strip_suffix(COMMUNES).filter(|district| !district.is_empty()) {
            let above = |unit: &Unit| unit.level != Level::Commune;
            return match among(summary, district, above) {
                Err(UnknownTarget::NoSuch { .. }) => {
                    Err(UnknownTarget::NoCommunes(written.to_owned()))
                }
                found => found.map(|district| Self::Communes(district.code)),
            };
        }
        unit(summary, written).map(Self::Unit)
    }

    /// Whether a unit's figures are part of it.
    pub fn covers(self, line: &UnitLine) -> bool {
        match self {
            Self::Unit(unit) => unit.is(&line.unit),
            Self::Communes(district) => {
                line.unit.level == Level::Commune && line.unit.parent == Some(district)
            }
            Self::Level(level) => line.unit.level == level,
            Self::All => true,
        }
    }

    /// How it is told.
    pub fn label(self, summary: &Summary) -> String {
        let name = |code: UnitCode| {
            let line = summary.unit(code);
            line.map_or_else(|| code.to_string(), |line| line.unit.full_name())
        };
        match self {
            Self::Unit(unit) => {
                let line = summary.units.iter().find(|line| unit.is(&line.unit));
                let name = line.map(|line| line.unit.full_name()).unwrap_or_default();
                format!("{name} ({})", unit.code)
            }
            Self::Communes(code) => format!("{} (các xã)", name(code)),
            Self::Level(Level::Province) => "Cấp tỉnh".to_owned(),
            Self::Level(Level::District) => "Cấp huyện".to_owned(),
            Self::Level(Level::Commune) => "Cấp xã".to_owned(),
            Self::All => "Tổng cộng các cấp".to_owned(),
        }
    }
}

/// The unit of the scope with that code, or the only one with that name.
pub fn unit(summary: &Summary, written: &str) -> Result<Whose, UnknownTarget> {
    among(summary, written, |_| true)
}

fn among(
    summary: &Summary,
    written: &str,
    may_be: impl Fn(&Unit) -> bool,
) -> Result<Whose, UnknownTarget> {
    let (area, period) = (summary.scope.full_name(), summary.period.label());
    let (_, day) = with_day(written);
    let span = summary.period.first_day()..=summary.period.last_day();
    if day.is_some_and(|day| !span.contains(&day)) {
        let written = written.to_owned();
        return Err(UnknownTarget::NoSuch { written, scope: area, period, near: None });
    }
    // On an earlier day of the period the code may have been that of a unit that ended since.
    let then = |unit: &Unit| may_be(unit) && day.is_some_and(|day| unit.in_force_on(day));
    if let Some(handed_on) = heir_of(summary, written, then) {
        return Err(handed_on);
    }
    let units = summary.units.iter().map(|line| &line.unit).filter(|unit| may_be(unit));
    match one_of(&units.collect::<Vec<_>>(), written, (area, period)) {
        Err(none @ UnknownTarget::NoSuch { .. }) => {
            Err(heir_of(summary, written, may_be).unwrap_or(none))
        }
        found => found.map(Whose::of),
    }
}

/// What is to be said of a unit that ended in the period, where another one's line has its figures.
fn heir_of(
    summary: &Summary,
    written: &str,
    may_be: impl Fn(&Unit) -> bool,
) -> Option<UnknownTarget> {
    let ended: Vec<(&Unit, &UnitLine)> =
        handed_on(&summary.units).filter(|(unit, _)| may_be(unit)).collect();
    let old: Vec<&Unit> = ended.iter().map(|(unit, _)| *unit).collect();
    let old = one_of(&old, written, (String::new(), String::new())).ok()?;
    let (_, line) = ended.iter().find(|(unit, _)| *unit == old)?;
    Some(UnknownTarget::HandedOn {
        name: old.full_name(),
        code: old.code,
        heir: format!("{} ({})", line.unit.full_name(), line.unit.code),
        period: summary.period.label(),
    })
}

/// A unit as somebody writes it: its name or code, and a day on which it existed behind `@`, as a date or
/// a quarter.
fn with_day(written: &str) -> (&str, Option<NaiveDate>) {
    let Some((unit, day)) = written.rsplit_once('@') else { return (written, None) };
    let day = day.trim();
    let date = ["%Y-%m-%d", "%d/%m/%Y"];
    let date = date.iter().find_map(|form| NaiveDate::parse_from_str(day, form).ok());
    match date.or_else(|| Period::parse(day).map(Period::last_day)) {
        Some(day) => (unit, Some(day)),
        None => (written, None),
    }
}

/// How a unit can be written so that no other is meant.
fn unmistakable(unit: &Unit) -> String {
    format!("{}@{}", unit.code, unit.valid_to.unwrap_or(unit.valid_from))
}

/// Of the units that had one code one after the other, the one that had it on that day.
fn on_day<'a>(units: &[&'a Unit], day: NaiveDate) -> Option<&'a Unit> {
    units
        .iter()
        .copied()
        .filter(|unit| unit.valid_to.is_none_or(|last| day <= last))
        .min_by_key(|unit| unit.valid_from)
}

/// The one of these units with that code or, else, that name; the area and the period in which it was
/// looked for are for the answer when there is none.
pub fn one_of<'a>(
    units: &[&'a Unit],
    written: &str,
    (area, period): (String, String),
) -> Result<&'a Unit, UnknownTarget> {
    let (written, day) = with_day(written);
    let code = UnitCode::parse(written.trim());
    let same: Vec<&'a Unit> =
        units.iter().copied().filter(|unit| Some(unit.code) == code).collect();
    match (same.as_slice(), day) {
        ([only], None) => return Ok(only),
        (several, Some(day)) => {
            if let Some(unit) = on_day(several, day) {
                return Ok(unit);
            }
        }
        ([], None) => {}
        ([first, ..], None) => {
            let units = same.iter().map(|unit| (unmistakable(unit), unit.full_name())).collect();
            return Err(UnknownTarget::Reused { code: first.code, period, units });
        }
    }
    let named = |of: fn(&str) -> String| -> Vec<&'a Unit> {
        let key = of(written);
        let same = |name: &str| !key.is_empty() && of(name) == key;
        let known = |unit: &&Unit| {
            let bare = without_until(unit);
            same(&format!("{} {bare}", unit.kind.prefix())) || same(bare) || same(&unit.full_name())
        };
        let mut found: Vec<&'a Unit> = units.iter().copied().filter(known).collect();
        if let Some(day) = day {
            found.retain(|unit| unit.valid_to.is_none_or(|last| day <= last));
            // A unit that only changed its district since is the same unit.
            if found.iter().any(|unit| unit.in_force_on(day)) {
                found.retain(|unit| unit.in_force_on(day));
            }
        }
        found
    };
    // Bản Lầu is not Bàn Lâu; without diacritics either may be meant.
    let exact = named(spelling_key);
    let found = if exact.is_empty() { named(key) } else { exact };
    match found.as_slice() {
        [only] => Ok(only),
        [] => {
            let names: Vec<(String, String)> =
                units.iter().map(|unit| (key(unit.name.as_str()), unit.full_name())).collect();
            let (_, bare) = crate::register::parse_unit_name(written);
            let near = nearest(&key(bare), names.iter().map(|(key, _)| key.as_str()));
            let near = near.and_then(|near| names.iter().find(|(key, _)| key == near));
            Err(UnknownTarget::NoSuch {
                written: written.to_owned(),
                scope: area,
                period,
                near: near.map(|(_, name)| name.clone()),
            })
        }
        several => {
            let shared = |code: UnitCode| units.iter().filter(|unit| unit.code == code).count() > 1;
            let several = several.iter().map(|unit| {
                let known = shared(unit.code).then(|| unmistakable(unit));
                format!("{} {}", known.unwrap_or_else(|| unit.code.to_string()), unit.full_name())
            });
            Err(UnknownTarget::Several(written.to_owned(), several.collect()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trials::{Batch, code};

    fn own(summary: &Summary, unit: &str) -> Target {
        Target::Unit(Whose::of(&summary.unit(code(unit)).unwrap().unit))
    }

    #[test]
    fn words_for_units_and_sums() {
        let summary = Batch::empty().summary();
        for (written, meant) in [
            ("02989", own(&summary, "02989")),
            ("bảo hà", own(&summary, "02989")),
            ("XA BAO HA", own(&summary, "02989")),
            ("02989@2021-03-31", own(&summary, "02989")),
            ("Bảo Hà@31/03/2021", own(&summary, "02989")),
            ("Bảo Hà@2021-Q1", own(&summary, "02989")),
            ("087", own(&summary, "087")),
            ("Huyện Bảo Yên", own(&summary, "087")),
            ("Huyện Bảo Yên (các xã)", Target::Communes(code("087"))),
            ("bao yen cac xa", Target::Communes(code("087"))),
            ("087 các xã", Target::Communes(code("087"))),
            ("087-cac-xa", Target::Communes(code("087"))),
            ("tinh", Target::Level(Level::Province)),
            ("Cấp huyện", Target::Level(Level::District)),
            ("XÃ", Target::Level(Level::Commune)),
            ("Tổng cộng", Target::All),
            ("toàn tỉnh", Target::All),
        ] {
            assert_eq!(Target::find(&summary, written), Ok(meant), "{written}");
        }
        for (written, told) in [
            ("Bảo Hạ", "Xã Bảo Hà"),
            ("Xã Bảo Hàa", "Có phải Xã Bảo Hà?"),
            ("99999", "không có đơn vị nào"),
            ("02989@2021-04-01", "không có đơn vị nào"),
            ("", "không có đơn vị nào"),
            ("Bảo Hà các xã", "không phải là một huyện"),
        ] {
            match Target::find(&summary, written) {
                Err(error) => assert!(error.to_string().contains(told), "{written}: {error}"),
                // One tone apart is the same name to somebody without a Vietnamese keyboard.
                Ok(found) => assert_eq!(found, own(&summary, "02989"), "{written}"),
            }
        }
    }
}
