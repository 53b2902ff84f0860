//! CT05: too few meetings for the quota of the year (chỉ tiêu năm).

use crate::check::year::{YearAccount, YearQuarter};
use crate::model::{Finding, Measure, Place, Rule, Severity, Unit, Verdict};

/// CT05: the quota of the year is not met; the yearly review raises it.
pub static CT05: Rule = Rule {
    code: "CT05",
    slug: "chua-dat-chi-tieu-nam",
    severity: Severity::Error,
    title: "Chưa đạt chỉ tiêu năm",
    why: "Kết quả cả năm là một căn cứ đánh giá mức độ hoàn thành nhiệm vụ của người đứng đầu.",
    breaks: "Chỉ tiêu mỗi quý 1 cuộc, cả năm chỉ có 3 cuộc được tính.",
    keeps: "Cả năm có từ 4 cuộc định kỳ trở lên, mỗi quý ít nhất 1 cuộc.",
    mend: "Rà soát báo cáo bốn quý, bổ sung cuộc ghi thiếu hoặc giải trình lý do.",
};

/// One unit's year.
#[derive(Debug, Clone, Copy)]
pub struct YearCase<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// The year.
    pub year: i32,
    /// Its quarters.
    pub quarters: &'a [YearQuarter<'a>],
    /// What they come to.
    pub account: YearAccount,
}

/// Speaks where the year is surely short; of a year with reasons as a warning.
pub fn check(case: &YearCase<'_>) -> Option<Finding> {
    let verdict = case.account.verdict;
    let severity = match verdict {
        Verdict::Short => Severity::Error,
        Verdict::ShortWithReason => Severity::Warning,
        _ => return None,
    };
    let mut sentences = vec![totals(case), quarters(case)];
    sentences.extend(reasons(case));
    let mut finding =
        Finding::new(&CT05, Place::default(), sentences.join(" ")).about("chi-tieu-nam");
    finding.severity = severity;
    Some(finding.unit(case.unit.code))
}

fn totals(case: &YearCase<'_>) -> String {
    let YearAccount { owed, counted, .. } = case.account;
    let short = owed.saturating_sub(counted);
    let head = format!(
        "{}: chỉ tiêu năm {} là {owed} cuộc; được tính {counted} cuộc",
        case.unit.full_name(),
        case.year
    );
    // A profile may ask for every quarter, and a year with enough meetings still be short.
    match short {
        0 => format!("{head}, nhưng không đủ từng quý."),
        _ => format!("{head}, còn thiếu {short} cuộc."),
    }
}

/// Each quarter with what it counted of what it owed.
fn quarters(case: &YearCase<'_>) -> String {
    let parts = case.quarters.iter().map(|quarter| {
        let sum = |measure| quarter.line.tallies.sum(measure);
        let counted = sum(Measure::Counted).map_or("–".to_owned(), |count| count.to_string());
        format!("quý {}: {counted}/{}", quarter.period.roman(), sum(Measure::Required).unwrap_or(0))
    });
    format!("Từng quý: {}.", parts.collect::<Vec<_>>().join("; "))
}

fn reasons(case: &YearCase<'_>) -> Option<String> {
    let given = case.quarters.iter().filter_map(|quarter| {
        let reason = quarter.line.reason.as_ref()?;
        Some(format!("quý {}: {reason}", quarter.period.roman()))
    });
    let given: Vec<String> = given.collect();
    (!given.is_empty()).then(|| format!("Lý do đơn vị nêu: {}.", given.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::Trial;

    #[test]
    fn a_year_short_in_one_quarter_only_says_so() {
        let unit = Trial::clean().unit;
        for (counted, words) in [
            (4, "được tính 4 cuộc, nhưng không đủ từng quý."),
            (5, "được tính 5 cuộc, nhưng không đủ từng quý."),
            (3, "được tính 3 cuộc, còn thiếu 1 cuộc."),
        ] {
            let verdict = Verdict::Short;
            let account = YearAccount { owed: 4, counted, sure: counted, possible: None, verdict };
            let case = YearCase { unit: &unit, year: 2021, quarters: &[], account };
            let found = check(&case).unwrap();
            let head = "Xã Bảo Hà: chỉ tiêu năm 2021 là 4 cuộc; ";
            assert!(found.message.starts_with(&format!("{head}{words}")), "{}", found.message);
        }
    }
}
