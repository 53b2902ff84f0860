//! A unit's code as it may have been written, alone or among other words.

use super::identity::Written;
use crate::model::UnitCode;
use crate::register::parse_unit_name;

/// The code of a cell, and the name where one stands beside it: `02647 - Phường Kim Tân`, `Mã 02647`,
/// `10.080.02647`.
pub(super) fn among_words(cell: Written) -> (Option<Written>, Option<Written>) {
    if !UnitCode::spellings(&cell.text).is_empty() {
        return (Some(cell), None);
    }
    let Some(digits) = only_code(&cell.text).map(str::to_owned) else { return (Some(cell), None) };
    let text = cell.text.replace(&digits, " ");
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let named = parse_unit_name(&text).0.is_some();
    let name = named.then(|| Written { text, place: cell.place.clone() });
    (Some(Written { text: digits, place: cell.place }), name)
}

/// Digits without which what is left of a code tells nothing.
const LEAST_DIGITS: usize = 3;

/// Whether a text that is no unit's code is this unit's with one slip: a letter for a digit, a sign between
/// them, one digit wrong, too many or too few, two exchanged, or the first ones left out.
pub(super) fn is_slip(text: &str, code: UnitCode) -> bool {
    let digit = |c: char| match c {
        'O' | 'o' => Some('0'),
        'I' | 'l' | '|' => Some('1'),
        _ => c.is_alphanumeric().then_some(c),
    };
    let typed: String = text.chars().filter_map(digit).collect();
    let (typed, code) = (typed.trim_start_matches('0'), code.as_str().trim_start_matches('0'));
    typed.len() >= LEAST_DIGITS && (strsim::osa_distance(typed, code) <= 1 || code.ends_with(typed))
}

/// The one run of five digits in a text.
fn only_code(text: &str) -> Option<&str> {
    let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 5);
    let only = runs.next()?;
    runs.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;
    use crate::model::submission::FilePath;

    #[test]
    fn slips_in_a_code() {
        let code = UnitCode::parse("02635").unwrap();
        for (text, slip) in [
            ("O2635", true),
            ("0263S", true),
            ("635", true),
            ("0002635", true),
            ("02.635", true),
            ("026350", true),
            ("26350", true),
            ("02653", true),
            ("35", false),
            ("02644", false),
            ("12345", false),
            ("", false),
            ("Duyên Hải", false),
        ] {
            assert_eq!(is_slip(text, code), slip, "{text}");
        }
    }

    #[test]
    fn codes_among_words() {
        for (text, code, name) in [
            ("02647", "02647", None),
            ("2647", "2647", None),
            ("02647 - Phường Kim Tân", "02647", Some("Phường Kim Tân")),
            ("Mã 02647", "02647", None),
            ("10.080.02647", "02647", None),
            ("002647", "002647", None),
            ("02647, 02650", "02647, 02650", None),
        ] {
            let place = Place::file(FilePath::new("a.xlsx"));
            let (found, beside) = among_words(Written { text: text.to_owned(), place });
            assert_eq!(found.map(|found| found.text).as_deref(), Some(code), "{text}");
            assert_eq!(beside.map(|beside| beside.text).as_deref(), name, "{text}");
        }
    }
}
