//! The words of the report (lời văn): a template filled with the summary's figures.

mod compared;
mod figures;
mod filters;
mod markup;
mod review;
mod units;

pub(crate) use filters::{capitalised, long_date, share};
pub use markup::Part;
pub(crate) use review::name as name_in_review;
pub(crate) use units::{district, in_text};

use super::Spelling;
use crate::aggregate::Summary;
use crate::aggregate::review::Review;
use figures::Figures;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

/// A template and the name under which errors speak of it.
#[derive(Debug, Clone, Copy)]
pub struct Template<'t> {
    /// Its name.
    pub file: &'t str,
    /// Its text.
    pub source: &'t str,
}

impl Default for Template<'_> {
    /// The template that comes with the program.
    fn default() -> Self {
        let source = include_str!("../../../templates/bao-cao.jinja");
        Self { file: "bao-cao.jinja", source }
    }
}

impl Template<'_> {
    /// The template of the yearly review that comes with the program.
    pub fn review() -> Self {
        let source = include_str!("../../../templates/danh-gia.jinja");
        Self { file: "danh-gia.jinja", source }
    }
}

/// A mistake in a template, with the line it stands on.
#[derive(Debug, thiserror::Error)]
#[error("{file}, dòng {line}: {message}")]
pub struct TemplateError {
    /// The template.
    pub file: String,
    /// The line, from one.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// Fills a template; a name that it does not know is an error, never an empty place.
pub fn narrative(
    summary: &Summary,
    template: &Template<'_>,
    spelling: Spelling,
) -> Result<Vec<Part>, TemplateError> {
    fill(template, &Figures::of(summary, spelling), spelling)
}

/// Fills a template of the yearly review.
pub fn review_narrative(
    review: &Review,
    template: &Template<'_>,
    spelling: Spelling,
) -> Result<Vec<Part>, TemplateError> {
    fill(template, &review::Figures::of(review), spelling)
}

fn fill(
    template: &Template<'_>,
    figures: &impl Serialize,
    spelling: Spelling,
) -> Result<Vec<Part>, TemplateError> {
    let Template { file, source } = *template;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_debug(true);
    filters::register(&mut environment);
    let text = environment
        .render_named_str(file, &spelling.apply(source), Serde(figures))
        .map_err(|error| explain(file, &error, &figures::names(figures).join(", ")))?;
    Ok(markup::parts(&text))
}

fn explain(file: &str, error: &minijinja::Error, names: &str) -> TemplateError {
    use minijinja::ErrorKind;
    let detail = error.detail().unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::UndefinedError => format!("tên chưa có; các tên dùng được: {names}"),
        ErrorKind::UnknownFilter => format!("không có bộ lọc này ({detail}); {}", filters::KNOWN),
        ErrorKind::SyntaxError => format!("sai cú pháp ({detail})"),
        _ => detail.to_owned(),
    };
    let file = error.name().unwrap_or(file).to_owned();
    TemplateError { file, line: error.line().unwrap_or(1), message }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample;

    #[test]
    fn the_template_that_comes_along_fills_every_kind_of_quarter() {
        for summary in [sample::province(), sample::empty(), sample::two_tier(), sample::district()]
        {
            let parts = narrative(&summary, &Template::default(), Spelling::First).unwrap();
            let headings =
                parts.iter().filter(|part| matches!(part, Part::Heading { depth: 0, .. }));
            assert_eq!(headings.count(), 8);
            for part in &parts {
                assert!(!part.text().contains("none") && !part.text().contains("  "), "{part:?}");
            }
        }
    }

    #[test]
    fn mistakes_name_their_line() {
        let summary = sample::province();
        for (source, line, said) in [
            ("một\n{{ khong_co }}", 2, "tên chưa có"),
            ("{{ ky }}\n\n{{ nam | nhan_doi }}", 3, "không có bộ lọc"),
            ("{% if %}", 1, "sai cú pháp"),
            ("{{ ky | dem }}", 1, "không phải là số"),
        ] {
            let error =
                narrative(&summary, &Template { file: "mau.jinja", source }, Spelling::First)
                    .unwrap_err();
            assert_eq!((error.file.as_str(), error.line), ("mau.jinja", line), "{error}");
            assert!(error.message.contains(said), "{error}");
        }
    }
}
