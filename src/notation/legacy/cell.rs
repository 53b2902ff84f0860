//! One text: which old encoding it is in, if the words it holds prove one, and its words brought back.

use super::encoding::{self, Encoding};
use super::frequent::is_frequent;
use super::letters::{self, is_letter, is_mark, lower};
use super::syllable::{could_be_syllable, is_vietnamese_syllable};
use super::words::{Look, Word, is_evenly_cased, is_suspicious, is_telling, split};
use std::borrow::Cow;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Words of a text that are looked at for evidence; the rest follows them.
const EVIDENCE: usize = 400;
/// Letters that are a word by themselves, or stand for one.
const LONE: &str = "ôởổồủàạđĐÔƯ";

/// One way to read old text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reading {
    /// The encoding of its bytes.
    pub encoding: Encoding,
    /// Whether its bytes were taken for Windows-1258, where Windows-1252 is the usual mistake.
    crossed: bool,
}

/// Every reading; the last two only where separate marks hint at them.
const READINGS: [Reading; 5] = [
    Reading { encoding: Encoding::Tcvn3, crossed: false },
    Reading { encoding: Encoding::Vni, crossed: false },
    Reading { encoding: Encoding::Windows1258, crossed: false },
    Reading { encoding: Encoding::Tcvn3, crossed: true },
    Reading { encoding: Encoding::Vni, crossed: true },
];

/// What one word becomes in a reading.
enum Turn {
    /// Reads the same, or is a sign: stays.
    Same,
    /// Belongs to Unicode: the reading has no such characters.
    Unicode,
    /// Is a word as it stands, and would be another one.
    Other(String),
    /// No word as it stands, but one in this reading.
    Word(String),
    /// An abbreviation or a single letter in this reading.
    Short(String),
    /// No word either way; what it would be, where that can be told.
    Neither(Option<String>),
}

/// What the words of a text say for and against a reading.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    /// Points of words that become words, and of these those that Vietnamese cannot write.
    points: usize,
    strong: usize,
    words: usize,
    short: usize,
    /// Words that are none either way, such as names and slips of the hand.
    against: usize,
    /// Words in plain small letters that no Vietnamese has: the text is in another language.
    foreign: usize,
    unicode: usize,
    other: usize,
}

impl Tally {
    /// Whether the text proves the reading by itself.
    fn proves(&self) -> bool {
        // Beside words in Unicode, only what Unicode would never write counts.
        let enough = if self.unicode > 0 { self.strong >= 2 } else { self.points >= 2 };
        self.strong >= 1 && enough && self.words >= 3 * self.against && self.words > self.foreign
    }
}

/// What a text says once its sheet is known to hold a reading.
#[derive(Debug, PartialEq)]
pub enum Settled {
    /// It does not read so.
    No,
    /// It reads so, and not as it stands.
    Sure(Settlement),
    /// It reads both ways.
    Lean(Settlement),
}

/// A text in a reading.
#[derive(Debug, PartialEq)]
pub struct Settlement {
    /// How many more frequent words it has than as it stands.
    pub gain: i32,
    /// The text.
    pub text: String,
}

/// A text ready to be judged: composed, in words.
struct Text<'a> {
    before: &'a str,
    words: Vec<Word<'a>>,
    /// Whether it is written in capitals.
    capitals: bool,
}

/// Brings one text back to composed Unicode; `None` when it is right already or nothing proves otherwise.
pub fn repair_text(text: &str) -> Option<(Encoding, String)> {
    judge(text).map(|(reading, text)| (reading.map_or(Encoding::Decomposed, |r| r.encoding), text))
}

/// As [`repair_text`], with the whole reading; without one the text was only composed.
pub fn judge(text: &str) -> Option<(Option<Reading>, String)> {
    if !is_suspicious(text) {
        return None;
    }
    let composed = composed(text);
    let tried = if text.contains(is_mark) { READINGS.len() } else { 3 };
    let ready = Text::new(&composed);
    match ready.proven(READINGS.get(..tried).unwrap_or_default()) {
        Some((reading, tally)) => Some((Some(reading), ready.turned(reading, tally))),
        None => (*composed != *text).then(|| (None, composed.into_owned())),
    }
}

