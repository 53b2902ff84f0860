//! Who is named for commendation (biểu dương) or reminder (nhắc nhở), and by which criterion of the profile.

use super::model::{Criterion, Named, Review, Share, Timing, UnitYear};
use crate::model::count::grouped;
use crate::model::{Measure, Verdict};
use crate::profile::review::{Commend, Remind};

/// Both lists, in the order of the units. A unit that ended in the year has nobody to be addressed.
pub(super) fn named(review: &Review) -> (Vec<Named>, Vec<Named>) {
    let (mut commended, mut reminded) = (Vec::new(), Vec::new());
    for (at, unit) in review.units.iter().enumerate().filter(|(_, unit)| !unit.ended) {
        if let Some(criteria) = commend(unit, &review.criteria.commend) {
            commended.push(Named { unit: at, criteria });
        }
        let criteria = remind(unit, &review.criteria.remind);
        if !criteria.is_empty() {
            reminded.push(Named { unit: at, criteria });
        }
    }
    (commended, reminded)
}

fn criterion(key: &'static str, words: String) -> Criterion {
    Criterion { key, words }
}

/// All criteria with the unit's figures; none as soon as one does not hold, or is not certain.
pub(super) fn commend(unit: &UnitYear, asked: &Commend) -> Option<Vec<Criterion>> {
    let record = unit.punctuality;
    let mut met = Vec::new();
    (record.owed >= asked.quarters.value).then_some(())?;
    let least = asked.quarters.value;
    let words = format!("Phải nộp {} báo cáo trong năm (tiêu chí: từ {least})", record.owed);
    met.push(criterion("review.commend.quarters", words));
    if asked.met.value {
        (unit.account.verdict == Verdict::Met).then_some(())?;
        let (counted, owed) = (unit.account.counted, unit.account.owed);
        let words = format!("Đạt chỉ tiêu năm: được tính {counted}/{owed} cuộc");
        met.push(criterion("review.commend.met", words));
    }
    let others = record.owed.saturating_sub(record.on_time);
    (others <= asked.not_on_time.value).then_some(())?;
    let most = asked.not_on_time.value;
    let words = format!(
        "Nộp đúng hạn {}/{} báo cáo (tiêu chí: nhiều nhất {most} báo cáo không đúng hạn)",
        record.on_time, record.owed
    );
    met.push(criterion("review.commend.not_on_time", words));
    let share = Share::notices(&unit.own);
    let words = reached(share, asked.notices_percent.value, ["thông báo kết luận", "đúng hạn"])?;
    met.push(criterion("review.commend.notices_percent", words));
    let share = Share::settled(&unit.own);
    let words =
        reached(share, asked.settled_percent.value, ["ý kiến thuộc thẩm quyền", "đã giải quyết"])?;
    met.push(criterion("review.commend.settled_percent", words));
    let errors = unit.quality().held();
    (errors <= u64::from(asked.errors.value)).then_some(())?;
    let words =
        format!("{} lỗi phải sửa (tiêu chí: nhiều nhất {})", grouped(errors), asked.errors.value);
    met.push(criterion("review.commend.errors", words));
    Some(met)
}

/// A share that is certain and large enough, in words; of nothing at all any share holds.
fn reached(share: Share, percent: u32, [what, done]: [&str; 2]) -> Option<String> {
    let (part, whole) = share.part.zip(share.whole).filter(|_| !share.uncertain)?;
    if whole == 0 {
        return Some(format!("Không phát sinh {what} (tiêu chí: từ {percent}%)"));
    }
    let enough = u128::from(part) * 100 >= u128::from(percent) * u128::from(whole);
    let words =
        format!("{}/{} {what} {done} (tiêu chí: từ {percent}%)", grouped(part), grouped(whole));
    (part <= whole && enough).then_some(words)
}

/// Every criterion that surely holds.
pub(super) fn remind(unit: &UnitYear, asked: &Remind) -> Vec<Criterion> {
    let mut found = Vec::new();
    if asked.short.value && unit.account.verdict == Verdict::Short {
        let (counted, owed) = (unit.account.counted, unit.account.owed);
        let words =
            format!("Chưa đạt chỉ tiêu năm, không có lý do: được tính {counted}/{owed} cuộc");
        found.push(criterion("review.remind.short", words));
    }
    let record = unit.punctuality;
    for (key, count, from, timing, what) in [
        ("review.remind.missing", record.missing, asked.missing.value, Timing::Missing, "chưa nộp"),
        (
            "review.remind.unreadable",
            record.unreadable,
            asked.unreadable.value,
            Timing::Unreadable,
            "không đọc được",
        ),
        ("review.remind.late", record.late, asked.late.value, Timing::Late, "nộp muộn"),
    ] {
        if from > 0 && count >= from {
            let quarters = unit.known().filter(|quarter| quarter.timing == timing);
            let quarters: Vec<String> =
                quarters.map(|quarter| format!("quý {}", quarter.period.roman())).collect();
            let quarters = quarters.join(", ");
            let words = format!("{count} báo cáo {what} ({quarters}; tiêu chí: từ {from})");
            found.push(criterion(key, words));
        }
    }
    found.extend(notices(unit, asked.notices_missing.value));
    found.extend(settled(unit, asked.settled_below.value));
    let (errors, from) = (unit.quality().held(), asked.errors.value);
    if from > 0 && errors >= u64::from(from) {
        let words = format!(
            "{} lỗi phải sửa chưa được chấp nhận giải trình (tiêu chí: từ {from})",
            grouped(errors)
        );
        found.push(criterion("review.remind.errors", words));
    }
    found
}

/// A hole can only add to the number of missing notices.
fn notices(unit: &UnitYear, from: u32) -> Option<Criterion> {
    let missing = unit.own.sum(Measure::NoticesMissing)?;
    let words = format!(
        "{} cuộc quá hạn chưa có thông báo kết luận (tiêu chí: từ {from})",
        grouped(missing)
    );
    let holds = from > 0 && missing >= u64::from(from);
    holds.then(|| criterion("review.remind.notices_missing", words))
}

fn settled(unit: &UnitYear, below: u32) -> Option<Criterion> {
    let share = Share::settled(&unit.own);
    let (part, whole) = share.known().filter(|_| !share.uncertain)?;
    let words = format!(
        "{}/{} ý kiến thuộc thẩm quyền đã giải quyết (tiêu chí: dưới {below}%)",
        grouped(part),
        grouped(whole)
    );
    let holds = u128::from(part) * 100 < u128::from(below) * u128::from(whole);
    holds.then(|| criterion("review.remind.settled_below", words))
}
