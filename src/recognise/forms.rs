//! The forms as data: which names each sheet, label and column goes by (`templates/bieu-mau.toml`).

use super::blank::BlankLabel;
use super::met::{HeaderWord, Met};
use super::met_headers::MetHeaders;
use super::none_words::NoneWords;
pub use super::table_form::{ColumnForm, TableForm, Word};
use super::table_form::{intern, keys_of};
use super::template::RawForms;
use crate::model::text::{key, key_within, word_key};
use crate::model::word_map::{WordMap, WordSet};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// Which table of the forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableId {
    /// Biểu 1 - Hội nghị.
    Meetings,
    /// Biểu 2 - Kiến nghị.
    Petitions,
    /// Biểu 3 - Tồn đọng.
    Carried,
    /// Biểu 02 - Tổng hợp.
    RollUp,
}

impl TableId {
    pub(super) const ALL: [Self; 4] =
        [Self::Meetings, Self::Petitions, Self::Carried, Self::RollUp];

    /// The word used in the template and in an office's own aliases.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Meetings => "meetings",
            Self::Petitions => "petitions",
            Self::Carried => "carried",
            Self::RollUp => "rollup",
        }
    }

    /// What the user calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Meetings => "Biểu 1",
            Self::Petitions => "Biểu 2",
            Self::Carried => "Biểu 3",
            Self::RollUp => "Biểu 02",
        }
    }
}

/// One label of the information sheet.
#[derive(Debug, Clone)]
pub struct InfoLabel {
    /// The field's stable name.
    pub field: &'static str,
    /// Its name in the form.
    pub label: String,
    /// What the blank form shows; none for labels that are only read where they stand.
    pub blank: Option<BlankLabel>,
}

/// All forms, with the office's own aliases mixed in.
#[derive(Debug, Clone)]
pub struct Forms {
    /// The tables.
    pub tables: Vec<TableForm>,
    /// The labels of the information sheet.
    pub labels: Vec<InfoLabel>,
    /// The information sheet on the blank form.
    pub info_sheet: String,
    /// The sheet that explains the blank form.
    pub guide_sheet: String,
    /// The sheet with the code lists of the blank form.
    pub lists_sheet: String,
    /// How a cell or a line says that there is nothing to report.
    pub none: NoneWords,
    guide_keys: BTreeSet<String>,
    lists_keys: BTreeSet<String>,
    pub(super) label_keys: WordMap<&'static str>,
    pub(super) other_labels: BTreeSet<String>,
    info_sheet_keys: BTreeSet<String>,
    /// Every header and group of every table: its number, and whether it can begin a header row.
    words: WordMap<(usize, bool)>,
    remarks: WordSet,
    subgroups: Vec<String>,
    other_spans: Vec<String>,
    discarded: Vec<String>,
    /// Short forms of headers with the words that they stand for, as words apart.
    long_forms: WordMap<String>,
    /// What may stand behind a header and says nothing.
    tails: WordSet,
    /// The names of columns to be ticked: in brackets behind a header they say how to fill it in.
    ticks: WordSet,
    longest_label: usize,
    met: Arc<Met>,
    met_headers: Arc<MetHeaders>,
}

/// The template does not fit the program: a fault of ours, or an alias for a column that does not exist.
#[derive(Debug, thiserror::Error)]
pub enum FormsError {
    /// The embedded template cannot be read.
    #[error("Tệp mẫu biểu đi kèm chương trình bị hỏng: {0}")]
    Template(String),
    /// An alias names a column that no form has.
    #[error(
        "Không có cột \u{201c}{0}\u{201d} trong mẫu biểu; ghi dạng bảng.cột, ví dụ meetings.date"
    )]
    UnknownColumn(String),
}

