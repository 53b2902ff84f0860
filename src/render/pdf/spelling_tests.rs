//! The spelling of the office reaches every word of ours on every page, and no word of a unit.

use super::flow::lay_out;
use super::font::Fonts;
use super::{Office, report};
use crate::aggregate::{Measure, SubmissionState, Summary, Verdict, sample_open, sample_past};
use crate::model::Text;
use crate::render::Spelling;
use crate::render::narrative::{Template, narrative};
use std::collections::BTreeSet;

/// A quarter with every state, verdict and hole; names and reasons have marks of their own.
fn quarter() -> Summary {
    let mut summary = sample_past::province_with_past();
    sample_open::leave_open(&mut summary);
    let states = SubmissionState::ALL.into_iter().cycle();
    for ((line, state), verdict) in
        summary.units.iter_mut().skip(1).zip(states).zip(Verdict::ALL.into_iter().cycle())
    {
        (line.submission, line.verdict) = (state, verdict);
        line.unit.name = Text::new("Hòa Thụy").unwrap();
        line.reason = Text::new("cán bộ không khỏe");
    }
    for tallies in summary.totals.values_mut() {
        for measure in Measure::ALL {
            tallies.mark(measure);
        }
    }
    for (_, name) in &mut summary.subject_names {
        name.push_str(", thủy lợi");
    }
    summary
}

#[test]
fn every_placed_word_is_spelt_as_the_office_wants() {
    let summary = quarter();
    let theirs = ["Hòa", "Thụy", "khỏe"];
    let party = Office::usual(&summary.scope, summary.as_of);
    for office in [party, Office::usual_state(&summary.scope)] {
        let office = office.spelt(Spelling::Second);
        let parts = narrative(&summary, &Template::default(), office.spelling).unwrap();
        let mut fonts = Fonts::new().unwrap();
        let layout = lay_out(&mut fonts, &report::document(&summary, &office, &parts));
        let mut kept = BTreeSet::new();
        let mut ours = 0;
        for page in &layout.pages {
            for token in &page.tokens {
                let word = &*fonts.get(token.word).text;
                ours += usize::from(word.contains(['ỷ', 'Ỷ']));
                if Spelling::Second.apply(word) != word {
                    let letters = word.trim_matches(|c: char| !c.is_alphabetic());
                    assert!(theirs.contains(&letters), "{word}");
                    kept.insert(letters.to_owned());
                }
            }
        }
        assert_eq!(kept.len(), theirs.len(), "what units wrote stays: {kept:?}");
        assert!(ours > 10, "{ours}");
    }
}
