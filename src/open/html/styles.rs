//! What the styles of a page strike out or raise: of elements and of classes, as far as one rule names one class.

use super::tokens::attribute;
use crate::open::fault::Fault;
use crate::open::limits::{Limits, Passed};
use crate::open::runs::Run;
use std::collections::HashMap;

/// The classes of a page that strike out or raise.
#[derive(Debug, Default)]
pub(super) struct Classes(HashMap<String, Run>);

impl Classes {
    /// Takes up a style sheet: its rules `.name {…}` and `td.name {…}`.
    pub(super) fn add(&mut self, sheet: &str, limits: &Limits) -> Result<(), Fault> {
        for rule in sheet.split('}') {
            let Some((selectors, declarations)) = rule.rsplit_once('{') else { continue };
            let run = declared(declarations);
            if run.is_plain() {
                continue;
            }
            for selector in selectors.split(',') {
                let Some((_, name)) = selector.trim().rsplit_once('.') else { continue };
                let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
                if !name.chars().all(is_name) {
                    continue;
                }
                if self.0.len() >= limits.styles {
                    return Err(Passed::Styles(limits.styles).into());
                }
                self.0.insert(name.to_owned(), run);
            }
        }
        Ok(())
    }

    /// How the text of an element stands, by its own style and its classes.
    pub(super) fn run(&self, attributes: &str) -> Run {
        let own = attribute(attributes, "style").map(declared).unwrap_or_default();
        if self.0.is_empty() {
            return own;
        }
        let classes = attribute(attributes, "class").unwrap_or_default();
        let known = classes.split_whitespace().filter_map(|class| self.0.get(class));
        known.fold(own, |run, class| run.and(*class))
    }
}

fn declared(declarations: &str) -> Run {
    let mut run = Run::default();
    for declaration in declarations.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let (property, value) = (property.trim().to_ascii_lowercase(), value.to_ascii_lowercase());
        match property.as_str() {
            "text-decoration" | "text-decoration-line" => {
                run = run.with_struck(value.contains("line-through"));
            }
            "vertical-align" => {
                run = run.with_raised(matches!(value.trim(), "super" | "sub"));
            }
            _ => {}
        }
    }
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_styles_and_classes() {
        let (mut classes, limits) = (Classes::default(), Limits::default());
        let sheet = "<!--table {color:red}\n.xl67\n\t{mso-style-parent:style0;\n\ttext-decoration:line-through;}\n\
             td.a, .b{vertical-align: super} .c .d e{text-decoration:line-through} .f{text-decoration:none}-->";
        classes.add(sheet, &limits).unwrap();
        let few = Limits { styles: 2, ..limits };
        assert_eq!(Classes::default().add(sheet, &few), Err(Passed::Styles(2).into()));
        let struck = Run::default().with_struck(true);
        let raised = Run::default().with_raised(true);
        for (attributes, run) in [
            (" class=xl67 height=20", struck),
            (" class='x xl67'", struck),
            (" class=\"a\"", raised),
            (" class=b style='text-decoration: Underline Line-Through'", struck.and(raised)),
            (" style=\"vertical-align:sub\"", raised),
            (" style='vertical-align:top;text-decoration:underline'", Run::default()),
            (" class=e", Run::default()),
            (" class=f", Run::default()),
        ] {
            assert_eq!(classes.run(attributes), run, "{attributes}");
        }
    }
}
