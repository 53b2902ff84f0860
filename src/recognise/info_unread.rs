//! Rows of the information sheet under a label that is not known: what stands there is named, not lost unsaid (BM03).

use super::claims::has_label;
use super::forms::Forms;
use super::row_cells::{is_empty, is_row_number};
use crate::model::submission::FilePath;
use crate::model::text::key;
use crate::model::{CellRef, Finding, Place, Severity};
use crate::notation::date::{self, DateReading};
use crate::notation::period;
use crate::open::{Cell, Row, Sheet, Value};
use crate::rules::bm::BM03;

/// Rows of an information sheet that are looked through.
const MOST_ROWS: usize = 60;
/// Labels of one sheet that are named.
const MOST_NAMED: usize = 12;
/// Characters of the longest label.
const LONGEST_LABEL: usize = 60;
/// How alike a label must be to a known one for that one to be named (0 to 1).
const NEAR: f64 = 0.80;
/// How the state's and the Party's names over a letter begin: no value of the unit.
const LETTERHEADS: [&str; 3] = ["conghoaxahoi", "dangcongsan", "doclap"];

impl Forms {
    /// Whether a label is known to be of no use to the report: `Email`, `Địa chỉ`.
    fn is_other_label(&self, label_key: &str) -> bool {
        self.other_labels.contains(label_key)
    }

    /// The known label that is most like those words, as the form writes it; none when none is like them.
    fn nearest_label(&self, label_key: &str) -> Option<&str> {
        let likeness = |name: &str| strsim::jaro_winkler(name, label_key);
        let all = self.label_keys.iter().map(|(name, field)| (likeness(name), *field));
        let (likeness, field) = all.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))?;
        let label = self.labels.iter().find(|label| label.field == field)?;
        (likeness >= NEAR).then_some(label.label.as_str())
    }
}

/// A label that nobody understands, and what stands beside it.
struct Unread<'a> {
    col: u32,
    label: &'a str,
    value: &'a Cell,
    /// What stands there instead of the cell's whole text, behind the label's colon.
    rest: Option<&'a str>,
}

/// What is to be said of one information sheet.
pub(super) fn unread_labels(file: &FilePath, sheet: &Sheet, forms: &Forms) -> Vec<Finding> {
    let rows = sheet.rows.get(..sheet.rows.len().min(MOST_ROWS)).unwrap_or_default();
    // The unit's data stand together; what is apart from them is a letterhead or a signature.
    let blocks = rows.chunk_by(|one, next| next.index - one.index <= 1);
    let unread = blocks.flat_map(|block| {
        let own = block.iter().any(|row| has_label(row, forms));
        // Values stand in the row below labels that stand side by side.
        let below = |at: usize| {
            at.checked_sub(1).and_then(|above| block.get(above)).is_some_and(|above| {
                above.cells.len() > 1 && above.cells.iter().all(|cell| is_label(cell, forms))
            })
        };
        let rows = block.iter().enumerate().filter(move |(at, _)| !below(*at));
        let rows = rows.filter_map(|(_, row)| Some((row, unread(row, forms)?)));
        rows.filter_map(move |(row, unread)| {
            let weighs = weighs(&unread, forms);
            let near = forms.nearest_label(&key(unread.label));
            let said = weighs || near.is_some() || own && unread.rest.is_none();
            said.then(|| finding((file, sheet, row), &unread, (weighs, near)))
        })
    });
    unread.take(MOST_NAMED).collect()
}

/// The row's label and value, where neither is known and nothing else stands there.
fn unread<'a>(row: &'a Row, forms: &Forms) -> Option<Unread<'a>> {
    let colon = |cell: &&Cell| matches!(&cell.value, Value::Text(text) if text.trim() == ":");
    let filled = || row.cells.iter().filter(|cell| !is_empty(cell) && !colon(cell));
    if has_label(row, forms) {
        return None;
    }
    let numbered = filled().count() > 2 && filled().next().is_some_and(is_row_number);
    let mut cells = filled().skip(usize::from(numbered));
    let first = cells.next()?;
    let Value::Text(text) = &first.value else { return None };
    let (label, value, rest) = if let Some(value) = cells.next() {
        (text.trim(), value, None)
    } else {
        let (label, rest) = text.split_once(':')?;
        (label.trim(), first, Some(rest.trim()))
    };
    let label_key = key(label);
    let begins = label.chars().next().is_some_and(char::is_alphabetic);
    let fits = begins && !label_key.is_empty() && label.chars().count() <= LONGEST_LABEL;
    let letterhead = |value: &str| LETTERHEADS.iter().any(|words| key(value).starts_with(words));
    let about = matches!(&value.value, Value::Text(text) if letterhead(text));
    (fits && !about && !letterhead(label) && !forms.is_other_label(&label_key)).then_some(Unread {
        col: first.col,
        label,
        value,
        rest,
    })
}

fn is_label(cell: &Cell, forms: &Forms) -> bool {
    matches!(&cell.value, Value::Text(text) if forms.label_of(text, &mut String::new()).is_some())
}

/// Whether the value is of the kind that decides: a day, a quarter, a reason why nothing was held.
fn weighs(unread: &Unread, forms: &Forms) -> bool {
    let text = match &unread.value.value {
        Value::Date(_) => return true,
        Value::Text(text) => unread.rest.unwrap_or(text),
        _ => return false,
    };
    matches!(date::from_text(text, None), DateReading::Day(_))
        || period::from_text(text).is_some()
        || forms.none.is_none_held(text)
}

fn finding(
    (file, sheet, row): (&FilePath, &Sheet, &Row),
    unread: &Unread,
    (weighs, near): (bool, Option<&str>),
) -> Finding {
    let label = unread.label.trim_end_matches(':').trim_end();
    let mut message = format!(
        "Không nhận ra mục \u{201c}{label}\u{201d} ở trang \u{201c}{}\u{201d}, nên không đọc ô bên cạnh.",
        sheet.name.name
    );
    if let Some(near) = near {
        message.push_str(&format!(" Mục gần nhất trong mẫu là \u{201c}{near}\u{201d}."));
    }
    let place = Place::sheet(file, &sheet.name, Some(CellRef::new(row.index, unread.col)));
    let severity = if weighs || near.is_some() { Severity::Warning } else { Severity::Info };
    Finding::new(&BM03, place, message).with_severity(severity).value(label).help(
        "Nếu là một mục của mẫu thì ghi lại tên mục như mẫu; nếu là mục riêng của đơn vị thì không phải sửa.",
    )
}
