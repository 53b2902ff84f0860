//! stub
use crate::model::{Rule, Severity};
/// stub
pub static DL01: Rule = Rule {
    code: "DL01",
    slug: "dl01",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static DL02: Rule = Rule {
    code: "DL02",
    slug: "dl02",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static DL03: Rule = Rule {
    code: "DL03",
    slug: "dl03",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static DL04: Rule = Rule {
    code: "DL04",
    slug: "dl04",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static DL05: Rule = Rule {
    code: "DL05",
    slug: "dl05",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static DL06: Rule = Rule {
    code: "DL06",
    slug: "dl06",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static DL07: Rule = Rule {
    code: "DL07",
    slug: "dl07",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static DL08: Rule = Rule {
    code: "DL08",
    slug: "dl08",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
