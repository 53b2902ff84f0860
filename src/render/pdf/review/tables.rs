//! Phụ lục 1–4 of the yearly review: verdicts, submissions, petitions, the year before.

use crate::aggregate::review::{Review, Share, Timing, Trend, UnitQuarter, UnitYear};
use crate::aggregate::{Measure, Tallies, Tally};
use crate::model::{Level, UnitCode};
use crate::render::narrative::{capitalised, share};
use crate::render::pdf::figure::{NOTHING, held, shown};
use crate::render::pdf::model::{Align, Cell, Row, RowKind, Table};
use crate::render::pdf::small_tables::{plain, row};
use std::borrow::Cow;

type Texts = Vec<Cow<'static, str>>;
/// What each column is called, and how its cells stand.
type Heads = [(&'static str, Align)];

/// Units in groups: the higher levels, then the communes by district.
fn grouped(
    review: &Review,
    heads: &Heads,
    continued: &'static str,
    belongs: impl Fn(&UnitYear) -> bool,
    texts: impl Fn(&UnitYear) -> Texts,
) -> Table<'static> {
    let mut rows: Vec<Row<'static>> = Vec::new();
    let mut last: Option<(Level, Option<UnitCode>)> = None;
    let mut number = 0;
    for unit in review.units.iter().filter(|unit| belongs(unit)) {
        // What ended stands below its heir, in the heir's group.
        let head = unit.heir.and_then(|at| review.units.get(at)).unwrap_or(unit);
        let parent = head.unit.parent.filter(|_| head.unit.level == Level::Commune);
        if last != Some((head.unit.level, parent)) {
            last = Some((head.unit.level, parent));
            number = 0;
            let text = group(review, head).into();
            let cells = vec![Cell { text, columns: heads.len() }];
            rows.push(Row { kind: RowKind::Group, cells });
        }
        let mut cells: Texts = Vec::new();
        if unit.heir.is_some() {
            cells.push("".into());
        } else {
            number += 1;
            cells.push(number.to_string().into());
        }
        cells.push(name(unit).into());
        cells.extend(texts(unit));
        rows.push(row(RowKind::Plain, cells));
    }
    if rows.is_empty() {
        rows.push(empty("Không có số liệu.", heads.len()));
    }
    plain(heads, continued, rows)
}

/// A row that says that there is nothing to list.
pub(super) fn empty(text: &'static str, columns: usize) -> Row<'static> {
    Row { kind: RowKind::Plain, cells: vec![Cell { text: text.into(), columns }] }
}

fn group(review: &Review, unit: &UnitYear) -> String {
    let level = capitalised(unit.unit.level.label());
    let above = review.units.iter().find(|other| {
        Some(other.unit.code) == unit.unit.parent && other.unit.level == Level::District
    });
    match above {
        Some(above) => format!("{level}, {}", above.unit.full_name()),
        None => level,
    }
}

/// The name of a unit; one that ended stands under its heir, with its last day.
pub(super) fn name(unit: &UnitYear) -> String {
    let name = unit.unit.full_name();
    match unit.unit.valid_to.filter(|_| unit.ended) {
        Some(day) if unit.heir.is_some() => format!("– {name} (đến {})", day.format("%d/%m/%Y")),
        Some(day) => format!("{name} (đến {})", day.format("%d/%m/%Y")),
        None => name,
    }
}

fn counted(tallies: &Tallies) -> String {
    let [counted, owed] = [Measure::Counted, Measure::Required].map(|m| shown(tallies.get(m)));
    format!("{counted}/{owed}")
}

/// The verdict on a quarter with what it counted of what it owed.
pub(super) fn verdict(quarter: &UnitQuarter) -> String {
    if quarter.timing == Timing::Pending {
        return quarter.timing.label().to_owned();
    }
    let label = quarter.verdict.label();
    let known = quarter.tallies.get(Measure::Counted).sum.is_some();
    if known { format!("{label} ({})", counted(&quarter.tallies)) } else { label.to_owned() }
}

/// Phụ lục 1.
pub(super) fn verdicts(review: &Review) -> Table<'static> {
    let heads = [
        ("TT", Align::Centre),
        ("Đơn vị", Align::Left),
        ("Quý I", Align::Left),
        ("Quý II", Align::Left),
        ("Quý III", Align::Left),
        ("Quý IV", Align::Left),
        ("Chỉ tiêu năm", Align::Right),
        ("Được tính", Align::Right),
        ("Kết quả năm", Align::Left),
        ("Ghi chú", Align::Left),
    ];
    grouped(
        review,
        &heads,
        "Phụ lục 1 (tiếp theo)",
        |_| true,
        |unit| {
            let quarters = unit.quarters.iter().enumerate().map(|(slot, quarter)| match quarter {
                Some(quarter) => verdict(quarter),
                None => review.carried_words(unit, slot).unwrap_or_else(|| NOTHING.to_owned()),
            });
            let mut texts: Texts = quarters.map(Cow::Owned).collect();
            texts.push(unit.account.owed.to_string().into());
            texts.push(year_counted(unit).into());
            texts.push(unit.account.verdict.label().into());
            texts.push(review.note_above_origins(unit).into());
            texts
        },
    )
}

/// What the year counted; a dash where no quarter is known.
pub(super) fn year_counted(unit: &UnitYear) -> String {
    let of = unit.own.get(Measure::Counted);
    let sum = of.sum.map(|_| u64::from(unit.account.counted));
    shown(Tally { sum, incomplete: of.incomplete })
}

/// Phụ lục 2.
pub(super) fn record(review: &Review) -> Table<'static> {
    let heads = [
        ("TT", Align::Centre),
        ("Đơn vị", Align::Left),
        ("Nộp quý I", Align::Left),
        ("Nộp quý II", Align::Left),
        ("Nộp quý III", Align::Left),
        ("Nộp quý IV", Align::Left),
        ("Nộp đúng hạn", Align::Centre),
        ("Lỗi, cảnh báo quý I", Align::Centre),
        ("Lỗi, cảnh báo quý II", Align::Centre),
        ("Lỗi, cảnh báo quý III", Align::Centre),
        ("Lỗi, cảnh báo quý IV", Align::Centre),
        ("Lỗi cả năm", Align::Right),
        ("Đã giải trình", Align::Right),
    ];
    grouped(
        review,
        &heads,
        "Phụ lục 2 (tiếp theo)",
        |_| true,
        |unit| {
            let timing = unit.quarters.iter().map(|quarter| {
                Cow::Borrowed(quarter.as_ref().map_or(NOTHING, |quarter| quarter.timing.label()))
            });
            let mut texts: Texts = timing.collect();
            texts.push(format!("{}/{}", unit.punctuality.on_time, unit.punctuality.owed).into());
            texts.extend(unit.quarters.iter().map(|quarter| {
                let quality = quarter.as_ref().map(|quarter| quarter.quality);
                quality.map_or(Cow::Borrowed(NOTHING), |one| {
                    format!("{}, {}", one.errors, one.warnings).into()
                })
            }));
            let quality = unit.quality();
            texts.push(quality.errors.to_string().into());
            texts.push(quality.excused.to_string().into());
            texts
        },
    )
}

