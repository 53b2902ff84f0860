//! The four faces of the report, and every word of it measured once with kerning.

use super::RenderError;
use super::codes::{Used, push_code, push_shift};
use harfrust::font::charmap::Charmap;
use harfrust::{
    Buffer, Direction, Feature, Font, Script, ShapeOptions, ShapePlan, ShaperFont, Tag,
};
use smol_str::SmolStr;
use std::collections::HashMap;

/// Height of the letters above the baseline, in parts of the size.
pub(super) const ASCENT: f64 = 0.891;
/// Depth of the letters below the baseline, in parts of the size.
pub(super) const DESCENT: f64 = 0.216;

/// Shown in place of a letter that the font does not have.
const MISSING: char = '\u{25A1}';

/// A face of the family (kiểu chữ).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) enum Face {
    /// Thường.
    #[default]
    Regular,
    /// Đậm.
    Bold,
    /// Nghiêng.
    Italic,
    /// Đậm nghiêng.
    BoldItalic,
}

impl Face {
    /// All faces.
    pub(super) const ALL: [Self; 4] = [Self::Regular, Self::Bold, Self::Italic, Self::BoldItalic];

    /// The font file, metric-compatible with Times New Roman.
    pub(super) const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => {
                include_bytes!("../../../templates/fonts/LiberationSerif-Regular.ttf")
            }
            Self::Bold => include_bytes!("../../../templates/fonts/LiberationSerif-Bold.ttf"),
            Self::Italic => include_bytes!("../../../templates/fonts/LiberationSerif-Italic.ttf"),
            Self::BoldItalic => {
                include_bytes!("../../../templates/fonts/LiberationSerif-BoldItalic.ttf")
            }
        }
    }

    /// The name by which pages call it.
    pub(super) const fn resource(self) -> &'static str {
        match self {
            Self::Regular => "TF0",
            Self::Bold => "TF1",
            Self::Italic => "TF2",
            Self::BoldItalic => "TF3",
        }
    }

    /// The PostScript name of the face.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Regular => "LiberationSerif",
            Self::Bold => "LiberationSerif-Bold",
            Self::Italic => "LiberationSerif-Italic",
            Self::BoldItalic => "LiberationSerif-BoldItalic",
        }
    }
}

/// A space to be added or taken away between two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kern {
    /// Byte position in the word after which it applies.
    pub(super) after: usize,
    /// How much, in thousandths of the size; negative brings the letters together.
    pub(super) by: i32,
}

/// One measured word of one face.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Word {
    /// Its letters, composed; a blank to be filled in is a row of spaces.
    pub(super) text: Box<str>,
    /// Its face.
    pub(super) face: Face,
    /// Its width in thousandths of the size, kerning included.
    pub(super) width: i32,
    /// Where letters move.
    pub(super) kerns: Box<[Kern]>,
    /// As it stands between the brackets of a text: its glyphs' codes, two bytes each, and its shifts.
    pub(super) codes: Box<[u8]>,
}

/// Which word; words are kept by [`Fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct WordId(u32);

impl WordId {
    /// Its place among all words.
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The faces and every word met so far.
pub(super) struct Fonts {
    faces: Vec<Shaper>,
    words: Vec<Word>,
    known: [HashMap<Box<str>, WordId>; 4],
    /// The words met last, each at the place that a few steps give: most words are drawn many times. One that is
    /// pushed out is found in the table, so nobody gains anything by words that fall on one place.
    met: Box<[Option<Met>]>,
}

/// A short word as it is written, and in which face.
struct Met {
    text: SmolStr,
    face: Face,
    id: WordId,
}

/// Places for words met last, and bytes of the longest that is kept there.
const PLACES: usize = 4096;
const SHORT: usize = 23;

/// What is needed to shape with one face.
struct Shaper {
    font: Font,
    plan: ShapePlan,
    scratch: Option<Buffer>,
    per_em: i32,
    used: Used,
}

impl Fonts {
    /// Opens the embedded faces.
    pub(super) fn new() -> Result<Self, RenderError> {
        let faces = Face::ALL.into_iter().map(Shaper::open).collect::<Option<Vec<_>>>();
        let faces = faces.ok_or(RenderError::Font)?;
        let met = std::iter::repeat_with(|| None).take(PLACES).collect();
        Ok(Self { faces, words: Vec::with_capacity(1024), known: Default::default(), met })
    }

