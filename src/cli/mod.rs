//! The command line, in Vietnamese: from the words typed to a job, and from its result to the terminal.

mod args;
mod changes;
mod door;
mod feedback;
mod form;
mod form_args;
mod interrupt;
mod job;
mod ledger;
mod office;
mod owed;
mod owed_args;
mod profiles;
mod progress;
mod refusal;
mod report;
mod review;
mod review_args;
mod terminal;
mod trace;

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use args::{Cli, Command};
use clap::Parser;
use qc17::notation::system::why;
use rayon::prelude::*;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// No error-level finding.
const CLEAN: u8 = 0;
/// At least one error-level finding.
const FINDINGS: u8 = 1;
/// The run itself failed.
const FAILED: u8 = 2;

/// Runs the command that was typed.
pub(crate) fn main(words: &[OsString]) -> ExitCode {
    if door::is_meant(words) {
        let wanted = match door::DoorArgs::try_parse() {
            Ok(wanted) => wanted,
            Err(error) => return refusal::refused(&error),
        };
        let status = ended(door::open(&wanted));
        door::stay(&wanted);
        return status;
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refusal::refused(&error),
    };
    ended(match cli.command {
        Command::Report(wanted) => report::report(&wanted),
        Command::Feedback(wanted) => feedback::feedback(&wanted),
        Command::Check(wanted) => report::check(&wanted),
        Command::Review(wanted) => review::review(&wanted),
        Command::Owed(wanted) => owed::owed(&wanted),
        Command::Ledger(wanted) => ledger::ledger(&wanted),
        Command::Form(wanted) => form::form(&wanted),
        Command::Trace(wanted) => trace::trace(&wanted),
        Command::Rules(wanted) => profiles::rules(wanted.format),
        Command::Explain(wanted) => profiles::explain(&wanted.rule),
        Command::Profile(wanted) => profiles::profile(&wanted.action),
        Command::Office(wanted) => office::office(&wanted.action),
    })
}

/// The exit status of a command; a failure is told.
fn ended(done: Done) -> ExitCode {
    match done {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            // When even the error stream is gone, the exit status still tells.
            writeln!(anstream::stderr(), "qc17: {failure}").ok();
            ExitCode::from(FAILED)
        }
    }
}

