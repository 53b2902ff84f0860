//! stub
use crate::model::{Rule, Severity};
/// stub
pub static DV01: Rule = Rule {
    code: "DV01",
    slug: "dv01",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static DV02: Rule = Rule {
    code: "DV02",
    slug: "dv02",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static DV03: Rule = Rule {
    code: "DV03",
    slug: "dv03",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static DV04: Rule = Rule {
    code: "DV04",
    slug: "dv04",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static DV05: Rule = Rule {
    code: "DV05",
    slug: "dv05",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static DV06: Rule = Rule {
    code: "DV06",
    slug: "dv06",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
/// stub
pub static DV07: Rule = Rule {
    code: "DV07",
    slug: "dv07",
    severity: Severity::Error,
    title: "t",
    why: "w",
    breaks: "b",
    keeps: "k",
    mend: "m",
};
