//! The nearest word of a list, for a remedy that says what was probably meant.

/// The known word nearest to what was written, if any is near enough to be worth naming.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    // A third of the letters wrong is still the same word, more is another one.
    let most = (written.chars().count() / 3).clamp(1, 4);
    (known.into_iter())
        .map(|word| (strsim::damerau_levenshtein(&written, &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, word)| (*distance, *word))
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_only() {
        let known = ["cutoff", "deputy_counts", "id"];
        for (written, expected) in [
            ("cutof", Some("cutoff")),
            ("Deputy_Count", Some("deputy_counts")),
            ("ir", Some("id")),
            ("quota", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, known), expected, "{written}");
        }
    }
}
