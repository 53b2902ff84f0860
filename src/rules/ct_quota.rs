//! CT01, CT04: too few meetings for the quota of the quarter (chỉ tiêu).

use super::case::Case;
use super::noticed::Noticed;
use crate::check::ledger::Standing;
use crate::model::privacy::masked;
use crate::model::submission::Detail;
use crate::model::{Count, Field, Finding, Period, Place, RollUpRow, Rule, Severity};
use crate::profile::model::Counted;

/// CT01: the quota of the quarter is not met, and no reason is given.
pub static CT01: Rule = Rule {
    code: "CT01",
    slug: "thieu-cuoc-dinh-ky",
    severity: Severity::Error,
    title: "Chưa đạt chỉ tiêu số cuộc của kỳ",
    why: "Quy chế 17 giao số cuộc tối thiểu cho người đứng đầu; thiếu cuộc mà không nêu lý do là \
           chưa hoàn thành.",
    breaks: "Chỉ tiêu 1 cuộc mỗi quý, cả quý chỉ có 1 cuộc đột xuất, không ghi lý do.",
    keeps: "Trong quý có ít nhất 1 cuộc định kỳ do Bí thư hoặc Chủ tịch UBND chủ trì.",
    mend: "Kiểm tra đã ghi đủ các cuộc chưa; nếu đúng là thiếu thì ghi lý do không tổ chức ở \
           trang Thông tin.",
};

/// CT04: the quota of the quarter is not met, with a reason.
pub static CT04: Rule = Rule {
    code: "CT04",
    slug: "thieu-cuoc-co-ly-do",
    severity: Severity::Warning,
    title: "Chưa đạt chỉ tiêu, có lý do",
    why: "Lý do được đưa vào báo cáo; cơ quan tổng hợp xem xét có chấp nhận hay không.",
    breaks: "Quý I không có cuộc nào, lý do ghi: Phòng, chống dịch Covid-19.",
    keeps: "Trong quý có đủ số cuộc theo chỉ tiêu.",
    mend: "Giải trình cụ thể hơn nếu được yêu cầu; tổ chức bù trong kỳ tới.",
};

/// What both are about, whatever was owed, held and counted.
const QUOTA: &str = "chi-tieu";

/// Speaks only when no unreadable cell and no earlier quarter could still meet the quota.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let (Some(detail), ledger) = (case.detail(), case.ledger) else { return };
    let reason = detail.no_meeting_reason.given();
    let untouched = detail.meetings.rows.is_empty() && reason.is_none();
    let certain = ledger.due && ledger.most().is_some_and(|most| most < ledger.required);
    if untouched || !certain {
        if !untouched {
            uncertain(case, detail, findings);
        }
        return;
    }
    let mut sentences = shortfall(case);
    let (rule, value) = match reason {
        Some(reason) => {
            let reason = masked(reason.as_str());
            sentences.push(format!("Lý do: {reason}."));
            (&CT04, Some(reason.into_owned()))
        }
        None => (&CT01, None),
    };
    let at = Some(detail.meetings.anchor);
    let mut finding = case.at_meeting(rule, at, sentences.join(" ")).about(QUOTA);
    finding.value = value;
    findings.push(finding);
}

/// A quota that is not surely met, and not surely missed either.
fn uncertain(case: &Case<'_>, detail: &Detail, findings: &mut Noticed) {
    let ledger = case.ledger;
    if !ledger.due || ledger.sure() >= ledger.required {
        return;
    }
    let at = (&detail.meetings.sheet, detail.meetings.anchor);
    let unknown = ledger.so_far.as_ref().filter(|so_far| !so_far.unknown.is_empty());
    if let Some(so_far) = unknown {
        let quarters: Vec<String> = so_far.unknown.iter().map(|period| period.label()).collect();
        let reason = format!(
            "Chỉ tiêu dài hơn một quý: cần báo cáo {} của đơn vị mới xét được.",
            quarters.join(", ")
        );
        findings.open(case, &CT01, at, reason);
    } else if ledger.over_quota() >= ledger.required {
        let reason = "Có dòng trùng nhau; bỏ dòng trùng thì chưa đủ chỉ tiêu.";
        findings.open(case, &CT01, at, reason);
    } else {
        let mut unknown =
            ledger.entries.iter().filter(|entry| entry.standing == Standing::Unknown).peekable();
        // Nothing here is open: then it is a quarter before.
        let is_earlier = unknown.peek().is_none();
        let cells: Vec<_> = unknown.flat_map(|entry| &entry.holes).map(|hole| hole.cell).collect();
        if !findings.blocked(case, &CT01, at, cells) {
            let reason = if is_earlier {
                "Chỉ tiêu dài hơn một quý: báo cáo quý trước của đơn vị có ô không đọc được."
            } else {
                "Biểu 1 thiếu cột để xét chỉ tiêu."
            };
            findings.open(case, &CT01, at, reason);
        }
    }
}

