//! Number formats that show another number than the one stored, or none: `;;;`, `0,` (thousands), `0"0"`.

use super::Value;

/// Whether a format hides a number, scales it, or writes digits or words of its own in its place.
pub(super) fn is_disguise(code: &str) -> bool {
    let section = code.split(';').next().unwrap_or_default();
    if section.trim().is_empty() {
        return code.contains(';');
    }
    // What stands between quotation marks is every other piece.
    let pieces: Vec<&str> = section.split('"').collect();
    let plain = || pieces.iter().step_by(2);
    let quoted = || pieces.iter().skip(1).step_by(2);
    let scaled = plain().any(|piece| is_scaled(piece));
    let digits = pieces.windows(2).enumerate().any(|(at, two)| match two {
        [one, other] => {
            let (number, words) = if at % 2 == 0 { (one, other) } else { (other, one) };
            let (near, far) = if at % 2 == 0 {
                (number.chars().next_back(), words.chars().next())
            } else {
                (number.chars().next(), words.chars().next_back())
            };
            // Zeros in front change no number: `"0"####` brings back that of a code.
            let zeros = at % 2 == 1 && !words.contains(|c: char| matches!(c, '1'..='9'));
            near.is_some_and(is_place) && far.is_some_and(|c| c.is_ascii_digit()) && !zeros
        }
        _ => false,
    });
    let words_alone = plain().all(|piece| piece.trim().is_empty())
        && quoted().any(|words| words.contains(char::is_alphanumeric));
    scaled || digits || words_alone
}

/// A sign for a digit.
const fn is_place(c: char) -> bool {
    matches!(c, '0' | '#' | '?')
}

/// Whether a comma behind the last digit divides by a thousand.
fn is_scaled(piece: &str) -> bool {
    let chars: Vec<char> = piece.chars().collect();
    chars.windows(2).enumerate().any(|(at, two)| match two {
        [digit, ','] if is_place(*digit) => {
            let rest = chars.get(at + 2..).unwrap_or_default();
            !rest.iter().any(|c| is_place(*c))
        }
        _ => false,
    })
}

/// A number that its cell does not show, as text that is no count.
pub(super) fn disguised(number: f64) -> Value {
    let shown = number.to_string().replace('.', ",");
    Value::Text(format!("{shown} (ô định dạng hiện ra khác)").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_show_something_else() {
        for (code, disguises) in [
            (";;;", true),
            (";;", true),
            (";-0;0", true),
            ("0,", true),
            ("#,##0,", true),
            ("#,##0.0,,\"tr\"", true),
            ("0\"0\"", true),
            ("0\"000\"", true),
            ("\"1\"0", true),
            ("\"Không\"", true),
            ("General", false),
            ("\"0\"####", false),
            ("@", false),
            ("0", false),
            ("00", false),
            ("#,##0", false),
            ("#,##0.00", false),
            ("#,##0;-#,##0;", false),
            ("#,##0_);(#,##0)", false),
            ("_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-", false),
            ("0\" người\"", false),
            ("\"Cuộc \"0", false),
            ("[$-42A]#,##0", false),
            ("", false),
        ] {
            assert_eq!(is_disguise(code), disguises, "{code}");
        }
        assert_eq!(disguised(85000.0), Value::Text("85000 (ô định dạng hiện ra khác)".into()));
    }
}
