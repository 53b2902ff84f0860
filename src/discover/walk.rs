//! Walks the input folders. The order is that of the paths' composed bytes, on every machine.

use super::Receipts;
use super::inputs::names;
use crate::model::explanation::Explanation;
use crate::model::submission::FilePath;
use crate::model::{Finding, Period, Place};
use crate::notation::system::why;
use crate::rules::tep::{TEP01, TEP09};
use std::collections::BTreeMap;
use std::fs::DirEntry;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// Folders inside folders beyond which nobody files submissions.
const DEEPEST: usize = 32;

/// One file that may be a submission.
#[derive(Debug, Clone)]
pub struct FoundFile {
    /// Its path as the report names it.
    pub path: FilePath,
    /// Where it is on this machine.
    pub disk: PathBuf,
}

/// What the input folders hold.
#[derive(Debug, Default)]
pub struct Inventory {
    /// Files that may be submissions, by their names or by their content, by path.
    pub files: Vec<FoundFile>,
    /// Files that are none, by path.
    pub set_aside: Vec<FoundFile>,
    /// What was noticed.
    pub findings: Vec<Finding>,
    /// The office's own list of receipts.
    pub receipts: Receipts,
    /// The office's own list of explanations.
    pub explanations: Vec<Explanation>,
}

/// The input cannot be listed at all.
#[derive(Debug, thiserror::Error)]
pub enum DiscoverError {
    /// No such folder.
    #[error("Không tìm thấy thư mục hoặc tệp \u{201c}{0}\u{201d}. Kiểm tra lại đường dẫn.")]
    NoFolder(String),
    /// Neither a folder nor a file.
    #[error(
        "\u{201c}{0}\u{201d} không phải là thư mục hay tệp. Chỉ ra thư mục chứa các tệp báo cáo."
    )]
    NotAFolder(String),
    /// The folder cannot be opened.
    #[error(
        "Không mở được thư mục \u{201c}{folder}\u{201d}: {}. Hãy kiểm tra quyền đọc thư mục.",
        why(source)
    )]
    Unreadable {
        /// The folder.
        folder: String,
        /// Why.
        source: std::io::Error,
    },
}

/// Lists the files below the folders, and below those of earlier quarters, all but what earlier runs
/// wrote into `outputs`. A file may be named in place of a folder.
pub fn discover(
    folders: &[PathBuf],
    history: &[PathBuf],
    outputs: Option<&Path>,
) -> Result<(Inventory, Inventory), DiscoverError> {
    let outputs = outputs.and_then(|folder| folder.canonicalize().ok());
    let all: Vec<&PathBuf> = folders.iter().chain(history).collect();
    let named: Vec<(&PathBuf, String)> = all.iter().copied().zip(names(&all)).collect();
    let (own, earlier) = named.split_at(folders.len());
    Ok((walk(own, outputs.clone())?, walk(earlier, outputs)?))
}

fn walk(
    folders: &[(&PathBuf, String)],
    outputs: Option<PathBuf>,
) -> Result<Inventory, DiscoverError> {
    let mut walk = Walk { outputs, found: BTreeMap::new(), inventory: Inventory::default() };
    for (folder, name) in folders {
        let shown = || folder.display().to_string();
        let about = std::fs::metadata(folder).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => DiscoverError::NoFolder(shown()),
            _ => DiscoverError::Unreadable { folder: shown(), source: error },
        })?;
        if about.is_file() {
            walk.found.insert((name.clone(), (*folder).clone()), fate_of(name, true));
            continue;
        }
        if !about.is_dir() {
            return Err(DiscoverError::NotAFolder(shown()));
        }
        let prefix = if name.is_empty() { String::new() } else { format!("{name}/") };
        let entries = std::fs::read_dir(folder)
            .map_err(|source| DiscoverError::Unreadable { folder: shown(), source })?;
        let at = Folder { prefix, depth: 0, is_outputs: walk.is_outputs(folder) };
        walk.entries(entries, &at);
    }
    Ok(walk.finish())
}

impl Inventory {
    /// Takes up what an office's own list says; any other file says nothing here.
    fn read_list(&mut self, file: &FoundFile) {
        let is = |name: &str| file.path.file_name().eq_ignore_ascii_case(name);
        if is(super::receipts::FILE_NAME) {
            self.receipts.read(file, &mut self.findings);
        } else if is(super::explanations::FILE_NAME) {
            super::explanations::read(file, &mut self.explanations, &mut self.findings);
        }
    }
}

struct Walk {
    outputs: Option<PathBuf>,
    /// By path; two names that differ only in composition are told apart by their own bytes.
    found: BTreeMap<(String, PathBuf), Fate>,
    inventory: Inventory,
}

