//! One recognised workbook becomes one typed submission, or a rejection that says whose it could be.

use super::chair::Home;
use super::codes::Codes;
use super::identity::{Identity, Question};
use super::info_sheets::own_info;
use super::none_held::Book;
use super::other_figures::OtherFigures;
use super::reader;
use super::row_codes::row_codes;
use super::sheet_owner::SheetOwner;
use super::stated::{stated_days, stated_period};
use super::values::{folded, is_blank, shown};
use super::{detail, rollup};
use crate::model::submission::{Body, Detail, FilePath, SheetName, Submission, Table};
use crate::model::{Field, Finding, Form, Level, Period, Place, RollUp, Text, UnitCode};
use crate::notation::version;
use crate::open::{Value, Workbook};
use crate::recognise::claims::{FREE_TEXT, SIGNED};
use crate::recognise::{Claim, Forms, FoundTable, Recognised, Source, TableId};
use crate::register::Register;
use crate::rules::dl::DL03;

/// The tables of names that a submission is understood by.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// The forms.
    pub forms: &'a Forms,
    /// The code lists.
    pub codes: &'a Codes,
    /// The register of units.
    pub register: &'a Register,
    /// The quarter asked for, when the user named one: the day on which units are understood in a
    /// file that states no quarter of its own.
    pub asked: Option<Period>,
    /// The area that is reported on, when the user named one: of units of one name those in it are meant.
    pub scope: Option<UnitCode>,
}

/// A file that cannot be used.
#[derive(Debug, Clone, Default)]
pub struct Rejection {
    /// Every unit it could be; their figures are unreadable, not missing.
    pub could_be: Vec<UnitCode>,
    /// The quarter it states, when it states one.
    pub period: Option<Period>,
}

/// A file after reading: what it says, or why it cannot be used, and all findings on the way.
#[derive(Debug)]
pub struct Normalised {
    /// Which form it holds.
    pub form: Option<Form>,
    /// The typed submission, or the rejection.
    pub outcome: Result<Submission, Rejection>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// Types a recognised workbook.
pub fn normalise(
    file: &FilePath,
    workbook: &Workbook,
    mut recognised: Recognised,
    terms: Terms<'_>,
) -> Normalised {
    recognised.claims = own_info(
        (file, workbook),
        std::mem::take(&mut recognised.claims),
        terms.asked,
        &mut recognised.findings,
    );
    let about = (&recognised.claims[..], &recognised.tables[..]);
    let stated = stated_period(file, workbook, about, &mut recognised.findings);
    let understood = stated.or(terms.asked);
    let identity = match understood {
        Some(period) => Question {
            file,
            workbook,
            claims: &recognised.claims,
            form: recognised.form.unwrap_or(Form::Detail),
            register: terms.register,
            scope: terms.scope,
            day: period.last_day(),
        }
        .answer(&mut recognised.findings),
        None => Identity::Unknown { could_be: Vec::new() },
    };
    typed((file, workbook), recognised, stated, identity, terms)
}

/// Types the sheets of one unit out of a workbook that somebody compiled for several.
pub fn normalise_sheets(
    file: &FilePath,
    workbook: &Workbook,
    mut recognised: Recognised,
    owner: SheetOwner,
    terms: Terms<'_>,
) -> Normalised {
    let about = (&recognised.claims[..], &recognised.tables[..]);
    let stated = stated_period(file, workbook, about, &mut recognised.findings);
    let day = stated.or(terms.asked).map(Period::last_day);
    recognised.findings.push(owner.said(file, terms.register, day));
    recognised.findings.extend(owner.findings);
    typed((file, workbook), recognised, stated, owner.identity, terms)
}

/// Types what is of a known quarter and a known unit, and rejects the rest.
fn typed(
    (file, workbook): (&FilePath, &Workbook),
    recognised: Recognised,
    stated: Option<Period>,
    identity: Identity,
    terms: Terms<'_>,
) -> Normalised {
    let Recognised { form, tables, mut claims, mut findings, .. } = recognised;
    if let (Some(Form::Detail), Some(period)) = (form, stated) {
        let (none, cautions) = (&terms.forms.none, &terms.codes.cautions);
        let book = Book { file, workbook, tables: &tables, none, cautions };
        let reason = book.reason_in_table(&claims, period, &mut findings);
        claims.splice(..0, reason);
    }
    let (unit, could_be) = match identity {
        Identity::Known(unit) => (Some(unit), vec![unit]),
        Identity::Unknown { could_be } => (None, could_be),
    };
    let outcome = match (form, unit, stated) {
        (Some(form), _, _) if is_torn(form, &tables, &claims) => {
            Err(Rejection { could_be, period: stated })
        }
        (Some(form), Some(unit), Some(period)) => {
            let known = terms.register.get(unit, period.last_day());
            let (level, unit_name) = known.map(|unit| (unit.level, unit.name.clone())).unzip();
            let head = Head { file, workbook, claims: &claims, unit, level, unit_name, period };
            Ok(head.submission(form, &tables, terms, &mut findings))
        }
        _ => Err(Rejection { could_be, period: stated }),
    };
    for finding in &mut findings {
        finding.unit = unit;
    }
    Normalised { form, outcome, findings }
}

/// Whether the table that the form stands on holds no row that could be read although it is not the
/// blank form: columns are lost, or what stands there could not be told. That is no empty report.
fn is_torn(form: Form, tables: &[FoundTable], claims: &[Claim]) -> bool {
    let id = match form {
        Form::Detail => TableId::Meetings,
        Form::RollUp => TableId::RollUp,
    };
    let torn = |table: &FoundTable| {
        table.rows.data.is_empty()
            && !(table.columns.lost.is_empty()
                && table.rows.unclear.is_empty()
                && table.rows.beside.is_empty())
    };
    tables.iter().any(|table| table.id == id && torn(table))
        && labelled(claims, "no_meeting_reason").is_none()
}

pub(super) fn labelled<'a>(
    claims: impl IntoIterator<Item = &'a Claim>,
    field: &str,
) -> Option<(&'a Claim, &'a Value)> {
    claims.into_iter().filter(|claim| claim.field == field).find_map(|claim| {
        let value = claim.value.as_ref().filter(|value| !is_blank(value))?;
        Some((claim, value))
    })
}

