//! Sheets in old encodings (bảng mã cũ), brought back cell by cell, short cells on the evidence of those around them
//! and of the other sheets of their file. What looks old and cannot be told stays, and is named.
//!
//! Fonts (`.VnTime`, `VNI-Times`) are no evidence here. Only `.xlsx` styles name them where a reader gets at them, and real
//! files carry such fonts on a tenth of their legacy cells and on Unicode cells as well. What they could add is small:
//! in a file with two cells that prove an encoding all 600 phrases of `tests/legacy` come back without them, and alone
//! nine of ten do. What they would risk is a right text converted, which must never happen.

use super::grid::{Cell, Row, Sheet, Value, Workbook};
use crate::model::submission::FilePath;
use crate::model::{CellRef, Finding, Place};
use crate::notation::legacy::{
    Encoding, Reading, Settled, Settlement, guess, is_suspicious, is_unicode, judge, settle,
};
use crate::rules::tep::TEP07;
use memchr::memchr2;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Cells that must prove an encoding by themselves before short ones may follow them.
const PROOFS: usize = 2;
/// Words that were brought back in one cell with which it proves as much as two.
const MANY_WORDS: usize = 4;
/// Cells of one sheet that may be in an old encoding and are named one by one; the rest is counted.
const MOST_DOUBTFUL: usize = 20;

/// What was brought back in one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// From which encoding.
    pub encoding: Encoding,
    /// How many cells.
    pub cells: usize,
    /// The first of them.
    pub first: CellRef,
}

/// Brings the text of every sheet to composed Unicode; one TEP07 for each sheet and encoding, and one for each cell
/// that may be old and could not be told.
pub fn repair_workbook(file: &FilePath, workbook: &mut Workbook) -> Vec<Finding> {
    let mut judged = Vec::with_capacity(workbook.sheets.len());
    let mut proofs = BTreeMap::new();
    for sheet in &mut workbook.sheets {
        drop_unseen(sheet);
        let name = readable_name(sheet);
        let pass = Pass::of(sheet);
        pass.proofs.iter().for_each(|(reading, n)| *proofs.entry(*reading).or_default() += n);
        judged.push((name, pass));
    }
    let elsewhere = proven(&proofs);
    let mut findings = Vec::new();
    for (sheet, (name, mut pass)) in workbook.sheets.iter_mut().zip(judged) {
        pass.settle(sheet, &elsewhere);
        for Repaired { encoding, cells, first } in pass.repaired() {
            let message = format!(
                "{} ô của trang “{}” ghi bằng bảng mã {}; đã chuyển về Unicode dựng sẵn.",
                crate::model::count::grouped(u64::try_from(cells).unwrap_or(u64::MAX)),
                sheet.name.name,
                encoding.label()
            );
            let place = Place::sheet(file, &sheet.name, Some(first));
            findings.push(Finding::new(&TEP07, place, message));
        }
        findings.extend(pass.doubtful(file, sheet));
        if let Some(name) = name {
            let message = format!(
                "Tên trang “{}” ghi bằng bảng mã cũ; đã hiểu là “{name}”.",
                sheet.name.name
            );
            findings.push(Finding::new(&TEP07, Place::sheet(file, &sheet.name, None), message));
            sheet.name.name = name.into();
        }
    }
    findings
}

/// Takes away what has no width and no meaning: word processors and web pages put it between letters. (The soft
/// hyphen stays: it is a letter of TCVN3.)
fn drop_unseen(sheet: &mut Sheet) {
    let unseen = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    // The first bytes of these characters, so that most texts are passed over quickly.
    let may_be = |text: &str| memchr2(0xE2, 0xEF, text.as_bytes()).is_some();
    for (_, text) in texts(sheet).filter(|(_, text)| may_be(text) && text.contains(unseen)) {
        *text = text.replace(unseen, "").into();
    }
}

