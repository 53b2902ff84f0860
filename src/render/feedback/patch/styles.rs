//! The style part: formats that are the unit's own with our colour behind them, and those of our own sheet.

use super::PatchError;
use super::scan::{Edits, Role, Tag, tags};
use crate::model::Severity;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A workbook that brings no styles gets these; its cells look as before.
pub(in crate::render::feedback) const MINIMAL: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Times New Roman\"/><family val=\"1\"/></font></fonts>\
<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
<cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>\
<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

/// The colour behind a marked cell, an unusual shade so that it is known again when the copy comes back.
const fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "FFFFC7CB",
        Severity::Warning => "FFFFEB9A",
        Severity::Info => "FFDDEBF5",
    }
}

/// The formats of our own sheet, by number.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::render::feedback) struct Looks {
    /// The title.
    pub(in crate::render::feedback) title: usize,
    /// Accepted or returned.
    pub(in crate::render::feedback) answer: usize,
    /// The deadline and other lines that must be seen.
    pub(in crate::render::feedback) strong: usize,
    /// A line of text.
    pub(in crate::render::feedback) line: usize,
    /// A header.
    pub(in crate::render::feedback) header: usize,
    /// A cell with text.
    pub(in crate::render::feedback) text: usize,
    /// A cell with a short word, in the middle.
    pub(in crate::render::feedback) word: usize,
    /// A cell that leads to another.
    pub(in crate::render::feedback) link: usize,
    /// A cell in which the unit writes.
    pub(in crate::render::feedback) answer_room: usize,
    /// The severities, gravest first.
    pub(in crate::render::feedback) severity: [usize; 3],
}

/// One list of the part (`fonts`, `fills`, `borders`, `cellXfs`).
#[derive(Debug, Default)]
struct List {
    /// Its opening tag, and where it closes; none for an empty one.
    open: Range<usize>,
    close: Option<usize>,
    count: usize,
    added: Vec<String>,
}

impl List {
    fn add(&mut self, words: String) -> usize {
        let next = self.count + self.added.len();
        let known = self.added.iter().position(|one| *one == words);
        known.map_or_else(
            || {
                self.added.push(words);
                next
            },
            |at| self.count + at,
        )
    }
}

const LISTS: [&str; 4] = ["fonts", "fills", "borders", "cellXfs"];
const FONTS: usize = 0;
const FILLS: usize = 1;
const BORDERS: usize = 2;
const FORMATS: usize = 3;

/// The style part while formats are added to it.
#[derive(Debug)]
pub(super) struct Styles<'a> {
    text: &'a str,
    prefix: &'a str,
    lists: [List; 4],
    formats: Vec<Range<usize>>,
    /// The formats that bear our colour from an earlier round.
    pub(super) ours: BTreeSet<usize>,
    marked: BTreeMap<(usize, Option<Severity>), usize>,
}

impl<'a> Styles<'a> {
    /// Reads the part.
    pub(super) fn read(text: &'a str) -> Result<Self, PatchError> {
        let mut styles = Styles {
            text,
            prefix: "",
            lists: Default::default(),
            formats: Vec::new(),
            ours: BTreeSet::new(),
            marked: BTreeMap::new(),
        };
        let mut fills: Vec<bool> = Vec::new();
        let mut list: Option<usize> = None;
        let mut item = 0;
        for tag in tags(text) {
            let tag = tag?;
            if tag.depth == 0 && tag.role == Role::Open {
                styles.prefix = tag.prefix();
            }
            if tag.depth == 1 {
                list = styles.list(&tag, list);
            }
            let Some(at) = list else { continue };
            if tag.depth == 2 && tag.role != Role::Close {
                item = tag.start;
                styles.lists.get_mut(at).ok_or(PatchError::Xml)?.count += 1;
                if at == FILLS {
                    fills.push(false);
                }
            }
            if at == FILLS && tag.opens("fgColor") {
                let own = |rgb| Severity::ALL.iter().any(|severity| colour(*severity) == rgb);
                let ours = tag.value("rgb").is_some_and(own);
                fills.last_mut().into_iter().for_each(|fill| *fill |= ours);
            }
            if at == FORMATS && tag.depth == 2 && tag.role != Role::Open {
                styles.formats.push(item..tag.end);
                let fill = styles.fill_of(item..tag.end);
                if fill.and_then(|fill| fills.get(fill)) == Some(&true) {
                    styles.ours.insert(styles.formats.len() - 1);
                }
            }
        }
        let all = LISTS.iter().zip(&styles.lists);
        let lacking = all.filter(|(_, list)| list.open.is_empty()).map(|(name, _)| *name).next();
        lacking.map_or(Ok(styles), |name| Err(PatchError::Lacking(name)))
    }

