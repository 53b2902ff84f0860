//! Columns that are ticked (đánh dấu x) in place of one coded column: which code a row's ticks mean.

use super::codes::CodeList;
use super::reader::TableReader;
use super::values::{folded, shown};
use crate::model::text::key;
use crate::model::{CellRef, Field, Finding};
use crate::open::Value;
use crate::recognise::columns::Tick;
use crate::rules::dl::{DL03, DL04};

/// What one cell of a column to be ticked says.
enum Mark {
    Set,
    Unset,
    /// Neither a tick nor none.
    Unknown(String),
}

impl TableReader<'_> {
    /// The code that the ticks of this row mean. A coded column beside them must not say otherwise.
    pub(super) fn ticked<T: Copy + PartialEq>(
        &mut self,
        field: &str,
        list: &CodeList<T>,
        ticks: &[Tick],
    ) -> Field<T> {
        let mut set: Vec<(&str, CellRef)> = Vec::new();
        let mut unknown: Option<(CellRef, String)> = None;
        for (code, col) in ticks {
            let at = self.here(*col);
            match self.mark(at, code, list) {
                Mark::Set if self.covers_others(at, ticks) => {
                    let message = "Ô đánh dấu gộp qua nhiều cột, không rõ là cột nào.";
                    self.say(Finding::new(&DL04, self.place(at), message).help(
                        "Bỏ gộp ô rồi đánh dấu từng cột; cả hai cùng chủ trì thì đánh dấu cả hai.",
                    ));
                    return Field::unreadable(at);
                }
                Mark::Set => set.push((code, at)),
                Mark::Unset => {}
                Mark::Unknown(raw) => unknown = unknown.or(Some((at, raw))),
            }
        }
        let coded = self.coded_beside(field);
        if let Some((at, raw)) = unknown {
            let message = format!(
                "Ô đánh dấu ghi \u{201c}{raw}\u{201d}, không rõ là có hay không; chỉ ghi x hoặc để trống."
            );
            self.say(Finding::new(&DL04, self.place(at), message).value(raw));
            return Field::unreadable(at);
        }
        let codes: Vec<&str> = set.iter().map(|(code, _)| *code).collect();
        let read = together(&codes).and_then(|code| list.read(code));
        let first = set.first().map(|(_, at)| *at);
        match (read, coded, first) {
            (Some(code), None, Some(at)) => Field::new(at, code),
            (Some(code), Some((_, raw)), Some(at)) if list.read(&raw) == Some(code) => {
                Field::new(at, code)
            }
            (None, Some((at, raw)), None) => match list.read(&raw) {
                Some(code) => Field::new(at, code),
                None => self.contradiction(at, &raw),
            },
            (None, None, None) => self.none_set(field, ticks),
            (_, _, at) => {
                let at = at.unwrap_or_else(|| self.here(0));
                let names: Vec<&str> = codes
                    .iter()
                    .filter_map(|code| list.read(code))
                    .map(|code| list.name(code))
                    .collect();
                self.contradiction(at, &names.join(", "))
            }
        }
    }

    /// Whether the cell is merged over the columns of other ticks: nobody can tell which is meant.
    fn covers_others(&self, at: CellRef, ticks: &[Tick]) -> bool {
        let last = self.merges.wide_from(at);
        last.is_some_and(|last| ticks.iter().any(|(_, col)| (at.col + 1..=last).contains(col)))
    }

    fn contradiction<T>(&mut self, at: CellRef, said: &str) -> Field<T> {
        let message = format!("Các ô đánh dấu của dòng này không nói rõ một loại: {said}.");
        self.say(Finding::new(&DL04, self.place(at), message).value(said));
        Field::unreadable(at)
    }

    fn none_set<T>(&mut self, field: &str, ticks: &[Tick]) -> Field<T> {
        let at = self.here(ticks.first().map_or(0, |(_, col)| *col));
        if self.is_required(field) {
            let message = format!("Chưa đánh dấu \u{201c}{}\u{201d}.", self.label(field));
            self.say(Finding::new(&DL03, self.place(at), message));
        }
        Field::blank(at)
    }

    fn mark<T: Copy + PartialEq>(&self, at: CellRef, code: &str, list: &CodeList<T>) -> Mark {
        let Some(cell) = self.cell(at) else { return Mark::Unset };
        let text = match &cell.value {
            Value::Bool(set) => return if *set { Mark::Set } else { Mark::Unset },
            value => shown(value),
        };
        let all = |signs: &str| text.chars().all(|c| signs.contains(c));
        let word = key(&text);
        // The code's own name under its heading is a tick as well.
        let named = || list.read(&folded(&text)).is_some_and(|read| list.read(code) == Some(read));
        let (set, unset) = if word.is_empty() {
            (all("✓✔☑✅√+×✗✘☒*■●◼"), all("-–—_.□☐○"))
        } else {
            // Ticks of the font Wingdings, as text.
            let wingding = matches!(text.trim(), "ü" | "þ");
            // `01`, `1 cuộc`: one meeting of the kind in the heading.
            let one = word.strip_suffix("cuoc").unwrap_or(&word);
            let set = matches!(one, "1" | "01")
                || matches!(&*word, "x" | "xx" | "х" | "v" | "co" | "true" | "yes" | "dung");
            let unset = matches!(one, "0" | "00");
            (wingding || set, unset || matches!(&*word, "khong" | "k" | "false" | "no" | "sai"))
        };
        if set || (!unset && named()) {
            Mark::Set
        } else if unset {
            Mark::Unset
        } else {
            Mark::Unknown(text.into_owned())
        }
    }
}

/// The code of several ticks together: the secretary and the chairman chair jointly.
fn together<'a>(codes: &[&'a str]) -> Option<&'a str> {
    match codes {
        [only] => Some(only),
        ["secretary", "chairman"]
        | ["chairman", "secretary"]
        | ["secretary", "chairman", "joint"] => Some("joint"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_that_stand_together() {
        for (ticks, code) in [
            (&["secretary"][..], Some("secretary")),
            (&["secretary", "chairman"], Some("joint")),
            (&["secretary", "chairman", "joint"], Some("joint")),
            (&["secretary", "deputy"], None),
            (&["periodic", "ad_hoc"], None),
            (&[], None),
        ] {
            assert_eq!(together(ticks), code, "{ticks:?}");
        }
    }
}