/// Reads a text that proves nothing by itself in a reading that its sheet proves.
pub fn settle(text: &str, reading: Reading) -> Settled {
    let composed = composed(text);
    let ready = Text::new(&composed);
    let tally = ready.tally(reading);
    if tally.against > 0 || (tally.foreign > 0 && tally.foreign >= tally.words + tally.short) {
        return Settled::No;
    }
    let proof = if tally.unicode > 0 { tally.strong } else { tally.words };
    let settlement =
        || Settlement { gain: ready.gain(reading), text: ready.turned(reading, tally) };
    match () {
        () if proof + tally.short > 0 => Settled::Sure(settlement()),
        () if tally.unicode == 0 && tally.other > 0 => Settled::Lean(settlement()),
        () => Settled::No,
    }
}

/// What a text would read as that proves nothing and follows nothing: told, but not done.
pub fn guess(text: &str) -> Option<(Encoding, String)> {
    let tried = READINGS.iter().filter(|reading| !reading.crossed);
    let sure = tried.filter_map(|reading| match settle(text, *reading) {
        Settled::Sure(settlement) => Some((settlement.gain, reading.encoding, settlement.text)),
        Settled::No | Settled::Lean(_) => None,
    });
    let best = sure.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, encoding, read)| (encoding, read))
}

/// Whether the text holds words that only Unicode writes.
pub fn is_unicode(text: &str) -> bool {
    let beyond = |word: &Word<'_>| word.text.chars().any(|c| u32::from(c) > 0xFF);
    split(text).1.iter().any(|word| word.look == Look::Proper && beyond(word))
}

