//! Every file on its own: from its bytes to its typed rows, several at once.

use super::Job;
use super::doubtful::{left_out, read_doubtful, read_doubtful_member};
use super::join::{Part, Reading, join};
use super::submissions::understood;
use crate::check::{Answer, Content, ReadFile};
use crate::discover::{Fate, FoundFile, Inventory, Receipts, fate_of_name};
use crate::model::submission::FilePath;
use crate::model::{Finding, Place, Span, UnitCode, hex};
use crate::normalise::{Rejection, folder_unit};
use crate::notation::system::why;
use crate::open::{
    Archive, Entry, Kind, Limits, Member, Opened, open_entry, repair_workbook, too_large,
};
use crate::recognise::{Returned, is_own_workbook, take_returned};
use crate::rules::tep::{TEP01, TEP09};
use chrono::NaiveDate;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::panic::AssertUnwindSafe;
use std::path::Path;

/// Reads all files; `progress` is told how many of how many are done.
pub(super) fn all(
    job: &Job,
    inventory: Inventory,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<ReadFile> {
    let Inventory { files, set_aside, findings, receipts, .. } = inventory;
    let all = files.len();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let read: Vec<Reading> = files
        .par_iter()
        .flat_map_iter(|file| {
            let read = guarded(file, job, &receipts);
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, all);
            read
        })
        .collect();
    let mut read = join(read, job);
    let mut noticed: BTreeMap<FilePath, Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        let path = finding.place.file.clone().unwrap_or_else(|| FilePath::new(""));
        noticed.entry(path).or_default().push(finding);
    }
    for file in set_aside {
        let own = noticed.remove(&file.path).unwrap_or_default();
        let mut aside = set_aside_file(file.path, own);
        if let Some((size, sha256)) = digest(&file.disk, job.limits.file_bytes) {
            (aside.size, aside.sha256) = (size, sha256);
        }
        read.push(aside);
    }
    // What is left concerns folders, which are no files of the list.
    read.extend(noticed.into_iter().map(|(folder, own)| set_aside_file(folder, own)));
    read.sort_by(|a, b| a.path.cmp(&b.path));
    read
}

pub(super) fn set_aside_file(path: FilePath, findings: Vec<Finding>) -> ReadFile {
    ReadFile {
        path,
        disk: None,
        kind: None,
        sha256: None,
        size: 0,
        received: None,
        received_last: None,
        form: None,
        is_compiled: false,
        content: Content::SetAside,
        findings,
        answer: Answer::default(),
    }
}

/// The size and the digest of a file that is not read as a submission; none for what is no plain file,
/// no digest for what is larger than any submission.
pub(super) fn digest(disk: &Path, largest: u64) -> Option<(u64, Option<String>)> {
    let size = std::fs::metadata(disk).ok().filter(std::fs::Metadata::is_file)?.len();
    let whole = (size <= largest).then(|| {
        let mut digest = Sha256::new();
        let mut bytes = BufReader::new(std::fs::File::open(disk).ok()?.take(largest));
        while let piece @ [_, ..] = bytes.fill_buf().ok()? {
            digest.update(piece);
            let length = piece.len();
            bytes.consume(length);
        }
        Some(hex(&digest.finalize()))
    });
    Some((size, whole.flatten()))
}

/// Reads a file so that even a fault of ours costs that file only.
fn guarded(file: &FoundFile, job: &Job, receipts: &Receipts) -> Vec<Reading> {
    let reading = AssertUnwindSafe(|| read_found(file, job, receipts));
    let mut read = std::panic::catch_unwind(reading).unwrap_or_else(|_| {
        let mut read = unread(&file.path, receipts.of(&file.path));
        let message = "Chương trình gặp lỗi khi đọc tệp này; đề nghị báo cho người phát triển.";
        read.findings.push(Finding::new(&TEP01, Place::file(file.path.clone()), message));
        reject_by_name(&mut read, job);
        vec![alone(read)]
    });
    for one in read.iter_mut().map(|one| &mut one.file) {
        one.disk = Some(file.disk.clone());
        // What lies in an archive came with it, unless it is listed by itself.
        let last = receipts.last_of(&one.path).or(receipts.last_of(&file.path));
        one.received_last = last.filter(|_| one.received.is_some());
    }
    read
}

/// Bytes of the largest file whose memory is kept for the next one.
const LARGEST_KEPT: usize = 1024 * 1024;

