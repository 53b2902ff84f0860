//! Files of a unit that gave nothing to its figures: replaced, rejected, of another quarter, or left blank.

use super::item::Item;
use super::whole::{Source, UnitTrace};
use crate::aggregate::{FileLine, FileStatus};
use crate::model::{Place, SubmissionState};

/// Faults by which a file cannot be told to be one unit's.
const WHOSE: [&str; 2] = ["DV03", "DV07"];

/// Adds them: as missing where they leave the unit without figures, else as left out.
pub(super) fn add(source: &Source<'_>, to: &mut UnitTrace) {
    let unreadable = source.line.submission == SubmissionState::Unreadable;
    let before = to.missing.len();
    for file in source.unused(Some(source.line.unit.code)) {
        let item = item(source, file);
        if unreadable && file.status == FileStatus::Rejected {
            to.missing.push(item.opening());
        } else {
            to.left_out.push(item);
        }
    }
    for file in source.unused(None).iter().filter(|_| unreadable) {
        let item = item(source, file);
        if item.findings.iter().any(|one| WHOSE.contains(&one.code)) {
            to.missing.push(item.opening());
        }
    }
    if unreadable && to.missing.len() == before {
        let why = "có tệp có thể là của đơn vị này nhưng không đọc được; xem trang Lỗi số liệu";
        to.missing.push(Item::at(Place::default(), why).opening());
    }
    if let Some((submission, _)) = source.own().filter(|_| source.line.ledger.is_none()) {
        let place = Place::file(submission.file.clone());
        to.left_out.push(Item::at(place, "Biểu 1 chưa nhập số liệu"));
    }
}

fn item(source: &Source<'_>, file: &FileLine) -> Item {
    let why = format!("cả tệp: {}", file.status.label().to_lowercase());
    let findings = source.spoken().of_file(&file.path);
    Item { findings, ..Item::at(Place::file(file.path.clone()), why) }
}
