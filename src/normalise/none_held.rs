//! The reason why no meeting was held, where it is a line in Biểu 1 or its title and not the cell for it.

use super::cautions::{Beside, Cautions, Spot};
use super::other_figures::words_of;
use super::submission::labelled;
use super::values::{folded, shown};
use crate::model::submission::FilePath;
use crate::model::{CellRef, Finding, Period, Place};
use crate::notation::period;
use crate::open::{Value, Workbook};
use crate::recognise::claims::FREE_TEXT;
use crate::recognise::{Claim, FoundTable, NoneWords, Source, TableId};
use crate::rules::dl::DL08;

/// Rows under the header that are looked through.
const MOST_ROWS: usize = 60;

/// A workbook with its tables.
pub(super) struct Book<'a> {
    pub(super) file: &'a FilePath,
    pub(super) workbook: &'a Workbook,
    pub(super) tables: &'a [FoundTable],
    pub(super) none: &'a NoneWords,
    pub(super) cautions: &'a Cautions,
}

impl Book<'_> {
    /// What the cell for the reason would claim, and a finding that says where it was taken from; nothing where a
    /// meeting is listed or the cell is filled.
    pub(super) fn reason_in_table(
        &self,
        claims: &[Claim],
        period: Period,
        findings: &mut Vec<Finding>,
    ) -> Option<Claim> {
        let table = self.tables.iter().find(|table| table.id == TableId::Meetings)?;
        let (commune, last_day) = (false, period.last_day());
        let beside = Beside { spot: Spot::Reasons, commune, carried: false, last_day };
        let given = labelled(claims, "no_meeting_reason").is_some_and(|(_, value)| {
            let text = shown(value);
            !self.none.is_bare(&text) && self.cautions.meaning(&text, beside).is_none()
        });
        if given || !table.rows.data.is_empty() {
            return None;
        }
        let (cell, text) =
            self.line(table, period).or_else(|| self.title(claims, table, period))?;
        let sheet = self.workbook.sheets.get(table.sheet)?;
        let message = format!(
            "Dòng \u{201c}{text}\u{201d} ở Biểu 1 được hiểu là lý do không tổ chức: trong kỳ không có cuộc nào."
        );
        let place = Place::sheet(self.file, &sheet.name, Some(cell));
        let finding = Finding::new(&DL08, place, message).value(text.as_str());
        findings.push(finding.help(
            "Ghi lý do ở ô \u{201c}Lý do không tổ chức\u{201d} của trang Thông tin; nếu đã tổ chức thì nhập các cuộc vào Biểu 1.",
        ));
        Some(Claim {
            source: Source::Label,
            field: "no_meeting_reason",
            sheet: Some(table.sheet),
            cell: Some(cell),
            value: Some(Value::Text(text.into())),
        })
    }

    /// A line under the header, above the next table of the sheet.
    fn line(&self, table: &FoundTable, period: Period) -> Option<(CellRef, String)> {
        let sheet = self.workbook.sheets.get(table.sheet)?;
        let below =
            |other: &&FoundTable| other.sheet == table.sheet && other.anchor.row > table.anchor.row;
        let next = self.tables.iter().filter(below).map(|other| other.anchor.row).min();
        let first = sheet.rows.partition_point(|row| row.index < table.data_from);
        let rows = sheet.rows.iter().skip(first).take(MOST_ROWS);
        rows.take_while(|row| next.is_none_or(|next| row.index < next)).find_map(|row| {
            let whole = words_of(row)?;
            let mut cells = row.cells.iter();
            let said = |value: &Value| match value {
                Value::Text(text) => self.none.is_none_held(text),
                _ => false,
            };
            let cell = cells.find(|cell| said(&cell.value))?;
            let text = folded(&shown(&cell.value)).trim().to_owned();
            is_of(&whole, period).then_some((CellRef::new(row.index, cell.col), text))
        })
    }

    fn title(
        &self,
        claims: &[Claim],
        table: &FoundTable,
        period: Period,
    ) -> Option<(CellRef, String)> {
        let own = claims.iter().filter(|claim| {
            (claim.source, claim.field) == (Source::Title, FREE_TEXT)
                && claim.sheet == Some(table.sheet)
        });
        own.filter_map(|claim| Some((claim.cell?, shown(claim.value.as_ref()?)))).find_map(
            |(cell, text)| {
                let text = folded(&text).trim().to_owned();
                (self.none.is_none_held(&text) && is_of(&text, period)).then_some((cell, text))
            },
        )
    }
}

/// Whether a line speaks of that quarter, or of none.
fn is_of(text: &str, period: Period) -> bool {
    let named = period::all_in(text);
    named.is_empty() || named.contains(&period)
}
