//! One table of the forms: its columns, and which of them a header's words mean.

use super::blank::{BlankColumn, Holds};
use super::forms::{FormsError, TableId};
use super::template::{RawColumn, RawTable};
use crate::model::text::key;
use crate::model::word_map::WordMap;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// One column of a table.
#[derive(Debug, Clone)]
pub struct ColumnForm {
    /// The field's stable name.
    pub field: &'static str,
    /// For a column to be ticked in place of a coded one: the code that a tick stands for.
    pub tick: Option<&'static str>,
    /// How a message names the column: group and header.
    pub label: String,
    /// Whether a row cannot be used without it.
    pub required: bool,
    /// The field whose column serves as well where this one is not there.
    pub or: Option<&'static str>,
    /// The field of the number that its date may stand right behind, under a name that says no more.
    after: Option<&'static str>,
    /// What the blank form shows; none for columns that are only read where they stand.
    pub blank: Option<BlankColumn>,
    group: Option<usize>,
}

/// One table and the names it goes by.
#[derive(Debug, Clone)]
pub struct TableForm {
    /// Which table.
    pub id: TableId,
    /// Canonical sheet name.
    pub sheet: String,
    /// The title above it on the blank form.
    pub title: String,
    /// How many rows the blank form has ready.
    pub rows: u32,
    /// Its columns, in the order of the blank form.
    pub columns: Vec<ColumnForm>,
    sheet_keys: BTreeSet<String>,
    names: WordMap<Roles>,
    /// The same by the number of the word.
    roles: Vec<Roles>,
}

/// A header's words as the forms know them, looked up once; a table's roles are then found by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Word(Option<usize>);

impl Word {
    /// The word of that number; none for a word that no form knows.
    pub(super) const fn new(number: Option<usize>) -> Self {
        Self(number)
    }
}

/// What one word means in one table.
#[derive(Debug, Clone, Default)]
struct Roles {
    group: Option<usize>,
    /// The column without a group whose header on the blank form it is.
    canonical: Option<usize>,
    /// The column that it means when it stands alone.
    alone: Option<usize>,
    /// The columns that it means under groups.
    under: Vec<(usize, usize)>,
    /// The columns that it means right behind that of their number.
    beside: Vec<usize>,
}

impl TableForm {
    /// Whether a sheet of that name, or a title that begins with it, announces this table.
    pub fn is_named(&self, name_key: &str) -> bool {
        self.sheet_keys.iter().any(|known| {
            name_key.strip_prefix(known.as_str()).is_some_and(|rest| {
                let numbered = known.ends_with(|c: char| c.is_ascii_digit());
                rest.is_empty() || (numbered && !rest.starts_with(|c: char| c.is_ascii_digit()))
            })
        })
    }

    /// The column that these headers mean, the groups from the top down; `None` when they are not
    /// known.
    ///
    /// Under a group that the form knows, only that group's own headers count, so that
    /// `Ý kiến, kiến nghị | Nữ` is never taken for the women who came. A column's own name over several
    /// headers stands for its group: `Thông báo kết luận số` over `Số` and `Ngày`.
    pub fn column(&self, groups: &[Word], leaf: Word) -> Option<usize> {
        let roles = self.roles(leaf)?;
        let group = groups.iter().rev().find_map(|name| self.group_of(*name));
        let Some(group) = group else { return roles.alone };
        let under = roles.under.iter().find(|(other, _)| *other == group).map(|(_, at)| *at);
        under.or(roles.canonical).or_else(|| {
            roles.alone.filter(|at| self.columns.get(*at).is_some_and(|c| c.group == Some(group)))
        })
    }

    /// The group that a word names, or whose column it names.
    pub(super) fn group_of(&self, word: Word) -> Option<usize> {
        let roles = self.roles(word)?;
        roles.group.or_else(|| self.group(roles.alone?))
    }

