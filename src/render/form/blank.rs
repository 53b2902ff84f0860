//! One blank form: whose it is, which of the two, and what it has filled in beforehand.

use super::{FormError, book};
use crate::model::backlog::OpenPetition;
use crate::model::{Form, Period, Unit};
use crate::normalise::Codes;
use crate::recognise::Forms;
use crate::register::Register;
use chrono::NaiveDate;

/// The version of the blank form, in each file's properties: raised when its layout changes.
pub const VERSION: &str = "1";

/// What the forms of one run have in common.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The quarter to be reported.
    pub period: Period,
    /// Its first and last day, as the profile cuts it.
    pub days: (NaiveDate, NaiveDate),
    /// The last day on which the report is due.
    pub deadline: NaiveDate,
    /// The register of units.
    pub register: &'a Register,
    /// The forms.
    pub forms: &'a Forms,
    /// The code lists.
    pub codes: &'a Codes,
}

/// One blank form.
#[derive(Debug, Clone, Copy)]
pub struct Blank<'a> {
    /// What all forms of the run have in common.
    pub setting: Setting<'a>,
    /// The unit that will fill it in.
    pub unit: &'a Unit,
    /// Which form.
    pub form: Form,
    /// Who receives it, in running text.
    pub receiver: &'a str,
    /// The petitions that the last quarter left open; they stand in Biểu 3.
    pub open: &'a [OpenPetition],
}

/// The usual name of a submission: `BC_02647_2021_Q2.xlsx`.
pub fn file_name(unit: &Unit, period: Period, form: Form) -> String {
    let part = match form {
        Form::Detail => "",
        Form::RollUp => "_Bieu02",
    };
    format!("BC_{}_{}_Q{}{part}.xlsx", unit.code, period.year(), period.number())
}

impl Blank<'_> {
    /// Draws the workbook. Equal forms are equal bytes.
    pub fn draw(&self) -> Result<Vec<u8>, FormError> {
        book::draw(self)
    }

    /// The name of its file.
    pub fn file_name(&self) -> String {
        file_name(self.unit, self.setting.period, self.form)
    }

    /// The district of a commune, while there are districts.
    pub(super) fn district(&self) -> Option<&Unit> {
        let day = self.setting.period.last_day();
        let parent = self.setting.register.get(self.unit.parent?, day)?;
        (parent.level == crate::model::Level::District).then_some(parent)
    }

    /// The quarter as the form writes it: `Quý II/2021`.
    pub(super) fn quarter(&self) -> String {
        quarter(self.setting.period)
    }
}

/// A quarter as the form writes it: `Quý II/2021`.
pub(super) fn quarter(period: Period) -> String {
    format!("Quý {}/{}", period.roman(), period.year())
}
