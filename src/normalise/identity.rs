//! Whose file it is: by code and name on the period's last day, never silently by name alone.

use super::near::{NameParts, district_in, is_near, name_parts, near_units};
use super::other_times::{bears_name, once_of_kind};
use super::said_of_names::disagree;
use super::unit_code::{among_words, is_slip};
use super::values::{folded, shown};
use crate::model::submission::FilePath;
use crate::model::text::key;
use crate::model::{Finding, Form, Level, Place, Rule, Unit, UnitCode};
use crate::open::Workbook;
use crate::recognise::{Claim, Source};
use crate::register::{Register, spelled_as};
use crate::rules::dv::{DV01, DV02, DV03};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Whose a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// This unit's.
    Known(UnitCode),
    /// One of these units', and nothing says which; the file is rejected.
    Unknown {
        /// Every unit it could be; their figures are unreadable, not missing.
        could_be: Vec<UnitCode>,
    },
}

/// What is needed to tell whose a file is.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The file.
    pub file: &'a FilePath,
    /// Its sheets, for the places of findings.
    pub workbook: &'a Workbook,
    /// What it says about itself.
    pub claims: &'a [Claim],
    /// Which form it is: a roll-up is a district's.
    pub form: Form,
    /// The register.
    pub register: &'a Register,
    /// The area that is reported on, when the user named one.
    pub scope: Option<UnitCode>,
    /// The day on which codes and names are understood: the period's last.
    pub day: NaiveDate,
}

/// One code or name as written, with its place.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) place: Place,
}

