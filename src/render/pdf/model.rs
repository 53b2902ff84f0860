//! The document before it has pages: paragraphs, tables and blocks that stand side by side.

use super::font::Face;
use crate::model::UnitStanding;
use std::borrow::Cow;

/// How the lines of a paragraph or cell stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Align {
    /// Căn trái.
    #[default]
    Left,
    /// Căn giữa.
    Centre,
    /// Căn phải.
    Right,
    /// Căn đều hai bên.
    Justified,
}

/// A piece of text in one face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run<'a> {
    /// The text.
    pub(super) text: Cow<'a, str>,
    /// Its face.
    pub(super) face: Face,
}

/// What a paragraph is to a reader who cannot see how it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Role {
    /// Running text.
    #[default]
    Text,
    /// A heading of that level, from one.
    Heading(u8),
    /// An item of a list; its first word is the dash.
    Item,
    /// It goes on with the paragraph before.
    More,
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    /// The name of the place.
    pub(super) anchor: &'static str,
    /// What is said of it where it cannot be seen.
    pub(super) words: &'static str,
}

/// A paragraph (đoạn văn).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph<'a> {
    /// Its text, piece by piece.
    pub(super) runs: Vec<Run<'a>>,
    /// Size of the letters in points.
    pub(super) size: f64,
    /// Distance of the baselines in points.
    pub(super) leading: f64,
    /// How its lines stand.
    pub(super) align: Align,
    /// Indent of all lines, in millimetres.
    pub(super) indent: f64,
    /// Further indent of the first line, in millimetres.
    pub(super) first: f64,
    /// Space above, in points.
    pub(super) before: f64,
    /// Space below, in points.
    pub(super) after: f64,
    /// A rule below: its length in parts of the longest line.
    pub(super) rule: Option<f64>,
    /// Whether it may not stand alone at the foot of a page.
    pub(super) keep: bool,
    /// What it is.
    pub(super) role: Role,
    /// The entry of the outline that it makes: its depth, from zero, and its words.
    pub(super) outline: Option<(u8, String)>,
    /// The name under which links find it.
    pub(super) anchor: Option<&'static str>,
    /// Where a click on it leads.
    pub(super) link: Option<Target>,
}

impl<'a> Paragraph<'a> {
    /// Text of one face, otherwise plain: body size, left, no spaces around.
    pub(super) fn new(face: Face, size: f64, text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            runs: vec![Run { text: text.into(), face }],
            size,
            leading: size * 1.2,
            align: Align::Left,
            indent: 0.0,
            first: 0.0,
            before: 0.0,
            after: 0.0,
            rule: None,
            keep: false,
            role: Role::Text,
            outline: None,
            anchor: None,
            link: None,
        }
    }

    /// The same, in the middle of its column.
    pub(super) fn centred(face: Face, size: f64, text: impl Into<Cow<'a, str>>) -> Self {
        Self { align: Align::Centre, ..Self::new(face, size, text) }
    }
}

/// How a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Orientation {
    /// Đứng.
    #[default]
    Portrait,
    /// Ngang.
    Landscape,
}

impl Orientation {
    /// Width and height of the A4 page in millimetres.
    pub(super) const fn size(self) -> (f64, f64) {
        match self {
            Self::Portrait => (210.0, 297.0),
            Self::Landscape => (297.0, 210.0),
        }
    }
}

/// A header cell that covers one or more rows and columns of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeaderCell<'a> {
    /// First row, from zero.
    pub(super) row: usize,
    /// First column, from zero.
    pub(super) column: usize,
    /// How many rows.
    pub(super) rows: usize,
    /// How many columns.
    pub(super) columns: usize,
    /// The words.
    pub(super) text: Cow<'a, str>,
}

/// What a row is, which decides its face and its company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum RowKind {
    /// One line of figures.
    #[default]
    Plain,
    /// The head of a group; never last on a page.
    Group,
    /// A sum; bold.
    Sum,
}

/// One cell; a cell may cover several columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    /// The words.
    pub(super) text: Cow<'a, str>,
    /// How many columns it covers.
    pub(super) columns: usize,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Row<'a> {
    /// What it is.
    pub(super) kind: RowKind,
    /// Its cells from the left; together they cover all columns.
    pub(super) cells: Vec<Cell<'a>>,
}

/// A table (bảng) that may run over many pages.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Table<'a> {
    /// How the cells of each column stand.
    pub(super) columns: Vec<Align>,
    /// The header cells.
    pub(super) header: Vec<HeaderCell<'a>>,
    /// How many rows the header has, without the row of column numbers.
    pub(super) header_rows: usize,
    /// Whether a row of column numbers follows the header.
    pub(super) numbered: bool,
    /// The rows.
    pub(super) rows: Vec<Row<'a>>,
    /// The column whose cells name their rows.
    pub(super) names: usize,
    /// Size of the letters in points.
    pub(super) size: f64,
    /// What stands above the table on every page after its first.
    pub(super) continued: Cow<'a, str>,
}

/// One bar of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bar {
    /// What stands to its left.
    pub(super) label: String,
    /// Its parts, from the left; as many as the legend has.
    pub(super) parts: Vec<u64>,
    /// What stands at its end.
    pub(super) note: String,
}

/// A chart of horizontal bars (biểu đồ), told apart by greys that print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chart {
    /// Its title.
    pub(super) title: String,
    /// Whether its bars stand, one for each quarter.
    pub(super) upright: bool,
    /// What its parts mean; nothing for one part.
    pub(super) legend: Vec<&'static str>,
    /// Its bars from the top.
    pub(super) bars: Vec<Bar>,
}

/// One unit of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GridRow {
    /// Its name.
    pub(super) name: String,
    /// Whether units below it follow.
    pub(super) upper: bool,
    /// How it stood, quarter by quarter; none where nothing is known.
    pub(super) standings: Vec<Option<UnitStanding>>,
}

/// How each unit and each of its heads stood in each quarter, as many as can be on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    /// Its title.
    pub(super) title: String,
    /// What stands over the names and over each head's marks.
    pub(super) heads: [String; 3],
    /// The quarters.
    pub(super) quarters: Vec<String>,
    /// The units in their order.
    pub(super) rows: Vec<GridRow>,
    /// What the marks mean.
    pub(super) legend: String,
}

/// A part of the document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block<'a> {
    /// Text.
    Paragraph(Paragraph<'a>),
    /// Two columns that stay together on one page.
    Beside(Beside<'a>),
    /// A table.
    Table(Table<'a>),
    /// A chart, never cut.
    Chart(Chart),
    /// A grid of marks.
    Grid(Grid),
    /// Empty space, in points; nothing at the head of a page.
    Space(f64),
    /// A new page that lies this way.
    Page(Orientation),
}

/// Two columns side by side (letterhead, signature).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beside<'a> {
    /// The left column.
    pub(super) left: Vec<Paragraph<'a>>,
    /// The right column.
    pub(super) right: Vec<Paragraph<'a>>,
    /// The left column's part of the width.
    pub(super) share: f64,
}

/// The whole document.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Document<'a> {
    /// Its parts in reading order.
    pub(super) blocks: Vec<Block<'a>>,
    /// The mark at the head of the first page (dự thảo).
    pub(super) mark: Option<Cow<'a, str>>,
    /// What the file says about itself.
    pub(super) about: About,
}

/// What the file says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct About {
    /// Title.
    pub(super) title: String,
    /// Issuer.
    pub(super) author: String,
    /// Subject.
    pub(super) subject: String,
    /// Keywords.
    pub(super) keywords: Vec<String>,
}
