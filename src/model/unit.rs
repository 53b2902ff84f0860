//! Administrative units (đơn vị hành chính): a code means a unit only together with a date.

use super::Text;
use chrono::NaiveDate;
use std::fmt;

/// The code of a unit as the official list writes it: five digits for a commune (xã), three for a
/// district (huyện), two for a province (tỉnh). Other registers may use letters.
///
/// Codes were reused on 01/07/2025, so a code alone does not say which unit is meant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitCode {
    bytes: [u8; Self::MAX],
    len: u8,
}

impl UnitCode {
    const MAX: usize = 8;

    /// Reads a code: one to eight ASCII letters or digits.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let valid = (1..=Self::MAX).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if !valid {
            return None;
        }
        let mut bytes = [0; Self::MAX];
        for (slot, byte) in bytes.iter_mut().zip(text.bytes()) {
            *slot = byte;
        }
        Some(Self { bytes, len: u8::try_from(text.len()).ok()? })
    }

    /// The codes that a text may stand for: as is, as a number, with a leading zero that a spreadsheet
    /// program took away. Which of them is a unit, the register knows.
    pub fn spellings(text: &str) -> Vec<Self> {
        let text = text.trim().trim_start_matches('\'');
        let bare = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text);
        let digits = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
        let padded = match bare.len() {
            4 if digits => Some(format!("0{bare}")),
            1 | 2 if digits => Some(format!("{bare:0>3}")),
            3 if digits => Some(format!("{bare:0>5}")),
            _ => None,
        };
        let spelt = [Some(bare.to_owned()), padded].into_iter().flatten();
        spelt.filter_map(|code| Self::parse(&code)).collect()
    }

    /// The code as written in the register.
    pub fn as_str(&self) -> &str {
        let used = self.bytes.get(..usize::from(self.len)).unwrap_or_default();
        std::str::from_utf8(used).unwrap_or_default()
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnitCode({})", self.as_str())
    }
}

/// The level (cấp) of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Tỉnh.
    Province,
    /// Huyện, until 30/06/2025.
    District,
    /// Xã.
    Commune,
}

impl Level {
    /// All levels, from the top.
    pub const ALL: [Self; 3] = [Self::Province, Self::District, Self::Commune];

    /// The word used in JSON, in the register and in profiles.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
        }
    }

    /// The level of that key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.key() == key)
    }

    /// The level in Vietnamese running text.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Province => "cấp tỉnh",
            Self::District => "cấp huyện",
            Self::Commune => "cấp xã",
        }
    }
}

/// What a unit is called by (xã, phường, thị trấn …).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// Tỉnh.
    Tinh,
    /// Thành phố.
    ThanhPho,
    /// Thị xã.
    ThiXa,
    /// Huyện.
    Huyen,
    /// Phường.
    Phuong,
    /// Thị trấn.
    ThiTran,
    /// Xã.
    Xa,
    /// Đặc khu (since 2025).
    DacKhu,
}

impl UnitKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Tinh,
        Self::ThanhPho,
        Self::ThiXa,
        Self::Huyen,
        Self::Phuong,
        Self::ThiTran,
        Self::Xa,
        Self::DacKhu,
    ];

    /// The word in the register's column `kind`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Tinh => "tinh",
            Self::ThanhPho => "thanh_pho",
            Self::ThiXa => "thi_xa",
            Self::Huyen => "huyen",
            Self::Phuong => "phuong",
            Self::ThiTran => "thi_tran",
            Self::Xa => "xa",
            Self::DacKhu => "dac_khu",
        }
    }

    /// The kind of that key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The level of units of that kind; a city under the central government (thành phố trực thuộc trung
    /// ương) is a province all the same.
    pub const fn usual_level(self) -> Level {
        match self {
            Self::Tinh => Level::Province,
            Self::ThanhPho | Self::ThiXa | Self::Huyen => Level::District,
            Self::Phuong | Self::ThiTran | Self::Xa | Self::DacKhu => Level::Commune,
        }
    }

    /// The prefix of a full name.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Tinh => "Tỉnh",
            Self::ThanhPho => "Thành phố",
            Self::ThiXa => "Thị xã",
            Self::Huyen => "Huyện",
            Self::Phuong => "Phường",
            Self::ThiTran => "Thị trấn",
            Self::Xa => "Xã",
            Self::DacKhu => "Đặc khu",
        }
    }
}

/// One unit for one unbroken stretch of the same name, kind and parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its code during this stretch.
    pub code: UnitCode,
    /// The bare name, without the word for its kind.
    pub name: Text,
    /// What it is called by.
    pub kind: UnitKind,
    /// Its level.
    pub level: Level,
    /// The unit that it belongs to; none for a province.
    pub parent: Option<UnitCode>,
    /// First day of the stretch.
    pub valid_from: NaiveDate,
    /// Last day of the stretch, inclusive; none while it lasts.
    pub valid_to: Option<NaiveDate>,
    /// Other spellings of the name.
    pub aliases: Vec<Text>,
}

impl Unit {
    /// The name with its kind in front: `Xã Bảo Hà`.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.kind.prefix(), self.name)
    }

    /// Whether the unit exists on that day.
    pub fn in_force_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_their_zeros() {
        assert_eq!(UnitCode::parse(" 02647 ").map(|c| c.to_string()).as_deref(), Some("02647"));
        for bad in ["", "2647.0", "123456789", "Lào", "02 47"] {
            assert_eq!(UnitCode::parse(bad), None, "{bad}");
        }
    }
}
