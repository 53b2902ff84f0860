//! Which row of Biểu 3 is which petition that was open before, and how surely.

use crate::model::backlog::OpenPetition;
use crate::model::privacy::masked;
use crate::model::text::word_key;
use crate::model::{CarriedPetition, Period, Text};
use std::collections::HashMap;

/// What a row of Biểu 3 was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// That petition: same words, same quarter of origin.
    Same(usize),
    /// Surely that one, but its quarter of origin has changed.
    OtherOrigin(usize),
    /// Probably that one: nearly the same words, the same numbers in them.
    Likely(usize),
    /// As near to one as to another.
    Ambiguous,
    /// None that was open.
    New,
    /// The row does not say what it is about.
    Unreadable,
}

/// How alike the words must be, from 0 to 1.
const ALIKE: f64 = 0.85;
/// Beyond that many pairs nothing is compared word by word: no honest unit has so many.
const MOST_PAIRS: usize = 40_000;
/// Beyond that many letters the beginning speaks for the whole.
const MOST_LETTERS: usize = 240;

/// The words by which a petition is known again. The blank form carries it over without phone and
/// identity numbers, so these never tell two petitions apart.
pub(super) fn words_of(content: &Text) -> String {
    word_key(&masked(content.as_str()))
}

/// Pairs the rows with the petitions that were open; each petition is given away once.
pub(super) fn pair(rows: &[CarriedPetition], open: &[OpenPetition]) -> Vec<Found> {
    let keys: Vec<Option<String>> = rows
        .iter()
        .map(|row| row.content.given().map(words_of))
        .map(|key| key.filter(|key| !key.is_empty()))
        .collect();
    let mut found: Vec<Found> =
        keys.iter().map(|key| if key.is_some() { Found::New } else { Found::Unreadable }).collect();
    if open.is_empty() {
        return found;
    }
    let known: Vec<String> =
        (open.iter()).map(|one| one.content.as_ref().map(words_of).unwrap_or_default()).collect();
    let mut free = vec![true; open.len()];
    same_words((rows, &keys), (open, &known), &mut free, &mut found);
    like_words((rows, &keys), (open, &known), &mut free, &mut found);
    found
}

type Rows<'a> = (&'a [CarriedPetition], &'a [Option<String>]);
type Known<'a> = (&'a [OpenPetition], &'a [String]);

/// Whether the origins agree; one that is not given contradicts nothing.
fn agree(one: Option<Period>, other: Option<Period>) -> bool {
    one.is_none() || other.is_none() || one == other
}

fn same_words(
    (rows, keys): Rows<'_>,
    (open, known): Known<'_>,
    free: &mut [bool],
    found: &mut [Found],
) {
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, key) in known.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
        by_key.entry(key).or_default().push(at);
    }
    // First those whose origin agrees too, so that a twin of another quarter is left for its own row.
    for strict in [true, false] {
        for ((row, key), found) in rows.iter().zip(keys).zip(found.iter_mut()) {
            let (Some(key), Found::New) = (key, *found) else { continue };
            let Some(candidates) = by_key.get_mut(key.as_str()) else { continue };
            let fits = |at: &usize| {
                let origin = open.get(*at).and_then(|one| one.origin);
                !strict || agree(row.origin.value(), origin)
            };
            let Some(place) = candidates.iter().position(fits) else { continue };
            let at = candidates.remove(place);
            if let Some(slot) = free.get_mut(at) {
                *slot = false;
            }
            *found = if strict { Found::Same(at) } else { Found::OtherOrigin(at) };
        }
    }
}

fn like_words(
    (rows, keys): Rows<'_>,
    (open, known): Known<'_>,
    free: &mut [bool],
    found: &mut [Found],
) {
    let left: Vec<usize> =
        (0..rows.len()).filter(|at| found.get(*at) == Some(&Found::New)).collect();
    let waiting: Vec<usize> = (0..open.len()).filter(|at| free.get(*at) == Some(&true)).collect();
    let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
    let compared = left.len().saturating_mul(waiting.len()) <= MOST_PAIRS;
    for row in left.iter().copied().filter(|_| compared) {
        let (Some(Some(key)), Some(of)) = (keys.get(row), rows.get(row)) else { continue };
        for at in &waiting {
            let (Some(other), Some(one)) = (known.get(*at), open.get(*at)) else { continue };
            if agree(of.origin.value(), one.origin)
                && let Some(score) = likeness(key, other)
            {
                pairs.push((score, row, *at));
            }
        }
    }
    pairs.sort_by_key(|(score, row, at)| (std::cmp::Reverse(*score), *row, *at));
    for (at, (score, row, one)) in pairs.iter().enumerate() {
        let is_free = free.get(*one) == Some(&true) && found.get(*row) == Some(&Found::New);
        if !is_free {
            continue;
        }
        let rival = pairs.get(at + 1..).unwrap_or_default().iter().any(|(other, row_, one_)| {
            other == score
                && ((row_ == row) != (one_ == one))
                && free.get(*one_) == Some(&true)
                && found.get(*row_) == Some(&Found::New)
        });
        if let Some(slot) = found.get_mut(*row) {
            *slot = if rival { Found::Ambiguous } else { Found::Likely(*one) };
        }
        if let Some(slot) = free.get_mut(*one).filter(|_| !rival) {
            *slot = false;
        }
    }
}

