//! Whose figures are asked for (đơn vị, cấp, huyện, toàn bộ), from the words with which people say it.

use super::summary::{Summary, UnitLine};
use crate::model::text::key;
use crate::model::{Level, Unit, UnitCode, nearest};
use crate::register::spelling_key;

/// A row of PL1: one unit, or a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// One unit's own.
    Unit(UnitCode),
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
    #[error("Có {count} đơn vị tên \u{201c}{0}\u{201d}: {all}. Hãy ghi mã.", count = .1.len(), all = .1.join("; "))]
    Several(String, Vec<String>),
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
                found => found.map(Self::Communes),
            };
        }
        unit(summary, written).map(Self::Unit)
    }

    /// Whether a unit's figures are part of it.
    pub fn covers(self, line: &UnitLine) -> bool {
        match self {
            Self::Unit(code) => line.unit.code == code,
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
            Self::Unit(code) => format!("{} ({code})", name(code)),
            Self::Communes(code) => format!("{} (các xã)", name(code)),
            Self::Level(Level::Province) => "Cấp tỉnh".to_owned(),
            Self::Level(Level::District) => "Cấp huyện".to_owned(),
            Self::Level(Level::Commune) => "Cấp xã".to_owned(),
            Self::All => "Tổng cộng các cấp".to_owned(),
        }
    }
}

/// The unit of the scope with that code, or the only one with that name.
pub fn unit(summary: &Summary, written: &str) -> Result<UnitCode, UnknownTarget> {
    among(summary, written, |_| true)
}

fn among(
    summary: &Summary,
    written: &str,
    may_be: impl Fn(&Unit) -> bool,
) -> Result<UnitCode, UnknownTarget> {
    let units = summary.units.iter().map(|line| &line.unit).filter(|unit| may_be(unit));
    let of = (summary.scope.full_name(), summary.period.label());
    one_of(&units.collect::<Vec<_>>(), written, of).map(|unit| unit.code)
}

/// The one of these units with that code or, else, that name; the area and the period in which it was
/// looked for are for the answer when there is none.
pub fn one_of<'a>(
    units: &[&'a Unit],
    written: &str,
    (area, period): (String, String),
) -> Result<&'a Unit, UnknownTarget> {
    let code = UnitCode::parse(written.trim());
    if let Some(unit) = units.iter().find(|unit| Some(unit.code) == code) {
        return Ok(unit);
    }
    let named = |of: fn(&str) -> String| -> Vec<&'a Unit> {
        let key = of(written);
        let same = |name: &str| !key.is_empty() && of(name) == key;
        let known = |unit: &&Unit| same(&unit.full_name()) || same(unit.name.as_str());
        units.iter().copied().filter(known).collect()
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
            let several = several.iter().map(|unit| format!("{} {}", unit.code, unit.full_name()));
            Err(UnknownTarget::Several(written.to_owned(), several.collect()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trials::{Batch, code};

    #[test]
    fn words_for_units_and_sums() {
        let summary = Batch::empty().summary();
        for (written, meant) in [
            ("02989", Target::Unit(code("02989"))),
            ("bảo hà", Target::Unit(code("02989"))),
            ("XA BAO HA", Target::Unit(code("02989"))),
            ("087", Target::Unit(code("087"))),
            ("Huyện Bảo Yên", Target::Unit(code("087"))),
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
            ("", "không có đơn vị nào"),
            ("Bảo Hà các xã", "không phải là một huyện"),
        ] {
            match Target::find(&summary, written) {
                Err(error) => assert!(error.to_string().contains(told), "{written}: {error}"),
                // One tone apart is the same name to somebody without a Vietnamese keyboard.
                Ok(found) => assert_eq!(found, Target::Unit(code("02989")), "{written}"),
            }
        }
    }
}
