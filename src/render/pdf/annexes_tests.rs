//! What Phụ lục 4 and 5 show, when they are left out, and that nothing of a long petition is lost.

use super::flow::lay_out;
use super::font::Fonts;
use super::layout_tests::check_places;
use super::model::{About, Block, Document, Table};
use super::{annexes, compared, open_petitions};
use crate::aggregate::{Summary, sample, sample_open, sample_past};
use crate::model::Outcome;
use crate::model::backlog::UnitBacklog;
use crate::render::Spelling;

fn tables<'b, 'a>(blocks: &'b [Block<'a>]) -> Vec<&'b Table<'a>> {
    let table = |block: &'b Block<'a>| match block {
        Block::Table(table) => Some(table),
        _ => None,
    };
    blocks.iter().filter_map(table).collect()
}

fn texts(table: &Table<'_>) -> Vec<Vec<String>> {
    let cells =
        |row: &super::model::Row<'_>| row.cells.iter().map(|cell| cell.text.to_string()).collect();
    table.rows.iter().map(cells).collect()
}

#[test]
fn open_petitions_stand_below_the_account_in_the_order_of_the_first_annex() {
    let mut summary = sample::district();
    sample_open::leave_open(&mut summary);
    let blocks = open_petitions::blocks(&summary, Spelling::First);
    let tables = tables(&blocks);
    assert_eq!(texts(tables[0]), [["3", "1.200", "0", "0", "1.199", "0", "1", "1", "2"]]);
    let rows = texts(tables[1]);
    assert_eq!(rows.len(), summary.backlog.open().count());
    let order: Vec<String> = summary.units.iter().map(|line| line.unit.full_name()).collect();
    let [.., second, last] = order.as_slice() else { panic!("{order:?}") };
    let units: Vec<&str> = rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(units, [second, last, last, last, "00001 (đã kết thúc hoạt động)"]);
    assert_eq!(rows[1][3..6], ["Quý IV/2020", "7", "Sửa cầu thôn 2, gọi ông Sa ••••••••••"]);
    assert_eq!(rows[1][6], summary.subject_names[0].1);
    assert!(rows[1][7].ends_with(": Phòng Kinh tế, ông Ba ••••••••••"), "{}", rows[1][7]);
    assert_eq!(rows[1][9], "31/12/2020", "without a day of receipt, the end of its quarter");
    assert_eq!(rows[2][9], "02/01/2021");
    let days = (summary.as_of - "2021-01-02".parse::<chrono::NaiveDate>().unwrap()).num_days();
    assert_eq!(rows[2][10], days.to_string());
    let allowed = i64::from(summary.profile.petition_overdue_days.value);
    assert_eq!(rows[2][11], if days > allowed { "Quá hạn" } else { "–" });
    assert_eq!(rows[3][3..9], ["–", "–", "–", "–", "–", "không đọc được"]);
    assert_eq!(rows[3][9..12], ["–", "–", "–"]);
}

#[test]
fn a_petition_is_overdue_only_past_the_days_allowed() {
    let mut summary = sample::district();
    sample_open::leave_open(&mut summary);
    let since: chrono::NaiveDate = "2021-01-02".parse().unwrap();
    for (more, said) in [(0, "–"), (1, "Quá hạn")] {
        let allowed = u64::from(summary.profile.petition_overdue_days.value);
        summary.as_of = since + chrono::Days::new(allowed + more);
        let blocks = open_petitions::blocks(&summary, Spelling::First);
        assert_eq!(texts(tables(&blocks)[1])[2][11], said);
    }
    summary.as_of = since.pred_opt().unwrap();
    let blocks = open_petitions::blocks(&summary, Spelling::First);
    assert_eq!(texts(tables(&blocks)[1])[2][9..12], ["02/01/2021", "–", "–"]);
}

#[test]
fn without_content_both_are_left_out() {
    let summary = sample::district();
    assert!(open_petitions::blocks(&summary, Spelling::First).is_empty());
    assert!(compared::table(&summary, Spelling::First).is_none());
}

