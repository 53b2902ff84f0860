//! The workbook part: which sheets there are, and a new one in front of them.

use super::PatchError;
use super::relations::{escaped, plain};
use super::scan::{Edits, Role, Tag, tags};
use crate::model::text::key;

/// The namespace of sheets in transitional files.
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// One sheet as the workbook lists it.
#[derive(Debug)]
pub(super) struct Listed<'a> {
    tag: Tag<'a>,
    end: usize,
    /// Its name.
    pub(super) name: String,
    /// The number of its relationship.
    pub(super) relation: String,
}

/// The workbook part.
#[derive(Debug)]
pub(super) struct Book<'a> {
    text: &'a str,
    root: Tag<'a>,
    list: (Tag<'a>, Option<Tag<'a>>),
    /// The sheets in their order.
    pub(super) sheets: Vec<Listed<'a>>,
}

impl<'a> Book<'a> {
    /// Reads the part.
    pub(super) fn read(text: &'a str) -> Result<Self, PatchError> {
        let (mut root, mut list, mut sheets) = (None, None, Vec::<Listed<'a>>::new());
        let mut inside = false;
        for tag in tags(text) {
            let tag = tag?;
            match (tag.role, tag.local()) {
                (Role::Open, _) if tag.depth == 0 => root = Some(tag),
                (Role::Close, "sheets") => {
                    inside = false;
                    list = list.map(|(open, _)| (open, Some(tag)));
                }
                (role, "sheets") if tag.depth == 1 => {
                    inside = role == Role::Open;
                    list = Some((tag, None));
                }
                (Role::Close, "sheet") if inside => {
                    sheets.last_mut().into_iter().for_each(|sheet| sheet.end = tag.end);
                }
                (_, "sheet") if inside => sheets.push(Listed {
                    tag,
                    end: tag.end,
                    name: plain(tag.value("name").unwrap_or_default()).into_owned(),
                    relation: plain(tag.value("id").unwrap_or_default()).into_owned(),
                }),
                _ => {}
            }
        }
        let root = root.ok_or(PatchError::Lacking("workbook"))?;
        let list = list.ok_or(PatchError::Lacking("list of sheets"))?;
        Ok(Self { text, root, list, sheets })
    }

    /// The namespace of the sheets: another one in strict files.
    pub(super) fn namespace(&self) -> &'a str {
        let prefix = self.root.prefix().trim_end_matches(':');
        let wanted = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
        let found = self.root.attributes().find(|attribute| attribute.name == wanted);
        found.map_or(MAIN, |attribute| attribute.value)
    }

    /// A name that no sheet has: that one, or that one with a number.
    pub(super) fn free_name(&self, wanted: &str) -> String {
        let taken = |name: &str| self.sheets.iter().any(|sheet| key(&sheet.name) == key(name));
        let numbered = (2..).map(|number| format!("{wanted} ({number})"));
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        names.find(|name| !taken(name)).unwrap_or_default()
    }

    /// Puts a new sheet in front.
    pub(super) fn with_first(
        &self,
        name: &str,
        relation: &str,
        base: &str,
    ) -> Result<String, PatchError> {
        let ids = self.sheets.iter().filter_map(|sheet| sheet.tag.value("sheetId")?.parse().ok());
        let id = ids.max().unwrap_or(0u32).saturating_add(1);
        let prefix = self.root.prefix();
        let known = self.sheets.first().and_then(|sheet| sheet.tag.attribute("id"));
        // Some writers declare the prefix on each sheet of the list, where ours does not see it.
        let declared = known.map(|attribute| attribute.name).filter(|name| {
            let prefix = name.split_once(':').map(|(prefix, _)| format!("xmlns:{prefix}"));
            prefix.is_some_and(|wanted| self.root.attributes().any(|one| one.name == wanted))
        });
        let link = declared.map_or_else(|| format!("xmlns:r=\"{base}\" r:id"), ToOwned::to_owned);
        let name = escaped(name);
        let sheet =
            format!("<{prefix}sheet name=\"{name}\" sheetId=\"{id}\" {link}=\"{relation}\"/>");
        let mut edits = Edits::new(self.text);
        match self.sheets.first() {
            Some(first) => edits.insert(first.tag.start, sheet),
            None => edits.append(&self.list.0, self.list.1.as_ref(), &sheet),
        }
        self.shift(&mut edits, |at| at + 1)?;
        Ok(edits.finish())
    }

