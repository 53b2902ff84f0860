//! Which figures a finding asks a unit to correct: a figure that changed unasked wants a question.

use super::previous::PastFinding;
use crate::model::Measure;
use crate::model::content::Matter;

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

const KINDS: &[Measure] = &[Measure::Periodic, Measure::AdHoc, Measure::Counted];
const CHAIRS: &[Measure] = &[
    Measure::BySecretary,
    Measure::ByChairman,
    Measure::ByBoth,
    Measure::ByDeputy,
    Measure::Counted,
];

/// The columns whose sum SL05 looks at, with the figures that come from them.
const SUMMED: [(&str, &[Measure]); 18] = [
    ("attendees", PEOPLE),
    ("women", &[]),
    ("minority", &[]),
    ("speakers", &[]),
    ("opinions", OPINIONS),
    ("answered", OPINIONS),
    ("resolved", OPINIONS),
    ("pending", OPINIONS),
    ("unresolved", OPINIONS),
    ("forwarded", OPINIONS),
    ("periodic", KINDS),
    ("ad_hoc", KINDS),
    ("total", KINDS),
    ("by_secretary", CHAIRS),
    ("by_chairman", CHAIRS),
    ("by_both", CHAIRS),
    ("by_deputy", CHAIRS),
    ("notices", NOTICES),
];

/// Whether a finding may be mended by changing that figure. Faults of files, forms, units, quarters and
/// cells may change any; faults of the quota may bring meetings that were forgotten. A wrong sum asks for
/// the figures of its column; where the number of meetings changed with it, a row was missing or too much.
pub(super) fn asks(finding: &PastFinding, measure: Measure, is_recounted: bool) -> bool {
    let asked = match finding.code.as_str() {
        "SL01" | "SL03" => OPINIONS,
        "SL02" => PEOPLE,
        "DL07" => USUAL,
        "TH01" | "TH02" | "TH08" => NOTICES,
        "TH06" | "HS03" | "HS04" => OUTCOMES,
        // Nothing of this stands in Biểu 1's figures.
        "SL06" | "SL08" | "SL09" | "TH03" | "TH04" | "TH07" | "HS01" | "HS02" | "HS05" | "AT01"
        | "AT02" => return false,
        "SL05" if !is_recounted => match summed(finding) {
            Some(measures) => measures,
            None => return true,
        },
        _ => return true,
    };
    asked.contains(&measure)
}

/// The figures of the column whose sum is wrong; none where the finding does not name it.
fn summed(finding: &PastFinding) -> Option<&'static [Measure]> {
    let about = finding.about.as_ref()?;
    let is_it = |(column, _): &&(&str, _)| *about == Matter::named(&finding.code, column);
    SUMMED.iter().find(is_it).map(|(_, measures)| *measures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Severity;
    use crate::rules::catalogue;

    fn asking(code: &str, about: Option<&str>) -> PastFinding {
        PastFinding {
            code: code.to_owned(),
            severity: Severity::Error,
            unit: None,
            place: [const { None }; 3],
            value: None,
            message: String::new(),
            period: None,
            about: about.map(|name| Matter::named(code, name)),
            row: None,
        }
    }

    fn of(finding: &PastFinding, is_recounted: bool) -> usize {
        Measure::ALL.into_iter().filter(|one| asks(finding, *one, is_recounted)).count()
    }

    #[test]
    fn what_each_code_asks_for() {
        for (code, figures) in [
            ("TH02", 3),
            ("SL01", 6),
            ("HS04", 5),
            ("SL02", 1),
            ("HS01", 0),
            ("CT01", 18),
            ("DL01", 18),
            ("SL05", 18),
        ] {
            assert_eq!(of(&asking(code, None), false), figures, "{code}");
        }
        let bounded = |code: &&str| of(&asking(code, None), false) < Measure::COUNT;
        assert_eq!(catalogue::codes().into_iter().filter(bounded).count(), 21);
    }

    #[test]
    fn a_wrong_sum_asks_for_its_column() {
        for (column, figures) in [
            ("attendees", 1),
            ("women", 0),
            ("opinions", 6),
            ("forwarded", 6),
            ("total", 3),
            ("by_both", 5),
            ("notices", 3),
            // Of a line of a roll-up, and of whatever later programs sum.
            ("no such column", 18),
        ] {
            let finding = asking("SL05", Some(column));
            assert_eq!(of(&finding, false), figures, "{column}");
            assert_eq!(of(&finding, true), Measure::COUNT, "{column}: a row came or went");
        }
    }
}
