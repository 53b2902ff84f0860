//! A workbook that somebody compiled has a sheet for each of several units: whose each of them is.

use super::identity::{Identity, Question};
use super::stated::stated_period;
use super::submission::Terms;
use crate::model::submission::{FilePath, SheetName};
use crate::model::{Finding, Form, Level, Place, Severity, UnitCode};
use crate::open::Workbook;
use crate::recognise::{AlikeSheet, Claim, Recognised, Source, TableId};
use crate::register::Register;
use crate::rules::dv::DV05;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Whose a sheet is by what it says itself.
#[derive(Debug)]
pub struct SheetOwner {
    /// The sheets, by their places among the workbook's sheets.
    pub sheets: BTreeSet<usize>,
    /// The first of them.
    name: SheetName,
    /// The unit, or why none is known.
    pub(super) identity: Identity,
    /// What was said about its name.
    pub(super) findings: Vec<Finding>,
}

impl SheetOwner {
    /// What is said of each such sheet, so that whoever reads the figures knows who sent them.
    pub(super) fn said(
        &self,
        file: &FilePath,
        register: &Register,
        day: Option<NaiveDate>,
    ) -> Finding {
        let name = &self.name;
        let unit = self.unit().zip(day).and_then(|(code, day)| register.get(code, day));
        let whose = match unit {
            Some(unit) => format!("đọc là báo cáo của {} ({})", unit.full_name(), unit.code),
            None => "không rõ của đơn vị nào, không tính".to_owned(),
        };
        let message = format!(
            "Một tệp có biểu của nhiều đơn vị: trang \u{201c}{}\u{201d} {whose}.",
            name.name
        );
        let finding = Finding::new(&DV05, Place::sheet(file, name, None), message);
        let severity = if unit.is_some() { Severity::Info } else { Severity::Error };
        finding.with_severity(severity).help("Mỗi đơn vị nên gửi một tệp riêng.")
    }

    /// The unit, when it is known.
    pub const fn unit(&self) -> Option<UnitCode> {
        match self.identity {
            Identity::Known(unit) => Some(unit),
            Identity::Unknown { .. } => None,
        }
    }
}

/// Whose the sheets with tables of one kind are, where they name several units and the workbook as a
/// whole is no commune's: in a commune's own file a sheet with another name is left over from elsewhere.
/// Empty where the workbook is of one unit.
pub fn sheet_owners(
    file: &FilePath,
    workbook: &Workbook,
    recognised: &Recognised,
    terms: Terms<'_>,
) -> Vec<SheetOwner> {
    let alike = &recognised.alike;
    if alike.is_empty() {
        return Vec::new();
    }
    let about = (&recognised.claims[..], &recognised.tables[..]);
    let stated = stated_period(file, workbook, about, &mut Vec::new());
    let Some(period) = stated.or(terms.asked) else { return Vec::new() };
    let on_their_own = |claim: &&Claim| {
        let of = |one: &AlikeSheet| claim.sheet == Some(one.sheet) || claim.sheet == one.info;
        claim.sheet.is_none() || !alike.iter().any(of)
    };
    let whole: Vec<Claim> = recognised.claims.iter().filter(on_their_own).cloned().collect();
    let question = |claims, form, scope| Question {
        file,
        workbook,
        claims,
        form,
        register: terms.register,
        scope,
        day: period.last_day(),
    };
    let sender = question(&whole, Form::Detail, terms.scope).answer(&mut Vec::new());
    let sender = match sender {
        Identity::Known(unit) => terms.register.get(unit, period.last_day()),
        Identity::Unknown { .. } => None,
    };
    let commune = sender.filter(|unit| unit.level == Level::Commune).map(|unit| unit.code);
    let is_said = whole.iter().any(|claim| claim.source == Source::Info);
    if commune.is_some() && is_said {
        return Vec::new();
    }
    let scope = sender.filter(|_| commune.is_none()).map(|unit| unit.code).or(terms.scope);
    let mut owners: Vec<SheetOwner> = Vec::new();
    for one in alike {
        let form = if one.id == TableId::RollUp { Form::RollUp } else { Form::Detail };
        let mut findings = Vec::new();
        let identity = question(&one.claims, form, scope).answer(&mut findings);
        let same = |owner: &&mut SheetOwner| {
            matches!(identity, Identity::Known(_)) && owner.identity == identity
        };
        if let Some(owner) = owners.iter_mut().find(same) {
            owner.sheets.extend(std::iter::once(one.sheet).chain(one.info));
            owner.findings.extend(findings);
        } else {
            let sheets = std::iter::once(one.sheet).chain(one.info).collect();
            let name = workbook.sheets.get(one.sheet).map(|sheet| sheet.name.clone());
            owners.push(SheetOwner { sheets, name: name.unwrap_or_default(), identity, findings });
        }
    }
    let units = || owners.iter().filter_map(SheetOwner::unit);
    let one_of_them = commune.is_some_and(|sender| units().any(|unit| unit == sender));
    if units().count() > 1 && !one_of_them { owners } else { Vec::new() }
}
