//! What one file says, typed: whose it is, which quarter, and its rows.

use super::{
    CarriedPetition, CellRef, Count, Field, Meeting, Period, Petition, Place, RollUp, Text,
    UnitCode,
};
use chrono::NaiveDate;
use std::fmt;
use std::sync::Arc;

/// A path relative to the input folder, `/` between its parts, in composed Unicode.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilePath(Arc<str>);

impl FilePath {
    /// Takes the path as discovered.
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A sheet (trang) of a workbook, with its place in the workbook's own order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SheetName {
    /// The name as the workbook shows it.
    pub name: Arc<str>,
    /// Which sheet of the workbook, counted from zero.
    pub order: u32,
    /// The file it stands in, where that is another one than its submission's: a unit may send each
    /// table as a text file of its own.
    pub file: Option<FilePath>,
}

impl SheetName {
    /// A sheet of the submission's own file.
    pub fn new(name: impl Into<Arc<str>>, order: u32) -> Self {
        Self { name: name.into(), order, file: None }
    }
}

impl Default for SheetName {
    fn default() -> Self {
        Self::new("", 0)
    }
}

/// Which of the two forms a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Form 01: one unit, one quarter, in detail.
    Detail,
    /// Form 02: one district's roll-up of its communes.
    RollUp,
}

impl Form {
    /// The word used in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Detail => "01",
            Self::RollUp => "02",
        }
    }
}

/// A table of rows read from one sheet.
#[derive(Debug, Clone)]
pub struct Table<R> {
    /// The sheet it stands in.
    pub sheet: SheetName,
    /// Its rows, from the top.
    pub rows: Vec<R>,
    /// The cell with the table's name or its first header; findings about the whole table point here.
    pub anchor: CellRef,
    /// The sums that the unit itself wrote under the table, with the field each belongs to.
    pub written_totals: Vec<WrittenTotal>,
    /// The form's fields for which the sheet has no column.
    pub absent: Vec<&'static str>,
}

impl<R> Default for Table<R> {
    fn default() -> Self {
        Self {
            sheet: SheetName::default(),
            rows: Vec::new(),
            anchor: CellRef::new(0, 0),
            written_totals: Vec::new(),
            absent: Vec::new(),
        }
    }
}

/// One cell of a row of sums (Tổng cộng).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenTotal {
    /// The field of the column it stands in.
    pub field: &'static str,
    /// The sum as written, with its cell.
    pub value: Field<Count>,
    /// Rows of the sheet that it covers, counted from zero, first and last.
    pub covers: (u32, u32),
}

/// The rows of a Form 01.
#[derive(Debug, Clone)]
pub struct Detail {
    /// Biểu 1.
    pub meetings: Table<Meeting>,
    /// Biểu 2, where there is one.
    pub petitions: Option<Table<Petition>>,
    /// Biểu 3, where there is one.
    pub carried: Option<Table<CarriedPetition>>,
    /// Lý do không tổ chức.
    pub no_meeting_reason: Field<Text>,
}

impl Detail {
    /// Whether nothing was entered: no meeting, no reason, no petition, and nothing about this quarter in
    /// the petitions carried over, which the office may have filled in beforehand.
    pub fn is_untouched(&self) -> bool {
        let waits = |row: &CarriedPetition| {
            row.outcome.is_blank() && row.reply_no.is_blank() && row.reply_date.is_blank()
        };
        self.meetings.rows.is_empty()
            && self.no_meeting_reason.given().is_none()
            && self.petitions.as_ref().is_none_or(|table| table.rows.is_empty())
            && self.carried.as_ref().is_none_or(|table| table.rows.iter().all(waits))
    }
}

/// The rows of either form.
#[derive(Debug, Clone)]
pub enum Body {
    /// Form 01.
    Detail(Box<Detail>),
    /// Form 02.
    RollUp(RollUp),
}

/// The first and the last day of which a file says that it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedDays {
    /// The first one.
    pub first: NaiveDate,
    /// The last one.
    pub last: NaiveDate,
    /// Where they stand.
    pub place: Place,
}

/// One file that was understood: whose it is, for which quarter, when it was made, what it says.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The file.
    pub file: FilePath,
    /// The unit that sends it, as the register knows it on the period's last day.
    pub unit: UnitCode,
    /// The quarter that the file itself states.
    pub period: Period,
    /// From which day to which it says to reach, where it names both.
    pub days: Option<StatedDays>,
    /// The sheet in which number and reason of the report stand; none where they are spread.
    pub head: Option<SheetName>,
    /// Số, ký hiệu báo cáo.
    pub report_no: Field<Text>,
    /// Ngày báo cáo.
    pub report_date: Field<NaiveDate>,
    /// The sheet in which number and date of the report stand.
    pub head_sheet: Option<SheetName>,
    /// Which version of the report its own titles say it is; 1 where they say nothing.
    pub version: u32,
    /// The rows.
    pub body: Body,
}

impl Submission {
    /// Which form it is.
    pub const fn form(&self) -> Form {
        match self.body {
            Body::Detail(_) => Form::Detail,
            Body::RollUp(_) => Form::RollUp,
        }
    }

    /// The latest day that a date in the tables can have: as-of or the report's own, the later one.
    pub fn last_known_day(&self, as_of: NaiveDate) -> NaiveDate {
        self.report_date.value().map_or(as_of, |own| own.max(as_of))
    }

    /// The rows of a Form 01, when it is one.
    pub const fn detail(&self) -> Option<&Detail> {
        match &self.body {
            Body::Detail(detail) => Some(detail),
            Body::RollUp(_) => None,
        }
    }

    /// The rows of a Form 02, when it is one.
    pub const fn roll_up(&self) -> Option<&RollUp> {
        match &self.body {
            Body::RollUp(table) => Some(table),
            Body::Detail(_) => None,
        }
    }
}
