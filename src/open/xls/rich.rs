//! Fonts of an `.xls`, and the texts of which a part is struck out or raised; calamine keeps the letters only.

use super::biff::{XF, short};
use crate::open::runs::{Run, Stretches};
use std::collections::BTreeMap;
use std::sync::Arc;

const FONT: u16 = 0x0031;
/// The table of shared texts.
const TEXTS: u16 = 0x00FC;
/// What did not fit into the record before it.
const CONTINUE: u16 = 0x003C;
/// The only font that is never written; the ones behind it count it.
const UNWRITTEN: u16 = 4;

/// The fonts of a workbook, as far as they set text apart.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    fonts: Vec<Run>,
    /// How the font of each cell format lets text stand.
    formats: Vec<Run>,
    /// Excel 95 and earlier: one byte for each letter.
    narrow: bool,
    /// Whether any font sets something apart; in nearly every workbook none does.
    any: bool,
}

impl Fonts {
    /// The fonts and cell formats among the records before the sheets.
    pub(super) fn of<'a>(globals: impl Iterator<Item = (u16, &'a [u8])>) -> Self {
        let mut all = Self::default();
        for (at, (id, data)) in globals.enumerate() {
            match id {
                _ if at == 0 => all.narrow = short(data, 0) != Some(0x0600),
                FONT => {
                    let font = short(data, 2).zip(short(data, 8));
                    let run = font.map(|(flags, script)| Run::of_font(flags, script));
                    let run = run.unwrap_or_default();
                    all.any |= !run.is_plain();
                    all.fonts.push(run);
                }
                XF => {
                    let font = short(data, 0).map(|font| all.font(font));
                    all.formats.push(font.unwrap_or_default());
                }
                _ => {}
            }
        }
        all
    }

    /// Whether none of them sets anything apart.
    pub(super) const fn are_plain(&self) -> bool {
        !self.any
    }

    /// How a cell format lets text stand.
    fn of_format(&self, format: Option<u16>) -> Run {
        format.and_then(|at| self.formats.get(usize::from(at))).copied().unwrap_or_default()
    }

    /// How the text of a cell of that format stands.
    pub(super) fn stands(&self, format: Option<u16>, stretches: Option<Arc<Stretches>>) -> Stands {
        let first = self.of_format(format);
        let stretches = stretches.unwrap_or_default();
        let begins_plain = stretches.first().is_none_or(|(start, _)| *start > 0);
        let first = if begins_plain { first } else { Run::default() };
        let mut runs = stretches.iter().map(|(_, run)| *run);
        match () {
            () if stretches.is_empty() && first.is_struck() => Stands::Struck,
            () if stretches.is_empty() => Stands::Plain,
            () if first.is_plain() && runs.all(Run::is_plain) => Stands::Plain,
            () => Stands::Apart(first, stretches),
        }
    }

    /// The stretches that stand behind the text of a cell.
    pub(super) fn of_cell(&self, data: &[u8]) -> Option<Arc<Stretches>> {
        let mut text = Pieces::of(data.get(6..)?, []);
        let letters = text.short()?;
        if self.narrow {
            text.skip(usize::from(letters))?;
            let many = text.byte()?;
            let runs = (0..many).map_while(|_| {
                let (start, font) = (text.byte()?, text.byte()?);
                Some((u16::from(start), self.font(u16::from(font))))
            });
            return Some(Arc::new(runs.collect()));
        }
        let wide = text.byte()? & 1 != 0;
        text.letters(letters, wide)?;
        let many = text.short()?;
        text.runs(many, self).map(Arc::new)
    }

    fn font(&self, number: u16) -> Run {
        let at = if number > UNWRITTEN { number - 1 } else { number };
        self.fonts.get(usize::from(at)).copied().unwrap_or_default()
    }
}

/// How what is in a cell stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stands {
    Plain,
    /// All of it is struck out.
    Struck,
    /// The beginning stands as the cell does, what follows in stretches of its own.
    Apart(Run, Arc<Stretches>),
}

/// The stretches of each shared text that has any, by its number.
#[derive(Debug, Default)]
pub(super) struct RichStrings(BTreeMap<u32, Arc<Stretches>>);

