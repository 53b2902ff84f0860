//! Which element each part becomes as the document is laid out: sections, lists opened and closed, headings.

use super::model::{Paragraph, Role};
use super::structure::{ElementId, Owner, Structure, Tag};

/// Whose the words of a paragraph are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Owners {
    /// The first word, where it is an item's dash.
    pub(super) label: Owner,
    /// The other words.
    pub(super) words: Owner,
}

impl Owners {
    /// All words belong to one.
    pub(super) const fn one(words: Owner) -> Self {
        Self { label: None, words }
    }
}

/// The structure so far, and what is still open.
#[derive(Default)]
pub(super) struct Builder {
    structure: Structure,
    section: Option<ElementId>,
    list: Option<ElementId>,
    last: Owner,
}

impl Builder {
    /// The element of the next paragraph.
    pub(super) fn paragraph(&mut self, paragraph: &Paragraph<'_>) -> Owners {
        if paragraph.role == Role::Item {
            let list = match self.list {
                Some(list) => list,
                None => self.part(Tag::List),
            };
            self.list = Some(list);
            let item = self.structure.add(list, Tag::Item);
            let label = Some(self.structure.add(item, Tag::Label));
            let body = self.structure.add(item, Tag::Body);
            self.last = Some(self.linked(body, paragraph));
            return Owners { label, words: self.last };
        }
        if paragraph.role == Role::More && self.last.is_some() {
            return Owners::one(self.last);
        }
        let tag = match paragraph.role {
            Role::Heading(level) => Tag::Heading(level),
            Role::Text | Role::More | Role::Item => Tag::Paragraph,
        };
        let element = self.part(tag);
        self.last = Some(self.linked(element, paragraph));
        Owners::one(self.last)
    }

    fn linked(&mut self, element: ElementId, paragraph: &Paragraph<'_>) -> ElementId {
        match paragraph.link {
            Some(_) => self.structure.add(element, Tag::Link),
            None => element,
        }
    }

    /// A new part of the section; ends a list.
    pub(super) fn part(&mut self, tag: Tag) -> ElementId {
        (self.list, self.last) = (None, None);
        let section = match self.section {
            Some(section) => section,
            None => self.structure.add(ElementId::DOCUMENT, Tag::Section),
        };
        self.section = Some(section);
        self.structure.add(section, tag)
    }

    /// What comes next belongs to another section.
    pub(super) fn end_section(&mut self) {
        (self.section, self.list, self.last) = (None, None, None);
    }

    /// The structure, for tables and drawings to add their parts.
    pub(super) fn structure(&mut self) -> &mut Structure {
        &mut self.structure
    }

    /// The whole structure.
    pub(super) fn finish(self) -> Structure {
        self.structure
    }
}
