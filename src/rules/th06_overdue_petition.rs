//! TH06: an open petition is older than the profile allows.

use super::case::{Case, shown};
use super::noticed::{Noticed, hole};
use crate::model::{CellRef, Field, Outcome, Rule, Severity};
use chrono::NaiveDate;

/// TH06: a petition is overdue.
pub static TH06: Rule = Rule {
    code: "TH06",
    slug: "kien-nghi-qua-han",
    severity: Severity::Warning,
    title: "Kiến nghị quá hạn giải quyết",
    why: "Kiến nghị để lâu không giải quyết là nguyên nhân chính của khiếu kiện kéo dài.",
    breaks: "Kiến nghị phát sinh quý II/2020, đến quý I/2021 vẫn đang giải quyết, mức 90 ngày.",
    keeps: "Kiến nghị được giải quyết xong hoặc chuyển cấp trên trong 90 ngày.",
    mend: "Cập nhật kết quả nếu đã xong; chưa xong thì giải trình và nêu hạn giải quyết.",
};

/// Open are K3 and K4. Biểu 3 gives no day, so the origin quarter's last day stands for it.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let allowed = case.profile.petition_overdue_days.value;
    let overdue = |day: NaiveDate| {
        let days = (case.open_on - day).num_days();
        (days > i64::from(allowed)).then_some(days)
    };
    if let Some(table) = case.petitions() {
        for petition in &table.rows {
            if !closed(&petition.outcome) {
                let cells = [hole(&petition.outcome), hole(&petition.received)];
                findings.blocked(case, &TH06, (&table.sheet, petition.cell()), cells);
            }
            let (Some(outcome), Some(received)) =
                (open(&petition.outcome), case.past(&petition.received))
            else {
                continue;
            };
            let Some(days) = overdue(received) else { continue };
            let message = format!(
                "Kiến nghị tiếp nhận ngày {}, {} sau {days} ngày; quá mức {allowed} ngày.",
                shown(received),
                words(outcome)
            );
            let finding = case.finding(&TH06, &table.sheet, petition.outcome.cell(), message);
            findings.push(finding.value(outcome.code()));
        }
    }
    if let Some(table) = case.carried() {
        for petition in &table.rows {
            if !closed(&petition.outcome) {
                let at = petition.outcome.cell().unwrap_or(CellRef::new(petition.row, 0));
                let cells = [hole(&petition.outcome), hole(&petition.origin)];
                findings.blocked(case, &TH06, (&table.sheet, at), cells);
            }
            let (Some(outcome), Some(origin)) = (open(&petition.outcome), petition.origin.value())
            else {
                continue;
            };
            let Some(days) = overdue(origin.last_day()) else { continue };
            let message = format!(
                "Kiến nghị từ {}, {} sau {days} ngày kể từ cuối quý đó; quá mức {allowed} ngày.",
                origin.label(),
                words(outcome)
            );
            let finding = case.finding(&TH06, &table.sheet, petition.outcome.cell(), message);
            findings.push(finding.value(outcome.code()));
        }
    }
}

fn open(outcome: &Field<Outcome>) -> Option<Outcome> {
    outcome.value().filter(|outcome| matches!(outcome, Outcome::K3 | Outcome::K4))
}

fn closed(outcome: &Field<Outcome>) -> bool {
    outcome.value().is_some() && open(outcome).is_none()
}

const fn words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::K3 => "đang giải quyết",
        _ => "chưa giải quyết",
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Outcome, Period};
    use crate::rules::testing::{Trial, blank, codes, date, said, set, spoil};

    /// The one open petition of the clean Biểu 2.
    const OPEN: usize = 5;

    fn received(t: &mut Trial, at: usize, iso: &str) {
        date(&mut t.petition(at).received, iso);
        date(&mut t.petition(at).acknowledged, iso);
    }

    #[test]
    fn the_ninetieth_day_is_in_time() {
        assert!(codes(|t| received(t, OPEN, "2021-01-05")).is_empty());
        assert_eq!(
            said(|t| received(t, OPEN, "2021-01-04")),
            ["TH06 B2!I10 [K3] Kiến nghị tiếp nhận ngày 04/01/2021, đang giải quyết sau 91 ngày; \
              quá mức 90 ngày."]
        );
    }

    #[test]
    fn carried_over_by_the_end_of_its_quarter() {
        assert_eq!(
            said(|t| set(&mut t.carried().outcome, Outcome::K4)),
            ["TH06 B3!G5 [K4] Kiến nghị từ quý III/2020, chưa giải quyết sau 187 ngày kể từ cuối \
              quý đó; quá mức 90 ngày."]
        );
        // 31/12/2020 is 95 days before the as-of day, 90 days before 31/03/2021.
        assert!(
            codes(|t| {
                t.as_of = "2021-03-31".parse().unwrap();
                set(&mut t.carried().outcome, Outcome::K3);
                set(&mut t.carried().origin, Period::quarter(2020, 4).unwrap());
            })
            .is_empty()
        );
    }

    #[test]
    fn settled_or_unknown_is_not_overdue() {
        for (change, expected) in [
            (|t| received(t, 0, "2020-12-01"), &[][..]),
            (|t| received(t, 6, "2020-12-01"), &[]),
            (|t| spoil(&mut t.petition(OPEN).received), &[]),
            (|t| blank(&mut t.petition(OPEN).received), &[]),
            (
                |t| {
                    set(&mut t.carried().outcome, Outcome::K4);
                    spoil(&mut t.carried().origin);
                },
                &[],
            ),
            (|t| set(&mut t.carried().outcome, Outcome::K5), &[]),
        ] as [(fn(&mut Trial), &[&str]); 6]
        {
            assert_eq!(codes(change), expected);
        }
    }
}
