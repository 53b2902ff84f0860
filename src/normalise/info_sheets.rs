//! Several information sheets in one file: which is its own, and what else a label says a second time.

use super::mentions::named_in;
use super::submission::{Head, place};
use super::values::{folded, is_blank, shown};
use crate::model::submission::FilePath;
use crate::model::text::key;
use crate::model::{Finding, Period, UnitCode};
use crate::notation::period;
use crate::open::Workbook;
use crate::recognise::claims::FREE_TEXT;
use crate::recognise::{Claim, Source};
use crate::register::Register;
use crate::rules::dv::{DV03, DV05};
use crate::rules::ky::KY02;

/// What one information sheet says of whose and which quarter's the file is.
struct Stated<'a> {
    sheet: usize,
    first: &'a Claim,
    period: Option<Period>,
    code: Option<String>,
    name: Option<String>,
}

impl Stated<'_> {
    fn contradicts(&self, other: &Self) -> bool {
        let differ = |one: &Option<String>, other: &Option<String>| {
            one.as_ref().zip(other.as_ref()).is_some_and(|(one, other)| one != other)
        };
        self.period.zip(other.period).is_some_and(|(one, other)| one != other)
            || differ(&self.code, &other.code)
            || self.code.is_none() && differ(&self.name, &other.name)
    }

    fn shown(&self) -> String {
        let unit = self.name.as_ref().or(self.code.as_ref()).cloned();
        let parts = [unit, self.period.map(Period::label)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// The claims without those of information sheets left over from another report: of several that contradict each
/// other the one that the titles and names agree with is the file's own, and DV05 tells.
pub(super) fn own_info(
    (file, workbook): (&FilePath, &Workbook),
    claims: Vec<Claim>,
    asked: Option<Period>,
    findings: &mut Vec<Finding>,
) -> Vec<Claim> {
    let stated = stated(&claims);
    let Some((first, others)) = stated.split_first() else { return claims };
    if !others.iter().any(|other| other.contradicts(first)) {
        return claims;
    }
    let texts: Vec<String> = claims
        .iter()
        .filter(|claim| claim.field == FREE_TEXT)
        .filter_map(|claim| Some(folded(&shown(claim.value.as_ref()?)).into_owned()))
        .collect();
    let named: Vec<Period> = texts.iter().flat_map(|text| period::all_in(text)).collect();
    let keys: Vec<String> = texts.iter().map(|text| key(text)).collect();
    let told = |word: &Option<String>| {
        word.as_ref().is_some_and(|word| keys.iter().any(|text| text.contains(&key(word))))
    };
    let fit = |one: &Stated<'_>| {
        let period = one.period.is_some_and(|period| named.contains(&period));
        let unit = told(&one.code) || told(&one.name);
        (u32::from(period) + u32::from(unit), one.period.is_some() && one.period == asked)
    };
    // Of equals the first.
    let mut own = first;
    for other in others {
        if fit(other) > fit(own) {
            own = other;
        }
    }
    // Where nothing tells which is the file's own, both stay, and what they contradict each other in is refused.
    if stated.iter().any(|other| other.contradicts(own) && fit(other) == fit(own)) {
        return claims;
    }
    let sheet_name = |at: usize| workbook.sheets.get(at).map(|sheet| sheet.name.name.to_string());
    let mut dropped = Vec::new();
    for other in stated.iter().filter(|other| other.contradicts(own)) {
        let message = format!(
            "Tệp có hai trang thông tin khác nhau: trang \u{201c}{}\u{201d} ghi {}, trang \u{201c}{}\u{201d} ghi {}; dùng trang \u{201c}{}\u{201d}.",
            sheet_name(own.sheet).unwrap_or_default(),
            own.shown(),
            sheet_name(other.sheet).unwrap_or_default(),
            other.shown(),
            sheet_name(own.sheet).unwrap_or_default()
        );
        let finding = Finding::new(&DV05, place(file, workbook, other.first), message);
        findings.push(finding.help("Xóa trang thông tin còn để lại rồi gửi lại."));
        dropped.push(other.sheet);
    }
    let left = |claim: &Claim| {
        claim.source == Source::Info && claim.sheet.is_some_and(|at| dropped.contains(&at))
    };
    let left: Vec<bool> = claims.iter().map(left).collect();
    claims.into_iter().zip(left).filter(|(_, left)| !left).map(|(claim, _)| claim).collect()
}

/// What each information sheet says, in the workbook's order.
fn stated(claims: &[Claim]) -> Vec<Stated<'_>> {
    let mut all: Vec<Stated<'_>> = Vec::new();
    for claim in claims.iter().filter(|claim| claim.source == Source::Info) {
        let (Some(sheet), Some(value)) = (claim.sheet, claim.value.as_ref()) else { continue };
        if is_blank(value) {
            continue;
        }
        let text = folded(&shown(value)).trim().to_owned();
        let known = all.iter().position(|one| one.sheet == sheet);
        let at = known.unwrap_or_else(|| {
            all.push(Stated { sheet, first: claim, period: None, code: None, name: None });
            all.len() - 1
        });
        let Some(one) = all.get_mut(at) else { continue };
        match claim.field {
            "period" => one.period = one.period.or_else(|| period::from_label(&text)),
            "unit_code" if one.code.is_none() => {
                one.code = UnitCode::spellings(&text).first().map(ToString::to_string);
            }
            "unit_name" if one.name.is_none() => one.name = Some(text),
            _ => {}
        }
    }
    all
}

