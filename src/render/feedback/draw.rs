//! Draws the feedback of all units, several at once, in the order of the units.

use super::letter::Letter;
use super::message::message;
use super::notice::{Copied, Notice, is_excused, notices};
use super::patch::{Order, PatchError, Patched, patch};
use super::receipts::{self, Answers, receipts};
use super::{fresh, original};
use crate::aggregate::{Summary, each_alone};
use crate::model::submission::FilePath;
use crate::model::{CellRef, Finding, Severity};
use crate::open::{Kind, Limits, Sheet, open, repair_workbook};
use crate::recognise::returned::words;
use crate::recognise::take_returned;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The folder of the feedback in the folder of the outputs.
pub const FOLDER: &str = "phan-hoi";

/// All files of the feedback, each with its name relative to the folder of the outputs.
pub fn feedback(summary: &Summary, limits: &Limits) -> Vec<(String, Vec<u8>)> {
    let units = each_alone(summary);
    let notices = notices(summary, &units);
    let drawn: Vec<[(String, Vec<u8>); 2]> = notices
        .par_iter()
        .map(|notice| {
            let Patched { bytes, extension } = copy(notice, summary, limits);
            let stem = notice.file_stem();
            let name = format!("{stem}.{extension}");
            let text = message(notice, summary.period, &name);
            let path = |name: &str| format!("{FOLDER}/{name}");
            [(path(&name), bytes), (path(&format!("{stem}.txt")), text.into_bytes())]
        })
        .collect();
    let mut answers: Answers<'_> = BTreeMap::new();
    for (notice, [(name, _), _]) in notices.iter().zip(&drawn) {
        let owner = (notice.line.unit.code, notice.copied.period);
        let (_, files) = answers.entry(owner).or_insert((notice, Vec::new()));
        files.extend(name.rsplit('/').next().map(str::to_owned));
    }
    let list = receipts(summary, &units, &answers).into_bytes();
    let mut all: Vec<(String, Vec<u8>)> = drawn.into_iter().flatten().collect();
    all.push((format!("{FOLDER}/{}", receipts::FILE_NAME), list));
    all
}

/// The file as it can be marked.
#[derive(Default)]
struct Base {
    /// The unit's own file and its package; none where a fresh one must be made.
    package: Option<(FilePath, Vec<u8>)>,
    /// Where the feedback of an earlier round stands in it.
    earlier: Option<usize>,
    /// Where the sheets of a fresh workbook come from.
    places: Vec<Origin>,
    /// The sheets of a fresh workbook.
    sheets: Vec<Sheet>,
    /// What the unit must know.
    remarks: Vec<String>,
}

/// A sheet of a fresh workbook.
struct Origin {
    /// The file and the order by which findings name it.
    file: FilePath,
    order: u32,
    /// Its place in the fresh workbook.
    at: usize,
    /// Its name there.
    name: String,
}

const CHANGED: &str =
    "Tệp đã thay đổi trong khi tổng hợp nên không đánh dấu được; phiếu này chỉ liệt kê các lỗi.";
const AFRESH: &str = "Loại tệp đã gửi không đánh dấu được ngay trong tệp: các trang sau là bản chép lại số liệu sang .xlsx, ô nào giữ nguyên ô đó.";
const NOT_MARKED: &str = "Không đánh dấu được ngay trong tệp đã gửi: các trang sau là bản chép lại số liệu, không có định dạng của đơn vị.";

/// The marked copy of one unit; what cannot be marked in place is copied afresh.
fn copy(notice: &Notice<'_>, summary: &Summary, limits: &Limits) -> Patched {
    let mut base = Base::of(&notice.copied, limits);
    if base.package.is_some()
        && let Ok(patched) = base.marked(notice, summary, limits)
    {
        return patched;
    }
    if base.package.take().is_some() {
        base = Base::afresh(&notice.copied, limits, NOT_MARKED);
    }
    base.marked(notice, summary, limits).unwrap_or_else(|_| {
        // Without the unit's sheets nothing is left that could fail.
        let bare = Base { remarks: base.remarks, ..Base::default() };
        let marked = bare.marked(notice, summary, limits);
        marked.unwrap_or(Patched { bytes: Vec::new(), extension: "xlsx" })
    })
}

