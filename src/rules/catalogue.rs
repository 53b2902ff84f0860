//! All rules in their official order, and how to find one by what a user types.

use super::{at, bm, dl, dv, ky, tep};
use super::{
    ct_quota, ct02_not_counted, ct03_out_of_season, ct05_year, hs_meeting_papers,
    hs_petition_papers, sl_across, sl01_outcome_total, sl02_part_over_whole, sl03_petition_counts,
    sl04_same_meeting, sl05_written_totals, sl08_unknown_meeting, sl09_repeated_petition,
    th_notice, th_submission, th03_short_announcement, th06_overdue_petition, th07_acknowledgement,
    th08_date_order,
};
use crate::model::{Rule, nearest};

/// Every rule, by family in the official order, then by number.
pub static CATALOGUE: &[&Rule] = &[
    &tep::TEP01,
    &tep::TEP02,
    &tep::TEP03,
    &tep::TEP04,
    &tep::TEP05,
    &tep::TEP06,
    &tep::TEP07,
    &tep::TEP08,
    &tep::TEP09,
    &bm::BM01,
    &bm::BM02,
    &bm::BM03,
    &bm::BM04,
    &dv::DV01,
    &dv::DV02,
    &dv::DV03,
    &dv::DV04,
    &dv::DV05,
    &dv::DV06,
    &dv::DV07,
    &ky::KY01,
    &ky::KY02,
    &ky::KY03,
    &ky::KY04,
    &dl::DL01,
    &dl::DL02,
    &dl::DL03,
    &dl::DL04,
    &dl::DL05,
    &dl::DL06,
    &dl::DL07,
    &dl::DL08,
    &sl01_outcome_total::SL01,
    &sl02_part_over_whole::SL02,
    &sl03_petition_counts::SL03,
    &sl04_same_meeting::SL04,
    &sl05_written_totals::SL05,
    &sl_across::SL06,
    &sl_across::SL07,
    &sl08_unknown_meeting::SL08,
    &sl09_repeated_petition::SL09,
    &ct_quota::CT01,
    &ct02_not_counted::CT02,
    &ct03_out_of_season::CT03,
    &ct_quota::CT04,
    &ct05_year::CT05,
    &th_notice::TH01,
    &th_notice::TH02,
    &th03_short_announcement::TH03,
    &th_submission::TH04,
    &th_submission::TH05,
    &th06_overdue_petition::TH06,
    &th07_acknowledgement::TH07,
    &th08_date_order::TH08,
    &hs_meeting_papers::HS01,
    &hs_meeting_papers::HS02,
    &hs_petition_papers::HS03,
    &hs_petition_papers::HS04,
    &hs_meeting_papers::HS05,
    &at::AT01,
    &at::AT02,
];

/// No rule has that code or name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Không có quy tắc “{written}”{}. Hãy xem danh mục bằng lệnh: qc17 rules", suggestion(*nearest))]
pub struct UnknownRule {
    /// What was asked for.
    pub written: String,
    /// The nearest rule, if one is near.
    pub nearest: Option<&'static str>,
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map(|word| format!(" (có phải {word}?)")).unwrap_or_default()
}

/// The rule of that code or name (`CT01`, `ct01`, `thieu-cuoc-dinh-ky`).
pub fn find(written: &str) -> Result<&'static Rule, UnknownRule> {
    let word = written.trim();
    let same = |name: &str| name.eq_ignore_ascii_case(word);
    let found = CATALOGUE.iter().find(|rule| same(rule.code) || same(rule.slug));
    found.copied().ok_or_else(|| UnknownRule {
        written: word.to_owned(),
        nearest: nearest(word, CATALOGUE.iter().flat_map(|rule| [rule.code, rule.slug])),
    })
}

/// All codes, for what only needs to know which exist.
pub fn codes() -> Vec<&'static str> {
    CATALOGUE.iter().map(|rule| rule.code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Severity;
    use std::collections::BTreeSet;

    /// The codes of the contract: family, then E, W or I for each number from 01.
    const OFFICIAL: [(&str, &str); 10] = [
        ("TEP", "EEEEEIIWI"),
        ("BM", "EEWE"),
        ("DV", "EWEEWWE"),
        ("KY", "EEEE"),
        ("DL", "EEEEEEWW"),
        ("SL", "EEWEEWEEW"),
        ("CT", "EIIWE"),
        ("TH", "WWWWEWWE"),
        ("HS", "WWWWI"),
        ("AT", "IW"),
    ];
    fn severity(letter: char) -> Severity {
        match letter {
            'E' => Severity::Error,
            'W' => Severity::Warning,
            _ => Severity::Info,
        }
    }

    #[test]
    fn the_catalogue_is_the_contract() {
        let official: Vec<(String, Severity)> = (OFFICIAL.iter())
            .flat_map(|(family, letters)| {
                let numbered = letters.chars().zip(1..);
                numbered.map(move |(c, n)| (format!("{family}{n:02}"), severity(c)))
            })
            .collect();
        let here: Vec<(String, Severity)> =
            CATALOGUE.iter().map(|rule| (rule.code.to_owned(), rule.severity)).collect();
        assert_eq!(here, official);
    }

    #[test]
    fn no_two_rules_share_a_name() {
        let slugs: BTreeSet<_> = CATALOGUE.iter().map(|rule| rule.slug).collect();
        assert_eq!(slugs.len(), CATALOGUE.len());
        for slug in slugs {
            let parts: Vec<_> = slug.split('-').collect();
            let plain = |part: &&str| {
                !part.is_empty()
                    && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            };
            assert!(parts.len() > 1 && parts.iter().all(plain), "{slug}");
        }
    }

    #[test]
    fn every_rule_says_everything() {
        for rule in CATALOGUE {
            let texts = [rule.title, rule.why, rule.breaks, rule.keeps, rule.mend];
            let distinct: BTreeSet<_> = texts.into_iter().collect();
            assert_eq!(distinct.len(), texts.len(), "{}", rule.code);
            for text in texts {
                assert!(text.chars().count() > 3, "{}: {text:?}", rule.code);
                assert!(!text.contains("  ") && text.trim() == text, "{}: {text:?}", rule.code);
                assert!(unicode_normalization::is_nfc(text), "{}: {text:?}", rule.code);
            }
            assert!(!rule.title.ends_with('.'), "{}", rule.code);
            for text in [rule.why, rule.breaks, rule.keeps, rule.mend] {
                assert!(text.ends_with(['.', '…']), "{}: {text:?}", rule.code);
            }
        }
    }

    #[test]
    fn a_rule_is_found_by_code_or_name() {
        for written in ["DL02", "dl02", " Dl02 ", "ngay-khong-hop-le", "NGAY-KHONG-HOP-LE"] {
            assert_eq!(find(written).unwrap().code, "DL02", "{written}");
        }
        for (written, nearest) in [
            ("DL2", Some("DL02")),
            ("ngay-khong-hop-ly", Some("ngay-khong-hop-le")),
            ("", None),
            ("gì đó rất khác", None),
        ] {
            let error = find(written).unwrap_err();
            assert_eq!(error.nearest, nearest, "{written}");
        }
        assert_eq!(
            find("DL2").unwrap_err().to_string(),
            "Không có quy tắc “DL2” (có phải DL02?). Hãy xem danh mục bằng lệnh: qc17 rules"
        );
    }
}
