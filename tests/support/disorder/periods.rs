//! Disorder of what a file says about its quarter.

use super::clean::quarter;
use super::dice::Dice;
use super::draft::*;
use super::head::{info, info_lines, no_info};
use super::mutation::{DETAIL, Mutation, hole, quiet, said};
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
    hole(
        "title-other-span",
        "Tiêu đề ghi 6 tháng, cả năm, nhiều quý; quý chỉ có ở tên tệp",
        DETAIL,
        &["KY01"],
        |d, dice| other_span(d, dice) && from_file_name(d),
    ),
    said(
        "title-other-span-info",
        "Tiêu đề ghi 6 tháng, cả năm, nhiều quý; trang Thông tin ghi quý",
        DETAIL,
        &["KY02"],
        |d, dice| {
            let info = d.sheets.iter().find(|sheet| sheet.name == "Thông tin").cloned();
            let Some(info) = info.filter(|_| other_span(d, dice)) else { return false };
            d.sheets.insert(0, info);
            true
        },
    ),
    quiet(
        "quarter-and-year-apart",
        "Quý và năm cách nhau trong tiêu đề: QUÝ I CỦA PHƯỜNG … NĂM 2021",
        DETAIL,
        |d, dice| {
            let (name, roman) = (d.unit.full.to_uppercase(), d.truth.period.roman());
            let year = d.truth.period.year();
            if d.sheets.iter().flat_map(|sheet| &sheet.blocks).filter(is_meetings).count() > 1 {
                return false;
            }
            "bao cao.xlsx".clone_into(&mut d.file);
            let lines = if dice.coin() {
                vec![format!("KẾT QUẢ ĐỐI THOẠI QUÝ {roman} CỦA {name} NĂM {year}")]
            } else {
                vec![format!("KẾT QUẢ QUÝ {roman}"), format!("UBND {name}"), format!("NĂM {year}")]
            };
            no_info(d, lines.iter().map(|line| vec![(0, words(line))]).collect())
        },
    ),
    hole(
        "year-other",
        "Năm ở trang Thông tin khác năm ở tên tệp",
        DETAIL,
        &["KY01"],
        |d, _| {
            let year = d.truth.period.year() - 1;
            if !from_file_name(d) || !info(d, "Kỳ báo cáo", None) {
                return false;
            }
            let Some(lines) = info_lines(d) else { return false };
            lines.push(vec![(0, words("Năm")), (1, Value::Number(f64::from(year)))]);
            true
        },
    ),
    quiet("compared-period", "Tiêu đề có dòng so với quý trước", DETAIL, |d, dice| {
        title_with(d, dice.pick::<&str>(&["So với", "(So sánh với cùng kỳ", "So với số liệu"]))
    }),
];

fn is_meetings(block: &&Block) -> bool {
    matches!(block, Block::Table(table) if table.id == "meetings")
}

/// The unit and another span than a quarter in the title, in place of the information sheet.
fn other_span(draft: &mut Draft, dice: &mut Dice) -> bool {
    let at = draft.sheet_of("meetings").unwrap();
    if draft.sheets[at].blocks.len() > 1 {
        return false;
    }
    let year = draft.truth.period.year();
    let spans = [
        format!("6 THÁNG ĐẦU NĂM {year}"),
        format!("9 tháng năm {year}"),
        format!("NĂM {year}"),
        format!("Tháng 3/{year}"),
        format!("QUÝ I, II/{year}"),
        format!("Sơ kết 6 tháng {year}"),
    ];
    let lines = [format!("UBND {}", draft.unit.full.to_uppercase()), dice.pick(&spans).clone()];
    no_info(draft, lines.iter().map(|line| vec![(0, words(line))]).collect())
}

/// Names the file as the blank form is named.
fn from_file_name(draft: &mut Draft) -> bool {
    let period = draft.truth.period;
    draft.file = format!("BC_{}_{}_Q{}.xlsx", draft.unit.code, period.year(), period.number());
    true
}

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
