//! The office file `co-quan.toml`: what an office says about itself, laid over what is usual.

use super::office::{Office, Standard};
use crate::render::Spelling;
use chrono::NaiveDate;
use serde::Deserialize;

/// The sample that `qc17 office init` writes: every key, explained.
pub const SAMPLE: &str = include_str!("../../../templates/co-quan.toml");

/// A mistake in an office file, with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, dòng {line}, cột {column}: {message}")]
pub struct OfficeError {
    /// The file.
    pub file: String,
    /// The line, from one.
    pub line: usize,
    /// The column, from one.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

/// The keys of the file, all optional.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Keys {
    the_thuc: Option<Form>,
    dau_thanh: Option<Tone>,
    cap_tren: Option<String>,
    co_quan: Option<String>,
    co_quan_trong_cau: Option<String>,
    ky_hieu: Option<String>,
    noi_ban_hanh: Option<String>,
    so: Option<String>,
    ngay: Option<toml::Spanned<String>>,
    tham_quyen_ky: Option<String>,
    chuc_vu: Option<String>,
    nguoi_ky: Option<String>,
    noi_nhan: Option<Vec<String>>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum Form {
    #[serde(rename = "dang")]
    Party,
    #[serde(rename = "nha-nuoc")]
    State,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum Tone {
    #[serde(rename = "ủy")]
    First,
    #[serde(rename = "uỷ")]
    Second,
}

/// Reads an office file; `usual` gives, for the form that the file asks for, what it does not say.
pub fn read(
    file: &str,
    text: &str,
    usual: impl Fn(Standard) -> Office,
) -> Result<Office, OfficeError> {
    let fault = |at: usize, message: String| {
        let before = text.get(..at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        OfficeError { file: file.to_owned(), line, column, message }
    };
    let keys: Keys = toml::from_str(text)
        .map_err(|error| fault(error.span().map_or(0, |span| span.start), explain(&error)))?;
    let mut office = usual(match keys.the_thuc {
        Some(Form::State) => Standard::State,
        Some(Form::Party) | None => Standard::Party,
    });
    if let Some(Tone::Second) = keys.dau_thanh {
        office = office.spelt(Spelling::Second);
    }
    if let Some(day) = &keys.ngay {
        let read = NaiveDate::parse_from_str(day.get_ref(), "%d/%m/%Y");
        let message = || format!("“{}” không phải là ngày, viết như 05/04/2021", day.get_ref());
        office.date = Some(read.map_err(|_| fault(day.span().start, message()))?);
    }
    let given = |slot: &mut String, value: Option<String>| {
        if let Some(value) = value {
            *slot = value;
        }
    };
    given(&mut office.superior, keys.cap_tren);
    given(&mut office.issuer, keys.co_quan);
    given(&mut office.issuer_in_text, keys.co_quan_trong_cau);
    given(&mut office.symbol, keys.ky_hieu);
    given(&mut office.place, keys.noi_ban_hanh);
    given(&mut office.authority, keys.tham_quyen_ky);
    given(&mut office.post, keys.chuc_vu);
    office.number = keys.so.filter(|text| !text.is_empty());
    office.signer = keys.nguoi_ky.filter(|text| !text.is_empty());
    if let Some(recipients) = keys.noi_nhan {
        office.recipients = recipients;
    }
    Ok(office)
}

/// The parser's words in Vietnamese, with what is allowed.
fn explain(error: &toml::de::Error) -> String {
    let said = error.message();
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    if said.starts_with("unknown field") {
        let allowed = said.split_once("expected one of ").map_or("", |(_, names)| names);
        return format!("không có khóa “{}”; các khóa: {}", quoted(said), allowed.replace('`', ""));
    }
    if said.starts_with("unknown variant") {
        let allowed = said.split_once("expected ").map_or("", |(_, names)| names);
        let allowed = allowed.trim_start_matches("one of ").replace(" or ", " hoặc ");
        return format!("không có giá trị “{}”; dùng {}", quoted(said), allowed.replace('`', "“"));
    }
    if said.starts_with("invalid type") {
        return "sai kiểu giá trị: chữ phải ở trong dấu nháy kép, danh sách trong [ ]".to_owned();
    }
    format!("sai cú pháp TOML ({said})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample;

    fn parse(text: &str) -> Result<Office, OfficeError> {
        let scope = sample::province().scope;
        let day = "2021-04-05".parse().unwrap();
        read("co-quan.toml", text, |standard| match standard {
            Standard::Party => Office::usual(&scope, day),
            Standard::State => Office::usual_state(&scope),
        })
    }

    #[test]
    fn the_sample_changes_nothing() {
        let scope = sample::province().scope;
        let usual = Office::usual(&scope, "2021-04-05".parse().unwrap());
        assert_eq!(parse(SAMPLE).unwrap(), usual);
    }

    #[test]
    fn what_is_said_holds() {
        let text = "the_thuc = \"nha-nuoc\"\ndau_thanh = \"uỷ\"\nso = \"07\"\nngay = \"05/04/2021\"\n\
                    nguoi_ky = \"Nguyễn Văn A\"\nnoi_nhan = [\"Như trên\"]";
        let office = parse(text).unwrap();
        assert_eq!(office.standard, Standard::State);
        assert_eq!(office.spelling, Spelling::Second);
        assert_eq!(office.recipients, ["Như trên"]);
        assert_eq!(office.authority, "TM. UỶ BAN NHÂN DÂN");
        assert!(office.is_complete());
    }

    #[test]
    fn mistakes_name_line_and_column() {
        for (text, line, column, said) in [
            ("so = \"1\"\nngay = \"31/02/2021\"", 2, 8, "không phải là ngày"),
            ("the_thuc = \"doan\"", 1, 12, "không có giá trị “doan”"),
            ("\nco_qan = \"A\"", 2, 1, "không có khóa “co_qan”"),
            ("so = 12", 1, 6, "sai kiểu"),
            ("so = ", 1, 6, "sai cú pháp"),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!((error.line, error.column), (line, column), "{error}");
            assert!(error.message.contains(said), "{error}");
        }
    }
}
