//! TH07: a petition was acknowledged or passed on too many working days after it came.

use super::case::{Case, shown};
use super::noticed::{Noticed, hole};
use crate::model::{Rule, Severity};

/// TH07: acknowledged or passed on late.
pub static TH07: Rule = Rule {
    code: "TH07",
    slug: "bao-nhan-kien-nghi-muon",
    severity: Severity::Warning,
    title: "Báo nhận, chuyển kiến nghị muộn (ngày làm việc)",
    why: "Người dân phải được báo là kiến nghị đã nhận hoặc đã chuyển trong thời hạn quy định.",
    breaks: "Tiếp nhận ngày 01/03/2021, báo nhận ngày 22/03/2021, thời hạn 10 ngày làm việc.",
    keeps: "Tiếp nhận ngày 01/03/2021, báo nhận chậm nhất ngày 15/03/2021.",
    mend: "Kiểm tra lại hai ngày; đúng thì giải trình lý do báo nhận, chuyển muộn.",
};

/// Unchecked where the holidays are not known: working days cannot be counted there.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let Some(table) = case.petitions() else { return };
    let allowed = case.profile.ack_working_days.value;
    for petition in &table.rows {
        let at = (&table.sheet, petition.cell());
        if !petition.received.is_blank() && !petition.acknowledged.is_blank() {
            let cells = [hole(&petition.received), hole(&petition.acknowledged)];
            findings.blocked(case, &TH07, at, cells);
        }
        let (Some(received), Some(told)) =
            (case.past(&petition.received), case.past(&petition.acknowledged))
        else {
            continue;
        };
        // Nothing can be late in fewer days than are allowed, worked or not.
        if (told - received).num_days() <= i64::from(allowed) {
            continue;
        }
        let days = match case.calendar.working_days_between(received, told) {
            Ok(days) => days,
            Err(no_data) => {
                findings.open(case, &TH07, at, sentence(&no_data.to_string()));
                continue;
            }
        };
        if days <= allowed {
            continue;
        }
        let message = format!(
            "Tiếp nhận ngày {}, báo nhận, chuyển ngày {} là {days} ngày làm việc; muộn {} ngày so \
             với thời hạn {allowed} ngày làm việc.",
            shown(received),
            shown(told),
            days - allowed
        );
        let finding = case.finding(&TH07, &table.sheet, petition.acknowledged.cell(), message);
        findings.push(finding.value(shown(told)));
    }
}

/// A reason as a sentence of its own.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Trial, blank, codes, date, said, spoil};

    fn told(t: &mut Trial, iso: &str) {
        date(&mut t.petition(0).acknowledged, iso);
    }

    #[test]
    fn the_tenth_working_day_is_in_time() {
        // 10/03/2021 is a Wednesday.
        assert!(codes(|t| told(t, "2021-03-24")).is_empty());
        assert_eq!(
            said(|t| told(t, "2021-03-25")),
            [
                "TH07 B2!H5 [25/03/2021] Tiếp nhận ngày 10/03/2021, báo nhận, chuyển ngày 25/03/2021 \
              là 11 ngày làm việc; muộn 1 ngày so với thời hạn 10 ngày làm việc."
            ]
        );
    }

    #[test]
    fn holidays_are_left_out() {
        for (as_told, expected) in [("2021-02-26", &[][..]), ("2021-03-01", &["TH07 B2!H5"])] {
            let found = codes(|t| {
                date(&mut t.petition(0).received, "2021-02-05");
                told(t, as_told);
            });
            assert_eq!(found, expected, "{as_told}");
        }
    }

    #[test]
    fn what_cannot_be_counted_is_not_said() {
        for change in [
            |t| blank(&mut t.petition(0).acknowledged),
            |t| spoil(&mut t.petition(0).received),
            |t| date(&mut t.petition(0).received, "2015-03-10"),
        ] as [fn(&mut Trial); 3]
        {
            let found = codes(|t| {
                told(t, "2021-03-25");
                change(t);
            });
            assert!(found.is_empty(), "{found:?}");
        }
    }
}
