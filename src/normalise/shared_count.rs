//! One number in a merged cell: over several rows it holds for each of them and may have been meant for all together; over
//! several columns nobody can tell which it is of.

use super::reader::TableReader;
use crate::model::{CellRef, Count, Finding, Severity};
use crate::rules::dl::DL08;

impl TableReader<'_> {
    /// DL08 where a count comes from the cell of a row above, so that a number for all would be counted several times,
    /// or from a cell that covers the columns of other fields too.
    pub(super) fn note_shared(&mut self, field: &str, at: CellRef, count: Count) {
        // A row's or a meeting's number is no amount: it holds for every row beside it.
        if count == Count::ZERO || ["no", "meeting_no"].contains(&field) {
            return;
        }
        self.note_wide(field, at, count);
        let Some(anchor) = self.anchor_above(at) else { return };
        let message = format!(
            "Ô \u{201c}{}\u{201d} gộp từ hàng {}: con số {count} được tính riêng cho hàng {} nữa, cộng lại có thể thừa.",
            self.label(field),
            anchor.row + 1,
            at.row + 1
        );
        let finding = Finding::new(&DL08, self.place(at), message)
            .with_severity(Severity::Error)
            .help("Bỏ gộp ô rồi ghi số của từng hàng; nếu là số chung thì chỉ ghi ở một hàng, các hàng kia ghi 0.")
            .value(count.to_string());
        self.say(finding);
    }

    fn note_wide(&mut self, field: &str, at: CellRef, count: Count) {
        let Some(last) = self.merges.wide_from(at) else { return };
        let covered = |(_, col): &(&str, u32)| (at.col + 1..=last).contains(col);
        let mut others: Vec<(&str, u32)> = self.table.columns.at.all().filter(covered).collect();
        others.sort_by_key(|(_, col)| *col);
        if others.is_empty() {
            return;
        }
        let message = format!(
            "Ô \u{201c}{}\u{201d} gộp ngang cả cột {}: con số {count} chỉ được tính cho \u{201c}{}\u{201d}, các cột kia coi như chưa ghi.",
            self.label(field),
            others
                .iter()
                .map(|(name, _)| format!("\u{201c}{}\u{201d}", self.label(name)))
                .collect::<Vec<_>>()
                .join(", "),
            self.label(field)
        );
        let finding = Finding::new(&DL08, self.place(at), message)
            .with_severity(Severity::Error)
            .help("Bỏ gộp ô rồi ghi số của từng cột.")
            .value(count.to_string());
        self.say(finding);
    }
}
