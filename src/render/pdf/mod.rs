//! The report as a PDF: what it says, where each line stands, and the file.

mod annexes;
#[cfg(test)]
mod annexes_tests;
mod archive;
mod canvas;
mod chart;
mod charts;
mod codes;
mod columns;
mod compared;
mod content;
mod faces;
mod figure;
mod file;
#[cfg(test)]
mod file_tests;
mod finish;
mod flow;
mod font;
#[cfg(test)]
mod golden_tests;
mod grid;
mod grid_rows;
#[cfg(test)]
mod grid_tests;
#[cfg(test)]
mod layout_tests;
mod letterhead;
mod lines;
mod model;
pub mod office;
pub mod office_file;
mod open_petitions;
mod owners;
mod pack;
mod page;
mod paragraph;
mod pen;
mod printed;
mod report;
mod respell;
pub mod review;
mod row;
mod small_tables;
#[cfg(test)]
mod spelling_tests;
mod structure;
mod table;
mod tags;
mod trend;
mod units_table;

pub use office::{Office, Standard};

use super::narrative::{Template, TemplateError, narrative};
use crate::aggregate::Summary;
use std::io::Write;

/// Millimetres in a point.
const MM_PER_PT: f64 = 25.4 / 72.0;

/// The program as files name it.
const TOOL: &str = concat!("qc17 ", env!("CARGO_PKG_VERSION"));

/// Why no report could be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// An embedded face cannot be opened.
    #[error("không mở được phông chữ đi kèm phần mềm")]
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
    let mut out = Vec::new();
    pdf_to(summary, office, &Template::default(), &mut out)?;
    Ok(out)
}

/// The report with the office's own words, written while it is made.
pub fn pdf_to(
    summary: &Summary,
    office: &Office,
    template: &Template<'_>,
    out: &mut (dyn Write + Send),
) -> Result<(), RenderError> {
    let parts = narrative(summary, template, office.spelling)?;
    let document = report::document(summary, office, &parts);
    printed::print(&document, out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::{sample, sample_past};

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
            ("past", sample_past::province_with_past()),
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
    #[ignore = "measures a thousand pages; run it alone, in release"]
    fn a_thousand_pages() {
        let summary = sample::sized(8_600);
        let office = Office::usual(&summary.scope, summary.as_of);
        let started = std::time::Instant::now();
        let bytes = pdf(&summary, &office).unwrap();
        println!("{} bytes in {:?}", bytes.len(), started.elapsed());
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        println!("{}", status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default());
    }

    /// Runs a program of the reader's side on the file; nothing where it is not installed.
    fn read_back(program: &str, args: &[&str], bytes: &[u8]) -> Option<std::process::Output> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        let args = args.iter().map(|arg| match *arg {
            "FILE" => file.path().as_os_str(),
            other => std::ffi::OsStr::new(other),
        });
        let run = std::process::Command::new(program).args(args).output();
        if run.is_err() {
            println!("KHÔNG KIỂM ĐƯỢC: máy này không có {program}");
        }
        run.ok()
    }

    #[test]
    fn readers_get_back_every_sentence() {
        let summary = sample::province();
        let office = Office::usual(&summary.scope, summary.as_of);
        let bytes = pdf(&summary, &office).unwrap();
        if let Some(run) = read_back("qpdf", &["--check", "FILE"], &bytes) {
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        }
        if let Some(run) = read_back("pdffonts", &["FILE"], &bytes) {
            let table = String::from_utf8(run.stdout).unwrap();
            assert!(table.lines().skip(2).all(|font| font.contains("yes yes yes")), "{table}");
        }
        let Some(run) = read_back("pdftotext", &["-layout", "FILE", "-"], &bytes) else { return };
        let text = String::from_utf8(run.stdout).unwrap();
        assert!(unicode_normalization::is_nfc(&text));
        let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let parts = narrative(&summary, &Template::default(), office.spelling).unwrap();
        // Page numbers part the sentences that run over a page's end.
        let whole = parts.iter().filter(|part| squeezed.contains(part.text())).count();
        assert!(whole + 10 >= parts.len(), "{whole} of {} parts read back", parts.len());
        assert!(squeezed.contains("Số liệu cấp xã chưa đầy đủ do có ô hoặc tệp không đọc được"));
    }

    #[test]
    fn the_same_summary_gives_the_same_bytes() {
        let summary = sample::two_tier();
        let office = Office::usual(&summary.scope, summary.as_of);
        assert_eq!(pdf(&summary, &office).unwrap(), pdf(&summary, &office).unwrap());
    }
}