/// What a command gives: its exit status, or one clear sentence.
type Done = Result<u8, Failure>;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The run cannot give a report.
    #[error(transparent)]
    Run(#[from] qc17::pipeline::RunError),
    /// The year cannot be reviewed.
    #[error(transparent)]
    Review(#[from] qc17::aggregate::review::ReviewError),
    /// What is owed is told for a quarter.
    #[error(transparent)]
    Owed(#[from] qc17::aggregate::owed::NotAQuarter),
    /// The register cannot be used.
    #[error(transparent)]
    Register(#[from] qc17::register::RegisterError),
    /// The profile cannot be used.
    #[error("{0}")]
    Profile(#[from] qc17::profile::ProfileError),
    /// The form template or an alias is wrong.
    #[error(transparent)]
    Forms(#[from] qc17::recognise::forms::FormsError),
    /// The holidays are wrong.
    #[error("{0}.")]
    Calendar(#[from] qc17::calendar::CalendarError),
    /// The code lists are wrong.
    #[error(transparent)]
    Codes(#[from] qc17::normalise::codes::CodesError),
    /// The workbook cannot be made.
    #[error(transparent)]
    Workbook(#[from] qc17::render::workbook::RenderError),
    /// The PDF cannot be made.
    #[error("Không lập được báo cáo PDF: {0}.")]
    Pdf(#[from] qc17::render::pdf::RenderError),
    /// The outputs cannot be written.
    #[error("{0}.")]
    Write(#[from] qc17::render::write::WriteError),
    /// The office file is wrong.
    #[error("{0}.")]
    Office(#[from] qc17::render::pdf::office_file::OfficeError),
    /// A file that the office names cannot be read.
    #[error(
        "Không đọc được tệp “{file}”: {}. Hãy kiểm tra đường dẫn; tệp phải là văn bản UTF-8.",
        why(source)
    )]
    OwnFile {
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// A blank form cannot be made.
    #[error("{0}.")]
    Form(#[from] qc17::render::form::FormError),
    /// A file of the name of a blank form is there, and so many more.
    #[error("{}", would_replace(.0, *.1))]
    WouldReplace(PathBuf, usize),
    /// The register knows no unit of that time.
    #[error(
        "Trong danh mục không có đơn vị nào có hiệu lực ở {0}. Hãy xem lại --period và --units."
    )]
    NoUnits(String),
    /// Submissions of the last quarter were promised, and there are none.
    #[error(
        "Trong các thư mục đã cho không có báo cáo nào dùng được của {0}, là kỳ liền trước {1}. Hãy xem lại thư mục, hoặc bỏ thư mục đi nếu không cần chuyển kiến nghị tồn đọng."
    )]
    NothingBefore(String, String),
    /// No such rule.
    #[error("{0}")]
    UnknownRule(String),
    /// The earlier result cannot be read.
    #[error("Không đọc được kết quả lần trước \u{201c}{0}\u{201d}: {1}.")]
    Previous(String, String),
    /// The earlier result is of another quarter.
    #[error(transparent)]
    OtherQuarter(#[from] qc17::aggregate::changes::OtherQuarter),
    /// No such unit, or several.
    #[error(transparent)]
    UnknownTarget(#[from] qc17::aggregate::target::UnknownTarget),
    /// No such column of figures.
    #[error(transparent)]
    UnknownFigure(#[from] qc17::aggregate::figure::UnknownFigure),
    /// Nothing to read was named.
    #[error(
        "Chưa chỉ ra thư mục nào. Hãy gõ: qc17 <thư mục chứa các tệp báo cáo>; xem thêm: qc17 --help"
    )]
    NothingGiven,
    /// Somebody said no.
    #[error("Đã thôi; không ghi gì.")]
    Declined,
    /// A folder of results was named in place of submissions.
    #[error(
        "\u{201c}{0}\u{201d} là thư mục kết quả của lần trước. Hãy chỉ ra thư mục chứa các tệp báo cáo của đơn vị."
    )]
    IsResults(String),
    /// A drive has no name that results could bear.
    #[error(
        "\u{201c}{0}\u{201d} là cả một ổ đĩa. Hãy chỉ ra thư mục chứa các tệp báo cáo của quý."
    )]
    WholeDrive(String),
    /// No results can be put beside the input.
    #[error(
        "Không ghi được vào \u{201c}{0}\u{201d} nên không đặt kết quả ở đó được. Hãy chọn chỗ khác bằng lệnh: qc17 report <thư mục> --out <thư mục kết quả>"
    )]
    NoPlace(String),
    /// The terminal or the file behind it does not take any more.
    #[error("Không in được kết quả: {}. Các tệp đã ghi, nếu có, vẫn đầy đủ.", why(.0))]
    Output(std::io::Error),
}

fn would_replace(file: &Path, more: usize) -> String {
    let more = if more > 0 { format!(" và {more} tệp khác") } else { String::new() };
    format!(
        "Đã có tệp “{}”{more} với nội dung khác, có thể là biểu đã điền; không ghi đè. Hãy chọn thư mục khác, hoặc thêm --backup để giữ bản cũ thành *.bak.",
        file.display()
    )
}

/// Prints to standard output. A reader that went away (`| head`) is no failure.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let written = if AutoStream::choice(&out) == ColorChoice::Never {
        // Colours are left out on all cores: of many units there are many findings.
        let lines = text.par_split_inclusive('\n');
        let pieces = lines.fold(String::new, |mut plain, line| {
            plain.extend(strip_str(line));
            plain
        });
        let pieces: Vec<String> = pieces.collect();
        pieces.iter().try_for_each(|piece| out.write_all(piece.as_bytes()))
    } else {
        anstream::stdout().lock().write_all(text.as_bytes())
    };
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}
