//! Dates among words: `8h00 ngày 15/3/2021`, `Thứ Hai, 15 tháng ba năm 2021`, `15-thg 3-21`, `15/III/2021`.

use crate::model::text::key;

/// The longest text that is looked through for a date.
const LONGEST: usize = 80;
/// Words beside a date that change nothing.
const ASIDE: [&str; 14] = [
    "ngay", "thang", "nam", "thg", "sang", "chieu", "toi", "trua", "buoi", "luc", "vao", "am",
    "pm", "hoi",
];
/// Days of the week in one word.
const WEEKDAYS: [&str; 7] = ["t2", "t3", "t4", "t5", "t6", "t7", "cn"];
/// Months by name, January first: the Roman number, the English word, the Vietnamese one.
const MONTHS: [[&str; 3]; 12] = [
    ["i", "january", "mot"],
    ["ii", "february", "hai"],
    ["iii", "march", "ba"],
    ["iv", "april", "tu"],
    ["v", "may", "v"],
    ["vi", "june", "sau"],
    ["vii", "july", "bay"],
    ["viii", "august", "tam"],
    ["ix", "september", "chin"],
    ["x", "october", "muoi"],
    ["xi", "november", "muoimot"],
    ["xii", "december", "muoihai"],
];
/// What stands between the parts of a date.
const SEPARATORS: [char; 8] = ['/', '-', '.', '\\', '_', ',', '\u{2011}', '\u{2013}'];

/// The day, month and year of a text that holds one date, in digits, in the order in which they stand;
/// `None` where anything else is said beside it, and then it is no single day.
pub(super) fn parts(text: &str) -> Option<Vec<String>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut words = without_aside(text)?;
    // `12,3` is a number with a decimal comma as well.
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let decimal =
        |(before, after): (&str, &str)| digit(before.chars().last()) && digit(after.chars().next());
    if words.len() == 2 && text.split_once(',').is_some_and(decimal) {
        return None;
    }
    // `Tháng 2-3`, `tháng 3/2021`: months, and no day.
    let begins = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if words.len() == 2
        && key(begins.get(..begins.len().min(12)).unwrap_or(begins)).starts_with("thang")
    {
        return None;
    }
    // `March 15, 2021`: English puts the month before the day, and spells it.
    if words.len() == 3 && words.first().is_some_and(|word| english(word).is_some()) {
        words.swap(0, 1);
    }
    let last = words.len();
    let mut parts = Vec::with_capacity(last);
    for (at, word) in words.into_iter().enumerate() {
        let digits = word.bytes().all(|b| b.is_ascii_digit());
        if digits {
            parts.push(word);
        } else if at == 1 {
            parts.push(month(&word)?.to_string());
        } else {
            return None;
        }
    }
    (2..=3).contains(&last).then_some(parts)
}

/// The words of the date itself.
fn without_aside(text: &str) -> Option<Vec<String>> {
    let spaced: String = text.chars().map(|c| if "()[];,".contains(c) { ' ' } else { c }).collect();
    let mut rest = spaced.split_whitespace().peekable();
    let mut words: Vec<String> = Vec::new();
    while let Some(token) = rest.next() {
        let word = key(token);
        let next = rest.peek().map(|next| key(next));
        let weekday = |next: &str| {
            matches!(next, "hai" | "ba" | "tu" | "nam" | "sau" | "bay")
                || matches!(next, "2" | "3" | "4" | "5" | "6" | "7")
        };
        match (word.as_str(), next.as_deref()) {
            ("thu", Some(day)) if weekday(day) => {
                rest.next();
            }
            ("chu", Some("nhat")) => {
                rest.next();
            }
            // `08 giờ 30 phút`.
            (hour, Some("gio")) if is_number(hour) => {
                rest.next();
                if rest.peek().is_some_and(|minutes| is_number(minutes)) {
                    rest.next();
                    let _ = rest.next_if(|word| key(word) == "phut");
                }
            }
            (weekday, _) if WEEKDAYS.contains(&weekday) => {}
            _ if is_clock(token) => {}
            _ => push_words(token, &mut words)?,
        }
    }
    Some(words)
}

/// Takes a token apart: `12-thg`, `ngày15`, `15tháng3năm2021`, `15/III/2021`.
fn push_words(token: &str, words: &mut Vec<String>) -> Option<()> {
    for piece in token.split(SEPARATORS).filter(|piece| !piece.is_empty()) {
        let mut rest = piece;
        while !rest.is_empty() {
            let digit = rest.starts_with(|c: char| c.is_ascii_digit());
            let end = rest.find(|c: char| c.is_ascii_digit() != digit).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            rest = after;
            let word = key(run);
            // `tháng năm` may be May or the year's word: what is left then makes no date.
            if !ASIDE.contains(&word.as_str()) && word != "th" {
                (!word.is_empty()).then_some(())?;
                words.push(word);
            }
        }
    }
    Some(())
}

fn is_number(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// `8h`, `8h30`, `14g30'`, `08:00`, `08:00:00`.
fn is_clock(token: &str) -> bool {
    let bare = token.trim_end_matches(['\'', '’', 'p', 'Z']);
    let mut parts = bare.split(['h', 'H', 'g', 'G', ':']);
    let hour = parts.next().is_some_and(is_number);
    let more: Vec<&str> = parts.collect();
    hour && (1..=2).contains(&more.len())
        && more.iter().all(|part| part.is_empty() || is_number(part))
}

fn english(word: &str) -> Option<usize> {
    let known = |month: &[&str; 3]| {
        month.get(1).is_some_and(|name| word.len() >= 3 && name.starts_with(word))
    };
    MONTHS.iter().position(known).map(|at| at + 1)
}

fn month(word: &str) -> Option<usize> {
    let named = |month: &[&str; 3]| month.contains(&word);
    MONTHS.iter().position(named).map(|at| at + 1).or_else(|| english(word))
}