/// How alike two keys are in thousandths; none when they are not alike enough to be one petition.
fn likeness(one: &str, other: &str) -> Option<u32> {
    let digits = |key: &str| -> Vec<String> {
        key.split(|c: char| !c.is_ascii_digit())
            .filter(|run| !run.is_empty())
            .map(str::to_owned)
            .collect()
    };
    // Thôn 1 and thôn 11 are two places.
    if digits(one) != digits(other) {
        return None;
    }
    let (a, b) = (one.chars().count(), other.chars().count());
    if a.min(b) * 4 < a.max(b) * 3 {
        return None;
    }
    let head = |key: &str| key.chars().take(MOST_LETTERS).collect::<String>();
    let score = strsim::normalized_damerau_levenshtein(&head(one), &head(other));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a score lies between 0 and 1"
    )]
    (score >= ALIKE).then_some((score * 1000.0) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::backlog::Trace;
    use crate::model::{CellRef, Field, Place, Text, UnitCode};

    fn open(origin: &str, content: &str) -> OpenPetition {
        OpenPetition {
            unit: UnitCode::parse("02989").unwrap(),
            origin: Period::parse(origin),
            number: None,
            content: Text::new(content),
            subject: None,
            authority: None,
            agency: None,
            received: None,
            outcome: None,
            place: Place::default(),
            trace: Trace::New,
        }
    }

    fn row(origin: &str, content: &str) -> CarriedPetition {
        let cell = CellRef::new(0, 0);
        CarriedPetition {
            origin: Period::parse(origin).map_or(Field::blank(cell), |p| Field::new(cell, p)),
            content: Text::new(content).map_or(Field::blank(cell), |text| Field::new(cell, text)),
            ..CarriedPetition::default()
        }
    }

    const ROAD: &str = "Đề nghị sửa đường liên thôn 3 bị sạt lở sau mưa";

    #[test]
    fn rows_find_their_petitions() {
        use Found::{Ambiguous, Likely, New, OtherOrigin, Same, Unreadable};
        let power = "Đề nghị kéo điện lưới về thôn Nậm Rịa";
        let before = [open("2021-Q1", ROAD), open("2020-Q4", power)];
        for (rows, expected) in [
            (vec![row("2021-Q1", ROAD), row("2020-Q4", power)], vec![Same(0), Same(1)]),
            (vec![row("2020-Q4", power), row("2021-Q1", ROAD)], vec![Same(1), Same(0)]),
            (
                vec![row("2021-Q1", "ĐỀ NGHỊ sửa đường, liên thôn 3 bị sạt lở sau mưa.")],
                vec![Same(0)],
            ),
            (vec![row("", ROAD)], vec![Same(0)]),
            (vec![row("2020-Q3", ROAD)], vec![OtherOrigin(0)]),
            (
                vec![row("2021-Q1", "Đề nghị sửa đường liên thôn 3 bị sạt lở sau mưa lũ")],
                vec![Likely(0)],
            ),
            (vec![row("2021-Q1", "Đề nghị sửa đường liên thôn 13 bị sạt lở sau mưa")], vec![New]),
            (vec![row("2020-Q4", "Đề nghị sửa đường liên thôn 3 bị sạt lở sau mưa lũ")], vec![New]),
            (vec![row("2021-Q1", "Đề nghị cấp đất ở cho hộ nghèo")], vec![New]),
            (vec![row("2021-Q1", ""), row("2021-Q1", "…")], vec![Unreadable, Unreadable]),
            (vec![row("2021-Q1", ROAD), row("2021-Q1", ROAD)], vec![Same(0), New]),
        ] {
            assert_eq!(pair(&rows, &before), expected, "{rows:?}");
        }
        let twins = [
            open("2021-Q1", "Đề nghị sửa đường liên thôn A bị sạt lở"),
            open("2021-Q1", "Đề nghị sửa đường liên thôn B bị sạt lở"),
        ];
        let near = [row("2021-Q1", "Đề nghị sửa đường liên thôn C bị sạt lở")];
        assert_eq!(pair(&near, &twins), [Ambiguous]);
    }

    #[test]
    fn twins_of_two_quarters_keep_apart() {
        let before = [open("2020-Q4", ROAD), open("2021-Q1", ROAD)];
        let rows = [row("2021-Q1", ROAD), row("2020-Q4", ROAD)];
        assert_eq!(pair(&rows, &before), [Found::Same(1), Found::Same(0)]);
    }

    #[test]
    fn a_flood_of_rows_costs_no_more_than_its_size() {
        let before: Vec<_> =
            (0..30_000).map(|n| open("2021-Q1", &format!("{ROAD} số {n}"))).collect();
        let rows: Vec<_> =
            (0..30_000).map(|n| row("2021-Q1", &format!("{ROAD}, chỗ {n}"))).collect();
        assert!(pair(&rows, &before).iter().all(|found| *found == Found::New));
    }
}
