//! Who chairs, where a cell also names who only attends: `Chủ tịch UBND; Bí thư dự`.

use super::mentions::is_word;
use crate::model::text::word_key;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// What separates two people so that no verb reaches over it.
const HARD: [char; 5] = [';', '\n', '(', ')', '.'];
/// What may also stand between the posts of one person, or between people of one verb.
const SOFT: [char; 5] = [',', '+', '&', '–', '|'];
/// Two words that say that somebody attends.
const ATTEND: [[&str; 2]; 10] = [
    ["tham", "du"],
    ["cung", "du"],
    ["moi", "du"],
    ["den", "du"],
    ["ve", "du"],
    ["du", "hop"],
    ["du", "hoi"],
    ["du", "chi"],
    ["du", "cung"],
    ["tham", "gia"],
];

/// What a finding adds where it is not clear who chairs.
pub(super) const UNCLEAR: &str = " Không rõ ai chủ trì, ai chỉ dự (chữ \u{201c}du\u{201d} không dấu có thể là \u{201c}dự\u{201d} hoặc \u{201c}Đảng ủy\u{201d}): chỉ ghi người chủ trì.";

/// What is said of the people of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Chairs,
    Attends,
}

/// People with what is said of them, one piece of the text each.
#[derive(Debug, Default)]
struct Clause<'a> {
    verb: Option<Verb>,
    people: Vec<Vec<&'a str>>,
}

/// The part of a text that names who chairs, as written where nobody is said to attend only; `None` where it leaves a
/// choice.
pub(super) fn who_chairs(text: &str) -> Option<Cow<'_, str>> {
    if !word_key(text).split(' ').any(|word| word == "du" || word == "gia") {
        return Some(Cow::Borrowed(text));
    }
    let split = text.replace(" - ", "|");
    let groups = groups(&split);
    let pieces = || groups.iter().flatten();
    let attends = pieces().any(|piece| verb_in(piece).is_some_and(|at| at.1 == Verb::Attends));
    if !attends {
        // Without its marks `Bi thu du` attends or is of the Đảng ủy: alone it can only chair.
        let unclear = pieces().flatten().any(|word| is_du(word) && !is_party(word));
        return (!unclear || pieces().count() == 1).then_some(Cow::Borrowed(text));
    }
    let clauses = clauses(&groups)?;
    let said = |verb: Option<Verb>| clauses.iter().filter(move |clause| clause.verb == verb);
    let chairs: Vec<&Clause<'_>> = match said(Some(Verb::Chairs)).count() {
        0 => {
            // `Chủ tịch, Bí thư dự`: the last one, or both.
            let shared = said(Some(Verb::Attends)).any(|clause| clause.people.len() > 1);
            said(None).filter(|_| !shared).collect()
        }
        _ => said(Some(Verb::Chairs)).filter(|_| said(None).count() == 0).collect(),
    };
    let people = chairs.iter().flat_map(|clause| &clause.people).map(|words| words.join(" "));
    let people = people.collect::<Vec<_>>().join(", ");
    (!people.is_empty()).then_some(Cow::Owned(people))
}

/// The pieces of a text that separators leave, in groups within which a verb may be shared.
fn groups(text: &str) -> Vec<Vec<Vec<&str>>> {
    let mut groups: Vec<Vec<Vec<&str>>> = Vec::new();
    for hard in text.split(HARD) {
        let mut pieces: Vec<Vec<&str>> = Vec::new();
        for soft in hard.split(SOFT) {
            let words = soft.split(|c| !is_word(c)).filter(|word| !word.is_empty());
            let words: Vec<&str> = words.collect();
            let parts = words.split(|word| word_key(word) == "va");
            pieces.extend(parts.filter(|part| !part.is_empty()).map(<[&str]>::to_vec));
        }
        // `Bí thư (dự)`: the verb in brackets is of the one before it.
        let verb_first = groups.first().and_then(|group| group.first());
        let verb_first = verb_first.is_some_and(|piece| begins_with_verb(piece));
        let bare_verb = !verb_first && pieces.first().is_some_and(|piece| begins_with_verb(piece));
        match (groups.last_mut().and_then(|group: &mut Vec<Vec<&str>>| group.last_mut()), bare_verb)
        {
            (Some(before), true) if pieces.len() == 1 => before.extend(pieces.concat()),
            _ if pieces.is_empty() => {}
            _ => groups.push(pieces),
        }
    }
    groups
}

/// The people with their verbs, which stand all before them or all behind them; `None` where one stands amidst.
fn clauses<'a>(groups: &[Vec<Vec<&'a str>>]) -> Option<Vec<Clause<'a>>> {
    let verb_first = groups.first()?.first().is_some_and(|piece| begins_with_verb(piece));
    let mut clauses: Vec<Clause<'a>> = Vec::new();
    for group in groups {
        let mut open = Clause::default();
        for piece in group {
            let Some((at, verb)) = verb_in(piece) else {
                match clauses.last_mut().filter(|_| verb_first) {
                    Some(last) => last.people.push(piece.clone()),
                    None => open.people.push(piece.clone()),
                }
                continue;
            };
            if verb_first {
                let rest = piece.get(at + 2..).unwrap_or_default();
                let chairs = verb == Verb::Chairs;
                if !begins_with_verb(piece) || chairs && at > 0 {
                    return None;
                }
                let people = Some(rest.to_vec()).filter(|rest| !rest.is_empty());
                clauses.push(Clause { verb: Some(verb), people: people.into_iter().collect() });
                continue;
            }
            let who = piece.get(..at).unwrap_or_default();
            // `cùng chủ trì` is said of several, and stays for those who read the posts.
            let together = verb == Verb::Chairs && who.last().is_some_and(|word| is_together(word));
            let end = if together { piece.len() } else { at };
            let behind = piece.get(at + 2..).unwrap_or_default();
            if who.is_empty() && open.people.is_empty() || verb_in(behind).is_some() {
                return None;
            }
            if verb == Verb::Chairs && !behind.is_empty() {
                return None;
            }
            open.people
                .extend(piece.get(..end).map(<[&str]>::to_vec).filter(|who| !who.is_empty()));
            clauses.push(Clause { verb: Some(verb), people: std::mem::take(&mut open.people) });
        }
        if !open.people.is_empty() {
            clauses.push(open);
        }
    }
    Some(clauses)
}

