//! The code lists of the forms (`templates/ma.toml`): the word in a cell becomes the code it stands for.

use super::attending;
use super::cautions::Cautions;
use super::issued::NotIssued;
use super::people;
use super::posts;
use super::values::folded;
use crate::model::text::{cleaned, key, word_key};
use crate::model::word_map::{WordMap, WordSet};
use crate::model::{Authority, Chair, Kind, Level, MeetingFormat, Outcome, Subject};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One list: the words of every code, and the names that a message can offer.
#[derive(Debug, Clone)]
pub struct CodeList<T> {
    pub(super) words: WordMap<T>,
    /// Its words to the letter, each with what [`CodeList::read`] makes of it.
    listed: WordMap<T>,
    pub(super) names: Vec<(T, String)>,
    /// Whether its words are posts, which may carry an address and a place.
    has_posts: bool,
    /// How a person's name begins that may stand beside a post.
    families: WordSet,
}

/// All lists of the forms.
#[derive(Debug, Clone)]
pub struct Codes {
    /// Loại cuộc.
    pub kind: CodeList<Kind>,
    /// Chủ trì.
    pub chair: CodeList<Chair>,
    /// Hình thức.
    pub format: CodeList<MeetingFormat>,
    /// Có, không.
    pub yes_no: CodeList<bool>,
    /// Thẩm quyền giải quyết.
    pub authority: CodeList<Authority>,
    /// Kết quả.
    pub outcome: CodeList<Outcome>,
    /// Lĩnh vực.
    pub subject: CodeList<Subject>,
    /// Words by which figures are not what the form asks for.
    pub cautions: Cautions,
    /// How a number's cell says that there is no notice.
    pub not_issued: NotIssued,
}

/// The embedded list does not fit the program.
#[derive(Debug, thiserror::Error)]
#[error("Danh mục mã đi kèm phần mềm bị hỏng: {0}")]
pub struct CodesError(String);

impl Codes {
    /// The embedded lists.
    pub fn load() -> Result<Self, CodesError> {
        let raw: RawCodes = toml::from_str(include_str!("../../templates/ma.toml"))
            .map_err(|error| CodesError(error.to_string()))?;
        Ok(Self {
            cautions: Cautions::load().map_err(|error| CodesError(error.to_string()))?,
            kind: list(raw.kind, &[("periodic", Kind::Periodic), ("ad_hoc", Kind::AdHoc)])?,
            chair: posts(
                &raw.people,
                list(
                    raw.chair,
                    &[
                        ("secretary", Chair::Secretary),
                        ("chairman", Chair::Chairman),
                        ("joint", Chair::Joint),
                        ("both_posts", Chair::BothPosts),
                        ("deputy", Chair::Deputy),
                    ],
                )?,
            ),
            format: list(
                raw.format,
                &[
                    ("in_person", MeetingFormat::InPerson),
                    ("online", MeetingFormat::Online),
                    ("combined", MeetingFormat::Combined),
                ],
            )?,
            yes_no: list(raw.yes_no, &[("yes", true), ("no", false)])?,
            authority: list(
                raw.authority,
                &[
                    ("commune", Authority::Commune),
                    ("district", Authority::District),
                    ("province", Authority::Province),
                    ("central", Authority::Central),
                ],
            )?,
            outcome: list(raw.outcome, &Outcome::ALL.map(|outcome| (outcome.code(), outcome)))?,
            subject: subjects(raw.subject)?,
            not_issued: raw.not_issued.folded(),
        })
    }
}

impl<T: Copy + PartialEq> CodeList<T> {
    /// The code of a word that a cell holds to the letter as the list has it and that has no other reading: nearly all
    /// cells do, for the blank form offers the list.
    pub(super) fn listed(&self, text: &str) -> Option<T> {
        self.listed.get(text).copied()
    }

    /// The code that a cell means: the code itself, its name or another word for it, or both with
    /// something between them (`L01 - Đất đai`).
    pub fn read(&self, text: &str) -> Option<T> {
        let text = &*self.of_who_chairs(text)?;
        self.read_words(text).or_else(|| {
            let bare = people::without_names(text, &self.families)?;
            self.read_words(&bare)
        })
    }

    fn read_words(&self, text: &str) -> Option<T> {
        let whole = key(text);
        let whole = if whole.is_empty() { text.trim() } else { &whole };
        if let Some(found) = self.words.get(whole).or_else(|| self.respelt(text)) {
            return Some(*found);
        }
        if let Some(code) = posts::chair_of(text).filter(|_| self.has_posts) {
            return self.words.get(&key(code)).copied();
        }
        let (code, name) = text.split_once(['-', ':', '–', '.', '(', ' '])?;
        let found = self.words.get(&key(code)).copied()?;
        // A code in front is only believed when the words behind it say the same.
        let rest = key(name);
        let short_code = code.trim().len() <= 4 && code.chars().any(|c| c.is_ascii_digit());
        let agrees = rest.is_empty() || self.words.get(&rest) == Some(&found);
        (short_code && agrees).then_some(found)
    }

    /// The code that a text which was read could mean as well: posts side by side may be of one person.
    pub fn other_reading(&self, text: &str, read: T) -> Option<T> {
        if !self.has_posts || !posts::are_of_one_or_two(&self.of_who_chairs(text)?) {
            return None;
        }
        let word = |code: &str| self.words.get(&key(code)).copied();
        word("both_posts").filter(|_| word("joint") == Some(read))
    }

