//! What the literate examples under `fixtures/rules` need to be read, run and compared.

#![allow(dead_code, reason = "each file of tests needs some of it")]

pub(crate) mod clean;
pub(crate) mod document;
pub(crate) mod example;
pub(crate) mod expected;
pub(crate) mod forms;
pub(crate) mod run;
pub(crate) mod sheet;
pub(crate) mod value;
pub(crate) mod workbook;