impl Forms {
    /// The embedded forms with an office's own aliases (`meetings.date` → names).
    pub fn load(aliases: &BTreeMap<String, Vec<String>>) -> Result<Self, FormsError> {
        let raw: RawForms = toml::from_str(include_str!("../../templates/bieu-mau.toml"))
            .map_err(|error| FormsError::Template(error.to_string()))?;
        let mut tables = Vec::new();
        for table in raw.table {
            tables.push(TableForm::build(table)?);
        }
        let keys = |names: &[String]| names.iter().map(|name| key(name)).collect();
        let mut labels = Vec::new();
        let mut label_keys = WordMap::default();
        for label in raw.info.label {
            let field = intern(label.field);
            let blank = label.blank.as_ref().map(|blank| BlankLabel::build(&label.label, blank));
            if blank.is_some() == label.extra {
                return Err(FormsError::Template(field.to_owned()));
            }
            let names = keys_of(&label.label, &label.aliases);
            label_keys.extend(names.into_iter().map(|name| (name, field)));
            labels.push(InfoLabel { field, label: label.label, blank });
        }
        let mut forms = Self {
            tables,
            longest_label: label_keys.keys().map(String::len).max().unwrap_or_default(),
            labels,
            label_keys,
            other_labels: raw.info.others.iter().map(|name| key(name)).collect(),
            info_sheet_keys: keys_of(&raw.info.sheet, &raw.info.sheet_aliases),
            info_sheet: raw.info.sheet,
            guide_keys: keys_of(&raw.asides.guide.sheet, &raw.asides.guide.aliases),
            lists_keys: keys_of(&raw.asides.lists.sheet, &raw.asides.lists.aliases),
            guide_sheet: raw.asides.guide.sheet,
            lists_sheet: raw.asides.lists.sheet,
            none: NoneWords::build(&raw.none),
            words: WordMap::default(),
            met: Arc::default(),
            met_headers: Arc::default(),
            long_forms: long_forms(&raw.abbreviations),
            tails: raw.tails.iter().map(|tail| key(tail)).collect(),
            ticks: raw.ticks.iter().map(|name| key(name)).collect(),
            remarks: raw.remarks.iter().map(|name| key(name)).collect(),
            subgroups: keys(&raw.subgroups),
            other_spans: keys(&raw.other_spans),
            discarded: raw.discarded.iter().map(|word| word.to_lowercase()).collect(),
        };
        for (column, names) in aliases {
            forms.add_aliases(column, names)?;
        }
        forms.number_words();
        Ok(forms)
    }

