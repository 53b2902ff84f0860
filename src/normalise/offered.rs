//! What the drop-down lists of the blank form offer: words that read back as their codes.

use super::codes::{CodeList, Codes};
use crate::recognise::blank::{List, Offers};
use std::fmt::Display;

impl Codes {
    /// What the blank form offers of a list, in the list's order; each reads back as its code.
    pub fn offered(&self, offers: &Offers) -> Vec<String> {
        let wanted = |code: &dyn Display| {
            offers.only.is_empty() || offers.only.iter().any(|only| *only == code.to_string())
        };
        match offers.list {
            List::Kind => self.kind.words(),
            List::Chair => self.chair.words(),
            List::Format => self.format.words(),
            List::YesNo => self.yes_no.words(),
            List::Authority => self.authority.words(),
            List::Outcome => self.outcome.coded(wanted),
            List::Subject => self.subject.coded(wanted),
        }
    }
}

impl<T: Copy + PartialEq> CodeList<T> {
    fn words(&self) -> Vec<String> {
        self.names().iter().map(|(_, name)| name.clone()).collect()
    }
}

impl<T: Copy + PartialEq + Display> CodeList<T> {
    /// A code with its name, as people write it: `L01 - Đất đai`.
    pub fn with_code(&self, code: T) -> String {
        format!("{code} - {}", self.name(code))
    }

    fn coded(&self, wanted: impl Fn(&dyn Display) -> bool) -> Vec<String> {
        let names = self.names().iter().filter(|(code, _)| wanted(code));
        names.map(|(code, name)| format!("{code} - {name}")).collect()
    }
}