fn composed(text: &str) -> Cow<'_, str> {
    if text.contains(is_mark) { text.nfc().collect::<String>().into() } else { text.into() }
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Self {
        let (before, words) = split(text);
        let shouts = |word: &Word<'_>| {
            let tail = word.text.chars().skip(1).any(|c| c.is_ascii_uppercase());
            tail && (word.look != Look::Ascii || is_vietnamese_syllable(word.text))
        };
        let capitals = !text.contains(|c: char| c.is_ascii_lowercase()) && words.iter().any(shouts);
        Self { before, words, capitals }
    }

    /// The one reading that the text proves best, and how its words speak for it.
    fn proven(&self, readings: &[Reading]) -> Option<(Reading, Tally)> {
        let mut best: Option<(usize, Reading, Tally)> = None;
        let mut tied = false;
        for &reading in readings {
            let tally = self.tally(reading);
            let score = (tally.points + tally.strong).saturating_sub(3 * tally.against);
            if !tally.proves() {
                continue;
            }
            match best {
                Some((other, ..)) if other > score => {}
                Some((other, known, _)) if other == score => {
                    tied |= known.encoding != reading.encoding;
                }
                _ => (best, tied) = (Some((score, reading, tally)), false),
            }
        }
        best.filter(|_| !tied).map(|(_, reading, tally)| (reading, tally))
    }

    fn tally(&self, reading: Reading) -> Tally {
        let mut tally = Tally::default();
        let mut seen = BTreeSet::new();
        for word in self.words.iter().take(EVIDENCE) {
            if !seen.insert(word.text) {
                continue;
            }
            if word.look == Look::Ascii {
                tally.foreign += usize::from(is_foreign(word.text));
                continue;
            }
            match (self.turn(word, reading), word.look) {
                (Turn::Word(turned), Look::Strange(signs)) => {
                    // One word is enough that nobody writes so, and everybody as it reads.
                    let sure = is_telling(word.text) && is_frequent(&turned);
                    let signs = if sure { 2 } else { signs.min(2) };
                    tally.strong += signs;
                    tally.points += signs;
                    tally.words += 1;
                }
                (Turn::Word(_), Look::Odd) => {
                    tally.points += 1;
                    tally.words += 1;
                }
                (Turn::Short(_), Look::Strange(_) | Look::Initial) => tally.short += 1,
                (Turn::Neither(_), _) => tally.against += 1,
                (Turn::Unicode, _) => tally.unicode += 1,
                (Turn::Other(_), _) => tally.other += 1,
                _ => {}
            }
        }
        tally
    }

    /// The text in that reading, for which its words speak so.
    fn turned(&self, reading: Reading, tally: Tally) -> String {
        let mixed = tally.unicode > 0;
        let mut out = self.before.to_owned();
        for word in &self.words {
            let turned = match self.turn(word, reading) {
                // Beside words in Unicode, a word that is right as it stands is one of them.
                Turn::Other(turned) => (!mixed).then_some(turned),
                // A slip of the hand in Unicode may read as a word, too.
                Turn::Word(_) if mixed && tally.strong == 0 && word.look == Look::Odd => None,
                Turn::Word(turned) | Turn::Short(turned) => Some(turned),
                Turn::Neither(turned) => self.elsewhere(word, reading).or(turned),
                // A mark of another encoding than the rest of the text is in.
                Turn::Same => self.elsewhere(word, reading),
                Turn::Unicode => None,
            };
            out.push_str(turned.as_deref().unwrap_or(word.text));
            out.push_str(word.gap);
        }
        // Marks that stood alone may have found their letter.
        if out.contains(is_mark) { out.nfc().collect() } else { out }
    }

    /// A strange word among others that another encoding explains.
    fn elsewhere(&self, word: &Word<'_>, not: Reading) -> Option<String> {
        let others = READINGS.iter().filter(|other| !other.crossed && **other != not);
        matches!(word.look, Look::Strange(_)).then_some(())?;
        others.map(|other| self.turn(word, *other)).find_map(|turn| match turn {
            Turn::Word(turned) => Some(turned),
            _ => None,
        })
    }

    fn gain(&self, reading: Reading) -> i32 {
        let gain = |word: &Word<'_>| match self.turn(word, reading) {
            Turn::Other(turned) | Turn::Word(turned) => {
                i32::from(is_frequent(&turned)) - i32::from(is_frequent(word.text))
            }
            _ => 0,
        };
        self.words.iter().take(EVIDENCE).map(gain).sum()
    }

    fn turn(&self, word: &Word<'_>, reading: Reading) -> Turn {
        if word.look == Look::Ascii {
            return Turn::Same;
        }
        let turned =
            reading.decode(word.text).map(|turned| self.recased(word.text, turned, reading));
        let is_word = |turned: &str| is_evenly_cased(turned) && is_vietnamese_syllable(turned);
        match (word.look, turned) {
            (_, Some(turned)) if turned == word.text => Turn::Same,
            (Look::Lone, Some(turned)) if LONE.contains(&*turned) => Turn::Short(turned),
            (Look::Initial, Some(turned)) => Turn::Short(turned),
            (Look::Proper, Some(turned)) if is_word(&turned) => Turn::Other(turned),
            (Look::Lone | Look::Initial, _) | (Look::Proper, Some(_)) => Turn::Same,
            (Look::Proper, None) => Turn::Unicode,
            (_, Some(turned)) if is_word(&turned) => Turn::Word(turned),
            (Look::Strange(_), Some(turned)) if is_abbreviation(&turned) => Turn::Short(turned),
            (Look::Measure, _) => Turn::Same,
            (_, None) if word.text.chars().any(|c| u32::from(c) > 0xFF) => Turn::Unicode,
            (_, turned) => Turn::Neither(turned.filter(|turned| could_be_meant(turned))),
        }
    }

    /// TCVN3 has no capitals with a tone: in a word or a text in capitals the small ones stand for them.
    fn recased(&self, word: &str, turned: String, reading: Reading) -> String {
        let no_small = !word.contains(|c: char| c.is_ascii_lowercase());
        let shouts = no_small && turned.chars().skip(1).any(char::is_uppercase);
        if reading.encoding == Encoding::Tcvn3 && (self.capitals || shouts) {
            return turned.to_uppercase();
        }
        turned
    }
}

impl Reading {
    fn decode(self, word: &str) -> Option<String> {
        if !self.crossed {
            return self.encoding.decode(word);
        }
        let mut uncrossed = String::with_capacity(word.len());
        for c in word.chars() {
            if encoding::push_1258(c, &mut uncrossed).is_none() {
                uncrossed.push(c);
            }
        }
        self.encoding.decode(&uncrossed)
    }
}

fn is_foreign(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase()) && !could_be_syllable(word)
}

/// Capitals without a tone, or no vowel at all, with a letter that is no plain one: ĐK, HĐND, đvt.
fn is_abbreviation(word: &str) -> bool {
    let untoned = |c: char| letters::split(lower(c)).is_some_and(|(_, tone)| tone == 0);
    let is_vowel = |c: char| "aăâeêioôơuưy".contains(lower(c));
    let short = word.chars().count() <= 8 && word.chars().all(untoned);
    short && (word.chars().all(char::is_uppercase) || !word.contains(is_vowel))
}

/// Whether a slip of the hand may have made the word: letters of Vietnamese, but not `Windows®`.
fn could_be_meant(word: &str) -> bool {
    is_evenly_cased(word) && word.chars().all(is_letter) && !word.ends_with(['đ', 'â', 'ă'])
}
