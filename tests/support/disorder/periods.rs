//! Disorder of what a file says about its quarter.

use super::clean::quarter;
use super::dice::Dice;
use super::draft::*;
use super::identity::{info, info_lines, no_info};
use super::mutation::{DETAIL, Mutation, hole, quiet};
use qc17::open::Value;

pub const MUTATIONS: &[Mutation] = &[
    hole(
        "half-year",
        "Kỳ ghi 6 tháng, cả năm hoặc một tháng",
        DETAIL,
        &["KY01"],
        |d, dice| {
            let y = d.truth.period.year();
            let said = dice
                .pick(&[format!("6 tháng đầu năm {y}"), format!("Năm {y}"), format!("Tháng 3/{y}")])
                .clone();
            info(d, "Kỳ báo cáo", Some(words(&said)))
        },
    ),
    hole("two-quarters", "Kỳ ghi hai quý", DETAIL, &["KY01"], |d, dice| {
        let said = *dice.pick(&["Quý I, II/2021", "Quý I và quý II năm 2021", "Quý I-IV/2021"]);
        info(d, "Kỳ báo cáo", Some(words(said)))
    }),
    hole("year-missing", "Kỳ không ghi năm", DETAIL, &["KY01"], |d, _| {
        let roman = d.truth.period.roman();
        info(d, "Kỳ báo cáo", Some(words(&format!("Quý {roman}"))))
    }),
    quiet(
        "title-half-year-beside",
        "Tiêu đề nhắc kỳ khác để so sánh",
        DETAIL,
        |d, _| {
            let before = quarter(d.truth.period.previous().unwrap());
            let lines = vec![
                vec![(0, words(&format!("UBND {}", d.unit.full.to_uppercase())))],
                vec![(0, words(&format!("{} (so với {before})", quarter(d.truth.period))))],
            ];
            no_info(d, lines)
        },
    ),
    quiet("period-styles", "Kỳ ghi nhiều cách", DETAIL, period_style),
    quiet("period-in-two", "Quý và năm ở hai ô", DETAIL, |d, _| {
        let period = d.truth.period;
        info(d, "Kỳ báo cáo", Some(words(&format!("Quý {}", period.roman()))));
        let Some(lines) = info_lines(d) else { return false };
        lines.push(vec![(0, words("Năm")), (1, Value::Number(f64::from(period.year())))]);
        true
    }),
    hole("period-unclear", "Kỳ ghi không rõ", DETAIL, &["KY01"], |d, _| {
        info(d, "Kỳ báo cáo", Some(words("Báo cáo thường xuyên")))
    }),
    hole("two-periods", "Tiêu đề ghi hai quý khác nhau", DETAIL, &["KY01"], |d, dice| {
        title_with(d, dice.pick::<&str>(&["Kèm số liệu", "Báo cáo", "Số liệu"]))
    }),
    quiet("compared-period", "Tiêu đề có dòng so với quý trước", DETAIL, |d, dice| {
        title_with(d, dice.pick::<&str>(&["So với", "(So sánh với cùng kỳ", "So với số liệu"]))
    }),
];

/// The unit and the quarter in rows of the title, below them those words and the quarter before.
fn title_with(draft: &mut Draft, lead: &str) -> bool {
    let before = quarter(draft.truth.period.previous().unwrap());
    let lines = [
        format!("UBND {}", draft.unit.full),
        quarter(draft.truth.period),
        format!("{lead} {before}"),
    ];
    no_info(draft, lines.iter().map(|line| vec![(0, words(line))]).collect())
}

fn period_style(draft: &mut Draft, dice: &mut Dice) -> bool {
    let (n, roman, y) =
        (draft.truth.period.number(), draft.truth.period.roman(), draft.truth.period.year());
    let word = ["một", "hai", "ba", "bốn"][n as usize - 1];
    let styles = [
        format!("Quý {n} năm {y}"),
        format!("Q{n}/{y}"),
        format!("{roman}/{y}"),
        format!("quý {word} năm {y}"),
        format!("QUÝ {roman} - {y}"),
        format!("Quý\u{A0}{roman}/{y}"),
        format!("Qu\u{79}\u{301} {roman}/{y}"),
    ];
    let style = dice.pick(&styles).clone();
    info(draft, "Kỳ báo cáo", Some(words(&style)))
}