/// A folder whose entries are looked at.
struct Folder {
    /// What the paths of its entries begin with.
    prefix: String,
    /// How many folders it lies in.
    depth: usize,
    /// Whether the outputs go here.
    is_outputs: bool,
}

/// What a file's name says is to be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It may be a submission.
    Candidate,
    /// It is named as no spreadsheet is: the content decides. The words are for when that is none either.
    Doubtful(&'static str),
    /// It is none, and what there is to say about it.
    SetAside(Option<&'static str>),
}

impl Walk {
    fn is_outputs(&self, folder: &Path) -> bool {
        self.outputs.is_some() && folder.canonicalize().ok() == self.outputs
    }

    fn entries(&mut self, entries: std::fs::ReadDir, at: &Folder) {
        for entry in entries {
            match entry {
                Ok(entry) => self.entry(&entry, at),
                Err(error) => {
                    let place = Place::file(FilePath::new(at.prefix.trim_end_matches('/')));
                    let message = format!("Không liệt kê được hết thư mục này: {}.", why(&error));
                    self.inventory.findings.push(Finding::new(&TEP01, place, message));
                }
            }
        }
    }

    fn entry(&mut self, entry: &DirEntry, at: &Folder) {
        let name = composed(&entry.file_name().to_string_lossy());
        if at.is_outputs && is_output(&name) {
            return;
        }
        let path = format!("{}{name}", at.prefix);
        let disk = entry.path();
        // A link to a folder could lead round in a circle; a link to a file is a file. Of all else the folder
        // itself tells what it is.
        let kind = entry.file_type().ok();
        let is_link = kind.is_some_and(|kind| kind.is_symlink());
        let kind = kind.filter(|_| !is_link);
        let kind = kind.or_else(|| Some(std::fs::metadata(&disk).ok()?.file_type()));
        if kind.is_some_and(|kind| kind.is_dir()) {
            self.folder(&path, &disk, is_link, at.depth);
            return;
        }
        let fate = fate_of(&name, kind.is_none_or(|kind| kind.is_file()));
        self.found.insert((path, disk), fate);
    }

    fn folder(&mut self, path: &str, disk: &Path, is_link: bool, depth: usize) {
        let refused = if is_link {
            Some("Đây là liên kết tới một thư mục khác; không đi theo liên kết.")
        } else if disk.file_name().is_some_and(|name| name == FEEDBACK)
            && disk.join(FEEDBACK_LIST).is_file()
        {
            Some(
                "Thư mục phản hồi do chương trình này lập; không đọc. Bản đơn vị gửi lại thì để ở ngoài thư mục này.",
            )
        } else if depth >= DEEPEST {
            Some("Thư mục lồng quá sâu; không đọc tiếp.")
        } else {
            None
        };
        if let Some(why) = refused {
            self.found.insert((path.to_owned(), disk.to_owned()), Fate::SetAside(Some(why)));
            return;
        }
        match std::fs::read_dir(disk) {
            Ok(entries) => {
                let prefix = format!("{path}/");
                let at = Folder { prefix, depth: depth + 1, is_outputs: self.is_outputs(disk) };
                self.entries(entries, &at);
            }
            Err(error) => {
                let message = format!("Không mở được thư mục: {}.", why(&error));
                let place = Place::file(FilePath::new(path));
                self.inventory.findings.push(Finding::new(&TEP01, place, message));
            }
        }
    }

    fn finish(mut self) -> Inventory {
        for ((path, disk), fate) in self.found {
            let file = FoundFile { path: FilePath::new(&path), disk };
            match fate {
                Fate::Candidate | Fate::Doubtful(_) => {
                    self.inventory.findings.extend(super::office_list::nearly_a_list(&file));
                    self.inventory.files.push(file);
                }
                Fate::SetAside(why) => {
                    if let Some(why) = why {
                        let place = Place::file(file.path.clone());
                        self.inventory.findings.push(Finding::new(&TEP09, place, why));
                    }
                    if why != Some(NO_FILE) {
                        self.inventory.read_list(&file);
                    }
                    self.inventory.set_aside.push(file);
                }
            }
        }
        self.inventory
    }
}

/// A name in composed Unicode.
fn composed(name: &str) -> String {
    if name.is_ascii() { name.to_owned() } else { name.nfc().collect() }
}

/// The folder of the feedback, and the list that says a run wrote it.
const FEEDBACK: &str = "phan-hoi";
const FEEDBACK_LIST: &str = "bien-nhan.csv";

/// Whether that name in the output folder is what an earlier run wrote. Anything else may be a submission.
pub fn is_output(name: &str) -> bool {
    const FILES: [(&str, &str); 3] =
        [("tong-hop-", ".xlsx"), ("bao-cao-", ".pdf"), ("ket-qua-", ".json")];
    let written = name.strip_suffix(".bak").unwrap_or(name);
    let is_file = FILES.iter().any(|(start, end)| {
        let period = written.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
        period.is_some_and(|period| Period::parse(period).is_some())
    });
    is_file || name == FEEDBACK || name.starts_with(".qc17-")
}

/// Files of the office's own that may lie beside the submissions.
const OFFICE_FILES: [&str; 4] =
    [super::receipts::FILE_NAME, super::explanations::FILE_NAME, FEEDBACK_LIST, "co-quan.toml"];
/// Extensions of what is no spreadsheet. Clerks give them to spreadsheets all the same.
const OTHER_KINDS: [&str; 18] = [
    "pdf", "doc", "docx", "odt", "rtf", "jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "heic",
    "md", "json", "ppt", "pptx", "lnk",
];
/// Extensions of archives of other kinds than those that are opened.
const OTHER_ARCHIVES: [&str; 2] = ["rar", "7z"];
/// Said of them.
const PACKED: &str = "Tệp nén kiểu này không mở được; không đọc. Giải nén rồi chép các bảng tính vào thư mục, hoặc nén lại thành .zip.";

/// Said of pipes, devices and sockets.
const NO_FILE: &str = "Không phải là tệp thường; không đọc.";

/// Whether a file of that name is an archive of a kind that is not opened.
pub fn is_other_archive(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    OTHER_ARCHIVES.iter().any(|other| extension.eq_ignore_ascii_case(other))
}

/// What is to be done with a file of that name.
pub fn fate_of_name(name: &str) -> Fate {
    fate_of(name, true)
}

fn fate_of(name: &str, is_file: bool) -> Fate {
    let lower = name.to_lowercase();
    let extension = lower.rsplit_once('.').map_or("", |(_, extension)| extension);
    // First, whatever its name: a pipe that is opened is waited for without end.
    if !is_file {
        return Fate::SetAside(Some(NO_FILE));
    }
    if OFFICE_FILES.contains(&lower.as_str()) {
        return Fate::SetAside(None);
    }
    let system = matches!(lower.as_str(), "thumbs.db" | "desktop.ini" | ".ds_store");
    if system || lower.starts_with("~$") || lower.starts_with('.') || extension == "tmp" {
        return Fate::SetAside(Some("Tệp tạm hoặc tệp hệ thống; không đọc."));
    }
    match extension {
        "toml" => Fate::SetAside(None),
        // By its own name it is older than the file beside it, whatever it holds.
        "bak" => Fate::SetAside(Some(
            "Bản sao lưu; không đọc. Nếu đây là báo cáo, đề nghị đổi đuôi tệp rồi chạy lại.",
        )),
        _ if is_other_archive(name) => Fate::Doubtful(PACKED),
        other if OTHER_KINDS.contains(&other) => Fate::Doubtful(
            "Không phải bảng tính; không đọc. Nếu đây là báo cáo, đề nghị gửi bảng tính.",
        ),
        _ => Fate::Candidate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_decides() {
        for (names, expected) in [
            (
                &["BC_02647_2021_Q1.xlsx", "bao cao", "bao cao.XLS", "a.csv", "a.zip", "a.txt"][..],
                "read",
            ),
            (
                &["cong van.pdf", "BÁO CÁO.DOC", "a.xlsx.jpg", "a.rar", "a.json"],
                "its content decides",
            ),
            (
                &[
                    "~$BC_02647_2021_Q1.xlsx",
                    "~$a.doc",
                    ".a.pdf",
                    "Thumbs.db",
                    ".DS_Store",
                    "x.TMP",
                    "a.xlsx.bak",
                ],
                "said",
            ),
            (&["nhan.csv", "NHAN.CSV", "co-quan.toml"], "the office's own"),
        ] {
            for name in names {
                let fate = match fate_of(name, true) {
                    Fate::Candidate => "read",
                    Fate::Doubtful(_) => "its content decides",
                    Fate::SetAside(Some(_)) => "said",
                    Fate::SetAside(None) => "the office's own",
                };
                assert_eq!(fate, expected, "{name}");
            }
        }
    }

    #[test]
    fn order_is_that_of_the_bytes_and_outputs_are_left_out() {
        let root = tempfile::tempdir().unwrap();
        for path in ["b/2.xlsx", "a/1.xlsx", "a.xlsx", "B.xlsx", "ket-qua/tong-hop-2021-Q1.xlsx"] {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let outputs = root.path().join("ket-qua");
        let found = discover(&[root.path().to_owned()], &[], Some(&outputs)).unwrap().0;
        let paths: Vec<_> = found.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["B.xlsx", "a.xlsx", "a/1.xlsx", "b/2.xlsx"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_circle_of_links_ends() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("a")).unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("a/vong")).unwrap();
        let found = discover(&[root.path().to_owned()], &[], None).unwrap().0;
        assert_eq!(found.set_aside.len(), 1);
        assert_eq!(found.findings.len(), 1);
    }
}
