//! The seeded generator of the examples, for tests that need years of submissions: made when the tests run.

#![allow(dead_code, reason = "of the generator, tests use what makes quarters in a row")]

pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

#[path = "../../examples/make-fixtures/backlog.rs"]
pub(crate) mod backlog;
#[path = "../../examples/make-fixtures/form.rs"]
pub(crate) mod form;
#[path = "../../examples/make-fixtures/form01.rs"]
pub(crate) mod form01;
#[path = "../../examples/make-fixtures/invent.rs"]
pub(crate) mod invent;
#[path = "../../examples/make-fixtures/lands.rs"]
pub(crate) mod lands;
#[path = "../../examples/make-fixtures/model.rs"]
pub(crate) mod model;
#[path = "../../examples/make-fixtures/prng.rs"]
pub(crate) mod prng;
#[path = "../../examples/make-fixtures/published.rs"]
pub(crate) mod published;
#[path = "../../examples/make-fixtures/quarter.rs"]
pub(crate) mod quarter;
#[path = "../../examples/make-fixtures/register.rs"]
pub(crate) mod register;
#[path = "../../examples/make-fixtures/rollup.rs"]
pub(crate) mod rollup;
#[path = "../../examples/make-fixtures/series.rs"]
pub(crate) mod series;
#[path = "../../examples/make-fixtures/sheet.rs"]
pub(crate) mod sheet;
#[path = "../../examples/make-fixtures/style.rs"]
pub(crate) mod style;
#[path = "../../examples/make-fixtures/truth.rs"]
pub(crate) mod truth;
#[path = "../../examples/make-fixtures/words.rs"]
pub(crate) mod words;
