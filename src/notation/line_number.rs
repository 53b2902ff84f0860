//! Numbers of the lines of a list, which count nothing: `1.1`, `a)`, `*`.

/// Whether a text numbers a line of a list without counting: `1.1`, `2.10`, `a)`, `X`, `3a`, `*`.
pub fn numbers_line(text: &str) -> bool {
    let bare = text.trim().trim_end_matches(['.', ')', '/', ':']).trim_start_matches('(');
    let digits =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let parts = || bare.split(['.', ',', '-', '/']);
    let letter = bare.chars().count() == 1 && !bare.contains(|c: char| c.is_ascii_digit());
    let lettered = bare.strip_suffix(|c: char| c.is_ascii_alphabetic()).is_some_and(digits);
    let roman = (2..=6).contains(&bare.len()) && bare.bytes().all(|b| b"IVXL".contains(&b));
    letter || lettered || roman || ((2..=4).contains(&parts().count()) && parts().all(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_lines() {
        for (text, of_line) in [
            ("1.1", true),
            ("2.10", true),
            ("1-2", true),
            ("a)", true),
            ("3a", true),
            ("X", true),
            ("XXI", true),
            ("*", true),
            ("Cuộc ngày 25/01/2021", false),
            ("12", false),
            ("một", false),
            ("", false),
        ] {
            assert_eq!(numbers_line(text), of_line, "{text}");
        }
    }
}