    /// What a header's words mean.
    pub(super) fn header_word(&self, text: &str) -> Cow<'_, HeaderWord> {
        self.met.look_up(text, self)
    }

    /// The headers that were met.
    pub(super) fn met_headers(&self) -> &MetHeaders {
        &self.met_headers
    }

    /// Looks a header's key up.
    pub fn word(&self, header_key: &str) -> Word {
        Word::new(self.words.get(header_key).map(|(number, _)| *number))
    }

    /// Whether that key is any header or group of any table.
    pub fn is_header(&self, header_key: &str) -> bool {
        self.words.get(header_key).is_some_and(|(_, begins)| *begins)
    }

    /// Whether that key is any name of any table, columns to be ticked and headers under a group included.
    pub fn is_name(&self, header_key: &str) -> bool {
        self.words.contains_key(header_key)
    }

    /// What a short form stands for, its words apart: `gq` → `giai quyet`.
    pub fn long_form(&self, words: &str) -> Option<&str> {
        self.long_forms.get(words).map(String::as_str)
    }

    /// Whether words behind a header say nothing: `Chủ trì hội nghị`.
    pub fn is_tail(&self, tail_key: &str) -> bool {
        self.tails.contains(tail_key)
    }

    /// Numbers all names of all tables.
    fn number_words(&mut self) {
        for table in &self.tables {
            for (name, begins) in table.words() {
                let next = self.words.len();
                self.words.entry(name.to_owned()).or_insert((next, false)).1 |= begins;
            }
        }
        for table in &mut self.tables {
            table.number(&self.words);
        }
    }

    /// Whether words in brackets behind a header say nothing about which column it is: a unit of
    /// measure, how to fill it in, or the column's number.
    pub fn is_remark(&self, words: &str) -> bool {
        let number = !words.is_empty() && words.chars().all(|c| "0123456789=+- ".contains(c));
        let known = |part: &str| self.ticks.contains(&key(part));
        number
            || self.remarks.contains(&key(words))
            || words.split([',', ';', '/', '|']).all(|part| !part.trim().is_empty() && known(part))
    }

    /// Whether that key is written over a column of ticks.
    pub fn is_tick(&self, name: &str) -> bool {
        self.ticks.contains(name)
    }

    /// Whether a group inside a group changes nothing: `Trong đó`.
    pub fn is_subgroup(&self, group_key: &str) -> bool {
        self.subgroups.iter().any(|words| words == group_key)
    }

    /// Whether a group speaks of another span of time than the quarter.
    pub fn is_other_span(&self, group_key: &str) -> bool {
        self.other_spans.iter().any(|words| group_key.contains(words.as_str()))
    }

    /// Whether a sheet's name says itself that it is not to be used: `Biểu 1 (cũ)`, `Bỏ`.
    pub fn is_discarded(&self, sheet_name: &str) -> bool {
        let words: Vec<String> = sheet_name
            .split(|c: char| {
                !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c)
            })
            .filter(|word| !word.is_empty())
            .map(|word| word.nfc().collect::<String>().to_lowercase())
            .collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        let joined = words.join(" ");
        self.discarded.iter().any(|word| {
            first == word
                || last == word
                || joined.ends_with(&format!(" {word}"))
                || joined == *word
        })
    }

    /// The form of that table.
    pub fn table(&self, id: TableId) -> Option<&TableForm> {
        self.tables.iter().find(|table| table.id == id)
    }

    /// Whether a sheet of that name holds the unit's own data.
    pub fn is_info_sheet(&self, sheet_key: &str) -> bool {
        self.info_sheet_keys.contains(sheet_key)
    }

    /// Whether a sheet of that name explains the form: what stands there is example, not report.
    pub fn is_guide(&self, sheet_key: &str) -> bool {
        self.guide_keys.iter().any(|known| sheet_key.starts_with(known.as_str()))
    }

    /// Whether a sheet of that name without a table says nothing about the unit.
    pub fn is_aside(&self, sheet_key: &str) -> bool {
        let listed = self.lists_keys.iter().any(|known| sheet_key.starts_with(known.as_str()));
        listed || self.is_guide(sheet_key)
    }

    /// The field that a label of the information sheet means; the buffer is the caller's to use again.
    pub fn label_of(&self, text: &str, buffer: &mut String) -> Option<&'static str> {
        let mut look_up = |text| {
            key_within(text, self.longest_label, buffer).and_then(|key| self.label_keys.get(key))
        };
        // Words in brackets behind a label say how to fill it in: `(nếu có)`.
        let field = look_up(text).or_else(|| look_up(text.split_once('(')?.0));
        field.copied()
    }

    /// Every column as an office's own aliases name it: `meetings.date`, `meetings.kind.periodic`.
    pub fn fields(&self) -> Vec<String> {
        let of = |table: &TableForm| {
            let id = table.id.key();
            table
                .columns
                .iter()
                .map(move |column| match column.tick {
                    Some(tick) => format!("{id}.{}.{tick}", column.field),
                    None => format!("{id}.{}", column.field),
                })
                .collect::<Vec<_>>()
        };
        self.tables.iter().flat_map(of).collect()
    }

    fn add_aliases(&mut self, column: &str, names: &[String]) -> Result<(), FormsError> {
        let unknown = || FormsError::UnknownColumn(column.to_owned());
        let (table, field) = column.split_once('.').ok_or_else(unknown)?;
        let table = self.tables.iter_mut().find(|t| t.id.key() == table).ok_or_else(unknown)?;
        let (field, tick) = field.split_once('.').map_or((field, None), |(f, t)| (f, Some(t)));
        let wanted = |column: &ColumnForm| column.field == field && column.tick == tick;
        let at = table.columns.iter().position(wanted).ok_or_else(unknown)?;
        table.add_names(at, names);
        Ok(())
    }
}

