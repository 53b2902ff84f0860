//! What stands beside figures of other periods: how the columns are called, which periods they are and which are missing.

use crate::aggregate::Summary;

/// Kỳ trước.
pub(super) const BEFORE: &str = "Kỳ trước";
/// Cùng kỳ năm trước.
pub(super) const YEAR_AGO: &str = "Cùng kỳ năm trước";

/// Which periods the columns show, which are missing, and what makes them hard to compare.
pub(super) fn remark(summary: &Summary) -> Option<String> {
    let comparison = &summary.comparison;
    let named = [
        (BEFORE, &comparison.previous),
        (YEAR_AGO, &comparison.same_last_year),
        ("Lũy kế", &comparison.since_january),
    ];
    let mut words: Vec<String> = Vec::new();
    for (name, past) in named {
        let Some(past) = past else { continue };
        let broken =
            if past.rearranged { ", trước khi sắp xếp đơn vị hành chính" } else { "" };
        words.push(format!(
            "{name}: {} ({}/{} đơn vị có số liệu{broken})",
            past.period.label(),
            past.reported,
            past.owed
        ));
    }
    if !comparison.absent.is_empty() {
        let absent: Vec<String> = comparison.absent.iter().map(|span| span.label()).collect();
        words
            .push(format!("Không so sánh được với {}: chưa đủ báo cáo các quý", absent.join(", ")));
    }
    (!words.is_empty()).then(|| format!("{}.", words.join(". ")))
}