    /// Whether the post that a text names is one of that level: no commune has a secretary of the district.
    pub fn is_of_level(&self, text: &str, level: Option<Level>) -> bool {
        let Some(level) = level.filter(|_| self.has_posts) else { return true };
        let text = self.of_who_chairs(text).unwrap_or(Cow::Borrowed(text));
        posts::levels_of(&text).is_none_or(|levels| levels.contains(&level))
    }

    /// Of posts those that are not said to attend only; `None` where it is not clear which those are.
    pub(super) fn of_who_chairs<'a>(&self, text: &'a str) -> Option<Cow<'a, str>> {
        if self.has_posts { attending::who_chairs(text) } else { Some(Cow::Borrowed(text)) }
    }

    /// The code of a word in another spelling of the same sound (`Định kì`), or of a post with the
    /// address before it and its place behind it: `Đ/c Bí thư Đảng ủy phường Kim Tân`.
    fn respelt(&self, text: &str) -> Option<&T> {
        let spaced = word_key(text);
        let words: Vec<&str> = spaced.split(' ').map(spelling).collect();
        let words = match words.as_slice() {
            ["d", "c", rest @ ..] | ["dong", "chi", rest @ ..] if !rest.is_empty() => rest,
            ["ong" | "ba", rest @ ..] if self.has_posts && !rest.is_empty() => rest,
            all => all,
        };
        let known = |words: &[&str]| self.words.get(&words.concat());
        let begins = |kind: &&[&str], at: usize| words.get(at..at + kind.len()) == Some(*kind);
        let place = (0..words.len())
            .find_map(|at| Some((at, PLACES.iter().find(|kind| begins(kind, at))?.len())))
            .filter(|_| self.has_posts && posts::is_one_with_its_place(text, &spaced));
        let post = place.and_then(|(at, len)| words.get(..at + len));
        let bare = place.and_then(|(at, _)| words.get(..at));
        known(words).or_else(|| post.and_then(known)).or_else(|| bare.and_then(known))
    }

    /// The canonical name of a code.
    pub fn name(&self, code: T) -> &str {
        self.names.iter().find(|(other, _)| *other == code).map_or("", |(_, name)| name)
    }

    /// All codes with their canonical names, in the order of the list.
    pub fn names(&self) -> &[(T, String)] {
        &self.names
    }
}

/// Words with which the place of a post begins: `Chủ tịch UBND xã Bảo Hà`.
const PLACES: [&[&str]; 7] = [
    &["thi", "tran"],
    &["thi", "xa"],
    &["thanh", "pho"],
    &["xa"],
    &["phuong"],
    &["huyen"],
    &["tinh"],
];

/// A word in the spelling of the lists: `kì` and `kỳ` are one word.
fn spelling(word: &str) -> &str {
    match word {
        "ki" => "ky",
        "li" => "ly",
        "qui" => "quy",
        other => other,
    }
}

fn list<T: Copy + PartialEq>(
    raw: BTreeMap<String, RawCode>,
    codes: &[(&str, T)],
) -> Result<CodeList<T>, CodesError> {
    let mut list = CodeList {
        words: WordMap::default(),
        listed: WordMap::default(),
        names: Vec::new(),
        has_posts: false,
        families: WordSet::default(),
    };
    let (mut raw, mut written) = (raw, Vec::new());
    for (code, value) in codes {
        let entry = raw.remove(*code).ok_or_else(|| CodesError((*code).to_owned()))?;
        list.words.insert(key(code), *value);
        for word in entry.words.iter().chain([&entry.name]) {
            // Marks such as `-` and `✓` have an empty key and stand for themselves.
            let word_key = key(word);
            list.words.insert(if word_key.is_empty() { word.clone() } else { word_key }, *value);
        }
        written.extend(entry.words.into_iter().chain([(*code).to_owned(), entry.name.clone()]));
        list.names.push((*value, entry.name));
    }
    let as_read = |word: &String| {
        *cleaned(word) == **word && *folded(word) == **word && !posts::are_of_one_or_two(word)
    };
    for word in written.into_iter().filter(as_read) {
        list.listed.extend(list.read(&word).map(|code| (word, code)));
    }
    match raw.into_keys().next() {
        Some(left) => Err(CodesError(left)),
        None => Ok(list),
    }
}

/// A list whose words are posts, beside which people may be named.
fn posts<T>(people: &people::Named, list: CodeList<T>) -> CodeList<T> {
    CodeList { has_posts: true, families: people.folded(), ..list }
}

fn subjects(raw: BTreeMap<String, RawCode>) -> Result<CodeList<Subject>, CodesError> {
    let codes: Vec<String> = raw.keys().cloned().collect();
    let mut known = Vec::new();
    for code in &codes {
        let subject = Subject::parse(code).ok_or_else(|| CodesError(code.clone()))?;
        known.push((code.as_str(), subject));
    }
    list(raw, &known)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCodes {
    kind: BTreeMap<String, RawCode>,
    chair: BTreeMap<String, RawCode>,
    format: BTreeMap<String, RawCode>,
    yes_no: BTreeMap<String, RawCode>,
    authority: BTreeMap<String, RawCode>,
    outcome: BTreeMap<String, RawCode>,
    subject: BTreeMap<String, RawCode>,
    not_issued: NotIssued,
    people: people::Named,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCode {
    name: String,
    words: Vec<String>,
}

#[cfg(test)]
mod tests;