thread_local! {
    /// Used again for the bytes of each file: most ask for no larger piece of memory.
    static BYTES: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// What one file of the input holds: itself, and the files in it when it is an archive.
fn read_found(file: &FoundFile, job: &Job, receipts: &Receipts) -> Vec<Reading> {
    if let Fate::Doubtful(why) = fate_of_name(file.path.file_name()) {
        return read_doubtful(file, why, job, receipts);
    }
    let mut bytes = BYTES.take();
    let read = read_into(&mut bytes, file, job, receipts);
    if bytes.capacity() <= LARGEST_KEPT {
        BYTES.set(bytes);
    }
    read
}

fn read_into(
    bytes: &mut Vec<u8>,
    file: &FoundFile,
    job: &Job,
    receipts: &Receipts,
) -> Vec<Reading> {
    let received = receipts.of(&file.path);
    if let Err(finding) = bytes_into(file, &job.limits, bytes) {
        let mut read = unread(&file.path, received);
        read.findings.push(*finding);
        reject_by_name(&mut read, job);
        return vec![alone(read)];
    }
    match open_entry(&file.path, bytes, &job.limits) {
        Entry::File(opened) => read_file(&file.path, bytes, received, opened, job),
        Entry::Archive(archive) => read_archive(file, bytes, *archive, job, receipts),
    }
}

/// An archive, and the files in it.
pub(super) fn read_archive(
    file: &FoundFile,
    bytes: &[u8],
    mut archive: Archive<'_>,
    job: &Job,
    receipts: &Receipts,
) -> Vec<Reading> {
    let received = receipts.of(&file.path);
    let mut own = unread(&file.path, received);
    own.content = Content::SetAside;
    identify(&mut own, bytes);
    let mut all = vec![alone(own)];
    for finding in archive.take_findings() {
        let path = finding.place.file.clone().unwrap_or_else(|| file.path.clone());
        all.push(alone(ReadFile { findings: vec![finding], ..unread(&path, received) }));
    }
    let (mut doubtful, mut aside) = (Vec::new(), Vec::new());
    for member in archive.members().to_vec() {
        match fate_of_name(member.path.file_name()) {
            Fate::Candidate => {}
            Fate::Doubtful(why) => {
                doubtful.push((why, member));
                continue;
            }
            Fate::SetAside(why) => {
                let place = Place::file(member.path.clone());
                let findings =
                    why.map(|why| Finding::new(&TEP09, place, why)).into_iter().collect();
                aside.push((set_aside_file(member.path.clone(), findings), member));
                continue;
            }
        }
        let received = receipts.of(&member.path).or(received);
        all.extend(read_member(&mut archive, &member, received, job));
    }
    // Then these, so that what may be no spreadsheet takes nothing from the limits of what is one.
    for (why, member) in doubtful {
        let received = receipts.of(&member.path).or(received);
        all.extend(match archive.read(&member) {
            Ok(bytes) => {
                let open = || archive.open_member(&member, &bytes);
                read_doubtful_member(&member.path, why, &bytes, received, open, job)
            }
            Err(_) => vec![left_out(&member.path, why, job)],
        });
    }
    // Last what nobody reads.
    for (mut file, member) in aside {
        if let Ok(bytes) = archive.read(&member) {
            identify(&mut file, &bytes);
        }
        all.push(alone(file));
    }
    all
}

/// A file in an archive whose name may be a submission's.
fn read_member(
    archive: &mut Archive<'_>,
    member: &Member,
    received: Option<NaiveDate>,
    job: &Job,
) -> Vec<Reading> {
    match archive.read(member) {
        Ok(bytes) => {
            let opened = archive.open_member(member, &bytes);
            read_file(&member.path, &bytes, received, opened, job)
        }
        Err(finding) => {
            let mut read = unread(&member.path, received);
            read.findings.push(*finding);
            reject_by_name(&mut read, job);
            vec![alone(read)]
        }
    }
}

pub(super) fn unread(path: &FilePath, received: Option<NaiveDate>) -> ReadFile {
    ReadFile {
        path: path.clone(),
        disk: None,
        kind: None,
        sha256: None,
        size: 0,
        received,
        received_last: None,
        form: None,
        is_compiled: false,
        content: Content::Rejected(Rejection::default()),
        findings: Vec::new(),
        answer: Answer::default(),
    }
}

pub(super) fn identify(read: &mut ReadFile, bytes: &[u8]) {
    read.size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    read.sha256 = Some(hex(&Sha256::digest(bytes)));
}

/// A file to which no other belongs.
pub(super) fn alone(file: ReadFile) -> Reading {
    Reading { file, part: None }
}

/// Said of a workbook that an earlier run left in the input.
const OWN_WORKBOOK: &str =
    "Bảng tổng hợp do chương trình này lập, không phải báo cáo của đơn vị; không đọc.";

/// One file from its bytes to its typed rows: mostly one submission. Whatever is wrong with it stays with it.
pub(super) fn read_file(
    path: &FilePath,
    bytes: &[u8],
    received: Option<NaiveDate>,
    opened: Opened,
    job: &Job,
) -> Vec<Reading> {
    let mut read = unread(path, received);
    identify(&mut read, bytes);
    read.findings = opened.findings;
    let Some(mut workbook) = opened.workbook else {
        reject_by_name(&mut read, job);
        return vec![alone(read)];
    };
    if is_own_workbook(&workbook) {
        read.findings = vec![Finding::new(&TEP09, Place::file(path.clone()), OWN_WORKBOOK)];
        read.content = Content::SetAside;
        return vec![alone(read)];
    }
    read.kind = opened.kind;
    let returned = take_returned(&mut workbook);
    if let Some(returned) = returned.as_ref().filter(|_| workbook.sheets.is_empty()) {
        answered(&mut read, returned, returned.unit);
        read.findings = vec![Finding::new(&TEP09, Place::file(path.clone()), ANSWER_ALONE)];
        read.content = Content::SetAside;
        return vec![alone(read)];
    }
    read.findings.extend(repair_workbook(path, &mut workbook));
    let original = returned.as_ref().and_then(|returned| returned.original.as_ref());
    let (tables, mut further) = understood(&mut read, &mut workbook, original, job);
    if let Some(returned) = &returned {
        // In a workbook of several units the sheet says whose answer it is.
        let is_its = |one: &&mut ReadFile| returned.unit.is_some() && one.unit() == returned.unit;
        let own = if is_its(&&mut read) { None } else { further.iter_mut().find(is_its) };
        let own = own.unwrap_or(&mut read);
        let unit = own.unit().or(returned.unit);
        answered(own, returned, unit);
    }
    let part = (opened.kind == Some(Kind::Csv)).then(|| Part::of(workbook, tables)).flatten();
    let first = Reading { file: read, part };
    std::iter::once(first).chain(further.into_iter().map(alone)).collect()
}

/// Said of a workbook that holds nothing but the feedback of an earlier round.
const ANSWER_ALONE: &str =
    "Phiếu phản hồi do đơn vị gửi lại, không có biểu nào; chỉ đọc phần giải trình.";

/// Takes up the unit's answer to the feedback of an earlier round. What the content says of the unit
/// weighs more than what the sheet says.
fn answered(read: &mut ReadFile, returned: &Returned, unit: Option<UnitCode>) {
    let explanations = unit.map(|unit| returned.explanations(unit, &read.path));
    let explanations = explanations.unwrap_or_default();
    read.answer = Answer { version: returned.version, sheet: Some(returned.order), explanations };
}

/// What was noticed before the unit was known is that unit's too.
pub(super) fn name_owner(read: &mut ReadFile) {
    let unit = read.unit();
    read.findings.iter_mut().for_each(|finding| finding.unit = finding.unit.or(unit));
}

pub(super) fn bytes_of(file: &FoundFile, limits: &Limits) -> Result<Vec<u8>, Box<Finding>> {
    let mut bytes = Vec::new();
    bytes_into(file, limits, &mut bytes).map(|()| bytes)
}

/// Reads the bytes of a file into memory that may have served before.
fn bytes_into(file: &FoundFile, limits: &Limits, bytes: &mut Vec<u8>) -> Result<(), Box<Finding>> {
    let place = || Place::file(file.path.clone());
    bytes.clear();
    let opened = std::fs::File::open(&file.disk);
    let read = opened.and_then(|disk| {
        let size = disk.metadata().map_or(0, |about| about.len()).min(limits.file_bytes);
        bytes.reserve_exact(usize::try_from(size).unwrap_or(0));
        disk.take(limits.file_bytes + 1).read_to_end(bytes)
    });
    match read {
        Err(error) => {
            let message = format!("Không đọc được tệp: {}.", why(&error));
            Err(Box::new(Finding::new(&TEP01, place(), message)))
        }
        Ok(size) if u64::try_from(size).is_ok_and(|size| size > limits.file_bytes) => {
            Err(Box::new(too_large(&file.path, limits)))
        }
        Ok(_) => Ok(()),
    }
}

/// Books a file that cannot be opened under the unit that its name tells.
fn reject_by_name(read: &mut ReadFile, job: &Job) {
    read.content = Content::Rejected(rejected_by_name(&read.path, job));
    name_owner(read);
}

/// A file that cannot be opened still has its name: the unit it names sent something unreadable.
pub(super) fn rejected_by_name(path: &FilePath, job: &Job) -> Rejection {
    let period = crate::notation::period::from_text(path.file_name());
    let could_be = period.or(job.period.map(Span::last)).and_then(|period| {
        let (register, day) = (&job.register, period.last_day());
        crate::normalise::mentions::unit_in_name(path.file_name(), register, day)
            .or_else(|| folder_unit(path, register, day))
    });
    Rejection { could_be: could_be.into_iter().collect(), period }
}
