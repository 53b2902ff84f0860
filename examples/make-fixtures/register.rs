//! The register of units (danh mục đơn vị): which units were in force on a day, and what they are called.

use super::Failure;
use super::quarter::Quarter;
use chrono::NaiveDate;
use std::path::Path;

/// One unit in force.
#[derive(Clone, Default)]
pub(crate) struct Unit {
    pub(crate) code: String,
    pub(crate) name: String,
    /// The prefix in small letters: `xã`, `phường` …
    pub(crate) kind: &'static str,
    pub(crate) level: Level,
    pub(crate) parent: String,
    /// The full name of the parent, `Huyện Bảo Yên`.
    pub(crate) parent_name: String,
    /// Whether the parent is a district (until 30/06/2025).
    pub(crate) in_district: bool,
}

/// The three levels.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Province,
    District,
    #[default]
    Commune,
}

impl Level {
    /// The word of the register and of the result.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Province, Self::District, Self::Commune].into_iter().find(|l| l.key() == word)
    }
}

impl Unit {
    /// `Xã Bảo Hà`.
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", capital(self.kind), self.name)
    }

    /// `xã Bảo Hà`, inside a sentence.
    pub(crate) fn inner_name(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }

    /// The Party committee: `Đảng ủy xã Bảo Hà`, `Huyện ủy Bảo Yên`.
    pub(crate) fn committee(&self) -> String {
        match self.level {
            Level::Commune => format!("Đảng ủy {}", self.inner_name()),
            Level::District | Level::Province => format!("{} {}", self.committee_word(), self.name),
        }
    }

    /// The path of its file inside the input folder: in the district's folder, where there is a district.
    pub(crate) fn path(&self, quarter: Quarter, suffix: &str) -> String {
        let folder = match self.level {
            Level::Commune if self.in_district => format!("{}/", self.parent),
            Level::District => format!("{}/", self.code),
            Level::Commune | Level::Province => String::new(),
        };
        let Quarter { year, number } = quarter;
        format!("{folder}BC_{}_{year}_Q{number}{suffix}.xlsx", self.code)
    }

    /// The committee without the place, as in a title: `Bí thư Đảng ủy`.
    pub(crate) fn committee_word(&self) -> &'static str {
        match self.kind {
            "huyện" => "Huyện ủy",
            "thành phố" => "Thành ủy",
            "thị xã" => "Thị ủy",
            "tỉnh" => "Tỉnh ủy",
            _ => "Đảng ủy",
        }
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn prefix(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "tinh" => "tỉnh",
        "thanh_pho" => "thành phố",
        "thi_xa" => "thị xã",
        "huyen" => "huyện",
        "phuong" => "phường",
        "thi_tran" => "thị trấn",
        "xa" => "xã",
        _ => return None,
    })
}

/// The province of that code with its districts and communes on that day, by code within level.
pub(crate) fn in_force(path: &Path, scope: &str, day: NaiveDate) -> Result<Vec<Unit>, Failure> {
    let mut all: Vec<Unit> = Vec::new();
    for row in csv::Reader::from_path(path)?.deserialize() {
        let (code, name, kind, level, parent, from, to, _): Row = row?;
        let started = from.parse::<NaiveDate>()? <= day;
        let ended = !to.is_empty() && to.parse::<NaiveDate>()? < day;
        if started && !ended {
            let kind = prefix(&kind).ok_or_else(|| format!("unknown kind {kind}"))?;
            let level = Level::parse(&level).ok_or_else(|| format!("unknown level {level}"))?;
            all.push(Unit { code, name, kind, level, parent, ..Unit::default() });
        }
    }
    let parents = all.clone();
    let inside = |unit: &Unit| {
        unit.code == scope
            || unit.parent == scope
            || parents.iter().any(|p| p.code == unit.parent && p.parent == scope)
    };
    all.retain(inside);
    for unit in &mut all {
        let parent = parents.iter().find(|p| p.code == unit.parent && p.level < unit.level);
        unit.parent_name = parent.map(Unit::full_name).unwrap_or_default();
        unit.in_district = parent.is_some_and(|p| p.level == Level::District);
    }
    all.sort_by(|a, b| (a.level, &a.code).cmp(&(b.level, &b.code)));
    Ok(all)
}

type Row = (String, String, String, String, String, String, String, String);
