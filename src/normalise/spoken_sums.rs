//! Sums that are written in words under the meetings: `Tổng số: 05 cuộc, 500 người, 30 ý kiến`.

use super::other_figures::lines_under;
use super::reader::Source;
use crate::model::submission::WrittenTotal;
use crate::model::text::{key, word_key};
use crate::model::{Count, Field};
use crate::notation::number::{self, CountReading, Measure};
use crate::recognise::{FoundTable, TableId};

/// Words of which the name of a sum may consist.
const OF_SUMS: [&str; 23] = [
    "tong", "cong", "so", "chung", "ca", "toan", "xa", "phuong", "thi", "tran", "huyen", "quy",
    "trong", "ky", "nay", "nam", "i", "ii", "iii", "iv", "co", "ghi", "chu",
];

/// The sums that lines under Biểu 1 give; each covers all its rows.
pub(super) fn spoken_sums(source: Source<'_>, table: &FoundTable) -> Vec<WrittenTotal> {
    let rows = &table.rows.data;
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Vec::new() };
    if table.id != TableId::Meetings {
        return Vec::new();
    }
    let mut totals = Vec::new();
    for (at, line) in lines_under(source.sheet, *last) {
        totals.extend(sums_in(&line).into_iter().map(|(field, count)| WrittenTotal {
            field,
            value: Field::new(at, count),
            covers: (*first, *last),
        }));
    }
    totals
}

/// What a line that begins as a sum says of how many.
fn sums_in(line: &str) -> Vec<(&'static str, Count)> {
    let Some(at) = line.find(|c: char| c.is_ascii_digit()) else { return Vec::new() };
    let (name, figures) = line.split_at(at);
    let name = word_key(name);
    let mut words = name.split(' ').skip_while(|word| matches!(*word, "ghi" | "chu"));
    let begins = words.clone().next().is_some_and(|first| matches!(first, "tong" | "cong"));
    if !begins || !words.all(|word| OF_SUMS.contains(&word)) {
        return Vec::new();
    }
    let pieces = figures.split([',', ';', '\n']).flat_map(|piece| piece.split(" và "));
    pieces.filter_map(counted).collect()
}

/// A number with what it counts: `500 lượt người`.
fn counted(piece: &str) -> Option<(&'static str, Count)> {
    let piece = piece.trim();
    let end = piece.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (figure, unit) = piece.split_at(end);
    let field = match key(unit).as_str() {
        "cuoc" | "hoinghi" | "cuocdoithoai" => "meetings",
        "nguoi" | "luotnguoi" | "nguoithamgia" | "luotnguoithamgia" | "nguoithamdu"
        | "luotnguoithamdu" | "nguoidu" | "luotnguoidu" => "attendees",
        "ykien" | "kiennghi" | "ykienkiennghi" | "luotykien" => "opinions",
        _ => return None,
    };
    match number::from_text(figure, Measure::Any) {
        CountReading::Plain(count) => Some((field, count)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_in_words() {
        for (line, sums) in [
            (
                "Tổng số: 05 cuộc, 500 người, 30 ý kiến",
                &[("meetings", 5), ("attendees", 500), ("opinions", 30)][..],
            ),
            (
                "Ghi chú: Tổng cộng trong quý có 3 hội nghị; 1.078 lượt người tham gia và 16 kiến nghị",
                &[("meetings", 3), ("attendees", 1078), ("opinions", 16)],
            ),
            ("Tổng số hộ: 500 người", &[]),
            ("Tổng số: 500 người là nữ", &[]),
            ("Trong đó 2 cuộc định kỳ", &[]),
            ("3 cuộc", &[]),
            ("Tổng kết 3 cuộc", &[]),
        ] {
            let found: Vec<_> = sums_in(line).iter().map(|(f, n)| (*f, n.get())).collect();
            assert_eq!(found, sums, "{line}");
        }
    }
}
