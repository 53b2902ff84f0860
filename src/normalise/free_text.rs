//! Whose file it is where nothing is labelled: by the titles, the sheets' names and the file's name.

use super::identity::{Identity, Question, Written};
use super::mentions;
use super::near::near_units;
use super::reader::{folded, shown};
use crate::model::{Finding, Form, Level, Place, Unit, UnitCode};
use crate::recognise::claims::FREE_TEXT;
use crate::recognise::{Claim, Source};
use crate::rules::dv::DV01;

/// Where free text stands, the most trusted first.
const SOURCES: [Source; 4] = [Source::Title, Source::Cover, Source::SheetName, Source::FileName];

/// What the free texts of one trust say.
enum Said<'a> {
    Nothing,
    Unit(&'a Unit),
    Several(Vec<&'a Unit>, Written),
}

impl Question<'_> {
    /// The unit that titles and names speak of; `None` when they name none.
    pub(super) fn by_free_text(&self, findings: &mut Vec<Finding>) -> Option<Identity> {
        // The unit above it stands in a commune's letterhead: a commune named later lies in it.
        let mut above: Option<&Unit> = None;
        for source in SOURCES {
            if source == Source::Cover
                && let Some(identity) = self.by_labels(source, findings)
            {
                return Some(identity);
            }
            match self.said(source, above) {
                Said::Nothing => {}
                Said::Several(units, written) => {
                    return Some(self.ambiguous(&units, &written, findings));
                }
                Said::Unit(unit) if self.form == Form::RollUp || unit.level == Level::Commune => {
                    return Some(Identity::Known(unit.code));
                }
                Said::Unit(unit) => above = above.or(Some(unit)),
            }
        }
        self.by_near_names(above, findings)
            .or_else(|| self.by_bare_names(above, findings))
            .or_else(|| above.map(|unit| Identity::Known(unit.code)))
    }

    /// The free texts of that trust, with the claims they come from.
    fn texts(&self, source: Source) -> impl Iterator<Item = (&Claim, String)> {
        self.claims
            .iter()
            .filter(move |claim| claim.source == source && claim.field == FREE_TEXT)
            .filter_map(|claim| Some((claim, folded(&shown(claim.value.as_ref()?)).into_owned())))
    }

    fn written_at(&self, claim: &Claim, text: &str) -> Written {
        Written { text: text.chars().take(120).collect(), place: self.place(claim) }
    }

    /// All that the texts of one trust name together, because the unit and the one above it often
    /// stand in two rows.
    fn said(&self, source: Source, above: Option<&Unit>) -> Said<'_> {
        let mut named: Vec<&Unit> = Vec::new();
        let mut written: Option<Written> = None;
        for (claim, text) in self.texts(source) {
            if source == Source::FileName
                && let Some(code) = mentions::coded_in(&text, self.register, self.day)
                && let Some(unit) = self.register.get(code, self.day)
            {
                named = vec![unit];
                written = None;
                break;
            }
            let found = mentions::named_in(&text, self.register, self.day);
            if !found.is_empty() && written.is_none() {
                written = Some(self.written_at(claim, &text));
            }
            named.extend(found);
        }
        named.sort_by_key(|unit| unit.code);
        named.dedup_by_key(|unit| unit.code);
        let level = match self.form {
            // A district's or province's name beside a commune's is the place it lies in.
            Form::Detail => named.iter().map(|unit| unit.level).max(),
            Form::RollUp => Some(Level::District),
        };
        let units: Vec<&Unit> =
            named.iter().copied().filter(|unit| Some(unit.level) == level).collect();
        let beside = named
            .iter()
            .find(|unit| unit.level == Level::District && level == Some(Level::Commune))
            .map(|unit| unit.code);
        let place = beside
            .or_else(|| above.map(|unit| unit.code))
            .or_else(|| self.district_claim().map(|(code, _)| code));
        let narrowed = self.within(&units, place);
        match (narrowed.as_slice(), written) {
            ([], _) => Said::Nothing,
            ([only], _) => Said::Unit(only),
            (_, Some(written)) => Said::Several(narrowed, written),
            _ => Said::Nothing,
        }
    }

    /// Those of the units that lie in that place, or all when none does.
    fn within<'u>(&self, units: &[&'u Unit], place: Option<UnitCode>) -> Vec<&'u Unit> {
        let inside =
            |unit: &&Unit| place.is_none_or(|code| self.register.is_within(unit, code, self.day));
        let narrowed: Vec<&Unit> = units.iter().copied().filter(inside).collect();
        if narrowed.is_empty() { units.to_vec() } else { narrowed }
    }

    /// A commune announced by its kind (`UBND XÃ …`) whose name has a letter or two wrong: DV02. One
    /// that is near to none is DV01, never the district above it.
    fn by_near_names(&self, above: Option<&Unit>, findings: &mut Vec<Finding>) -> Option<Identity> {
        if self.form == Form::RollUp {
            return None;
        }
        let place = above.map(|unit| unit.code).or_else(|| self.district_claim().map(|(c, _)| c));
        for source in SOURCES {
            for (claim, text) in self.texts(source) {
                let Some(mention) = mentions::unknown_in(&text, self.register, self.day) else {
                    continue;
                };
                let written = self.written_at(claim, &text);
                let near = mention.names().find_map(|name| {
                    let near = near_units(self.register, self.day, &name, |unit| {
                        unit.kind == mention.kind
                            && place.is_none_or(|p| self.register.is_within(unit, p, self.day))
                    });
                    (!near.is_empty()).then_some(near)
                });
                match near.as_deref() {
                    Some([only]) => {
                        findings.push(self.near(only, &written));
                        return Some(Identity::Known(only.code));
                    }
                    Some(many) => return Some(self.ambiguous(many, &written, findings)),
                    None if mention.announced => {
                        let message = format!(
                            "Không có đơn vị nào tên như \u{201c}{}\u{201d}.",
                            written.text
                        );
                        let finding = Finding::new(&DV01, written.place, message);
                        findings.push(finding.value(written.text));
                        return Some(Identity::Unknown { could_be: Vec::new() });
                    }
                    None => {}
                }
            }
        }
        None
    }

    /// A name without its kind in the name of a sheet or of the file: understood, and said (DV02).
    fn by_bare_names(&self, above: Option<&Unit>, findings: &mut Vec<Finding>) -> Option<Identity> {
        let level = if self.form == Form::RollUp { Level::District } else { Level::Commune };
        for source in [Source::SheetName, Source::FileName] {
            for (claim, text) in self.texts(source) {
                let found = mentions::bare_in(&text, self.register, self.day, level);
                let place = above.map(|unit| unit.code);
                let units = self.within(&found, place);
                let mut written = self.written_at(claim, &text);
                if source == Source::FileName {
                    written.place = Place::file(self.file.clone());
                }
                match units.as_slice() {
                    [] => {}
                    [only] => {
                        findings.push(self.near(only, &written));
                        return Some(Identity::Known(only.code));
                    }
                    many => return Some(self.ambiguous(many, &written, findings)),
                }
            }
        }
        None
    }
}
