//! Styles of an `OpenDocument` workbook, as far as they hide a sheet, strike something out or raise it.

use super::attribute;
use crate::open::fault::Fault;
use crate::open::limits::{Limits, Passed};
use crate::open::runs::Run;
use crate::open::sparse::label;
use crate::open::xml::{Xml, attributes};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// What styles may be of; names are told apart within each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
enum Family {
    Table,
    Cell,
    Text,
    #[default]
    Other,
}

/// What a style does to what has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Style {
    hides: bool,
    run: Run,
}

/// The styles that do anything of the kind.
#[derive(Debug, Default)]
pub(super) struct Styles {
    known: HashMap<(Family, String), Style>,
    /// Bytes of their names.
    length: usize,
    /// The style being read.
    current: (Family, String),
}

impl Styles {
    /// Reads a part that holds nothing but styles.
    pub(super) fn read(&mut self, mut xml: Xml<'_>, limits: &Limits) -> Result<(), Fault> {
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) => self.note(&tag, limits)?,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// Takes up what a tag says about a style.
    pub(super) fn note(&mut self, tag: &BytesStart<'_>, limits: &Limits) -> Result<(), Fault> {
        match tag.local_name().into_inner() {
            "style" => {
                let family = match attribute(tag, "family").as_deref() {
                    Some("table") => Family::Table,
                    Some("table-cell") => Family::Cell,
                    Some("text") => Family::Text,
                    _ => Family::Other,
                };
                self.current =
                    (family, label(&attribute(tag, "name").unwrap_or_default()).to_owned());
                // A style has what its parent has, until it says otherwise.
                let parent = attribute(tag, "parent-style-name").map(|name| (family, name));
                let style = parent.and_then(|parent| self.known.get(&parent)).copied();
                self.keep(style.unwrap_or_default(), limits)
            }
            "table-properties" if self.current.0 == Family::Table => {
                let hides = attribute(tag, "display").map(|shown| shown == "false");
                let style = self.current_style();
                self.keep(Style { hides: hides.unwrap_or(style.hides), ..style }, limits)
            }
            "text-properties" if matches!(self.current.0, Family::Cell | Family::Text) => {
                let mut style = self.current_style();
                for (key, value) in attributes(tag) {
                    match key {
                        "text-line-through-style" | "text-line-through-type" => {
                            style.run = style.run.with_struck(value != "none");
                        }
                        "text-position" => style.run = style.run.with_raised(is_raised(value)),
                        _ => {}
                    }
                }
                self.keep(style, limits)
            }
            _ => Ok(()),
        }
    }

    fn current_style(&self) -> Style {
        self.known.get(&self.current).copied().unwrap_or_default()
    }

    fn keep(&mut self, style: Style, limits: &Limits) -> Result<(), Fault> {
        if style == Style::default() {
            self.known.remove(&self.current);
            return Ok(());
        }
        if self.known.insert(self.current.clone(), style).is_some() {
            return Ok(());
        }
        if self.known.len() > limits.styles {
            return Err(Passed::Styles(limits.styles).into());
        }
        self.length += self.current.1.len();
        if self.length > limits.text_bytes {
            return Err(Passed::Text(limits.text_bytes).into());
        }
        Ok(())
    }

    fn of(&self, family: Family, name: &str) -> Style {
        self.known.get(&(family, label(name).to_owned())).copied().unwrap_or_default()
    }

    /// Whether the style of a table hides it.
    pub(super) fn hide(&self, table: &BytesStart<'_>) -> bool {
        attribute(table, "style-name").is_some_and(|name| self.of(Family::Table, &name).hides)
    }

    /// How a stretch of text stands.
    pub(super) fn run(&self, span: &BytesStart<'_>) -> Run {
        let name = attribute(span, "style-name").unwrap_or_default();
        self.of(Family::Text, &name).run
    }

    /// Whether a cell is struck out by the style that the tag names under that key; none when it names none.
    pub(super) fn strike(&self, tag: &BytesStart<'_>, key: &str) -> Option<bool> {
        if self.known.is_empty() {
            return None;
        }
        attribute(tag, key).map(|name| self.of(Family::Cell, &name).run.is_struck())
    }
}

/// `super 58%`, `sub 58%`, `33% 58%`: anything that is not on the line.
fn is_raised(position: &str) -> bool {
    let first = position.split_whitespace().next().unwrap_or_default();
    !matches!(first.trim_end_matches('%').trim_start_matches('-'), "" | "0")
}