    fn list(&mut self, tag: &Tag<'_>, open: Option<usize>) -> Option<usize> {
        if tag.role == Role::Close {
            let list = self.lists.get_mut(open?)?;
            list.close = Some(tag.start);
            return None;
        }
        let at = LISTS.iter().position(|name| *name == tag.local())?;
        self.lists.get_mut(at)?.open = tag.start..tag.end;
        (tag.role == Role::Open).then_some(at)
    }

    fn fill_of(&self, format: Range<usize>) -> Option<usize> {
        let tag = tags(self.text.get(format)?).next()?.ok()?;
        tag.value("fillId")?.parse().ok()
    }

    fn add(&mut self, list: usize, words: String) -> usize {
        self.lists.get_mut(list).map_or(0, |list| list.add(words))
    }

    /// The format of that number with our colour, or without it where there is no severity.
    pub(super) fn marked(&mut self, base: usize, severity: Option<Severity>) -> usize {
        if let Some(known) = self.marked.get(&(base, severity)) {
            return *known;
        }
        let prefix = self.prefix;
        let fill = severity.map_or(0, |severity| {
            let colour = colour(severity);
            self.add(FILLS, format!("<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor rgb=\"{colour}\"/><{prefix}bgColor indexed=\"64\"/></{prefix}patternFill></{prefix}fill>"))
        });
        let known = self.formats.get(base).or(self.formats.first());
        let known = known.and_then(|place| self.text.get(place.clone()));
        let plain = format!("<{prefix}xf numFmtId=\"0\" fontId=\"0\" borderId=\"0\" xfId=\"0\"/>");
        let format = known.unwrap_or(&plain);
        let mut edits = Edits::new(format);
        if let Some(Ok(tag)) = tags(format).next() {
            edits.set(&tag, "fillId", &fill.to_string());
            edits.set(&tag, "applyFill", if severity.is_some() { "1" } else { "0" });
        }
        let format = edits.finish();
        let added = self.add(FORMATS, format);
        self.marked.insert((base, severity), added);
        added
    }

