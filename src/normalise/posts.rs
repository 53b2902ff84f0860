//! Who chairs, where a cell names the posts of a person or of several: `Phó Bí thư, Chủ tịch UBND xã`.

use crate::model::text::word_key;
use crate::model::{Chair, Level};

/// A post that a head, a deputy or somebody else holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Post {
    Secretary,
    Chairman,
    DeputySecretary,
    DeputyChairman,
    /// Chairs the council (HĐND): a post that secretaries often hold as well, and that decides nothing here.
    Council,
}

/// What stands between two posts.
const BETWEEN: [char; 7] = [',', ';', '+', '&', '\n', '–', '/'];
/// How a cell says that several chair.
const TOGETHER: [&str; 2] = [" dong chu tri ", " cung chu tri "];
/// Words that name the place or the body of a post.
const BESIDE: [&str; 14] = [
    "dang", "uy", "cap", "xa", "phuong", "thi", "tran", "huyen", "thanh", "pho", "tinh", "ubnd",
    "thuong", "truc",
];

/// The code of `ma.toml` that the posts in a cell mean together; `None` where they leave a choice, or where
/// anything but posts is written.
pub(super) fn chair_of(text: &str) -> Option<&'static str> {
    let text = &*separated(text);
    let padded = format!(" {} ", word_key(text)).replace(" kiem nhiem ", " kiem ");
    let together = TOGETHER.iter().any(|words| padded.contains(words));
    // A delegation is told by its own words, whoever gives it and takes it.
    let (rest, delegated) = match padded.split_once(" uy quyen ") {
        Some((before, after)) => {
            (format!("{}, {after}", before.strip_suffix(" duoc").unwrap_or(before)), true)
        }
        None => (text.to_owned(), false),
    };
    let one_person = padded.contains(" kiem ");
    let mut posts: Vec<Post> = Vec::new();
    for piece in rest.split(BETWEEN) {
        let words = bare_of_chairing(&word_key(piece)).replace(" kiem nhiem ", " kiem ");
        let words = words.replace(" kiem ", "|").replace(" va ", "|").replace("kiem ", "");
        for post in words.split('|').filter(|post| !post.is_empty()) {
            posts.push(post_of(post)?);
        }
    }
    let council = posts.contains(&Post::Council);
    posts.retain(|post| *post != Post::Council);
    let heads = [Post::Secretary, Post::Chairman].map(|head| posts.contains(&head));
    // Of anybody but the two heads it says nothing that the form has a code for.
    if together && (delegated || one_person || posts.len() != 2 || heads != [true; 2]) {
        return None;
    }
    if delegated {
        let deputy = |post: &Post| matches!(post, Post::DeputySecretary | Post::DeputyChairman);
        let heads = posts.iter().filter(|post| !deputy(post)).count();
        return (heads <= 1 && !posts.is_empty()).then_some("deputy");
    }
    match posts.as_slice() {
        [Post::Secretary] => Some("secretary"),
        [Post::Chairman] if !council => Some("chairman"),
        [Post::DeputySecretary | Post::DeputyChairman] => Some("deputy"),
        [Post::DeputySecretary, Post::Chairman] | [Post::Chairman, Post::DeputySecretary] => {
            Some("chairman")
        }
        [Post::Secretary, Post::Chairman] | [Post::Chairman, Post::Secretary] if !council => {
            Some(if one_person { "both_posts" } else { "joint" })
        }
        _ => None,
    }
}