    /// The word in that face, measured at its first use.
    pub(super) fn word(&mut self, face: Face, text: &str) -> WordId {
        if text.len() > SHORT {
            return self.look_up(face, text);
        }
        let step = |mark: u32, byte| (mark ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let mark = text.bytes().fold(face as u32, step);
        let place = usize::try_from(mark >> 12).unwrap_or_default() % PLACES;
        if let Some(Some(met)) = self.met.get(place)
            && met.text == *text
            && met.face == face
        {
            return met.id;
        }
        let id = self.look_up(face, text);
        if let Some(met) = self.met.get_mut(place) {
            *met = Some(Met { text: text.into(), face, id });
        }
        id
    }

    fn look_up(&mut self, face: Face, text: &str) -> WordId {
        if let Some(id) = self.known.get(face as usize).and_then(|known| known.get(text)) {
            return *id;
        }
        let id = WordId(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        let word = match self.faces.get_mut(face as usize) {
            Some(shaper) => shaper.measure(face, text),
            None => Word { text: text.into(), face, ..Word::default() },
        };
        self.words.push(word);
        if let Some(known) = self.known.get_mut(face as usize) {
            known.insert(text.into(), id);
        }
        id
    }

    /// The measured word.
    pub(super) fn get(&self, id: WordId) -> &Word {
        static NOTHING: std::sync::LazyLock<Word> = std::sync::LazyLock::new(Word::default);
        self.words.get(id.index()).unwrap_or(&NOTHING)
    }

    /// The width of a word in millimetres at that size in points.
    pub(super) fn width(&self, id: WordId, size: f64) -> f64 {
        f64::from(self.get(id).width) / 1000.0 * size * super::MM_PER_PT
    }

    /// The letters drawn of each face that draws any.
    pub(super) fn used(&self) -> impl Iterator<Item = (Face, &Used)> {
        let used = Face::ALL.into_iter().zip(self.faces.iter().map(|shaper| &shaper.used));
        used.filter(|(_, used)| !used.glyphs().is_empty())
    }
}

impl Shaper {
    fn open(face: Face) -> Option<Self> {
        let font = Font::new(face.bytes(), 0)?;
        let script = Some(Script::LATIN);
        let features = without_ligatures();
        let plan = ShapePlan::new(&font, Direction::LeftToRight, script, None, &features);
        let per_em = i32::from(font.units_per_em()).max(1);
        let used = Used::default();
        Some(Self { font, plan, scratch: Some(Buffer::new()), per_em, used })
    }

    fn measure(&mut self, face: Face, raw: &str) -> Word {
        let charmap = self.font.charmap();
        let text: String = raw.chars().filter_map(|c| shown(charmap, c)).collect();
        let shaper = ShaperFont::new(&self.font);
        let mut advances = Vec::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            let glyph = charmap.map_unicode(c).unwrap_or_default();
            let units = shaper.glyph_h_advance(glyph);
            advances.push(Advance { start: at, end: at + c.len_utf8(), units });
        }
        // Readers of the file advance by whole thousandths, so the layout does too.
        let nominal: i32 = advances.iter().map(|letter| letter.units * 1000 / self.per_em).sum();
        // Figures stay equally wide, so that they stand in columns.
        let lettered = advances.len() > 1 && text.chars().any(char::is_alphabetic);
        let kerns = if lettered { self.kerns(&text, &advances) } else { Box::default() };
        let width = nominal + kerns.iter().map(|kern| kern.by).sum::<i32>();
        let codes = self.codes(&text, &kerns);
        Word { text: text.into(), face, width, kerns, codes }
    }

    fn codes(&mut self, text: &str, kerns: &[Kern]) -> Box<[u8]> {
        let charmap = self.font.charmap();
        // The space is the first glyph of every face.
        self.used.code(charmap, ' ');
        let mut codes = Vec::with_capacity(2 * text.len());
        let mut kerns = kerns.iter().peekable();
        for (at, c) in text.char_indices() {
            if let Some(kern) = kerns.next_if(|kern| kern.after <= at) {
                push_shift(&mut codes, -i64::from(kern.by));
            }
            push_code(&mut codes, self.used.code(charmap, c));
        }
        for kern in kerns {
            push_shift(&mut codes, -i64::from(kern.by));
        }
        codes.into_boxed_slice()
    }

    /// Compares what shaping gives for each cluster with the plain advances of its letters.
    fn kerns(&mut self, text: &str, advances: &[Advance]) -> Box<[Kern]> {
        let shaped = self.shaped(text);
        let mut letters = advances.iter().peekable();
        let mut kerns = Vec::new();
        for (i, (_, given)) in shaped.iter().enumerate() {
            let next = shaped.get(i + 1).map_or(usize::MAX, |(start, _)| *start);
            let (mut plain, mut after) = (0, 0);
            while let Some(letter) = letters.next_if(|letter| letter.start < next) {
                plain += letter.units;
                after = letter.end;
            }
            let by = thousandths(given - plain, self.per_em);
            if by != 0 && after > 0 {
                kerns.push(Kern { after, by });
            }
        }
        kerns.into_boxed_slice()
    }

    /// The advance of each cluster with its first byte; nothing when shaping fails.
    fn shaped(&mut self, text: &str) -> Vec<(usize, i32)> {
        let mut buffer = self.scratch.take().unwrap_or_default();
        buffer.reset();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(Some(Script::LATIN));
        let plain = without_ligatures();
        let options = ShapeOptions::new().plan(Some(&self.plan)).features(&plain);
        let mut clusters: Vec<(usize, i32)> = Vec::with_capacity(text.len());
        if harfrust::shape(&ShaperFont::new(&self.font), &mut buffer, options).is_ok() {
            for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
                match clusters.last_mut() {
                    Some((start, sum)) if *start == info.cluster as usize => {
                        *sum += position.x_advance;
                    }
                    _ => clusters.push((info.cluster as usize, position.x_advance)),
                }
            }
        }
        self.scratch = Some(buffer);
        clusters
    }
}

/// One letter's place in the word and its advance in font units.
struct Advance {
    start: usize,
    end: usize,
    units: i32,
}

/// Ligatures would hide letters from whoever searches the text.
fn without_ligatures() -> [Feature; 2] {
    [b"liga", b"clig"].map(|tag| Feature::new(Tag::new(tag), 0, ..))
}

/// Font units in thousandths of the size.
fn thousandths(units: i32, per_em: i32) -> i32 {
    (units * 1000 + units.signum() * per_em / 2) / per_em
}

/// The letter as drawn: spaces that must not break are spaces, invisible marks vanish.
fn shown(charmap: Charmap<'_>, c: char) -> Option<char> {
    match c {
        '\u{2007}' | '\u{202F}' => Some(' '),
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' => {
            None
        }
        c if charmap.map_unicode(c).is_some_and(|glyph| glyph.to_u32() != 0) => Some(c),
        _ => Some(MISSING),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_is_complete_in_every_face() {
        let letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộ\
                       ờởỡớợùủũúụừửữứựỳỷỹýỵ0123456789%.,;:()/-–—“”…≥≤×₫*";
        for face in Face::ALL {
            let charmap_of = Font::new(face.bytes(), 0).unwrap();
            let charmap = charmap_of.charmap();
            assert!(charmap.map_unicode(MISSING).is_some(), "{face:?}");
            for c in letters.chars().chain(letters.to_uppercase().chars()) {
                assert_eq!(shown(charmap, c), Some(c), "{face:?} {c}");
            }
        }
    }

    #[test]
    fn words_are_kerned_and_measured_once() {
        let mut fonts = Fonts::new().unwrap();
        let (a, b) = (fonts.word(Face::Regular, "AV"), fonts.word(Face::Regular, "AV"));
        assert_eq!(a, b);
        assert_ne!(a, fonts.word(Face::Bold, "AV"));
        // More words than there are places for, so that many are pushed out.
        let many = |fonts: &mut Fonts| -> Vec<WordId> {
            (0..PLACES * 2).map(|n| fonts.word(Face::Regular, &n.to_string())).collect()
        };
        assert_eq!(many(&mut fonts), many(&mut fonts));
        assert_eq!(fonts.word(Face::Regular, "AV"), a);
        let apart: i32 = ["A", "V"]
            .map(|c| {
                let id = fonts.word(Face::Regular, c);
                fonts.get(id).width
            })
            .iter()
            .sum();
        assert!(fonts.get(a).width < apart, "A and V move together");
        assert_eq!(fonts.get(a).kerns.len(), 1);
    }

    #[test]
    fn figures_stand_in_line() {
        let mut fonts = Fonts::new().unwrap();
        for face in Face::ALL {
            for figure in ["1.078", "11.111", "2.770", "0.000"] {
                let id = fonts.word(face, figure);
                assert_eq!(fonts.get(id).width, 2750 - if figure.len() == 5 { 500 } else { 0 });
            }
        }
    }

    #[test]
    fn a_letter_that_the_font_lacks_is_seen() {
        let mut fonts = Fonts::new().unwrap();
        let id = fonts.word(Face::Regular, "a漢\u{200B}b");
        assert_eq!(&*fonts.get(id).text, "a□b");
    }
}
