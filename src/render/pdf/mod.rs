//! The report as a PDF: what it says, where each line stands, and the file.

mod canvas;
mod columns;
mod figure;
mod finish;
mod flow;
mod font;
mod letterhead;
mod lines;
mod model;
pub mod office;
mod page;
mod paragraph;
mod printed;
mod report;
mod row;
mod small_tables;
mod table;
mod units_table;

pub use office::Office;

use super::narrative::{TemplateError, narrative};
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
    let parts = narrative(summary)?;
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
            ("1000", sample::sized(1000)),
        ] {
            let started = std::time::Instant::now();
            let office = Office::usual(&summary.scope, summary.as_of);
            let bytes = pdf(&summary, &office).unwrap();
            println!("{name}: {} bytes, {:?}", bytes.len(), started.elapsed());
            std::fs::write(folder.join(format!("{name}.pdf")), bytes).unwrap();
        }
    }

    #[test]
    fn the_same_summary_gives_the_same_bytes() {
        let summary = sample::two_tier();
        let office = Office::usual(&summary.scope, summary.as_of);
        assert_eq!(pdf(&summary, &office).unwrap(), pdf(&summary, &office).unwrap());
    }
}
