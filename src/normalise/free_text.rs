//! Whose file it is where nothing is labelled: by the titles, the sheets' names and the file's name.

use super::identity::{Identity, Question, Written};
use super::mentions;
use super::near::{NameParts, name_parts};
use super::other_times::once_of_kind;
use super::values::{folded, shown};
use crate::model::{Finding, Form, Level, Place, Unit, UnitKind};
use crate::recognise::claims::FREE_TEXT;
use crate::recognise::{Claim, Source};
use crate::rules::dv::{DV01, DV03};

/// Where free text stands, the most trusted first.
const SOURCES: [Source; 4] = [Source::Title, Source::Cover, Source::SheetName, Source::FileName];

/// What the free texts of one trust say.
enum Said<'a> {
    Nothing,
    Unit(&'a Unit),
    Several(Vec<&'a Unit>, Written),
}

/// What an unknown name may mean.
enum Meant<'a> {
    /// A unit of another time.
    Once(&'a Unit),
    /// Units of nearly that name.
    Near(Vec<&'a Unit>),
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
                    let against = self.against_name((source, unit), above, findings);
                    return Some(against.unwrap_or(Identity::Known(unit.code)));
                }
                Said::Unit(unit) => above = above.or(Some(unit)),
            }
            if let Some(identity) = self.by_bare_line(source, above, findings) {
                return Some(identity);
            }
        }
        self.by_near_names((&SOURCES, false), above, findings)
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
            .or_else(|| self.district_claim().map(|(code, _)| code))
            .or(self.scope);
        let narrowed = self.within(&units, place);
        match (narrowed.as_slice(), written) {
            ([], _) => Said::Nothing,
            ([only], _) => Said::Unit(only),
            (_, Some(written)) => Said::Several(narrowed, written),
            _ => Said::Nothing,
        }
    }

    /// What a title says against the unit that only a name tells (of a sheet, of the file): that it is a unit of another
    /// time, one that does not exist, one elsewhere. What cannot be used must not let the name win unsaid.
    fn against_name(
        &self,
        (source, unit): (Source, &Unit),
        above: Option<&Unit>,
        findings: &mut Vec<Finding>,
    ) -> Option<Identity> {
        if !matches!(source, Source::SheetName | Source::FileName) {
            return None;
        }
        let elsewhere = above.filter(|above| !self.register.is_within(unit, above.code, self.day));
        if let Some(above) = elsewhere {
            let place =
                self.texts(Source::Title).chain(self.texts(Source::Cover)).find(|(_, text)| {
                    let named = mentions::named_in(text, self.register, self.day);
                    named.iter().any(|named| named.code == above.code)
                });
            let place = place
                .map_or_else(|| Place::file(self.file.clone()), |(claim, _)| self.place(claim));
            findings.push(name_against_title(source, unit, above, place));
            return Some(Identity::Unknown { could_be: vec![unit.code, above.code] });
        }
        let mut said = Vec::new();
        let titled = self.by_near_names((&[Source::Title, Source::Cover], true), above, &mut said);
        match titled? {
            Identity::Known(code) if code == unit.code => {
                findings.extend(said);
                None
            }
            Identity::Known(code) => {
                let other = self.register.get(code, self.day)?;
                let place = said.into_iter().next()?.place;
                findings.push(name_against_title(source, unit, other, place));
                Some(Identity::Unknown { could_be: vec![unit.code, code] })
            }
            Identity::Unknown { mut could_be } => {
                findings.extend(said);
                could_be.push(unit.code);
                Some(Identity::Unknown { could_be })
            }
        }
    }

    /// A commune announced by its kind (`UBND XÃ …`) whose name has a letter or two wrong: DV02. One
    /// that is near to none is DV01, never the district above it.
    fn by_near_names(
        &self,
        (sources, announced): (&[Source], bool),
        above: Option<&Unit>,
        findings: &mut Vec<Finding>,
    ) -> Option<Identity> {
        if self.form == Form::RollUp {
            return None;
        }
        let place = above.map(|unit| unit.code).or_else(|| self.district_claim().map(|(c, _)| c));
        for source in sources {
            for (claim, text) in self.texts(*source) {
                let mention = mentions::unknown_in(&text, self.register, self.day);
                let Some(mention) = mention.filter(|mention| mention.announced || !announced)
                else {
                    continue;
                };
                let written = self.written_at(claim, &text);
                // The more words belong to the name, the surer it is.
                let meant = mention.names().find_map(|name| {
                    let near = || {
                        let near = self.near_in_scope(&name, |unit| {
                            unit.kind == mention.kind
                                && place.is_none_or(|p| self.register.is_within(unit, p, self.day))
                        });
                        (!near.is_empty()).then_some(Meant::Near(near))
                    };
                    self.once(mention.kind, &name).map(Meant::Once).or_else(near)
                });
                let near = match meant {
                    Some(Meant::Once(then)) => {
                        findings.push(self.not_in_force(&[then], &written));
                        return Some(Identity::Unknown { could_be: Vec::new() });
                    }
                    Some(Meant::Near(near)) => Some(near),
                    None => None,
                };
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

    /// The unit of that kind and name that there was at another time, where one of now came out of it.
    fn once(&self, kind: UnitKind, bare: &str) -> Option<&Unit> {
        let others =
            self.of_other_times(NameParts { kind: Some(kind), bare, rest: None, is_plain: false });
        let is_of_then = |unit: &&Unit| unit.kind == kind && !unit.in_force_on(self.day);
        if let Some(then) = others.into_iter().find(is_of_then) {
            return Some(then);
        }
        let now = self.register.named(bare, self.day, None, None);
        let mut now = now.into_iter().filter(|unit| unit.level == kind.usual_level());
        now.find_map(|unit| once_of_kind(self.register, unit, kind, bare, self.day))
    }

    /// The units that a line of a title names without their kind and without another word.
    fn bare_line(&self, text: &str, above: Option<&Unit>) -> Vec<&Unit> {
        let named = |line: &str| {
            let parts = name_parts(line.trim());
            if parts.kind.is_some() {
                return Vec::new();
            }
            self.register.named(parts.bare, self.day, None, None)
        };
        let all: Vec<&Unit> = text.lines().flat_map(named).collect();
        let other = |unit: &&Unit| above.is_none_or(|above| above.code != unit.code);
        let all: Vec<&Unit> = all.into_iter().filter(other).collect();
        self.within(&all, above.map(|unit| unit.code).or(self.scope))
    }

    /// A name that stands alone in a title's line (`BẢO HÀ`): understood, and said (DV02).
    fn by_bare_line(
        &self,
        source: Source,
        above: Option<&Unit>,
        findings: &mut Vec<Finding>,
    ) -> Option<Identity> {
        if self.form == Form::RollUp || !matches!(source, Source::Title | Source::Cover) {
            return None;
        }
        let mut place = above;
        let mut communes = None;
        for (claim, text) in self.texts(source) {
            let units = self.bare_line(&text, place);
            match units.as_slice() {
                // The district often stands above it in the same way.
                [only] if only.level != Level::Commune => place = place.or(Some(only)),
                [_, ..] if communes.is_none() => communes = Some((claim, text, units)),
                _ => {}
            }
        }
        let (claim, text, units) = communes?;
        let units = self.within(&units, place.map(|unit| unit.code));
        let written = self.written_at(claim, &text);
        match units.as_slice() {
            [only] if only.level == Level::Commune => {
                findings.push(self.near(only, &written));
                Some(Identity::Known(only.code))
            }
            // Which of them is meant, a name of less trust may still say.
            _ => None,
        }
    }

    /// A name without its kind in the name of a sheet or of the file: understood, and said (DV02).
    fn by_bare_names(&self, above: Option<&Unit>, findings: &mut Vec<Finding>) -> Option<Identity> {
        let level = if self.form == Form::RollUp { Level::District } else { Level::Commune };
        for source in SOURCES {
            let line = matches!(source, Source::Title | Source::Cover);
            for (claim, text) in self.texts(source) {
                let found = match (line, self.form) {
                    (true, Form::RollUp) => Vec::new(),
                    (true, Form::Detail) => self.bare_line(&text, above),
                    _ => mentions::bare_in(&text, self.register, self.day, level),
                };
                let place = above.map(|unit| unit.code).or(self.scope);
                let units = self.within(&found, place);
                let mut written = self.written_at(claim, &text);
                if source == Source::FileName {
                    written.place = Place::file(self.file.clone());
                }
                match units.as_slice() {
                    [] => {}
                    // A district's name alone is the place above.
                    [only] if only.level != level => {}
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

/// DV03: the name is one unit's, the title another's.
fn name_against_title(source: Source, unit: &Unit, other: &Unit, place: Place) -> Finding {
    let message = format!(
        "Dòng tiêu đề ghi {}, còn {} là của {} ({}); không rõ báo cáo của đơn vị nào.",
        other.full_name(),
        source.label(),
        unit.full_name(),
        unit.code
    );
    Finding::new(&DV03, place, message).value(other.full_name())
}
