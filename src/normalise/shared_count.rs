//! One number in a cell merged over several rows: it holds for each of them, and may have been meant for all together.

use super::reader::TableReader;
use crate::model::{CellRef, Count, Finding, Severity};
use crate::rules::dl::DL08;

impl TableReader<'_> {
    /// DL08 where a count comes from the cell of a row above: a number for all would be counted several times.
    pub(super) fn note_shared(&mut self, field: &str, at: CellRef, count: Count) {
        if count == Count::ZERO {
            return;
        }
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
}
