//! Why a profile cannot be used: every mistake with its line, its column and what would be right.

use crate::notation::system::why;
use std::fmt;
use std::io;

/// Why a profile (hồ sơ quy tắc) cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// No profile of that name comes with the program.
    #[error(
        "Không có hồ sơ quy tắc “{id}”{}. Hãy dùng một trong: {}, hoặc đường dẫn tới tệp .toml.",
        suggestion(*nearest),
        super::IDS.join(", ")
    )]
    UnknownId {
        /// What was asked for.
        id: String,
        /// The nearest that there is.
        nearest: Option<&'static str>,
    },
    /// The file cannot be read.
    #[error(
        "Không đọc được hồ sơ quy tắc {file}: {}. Hãy kiểm tra lại đường dẫn và quyền đọc tệp.",
        why(source)
    )]
    Unreadable {
        /// The file.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// The file is no text of a usable size.
    #[error(
        "{file} không phải tệp hồ sơ quy tắc. Hãy tạo tệp mẫu bằng lệnh: qc17 profile init > quy-che.toml"
    )]
    NotText {
        /// The file.
        file: String,
    },
    /// The text has mistakes; all of them, in the order of the file.
    #[error("{}", listed(file, mistakes))]
    Mistakes {
        /// The file.
        file: String,
        /// The mistakes.
        mistakes: Vec<Mistake>,
    },
}

/// One mistake. Line and column count from 1, the column in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// The key, `quota.commune.min`; empty where the text is no TOML at all.
    pub key: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a key or its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not TOML.
    #[error("không đúng cú pháp TOML. Hãy kiểm tra dấu ngoặc, dấu nháy, dấu bằng ở chỗ này.")]
    Syntax,
    /// The same key twice.
    #[error("khóa này đã có ở trên. Hãy bỏ bớt một chỗ.")]
    Duplicate,
    /// No such key.
    #[error("không có khóa này{}. Các khóa được dùng: {allowed}.", suggestion(nearest.as_deref()))]
    UnknownKey {
        /// The keys that there are.
        allowed: String,
        /// The nearest of them.
        nearest: Option<String>,
    },
    /// A key that must be there.
    #[error("thiếu khóa này. Giá trị cho phép: {allowed}.")]
    Missing {
        /// What it may say.
        allowed: String,
    },
    /// A value of another type, or out of range, or no word of the list.
    #[error("giá trị {found} không dùng được. Giá trị cho phép: {allowed}.")]
    Value {
        /// What it says, as written.
        found: String,
        /// What it may say.
        allowed: String,
    },
    /// A code or a field outside the list.
    #[error("“{found}” không có trong danh mục{}. Hãy xem danh mục bằng lệnh: qc17 rules.", suggestion(nearest.as_deref()))]
    UnknownRule {
        /// What it says.
        found: String,
        /// The nearest that there is.
        nearest: Option<String>,
    },
    /// An alias that two fields of one table claim.
    #[error("tên cột “{found}” đã dùng cho trường {other}. Mỗi tên cột chỉ dùng cho một trường.")]
    SharedAlias {
        /// The alias.
        found: String,
        /// The other field.
        other: String,
    },
    /// Two values that contradict each other.
    #[error("giá trị này mâu thuẫn với khóa {other}: {rule}.")]
    Contradiction {
        /// The other key.
        other: String,
        /// What must hold.
        rule: &'static str,
    },
}

/// “, có phải là …” when something is near.
fn suggestion(nearest: Option<&str>) -> String {
    nearest.map(|word| format!(" (có phải “{word}”?)")).unwrap_or_default()
}

fn listed(file: &str, mistakes: &[Mistake]) -> String {
    let lines: Vec<String> = mistakes.iter().map(|mistake| format!("{file}, {mistake}")).collect();
    lines.join("\n")
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "dòng {}, cột {}", self.line, self.column)?;
        if !self.key.is_empty() {
            write!(f, ", khóa {}", self.key)?;
        }
        write!(f, ": {}", self.problem)
    }
}
