//! Writes Form 02 (Biểu 02 - Tổng hợp): one district, one row per commune.

use super::Failure;
use super::form::Forms;
use super::model::Value;
use super::quarter::Quarter;
use super::register::Unit;
use super::sheet::{A4, Heads, Page, Signatures, Total, paper, sum, workbook};
use super::style::Style;
use super::truth::Figures;
use chrono::NaiveDate;

/// One row: the commune and its figures as the district has them.
pub(crate) type Row<'a> = (&'a Unit, &'a Figures);

/// One roll-up to be written.
pub(crate) struct RollUp<'a> {
    pub(crate) district: &'a Unit,
    pub(crate) quarter: Quarter,
    pub(crate) day: NaiveDate,
    pub(crate) rows: Vec<Row<'a>>,
    /// A number to be added to the attendees of that commune, so that the forms disagree.
    pub(crate) differs: Option<(&'a str, u32)>,
}

impl RollUp<'_> {
    /// The bytes of the workbook.
    pub(crate) fn write(&self, forms: &Forms, names: [String; 2]) -> Result<Vec<u8>, Failure> {
        let table = forms.table("rollup")?;
        let style = Style::new();
        let mut book = workbook()?;
        let sheet = book.add_worksheet().set_name(&table.sheet)?;
        let committee = self.district.committee().to_uppercase();
        let head = format!("&L&\"Times New Roman,Bold\"&11{committee}");
        paper(sheet, A4, &head, (3, 5))?;
        let mut page = Page { sheet, table, style: &style };
        page.titles(&[&self.district.full_name(), &self.quarter.label()])?;
        let first = page.heads(3, Heads::Grouped)?;
        for (no, row) in (1..).zip(&self.rows) {
            page.row(first + no - 1, |field| self.value(row, field, no))?;
        }
        let count = u32::try_from(self.rows.len())?;
        page.total(first + count, table.column("unit_name"), |field, at| {
            let numbers = self.rows.iter().map(|row| self.value(row, field, 0));
            let stored: u32 =
                numbers.map(|value| if let Value::Number(n) = value { n } else { 0 }).sum();
            if field == "note" { Total::Blank } else { sum(at, first, count, &stored.to_string()) }
        })?;
        let [prepared_by, signer] = names;
        let signatures = Signatures {
            place_and_date: self
                .day
                .format(&format!("{}, ngày %d tháng %-m năm %Y", self.district.name))
                .to_string(),
            on_behalf_of: format!("T/M {}", self.district.committee_word().to_uppercase()),
            prepared_by,
            signer,
        };
        page.signatures(first + count + 2, &signatures)?;
        Ok(book.save_to_buffer()?)
    }

    fn value(&self, (unit, figures): &Row<'_>, field: &str, no: u32) -> Value {
        let count = |key: &str| figures.get(key).unwrap_or_default();
        Value::Number(match field {
            "no" => no,
            "unit_code" => return Value::Text(unit.code.clone()),
            "unit_name" => return Value::Text(unit.full_name()),
            "note" => return Value::Blank,
            "total" => count("periodic") + count("ad_hoc"),
            "notices" => count("notices_on_time") + count("notices_late"),
            "attendees" => {
                let added = self.differs.filter(|(code, _)| *code == unit.code);
                count("attendees") + added.map_or(0, |(_, more)| more)
            }
            counted => count(counted),
        })
    }
}
