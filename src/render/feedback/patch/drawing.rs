//! The boxes in which comments are shown (VML): a program that finds none shows no comment.

use crate::model::CellRef;
use std::collections::BTreeSet;

const NAMESPACES: [(&str, &str); 3] = [
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
];
/// How many numbers one drawing has for its shapes.
const BLOCK: usize = 1024;
/// The shape that all boxes are made from.
const SHAPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/// A drawing with nothing but our boxes; each drawing of a workbook has a block of its own.
pub(super) fn fresh(cells: &BTreeSet<CellRef>, block: usize) -> String {
    let declared = declared(|_| true);
    format!(
        "<xml{declared}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/></o:shapelayout>{SHAPE}{}</xml>",
        boxes(cells, block * BLOCK, "")
    )
}

/// A drawing that is there, with our boxes and without those of an earlier round. It may be no XML by the
/// letter, so that it is not taken apart.
pub(super) fn merged(
    text: &str,
    cells: &BTreeSet<CellRef>,
    gone: &BTreeSet<CellRef>,
) -> Option<String> {
    let mut text = text.to_owned();
    for cell in gone {
        if let Some((start, end)) = box_of(&text, *cell) {
            text.replace_range(start..end, "");
        }
    }
    let end = text.rfind("</xml>").or_else(|| text.rfind("</"))?;
    let declared = declared(|prefix| !text.contains(&format!("xmlns:{prefix}=")));
    let shape = if text.contains("\"_x0000_t202\"") || text.contains("'_x0000_t202'") {
        String::new()
    } else {
        SHAPE.replacen("<v:shapetype", &format!("<v:shapetype{declared}"), 1)
    };
    let last = numbers(&text).max().unwrap_or(BLOCK);
    text.insert_str(end, &format!("{shape}{}", boxes(cells, last, &declared)));
    Some(text)
}

/// The declarations of the prefixes that are lacking.
fn declared(lacking: impl Fn(&str) -> bool) -> String {
    let all = NAMESPACES.iter().filter(|(prefix, _)| lacking(prefix));
    let all: Vec<String> =
        all.map(|(prefix, name)| format!(" xmlns:{prefix}=\"{name}\"")).collect();
    all.concat()
}

/// The numbers that shapes of a drawing bear.
fn numbers(text: &str) -> impl Iterator<Item = usize> {
    text.split("_x0000_s").skip(1).filter_map(|rest| {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..digits.min(9))?.parse().ok()
    })
}

/// Where the box of a cell's comment stands.
fn box_of(text: &str, cell: CellRef) -> Option<(usize, usize)> {
    const OPEN: &str = "<v:shape ";
    const CLOSE: &str = "</v:shape>";
    let (row, column) = (format!("Row>{}</", cell.row), format!("Column>{}</", cell.col));
    text.match_indices(OPEN).find_map(|(start, _)| {
        let rest = text.get(start..)?;
        let length = rest.find(CLOSE)? + CLOSE.len();
        let shape = rest.get(..length)?;
        let ours = shape.contains("\"Note\"") && shape.contains(&row) && shape.contains(&column);
        ours.then_some((start, start + length))
    })
}

fn boxes(cells: &BTreeSet<CellRef>, last: usize, declared: &str) -> String {
    (last + 1..).zip(cells).map(|(number, cell)| one_box(number, *cell, declared)).collect()
}

fn one_box(number: usize, cell: CellRef, declared: &str) -> String {
    let (row, col) = (cell.row, cell.col);
    // Beside the cell, one row higher where there is one.
    let top = row.saturating_sub(1);
    let anchor = format!("{}, 12, {top}, 4, {}, 40, {}, 8", col + 1, col + 5, top + 8);
    format!(
        "<v:shape{declared} id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;width:260pt;height:120pt;z-index:{};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>",
        number % BLOCK
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_come_and_go() {
        let at = |row, col| BTreeSet::from([CellRef::new(row, col)]);
        let one = fresh(&at(5, 1), 3);
        assert!(one.contains("_x0000_s3073\"") && one.contains("data=\"3\""));
        let two = merged(&one, &at(7, 2), &BTreeSet::new()).unwrap();
        assert!(two.contains("_x0000_s3074\"") && two.contains("<x:Row>7</x:Row>"));
        assert_eq!(two.matches("<v:shapetype").count(), 1);
        let back = merged(&two, &BTreeSet::new(), &at(7, 2)).unwrap();
        assert_eq!(back, one);
        // A drawing of buttons, as other programs write it.
        let odd =
            "<xml xmlns:v='urn:schemas-microsoft-com:vml'><v:shape id='a'><br></v:shape></xml>";
        let odd = merged(odd, &at(0, 0), &BTreeSet::new()).unwrap();
        assert!(odd.contains("<v:shape xmlns:o=") && odd.ends_with("</v:shape></xml>"));
        assert_eq!(merged("", &at(0, 0), &BTreeSet::new()), None);
    }
}
