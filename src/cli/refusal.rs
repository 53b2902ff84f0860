//! Says in Vietnamese why the words typed were not understood.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::io::Write;
use std::process::ExitCode;

/// Says why the words typed were not understood; help and version are no faults.
pub(super) fn refused(error: &clap::Error) -> ExitCode {
    let text = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            return super::ended(super::print(&error.to_string()).map(|()| super::CLEAN));
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => error.to_string(),
        _ => format!("qc17: {}\n{HINT}\n", reason(error)),
    };
    write!(anstream::stderr(), "{text}").ok();
    ExitCode::from(super::FAILED)
}

const HINT: &str = "Xem cách dùng bằng lệnh: qc17 --help";

fn reason(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let argument = || context(ContextKind::InvalidArg);
    let value = || context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            format!("Còn thiếu {}.", argument().replace("...", ""))
        }
        ErrorKind::UnknownArgument => format!("Không có tùy chọn {}.", argument()),
        ErrorKind::InvalidSubcommand => {
            format!("Không có lệnh \u{201c}{}\u{201d}.", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "Chưa ghi lệnh.".to_owned(),
        ErrorKind::InvalidValue if value().is_empty() => {
            format!("Sau {} còn thiếu giá trị.", argument())
        }
        ErrorKind::InvalidValue => format!(
            "Giá trị \u{201c}{}\u{201d} của {} không dùng được; được dùng: {}.",
            value(),
            argument(),
            context(ContextKind::ValidValue)
        ),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!(
                "Giá trị \u{201c}{}\u{201d} của {} không dùng được: {why}.",
                value(),
                argument()
            )
        }
        ErrorKind::ArgumentConflict => format!("{} chỉ ghi được một lần.", argument()),
        ErrorKind::InvalidUtf8 => "Có chữ không đọc được trong dòng lệnh.".to_owned(),
        _ => "Không hiểu dòng lệnh.".to_owned(),
    }
}
