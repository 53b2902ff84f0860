//! The grid of compliance: a province on one page, every mark once, whatever the names.

use super::flow::lay_out;
use super::font::Fonts;
use super::model::{About, Block, Document, Grid, GridRow, Orientation};
use super::page::Layout;
use super::structure::Tag;
use crate::model::{UnitStanding, Verdict};

fn grid(units: usize, quarters: usize, name: &str) -> Grid {
    let row = |i: usize| GridRow {
        name: format!("{name}{i}"),
        upper: i.is_multiple_of(17),
        standings: (0..quarters).map(|quarter| standing(i + quarter)).collect(),
    };
    Grid {
        title: "Lưới".to_owned(),
        heads: ["Đơn vị", "BT", "CT"].map(str::to_owned),
        quarters: (0..quarters).map(|quarter| format!("IV 20{quarter:02}")).collect(),
        rows: (0..units).map(row).collect(),
        legend: "Đ: đạt".to_owned(),
    }
}

fn standing(i: usize) -> Option<UnitStanding> {
    let unit = Verdict::ALL[i % 6];
    let heads = i.is_multiple_of(2).then(|| [unit, Verdict::ALL[(i + 1) % 6]]);
    (!i.is_multiple_of(7)).then_some(UnitStanding { unit, heads })
}

fn lay(grid: Grid) -> (Fonts, Layout) {
    let mut fonts = Fonts::new().unwrap();
    let blocks = vec![Block::Page(Orientation::Landscape), Block::Grid(grid)];
    let document = Document { blocks, mark: None, about: About::default() };
    let layout = lay_out(&mut fonts, &document);
    (fonts, layout)
}

#[test]
fn a_province_stands_on_one_page() {
    for quarters in [1, 4, 8] {
        let (fonts, layout) = lay(grid(162, quarters, "X. Nậm Khấu Nhin "));
        super::layout_tests::check_places(&fonts, &layout);
        assert_eq!(layout.pages.len(), 1, "{quarters} quarters");
    }
}

#[test]
fn every_unit_and_every_mark_is_drawn_once() {
    for (units, quarters, name) in [
        (0, 1, "x"),
        (1, 1, "x"),
        (700, 8, "X. "),
        (40, 3, "Thị trấn Nông trường Phong Hải Thượng "),
    ] {
        let grid = grid(units, quarters, name);
        let marks: usize = (grid.rows.iter().flat_map(|row| &row.standings))
            .filter_map(|standing| Some(if (*standing)?.heads.is_some() { 2 } else { 1 }))
            .sum();
        let (fonts, layout) = lay(grid);
        super::layout_tests::check_places(&fonts, &layout);
        let elements = layout.structure.elements();
        let owned = |wanted: Tag| {
            let lines = layout.pages.iter().flat_map(|page| &page.lines);
            let mut ids: Vec<_> = lines.filter_map(|line| line.owner).collect();
            ids.dedup();
            ids.iter().filter(|id| elements[id.index()].tag == wanted).count()
        };
        assert_eq!((owned(Tag::RowHead), owned(Tag::Cell)), (units, marks));
    }
}
