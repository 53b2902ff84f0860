//! The head of a draft: its information sheet, or the lines above its first table.

use super::draft::*;
use qc17::notation::period_other::other_time;
use qc17::open::Value;

pub fn info_lines(draft: &mut Draft) -> Option<&mut Vec<Vec<(u32, Value)>>> {
    let sheet = draft.sheets.iter_mut().find(|sheet| sheet.name == "Thông tin")?;
    match &mut sheet.blocks[0] {
        Block::Lines(lines) => Some(lines),
        Block::Table(_) => None,
    }
}

/// Puts another value beside a label of the information sheet, or takes the label away.
pub fn info(draft: &mut Draft, label: &str, value: Option<Value>) -> bool {
    let Some(lines) = info_lines(draft) else { return false };
    let is = |line: &[(u32, Value)]| matches!(&line[0].1, Value::Text(text) if **text == *label);
    let Some(at) = lines.iter().position(|line| is(line)) else { return false };
    match value {
        Some(value) => lines[at][1].1 = value,
        None => {
            lines.remove(at);
        }
    }
    true
}

/// Takes the information sheet away; what is left stands above the first table.
pub fn no_info(draft: &mut Draft, lines: Vec<Vec<(u32, Value)>>) -> bool {
    // Another disorder lives by what the sheet says against its titles.
    if titles_tell_another_time(draft) || is_misnamed(draft) {
        return false;
    }
    let before = draft.sheets.len();
    draft.sheets.retain(|sheet| sheet.name != "Thông tin");
    if draft.sheets.len() == before {
        return false;
    }
    let at = draft.sheet_of("meetings").unwrap();
    draft.sheets[at].blocks.insert(0, Block::Lines(lines));
    true
}

/// Whether the sheet of Biểu 1 bears a name that speaks against what it holds.
pub fn is_misnamed(draft: &Draft) -> bool {
    let ends = ["đối thoại", "dự thảo", "Xã Bảo Hà", "Phường Kim Tân"];
    let quarter = |name: &str| name.starts_with("Biểu 1 - Quý ") && name != "Biểu 1 - Quý trước";
    draft
        .sheets
        .iter()
        .any(|sheet| quarter(&sheet.name) || ends.iter().any(|end| sheet.name.ends_with(end)))
}

pub fn titles_tell_another_time(draft: &Draft) -> bool {
    let Some(at) = draft.sheet_of("meetings") else { return false };
    let tells =
        |cell: &(u32, Value)| matches!(&cell.1, Value::Text(text) if other_time(text).is_some());
    let lines = draft.sheets[at].blocks.iter().filter_map(|block| match block {
        Block::Lines(lines) => Some(lines),
        Block::Table(_) => None,
    });
    lines.flatten().flatten().any(tells)
}
