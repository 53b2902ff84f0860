//! The report as a PDF: what it says, where each line stands, and the file.

mod canvas;
mod chart;
mod charts;
mod columns;
mod figure;
mod finish;
mod flow;
mod font;
#[cfg(test)]
mod layout_tests;
mod letterhead;
mod lines;
mod model;
pub mod office;
pub mod office_file;
mod page;
mod paragraph;
mod printed;
mod report;
mod respell;
mod row;
mod small_tables;
mod table;
mod units_table;

pub use office::{Office, Standard};

use super::narrative::{Template, TemplateError, narrative};
use crate::aggregate::Summary;

/// Millimetres in a point.
const MM_PER_PT: f64 = 25.4 / 72.0;

/// Why no report could be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// An embedded face cannot be opened.
    #[error("không mở được phông chữ đi kèm chương trình")]
    Font,
    /// The file cannot be put together.
    #[error("không ghi được tệp PDF")]
    Writing,
    /// The narrative's template is wrong.
    #[error(transparent)]
    Template(#[from] TemplateError),
}

/// The quarter's report as a PDF file; the same bytes for the same summary.
pub fn pdf(summary: &Summary, office: &Office) -> Result<Vec<u8>, RenderError> {
    pdf_with(summary, office, &Template::default())
}

/// The report with the office's own words.
pub fn pdf_with(
    summary: &Summary,
    office: &Office,
    template: &Template<'_>,
) -> Result<Vec<u8>, RenderError> {
    let parts = narrative(summary, template, office.spelling)?;
    let document = report::document(summary, office, &parts);
    let mut fonts = font::Fonts::new()?;
    let layout = flow::lay_out(&mut fonts, &document);
    canvas::draw(printed::Printed::default(), &fonts, &layout, &document.about)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample;

    #[test]
    #[ignore = "writes pictures to look at into the folder named by QC17_SAMPLES"]
    fn samples() {
        let folder = std::path::PathBuf::from(std::env::var_os("QC17_SAMPLES").unwrap());
        for (name, summary) in [
            ("2021", sample::province()),
            ("empty", sample::empty()),
            ("2026", sample::two_tier()),
            ("perfect", sample::perfect()),
            ("district", sample::district()),
            ("1000", sample::sized(1000)),
        ] {
            let party = Office::usual(&summary.scope, summary.as_of);
            for (form, office) in [("", party), ("-state", Office::usual_state(&summary.scope))] {
                let started = std::time::Instant::now();
                let bytes = pdf(&summary, &office).unwrap();
                println!("{name}{form}: {} bytes, {:?}", bytes.len(), started.elapsed());
                std::fs::write(folder.join(format!("{name}{form}.pdf")), bytes).unwrap();
            }
        }
    }

    #[test]
    fn the_same_summary_gives_the_same_bytes() {
        let summary = sample::two_tier();
        let office = Office::usual(&summary.scope, summary.as_of);
        assert_eq!(pdf(&summary, &office).unwrap(), pdf(&summary, &office).unwrap());
    }
}