impl Base {
    fn of(copied: &Copied<'_>, limits: &Limits) -> Self {
        let [only] = copied.files.as_slice() else { return Self::afresh(copied, limits, AFRESH) };
        match only.kind {
            Some(Kind::Xlsx) => {}
            Some(_) => return Self::afresh(copied, limits, AFRESH),
            None => return Self::default(),
        }
        let Some(bytes) = original::bytes(only, limits) else {
            return Self { remarks: vec![CHANGED.to_owned()], ..Self::default() };
        };
        let earlier = only.answer_sheet.and_then(|order| usize::try_from(order).ok());
        Self { package: Some((only.path.clone(), bytes)), earlier, ..Self::default() }
    }

    fn afresh(copied: &Copied<'_>, limits: &Limits, remark: &str) -> Self {
        let mut base = Self::default();
        for file in &copied.files {
            let Some(bytes) = original::bytes(file, limits) else {
                base.remarks = vec![CHANGED.to_owned()];
                continue;
            };
            let Some(mut workbook) = open(&file.path, &bytes, limits).workbook else { continue };
            take_returned(&mut workbook);
            drop(repair_workbook(&file.path, &mut workbook));
            for mut sheet in workbook.sheets {
                sheet.name.file = Some(file.path.clone());
                base.sheets.push(sheet);
            }
        }
        if base.remarks.is_empty() && !base.sheets.is_empty() {
            base.remarks.push(remark.to_owned());
        }
        let names = fresh::names(&base.sheets);
        base.places = (base.sheets.iter().zip(names).enumerate())
            .map(|(at, (sheet, name))| {
                let file = sheet.name.file.clone().unwrap_or_else(|| FilePath::new(""));
                Origin { file, order: sheet.name.order, at, name }
            })
            .collect();
        base
    }

    /// The sheet that a finding names: its place and its name in the copy.
    fn place_of(&self, finding: &Finding) -> Option<(usize, String)> {
        let (file, sheet) = (finding.place.file.as_ref()?, finding.place.sheet.as_ref()?);
        if let Some((path, _)) = &self.package {
            let place = usize::try_from(sheet.order).ok();
            return place.filter(|_| path == file).map(|place| (place, sheet.name.to_string()));
        }
        let mut of_file = self.places.iter().filter(|place| place.file == *file);
        let place = match (of_file.next(), of_file.next()) {
            // A text file has one sheet, whatever its place among the parts of a submission.
            (Some(only), None) if sheet.file.is_some() => Some(only),
            _ => self.places.iter().find(|place| place.file == *file && place.order == sheet.order),
        }?;
        Some((place.at, place.name.clone()))
    }

    fn marked(
        &self,
        notice: &Notice<'_>,
        summary: &Summary,
        limits: &Limits,
    ) -> Result<Patched, PatchError> {
        let mut marks: BTreeMap<usize, BTreeMap<CellRef, (Severity, String)>> = BTreeMap::new();
        let mut links = Vec::new();
        for finding in &notice.findings {
            let place = self.place_of(finding);
            let cell = finding.place.cell;
            let cell_or_first = cell.unwrap_or(CellRef::new(0, 0));
            links.push(place.as_ref().map(|(_, name)| (name.clone(), cell_or_first)));
            let Some((place, _)) = place.filter(|_| !is_excused(finding)) else { continue };
            let of_sheet = marks.entry(place).or_default();
            for cell in finding.cells() {
                let mark = of_sheet.entry(cell).or_insert((finding.severity, String::new()));
                let (worst, words) = mark;
                *worst = (*worst).min(finding.severity);
                if !words.is_empty() {
                    words.push_str("\n\n");
                }
                words.push_str(&comment(finding));
            }
        }
        let remarks = self.remarks.clone();
        let letter = Letter { notice, period: summary.period, remarks, links };
        let order = Order {
            name: words::SHEET,
            earlier: self.earlier,
            marks: &marks,
            letter: &|looks, namespace, signed| letter.xml(looks, namespace, signed),
        };
        if let Some((_, bytes)) = &self.package {
            return patch(bytes, &order, limits.part_bytes);
        }
        let names: Vec<String> = self.places.iter().map(|place| place.name.clone()).collect();
        let package = fresh::workbook(&self.sheets, &names)?;
        patch(&package, &order, u64::MAX)
    }
}

/// What a marked cell says: what is wrong, what would be right, how to mend it; the code last.
fn comment(finding: &Finding) -> String {
    format!(
        "{}: {}\nVí dụ đúng: {}\nCách sửa: {}\n[{}]",
        finding.severity.label(),
        finding.message,
        finding.rule.keeps,
        finding.help,
        finding.rule.code
    )
}
