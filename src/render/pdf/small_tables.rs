//! Phụ lục 2, 3 and 6: fields and outcomes, units to be reminded, rules applied.

use super::figure::{NOTHING, day, shown};
use super::model::{Align, Cell, HeaderCell, Row, RowKind, Table};
use crate::aggregate::{Measure, SubmissionState, Summary, UnitLine, Verdict};
use crate::model::count::grouped;
use crate::model::{Outcome, Period, UnitCode};
use crate::profile::Profile;
use crate::render::Spelling;
use crate::render::narrative::district;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A table with one header row and one column for each head.
pub(super) fn plain<'a>(
    heads: &[(&'static str, Align)],
    continued: &'static str,
    rows: Vec<Row<'a>>,
) -> Table<'a> {
    let header = heads.iter().enumerate().map(|(column, (text, _))| HeaderCell {
        row: 0,
        column,
        rows: 1,
        columns: 1,
        text: Cow::Borrowed(text),
    });
    Table {
        columns: heads.iter().map(|(_, align)| *align).collect(),
        header: header.collect(),
        header_rows: 1,
        numbered: true,
        rows,
        names: 1,
        size: 11.0,
        continued: continued.into(),
    }
}

/// A row with one cell for each text.
pub(super) fn row<'a>(kind: RowKind, texts: impl IntoIterator<Item = Cow<'a, str>>) -> Row<'a> {
    Row { kind, cells: texts.into_iter().map(|text| Cell { text, columns: 1 }).collect() }
}

/// Phụ lục 2: fields down, outcomes across, both with sums.
pub(super) fn subjects(summary: &Summary, spelling: Spelling) -> Table<'_> {
    let unread = summary.subjects.lines.values().any(|line| line.unread > 0);
    let mut heads =
        vec![("TT", Align::Centre), ("Lĩnh vực", Align::Left), ("Tổng số", Align::Right)];
    heads.extend(Outcome::ALL.map(|outcome| (outcome.label(), Align::Right)));
    if unread {
        heads.push(("Không đọc được kết quả", Align::Right));
    }
    let mut sums = crate::aggregate::summary::SubjectLine::default();
    let mut rows = Vec::new();
    for (subject, name) in &summary.subject_names {
        let Some(line) = summary.subjects.lines.get(subject) else { continue };
        let mut texts = vec![Cow::Owned((rows.len() + 1).to_string()), spelling.apply(name)];
        texts.push(grouped(line.total()).into());
        texts.extend(line.outcomes.iter().map(|count| Cow::Owned(grouped(*count))));
        if unread {
            texts.push(grouped(line.unread).into());
        }
        rows.push(row(RowKind::Plain, texts));
        sums.unread += line.unread;
        for (sum, count) in sums.outcomes.iter_mut().zip(line.outcomes) {
            *sum += count;
        }
    }
    let blank = || NOTHING.into();
    let width = heads.len() - 3;
    let unclassified = summary.subjects.unclassified;
    if unclassified > 0 {
        let mut texts = vec![Cow::Owned((rows.len() + 1).to_string()), "Chưa phân lĩnh vực".into()];
        texts.push(grouped(unclassified).into());
        texts.extend((0..width).map(|_| blank()));
        rows.push(row(RowKind::Plain, texts));
    }
    let mut texts =
        vec!["".into(), "Tổng cộng".into(), grouped(sums.total() + unclassified).into()];
    texts.extend(sums.outcomes.iter().map(|count| Cow::Owned(grouped(*count))));
    if unread {
        texts.push(grouped(sums.unread).into());
    }
    rows.push(row(RowKind::Sum, texts));
    plain(&heads, "Phụ lục 2 (tiếp theo)", rows)
}

/// Whether a unit belongs to a group.
type Fits = fn(&UnitLine) -> bool;

/// Why a unit stands in Phụ lục 3, in the order of its groups.
const REMINDED: [(&str, Fits); 6] = [
    ("Chưa nộp báo cáo", |line| line.submission == SubmissionState::Missing),
    ("Đã gửi tệp nhưng không đọc được", |line| {
        line.submission == SubmissionState::Unreadable
    }),
    ("Nộp muộn", |line| line.submission == SubmissionState::Late),
    ("Chưa đạt chỉ tiêu, không nêu lý do", |line| line.verdict == Verdict::Short),
    ("Chưa đạt chỉ tiêu, có lý do", |line| line.verdict == Verdict::ShortWithReason),
    ("Chưa xác định được do số liệu hỏng", |line| {
        line.verdict == Verdict::Undetermined && line.submission != SubmissionState::Unreadable
    }),
];