/// Phụ lục 3: units that still exist where the figures of the others stand with them.
pub(super) fn figures(review: &Review) -> Table<'static> {
    let heads = [
        ("TT", Align::Centre),
        ("Đơn vị", Align::Left),
        ("Số báo cáo có số liệu", Align::Right),
        ("Định kỳ", Align::Right),
        ("Đột xuất", Align::Right),
        ("Tổng số cuộc", Align::Right),
        ("TBKL đúng hạn", Align::Right),
        ("TBKL muộn", Align::Right),
        ("Chưa có TBKL", Align::Right),
        ("Tổng số ý kiến", Align::Right),
        ("K1", Align::Right),
        ("K2", Align::Right),
        ("K3", Align::Right),
        ("K4", Align::Right),
        ("K5", Align::Right),
        ("Trả lời tại hội nghị", Align::Right),
        ("Giải quyết trong thẩm quyền", Align::Right),
    ];
    let mut table = grouped(
        review,
        &heads,
        "Phụ lục 3 (tiếp theo)",
        |unit| !unit.carried,
        |unit| {
            let mut texts: Texts = vec![unit.reports.to_string().into()];
            texts.extend(sums(&unit.shown));
            texts
        },
    );
    for (level, tallies) in &review.totals {
        let mut texts: Texts = vec!["".into(), format!("Tổng {}", level.label()).into()];
        let units = review.units.iter().filter(|unit| unit.unit.level == *level && !unit.carried);
        texts.push(units.map(|unit| unit.reports).sum::<usize>().to_string().into());
        texts.extend(sums(tallies));
        table.rows.push(row(RowKind::Sum, texts));
    }
    table
}