impl Head<'_> {
    /// KY02 and DV03 for labels of other sheets that name another quarter or another unit.
    pub(super) fn other_labels(&self, register: &Register) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut told = Vec::new();
        let of_head = |claim: &&Claim| ["period", "unit_code", "unit_name"].contains(&claim.field);
        for claim in self.claims.iter().filter(of_head) {
            let Some(value) = claim.value.as_ref().filter(|value| !is_blank(value)) else {
                continue;
            };
            let text = folded(&shown(value)).trim().to_owned();
            let finding = match claim.field {
                "period" => self.other_period(claim, &text),
                _ => self.other_unit(claim, &text, register),
            };
            let rule = finding.as_ref().map(|finding| (finding.rule.code, claim.sheet));
            if rule.is_some() && !told.contains(&rule) {
                told.push(rule);
                findings.extend(finding);
            }
        }
        findings
    }

    fn other_period(&self, claim: &Claim, text: &str) -> Option<Finding> {
        let other = period::from_label(text).filter(|other| *other != self.period)?;
        let message = format!(
            "Ô kỳ báo cáo ghi {}, còn nơi khác trong tệp ghi {}; số liệu được tính cho {}.",
            other.label(),
            self.period.label(),
            self.period.label()
        );
        let place = place(self.file, self.workbook, claim);
        Some(Finding::new(&KY02, place, message).value(text))
    }

    /// Where the cell names a unit that is neither the file's nor one that it lies in.
    fn other_unit(&self, claim: &Claim, text: &str, register: &Register) -> Option<Finding> {
        let day = self.period.last_day();
        let own = register.get(self.unit, day)?;
        if text == own.full_name() {
            return None;
        }
        let by_code =
            UnitCode::spellings(text).into_iter().find_map(|code| register.get(code, day));
        let named = match by_code {
            Some(unit) => vec![unit],
            None => named_in(text, register, day),
        };
        let near = |code: UnitCode| register.is_within(own, code, day);
        if named.iter().any(|unit| near(unit.code)) {
            return None;
        }
        let other = named.first()?;
        let message = format!(
            "Ô đơn vị ghi {} ({}), còn nơi khác trong tệp ghi {}; số liệu được tính cho {}.",
            other.full_name(),
            other.code,
            own.full_name(),
            own.full_name()
        );
        let place = place(self.file, self.workbook, claim);
        Some(Finding::new(&DV03, place, message).value(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::Value;

    #[test]
    fn which_of_two_information_sheets_is_the_own_one() {
        let info = |sheet: usize, unit: &str, period: &str| {
            let claim = |field, text: &str| Claim {
                source: Source::Info,
                field,
                sheet: Some(sheet),
                cell: None,
                value: Some(Value::Text(text.into())),
            };
            [claim("unit_name", unit), claim("period", period)]
        };
        let (file, workbook) = (FilePath::new("a.xlsx"), Workbook::default());
        for (first, second, name, kept, said) in [
            (
                ("Phường A", "Quý IV/2020"),
                ("Phường A", "Quý I/2021"),
                "BC Q1-2021.xlsx",
                &[1][..],
                1,
            ),
            (("Phường A", "Quý I/2021"), ("Phường A", "Quý IV/2020"), "BC Q1-2021.xlsx", &[0], 1),
            (
                ("Phường B", "Quý I/2021"),
                ("Phường A", "Quý I/2021"),
                "BC phuong A Q1-2021.xlsx",
                &[1],
                1,
            ),
            (("Phường A", "Quý I/2021"), ("Phường A", "Quý I/2021"), "BC.xlsx", &[0, 1], 0),
            (("Phường A", "Quý I/2021"), ("Phường B", "Quý I/2021"), "BC.xlsx", &[0, 1], 0),
        ] {
            let mut claims: Vec<Claim> = Vec::new();
            claims.extend(info(0, first.0, first.1));
            claims.extend(info(1, second.0, second.1));
            claims.push(crate::recognise::claims::of_file_name(name));
            let mut findings = Vec::new();
            let own = own_info((&file, &workbook), claims, None, &mut findings);
            let mut sheets: Vec<usize> = own.iter().filter_map(|claim| claim.sheet).collect();
            sheets.dedup();
            assert_eq!((sheets.as_slice(), findings.len()), (kept, said), "{first:?} {second:?}");
        }
    }
}