fn is_together(word: &str) -> bool {
    matches!(&*word_key(word), "dong" | "cung")
}

fn begins_with_verb(piece: &[&str]) -> bool {
    match verb_in(piece) {
        Some((0, _)) => true,
        Some((1, _)) => piece.first().is_some_and(|word| is_together(word)),
        _ => false,
    }
}

/// The first verb of a piece and where it stands.
fn verb_in(piece: &[&str]) -> Option<(usize, Verb)> {
    (0..piece.len()).find_map(|at| {
        let here = piece.get(at)?;
        let pair =
            [word_key(here), piece.get(at + 1).map(|next| word_key(next)).unwrap_or_default()];
        let of_party =
            [Some(here), piece.get(at + 1)].into_iter().flatten().any(|word| is_party(word));
        let [first, second] = &pair;
        if (first.as_str(), second.as_str()) == ("chu", "tri") {
            return Some((at, Verb::Chairs));
        }
        let attends = ATTEND.iter().any(|words| pair.each_ref().map(String::as_str) == *words);
        (attends && !of_party || is_attending(here)).then_some((at, Verb::Attends))
    })
}

fn lower(word: &str) -> String {
    word.nfc().collect::<String>().to_lowercase()
}

/// `dự`, with its marks.
fn is_attending(word: &str) -> bool {
    lower(word) == "dự"
}

/// `ĐU`, the Đảng ủy.
fn is_party(word: &str) -> bool {
    lower(word) == "đu"
}

fn is_du(word: &str) -> bool {
    word_key(word) == "du"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Chair;
    use crate::normalise::Codes;

    #[test]
    fn who_attends_does_not_chair() {
        let codes = Codes::load().unwrap();
        for (text, chair) in [
            ("Chủ tịch UBND; Bí thư dự", Some(Chair::Chairman)),
            ("Chủ tịch UBND\nBí thư cùng dự", Some(Chair::Chairman)),
            ("Chủ tịch UBND (Bí thư dự)", Some(Chair::Chairman)),
            ("Chủ tịch UBND, Bí thư (dự)", None),
            ("Bí thư (chủ trì), Chủ tịch (dự)", Some(Chair::Secretary)),
            ("Bí thư chủ trì, Chủ tịch tham dự", Some(Chair::Secretary)),
            ("Bí thư chủ trì, Chủ tịch cùng dự", Some(Chair::Secretary)),
            ("Bí thư chủ trì, Chủ tịch dự họp", Some(Chair::Secretary)),
            ("Bí thư chủ trì và Chủ tịch UBND dự chỉ đạo", Some(Chair::Secretary)),
            ("Chu tich UBND chu tri, Bi thu tham du", Some(Chair::Chairman)),
            ("Chủ trì: Bí thư; tham dự: Chủ tịch UBND", Some(Chair::Secretary)),
            ("Chủ trì: Bí thư, Chủ tịch UBND; dự: Phó Chủ tịch", Some(Chair::Joint)),
            ("Bí thư và Chủ tịch UBND đồng chủ trì; Phó Chủ tịch dự", Some(Chair::Joint)),
            ("Phó Bí thư, Chủ tịch UBND; Bí thư mời dự", Some(Chair::Chairman)),
            ("Chủ tịch UBND xã; đại diện MTTQ dự", Some(Chair::Chairman)),
            ("Chủ tịch UBND; Bí thư d\u{1B0}\u{323}", Some(Chair::Chairman)),
            // Of both, or of the last one only.
            ("Chủ tịch UBND và Bí thư dự", None),
            ("Chủ tịch UBND, Bí thư cùng dự", None),
            ("Chủ tịch UBND - Bí thư dự", None),
            ("Bí thư dự", None),
            ("BT dự", None),
            ("Bí thư, Chủ tịch UBND tham dự", None),
            ("Bi thu du, Chu tich UBND", None),
            ("Chu tich UBND va Bi thu du", None),
            // The Đảng ủy.
            ("BT ĐU", Some(Chair::Secretary)),
            ("BTĐU", Some(Chair::Secretary)),
            ("BT DU", Some(Chair::Secretary)),
            ("Bí thư Đảng uỷ", Some(Chair::Secretary)),
            ("Bí thư ĐU và Chủ tịch UBND", Some(Chair::Joint)),
            ("BT ĐU + CT UBND", Some(Chair::Joint)),
            ("PBT ĐU, CT UBND", Some(Chair::Chairman)),
            ("BTĐU và CT UBND", Some(Chair::Joint)),
        ] {
            assert_eq!(codes.chair.read(text), chair, "{text}");
        }
        // What was written for one reading only is told as such.
        assert_eq!(who_chairs("Bí thư"), Some(Cow::Borrowed("Bí thư")));
        assert_eq!(who_chairs("Bi thu du; Chu tich"), None);
    }
}