impl RichStrings {
    /// Those in the table among the records before the sheets; a damaged table is read up to where it makes no sense.
    pub(super) fn of<'a>(globals: impl Iterator<Item = (u16, &'a [u8])>, fonts: &Fonts) -> Self {
        let mut all = Self::default();
        if fonts.are_plain() {
            return all;
        }
        let mut table = globals.skip_while(|(id, _)| *id != TEXTS);
        let Some((_, first)) = table.next() else { return all };
        let more = table.take_while(|(id, _)| *id == CONTINUE).map(|(_, data)| data);
        let mut texts = Pieces::of(first.get(8..).unwrap_or_default(), more);
        for number in 0.. {
            match texts.text(fonts) {
                Some(runs) if runs.is_empty() => {}
                Some(runs) => {
                    all.0.insert(number, Arc::new(runs));
                }
                None => break,
            }
        }
        all
    }

    /// The stretches of a text.
    pub(super) fn get(&self, number: u32) -> Option<Arc<Stretches>> {
        self.0.get(&number).map(Arc::clone)
    }
}

/// Bytes in several records, as if they stood in one.
struct Pieces<'a, I> {
    piece: &'a [u8],
    more: I,
}

impl<'a, I: Iterator<Item = &'a [u8]>> Pieces<'a, I> {
    fn of(first: &'a [u8], more: impl IntoIterator<IntoIter = I>) -> Self {
        Self { piece: first, more: more.into_iter() }
    }

    fn byte(&mut self) -> Option<u8> {
        loop {
            if let Some((byte, rest)) = self.piece.split_first() {
                self.piece = rest;
                return Some(*byte);
            }
            self.piece = self.more.next()?;
        }
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > self.piece.len() {
            count -= self.piece.len();
            self.piece = self.more.next()?;
        }
        self.piece = self.piece.get(count..)?;
        Some(())
    }

    /// Passes over letters; a record that goes on with them says anew how wide they are.
    fn letters(&mut self, count: u16, mut wide: bool) -> Option<()> {
        let mut left = usize::from(count);
        loop {
            let width = if wide { 2 } else { 1 };
            let here = left.min(self.piece.len() / width);
            self.piece = self.piece.get(here * width..)?;
            left -= here;
            if left == 0 {
                return Some(());
            }
            let (flags, letters) = self.more.next()?.split_first()?;
            wide = flags & 1 != 0;
            self.piece = letters;
        }
    }

    fn runs(&mut self, many: u16, fonts: &Fonts) -> Option<Stretches> {
        let mut runs = Stretches::new();
        for _ in 0..many {
            let (start, font) = (self.short()?, self.short()?);
            runs.push((start, fonts.font(font)));
        }
        Some(runs)
    }

    /// Passes over one text of the table; its stretches.
    fn text(&mut self, fonts: &Fonts) -> Option<Stretches> {
        const WIDE: u8 = 1;
        const EXTENDED: u8 = 4;
        const STRETCHES: u8 = 8;
        let (letters, flags) = (self.short()?, self.byte()?);
        let many = if flags & STRETCHES != 0 { self.short()? } else { 0 };
        // How to read the text aloud.
        let extension = match flags & EXTENDED {
            0 => 0,
            _ => usize::from(self.short()?) | usize::from(self.short()?) << 16,
        };
        self.letters(letters, flags & WIDE != 0)?;
        let runs = self.runs(many, fonts)?;
        self.skip(extension)?;
        Some(runs)
    }
}

#[cfg(test)]
mod tests {
    use super::super::biff;
    use super::*;

    /// A plain font, one that strikes out, one that raises; then the font that is behind the one never written.
    fn globals(version: u16) -> Vec<(u16, Vec<u8>)> {
        let shorts = |n: &[u16]| n.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
        let font = |flags, script| (FONT, shorts(&[220, flags, 0, 400, script]));
        vec![
            (0x0809, shorts(&[version, 5])),
            font(0, 0),
            font(8, 0),
            font(0, 1),
            font(0, 0),
            font(8, 2),
            (XF, shorts(&[0, 0])),
            (XF, shorts(&[1, 0])),
            (XF, shorts(&[5, 0])),
        ]
    }

    fn fonts(version: u16) -> Fonts {
        Fonts::of(globals(version).iter().map(|(id, data)| (*id, data.as_slice())))
    }

    #[test]
    fn which_formats_strike_out() {
        let fonts = fonts(0x0600);
        let all: Vec<_> = (0..4).map(|format| fonts.stands(Some(format), None)).collect();
        assert_eq!(all, [Stands::Plain, Stands::Struck, Stands::Struck, Stands::Plain]);
        assert!(Fonts::of(std::iter::empty()).are_plain());
    }