fn long_forms(raw: &BTreeMap<String, String>) -> WordMap<String> {
    raw.iter().map(|(short, long)| (word_key(short), word_key(long))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms() -> Forms {
        Forms::load(&BTreeMap::new()).unwrap()
    }

    fn field(id: TableId, path: &[&str]) -> Option<&'static str> {
        let forms = forms();
        let table = forms.table(id).unwrap();
        let path: Vec<Word> = path.iter().map(|part| forms.word(&key(part))).collect();
        let (leaf, groups) = path.split_last().unwrap();
        table.column(groups, *leaf).and_then(|at| table.columns.get(at)).map(|column| column.field)
    }

    #[test]
    fn headers_lead_to_their_fields() {
        use TableId::{Meetings, Petitions, RollUp};
        for (id, path, expected) in [
            (Meetings, &["Ngày tổ chức"][..], Some("date")),
            (Meetings, &["SỐ LƯỢT NGƯỜI THAM GIA", "Tổng số"], Some("attendees")),
            (Meetings, &["Ý kiến, kiến nghị", "Tổng số"], Some("opinions")),
            (Meetings, &["Ý kiến, kiến nghị", "K3"], Some("pending")),
            (Meetings, &["Kế hoạch", "Số"], Some("plan_no")),
            (Meetings, &["Thông báo kết luận", "Ngày"], Some("notice_date")),
            (Meetings, &["Phần A", "Ngày tổ chức"], Some("date")),
            (Meetings, &["Tổng số"], None),
            (Meetings, &["Ý kiến, kiến nghị", "Nữ"], None),
            (Meetings, &["Kế hoạch", "Ngày tổ chức"], Some("date")),
            (Meetings, &["Ý kiến, kiến nghị", "Nội dung"], None),
            (Meetings, &["Số lượt người tham gia", "Trong đó", "Nữ"], Some("women")),
            (Meetings, &["Chủ trì", "Bí thư"], Some("chair")),
            (Meetings, &["Chủ trì"], Some("chair")),
            (Meetings, &["Ngày tổ chúc hội nghị quý"], None),
            (Petitions, &["Văn bản trả lời - Số"], Some("reply_no")),
            (Petitions, &["Văn bản trả lời", "Ngày"], Some("reply_date")),
            (RollUp, &["Số cuộc", "Tổng số"], Some("total")),
            (RollUp, &["Chủ trì", "Bí thư"], Some("by_secretary")),
        ] {
            assert_eq!(field(id, path), expected, "{path:?}");
        }
    }

    #[test]
    fn an_office_may_add_its_own_names() {
        let alias =
            |column: &str| BTreeMap::from([(column.to_owned(), vec!["Hôm họp dân".into()])]);
        let forms = Forms::load(&alias("meetings.date")).unwrap();
        let word = forms.word(&key("HÔM HỌP DÂN"));
        assert!(forms.table(TableId::Meetings).unwrap().column(&[], word).is_some());
        assert!(Forms::load(&alias("meetings.dates")).is_err());
        assert!(Forms::load(&alias("date")).is_err());
    }

    #[test]
    fn no_name_means_two_columns() {
        let raw: RawForms = toml::from_str(include_str!("../../templates/bieu-mau.toml")).unwrap();
        for table in raw.table {
            let mut seen = BTreeMap::new();
            for column in &table.column {
                let header = column.group.is_none().then_some(&column.header);
                for name in column.aliases.iter().chain(header) {
                    let other = seen.insert(key(name), &column.field);
                    assert!(
                        other.is_none_or(|other| *other == column.field),
                        "{}: \"{name}\" names {other:?} and {}",
                        table.id,
                        column.field
                    );
                }
            }
        }
    }
}
