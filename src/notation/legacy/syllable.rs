//! What a Vietnamese syllable (âm tiết) can be: an onset, a rime, one tone.

use super::letters::{lower, split};

/// Consonants that may begin a syllable, besides none at all.
const ONSETS: [&str; 27] = [
    "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh",
    "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// Rimes (vần) without their tone, those of names from Tây Nguyên and Tây Bắc included; sorted by bytes.
#[rustfmt::skip]
const RIMES: &[&str] = &[
    "a", "ac", "ach", "ai", "ak", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay",
    "e", "ec", "ek", "em", "en", "eng", "eo", "ep", "et",
    "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu",
    "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu",
    "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay",
    "oc", "oe", "oen", "oeo", "oet", "oi", "ok", "om", "on", "ong", "ooc", "oong", "op", "ot",
    "oăc", "oăm", "oăn", "oăng", "oăt",
    "u", "ua", "uc", "ui", "um", "un", "ung", "up", "ut", "uy", "uya", "uych", "uynh", "uyp", "uyt", "uyu",
    "uyên", "uyêt", "uâ", "uân", "uâng", "uât", "uây", "uê", "uêch", "uên", "uênh", "uêt",
    "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "uơ",
    "y", "ych", "yn", "ynh", "yt", "yêm", "yên", "yêng", "yêt", "yêu",
    "âc", "âk", "âm", "ân", "âng", "âp", "ât", "âu", "ây",
    "ê", "êch", "êk", "êm", "ên", "êng", "ênh", "êp", "êt", "êu",
    "ô", "ôc", "ôi", "ôk", "ôm", "ôn", "ông", "ôp", "ôt",
    "ăc", "ăk", "ăm", "ăn", "ăng", "ăp", "ăt",
    "ơ", "ơi", "ơm", "ơn", "ơng", "ơp", "ơt",
    "ư", "ưa", "ưc", "ưi", "ưm", "ưn", "ưng", "ưt", "ưu",
    "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu",
];

/// Tones that a syllable closed by c, ch, k, p or t can have: sắc and nặng.
const STOPPED_TONES: [usize; 2] = [4, 5];

/// Whether the word, in composed Unicode and any case, can be a syllable of Vietnamese.
///
/// The tone may stand where the old or the new spelling puts it: `hòa` and `hoà`.
pub fn is_vietnamese_syllable(word: &str) -> bool {
    let stopped = |plain: &str| plain.ends_with(['c', 'k', 'p', 't']) || plain.ends_with("ch");
    Spelling::of(word).is_some_and(|spelling| {
        let tone = spelling.tone.map_or(0, |(tone, _)| tone);
        (!stopped(&spelling.plain) || STOPPED_TONES.contains(&tone)) && spelling.is_shaped()
    })
}

/// As [`is_vietnamese_syllable`], but a tone that does not fit or was left out is forgiven: `đat`, `thỏc`.
pub(super) fn could_be_syllable(word: &str) -> bool {
    Spelling::of(word).is_some_and(|spelling| spelling.is_shaped())
}

/// A word in small letters without its tone.
struct Spelling {
    plain: String,
    /// The tone, and the letter it stands on, counted from zero.
    tone: Option<(usize, usize)>,
}

impl Spelling {
    /// `None` with two tones or a foreign letter.
    fn of(word: &str) -> Option<Self> {
        // The longest syllable is nghiêng.
        if word.len() > 24 {
            return None;
        }
        let (mut plain, mut found) = (String::with_capacity(word.len()), None);
        for (at, letter) in word.chars().enumerate() {
            // Ð and ð (eth) look like Đ and đ, and are often typed for them.
            let letter = if matches!(letter, 'Ð' | 'ð') { 'đ' } else { lower(letter) };
            let (letter, tone) = split(letter)?;
            if tone != 0 && found.replace((tone, at)).is_some() {
                return None;
            }
            plain.push(letter);
        }
        Some(Self { plain, tone: found })
    }

    /// Whether some onset and some rime make up the word, and may stand together.
    fn is_shaped(&self) -> bool {
        self.is_rime(&self.plain, 0)
            || ONSETS.iter().any(|onset| {
                self.plain.strip_prefix(onset).is_some_and(|rime| {
                    may_follow(onset, rime) && self.is_rime(rime, onset.chars().count())
                })
            })
    }

    /// Whether the rest of the word, from that letter on, is a rime with the tone on the right vowel.
    fn is_rime(&self, rime: &str, from: usize) -> bool {
        if RIMES.binary_search(&rime).is_err() {
            return false;
        }
        // Before the rime only gi and qu have a vowel, which takes the tone in a common slip (qúa, gìa).
        let Some(at) = self.tone.and_then(|(_, at)| at.checked_sub(from)) else { return true };
        let is_marked = |c: char| matches!(c, 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư');
        match rime.chars().enumerate().filter(|(_, c)| is_marked(*c)).last() {
            Some((marked, _)) => at == marked,
            None if ["oa", "oe", "oo", "uy"].iter().any(|glide| rime.starts_with(glide)) => at <= 1,
            None => at == 0,
        }
    }
}

fn may_follow(onset: &str, rime: &str) -> bool {
    let front = rime.starts_with(['e', 'ê', 'i', 'y']);
    match onset {
        "gh" | "ngh" => front,
        "c" | "ng" => !front,
        // g is written before i only where gi would double it: gì, giếng.
        "g" => !front || rime.starts_with('i'),
        "qu" => !rime.starts_with('u'),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rimes_can_be_searched() {
        assert!(RIMES.is_sorted());
        assert!(RIMES.iter().all(|rime| could_be_syllable(rime)));
    }

    #[test]
    fn syllables() {
        for word in "trường TRƯỜNG Tiểu học nghiêng quốc Quyền quý giếng gì gìn giữ giường huỳnh thuở \
            khuya Uỷ Ủy hoà hòa thủy thuỷ Đắk Lắk kỳ lý yêu ý ở ổ ô quét quýt quỹ loong boong ngoằn ngoèo \
            tiếng nước xoong chuyện khúc khuỷu thuê nhuyễn hoắc quân xuất Ðà ruộng rượu hươu chuồng ngạch"
            .split_whitespace()
        {
            assert!(is_vietnamese_syllable(word), "{word}");
        }
        for word in "cafộ Hụtel naùve ngè cỉ gé ghà qủ aủo trửụứng đat ßa xaõ laù caùc bộbộ Müller fố jà wế zá \
            sẳch cả̉ thỏc nghà ngiêng gìàn bb ê̂ µ"
            .split_whitespace()
        {
            assert!(!is_vietnamese_syllable(word), "{word}");
        }
        assert!(!is_vietnamese_syllable(""));
        assert!(could_be_syllable("đat") && !could_be_syllable("sặchh"));
    }
}