    /// A text of the table: letters of one byte, stretches and how to read it aloud behind it.
    fn text(letters: &[u8], runs: &[u16], aloud: &[u8]) -> Vec<u8> {
        let count = u16::try_from(letters.len()).unwrap().to_le_bytes();
        let many = u16::try_from(runs.len() / 2).unwrap().to_le_bytes();
        let length = u32::try_from(aloud.len()).unwrap().to_le_bytes();
        let runs: Vec<u8> = runs.iter().flat_map(|n| n.to_le_bytes()).collect();
        [&count[..], &[8 | 4], &many, &length, letters, &runs, aloud].concat()
    }

    #[test]
    fn texts_of_the_table_wherever_a_record_ends() {
        let (struck, raised) = (Run::of_font(8, 0), Run::of_font(0, 1));
        let texts = [
            text(b"136", &[], b""),
            text(b"120136", &[0, 1, 3, 0], b"xyz"),
            text(b"1361", &[3, 2], b""),
        ];
        let table = [&[3, 0, 0, 0, 3, 0, 0, 0][..], &texts.concat()].concat();
        let fonts = fonts(0x0600);
        let first = 8 + texts[0].len();
        let last = first + texts[1].len();
        // The letters stand behind the nine bytes of a text's head.
        let letters = [first + 9..first + 9 + 6, last + 9..last + 9 + 4];
        for end in 8..table.len() {
            let head = [first, last].iter().any(|start| (start + 1..start + 9).contains(&end));
            if head || end < first && end > 8 {
                continue; // A record never ends inside the head of a text.
            }
            let (before, after) = table.split_at(end);
            // Inside the letters the next record says anew how wide they are.
            let inside = letters.iter().any(|letters| letters.contains(&end));
            let mut after = after.to_vec();
            if inside {
                after.insert(0, 0);
            }
            let records = [(TEXTS, before), (CONTINUE, after.as_slice()), (0x000A, &[][..])];
            let strings = RichStrings::of(records.into_iter(), &fonts);
            let found: Vec<_> = (0..4).map(|n| strings.get(n).map(|runs| runs.to_vec())).collect();
            let plain = Run::default();
            let third = Some(vec![(3, raised)]);
            assert_eq!(found, [None, Some(vec![(0, struck), (3, plain)]), third, None], "{end}");
        }
    }

    #[test]
    fn wide_letters_may_go_on_as_narrow_ones() {
        let fonts = fonts(0x0600);
        let before =
            [&[1, 0, 0, 0, 1, 0, 0, 0, 3, 0, 1 | 8, 1, 0][..], &[0x31, 0, 0x32, 0]].concat();
        let after = [0, 0x33, 2, 0, 2, 0];
        let records = [(TEXTS, &before[..]), (CONTINUE, &after[..])];
        let strings = RichStrings::of(records.into_iter(), &fonts);
        assert_eq!(*strings.get(0).unwrap(), [(2, Run::of_font(0, 1))]);
    }

    #[test]
    fn texts_with_their_stretches_in_the_cell() {
        let place = [4, 0, 2, 0, 0, 0];
        let old = [&place[..], &[4, 0], b"1361", &[1, 3, 2]].concat();
        let new = [&place[..], &[4, 0, 0], b"1361", &[1, 0, 3, 0, 2, 0]].concat();
        for (version, data) in [(0x0500, old), (0x0600, new)] {
            let fonts = fonts(version);
            let stretches = Arc::new(vec![(3, Run::of_font(0, 1))]);
            assert_eq!(fonts.of_cell(&data), Some(Arc::clone(&stretches)), "{version:x}");
            for (format, first) in [(0, Run::default()), (1, Run::of_font(8, 0))] {
                let stands = fonts.stands(Some(format), Some(Arc::clone(&stretches)));
                assert_eq!(stands, Stands::Apart(first, Arc::clone(&stretches)));
            }
            assert_eq!(fonts.of_cell(&data[..9]), None);
        }
    }

    #[test]
    fn a_workbook_of_libre_office() {
        let file = include_bytes!("../../../tests/specimens/gach-bo.xls");
        let unsaid = &biff::unsaid(&biff::workbook(file).unwrap().bytes)[0];
        let struck: Vec<_> = unsaid.struck.iter().copied().collect();
        assert_eq!(struck, [(3, 0), (4, 0)]);
        let rich: Vec<_> = unsaid.rich.keys().map(|(row, _)| *row).collect();
        assert_eq!(rich, [0, 1, 2, 6]);
    }
}
