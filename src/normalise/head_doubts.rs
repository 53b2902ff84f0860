//! What the head of a report says that cannot be taken as it stands: a period with a reservation, a reason that is none
//! or that the meetings contradict.

use super::cautions::{Beside, Cautions, Spot};
use super::submission::{Head, Terms, labelled, place};
use super::values::{folded, shown};
use crate::model::submission::Detail;
use crate::model::{Field, Finding, Level, Place, Severity, Text};
use crate::rules::dl::DL08;

/// The label of the reason why no meeting was held.
const REASON: &str = "no_meeting_reason";

impl Head<'_> {
    /// The reason why no meeting was held (lý do không tổ chức); what says that there were meetings, or nothing, is
    /// none.
    pub(super) fn reason(&self, terms: Terms<'_>, findings: &mut Vec<Finding>) -> Field<Text> {
        let reason = self.text(REASON);
        let (Some(cell), Some(text)) = (reason.cell(), reason.given()) else { return reason };
        // A dash or a bare `Không` says that there is none, as in any form with a cell to be filled.
        if terms.forms.none.is_bare(text.as_str()) {
            return Field::blank(cell);
        }
        let cautions = &terms.codes.cautions;
        if cautions.meaning(text.as_str(), self.beside(Spot::Reasons)).is_none() {
            return reason;
        }
        let message = format!(
            "Ô \u{201c}Lý do không tổ chức\u{201d} ghi \u{201c}{text}\u{201d}, không phải là lý do; coi như chưa ghi."
        );
        let finding = Finding::new(&DL08, self.place_of(REASON), message).value(text.as_str());
        findings.push(finding.help(
            "Nếu đã tổ chức thì nhập các cuộc vào Biểu 1 và xóa ô này; nếu không tổ chức thì ghi rõ vì sao.",
        ));
        Field::blank(cell)
    }

    /// Said where meetings are listed beside a reason that says there was none.
    pub(super) fn reason_beside_meetings(
        &self,
        detail: &Detail,
        cautions: &Cautions,
    ) -> Option<Finding> {
        let text = detail.no_meeting_reason.given()?;
        // Else it may explain why there were not more of them.
        cautions.meaning(text.as_str(), self.beside(Spot::NoneHeld))?;
        let held = Some(detail.meetings.rows.len()).filter(|held| *held > 0)?;
        let message = format!(
            "Ô \u{201c}Lý do không tổ chức\u{201d} ghi \u{201c}{text}\u{201d}, nhưng Biểu 1 có {held} cuộc; các cuộc này vẫn được tính."
        );
        let finding = Finding::new(&DL08, self.place_of(REASON), message).value(text.as_str());
        Some(finding.help(
            "Nếu đã tổ chức thì xóa ô lý do; nếu không tổ chức thì xóa các cuộc của kỳ trước còn để lại trong Biểu 1.",
        ))
    }

    /// Said where the period is named with a reservation: `Quý I/2021 (số liệu đến 10/3/2021)`, `lũy kế`.
    pub(super) fn reserved_period(&self, cautions: &Cautions) -> Option<Finding> {
        let (claim, value) = labelled(self.claims, "period")?;
        let text = folded(&shown(value)).into_owned();
        let means = cautions.meaning(&text, self.beside(Spot::Titles))?;
        let message = format!(
            "Kỳ báo cáo ghi \u{201c}{text}\u{201d}, cho thấy đây là {means}; số liệu vẫn được tính cho {}.",
            self.period.label()
        );
        let place = place(self.file, self.workbook, claim);
        let finding = Finding::new(&DL08, place, message).value(text);
        Some(
            finding.with_severity(Severity::Error).help(
                "Chỉ ghi quý và năm, ví dụ Quý I/2021, và nộp số liệu của cả quý rồi gửi lại.",
            ),
        )
    }

    fn beside(&self, spot: Spot) -> Beside {
        let commune = self.level == Some(Level::Commune);
        Beside { spot, commune, carried: false, last_day: self.period.last_day() }
    }

    fn place_of(&self, field: &str) -> Place {
        let claim = labelled(self.claims, field).map(|(claim, _)| claim);
        claim.map_or_else(
            || Place::file(self.file.clone()),
            |claim| place(self.file, self.workbook, claim),
        )
    }
}
