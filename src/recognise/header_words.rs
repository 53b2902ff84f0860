//! The words of a header as the forms know them, remarks left out and abbreviations written out, and
//! the rows of words that may begin one.

use super::forms::Forms;
use crate::model::text::{key, push_key, word_key};
use crate::notation::number::{self, CountReading, Measure};
use crate::open::{Row, Value};

/// A header is a few words; what is longer is data.
const LONGEST_HEADER: usize = 160;
/// Bytes of the longest header whose abbreviations are looked for.
const LONGEST_SHORT_FORM: usize = 120;

/// Whether that row of words could begin a header of some table.
pub(super) fn looks_like_header(row: &Row, forms: &Forms) -> bool {
    let mut left = row.cells.iter().filter(|cell| matches!(cell.value, Value::Text(_))).count();
    if left < 2 || left * 2 < row.cells.len() || begins_with_figure(row) {
        return false;
    }
    let mut known = 0;
    for cell in row.cells.iter().filter(|cell| matches!(cell.value, Value::Text(_))) {
        let text = cell_text(&cell.value);
        known += usize::from(forms.header_word(text).begins);
        left -= 1;
        if known == 2 || known + left < 2 {
            break;
        }
    }
    known == 2
}

/// Whether that row holds a group's name and nothing but words, so that a header may begin there.
pub(super) fn has_group(row: &Row, forms: &Forms) -> bool {
    let mut buffer = String::new();
    row.cells.iter().all(|cell| matches!(cell.value, Value::Text(_)))
        && row.cells.iter().any(|cell| {
            buffer.clear();
            push_key(cell_text(&cell.value), &mut buffer);
            forms.tables.iter().any(|table| table.is_group(forms.word(&buffer)))
        })
}

/// Whether the first cell of a row is no words.
pub(super) fn begins_with_figure(row: &Row) -> bool {
    row.cells.first().is_some_and(|cell| match &cell.value {
        // `'1`, `1.`, `(1)`: a number all the same.
        Value::Text(text) => {
            let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
            !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit())
        }
        _ => true,
    })
}

/// The text of a cell that is short enough for a header.
pub(super) fn cell_text(value: &Value) -> &str {
    match value {
        Value::Text(text) if text.len() <= LONGEST_HEADER => text,
        _ => "",
    }
}

/// The key by which a header is looked up; one that no form knows keeps the key of its own words.
pub(super) fn header_key(text: &str, forms: &Forms) -> String {
    // A mark of a note behind the words is none of them.
    let text = text.trim_end_matches(['¹', '²', '³', '*', '⁴']).trim_end();
    let plain = key(text);
    // A share is no count, whatever is counted.
    if text.contains(['%', '‰']) {
        return plain + "phantram";
    }
    if plain.is_empty() || forms.is_name(&plain) {
        return plain;
    }
    let bare = without_remark(text, forms);
    let known = bare.map(key).filter(|bare| forms.is_name(bare)).or_else(|| {
        let text = bare.unwrap_or(text);
        (text.len() <= LONGEST_SHORT_FORM).then(|| written_out(text, forms)).flatten()
    });
    known.or_else(|| bare.map(key)).unwrap_or(plain)
}

/// A number with its unit of measure, `5 ý kiến`: a figure of the table; `5. Ý kiến` is a header.
pub(super) fn is_counted(text: &str) -> bool {
    let text = text.trim();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut signs = rest.chars();
    let first = signs.next();
    let listed = first.is_some_and(|c| matches!(c, '.' | ')' | '/' | '-' | ':'))
        && !signs.next().is_some_and(|c| c.is_ascii_digit());
    rest.len() < text.len()
        && !rest.trim().is_empty()
        && !listed
        && matches!(number::from_text(text, Measure::Any), CountReading::Plain(_))
}

/// A header without the remark in brackets at its end: `Nữ (người)`, `Tổng số\n(3)`.
fn without_remark<'t>(text: &'t str, forms: &Forms) -> Option<&'t str> {
    let closed = text.trim_end_matches(|c: char| !matches!(c, ')' | ']') && !c.is_alphanumeric());
    let (bare, remark) = match closed.strip_suffix(')') {
        Some(inside) => inside.rsplit_once('(')?,
        None => closed.strip_suffix(']')?.rsplit_once('[')?,
    };
    (forms.is_remark(remark) && !bare.trim().is_empty()).then_some(bare)
}

/// A known name that the words mean once their short forms are written out and what says nothing is
/// left out: `SL người dự`, `Trong đó: Nữ`, `Số YK đang GQ`, `Chủ trì hội nghị đối thoại`.
fn written_out(text: &str, forms: &Forms) -> Option<String> {
    let spaced = word_key(text);
    let words: Vec<&str> = spaced.split(' ').collect();
    let mut full: Vec<&str> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let two = words.get(at..at + 2).map(|two| two.join(" "));
        let long = two.as_deref().and_then(|two| forms.long_form(two));
        at += if long.is_some() { 2 } else { 1 };
        let long = long.or_else(|| forms.long_form(word)).unwrap_or(word);
        full.extend(long.split(' '));
    }
    let known = |words: &[&str]| Some(words.concat()).filter(|name| forms.is_name(name));
    let inner = (1..full.len())
        .find(|at| full.get(..*at).is_some_and(|lead| forms.is_subgroup(&lead.concat())))
        .and_then(|at| full.get(at..))
        .unwrap_or(&full);
    known(inner).or_else(|| {
        let tails = (1..inner.len()).filter_map(|at| inner.split_at_checked(at));
        let mut fitting = tails.filter(|(_, tail)| forms.is_tail(&tail.concat()));
        fitting.find_map(|(name, _)| known(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn headers_as_offices_shorten_them() {
        let forms = Forms::load(&BTreeMap::new()).unwrap();
        for (text, name) in [
            ("SL người dự", "Số người dự"),
            ("Số lượng ý kiến", "Số ý kiến"),
            ("Trong đó: Nữ", "Trong đó nữ"),
            ("Chia ra: DTTS", "DTTS"),
            ("Số YK đang GQ", "Số ý kiến đang giải quyết"),
            ("Số YKKN trả lời tại HN", "Số ý kiến, kiến nghị trả lời tại hội nghị"),
            ("Thời gian tổ chức hội nghị", "Thời gian tổ chức"),
            ("Loại cuộc (định kỳ/đột xuất)", "Loại cuộc"),
            ("Chủ trì (Bí thư, Chủ tịch)", "Chủ trì"),
            ("Loại cuộc¹", "Loại cuộc"),
            ("Số ý kiến [2]", "Số ý kiến"),
            ("Kì báo cáo phát sinh", "Kì báo cáo phát sinh"),
            ("Số người tham gia (nghìn lượt)", "Số người tham gia (nghìn lượt)"),
            ("Số ý kiến tồn đọng kỳ trước", "Số ý kiến tồn đọng kỳ trước"),
        ] {
            assert_eq!(header_key(text, &forms), key(name), "{text}");
        }
        for text in ["Đã giải quyết (%)", "Tỷ lệ % đã giải quyết", "Nữ (%)"] {
            assert!(!forms.is_name(&header_key(text, &forms)), "{text}");
        }
    }
}
