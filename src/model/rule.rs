//! What a rule is: a stable code with everything that is ever said about it.

/// What a finding means for the unit that sent the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Phải sửa: the figure cannot stand as it is.
    Error,
    /// Sửa hoặc giải trình: usable, to be checked.
    Warning,
    /// Lưu ý: recorded, nothing to do.
    Info,
}

impl Severity {
    /// All severities, gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Info];

    /// The word used in JSON and in profiles.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    /// The severity of that key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.key() == key)
    }

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Error => "Phải sửa",
            Self::Warning => "Sửa hoặc giải trình",
            Self::Info => "Lưu ý",
        }
    }
}

/// One rule: everything said about it in help, reports and docs is made from here.
#[derive(Debug)]
pub struct Rule {
    /// The stable code (`CT01`); never reused.
    pub code: &'static str,
    /// The fault's name in ASCII (`thieu-cuoc-dinh-ky`).
    pub slug: &'static str,
    /// How grave it is unless the profile says otherwise.
    pub severity: Severity,
    /// One line in Vietnamese: the fault.
    pub title: &'static str,
    /// Why it matters to the reader of the report.
    pub why: &'static str,
    /// An example that breaks it.
    pub breaks: &'static str,
    /// An example that keeps it.
    pub keeps: &'static str,
    /// What the unit should do.
    pub mend: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}