/// Phụ lục 3: units missing, unreadable, late, short of quota, with the reasons given.
pub(super) fn reminded(summary: &Summary, spelling: Spelling) -> Table<'_> {
    let heads = [
        ("TT", Align::Centre),
        ("Đơn vị", Align::Left),
        ("Thuộc", Align::Left),
        ("Ngày nộp", Align::Centre),
        ("Tình trạng nộp", Align::Left),
        ("Chỉ tiêu", Align::Right),
        ("Tính vào chỉ tiêu", Align::Right),
        ("Kết quả", Align::Left),
        ("Lý do, giải trình", Align::Left),
    ];
    let explained = explained(summary);
    let mut rows = Vec::new();
    for (title, fits) in REMINDED {
        let units: Vec<&UnitLine> = summary.units.iter().filter(|line| fits(line)).collect();
        if units.is_empty() {
            continue;
        }
        let text = format!("{title} ({} đơn vị)", grouped(units.len() as u64)).into();
        rows.push(Row { kind: RowKind::Group, cells: vec![Cell { text, columns: heads.len() }] });
        for (i, line) in units.into_iter().enumerate() {
            let above = district(summary, line).and_then(|code| summary.unit(code));
            let above = above.map_or_else(String::new, |above| above.unit.full_name());
            rows.push(row(
                RowKind::Plain,
                [
                    (i + 1).to_string().into(),
                    line.unit.full_name().into(),
                    above.into(),
                    day(line.submitted).into(),
                    spelling.apply(line.submission.label()),
                    shown(line.tallies.get(Measure::Required)).into(),
                    shown(line.tallies.get(Measure::Counted)).into(),
                    spelling.apply(line.verdict.label()),
                    reasons(line, &explained).into(),
                ],
            ));
        }
    }
    if rows.is_empty() {
        let text = "Không có đơn vị nào.".into();
        rows.push(Row { kind: RowKind::Plain, cells: vec![Cell { text, columns: heads.len() }] });
    }
    plain(&heads, "Phụ lục 3 (tiếp theo)", rows)
}

/// What was said of each unit's findings on quota and punctuality; in a report over several quarters by
/// quarter, for a code may have meant another unit before.
type Explained = BTreeMap<(UnitCode, Option<Period>), Vec<String>>;

fn explained(summary: &Summary) -> Explained {
    let mut said = Explained::new();
    for finding in &summary.findings {
        let concerns = ["CT", "TH"].iter().any(|family| finding.rule.code.starts_with(family));
        if let (Some(unit), Some(explanation), true) =
            (finding.unit, &finding.explanation, concerns)
        {
            said.entry((unit, finding.period)).or_default().push(explanation.words());
        }
    }
    said
}

/// The unit's reason, then the explanations, each once.
fn reasons(line: &UnitLine, explained: &Explained) -> String {
    let mut said: Vec<String> = line.reason.iter().map(ToString::to_string).collect();
    let own = line.quarters.iter().filter(|part| !part.is_carried);
    let own = own.map(|part| (part.line.unit.code, Some(part.period)));
    let owners = [(line.unit.code, None)].into_iter().chain(own);
    for words in owners.filter_map(|owner| explained.get(&owner)).flatten() {
        if !said.contains(words) {
            said.push(words.clone());
        }
    }
    said.join("; ")
}

/// Phụ lục 6: every number of the rules with its basis.
pub(super) fn rules<'a>(used: &[&'a Profile], spelling: Spelling) -> Table<'a> {
    let heads = [
        ("TT", Align::Centre),
        ("Nội dung", Align::Left),
        ("Giá trị", Align::Left),
        ("Căn cứ", Align::Left),
        ("Tình trạng", Align::Left),
    ];
    let several = used.len() > 1;
    let all = used
        .iter()
        .copied()
        .flat_map(|profile| profile.parameters.iter().map(move |parameter| (profile, parameter)));
    let rows = all.enumerate().map(|(i, (profile, parameter))| {
        let status = if parameter.assumed {
            "Giả định, chờ đối chiếu văn bản gốc"
        } else {
            "Đã đối chiếu"
        };
        row(
            RowKind::Plain,
            [
                (i + 1).to_string().into(),
                if several {
                    format!("{} ({})", spelling.apply(&parameter.label), profile.id).into()
                } else {
                    spelling.apply(&parameter.label)
                },
                spelling.apply(&parameter.value),
                spelling.apply(&parameter.basis),
                status.into(),
            ],
        )
    });
    plain(&heads, "Phụ lục 6 (tiếp theo)", rows.collect())
}
