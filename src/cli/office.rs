//! The office's own name, number, signer and wording for the PDF report.

use super::args::OfficeAction;
use super::{CLEAN, Done, Failure, print};
use chrono::NaiveDate;
use qc17::model::Unit;
use qc17::render::narrative::Template;
use qc17::render::pdf::{Office, Standard, office_file};
use std::io::{ErrorKind, Read};
use std::path::Path;

/// `qc17 office`.
pub(super) fn office(action: &OfficeAction) -> Done {
    print(match action {
        OfficeAction::Init => office_file::SAMPLE,
        OfficeAction::Template => Template::default().source,
        OfficeAction::ReviewTemplate => Template::review().source,
    })?;
    Ok(CLEAN)
}

/// What an office brings to its report, read before any submission is.
pub(super) struct Own {
    office: Option<(String, String)>,
    template: Option<(String, String)>,
}

impl Own {
    /// Reads the files that were named.
    pub(super) fn read(office: Option<&Path>, template: Option<&Path>) -> Result<Self, Failure> {
        Ok(Self { office: text_of(office)?, template: text_of(template)? })
    }

    /// The office that works for that area, by its name on that day.
    pub(super) fn office_of(&self, area: &Unit, day: NaiveDate) -> Result<Office, Failure> {
        let usual = |standard| match standard {
            Standard::Party => Office::usual(area, day),
            Standard::State => Office::usual_state(area),
        };
        Ok(match &self.office {
            Some((file, text)) => office_file::read(file, text, usual)?,
            None => usual(Standard::Party),
        })
    }

    /// The wording of this document, or the usual one.
    pub(super) fn template<'t>(&'t self, usual: Template<'t>) -> Template<'t> {
        match &self.template {
            Some((file, source)) => Template { file, source },
            None => usual,
        }
    }
}

/// An office writes less than this; a device would never end.
const LIMIT: u64 = 4 * 1024 * 1024;

/// A file that was named, with its text.
fn text_of(file: Option<&Path>) -> Result<Option<(String, String)>, Failure> {
    let Some(path) = file else { return Ok(None) };
    let file = path.display().to_string();
    let mut text = String::new();
    let opened = std::fs::File::open(path);
    let read = opened.and_then(|own| own.take(LIMIT + 1).read_to_string(&mut text));
    match read {
        Ok(length) if u64::try_from(length).is_ok_and(|length| length <= LIMIT) => {
            Ok(Some((file, text)))
        }
        Ok(_) => Err(Failure::OwnFile { file, source: ErrorKind::FileTooLarge.into() }),
        Err(source) => Err(Failure::OwnFile { file, source }),
    }
}
