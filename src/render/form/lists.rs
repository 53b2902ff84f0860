//! The sheet `Danh mục`: the code lists from which the drop-down lists offer.

use super::blank::Blank;
use super::layout::Layout;
use super::{FormError, look};
use crate::model::cell::column_letters;
use crate::recognise::blank::{Holds, List, Offers};
use crate::render::workbook::style::{Tab, header, title};
use crate::render::workbook::table::page;
use rust_xlsxwriter::{ProtectionOptions, Workbook};
use std::collections::BTreeMap;

/// How other sheets speak of this one.
pub(super) const NAME_IN_TEXT: &str = "Danh mục";

/// The row of the lists' names.
const HEAD: u32 = 2;

/// The lists that the tables of one form offer.
pub(super) struct Lists {
    offered: BTreeMap<Offers, Vec<String>>,
}

impl Lists {
    /// The lists of these tables.
    pub(super) fn of(blank: &Blank<'_>, tables: &[Layout<'_>]) -> Self {
        let mut offered = BTreeMap::new();
        for column in tables.iter().flat_map(|table| &table.columns) {
            if let Holds::Code(offers) = &column.blank.holds {
                offered.insert(offers.clone(), blank.setting.codes.offered(offers));
            }
        }
        Self { offered }
    }

    /// What one list offers.
    pub(super) fn offered(&self, holds: &Holds) -> &[String] {
        match holds {
            Holds::Code(offers) => self.offered.get(offers).map_or(&[], Vec::as_slice),
            _ => &[],
        }
    }

    /// Adds the sheet, and a name for each list.
    pub(super) fn add(&self, name: &str, to: &mut Workbook) -> Result<(), FormError> {
        if self.offered.is_empty() {
            return Ok(());
        }
        let sheet = to.add_worksheet().set_name(name)?;
        page(sheet, Tab::Grounds);
        sheet.write_string_with_format(0, 0, "DANH MỤC CÁC GIÁ TRỊ ĐƯỢC CHỌN", &title())?;
        let mut names = Vec::new();
        for (col, (offers, words)) in (0u16..).zip(&self.offered) {
            sheet.write_string_with_format(HEAD, col, headline(offers), &header())?;
            let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or(0);
            sheet.set_column_width(col, u32::try_from(longest.clamp(14, 64)).unwrap_or(64))?;
            let mut last = HEAD;
            for (row, word) in (HEAD + 1..).zip(words) {
                sheet.write_string_with_format(row, col, word, &look::told())?;
                last = row;
            }
            let letters = column_letters(u32::from(col));
            names.push((
                defined(offers),
                format!("='{name}'!${letters}${}:${letters}${}", HEAD + 2, last + 1),
            ));
        }
        sheet.set_row_height(HEAD, 34)?;
        sheet.set_freeze_panes(HEAD + 1, 0)?;
        sheet.protect_with_options(&ProtectionOptions::new());
        for (name, range) in names {
            to.define_name(name, &range)?;
        }
        Ok(())
    }
}

/// The defined name of a list.
pub(super) fn defined(offers: &Offers) -> String {
    let only = offers.only.iter().map(String::as_str);
    let parts: Vec<&str> = ["ma", offers.list.key()].into_iter().chain(only).collect();
    parts.join("_")
}

/// What stands above a list. It never is a column's header alone: this is no table of the forms.
fn headline(offers: &Offers) -> String {
    let list = match offers.list {
        List::Kind => "loại cuộc",
        List::Chair => "người chủ trì",
        List::Format => "hình thức",
        List::YesNo => "có hay không",
        List::Authority => "thẩm quyền",
        List::Outcome => "kết quả",
        List::Subject => "lĩnh vực",
    };
    match offers.only.as_slice() {
        [] => format!("Danh mục {list}"),
        only => format!("Danh mục {list} {}", only.join(", ")),
    }
}
