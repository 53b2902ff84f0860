//! Which cell formats show a number as a date, as a share of a hundred or as another one, and which strike it out.

use crate::open::disguise::is_disguise;
use crate::open::fault::Fault;
use crate::open::limits::{Limits, Passed};
use crate::open::runs::Run;
use crate::open::serial::{is_date_format, is_percent_format};
use crate::open::xml::{Xml, attributes, unescaped};
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// As what a format shows a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Number,
    Date,
    Percent,
    /// Another number than its own, or none.
    Disguised,
}

/// The cell formats of a workbook: for each, as what it shows a number.
#[derive(Debug, Default)]
pub(in crate::open) struct Styles {
    custom: HashMap<u32, Shown>,
    cells: Vec<Shown>,
    /// How each font sets text apart.
    fonts: Vec<Run>,
    /// Those of the cell formats whose font is struck out.
    struck: BTreeSet<usize>,
}

impl Styles {
    /// Whether the format of that number shows a date.
    pub(in crate::open) fn is_date(&self, style: usize) -> bool {
        self.cells.get(style) == Some(&Shown::Date)
    }

    /// Whether the format of that number shows a share of a hundred: 1 is 100%, no count of one.
    pub(in crate::open) fn is_percent(&self, style: usize) -> bool {
        self.cells.get(style) == Some(&Shown::Percent)
    }

    /// Whether the format of that number hides what is stored, or shows another number.
    pub(in crate::open) fn is_disguised(&self, style: usize) -> bool {
        self.cells.get(style) == Some(&Shown::Disguised)
    }

    /// Whether the format of that number strikes out what stands in the cell.
    pub(in crate::open) fn is_struck(&self, style: usize) -> bool {
        !self.struck.is_empty() && self.struck.contains(&style)
    }

    /// Takes a number format that the workbook defines.
    pub(in crate::open) fn add_format(
        &mut self,
        number: u32,
        code: &str,
        limits: &Limits,
    ) -> Result<(), Fault> {
        if self.custom.len() >= limits.styles {
            return Err(Passed::Styles(limits.styles).into());
        }
        let shown = match () {
            () if is_date_format(code) => Shown::Date,
            () if is_percent_format(code) => Shown::Percent,
            () if is_disguise(code) => Shown::Disguised,
            () => Shown::Number,
        };
        self.custom.insert(number, shown);
        Ok(())
    }

    /// How the font of that number sets text apart.
    pub(in crate::open) fn font(&self, number: usize) -> Run {
        self.fonts.get(number).copied().unwrap_or_default()
    }

    /// Takes the next font.
    pub(in crate::open) fn add_font(&mut self, font: Run, limits: &Limits) -> Result<(), Fault> {
        if self.fonts.len() >= limits.styles {
            return Err(Passed::Styles(limits.styles).into());
        }
        self.fonts.push(font);
        Ok(())
    }

    /// Takes the next cell format, by the number format that it shows numbers in and its font.
    pub(in crate::open) fn add_cell_format(
        &mut self,
        format: u32,
        font: Option<usize>,
        limits: &Limits,
    ) -> Result<(), Fault> {
        if self.cells.len() >= limits.styles {
            return Err(Passed::Styles(limits.styles).into());
        }
        if font.is_some_and(|font| self.font(font).is_struck()) {
            self.struck.insert(self.cells.len());
        }
        let custom = self.custom.get(&format).copied();
        self.cells.push(custom.unwrap_or(match format {
            9 | 10 => Shown::Percent,
            _ if is_builtin_date(format) => Shown::Date,
            _ => Shown::Number,
        }));
        Ok(())
    }

    /// Reads the part.
    pub(super) fn read(mut xml: Xml<'_>, limits: &Limits) -> Result<Self, Fault> {
        let mut styles = Self::default();
        let (mut in_cells, mut in_fonts) = (false, false);
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().into_inner() {
                    "numFmt" => {
                        if let Some((number, code)) = number_format(&tag) {
                            styles.add_format(number, &code, limits)?;
                        }
                    }
                    "fonts" => in_fonts = true,
                    "font" if in_fonts => styles.add_font(Run::default(), limits)?,
                    name if in_fonts => {
                        if let Some(last) = styles.fonts.last_mut() {
                            last.note(name, &tag);
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let format = number(&tag, "numFmtId").unwrap_or_default();
                        let font =
                            number(&tag, "fontId").and_then(|font| usize::try_from(font).ok());
                        styles.add_cell_format(format, font, limits)?;
                    }
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().into_inner() {
                    "cellXfs" => in_cells = false,
                    "fonts" => in_fonts = false,
                    _ => {}
                },
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attributes(tag).find(|(key, _)| *key == name)?.1.parse().ok()
}

fn number_format<'t>(tag: &'t BytesStart<'_>) -> Option<(u32, Cow<'t, str>)> {
    let code = attributes(tag).find(|(key, _)| *key == "formatCode")?.1;
    Some((number(tag, "numFmtId")?, unescaped(code)))
}

/// The numbered formats that show a date or a time of day; 46 is an elapsed time.
const fn is_builtin_date(format: u32) -> bool {
    matches!(format, 14..=22 | 27..=36 | 45 | 47 | 50..=58 | 71..=81)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_number_and_by_code() {
        let limits = Limits::default();
        let xml = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy'/>\
             <numFmt numFmtId='165' formatCode='#,##0&quot;d&quot;'/><numFmt numFmtId='15' formatCode='0'/><numFmt numFmtId='166' formatCode='0.0%'/></numFmts>\
             <cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>\
             <xf numFmtId='164'><alignment/></xf><xf numFmtId='165'/><xf/><xf numFmtId='15'/><xf numFmtId='9'/><xf numFmtId='166'/></cellXfs><dxfs><xf numFmtId='14'/></dxfs></styleSheet>";
        let styles = Styles::read(Xml::whole(xml.as_bytes(), &limits), &limits).unwrap();
        let dates: Vec<_> = (0..9).filter(|style| styles.is_date(*style)).collect();
        assert_eq!(dates, [1, 2]);
        let shares: Vec<_> = (0..9).filter(|style| styles.is_percent(*style)).collect();
        assert_eq!(shares, [6, 7]);
    }
}