    /// The column that a name means right behind that number: `Ngày ban hành` behind `Số thông báo`.
    pub(super) fn column_beside(&self, number: usize, leaf: Word) -> Option<usize> {
        let number = self.columns.get(number)?.field;
        let after = |at: &usize| self.columns.get(*at).is_some_and(|c| c.after == Some(number));
        self.roles(leaf)?.beside.iter().copied().find(after)
    }

    fn roles(&self, word: Word) -> Option<&Roles> {
        self.roles.get(word.0?)
    }

    /// The group that a column stands under in the blank form.
    pub fn group(&self, at: usize) -> Option<usize> {
        self.columns.get(at)?.group
    }

    /// The names of a field that holds a day or a paper's number, and those of its group; none of a count or of
    /// a column to be ticked.
    pub(super) fn names_of_paper(&self, field: &str) -> impl Iterator<Item = &str> {
        let paper = |column: &ColumnForm| {
            let holds = column.blank.as_ref().map(|blank| &blank.holds);
            column.field == field && holds.is_some_and(Holds::is_paper)
        };
        let at = self.columns.iter().position(paper);
        let group = at.and_then(|at| self.group(at));
        let meant = move |roles: &Roles| {
            at.is_some_and(|at| {
                roles.alone == Some(at) || roles.under.iter().any(|(_, to)| *to == at)
            }) || group.is_some() && roles.group == group
        };
        self.names.iter().filter(move |(_, roles)| meant(roles)).map(|(name, _)| name.as_str())
    }

    /// Whether a word names a paper's column in full, and nothing under any group.
    pub(super) fn is_whole_name_of_paper(&self, leaf: Word, at: usize) -> bool {
        let holds = self.columns.get(at).and_then(|column| column.blank.as_ref());
        holds.is_some_and(|blank| blank.holds.is_paper())
            && self.roles(leaf).is_some_and(|roles| roles.under.is_empty())
    }

    /// Whether a column is to be ticked.
    pub fn is_tick(&self, at: usize) -> bool {
        self.columns.get(at).is_some_and(|column| column.tick.is_some())
    }

    /// Whether a header means one field alone and another under some group: `Ngày`.
    pub(super) fn is_ambiguous(&self, leaf: Word) -> bool {
        let field = |at: usize| self.columns.get(at).map(|column| column.field);
        let alone = |roles: &Roles| roles.alone.and_then(field);
        self.roles(leaf)
            .is_some_and(|roles| roles.under.iter().any(|(_, at)| field(*at) != alone(roles)))
    }

    /// Whether that word is a group of the table.
    pub fn is_group(&self, word: Word) -> bool {
        self.roles(word).is_some_and(|roles| roles.group.is_some())
    }

    /// Whether that word is any header or group of the table.
    pub fn knows(&self, word: Word) -> bool {
        self.roles(word).is_some_and(|roles| {
            roles.group.is_some() || roles.alone.is_some() || !roles.under.is_empty()
        })
    }

    /// How many different fields a row cannot be used without.
    pub fn required(&self) -> usize {
        self.columns.iter().filter(|column| column.required).count()
    }

    /// Every name of a column that stands alone, with the column: the candidates for a near miss.
    pub fn names(&self) -> impl Iterator<Item = (&str, usize)> {
        let named = self.names.iter();
        let mut all: Vec<_> =
            named.filter_map(|(name, roles)| Some((name.as_str(), roles.alone?))).collect();
        all.sort_unstable();
        all.into_iter()
    }
}

impl TableForm {
    /// The table as the template has it.
    pub(super) fn build(raw: RawTable) -> Result<Self, FormsError> {
        let id = TableId::ALL
            .into_iter()
            .find(|id| id.key() == raw.id)
            .ok_or_else(|| FormsError::Template(raw.id.clone()))?;
        let mut form = Self {
            id,
            sheet_keys: keys_of(&raw.sheet, &raw.sheet_aliases),
            sheet: raw.sheet,
            title: raw.title,
            rows: raw.rows,
            columns: Vec::new(),
            names: WordMap::default(),
            roles: Vec::new(),
        };
        for (at, group) in raw.groups.iter().enumerate() {
            for name in keys_of(&group.name, &group.aliases) {
                form.names.entry(name).or_default().group = Some(at);
            }
        }
        for column in raw.column {
            form.add_column(column)?;
        }
        Ok(form)
    }