    /// Moves the sheet at that place to the front.
    pub(super) fn moved_first(&self, from: usize) -> Result<String, PatchError> {
        let mut edits = Edits::new(self.text);
        if let (Some(sheet), Some(first)) = (self.sheets.get(from), self.sheets.first())
            && from > 0
        {
            let words = self.text.get(sheet.tag.start..sheet.end).unwrap_or_default();
            edits.insert(first.tag.start, words);
            edits.replace(sheet.tag.start..sheet.end, "");
        }
        self.shift(&mut edits, |at| match at {
            at if at == from => 0,
            at if at < from => at + 1,
            at => at,
        })?;
        Ok(edits.finish())
    }

    /// What counts sheets by their place: names of one sheet, and which sheet is shown.
    fn shift(&self, edits: &mut Edits<'_>, new: impl Fn(usize) -> usize) -> Result<(), PatchError> {
        for tag in tags(self.text) {
            let tag = tag?;
            if tag.opens("definedName")
                && let Some(place) = tag.attribute("localSheetId")
                && let Ok(at) = place.value.trim().parse::<usize>()
            {
                edits.replace(place.place, new(at).to_string());
            }
            if tag.opens("workbookView") {
                for name in ["activeTab", "firstSheet"] {
                    if let Some(place) = tag.attribute(name) {
                        edits.replace(place.place, "0");
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "<x:workbook xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main' xmlns:q='r'><x:bookViews><x:workbookView activeTab='2' firstSheet='1'/></x:bookViews><x:sheets><x:sheet name='A' sheetId='7' q:id='r1'/><x:sheet name='Phiếu  phản hồi' sheetId='3' q:id='r2'></x:sheet></x:sheets><x:definedNames><x:definedName name='n' localSheetId='1'>A!$A$1</x:definedName><x:definedName name='m'>1</x:definedName></x:definedNames></x:workbook>";

    #[test]
    fn a_sheet_in_front_moves_what_counts_by_place() {
        let book = Book::read(BOOK).unwrap();
        assert_eq!(book.namespace(), "http://purl.oclc.org/ooxml/spreadsheetml/main");
        assert_eq!(book.free_name("Phiếu phản hồi"), "Phiếu phản hồi (2)");
        let out = book.with_first("P & h", "rId9", "r").unwrap();
        assert!(out.contains(
            "<x:sheets><x:sheet name=\"P &amp; h\" sheetId=\"8\" q:id=\"rId9\"/><x:sheet name='A'"
        ));
        assert!(out.contains("activeTab='0' firstSheet='0'") && out.contains("localSheetId='2'"));
    }

    #[test]
    fn an_earlier_sheet_is_moved_to_the_front() {
        let book = Book::read(BOOK).unwrap();
        let out = book.moved_first(1).unwrap();
        let list = &out[out.find("<x:sheets>").unwrap()..out.find("</x:sheets>").unwrap()];
        assert_eq!(
            list,
            "<x:sheets><x:sheet name='Phiếu  phản hồi' sheetId='3' q:id='r2'></x:sheet><x:sheet name='A' sheetId='7' q:id='r1'/>"
        );
        assert!(out.contains("localSheetId='0'"));
        assert!(book.moved_first(0).unwrap().contains("localSheetId='1'"));
    }

    /// As openpyxl writes it where lxml is installed.
    #[test]
    fn a_prefix_that_only_the_sheets_declare() {
        let text = "<workbook xmlns='m'><sheets><sheet xmlns:r='rels' name='A' sheetId='1' r:id='r1'/></sheets></workbook>";
        let out = Book::read(text).unwrap().with_first("P", "rIdN", "rels").unwrap();
        let expected = "<sheet name=\"P\" sheetId=\"2\" xmlns:r=\"rels\" r:id=\"rIdN\"/>";
        assert!(out.contains(expected), "{out}");
    }

    #[test]
    fn a_workbook_without_sheets() {
        let book = Book::read("<workbook xmlns='m'><sheets/></workbook>").unwrap();
        let out = book.with_first("P", "rId1", "rels").unwrap();
        assert!(out.contains("<sheets><sheet name=\"P\" sheetId=\"1\" xmlns:r="));
    }
}