impl Question<'_> {
    /// Answers, and says what was guessed, contradicted or left open.
    pub fn answer(&self, findings: &mut Vec<Finding>) -> Identity {
        let identity = self.understood(findings);
        if let Identity::Known(code) = &identity {
            findings.extend(self.elsewhere(*code));
            findings.extend(self.file_named_otherwise(*code));
        }
        identity
    }

    fn understood(&self, findings: &mut Vec<Finding>) -> Identity {
        for source in [Source::Info, Source::Label] {
            if let Some(identity) = self.by_labels(source, findings) {
                return identity;
            }
        }
        let found = self.by_free_text(findings);
        found.unwrap_or_else(|| self.in_its_folder(findings))
    }

    /// Whether nothing that the file says of itself bears a diacritic.
    fn is_plain(&self) -> bool {
        let texts = self.claims.iter().filter(|claim| claim.source <= Source::Title);
        texts.filter_map(|claim| claim.value.as_ref()).all(|value| shown(value).is_ascii())
    }

    pub(super) fn by_labels(
        &self,
        source: Source,
        findings: &mut Vec<Finding>,
    ) -> Option<Identity> {
        if let Some(twice) = self.said_twice(source, findings) {
            return Some(twice);
        }
        let code = self.written(source, "unit_code");
        let (code, beside) = code.map_or((None, None), among_words);
        let name = self.written(source, "unit_name").or_else(|| {
            // Above a roll-up the district stands under its own label.
            let district = self.written(source, "district");
            district.filter(|_| self.form == Form::RollUp && code.is_none())
        });
        let name = name.or(beside);
        (code.is_some() || name.is_some())
            .then(|| self.by_code_and_name(code.as_ref(), name.as_ref(), findings))
    }

    /// DV02 where the district that the file names is not the one that the unit lies in.
    fn elsewhere(&self, code: UnitCode) -> Option<Finding> {
        let unit = self.register.get(code, self.day)?;
        let parent = unit.parent.and_then(|parent| self.register.get(parent, self.day));
        let own = parent.map(Unit::full_name);
        if self.written(Source::Info, "district").is_some_and(|said| Some(said.text) == own) {
            return None;
        }
        let (district, claim) = self.district_claim()?;
        if self.register.is_within(unit, district, self.day) {
            return None;
        }
        let text = folded(&shown(claim.value.as_ref()?)).into_owned();
        Some(self.near(unit, &Written { text, place: self.place(claim) }))
    }

    fn written(&self, source: Source, field: &str) -> Option<Written> {
        let claim = self.claims.iter().find(|c| c.source == source && c.field == field)?;
        let text = folded(&shown(claim.value.as_ref()?)).trim().to_owned();
        (!text.is_empty()).then(|| Written { text, place: self.place(claim) })
    }

    pub(super) fn place(&self, claim: &Claim) -> Place {
        match claim.sheet.and_then(|at| self.workbook.sheets.get(at)) {
            Some(sheet) => Place::sheet(self.file, &sheet.name, claim.cell),
            None => Place::file(self.file.clone()),
        }
    }

    fn by_code_and_name(
        &self,
        code: Option<&Written>,
        name: Option<&Written>,
        findings: &mut Vec<Finding>,
    ) -> Identity {
        if let Some(several) = self.several(code, name, findings) {
            return several;
        }
        match (code, name) {
            (Some(code), name) => match self.code(&code.text) {
                Some(unit) => match name {
                    Some(name) => self.check_name(unit, code, name, findings),
                    None => Identity::Known(unit.code),
                },
                None => self.code_not_in_force(code, name, findings),
            },
            (None, Some(name)) => self.by_name(name, findings),
            (None, None) => Identity::Unknown { could_be: Vec::new() },
        }
    }

    /// The unit of a code on the day, its leading zero restored where it was lost.
    pub(super) fn code(&self, text: &str) -> Option<&Unit> {
        UnitCode::spellings(text).into_iter().find_map(|code| self.register.get(code, self.day))
    }

    fn check_name(
        &self,
        unit: &Unit,
        code: &Written,
        name: &Written,
        findings: &mut Vec<Finding>,
    ) -> Identity {
        if name.text == unit.full_name() {
            return Identity::Known(unit.code);
        }
        let parts = name_parts(&name.text);
        let bare = parts.bare;
        let candidates = self.candidates(parts);
        // A name that is spelled as another unit's, or says another kind, is that unit's; without any
        // diacritics nothing tells the two apart.
        let bears = bears_name(unit, bare)
            && (candidates.is_empty()
                || name.text.is_ascii() && parts.kind.is_none_or(|k| k == unit.kind));
        if candidates.iter().any(|other| other.code == unit.code) || bears {
            return Identity::Known(unit.code);
        }
        // The code and the name of one unit of another time: the file is about that unit.
        let then = self.register.ever(unit.code).find(|other| bears_name(other, bare));
        if let Some(then) = then.filter(|_| candidates.is_empty()) {
            findings.push(self.not_in_force(&[then], name));
            return Identity::Unknown { could_be: Vec::new() };
        }
        if candidates.is_empty() && is_near(&key(bare), &key(unit.name.as_str())) {
            findings.push(self.near(unit, name));
            return Identity::Known(unit.code);
        }
        // The same where another unit has the name by now, and nobody can tell which of them it is.
        let then = then.filter(|then| {
            parts.kind.is_none_or(|kind| then.kind == kind)
                && (name.text.is_ascii() || spelled_as(then, bare))
        });
        findings.push(match then {
            Some(then) => self.not_in_force(&[then], name),
            None => disagree(unit, code, name),
        });
        let mut could_be: BTreeSet<UnitCode> = candidates.iter().map(|unit| unit.code).collect();
        could_be.insert(unit.code);
        Identity::Unknown { could_be: could_be.into_iter().collect() }
    }

    fn code_not_in_force(
        &self,
        code: &Written,
        name: Option<&Written>,
        findings: &mut Vec<Finding>,
    ) -> Identity {
        let once = UnitCode::spellings(&code.text)
            .into_iter()
            .find_map(|code| self.register.ever(code).last());
        if let Some(unit) = once {
            findings.push(self.not_in_force(&[unit], code));
            return Identity::Unknown { could_be: Vec::new() };
        }
        let candidates = match name {
            Some(name) => self.candidates(name_parts(&name.text)),
            // Without a name beside it the titles and the file's name may tell whose the code is.
            None => self.told_elsewhere().into_iter().collect(),
        };
        let agrees = name.is_none() || candidates.is_empty();
        let rule: &'static Rule = if agrees { &DV01 } else { &DV03 };
        let mut message =
            format!("Mã đơn vị \u{201c}{}\u{201d} không có trong danh mục.", code.text);
        if let [only] = candidates.as_slice() {
            if is_slip(&code.text, only.code) {
                message.push_str(&format!(
                    " Đã hiểu là {} ({}) theo tên đơn vị.",
                    only.full_name(),
                    only.code
                ));
                let finding = Finding::new(&DV02, code.place.clone(), message);
                findings.push(finding.value(code.text.clone()));
                return Identity::Known(only.code);
            }
            message.push_str(&format!(" Mã của {} là {}.", only.full_name(), only.code));
        }
        findings.push(Finding::new(rule, code.place.clone(), message).value(code.text.clone()));
        Identity::Unknown { could_be: candidates.iter().map(|unit| unit.code).collect() }
    }

    fn by_name(&self, name: &Written, findings: &mut Vec<Finding>) -> Identity {
        let parts = name_parts(&name.text);
        let candidates = self.candidates(parts);
        match candidates.as_slice() {
            [only] => {
                // The name of a unit elsewhere, or a slip in the name of one in the district that is told.
                let mut either = self.beside(only, parts);
                if either.is_empty() {
                    return self.of_kind(only, parts, name, findings);
                }
                either.insert(0, only);
                return self.ambiguous(&either, name, findings);
            }
            [] => {}
            many => return self.ambiguous(many, name, findings),
        }
        let others = self.of_other_times(parts);
        if !others.is_empty() {
            findings.push(self.not_in_force(&others, name));
            return Identity::Unknown { could_be: Vec::new() };
        }
        let near = self.near_to(parts);
        match near.as_slice() {
            [only] => {
                findings.push(self.near(only, name));
                Identity::Known(only.code)
            }
            [] => {
                let message = format!("Không có đơn vị nào tên \u{201c}{}\u{201d}.", name.text);
                let finding = Finding::new(&DV01, name.place.clone(), message);
                findings.push(finding.value(name.text.clone()));
                Identity::Unknown { could_be: Vec::new() }
            }
            many => self.ambiguous(many, name, findings),
        }
    }

    /// The unit of a name, whose kind may be a slip of the pen (DV02) or that of another time (DV04).
    fn of_kind(
        &self,
        unit: &Unit,
        parts: NameParts<'_>,
        name: &Written,
        findings: &mut Vec<Finding>,
    ) -> Identity {
        let Some(kind) = parts.kind.filter(|kind| *kind != unit.kind) else {
            return Identity::Known(unit.code);
        };
        if let Some(then) = once_of_kind(self.register, unit, kind, parts.bare, self.day) {
            findings.push(self.not_in_force(&[then], name));
            return Identity::Unknown { could_be: vec![unit.code] };
        }
        findings.push(self.near(unit, name));
        Identity::Known(unit.code)
    }

    /// The units of that name on the day, narrowed by kind and by the district that the file names.
    fn candidates(&self, name: NameParts<'_>) -> Vec<&Unit> {
        let is_plain = name.is_plain || name.bare.is_ascii() && self.is_plain();
        let all = self.register.named_in_text(name.bare, is_plain, self.day, None);
        let wanted = |unit: &&Unit| match self.form {
            Form::Detail => true,
            Form::RollUp => unit.level != Level::Commune,
        };
        let all: Vec<&Unit> = all.into_iter().filter(wanted).collect();
        let of_kind: Vec<&Unit> =
            all.iter().copied().filter(|u| name.kind.is_none_or(|kind| u.kind == kind)).collect();
        // A kind that fits none is a slip of the pen; the name still counts. But no district is meant by a
        // commune's name: xã Bát Xát is not what huyện Bát Xát was.
        let same_level =
            |unit: &&Unit| name.kind.is_none_or(|kind| kind.usual_level() == unit.level);
        let all =
            if of_kind.is_empty() { all.into_iter().filter(same_level).collect() } else { of_kind };
        match self.district_of(name).filter(|_| all.len() > 1) {
            Some(district) => self.within(&all, Some(district)),
            None => self.within(&all, self.scope),
        }
    }

    /// Those of the units that lie in that place, or all when none does.
    pub(super) fn within<'u>(&self, units: &[&'u Unit], place: Option<UnitCode>) -> Vec<&'u Unit> {
        let inside =
            |unit: &&Unit| place.is_none_or(|code| self.register.is_within(unit, code, self.day));
        let narrowed: Vec<&Unit> = units.iter().copied().filter(inside).collect();
        if narrowed.is_empty() { units.to_vec() } else { narrowed }
    }

    /// The units of the district that the file names with a name near to this one, where the unit of
    /// this very name lies in another.
    fn beside(&self, unit: &Unit, name: NameParts<'_>) -> Vec<&Unit> {
        let district = self.district_of(name).filter(|_| unit.level == Level::Commune);
        match district {
            Some(code) if !self.register.is_within(unit, code, self.day) => self.near_to(name),
            _ => Vec::new(),
        }
    }

    /// The district behind the name itself, or else under its own label.
    fn district_of(&self, name: NameParts<'_>) -> Option<UnitCode> {
        let behind = name.rest.and_then(|rest| district_in(self.register, self.day, rest));
        behind.or_else(|| self.district_claim().map(|(code, _)| code))
    }

    pub(super) fn district_claim(&self) -> Option<(UnitCode, &Claim)> {
        let claim = self.claims.iter().find(|claim| claim.field == "district")?;
        let text = folded(&shown(claim.value.as_ref()?)).into_owned();
        Some((district_in(self.register, self.day, &text)?, claim))
    }

    fn near_to(&self, name: NameParts<'_>) -> Vec<&Unit> {
        let district = self.district_of(name);
        self.near_in_scope(name.bare, |unit| {
            name.kind.is_none_or(|kind| unit.kind == kind)
                && (self.form == Form::Detail || unit.level != Level::Commune)
                && district.is_none_or(|code| self.register.is_within(unit, code, self.day))
        })
    }

    /// The units nearest to a name: of those in the area that is reported on, or else of all.
    pub(super) fn near_in_scope(&self, bare: &str, wanted: impl Fn(&Unit) -> bool) -> Vec<&Unit> {
        let near = |place: Option<UnitCode>| {
            near_units(self.register, self.day, bare, |unit| {
                wanted(unit)
                    && place.is_none_or(|code| self.register.is_within(unit, code, self.day))
            })
        };
        let inside = near(self.scope);
        if inside.is_empty() && self.scope.is_some() { near(None) } else { inside }
    }
}
