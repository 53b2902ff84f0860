//! A district's roll-up of its communes (Biểu 02), one row per commune.

use super::submission::Table;
use super::{CellRef, Count, Field, Text, UnitCode};

/// One commune as its district reports it.
#[derive(Debug, Clone, Default)]
pub struct RollUpRow {
    /// The row in its sheet, counted from zero.
    pub row: u32,
    /// Which commune; `None` when neither code nor name could be understood (a finding says so).
    pub unit: Option<UnitCode>,
    /// Where it could not be told: the communes that it may be of.
    pub could_be: Vec<UnitCode>,
    /// The cell that names the commune.
    pub named_at: Option<CellRef>,
    /// Số cuộc: định kỳ.
    pub periodic: Field<Count>,
    /// Số cuộc: đột xuất.
    pub ad_hoc: Field<Count>,
    /// Số cuộc: tổng số.
    pub total: Field<Count>,
    /// Chủ trì: Bí thư.
    pub by_secretary: Field<Count>,
    /// Chủ trì: Chủ tịch UBND.
    pub by_chairman: Field<Count>,
    /// Chủ trì: đồng chủ trì.
    pub by_both: Field<Count>,
    /// Chủ trì: ủy quyền.
    pub by_deputy: Field<Count>,
    /// Số lượt người tham gia.
    pub attendees: Field<Count>,
    /// Ý kiến, kiến nghị: tổng số.
    pub opinions: Field<Count>,
    /// Ý kiến, kiến nghị by outcome K1 … K5.
    pub outcomes: [Field<Count>; 5],
    /// Số thông báo kết luận.
    pub notices: Field<Count>,
    /// Ghi chú.
    pub note: Field<Text>,
}

impl RollUpRow {
    /// How many meetings the row says there were: those of both kinds, or else the total.
    pub fn meetings(&self) -> Option<u64> {
        let kinds = self.periodic.value().zip(self.ad_hoc.value());
        let kinds = kinds.map(|(periodic, ad_hoc)| periodic.get() + ad_hoc.get());
        kinds.or_else(|| self.total.value().map(Count::get))
    }

    /// The meetings by who chaired them.
    pub const fn chairs(&self) -> [&Field<Count>; 4] {
        [&self.by_secretary, &self.by_chairman, &self.by_both, &self.by_deputy]
    }

    /// The cell that stands for the whole row.
    pub fn cell(&self) -> CellRef {
        self.named_at.unwrap_or(CellRef::new(self.row, 0))
    }
}

/// The whole of one Biểu 02.
pub type RollUp = Table<RollUpRow>;
