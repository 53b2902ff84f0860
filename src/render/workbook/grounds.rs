//! `PL6 - Quy tắc`: every number of the profile with the document it stands on.

use super::RenderError;
use super::stamp::{Few, Fill};
use super::style::{Shape, Tab};
use super::table::{Column, PLAIN, Table, col};
use super::xml::RowWriter;
use crate::model::Period;
use crate::profile::Profile;
use rust_xlsxwriter::Workbook;

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    col("TT", 6.0, Shape::Ordinal),
    col("Nội dung", 52.0, Shape::Text),
    col("Giá trị áp dụng", 30.0, Shape::Word),
    col("Căn cứ", 52.0, Shape::Text),
    col("Tình trạng", 24.0, Shape::Word),
    col("Khóa trong hồ sơ", 34.0, Shape::Text),
];

/// Adds the sheet.
pub(super) fn add<'a>(
    (used, is_span): (&[(&'a Profile, Vec<Period>)], bool),
    caption: String,
    to: &mut Workbook,
    fills: &mut Vec<Fill<'a>>,
) -> Result<(), RenderError> {
    let lines: Vec<_> = used
        .iter()
        .flat_map(|(profile, _)| profile.parameters.iter().map(move |line| (*profile, line)))
        .collect();
    let several = used.len() > 1;
    let status = used.iter().map(|one| status(one, is_span)).collect::<Vec<_>>().join(" ");
    let table = Table {
        name: "PL6 - Quy tắc",
        title: "PHỤ LỤC 6. QUY TẮC ĐÃ ÁP DỤNG",
        remarks: vec![caption, status],
        columns: COLUMNS,
        numbered: true,
        frozen: 2,
        tab: Tab::Grounds,
        kinds: PLAIN,
        rows: u32::try_from(lines.len()).unwrap_or(u32::MAX),
        largest: Vec::new(),
    };
    table.add(to)?;
    let first = table.first_row();
    let rows = Few(move |to: &mut RowWriter<'_>| {
        for ((row, number), (profile, line)) in (first..).zip(1u64..).zip(&lines) {
            to.open(row, 0);
            to.number(number);
            to.text(&line.label);
            to.text(&line.value);
            to.text(&line.basis);
            to.text(if line.assumed {
                "Giả định, chờ đối chiếu văn bản gốc"
            } else {
                "Đã đối chiếu"
            });
            // Which profile it belongs to, where there are several.
            to.text(&if several {
                format!("{}: {}", profile.id, line.key)
            } else {
                line.key.clone()
            });
            to.close();
        }
    });
    fills.push(Fill::new(&table, to.worksheets().len(), rows, Vec::new()));
    Ok(())
}

/// What a profile is and, in a report over several quarters, for which of them it was used.
fn status((profile, periods): &(&Profile, Vec<Period>), is_span: bool) -> String {
    let assumed = profile.parameters.iter().filter(|line| line.assumed).count();
    let quarters = if is_span {
        let all: Vec<String> = periods.iter().map(|period| period.label()).collect();
        format!(" Dùng cho {}.", all.join(", "))
    } else {
        String::new()
    };
    format!(
        "Hồ sơ quy tắc: {} ({}), {}. {assumed}/{} nội dung là giả định, chờ đối chiếu văn bản gốc.{quarters}",
        profile.name,
        profile.id,
        profile.status,
        profile.parameters.len()
    )
}