/// The text with a comma wherever something stands between two posts: a dash does as a comma does.
fn separated(text: &str) -> String {
    let text = text.replace(" - ", ", ");
    // `Đ/c` is an address, `PBT-CT` are two posts.
    let words = text.split(' ').map(|word| {
        let post = |part: &str| post_of(&word_key(part)).is_some();
        match word {
            "Đ/c" | "đ/c" | "Đ/C" | "đ/C" => "",
            _ if word.contains('-') && word.split('-').all(post) => return word.replace('-', ", "),
            other => other,
        }
        .to_owned()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a text that names a place is one post with the place it is at, so that what stands behind the kind of the
/// place is its name: no other post, and nothing that somebody does.
pub(super) fn is_one_with_its_place(text: &str, words: &str) -> bool {
    const OTHERS: [&str; 10] = [
        " bi thu ",
        " chu tich ",
        " uy quyen ",
        " chu tri ",
        " pct ",
        " pbt ",
        " pho bi ",
        " pho chu ",
        " kiem ",
        " ct ubnd ",
    ];
    // As names of places some have other marks: Nậm Vàng, Khổng.
    const SAID: [&str; 9] = ["và", "vắng", "không", "cùng", "thay", "được", "hoặc", "với", "dự"];
    let padded = format!(" {words} ");
    let kinds = [" xa ", " phuong ", " thi tran ", " thi xa ", " thanh pho ", " huyen ", " tinh "];
    let at = kinds.iter().filter_map(|kind| padded.find(kind)).min();
    let behind = at.and_then(|at| padded.get(at..)).unwrap_or_default();
    let spelt = text.to_lowercase();
    let says = |word: &str| {
        let plain = word_key(word);
        SAID.contains(&word) || text.is_ascii() && SAID.iter().any(|said| word_key(said) == plain)
    };
    !OTHERS.iter().any(|other| behind.contains(other))
        && !spelt.split(|c: char| !c.is_alphanumeric()).any(says)
}

/// Whether nobody of those named beside a head's code is a head: `Lê Văn Nam, Phó Chủ tịch UBND` beside `Chủ tịch
/// UBND`, `Bí thư Huyện ủy` in a commune. Nothing but a post says so; `level` is the reporting unit's.
pub(super) fn contradict(chair: Chair, name: &str, level: Option<Level>) -> bool {
    if chair == Chair::Deputy {
        return false;
    }
    let of_level = |piece: &str| {
        let named = levels_of(piece);
        level.is_none() || named.is_none_or(|named| named.iter().any(|at| Some(*at) == level))
    };
    let separated = name.replace(" - ", ",").replace(['(', ')'], ",");
    let mut held: Vec<(Post, bool)> = Vec::new();
    for piece in separated.split(BETWEEN) {
        let words = word_key(piece).replace(" kiem ", "|").replace(" va ", "|");
        held.extend(words.split('|').filter_map(post_of).map(|post| (post, of_level(piece))));
    }
    held.retain(|(post, _)| *post != Post::Council);
    let head =
        |(post, own): &(Post, bool)| *own && matches!(post, Post::Secretary | Post::Chairman);
    // `Nguyễn Thị Hoa (được ủy quyền)` beside a head.
    let delegated = format!(" {} ", word_key(name)).contains(" uy quyen ");
    delegated || !held.is_empty() && !held.iter().any(head)
}

/// Whether words are one post and nothing else.
pub(super) fn is_post(words: &str) -> bool {
    post_of(words).is_some()
}

/// Whether the posts of both heads stand side by side and nothing tells whether two people hold them or one:
/// `Bí thư Đảng ủy, Chủ tịch UBND`.
pub(super) fn are_of_one_or_two(text: &str) -> bool {
    const TELLING: [&str; 5] = [" va ", " cung ", " dong chu tri ", " dong thoi ", " kiem "];
    let padded = format!(" {} ", word_key(text));
    let of = |posts: [&str; 4]| posts.iter().any(|post| padded.contains(post));
    of([" bi thu ", " bt ", " btdu ", " bt du "])
        && of([" chu tich ", " ct ", " ctubnd ", " ct ubnd "])
        && !text.contains(['+', '&', ';', '\n'])
        && !TELLING.iter().any(|words| padded.contains(words))
}

/// The levels at which a post can stand by the body or the place that is named with it, the lowest one named
/// being the post's own; `None` where none is named.
pub(super) fn levels_of(text: &str) -> Option<&'static [Level]> {
    let spaced = format!(" {} ", word_key(text));
    let names = |words: &[&str]| words.iter().any(|word| spaced.contains(word));
    // `Thị xã` is a district, and so is its committee.
    let town = names(&[" thi xa "]);
    if names(&[" phuong ", " thi tran ", " dac khu "]) || !town && names(&[" xa "]) {
        return Some(&[Level::Commune]);
    }
    if town || names(&[" huyen ", " quan uy ", " thi uy "]) {
        return Some(&[Level::District]);
    }
    if names(&[" thanh uy ", " thanh pho "]) {
        return Some(&[Level::District, Level::Province]);
    }
    names(&[" tinh "]).then_some(&[Level::Province])
}

/// The words without what says that somebody chairs: `cùng chủ trì` behind the posts, `đồng chủ trì` before them.
fn bare_of_chairing(words: &str) -> String {
    let padded = format!(" {words} ");
    let without = TOGETHER.iter().fold(padded, |text, said| text.replace(said, " "));
    without.strip_suffix(" chu tri ").unwrap_or(&without).trim().to_owned()
}

fn post_of(words: &str) -> Option<Post> {
    let mut full: Vec<&str> = Vec::new();
    let address =
        |word: &&str| matches!(*word, "" | "cho" | "d" | "c" | "dong" | "chi" | "ong" | "ba");
    for word in words.split(' ').skip_while(address).filter(|word| !word.is_empty()) {
        match word {
            "p" => full.push("pho"),
            "pct" => full.extend(["pho", "chu", "tich"]),
            "pbt" => full.extend(["pho", "bi", "thu"]),
            "bt" | "btdu" => full.extend(["bi", "thu"]),
            "ct" => full.extend(["chu", "tich"]),
            "ctubnd" => full.extend(["chu", "tich", "ubnd"]),
            "du" => full.extend(["dang", "uy"]),
            other => full.push(other),
        }
    }
    let full = full.join(" ").replace("uy ban nhan dan", "ubnd").replace("uy ban", "ubnd");
    let full = full.replace("hoi dong nhan dan", "hdnd");
    let posts = [
        ("pho bi thu", Post::DeputySecretary),
        ("pho chu tich", Post::DeputyChairman),
        ("bi thu", Post::Secretary),
        ("chu tich hdnd", Post::Council),
        ("chu tich", Post::Chairman),
    ];
    let (post, rest) = posts.iter().find_map(|(name, post)| {
        let rest = full.strip_prefix(name)?;
        (rest.is_empty() || rest.starts_with(' ')).then_some((*post, rest))
    })?;
    let mut rest = rest.split_whitespace().skip_while(|word| BESIDE.contains(word));
    let name: Vec<&str> = rest.by_ref().collect();
    if name.is_empty() {
        return Some(post);
    }
    // Behind the kind of a place stands its name.
    let words: Vec<&str> = full.split(' ').collect();
    let before = words.get(..words.len() - name.len()).unwrap_or_default();
    let at_place = matches!(before.last(), Some(&("xa" | "phuong" | "tran")));
    let is_name = name.len() <= LONGEST_PLACE && !name.iter().any(|word| DONE.contains(word));
    (at_place && is_name).then_some(post)
}

/// Words of the longest name of a place.
const LONGEST_PLACE: usize = 4;
/// Words of what somebody does, as they stand behind a post and in no name of a place that is taken for one.
const DONE: [&str; 16] = [
    "vang", "khong", "du", "chu", "tri", "thay", "duoc", "moi", "di", "hop", "nghi", "uy", "quyen",
    "cung", "dong", "va",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_of_a_post() {
        use Level::{Commune, District, Province};
        for (text, levels) in [
            ("Bí thư", None),
            ("Bí thư Đảng ủy", None),
            ("Bí thư Đảng ủy xã Bảo Hà", Some(&[Commune][..])),
            ("Bí thư Huyện ủy", Some(&[District])),
            ("Chủ tịch UBND thị xã Sa Pa", Some(&[District])),
            ("Bí thư Thành ủy", Some(&[District, Province])),
            ("Bí thư Tỉnh ủy", Some(&[Province])),
            ("Huyện ủy viên, Bí thư Đảng ủy xã", Some(&[Commune])),
            ("Chủ tịch UBND phường Kim Tân, thành phố Lào Cai", Some(&[Commune])),
        ] {
            assert_eq!(levels_of(text), levels, "{text}");
        }
    }

    #[test]
    fn posts_beside_a_name() {
        use Chair::{BothPosts, Chairman, Deputy, Joint, Secretary};
        for (chair, name, contradicts) in [
            (Chairman, "Lê Văn Nam, Chủ tịch UBND xã", false),
            (Chairman, "Lê Văn Nam", false),
            (Chairman, "Lê Văn Nam, Phó Chủ tịch UBND phường", true),
            (Chairman, "Lê Văn Nam - Phó Chủ tịch UBND phường", true),
            (Chairman, "Sùng Đức Yên (Phó Bí thư)", true),
            (Chairman, "Sùng Đức Yên, Bí thư Đảng ủy", false),
            (Chairman, "Lê Văn Nam, Phó Bí thư, Chủ tịch UBND", false),
            (Secretary, "Sùng Đức Yên, Bí thư Đảng ủy, Chủ tịch HĐND", false),
            (Secretary, "Sùng Đức Yên, Bí thư Huyện ủy", true),
            (Secretary, "Sùng Đức Yên, Chủ tịch HĐND", false),
            (Joint, "A, Bí thư Đảng ủy; B, Chủ tịch UBND xã", false),
            (Joint, "A, Phó Bí thư", true),
            (Chairman, "Nguyễn Thị Hoa (được ủy quyền)", true),
            (BothPosts, "A, Bí thư kiêm Chủ tịch UBND", false),
            (Deputy, "A, Phó Chủ tịch UBND xã", false),
            (Deputy, "A, Phó Bí thư Thường trực", false),
            (Deputy, "A, Chủ tịch UBND xã", false),
            (Deputy, "A, Trưởng thôn", false),
        ] {
            assert_eq!(contradict(chair, name, Some(Level::Commune)), contradicts, "{name}");
        }
        assert!(!contradict(Secretary, "A, Bí thư Huyện ủy", Some(Level::District)));
        assert!(!contradict(Secretary, "A, Bí thư Tỉnh ủy", None));
    }

    #[test]
    fn what_one_person_or_two_may_hold() {
        for (text, unclear) in [
            ("Bí thư, Chủ tịch UBND", true),
            ("Bí thư Đảng ủy - Chủ tịch UBND xã Bảo Hà", true),
            ("Đồng chí Bí thư Đảng ủy, Chủ tịch UBND", true),
            ("BT, CT", true),
            ("Bí thư và Chủ tịch UBND", false),
            ("BT + CT", false),
            ("Bí thư kiêm Chủ tịch UBND", false),
            ("Đồng chủ trì (Bí thư, Chủ tịch UBND)", false),
            ("Bí thư, đồng thời là Chủ tịch UBND", false),
            ("Đồng chủ trì", false),
            ("Bí thư", false),
        ] {
            assert_eq!(are_of_one_or_two(text), unclear, "{text}");
        }
    }

    #[test]
    fn posts_together() {
        for (text, chair) in [
            ("Phó Bí thư, Chủ tịch UBND", Some("chairman")),
            ("Phó Bí thư Đảng ủy, Chủ tịch UBND xã", Some("chairman")),
            ("PBT, CT UBND", Some("chairman")),
            ("Bí thư, Chủ tịch HĐND", Some("secretary")),
            ("Bí thư Đảng ủy - Chủ tịch HĐND", Some("secretary")),
            ("Phó Bí thư Thường trực, Chủ tịch HĐND", Some("deputy")),
            ("PCT UBND", Some("deputy")),
            ("Phó CT UBND xã", Some("deputy")),
            ("BT + CT", Some("joint")),
            ("BT, CT UBND", Some("joint")),
            ("BT kiêm CT", Some("both_posts")),
            ("Ủy quyền cho PCT", Some("deputy")),
            ("Chủ tịch UBND ủy quyền", Some("deputy")),
            ("Bí thư ủy quyền cho Phó Bí thư", Some("deputy")),
            ("Chủ tịch và Phó Chủ tịch UBND", None),
            ("Bí thư; Phó Chủ tịch", None),
            ("Bí thư chi bộ thôn 3", None),
            ("Bí thư Đoàn", None),
            ("Chủ tịch MTTQ", None),
            ("Phó Chủ tịch HĐND", None),
            ("Không ủy quyền", None),
            ("Phó Bí thư Thường trực Đảng ủy (được ủy quyền)", Some("deputy")),
            ("Phó Chủ tịch UBND được ủy quyền chủ trì", Some("deputy")),
            ("Bí thư Đảng ủy và Chủ tịch UBND xã cùng chủ trì", Some("joint")),
            ("Đồng chủ trì (Bí thư, Chủ tịch UBND)", Some("joint")),
            ("Bí thư, Chủ tịch HĐND chủ trì", Some("secretary")),
            ("Bí thư đồng chủ trì", None),
            ("Bí thư kiêm Chủ tịch UBND đồng chủ trì", None),
            ("Bí thư và Phó Chủ tịch UBND cùng chủ trì", None),
            ("Phó Bí thư, Chủ tịch UBND cùng chủ trì", None),
            ("Nguyễn Văn A, Chủ tịch UBND", None),
            ("Bí thư (vắng), PCT chủ trì", None),
            ("Trưởng thôn", None),
            ("", None),
        ] {
            assert_eq!(chair_of(text), chair, "{text}");
        }
    }
}