/// The sheet's name in composed Unicode, when it is in an old encoding: on its own evidence or, being
/// short, on that of the cells.
fn readable_name(sheet: &Sheet) -> Option<SmolStr> {
    if !is_suspicious(&sheet.name.name) {
        return None;
    }
    let mut with_name = sheet.clone();
    let index = sheet.rows.last().map_or(0, |row| row.index.saturating_add(1));
    let value = Value::Text(sheet.name.name.as_ref().into());
    with_name.rows.push(Row {
        index,
        cells: vec![Cell { col: 0, value, computed: false }],
        ..Row::default()
    });
    repair_sheet(&mut with_name);
    let read = with_name.rows.pop()?.cells.pop()?.value;
    match read {
        Value::Text(read) if !read.chars().eq(sheet.name.name.nfc()) => Some(read),
        _ => None,
    }
}

/// Brings the text of one sheet to composed Unicode and tells from which encodings, in their order.
pub fn repair_sheet(sheet: &mut Sheet) -> Vec<Repaired> {
    let mut pass = Pass::of(sheet);
    pass.settle(sheet, &[]);
    pass.repaired()
}

/// The readings that so many cells prove, the most frequent first.
fn proven(proofs: &BTreeMap<Reading, usize>) -> Vec<Reading> {
    let mut proven: Vec<_> = proofs.iter().filter(|(_, proofs)| **proofs >= PROOFS).collect();
    proven.sort_by_key(|(reading, proofs)| (std::cmp::Reverse(**proofs), **reading));
    proven.into_iter().map(|(reading, _)| *reading).collect()
}

fn texts(sheet: &mut Sheet) -> impl Iterator<Item = (CellRef, &mut SmolStr)> {
    sheet.rows.iter_mut().flat_map(|row| {
        let index = row.index;
        row.cells.iter_mut().filter_map(move |cell| match &mut cell.value {
            Value::Text(text) if !text.is_ascii() => Some((CellRef::new(index, cell.col), text)),
            _ => None,
        })
    })
}

/// What a cell has turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Brought back by that reading.
    Turned(Reading),
    /// Only composed.
    Composed,
    /// As it was, with words that only Unicode writes.
    Unicode,
    /// As it was, and still open.
    Open,
}

/// How much around a cell was old, and how much was Unicode all along.
#[derive(Debug, Default, Clone, Copy)]
struct Around {
    old: usize,
    unicode: usize,
}

#[derive(Debug, Default)]
struct Pass {
    states: BTreeMap<CellRef, State>,
    /// What the cells prove by themselves.
    proofs: BTreeMap<Reading, usize>,
}

impl Pass {
    /// Every cell on its own evidence; nothing is looked at where nothing is suspicious.
    fn of(sheet: &mut Sheet) -> Self {
        let mut pass = Self::default();
        if !texts(sheet).any(|(_, text)| is_suspicious(text)) {
            return pass;
        }
        for (at, text) in texts(sheet) {
            let state = match judge(text) {
                Some((None, turned)) => {
                    *text = turned.into();
                    State::Composed
                }
                Some((Some(reading), turned)) => {
                    let words = text.split_whitespace().zip(turned.split_whitespace());
                    let many = words.filter(|(old, new)| old != new).count() >= MANY_WORDS;
                    *pass.proofs.entry(reading).or_default() += 1 + usize::from(many);
                    *text = turned.into();
                    State::Turned(reading)
                }
                None if is_unicode(text) => State::Unicode,
                None => State::Open,
            };
            pass.states.insert(at, state);
        }
        pass
    }

    /// The cells that prove nothing: on the evidence of their sheet and, where they are no Vietnamese as they stand,
    /// of the other sheets of their file.
    fn settle(&mut self, sheet: &mut Sheet, elsewhere: &[Reading]) {
        if self.states.is_empty() {
            return;
        }
        let own = proven(&self.proofs);
        self.settle_the_sure(sheet, &own, |_| true);
        for reading in &own {
            self.settle_by_neighbours(sheet, *reading);
        }
        self.settle_the_sure(sheet, elsewhere, is_suspicious);
    }

