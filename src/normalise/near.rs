//! Names of units with a letter or two wrong: what they are near to, and what else a text says beside a name.

use crate::model::text::key;
use crate::model::{Unit, UnitCode, UnitKind};
use crate::register::{Register, parse_unit_name};
use chrono::NaiveDate;

/// A unit's name as a cell gives it: its kind, the bare name, and what stands behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct NameParts<'a> {
    pub(super) kind: Option<UnitKind>,
    pub(super) bare: &'a str,
    /// `huyện Bảo Yên` in `Xã Bảo Hà, huyện Bảo Yên`.
    pub(super) rest: Option<&'a str>,
    /// Whether it is surely typed without diacritics: its kind has them.
    pub(super) is_plain: bool,
}

/// Words for a unit's kind that bear diacritics when they are spelled in full, without them.
const PLAIN_KINDS: [&str; 3] = ["xa", "phuong", "thi"];

/// Takes a name apart.
pub(super) fn name_parts(text: &str) -> NameParts<'_> {
    let end = text.find([',', ';', '(', '\n', '–']).or_else(|| text.find(" - "));
    let (name, rest) = end.map_or((text, None), |at| {
        let (name, rest) = text.split_at(at);
        (name, Some(rest.trim_matches(|c: char| !c.is_alphanumeric())))
    });
    let of_kind = |word: &str| PLAIN_KINDS.iter().any(|kind| word.eq_ignore_ascii_case(kind));
    let is_plain = text.is_ascii() && text.split(' ').any(of_kind);
    // `Đảng ủy - UBND xã Bảo Hà`: the name stands behind the dash.
    let office = parse_unit_name(name);
    let whole = if rest.is_some() { parse_unit_name(text) } else { office };
    if office.0.is_none() && whole.0.is_some() {
        return NameParts { kind: whole.0, bare: whole.1.trim(), rest: None, is_plain };
    }
    NameParts { kind: office.0, bare: office.1.trim(), rest, is_plain }
}

/// The district that a text names, when it is one.
pub(super) fn district_in(register: &Register, day: NaiveDate, text: &str) -> Option<UnitCode> {
    // The province may follow: `huyện Bảo Yên, tỉnh Lào Cai`.
    text.split([',', ';', '(', ')', '–', '\n']).find_map(|part| {
        let (kind, bare) = parse_unit_name(part.trim().trim_matches('-').trim());
        let units = register.named(bare, day, kind, None);
        let mut districts = units.iter().filter(|unit| unit.level == crate::model::Level::District);
        match (districts.next(), districts.next()) {
            (Some(only), None) => Some(only.code),
            _ => None,
        }
    })
}

/// The units whose names are nearest to a name with a letter or two wrong, each once, by code.
pub(super) fn near_units<'a>(
    register: &'a Register,
    day: NaiveDate,
    bare: &str,
    wanted: impl Fn(&Unit) -> bool,
) -> Vec<&'a Unit> {
    let name = key(bare);
    let mut near: Vec<(usize, &Unit)> = register
        .all_names(day)
        .filter(|(other, unit)| is_near(&name, other) && wanted(unit))
        .map(|(other, unit)| (strsim::osa_distance(&name, other), unit))
        .collect();
    let closest = near.iter().map(|(distance, _)| *distance).min();
    near.retain(|(distance, _)| Some(*distance) == closest);
    near.sort_by_key(|(_, unit)| unit.code);
    near.dedup_by_key(|(_, unit)| unit.code);
    near.into_iter().map(|(_, unit)| unit).collect()
}

/// One wrong letter in a short name, two in a longer one.
pub(super) fn is_near(one: &str, other: &str) -> bool {
    let most = match one.chars().count().min(other.chars().count()) {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    most > 0
        && one.len().abs_diff(other.len()) <= 2 * most
        && strsim::osa_distance(one, other) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_a_name() {
        for (text, bare, rest) in [
            ("Xã Bảo Hà", "Bảo Hà", None),
            ("Xã Bảo Hà, huyện Bảo Yên", "Bảo Hà", Some("huyện Bảo Yên")),
            ("Xã Bảo Hà - huyện Bảo Yên", "Bảo Hà", Some("huyện Bảo Yên")),
            ("X. Bảo Hà (Bảo Yên)", "Bảo Hà", Some("Bảo Yên")),
            ("Đảng ủy - UBND xã Bảo Hà", "Bảo Hà", None),
        ] {
            let parts = name_parts(text);
            assert_eq!((parts.bare, parts.rest), (bare, rest), "{text}");
        }
    }

    #[test]
    fn letters_that_may_be_wrong() {
        for (one, other, near) in [
            ("baoha", "baohaa", true),
            ("baoha", "baohoa", true),
            ("baoha", "bahoa", true),
            ("hoi", "ho", false),
            ("phorang", "phorong", true),
            ("phorang", "thorang", true),
            ("baoha", "banho", false),
        ] {
            assert_eq!(is_near(one, other), near, "{one} {other}");
        }
    }
}