/// The span of the quota, in words.
fn per(case: &Case<'_>) -> &'static str {
    case.profile.quota(case.unit.level).map_or("", |quota| quota.per.value.label())
}

/// What was owed, held, counted and is short, and what was not counted.
fn shortfall(case: &Case<'_>) -> Vec<String> {
    let ledger = case.ledger;
    let held = ledger.entries.iter().filter(|entry| entry.day.is_some()).count();
    let (required, counted) = (ledger.required, ledger.over_quota());
    let short = required.saturating_sub(counted);
    let mut sentences = vec![match &ledger.so_far {
        None => format!(
            "Chỉ tiêu {} là {required} cuộc; đã tổ chức {held} cuộc, được tính {counted} cuộc, còn \
             thiếu {short} cuộc.",
            case.period.label(),
        ),
        Some(so_far) => format!(
            "Chỉ tiêu {} từ {} đến {} là {required} cuộc; được tính {counted} cuộc (riêng {} đã tổ \
             chức {held}, được tính {}), còn thiếu {short} cuộc.",
            per(case),
            so_far.since.label(),
            case.period.label(),
            case.period.label(),
            ledger.counted,
        ),
    }];
    let each_head = case.profile.quota(case.unit.level).map(|quota| quota.counted.value);
    if each_head == Some(Counted::EachHead) {
        let by_head = ledger.so_far.as_ref().map_or(ledger.by_head, |so_far| so_far.by_head);
        let (secretary, chairman) = by_head;
        sentences
            .push(format!("Tính cho Bí thư {secretary} cuộc, cho Chủ tịch UBND {chairman} cuộc."));
    }
    let left_out: Vec<String> = [
        (Standing::AdHoc, "đột xuất"),
        (Standing::Deputy, "ủy quyền"),
        (Standing::Combined, "lồng ghép hội nghị tuyên vận"),
        (Standing::Unknown, "có ô không đọc được"),
    ]
    .into_iter()
    .map(|(standing, label)| {
        (ledger.entries.iter().filter(|entry| entry.standing == standing).count(), label)
    })
    .filter(|(count, _)| *count > 0)
    .map(|(count, label)| format!("{count} cuộc {label}"))
    .collect();
    if !left_out.is_empty() {
        sentences.push(format!("Không tính: {}.", left_out.join(", ")));
    }
    sentences
}

/// CT01 of a commune that only its district's Biểu 02 lists: what was owed, and how many can count.
pub fn listed(
    place: Place,
    period: Period,
    row: &RollUpRow,
    (owed, counted): (u32, u32),
) -> Finding {
    let number = |field: &Field<Count>| field.value().unwrap_or(Count::ZERO);
    let mut message = format!(
        "Chỉ tiêu {} là {owed} cuộc; Biểu 02 của huyện ghi {} cuộc định kỳ, được tính {counted} \
         cuộc, còn thiếu {} cuộc.",
        period.label(),
        number(&row.periodic),
        owed.saturating_sub(counted)
    );
    let left_out: Vec<String> = [(&row.ad_hoc, "đột xuất"), (&row.by_deputy, "ủy quyền")]
        .into_iter()
        .filter(|(field, _)| number(field) > Count::ZERO)
        .map(|(field, label)| format!("{} cuộc {label}", number(field)))
        .collect();
    if !left_out.is_empty() {
        message.push_str(&format!(" Trong dòng này có {}.", left_out.join(", ")));
    }
    Finding::new(&CT01, place, message).about(QUOTA).help(
        "Huyện và xã kiểm tra lại số cuộc; xã gửi Biểu 01 thì lấy theo xã, thiếu thật thì ghi lý do \
         không tổ chức ở đó.",
    )
}

#[cfg(test)]
mod tests {
    use crate::model::{Chair, Kind};
    use crate::rules::testing::{Trial, codes, date, said, set, spoil, text};

    const SHORT: &str = "CT01 B1!A3 Chỉ tiêu quý I/2021 là 1 cuộc; đã tổ chức 1 cuộc, được tính 0 \
                         cuộc, còn thiếu 1 cuộc. Không tính: 1 cuộc đột xuất.";

    fn ad_hoc(t: &mut Trial) {
        set(&mut t.meeting(0).kind, Kind::AdHoc);
    }

    #[test]
    fn short_without_a_reason() {
        assert_eq!(said(ad_hoc)[0], SHORT);
        assert_eq!(codes(ad_hoc), ["CT01 B1!A3", "CT02 B1!E6"]);
    }

    #[test]
    fn short_with_a_reason() {
        assert_eq!(
            said(|t| {
                t.detail().meetings.rows.clear();
                t.detail().petitions = None;
                text(&mut t.detail().no_meeting_reason, "Do dịch bệnh, hỏi 0912345678");
            }),
            [
                "AT02 Thông tin!B11 [Do dịch bệnh, hỏi ••••••••••] “Lý do không tổ chức” có 1 số \
                 điện thoại hoặc số căn cước; đã che số.",
                "CT04 B1!A3 [Do dịch bệnh, hỏi ••••••••••] Chỉ tiêu quý I/2021 là 1 cuộc; đã tổ chức \
              0 cuộc, được tính 0 cuộc, còn thiếu 1 cuộc. Lý do: Do dịch bệnh, hỏi ••••••••••."
            ]
        );
        assert_eq!(
            codes(|t| {
                ad_hoc(t);
                text(&mut t.detail().no_meeting_reason, "Chưa bố trí được");
            }),
            ["CT04 B1!A3", "CT02 B1!E6"]
        );
    }

    #[test]
    fn a_reason_beside_enough_meetings_is_no_matter() {
        assert!(codes(|t| text(&mut t.detail().no_meeting_reason, "Không có")).is_empty());
    }

    #[test]
    fn an_untouched_form_is_not_short() {
        assert!(
            codes(|t| {
                t.detail().meetings.rows.clear();
                t.detail().petitions = None;
                t.detail().carried = None;
            })
            .is_empty()
        );
    }

    #[test]
    fn what_could_still_count_makes_it_uncertain() {
        for (change, expected) in [
            (|t| spoil(&mut t.meeting(0).kind), &[][..]),
            (|t| spoil(&mut t.meeting(0).chair), &[]),
            (|t| spoil(&mut t.meeting(0).date), &[]),
            (|t| date(&mut t.meeting(0).date, "2021-04-02"), &["KY03 B1!B6"]),
        ] as [(fn(&mut Trial), &[&str]); 4]
        {
            assert_eq!(codes(change), expected);
        }
    }

    #[test]
    fn a_quota_that_is_not_due_here() {
        let profile = |id: &'static str| {
            move |t: &mut Trial| {
                t.profile = crate::profile::Profile::embedded(id).unwrap();
                ad_hoc(t);
            }
        };
        for id in ["nua-nam", "luat-toi-thieu"] {
            assert_eq!(codes(profile(id)), ["CT02 B1!E6"], "{id}");
        }
        assert!(
            codes(|t| {
                ad_hoc(t);
                t.existed_days = 44;
            })
            .is_empty()
        );
    }

    #[test]
    fn each_head_is_counted() {
        let quota = |t: &mut Trial| {
            let level = t.unit.level;
            let quota = t.profile.quotas.get_mut(&level).unwrap();
            quota.counted.value = crate::profile::model::Counted::EachHead;
        };
        assert_eq!(
            said(quota),
            ["CT01 B1!A3 Chỉ tiêu quý I/2021 là 1 cuộc; đã tổ chức 1 cuộc, được tính 0 cuộc, còn \
              thiếu 1 cuộc. Tính cho Bí thư 1 cuộc, cho Chủ tịch UBND 0 cuộc."]
        );
        assert!(
            codes(|t| {
                quota(t);
                set(&mut t.meeting(0).chair, Chair::Joint);
            })
            .is_empty()
        );
    }
}