    /// Cells that look old and were left as they are: nothing around them says what they are.
    fn doubtful(&self, file: &FilePath, sheet: &mut Sheet) -> Vec<Finding> {
        if self.states.is_empty() {
            return Vec::new();
        }
        let name = sheet.name.clone();
        let place = |at| Place::sheet(file, &name, Some(at));
        let open = |at| matches!(self.states.get(&at), Some(State::Open | State::Unicode));
        let left = texts(sheet).filter(|(at, text)| open(*at) && is_suspicious(text));
        let mut doubtful = left.filter_map(|(at, text)| Some((at, &*text, guess(text)?)));
        let mut findings: Vec<Finding> = Vec::new();
        for (at, text, (encoding, read)) in doubtful.by_ref().take(MOST_DOUBTFUL) {
            let message = format!(
                "Ô ghi “{text}”, có thể là bảng mã {} (đọc là “{read}”) nhưng không đủ căn cứ để chuyển; giữ nguyên.",
                encoding.label()
            );
            let finding = Finding::new(&TEP07, place(at), message).value(&**text);
            findings.push(finding.help("Nếu đúng như vậy thì gõ lại ô này bằng bảng mã Unicode."));
        }
        if let Some((at, ..)) = doubtful.next() {
            let rest = doubtful.count() + 1;
            let message = format!("Còn {rest} ô khác như vậy, giữ nguyên.");
            findings.push(Finding::new(&TEP07, place(at), message));
        }
        findings
    }

    /// Cells that are no Vietnamese as they stand, and are in a proven reading; of several, the one
    /// that gives the most frequent words.
    fn settle_the_sure(
        &mut self,
        sheet: &mut Sheet,
        proven: &[Reading],
        may: impl Fn(&str) -> bool,
    ) {
        for (at, text) in texts(sheet) {
            let Some(state) = self.states.get_mut(&at) else { continue };
            if !matches!(state, State::Open | State::Unicode) || !may(text) {
                continue;
            }
            let sure = proven.iter().filter_map(|reading| match settle(text, *reading) {
                Settled::Sure(settlement) => Some((settlement, *reading)),
                Settled::No | Settled::Lean(_) => None,
            });
            let mut sure: Vec<_> = sure.collect();
            sure.sort_by_key(|(settlement, _)| std::cmp::Reverse(settlement.gain));
            let mut ranked = sure.into_iter();
            let Some((best, reading)) = ranked.next() else { continue };
            if ranked.any(|(other, _)| other.gain == best.gain && other.text != best.text) {
                continue;
            }
            *text = best.text.into();
            *state = State::Turned(reading);
        }
    }

    /// Cells that read both ways follow their row, else their column, else the sheet.
    fn settle_by_neighbours(&mut self, sheet: &mut Sheet, reading: Reading) {
        let (mut rows, mut cols) = (BTreeMap::<u32, Around>::new(), BTreeMap::<u32, Around>::new());
        let mut all = Around::default();
        for (at, state) in &self.states {
            for around in
                [rows.entry(at.row).or_default(), cols.entry(at.col).or_default(), &mut all]
            {
                around.old += usize::from(*state == State::Turned(reading));
                around.unicode += usize::from(matches!(state, State::Unicode | State::Composed));
            }
        }
        for (at, text) in texts(sheet) {
            let Some(state) = self.states.get_mut(&at).filter(|state| **state == State::Open)
            else {
                continue;
            };
            let Settled::Lean(Settlement { gain, text: turned }) = settle(text, reading) else {
                continue;
            };
            let near = [rows.get(&at.row), cols.get(&at.col), Some(&all)];
            let near = near.into_iter().flatten().find(|near| near.old + near.unicode > 0);
            let follows = near.is_some_and(|near| match (near.old, near.unicode) {
                (0, _) => false,
                (_, 0) => gain >= 0,
                _ => gain > 0,
            });
            if follows {
                *text = turned.into();
                *state = State::Turned(reading);
            }
        }
    }

    fn repaired(&self) -> Vec<Repaired> {
        let mut repaired: BTreeMap<Encoding, Repaired> = BTreeMap::new();
        for (&first, state) in &self.states {
            let encoding = match state {
                State::Turned(reading) => reading.encoding,
                State::Composed => Encoding::Decomposed,
                State::Unicode | State::Open => continue,
            };
            let fresh = Repaired { encoding, cells: 0, first };
            repaired.entry(encoding).or_insert(fresh).cells += 1;
        }
        repaired.into_values().collect()
    }
}
