//! Phụ lục 1: one row for each unit, by district, with the sums of each level apart.

use super::figure::{day, held, shown};
use super::model::{Align, Cell, HeaderCell, Row, RowKind, Table};
use crate::aggregate::{Measure, Summary, Tallies, UnitLine};
use crate::model::{Level, UnitCode};
use crate::render::Spelling;
use crate::render::narrative::in_text;
use std::collections::BTreeMap;

/// How many columns the table has.
const COLUMNS: usize = 23;

/// The columns of figures, in order; `None` is periodic and ad hoc together.
const FIGURES: [Option<Measure>; 18] = [
    Some(Measure::Required),
    Some(Measure::Periodic),
    Some(Measure::AdHoc),
    None,
    Some(Measure::BySecretary),
    Some(Measure::ByChairman),
    Some(Measure::ByBoth),
    Some(Measure::ByDeputy),
    Some(Measure::Attendees),
    Some(Measure::Opinions),
    Some(Measure::Answered),
    Some(Measure::Resolved),
    Some(Measure::Pending),
    Some(Measure::Unresolved),
    Some(Measure::Forwarded),
    Some(Measure::NoticesOnTime),
    Some(Measure::NoticesLate),
    Some(Measure::NoticesMissing),
];

/// The table, from the summary.
pub(super) fn table(summary: &Summary, spelling: Spelling) -> Table<'_> {
    let mut columns = vec![Align::Centre, Align::Left];
    columns.extend([Align::Right; FIGURES.len()]);
    columns.extend([Align::Centre; 3]);
    Table {
        columns,
        header: header(),
        header_rows: 2,
        numbered: true,
        rows: rows(summary, spelling),
        names: 1,
        size: 9.0,
        continued: "Phụ lục 1 (tiếp theo)".into(),
    }
}

fn header() -> Vec<HeaderCell<'static>> {
    let tall = |column, text: &'static str| HeaderCell {
        row: 0,
        column,
        rows: 2,
        columns: 1,
        text: text.into(),
    };
    let wide = |column, columns, text: &'static str| HeaderCell {
        row: 0,
        column,
        rows: 1,
        columns,
        text: text.into(),
    };
    let mut cells = vec![
        tall(0, "TT"),
        tall(1, "Đơn vị"),
        tall(2, "Chỉ tiêu kỳ"),
        wide(3, 3, "Số cuộc"),
        wide(6, 4, "Người chủ trì"),
        tall(10, "Lượt người"),
        wide(11, 6, "Ý kiến, kiến nghị"),
        wide(17, 3, "Thông báo kết luận"),
        wide(20, 2, "Nộp báo cáo"),
        tall(22, "Kết quả"),
    ];
    let low = [
        (3, "Định kỳ"),
        (4, "Đột xuất"),
        (5, "Tổng"),
        (6, "Bí thư"),
        (7, "Chủ tịch"),
        (8, "Đồng chủ trì"),
        (9, "Ủy quyền"),
        (11, "Tổng"),
        (12, "Trả lời ngay"),
        (13, "Đã giải quyết"),
        (14, "Đang giải quyết"),
        (15, "Chưa giải quyết"),
        (16, "Chuyển cấp trên"),
        (17, "Đúng hạn"),
        (18, "Muộn"),
        (19, "Chưa có"),
        (20, "Ngày"),
        (21, "Tình trạng"),
    ];
    cells.extend(low.map(|(column, text)| HeaderCell {
        row: 1,
        column,
        rows: 1,
        columns: 1,
        text: text.into(),
    }));
    cells
}

fn rows(summary: &Summary, spelling: Spelling) -> Vec<Row<'_>> {
    let rows = Vec::with_capacity(summary.units.len() + 32);
    let mut rows = Rows { rows, number: 0, spelling };
    let at = |level| summary.units.iter().filter(move |line| line.unit.level == level);
    let levels = Level::ALL.into_iter().filter(|level| at(*level).next().is_some());
    let several = levels.clone().count() > 1;
    for level in levels {
        if several {
            rows.group(&spelling.apply(level_head(level)));
        }
        if level == Level::Commune {
            communes(summary, &mut rows);
        } else {
            at(level).for_each(|line| rows.unit(line));
        }
        let sums = summary.totals.get(&level).copied().unwrap_or_default();
        if several && level != Level::Province {
            rows.sum(format!("Cộng {}", level.label()), &sums);
        }
    }
    let mut all = Tallies::default();
    summary.totals.values().for_each(|tallies| all.merge(tallies));
    rows.sum("Tổng cộng".to_owned(), &all);
    rows.rows
}

const fn level_head(level: Level) -> &'static str {
    match level {
        Level::Province => "Cấp tỉnh",
        Level::District => "Cấp huyện (hội nghị do cấp huyện tổ chức)",
        Level::Commune => "Cấp xã",
    }
}

/// The communes, district by district where there are districts.
fn communes<'s>(summary: &'s Summary, rows: &mut Rows<'s>) {
    let mut districts: BTreeMap<Option<UnitCode>, Vec<&UnitLine>> = BTreeMap::new();
    for line in summary.units.iter().filter(|line| line.unit.level == Level::Commune) {
        let above = line.unit.parent.and_then(|parent| summary.unit(parent));
        let district = above.filter(|above| above.unit.level == Level::District);
        districts.entry(district.map(|above| above.unit.code)).or_default().push(line);
    }
    for (code, lines) in districts {
        let district = code.and_then(|code| summary.unit(code));
        if let Some(district) = district {
            rows.group(&district.unit.full_name());
        }
        let mut sums = Tallies::default();
        for line in lines {
            rows.unit(line);
            sums.merge(&line.tallies);
        }
        if let Some(district) = district {
            rows.sum(format!("Cộng các xã {}", in_text(district)), &sums);
        }
    }
}

struct Rows<'s> {
    rows: Vec<Row<'s>>,
    number: usize,
    spelling: Spelling,
}

impl<'s> Rows<'s> {
    fn group(&mut self, name: &str) {
        let cells = vec![Cell { text: name.to_owned().into(), columns: COLUMNS }];
        self.rows.push(Row { kind: RowKind::Group, cells });
    }

    fn unit(&mut self, line: &'s UnitLine) {
        self.number += 1;
        let mut cells = Vec::with_capacity(COLUMNS);
        cells.push(one(self.number.to_string()));
        let name = line.unit.full_name();
        cells.push(one(match line.predecessors().len() {
            0 => name,
            before => format!("{name} (gộp {before} đơn vị cũ)"),
        }));
        cells.extend(figures(&line.tallies));
        cells.push(one(day(line.submitted)));
        cells.push(Cell { text: self.spelling.apply(line.submission.label()), columns: 1 });
        cells.push(Cell { text: self.spelling.apply(line.verdict.label()), columns: 1 });
        self.rows.push(Row { kind: RowKind::Plain, cells });
    }

    fn sum(&mut self, name: String, tallies: &Tallies) {
        let mut cells = vec![Cell { text: name.into(), columns: 2 }];
        cells.extend(figures(tallies));
        cells.extend((0..3).map(|_| one(String::new())));
        self.rows.push(Row { kind: RowKind::Sum, cells });
    }
}

fn figures(tallies: &Tallies) -> impl Iterator<Item = Cell<'static>> + '_ {
    FIGURES.iter().map(|measure| {
        one(shown(measure.map_or_else(|| held(tallies), |measure| tallies.get(measure))))
    })
}

fn one(text: String) -> Cell<'static> {
    Cell { text: text.into(), columns: 1 }
}
