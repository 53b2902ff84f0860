//! What the columns of the forms count: meetings, people, opinions or notices.

use crate::notation::number::Measure;

/// What the column of a field counts.
pub(super) fn measure(field: &str) -> Measure {
    match field {
        "attendees" | "women" | "minority" | "speakers" => Measure::People,
        "opinions" | "answered" | "resolved" | "pending" | "unresolved" | "forwarded" => {
            Measure::Opinions
        }
        "notices" => Measure::Notices,
        "periodic" | "ad_hoc" | "total" | "by_secretary" | "by_chairman" | "by_both"
        | "by_deputy" => Measure::Meetings,
        _ => Measure::Any,
    }
}