    /// Every name of the table, and whether it can begin a header row: names of columns to be ticked
    /// stand in cells as well.
    pub(super) fn words(&self) -> Vec<(&str, bool)> {
        let coded = |at: usize| self.columns.get(at).is_some_and(|column| column.tick.is_none());
        let mut words: Vec<_> = self
            .names
            .iter()
            .map(|(name, roles)| {
                let begins = roles.group.is_some() || roles.alone.is_some_and(coded);
                (name.as_str(), begins)
            })
            .collect();
        words.sort_unstable();
        words
    }

    /// Takes the numbers that the words of all tables were given.
    pub(super) fn number(&mut self, words: &WordMap<(usize, bool)>) {
        let mut all = vec![Roles::default(); words.len()];
        let mut names: Vec<_> = self.names.iter().collect();
        names.sort_unstable_by_key(|(name, _)| *name);
        for (name, roles) in names {
            let number = words.get(name).map(|(number, _)| *number);
            if let Some(slot) = number.and_then(|number| all.get_mut(number)) {
                slot.clone_from(roles);
            }
        }
        self.roles = all;
    }

    /// Adds an office's own names of a column.
    pub(super) fn add_names(&mut self, at: usize, names: &[String]) {
        for name in names {
            self.names.entry(key(name)).or_default().alone = Some(at);
        }
    }

    /// Every name of a group.
    fn groups_of(&self, group: Option<usize>) -> impl Iterator<Item = &str> {
        let named =
            self.names.iter().filter(move |(_, roles)| group.is_some() && roles.group == group);
        let mut names: Vec<&str> = named.map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.into_iter()
    }

    fn add_column(&mut self, raw: RawColumn) -> Result<(), FormsError> {
        let at = self.columns.len();
        let blank = BlankColumn::build(&raw)?;
        let mut alone: Vec<String> = raw.aliases.iter().map(|name| key(name)).collect();
        let group = raw.group.as_ref().and_then(|group| self.names.get(&key(group))?.group);
        let mut label = raw.header.clone();
        for name in &raw.beside {
            self.names.entry(key(name)).or_default().beside.push(at);
        }
        if let Some(name) = &raw.group {
            for leaf in keys_of(&raw.header, &raw.leaf) {
                let composed = self.groups_of(group).map(|name| format!("{name}{leaf}"));
                alone.extend(composed.collect::<Vec<_>>());
                let under = &mut self.names.entry(leaf).or_default().under;
                under.extend(group.map(|group| (group, at)));
            }
            label = format!("{name} - {}", raw.header);
        } else {
            self.names.entry(key(&raw.header)).or_default().canonical = Some(at);
        }
        alone.push(key(&label));
        for name in alone {
            self.names.entry(name).or_default().alone.get_or_insert(at);
        }
        self.columns.push(ColumnForm {
            field: intern(raw.field),
            blank,
            tick: raw.tick.map(intern),
            label: raw.flat.unwrap_or(label),
            required: raw.required,
            or: raw.or.map(intern),
            after: raw.after.map(intern),
            group,
        });
        Ok(())
    }
}

/// The template's field names live as long as the program, as the ones written in code do; each once, however often
/// the forms are loaded.
pub(super) fn intern(name: String) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name.as_str()) {
        return known;
    }
    let kept: &'static str = Box::leak(name.into_boxed_str());
    names.insert(kept);
    kept
}

pub(super) fn keys_of(name: &str, aliases: &[String]) -> BTreeSet<String> {
    std::iter::once(key(name)).chain(aliases.iter().map(|alias| key(alias))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_once() {
        let names = ["date", "date"].map(|name| intern(name.to_owned()));
        assert!(std::ptr::eq(names[0], names[1]));
    }
}