pub(super) fn place(file: &FilePath, workbook: &Workbook, claim: &Claim) -> Place {
    match claim.sheet.and_then(|at| workbook.sheets.get(at)) {
        Some(sheet) => Place::sheet(file, &sheet.name, claim.cell),
        None => Place::file(file.clone()),
    }
}

/// What is known of a file before its rows are read.
pub(super) struct Head<'a> {
    pub(super) file: &'a FilePath,
    pub(super) workbook: &'a Workbook,
    pub(super) claims: &'a [Claim],
    pub(super) unit: UnitCode,
    pub(super) level: Option<Level>,
    /// The unit's bare name.
    pub(super) unit_name: Option<Text>,
    pub(super) period: Period,
}

impl Head<'_> {
    fn submission(
        &self,
        form: Form,
        tables: &[FoundTable],
        terms: Terms<'_>,
        findings: &mut Vec<Finding>,
    ) -> Submission {
        let body = match form {
            Form::Detail => Body::Detail(Box::new(self.detail(tables, terms, findings))),
            Form::RollUp => Body::RollUp(self.rollup(tables, terms, findings)),
        };
        findings.extend(self.reserved_period(&terms.codes.cautions));
        findings.extend(self.other_figures(tables, terms, &body));
        findings.extend(self.other_labels(terms.register));
        Submission {
            file: self.file.clone(),
            unit: self.unit,
            period: self.period,
            days: stated_days(self.file, self.workbook, (self.claims, tables)),
            head: self.head(),
            report_no: self.text("report_no"),
            report_date: self.report_date(&body, findings),
            head_sheet: self.head_sheet(),
            version: self.version(),
            body,
        }
    }

    /// What lines, titles and notes say against the rows that were read.
    fn other_figures(&self, tables: &[FoundTable], terms: Terms<'_>, body: &Body) -> Vec<Finding> {
        let unit = terms.register.get(self.unit, self.period.last_day());
        let Some(unit) = unit else { return Vec::new() };
        let of_table = |table| {
            let beside = OtherFigures {
                source: self.source(table, terms.register)?,
                table,
                label: table.id.label(),
                own_name: &terms.forms.table(table.id)?.sheet,
                unit,
                period: self.period,
                register: terms.register,
                cautions: &terms.codes.cautions,
                codes: row_codes(table.id, body),
            };
            Some(beside.findings(self.claims))
        };
        tables.iter().filter_map(of_table).flatten().collect()
    }

    /// Which version its titles and the head of its report say it is.
    fn version(&self) -> u32 {
        let says = |claim: &&Claim| {
            let title = matches!(claim.source, Source::Title | Source::Cover);
            title && claim.field == FREE_TEXT || ["report_no", "period"].contains(&claim.field)
        };
        let texts = self.claims.iter().filter(says).filter_map(|claim| claim.value.as_ref());
        texts.map(|value| version::of_title(&folded(&shown(value)))).max().unwrap_or(version::FIRST)
    }

    fn source<'b>(
        &'b self,
        table: &FoundTable,
        register: &'b Register,
    ) -> Option<reader::Source<'b>> {
        let sheet = self.workbook.sheets.get(table.sheet)?;
        let year = Some(self.period.year());
        let home = Home { register, unit: self.unit, day: self.period.last_day() };
        Some(reader::Source { file: self.file, sheet, year, level: self.level, home })
    }

    /// Reads the table of that kind with the reader for its rows.
    fn table<R>(
        &self,
        id: TableId,
        tables: &[FoundTable],
        terms: Terms<'_>,
        read: impl FnOnce(
            reader::Source<'_>,
            &FoundTable,
            &crate::recognise::forms::TableForm,
        ) -> Table<R>,
    ) -> Option<Table<R>> {
        let table = tables.iter().find(|table| table.id == id)?;
        Some(read(self.source(table, terms.register)?, table, terms.forms.table(id)?))
    }

    fn detail(
        &self,
        tables: &[FoundTable],
        terms: Terms<'_>,
        findings: &mut Vec<Finding>,
    ) -> Detail {
        let codes = terms.codes;
        let meetings = self.table(TableId::Meetings, tables, terms, |source, table, form| {
            detail::meetings(source, table, form, codes, findings)
        });
        let petitions = self.table(TableId::Petitions, tables, terms, |source, table, form| {
            detail::petitions(source, table, form, codes, findings)
        });
        let mut of_carried = Vec::new();
        let carried = self.table(TableId::Carried, tables, terms, |source, table, form| {
            detail::carried(source, table, form, codes, &mut of_carried)
        });
        let detail = Detail {
            meetings: meetings.unwrap_or_default(),
            petitions,
            carried,
            no_meeting_reason: self.reason(terms, findings),
        };
        if detail.is_untouched() {
            // What the office filled in beforehand waits for its outcomes: that is no fault yet.
            of_carried.retain(|finding: &Finding| finding.rule.code != DL03.code);
        }
        findings.extend(of_carried);
        findings.extend(self.reason_beside_meetings(&detail, &codes.cautions));
        if detail.meetings.rows.is_empty() && detail.no_meeting_reason.given().is_none() {
            let sheet = &detail.meetings.sheet;
            let place = Place::sheet(self.file, sheet, Some(detail.meetings.anchor));
            let message = "Biểu 1 chưa nhập: không có cuộc nào và không ghi lý do không tổ chức.";
            findings.push(Finding::new(&DL03, place, message).help(
                "Nhập các cuộc đã tổ chức vào Biểu 1, hoặc ghi \u{201c}Lý do không tổ chức\u{201d} ở trang Thông tin.",
            ));
        }
        detail
    }

    fn rollup(
        &self,
        tables: &[FoundTable],
        terms: Terms<'_>,
        findings: &mut Vec<Finding>,
    ) -> RollUp {
        let day = self.period.last_day();
        let table = self.table(TableId::RollUp, tables, terms, |source, table, form| {
            rollup::rows(source, table, form, (terms.register, day, self.unit), findings)
        });
        table.unwrap_or_default()
    }

    /// The one sheet in which the texts about the whole report stand.
    fn head(&self) -> Option<SheetName> {
        let mut sheets = ["report_no", "no_meeting_reason"]
            .into_iter()
            .filter_map(|field| labelled(self.claims, field)?.0.sheet);
        let first = sheets.next()?;
        let sheet = self.workbook.sheets.get(first).filter(|_| sheets.all(|at| at == first));
        sheet.map(|sheet| sheet.name.clone())
    }

    fn head_sheet(&self) -> Option<SheetName> {
        let mut fields = ["report_no", "report_date"].into_iter();
        let labelled = fields.find_map(|field| labelled(self.claims, field));
        let signed = || self.claims.iter().find(|claim| claim.field == SIGNED);
        let claim = labelled.map(|(claim, _)| claim).or_else(signed)?;
        Some(self.workbook.sheets.get(claim.sheet?)?.name.clone())
    }

    pub(super) fn text(&self, field: &str) -> Field<Text> {
        let Some((claim, value)) = labelled(self.claims, field) else { return Field::absent() };
        match (claim.cell, Text::new(&shown(value))) {
            (Some(cell), Some(text)) => Field::new(cell, text),
            _ => Field::absent(),
        }
    }
}