fn sums(tallies: &Tallies) -> Texts {
    use Measure::{AdHoc, NoticesLate, NoticesMissing, NoticesOnTime, Opinions, Periodic};
    let of = |measure| Cow::Owned(shown(tallies.get(measure)));
    let mut texts: Texts = vec![of(Periodic), of(AdHoc), shown(held(tallies)).into()];
    texts.extend([NoticesOnTime, NoticesLate, NoticesMissing, Opinions].map(of));
    texts.extend(Measure::OUTCOMES.map(of));
    texts.push(percent(Share::answered(tallies)).into());
    texts.push(percent(Share::settled(tallies)).into());
    texts
}

/// `80,6%`, with a star where a hole makes it uncertain; a dash where there is none.
pub(super) fn percent(of: Share) -> String {
    let words = of.known().and_then(|(part, whole)| share(part, whole));
    let star = if of.uncertain { "*" } else { "" };
    words.map_or_else(|| NOTHING.to_owned(), |words| format!("{words}{star}"))
}

/// Phụ lục 4; none where nothing is known of the year before.
pub(super) fn trend(review: &Review) -> Option<Table<'static>> {
    let heads = [
        ("TT", Align::Centre),
        ("Đơn vị", Align::Left),
        ("Các quý so sánh", Align::Centre),
        ("Số cuộc năm trước", Align::Right),
        ("Số cuộc năm nay", Align::Right),
        ("Ý kiến năm trước", Align::Right),
        ("Ý kiến năm nay", Align::Right),
        ("Giải quyết năm trước", Align::Right),
        ("Giải quyết năm nay", Align::Right),
        ("Kết quả năm trước", Align::Left),
        ("Kết quả năm nay", Align::Left),
        ("Ghi chú", Align::Left),
    ];
    let has = |unit: &UnitYear| unit.trend.is_some();
    let table = || {
        grouped(review, &heads, "Phụ lục 4 (tiếp theo)", has, |unit| {
            unit.trend.as_ref().map(|trend| compared(trend, unit)).unwrap_or_default()
        })
    };
    review.units.iter().any(has).then(table)
}

fn compared(trend: &Trend, unit: &UnitYear) -> Texts {
    let names = ["", "I", "II", "III", "IV"];
    let quarters: Vec<&str> = (trend.quarters.iter())
        .filter_map(|number| names.get(usize::try_from(*number).ok()?).copied())
        .collect();
    let both = [&trend.then, &trend.now];
    let mut texts: Texts = vec![quarters.join(", ").into()];
    texts.extend(both.map(|tallies| Cow::Owned(shown(held(tallies)))));
    texts.extend(both.map(|tallies| Cow::Owned(shown(tallies.get(Measure::Opinions)))));
    texts.extend(both.map(|tallies| Cow::Owned(percent(Share::settled(tallies)))));
    texts.push(trend.verdict.map_or(NOTHING, crate::model::Verdict::label).into());
    texts.push(unit.account.verdict.label().into());
    let note =
        if trend.broken { "Ngắt quãng: so với các đơn vị tiền thân." } else { "" };
    texts.push(note.into());
    texts
}
