//! The annexes (phụ lục), all in one place: to add one, add its line to [`ALL`] and the function it names.

use super::figure::{LEGEND, LEGEND_OF_QUARTERS};
use super::font::Face;
use super::model::{Block, Orientation, Paragraph, Table};
use super::{compared, grid_rows, open_petitions, respell, small_tables, units_table};
use crate::aggregate::Summary;
use crate::render::{Spelling, other_periods};

/// One annex.
pub(super) struct Annex {
    /// Its name.
    pub(super) label: &'static str,
    /// The name by which links find it.
    pub(super) anchor: &'static str,
    /// Its title.
    pub(super) title: fn(&Summary) -> String,
    /// What stands below the title; an annex without content is left out.
    pub(super) blocks: fn(&Summary, Spelling) -> Vec<Block<'_>>,
}

/// All annexes in their order.
pub(super) const ALL: [Annex; 6] = [
    Annex {
        label: "Phụ lục 1",
        anchor: "pl1",
        title: |of| format!("Kết quả tiếp xúc, đối thoại theo đơn vị, {}", of.period.label()),
        blocks: units,
    },
    Annex {
        label: "Phụ lục 2",
        anchor: "pl2",
        title: |of| {
            let period = of.period.label();
            format!("Ý kiến, kiến nghị theo lĩnh vực và kết quả giải quyết, {period}")
        },
        blocks: |of, spelling| figures(small_tables::subjects(of, spelling), of, spelling),
    },
    Annex {
        label: "Phụ lục 3",
        anchor: "pl3",
        title: |of| format!("Đơn vị chưa nộp, nộp muộn, chưa đạt chỉ tiêu, {}", of.period.label()),
        blocks: |of, spelling| {
            let mut blocks = figures(small_tables::reminded(of, spelling), of, spelling);
            blocks.push(Block::Page(Orientation::Landscape));
            blocks.push(Block::Grid(grid_rows::grid(of, spelling)));
            blocks
        },
    },
    Annex {
        label: "Phụ lục 4",
        anchor: "pl4",
        title: |of| format!("Kiến nghị tồn đọng, {}", of.period.label()),
        blocks: open_petitions::blocks,
    },
    Annex {
        label: "Phụ lục 5",
        anchor: "pl5",
        title: |of| format!("So sánh {} với các kỳ khác", of.period.label()),
        blocks: compared,
    },
    Annex {
        label: "Phụ lục 6",
        anchor: "pl6",
        title: |of| format!("Quy tắc áp dụng và căn cứ: {}", of.profile.name),
        blocks: |of, spelling| {
            let used = of.profiles_used().into_iter().map(|(profile, _)| profile);
            vec![own(small_tables::rules(&used.collect::<Vec<_>>(), spelling), spelling)]
        },
    },
];

/// The units' figures, with what a line says that shows the figures of units before it too.
fn units(of: &Summary, spelling: Spelling) -> Vec<Block<'_>> {
    let mut blocks = figures(units_table::table(of, spelling), of, spelling);
    if of.units.iter().any(|line| !line.predecessors().is_empty()) {
        blocks.push(remark(
            "Dòng ghi “gộp … đơn vị cũ”: chỉ tiêu, số cuộc, số người, ý kiến và thông báo là của cả các đơn vị cũ; tình \
             trạng nộp và kết quả chỉ xét của chính đơn vị, từ ngày đơn vị có hiệu lực.",
            spelling,
        ));
    }
    blocks
}

fn remark(words: &str, spelling: Spelling) -> Block<'static> {
    let words = Paragraph::new(Face::Italic, 10.0, spelling.apply(words).into_owned());
    Block::Paragraph(Paragraph { before: 4.0, ..words })
}

/// The comparison with which periods its columns are; nothing without another period.
fn compared(of: &Summary, spelling: Spelling) -> Vec<Block<'_>> {
    let periods = other_periods::remark(of).map(|words| {
        let words = Paragraph::new(Face::Italic, 10.0, spelling.apply(&words).into_owned());
        Block::Paragraph(Paragraph { after: 4.0, ..words })
    });
    let table = compared::table(of, spelling).map(|table| figures(table, of, spelling));
    periods.into_iter().chain(table.into_iter().flatten()).collect()
}

/// A table of figures with what its signs mean.
fn figures<'t>(table: Table<'t>, of: &Summary, spelling: Spelling) -> Vec<Block<'t>> {
    let one_quarter = of.period.as_quarter().is_some();
    let legend = if one_quarter { LEGEND } else { LEGEND_OF_QUARTERS };
    vec![own(table, spelling), remark(legend, spelling)]
}

/// A table with our own words in the office's spelling.
fn own(mut table: Table<'_>, spelling: Spelling) -> Block<'_> {
    respell::table(&mut table, spelling);
    Block::Table(table)
}
