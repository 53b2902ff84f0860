//! stub
use crate::model::{Rule, Severity};
/// stub
pub static KY01: Rule = Rule {
    code: "KY01",
    slug: "ky01",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static KY02: Rule = Rule {
    code: "KY02",
    slug: "ky02",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static KY03: Rule = Rule {
    code: "KY03",
    slug: "ky03",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static KY04: Rule = Rule {
    code: "KY04",
    slug: "ky04",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
