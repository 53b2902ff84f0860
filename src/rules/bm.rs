//! stub
use crate::model::{Rule, Severity};
/// stub
pub static BM01: Rule = Rule {
    code: "BM01",
    slug: "bm01",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static BM02: Rule = Rule {
    code: "BM02",
    slug: "bm02",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static BM03: Rule = Rule {
    code: "BM03",
    slug: "bm03",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static BM04: Rule = Rule {
    code: "BM04",
    slug: "bm04",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