    /// Adds the formats of our own sheet.
    pub(super) fn looks(&mut self) -> Looks {
        let p = self.prefix;
        let mut font = |size: u32, more: &str, colour: &str| {
            self.add(FONTS, format!("<{p}font>{more}<{p}sz val=\"{size}\"/><{p}color rgb=\"{colour}\"/><{p}name val=\"Times New Roman\"/><{p}family val=\"1\"/></{p}font>"))
        };
        let bold = format!("<{p}b/>");
        let fonts = [
            font(11, "", "FF000000"),
            font(13, &bold, "FF000000"),
            font(11, &bold, "FF000000"),
            font(13, &bold, "FFC00000"),
            font(11, &format!("<{p}u/>"), "FF1F3864"),
        ];
        let [plain, title, strong, answer, link] = fonts;
        let side = |name: &str| {
            format!("<{p}{name} style=\"thin\"><{p}color rgb=\"FF7F7F7F\"/></{p}{name}>")
        };
        let sides: String = ["left", "right", "top", "bottom"].into_iter().map(side).collect();
        let border = self.add(BORDERS, format!("<{p}border>{sides}<{p}diagonal/></{p}border>"));
        let mut fill = |colour: &str| {
            self.add(FILLS, format!("<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{colour}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"))
        };
        let head = fill("FFD9E1F2");
        let room = fill("FFF2F2F2");
        let grades = Severity::ALL.map(|severity| fill(colour(severity)));
        let mut format = |font: usize, fill: usize, border: usize, across: &str| {
            self.add(FORMATS, format!("<{p}xf numFmtId=\"49\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><{p}alignment horizontal=\"{across}\" vertical=\"top\" wrapText=\"1\"/></{p}xf>"))
        };
        Looks {
            title: format(title, 0, 0, "left"),
            answer: format(answer, 0, 0, "left"),
            strong: format(strong, 0, 0, "left"),
            line: format(plain, 0, 0, "left"),
            header: format(strong, head, border, "center"),
            text: format(plain, 0, border, "left"),
            word: format(plain, 0, border, "center"),
            link: format(link, 0, border, "center"),
            answer_room: format(plain, room, border, "left"),
            severity: grades.map(|fill| format(plain, fill, border, "center")),
        }
    }

    /// The part with everything that was added.
    pub(super) fn finish(&self) -> Result<String, PatchError> {
        let mut edits = Edits::new(self.text);
        for list in self.lists.iter().filter(|list| !list.added.is_empty()) {
            let raw = self.text.get(list.open.clone()).unwrap_or_default();
            let tag = tags(raw).next().ok_or(PatchError::Xml)??;
            if let Some(count) = tag.attribute("count") {
                let place = count.place.start + list.open.start..count.place.end + list.open.start;
                edits.replace(place, (list.count + list.added.len()).to_string());
            }
            let words = list.added.concat();
            if let Some(close) = list.close {
                edits.insert(close, words);
            } else {
                let end = list.open.end - 2..list.open.end;
                edits.replace(end, format!(">{words}</{}>", tag.name()));
            }
        }
        Ok(edits.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_keeps_all_but_its_fill() {
        let text = MINIMAL.replace(
            "applyNumberFormat=\"1\"/>",
            "applyNumberFormat=\"1\"><alignment wrapText=\"1\"/></xf>",
        );
        let mut styles = Styles::read(&text).unwrap();
        assert_eq!(styles.marked(1, Some(Severity::Error)), 2);
        assert_eq!(styles.marked(1, Some(Severity::Error)), 2);
        assert_eq!(styles.marked(99, Some(Severity::Warning)), 3);
        let out = styles.finish().unwrap();
        assert!(out.contains("<cellXfs count=\"4\">") && out.contains("<fills count=\"4\">"));
        assert!(out.contains("<xf numFmtId=\"14\" fontId=\"0\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFill=\"1\"><alignment wrapText=\"1\"/></xf>"));
        // In the next round the marked formats are known, and their colour can be taken away.
        let mut again = Styles::read(&out).unwrap();
        assert_eq!(again.ours.iter().copied().collect::<Vec<_>>(), [2, 3]);
        assert_eq!(again.marked(2, None), 4);
        assert!(again.finish().unwrap().contains(
            "fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFill=\"0\">"
        ));
    }

    #[test]
    fn prefixes_and_empty_lists() {
        let text =
            "<x:styleSheet xmlns:x='u'><x:fonts/><x:fills/><x:borders/><x:cellXfs/></x:styleSheet>";
        let mut styles = Styles::read(text).unwrap();
        styles.looks();
        styles.marked(0, Some(Severity::Error));
        let out = styles.finish().unwrap();
        assert!(out.starts_with("<x:styleSheet xmlns:x='u'><x:fonts><x:font><x:sz"));
        assert!(tags(&out).all(|tag| tag.is_ok()));
        assert!(Styles::read("<styleSheet><fonts/></styleSheet>").is_err());
    }
}
