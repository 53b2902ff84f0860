//! Which figures a finding asks a unit to correct: a figure that changed unasked wants a question.

use crate::model::Measure;

const NOTICES: &[Measure] =
    &[Measure::NoticesOnTime, Measure::NoticesLate, Measure::NoticesMissing];
const OUTCOMES: &[Measure] = &Measure::OUTCOMES;
const OPINIONS: &[Measure] = &[
    Measure::Opinions,
    Measure::Answered,
    Measure::Resolved,
    Measure::Pending,
    Measure::Unresolved,
    Measure::Forwarded,
];
const PEOPLE: &[Measure] = &[Measure::Attendees];
const USUAL: &[Measure] = &[Measure::Attendees, Measure::Opinions];

/// Whether a finding of that code may be mended by changing that figure. Faults of files, forms, units,
/// quarters and cells may change any; faults of the quota may bring meetings that were forgotten.
pub(super) fn asks(code: &str, measure: Measure) -> bool {
    let asked = match code {
        "SL01" | "SL03" => OPINIONS,
        "SL02" => PEOPLE,
        "DL07" => USUAL,
        "TH01" | "TH02" | "TH08" => NOTICES,
        "TH06" | "HS03" | "HS04" => OUTCOMES,
        // Nothing of this stands in Biểu 1's figures.
        "SL06" | "SL08" | "SL09" | "TH03" | "TH04" | "TH07" | "HS01" | "HS02" | "HS05" | "AT01"
        | "AT02" => return false,
        _ => return true,
    };
    asked.contains(&measure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::catalogue;

    #[test]
    fn what_each_code_asks_for() {
        let of = |code: &str| Measure::ALL.into_iter().filter(|one| asks(code, *one)).count();
        for (code, figures) in [
            ("TH02", 3),
            ("SL01", 6),
            ("HS04", 5),
            ("SL02", 1),
            ("HS01", 0),
            ("CT01", 18),
            ("DL01", 18),
        ] {
            assert_eq!(of(code), figures, "{code}");
        }
        let bounded = catalogue::codes().into_iter().filter(|code| of(code) < Measure::COUNT);
        assert_eq!(bounded.count(), 21);
    }
}
