//! A code or a name cell that means several units at once: a joint report, which is nobody's alone.

use super::identity::{Identity, Question, Written};
use super::listed::is_beside;
use super::values::{folded, shown};
use crate::model::{Finding, Form, Level, Unit, UnitCode};
use crate::recognise::{Claim, Source};
use crate::register::parse_unit_name;
use crate::rules::dv::{DV03, DV07};

/// Digits of a commune's code.
const CODE_DIGITS: usize = 5;

impl Question<'_> {
    /// DV07 where the cells name more than one unit; each of them is unreadable.
    pub(super) fn several(
        &self,
        code: Option<&Written>,
        name: Option<&Written>,
        findings: &mut Vec<Finding>,
    ) -> Option<Identity> {
        // Nearly every file names one unit by its code and its full name.
        let unit = code.and_then(|code| self.code(&code.text));
        if unit.zip(name).is_some_and(|(unit, name)| name.text == unit.full_name()) {
            return None;
        }
        let coded = code.map(|code| self.coded(&code.text)).filter(|units| units.len() > 1);
        let named = || name.map(|name| self.listed(&name.text)).filter(|units| units.len() > 1);
        let (units, written) = match coded {
            Some(units) => (units, code?),
            None => (named()?, name?),
        };
        let listed: Vec<String> =
            units.iter().map(|unit| format!("{} ({})", unit.full_name(), unit.code)).collect();
        let message = format!(
            "Ô đơn vị ghi \u{201c}{}\u{201d}, gồm nhiều đơn vị: {}. Mỗi báo cáo chỉ của một đơn vị.",
            written.text,
            listed.join("; ")
        );
        let finding = Finding::new(&DV07, written.place.clone(), message);
        findings.push(
            finding
                .value(written.text.clone())
                .help("Lập mỗi đơn vị một tệp, ghi một mã và một tên đơn vị, rồi gửi lại."),
        );
        let mut could_be: Vec<UnitCode> = units.iter().map(|unit| unit.code).collect();
        could_be.extend(
            code.into_iter()
                .flat_map(|code| UnitCode::spellings(&code.text))
                .filter(|code| self.register.get(*code, self.day).is_some()),
        );
        could_be.sort_unstable();
        could_be.dedup();
        Some(Identity::Unknown { could_be })
    }

    /// DV03 where the label of a code or of a name stands twice with two units that do not lie in each other.
    pub(super) fn said_twice(
        &self,
        source: Source,
        findings: &mut Vec<Finding>,
    ) -> Option<Identity> {
        let own = |field: &'static str| {
            self.claims.iter().filter(move |claim| (claim.source, claim.field) == (source, field))
        };
        let twice = |field: &&'static str| own(field).nth(1).is_some();
        for field in ["unit_code", "unit_name"].into_iter().filter(twice) {
            let mut told: Option<(&Claim, &Unit)> = None;
            for claim in own(field) {
                let Some(unit) = self.unit_of(claim) else { continue };
                let Some((first, known)) = told else {
                    told = Some((claim, unit));
                    continue;
                };
                let within =
                    |one: &Unit, other: &Unit| self.register.is_within(one, other.code, self.day);
                let apart = !within(unit, known) && !within(known, unit);
                if apart && (first.sheet == claim.sheet || source == Source::Info) {
                    let message = format!(
                        "Đơn vị ghi hai lần khác nhau: {} ({}) và {} ({}).",
                        known.full_name(),
                        known.code,
                        unit.full_name(),
                        unit.code
                    );
                    let finding = Finding::new(&DV03, self.place(claim), message);
                    findings.push(finding.value(unit.full_name()));
                    return Some(Identity::Unknown { could_be: vec![known.code, unit.code] });
                }
            }
        }
        None
    }

    /// The one unit that a code or a name with its kind means.
    fn unit_of(&self, claim: &Claim) -> Option<&Unit> {
        let text = folded(&shown(claim.value.as_ref()?)).into_owned();
        let by_code = UnitCode::spellings(&text)
            .into_iter()
            .find_map(|code| self.register.get(code, self.day));
        by_code.or_else(|| {
            let (kind, bare) = parse_unit_name(&text);
            let units = self.register.named(bare, self.day, Some(kind?), None);
            match self.within(&units, self.scope).as_slice() {
                [only] => Some(*only),
                _ => None,
            }
        })
    }

    /// The units whose codes stand in a cell.
    fn coded(&self, text: &str) -> Vec<&Unit> {
        let digits = text.split(|c: char| !c.is_ascii_digit());
        let codes = digits.filter(|run| run.len() == CODE_DIGITS).filter_map(UnitCode::parse);
        let mut units: Vec<&Unit> =
            codes.filter_map(|code| self.register.get(code, self.day)).collect();
        units.sort_by_key(|unit| unit.code);
        units.dedup_by_key(|unit| unit.code);
        units
    }

    /// The units that a name lists beside each other; what stands in brackets explains a name.
    fn listed(&self, text: &str) -> Vec<&Unit> {
        let text = text.split('(').next().unwrap_or_default();
        let text =
            text.replace(" và ", ",").replace(" Và ", ",").replace(" VÀ ", ",").replace(" - ", ",");
        let level = |unit: &&Unit| (self.form == Form::RollUp) == (unit.level != Level::Commune);
        let mut listed: Vec<&Unit> = Vec::new();
        for part in text.split([',', ';', '+', '&', '/', '\n']) {
            let (kind, bare) = parse_unit_name(part.trim());
            let mut units = self.register.named(bare, self.day, kind, None);
            units.retain(level);
            let units = self.within(&units, self.scope);
            match listed.first() {
                None if units.len() == 1 => listed.extend(units),
                None => {}
                Some(first) => {
                    let told = kind.is_some();
                    let other = units.iter().find(|unit| {
                        unit.code != first.code && (told || is_beside(unit, first, self.register))
                    });
                    listed.extend(other);
                }
            }
        }
        listed
    }
}
