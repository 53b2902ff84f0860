//! What must hold on every page whatever the document says: inside, apart, and every word once.

use super::flow::lay_out;
use super::font::{Face, Fonts};
use super::model::{
    About, Align, Bar, Beside, Block, Cell, Chart, Document, HeaderCell, Orientation, Paragraph,
    Row, RowKind, Table,
};
use super::page::{Join, Layout, Line, Page};
use super::structure::Tag;
use super::{Office, report};
use crate::aggregate::{Summary, sample, sample_open, sample_past};
use crate::model::Text;
use crate::render::Spelling;
use crate::render::narrative::{Template, narrative};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A tenth of a thousandth of a millimetre.
const EPSILON: f64 = 1e-4;

fn lay(document: &Document<'_>) -> (Fonts, Layout) {
    let mut fonts = Fonts::new().unwrap();
    let layout = lay_out(&mut fonts, document);
    (fonts, layout)
}

fn document(blocks: Vec<Block<'_>>) -> Document<'_> {
    Document { blocks, mark: Some("DỰ THẢO".into()), about: About::default() }
}

/// Everything lies on its page and no two lines of text touch.
pub(super) fn check_places(fonts: &Fonts, layout: &Layout) {
    for (number, page) in layout.pages.iter().enumerate() {
        let (width, height) = page.orientation.size();
        let inside =
            |x: f64, y: f64| (5.0..=width - 5.0).contains(&x) && (5.0..=height - 5.0).contains(&y);
        for line in &page.lines {
            let (top, bottom) = line.extent();
            let text = page.text(fonts, line);
            assert!(inside(line.left, top), "page {number}: {text}");
            assert!(inside(line.left + line.width, bottom), "page {number}: {text} {line:?}");
        }
        for area in &page.areas {
            assert!(inside(area.at.0, area.at.1), "{area:?}");
            assert!(inside(area.at.0 + area.size.0, area.at.1 + area.size.1), "{area:?}");
        }
        for rule in &page.rules {
            assert!(inside(rule.from.0, rule.from.1) && inside(rule.to.0, rule.to.1), "{rule:?}");
        }
        check_apart(fonts, page);
    }
    check_tags(fonts, layout);
}

/// Content is drawn in the order in which it is read, and every element lies in one that may hold it.
fn check_tags(fonts: &Fonts, layout: &Layout) {
    let elements = layout.structure.elements();
    let mut read = BTreeSet::new();
    for page in &layout.pages {
        let owners: Vec<_> = page.lines.iter().filter_map(|line| line.owner).collect();
        assert!(owners.is_sorted(), "read in another order than drawn");
        for line in &page.lines {
            let text = page.text(fonts, line);
            let adorns = text.parse::<usize>().is_ok() || text.contains("tiếp theo");
            // Only the header of a table is drawn again.
            assert!(line.owner.is_some() || adorns || read.contains(&text), "{text} is nobody's");
            if line.owner.is_some() {
                read.insert(text);
            }
        }
    }
    let holds = |parent: Tag, tag: Tag| match tag {
        Tag::Item => parent == Tag::List,
        Tag::Label | Tag::Body => parent == Tag::Item,
        Tag::Head | Tag::Rows => parent == Tag::Table,
        Tag::Row => matches!(parent, Tag::Head | Tag::Rows),
        Tag::ColumnHead | Tag::RowHead | Tag::Cell => parent == Tag::Row,
        Tag::Link => matches!(parent, Tag::Body | Tag::Paragraph),
        Tag::Section => parent == Tag::Document,
        _ => parent == Tag::Section || parent == Tag::Document,
    };
    for (id, element) in layout.structure.numbered().skip(1) {
        assert!(element.parent < id);
        assert!(holds(elements[element.parent.index()].tag, element.tag), "{element:?}");
    }
}

fn check_apart(fonts: &Fonts, page: &Page) {
    let mut lines: Vec<&Line> = page.lines.iter().collect();
    lines.sort_by(|a, b| a.extent().0.total_cmp(&b.extent().0));
    for (i, a) in lines.iter().enumerate() {
        let (_, bottom) = a.extent();
        let below = lines[i + 1..].iter().take_while(|b| b.extent().0 < bottom - EPSILON);
        for b in below {
            let apart =
                a.left + a.width <= b.left + EPSILON || b.left + b.width <= a.left + EPSILON;
            assert!(apart, "{:?} over {:?}", page.text(fonts, a), page.text(fonts, b));
        }
    }
}

/// How often each word stands on the pages; pieces of a cut word are put together again.
fn words(fonts: &Fonts, layout: &Layout) -> BTreeMap<String, usize> {
    let mut words: Vec<String> = Vec::new();
    for page in &layout.pages {
        for line in &page.lines {
            let tokens = &page.tokens[line.tokens.0..line.tokens.0 + line.tokens.1];
            for token in tokens {
                let text = &fonts.get(token.word).text;
                match (token.join, words.last_mut()) {
                    (Join::Glued | Join::Breakable, Some(last)) => last.push_str(text),
                    _ => words.push(text.to_string()),
                }
            }
        }
    }
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// Texts whose words are all different: each word ends in its number.
fn numbered(texts: &[Vec<String>], mark: &str) -> Vec<String> {
    let mut number = 0;
    let mut word = |stem: &String| {
        number += 1;
        format!("{stem}{mark}{number}")
    };
    texts.iter().map(|stems| stems.iter().map(&mut word).collect::<Vec<_>>().join(" ")).collect()
}

fn stems(letters: usize, words: usize) -> impl Strategy<Value = Vec<String>> {
    let letter =
        prop::sample::select("abcdeghiklmnoprstuvxyđăâêôơưạảấầẩẫậ".chars().collect::<Vec<_>>());
    let word = prop::collection::vec(letter, 1..=letters).prop_map(String::from_iter);
    prop::collection::vec(word, 0..words)
}

fn table(cells: &[String], columns: usize, size: f64) -> Table<'_> {
    fn row((i, cells): (usize, &[String])) -> Row<'_> {
        let cell = |text: &String| Cell { text: text.clone().into(), columns: 1 };
        let kind = [RowKind::Plain, RowKind::Plain, RowKind::Group, RowKind::Sum][i % 4];
        Row { kind, cells: cells.iter().map(cell).collect() }
    }
    let head = |column| HeaderCell { row: 0, column, rows: 1, columns: 1, text: "đầu".into() };
    Table {
        columns: vec![Align::Left; columns],
        header: (0..columns).map(head).collect(),
        header_rows: 1,
        numbered: true,
        rows: cells.chunks_exact(columns).enumerate().map(row).collect(),
        names: 0,
        size,
        continued: "tiếp theo".into(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn paragraphs_of_any_kind(
        texts in prop::collection::vec(stems(14, 90), 1..24),
        kinds in prop::collection::vec((0_u8..4, any::<bool>(), 8.0_f64..20.0), 24),
        landscape in any::<bool>(),
    ) {
        let texts = numbered(&texts, "p");
        let orientation = if landscape { Orientation::Landscape } else { Orientation::Portrait };
        let mut blocks = vec![Block::Page(orientation)];
        for (text, (align, keep, size)) in texts.iter().zip(&kinds) {
            let align = [Align::Left, Align::Centre, Align::Right, Align::Justified][usize::from(*align)];
            let plain = Paragraph::new(Face::Regular, *size, text.as_str());
            blocks.push(Block::Paragraph(Paragraph {
                align, keep: *keep, first: 10.0, after: 5.0, outline: keep.then(|| (0, text.clone())), ..plain
            }));
        }
        let (fonts, layout) = lay(&document(blocks));
        check_places(&fonts, &layout);
        let counts = words(&fonts, &layout);
        for word in texts.iter().flat_map(|text| text.split_whitespace()) {
            prop_assert_eq!(counts.get(word), Some(&1), "{}", word);
        }
    }

    #[test]
    fn letters_of_any_script(name in "\\PC{1,60}", reason in "\\PC{1,400}") {
        let mut summary = sample::district();
        for line in &mut summary.units {
            line.unit.name = Text::new(&name).unwrap_or_else(|| line.unit.name.clone());
            line.reason = Text::new(&reason);
        }
        check_report(&summary);
        let office = Office::usual(&summary.scope, summary.as_of);
        prop_assert!(super::pdf(&summary, &office).is_ok());
    }

    #[test]
    fn charts_of_any_size(
        labels in prop::collection::vec(stems(14, 14), 1..70),
        parts in prop::collection::vec((0_u64..4000, 0_u64..4000), 70),
        upright in any::<bool>(),
    ) {
        // Columns stand for quarters, whose names are short and few.
        let most = if upright { 8 } else { 70 };
        let letters = if upright { 3 } else { 200 };
        let bars = labels.iter().zip(&parts).take(most).map(|(label, (a, b))| Bar {
            label: label.iter().take(letters).cloned().collect::<Vec<_>>().join(" "),
            parts: vec![*a, *b],
            note: if upright { (a + b).to_string() } else { format!("{} (100,0%)", a + b) },
        });
        let legend = vec!["Định kỳ", "Đột xuất"];
        let chart = Chart { title: "Biểu đồ".to_owned(), upright, legend, bars: bars.collect() };
        let text = "chữ ".repeat(400);
        let text = Paragraph::new(Face::Regular, 14.0, text);
        let (fonts, layout) = lay(&document(vec![Block::Paragraph(text), Block::Chart(chart)]));
        check_places(&fonts, &layout);
    }

    #[test]
    fn tables_of_any_shape(
        texts in prop::collection::vec(stems(20, 30), 1..120),
        columns in 1_usize..9,
        size in 7.0_f64..14.0,
    ) {
        let mut texts = numbered(&texts, "t");
        texts.truncate(texts.len() / columns * columns);
        let table = table(&texts, columns, size);
        let (fonts, layout) = lay(&document(vec![Block::Table(table)]));
        check_places(&fonts, &layout);
        if columns < 4 {
            let counts = words(&fonts, &layout);
            for word in texts.iter().flat_map(|text| text.split_whitespace()) {
                prop_assert_eq!(counts.get(word), Some(&1), "{}", word);
            }
        }
    }
}

#[test]
fn a_cell_longer_than_a_page_is_cut_and_nothing_is_lost() {
    let long = numbered(&[vec!["ruộng".to_owned(); 1200]], "x").remove(0);
    let texts = ["a1", "b1", "c1", long.as_str(), "a2", "b2"].map(str::to_owned);
    let table = table(&texts, 2, 12.0);
    let (fonts, layout) = lay(&document(vec![Block::Table(table)]));
    check_places(&fonts, &layout);
    assert!(layout.pages.len() > 1);
    let counts = words(&fonts, &layout);
    for word in texts.iter().flat_map(|text| text.split_whitespace()) {
        assert_eq!(counts.get(word), Some(&1), "{word}");
    }
}

#[test]
fn a_word_longer_than_a_line_is_cut_and_nothing_is_lost() {
    let word: String = "ửng/dài".repeat(720);
    let paragraph = Paragraph::new(Face::Bold, 14.0, word.as_str());
    let (fonts, layout) = lay(&document(vec![Block::Paragraph(paragraph)]));
    check_places(&fonts, &layout);
    let drawn: String = (layout.pages.iter())
        .flat_map(|page| page.lines.iter().map(|line| page.text(&fonts, line)))
        .filter(|text| text.contains("ửng") || text.contains("dài"))
        .collect();
    assert_eq!(drawn, word);
}

#[test]
fn no_heading_stands_alone_at_the_foot() {
    for (lines, words) in (30..44).flat_map(|lines| [14, 50, 200].map(|words| (lines, words))) {
        let filler =
            |i: usize| Block::Paragraph(Paragraph::new(Face::Regular, 14.0, format!("dòng{i}")));
        let mut blocks: Vec<Block<'_>> = (0..lines).map(filler).collect();
        let heading = Paragraph::new(Face::Bold, 14.0, "tiêuđề");
        blocks.push(Block::Paragraph(Paragraph { keep: true, after: 5.0, ..heading }));
        let text = "chữ ".repeat(words);
        blocks.push(Block::Paragraph(Paragraph::new(Face::Regular, 14.0, text)));
        let (fonts, layout) = lay(&document(blocks));
        for page in &layout.pages {
            let texts: Vec<String> =
                page.lines.iter().map(|line| page.text(&fonts, line)).collect();
            let Some(at) = texts.iter().position(|text| text == "tiêuđề") else { continue };
            let follow = texts.iter().skip(at + 1).filter(|text| text.starts_with("chữ")).count();
            assert!(
                follow >= 1 && (words < 30 || follow >= 2),
                "{lines}, {words}: {follow} follow"
            );
        }
    }
}

#[test]
fn columns_side_by_side_stay_on_one_page() {
    let column = |text: &'static str| vec![Paragraph::centred(Face::Regular, 14.0, text); 6];
    let filler = |i: usize| Block::Paragraph(Paragraph::new(Face::Regular, 14.0, format!("d{i}")));
    let mut blocks: Vec<Block<'_>> = (0..40).map(filler).collect();
    blocks
        .push(Block::Beside(Beside { left: column("trái"), right: column("phải"), share: 0.5 }));
    let (fonts, layout) = lay(&document(blocks));
    check_places(&fonts, &layout);
    assert_eq!(layout.pages.len(), 2);
}

/// The whole report, with names and reasons as long as they come.
#[test]
fn whole_reports() {
    let mut stretched = sample::province();
    for line in &mut stretched.units {
        line.unit.name = Text::new(&"Nậm Khấu Nhin Thượng ".repeat(3)).unwrap();
        line.reason =
            line.reason.as_ref().and_then(|_| Text::new(&"vì mưa lũ kéo dài, ".repeat(260)));
    }
    let mut waiting = sample::district();
    sample_open::leave_open(&mut waiting);
    let all = [
        waiting,
        sample::province(),
        sample::empty(),
        sample::two_tier(),
        sample::perfect(),
        sample::district(),
        sample_past::province_with_past(),
        stretched,
    ];
    for summary in &all {
        check_report(summary);
    }
}

/// Ten thousand units: every one heads its row in Phụ lục 1 and in the grid, and all stand in their place.
#[test]
fn ten_thousand_units() {
    let summary = sample::sized(10_000);
    let office = Office::usual(&summary.scope, summary.as_of);
    let parts = narrative(&summary, &Template::default(), Spelling::First).unwrap();
    let (fonts, layout) = lay(&report::document(&summary, &office, &parts));
    check_places(&fonts, &layout);
    let elements = layout.structure.elements();
    let heads = elements.iter().filter(|element| element.tag == Tag::RowHead).count();
    assert!(heads >= 2 * summary.units.len(), "{heads}");
    let units = summary.units.iter().map(|line| line.unit.name.as_str());
    let names = words(&fonts, &layout);
    for name in units.flat_map(str::split_whitespace) {
        assert!(names.contains_key(name), "{name}");
    }
}

fn check_report(summary: &Summary) {
    let party = Office::usual(&summary.scope, summary.as_of);
    for office in [party, Office::usual_state(&summary.scope)] {
        let parts = narrative(summary, &Template::default(), Spelling::First).unwrap();
        let (fonts, layout) = lay(&report::document(summary, &office, &parts));
        check_places(&fonts, &layout);
        let of_this = [!summary.backlog.units.is_empty(), summary.comparison.previous.is_some()];
        let annexes = 4 + of_this.into_iter().filter(|more| *more).count();
        assert_eq!(layout.anchors.len(), annexes, "every annex can be reached");
        assert!(layout.outline.len() >= 12);
    }
}

/// The remark below a table stands with its last row, wherever the page ends.
#[test]
fn a_remark_does_not_stand_on_a_page_alone() {
    for rows in 1..60 {
        let cells: Vec<String> = (0..rows).map(|i| format!("dòng{i}")).collect();
        let remark = Paragraph::new(Face::Italic, 10.0, "Ghi chú");
        let blocks = vec![
            Block::Page(Orientation::Landscape),
            Block::Table(table(&cells, 1, 11.0)),
            Block::Paragraph(Paragraph { before: 4.0, ..remark }),
        ];
        let (fonts, layout) = lay(&document(blocks));
        check_places(&fonts, &layout);
        let last = layout.pages.last().unwrap();
        let texts: Vec<String> = last.lines.iter().map(|line| last.text(&fonts, line)).collect();
        assert!(texts.iter().any(|text| text.contains("Ghi")), "{rows}: {texts:?}");
        assert!(texts.iter().any(|text| *text == format!("dòng{}", rows - 1)), "{rows}: {texts:?}");
    }
}