#[test]
fn other_periods_stand_beside_the_reports_figures() {
    let summary = sample_past::province_with_past();
    let table = compared::table(&summary, Spelling::First).unwrap();
    let rows = texts(&table);
    let levels = summary.totals.len();
    assert_eq!(rows.len(), (levels + 1) * (crate::aggregate::Figure::ALL.len() + 1));
    let sums: Vec<u64> = rows[rows.len() - 19..]
        .iter()
        .map(|row| row[2].trim_end_matches('*').replace('.', "").parse().unwrap_or(0))
        .collect();
    let mut all = crate::aggregate::Tallies::default();
    summary.totals.values().for_each(|tallies| all.merge(tallies));
    let known = crate::aggregate::Figure::ALL.map(|figure| figure.tally(&all).sum.unwrap_or(0));
    assert_eq!(sums, known);
    for row in rows.iter().filter(|row| row.len() > 1) {
        let figure = |text: &str| text.trim_end_matches('*').replace('.', "").parse::<i64>().ok();
        let change = |text: &str| figure(&text.replace('−', "-").replace('+', ""));
        for (then, by) in [(3, 4), (5, 6)] {
            let known = figure(&row[2]).zip(figure(&row[then]));
            assert_eq!(change(&row[by]), known.map(|(now, then)| now - then), "{row:?}");
            let holes = row[2].ends_with('*') || row[then].ends_with('*');
            assert_eq!(row[by].ends_with('*'), holes && known.is_some(), "{row:?}");
        }
    }
}

/// Without other periods of one kind its columns have dashes; a level that is no more keeps its rows.
#[test]
fn what_is_not_known_is_a_dash() {
    let mut summary = sample_past::province_with_past();
    summary.comparison.same_last_year = None;
    summary.comparison.since_january = None;
    let gone = *summary.totals.keys().nth(1).unwrap();
    summary.totals.remove(&gone);
    let rows = texts(&compared::table(&summary, Spelling::First).unwrap());
    let at = rows.iter().position(|row| row[0] == "Cấp huyện").unwrap();
    assert_eq!(rows[at + 1][2], "–");
    assert_ne!(rows[at + 1][3], "–");
    assert_eq!(rows[at + 1][4..], ["–", "–", "–", "–"]);
}

/// History was given and none of it will do: that is said, not passed over in silence, and no page of dashes
/// is printed.
#[test]
fn periods_known_only_as_absent_are_named() {
    let mut summary = sample::district();
    summary.comparison.absent = vec!["2020-Q4", "2020-Q1"]
        .into_iter()
        .map(|text| crate::model::Span::parse(text).unwrap())
        .collect();
    assert!(compared::table(&summary, Spelling::First).is_none());
    let annex = annexes::ALL.iter().find(|annex| annex.anchor == "pl5").unwrap();
    assert!(matches!((annex.blocks)(&summary, Spelling::First).as_slice(), [Block::Paragraph(_)]));
    let said = "Không so sánh được với quý IV/2020, quý I/2020: chưa đủ báo cáo các quý.";
    assert_eq!(crate::render::other_periods::remark(&summary).as_deref(), Some(said));
    let words = crate::render::narrative::narrative(
        &summary,
        &crate::render::narrative::Template::default(),
        Spelling::First,
    )
    .unwrap();
    assert!(format!("{words:?}").contains("Chưa so sánh được với quý IV/2020, quý I/2020"));
}

fn laid(summary: &Summary) -> (Vec<String>, usize) {
    let blocks = open_petitions::blocks(summary, Spelling::First);
    let mut fonts = Fonts::new().unwrap();
    let document = Document { blocks, mark: None, about: About::default() };
    let layout = lay_out(&mut fonts, &document);
    check_places(&fonts, &layout);
    let lines = layout.pages.iter().flat_map(|page| {
        page.lines.iter().map(|line| page.text(&fonts, line)).collect::<Vec<String>>()
    });
    (lines.collect(), layout.pages.len())
}

#[test]
fn a_petition_longer_than_a_page_goes_on_and_nothing_is_lost() {
    let mut summary = sample::district();
    let unit = summary.units[1].unit.code;
    let words: Vec<String> = (0..900).map(|i| format!("ruộng{i}")).collect();
    let open = vec![
        sample_open::petition(unit, &words.join(" "), Some(Outcome::K3)),
        sample_open::petition(unit, &"ỡ".repeat(5000), Some(Outcome::K4)),
    ];
    assert!(words.join(" ").chars().count() > 5000);
    let unit_backlog = UnitBacklog { flow: None, open, closed: Vec::new() };
    summary.backlog.units.insert(unit, unit_backlog);
    let (lines, pages) = laid(&summary);
    assert!(pages > 2, "{pages}");
    let text = lines.join(" ");
    let placed: Vec<&str> =
        text.split_whitespace().filter(|word| word.starts_with("ruộng")).collect();
    assert_eq!(placed, words);
    assert_eq!(text.matches('ỡ').count(), 5000);
    assert_eq!(lines.iter().filter(|line| line.contains("(tiếp theo)")).count(), pages - 1);
}
