//! What is said of names that do not decide whose a file is: several units, one nearly so named, one with another's code.

use super::identity::{Identity, Question, Written};
use super::mentions;
use super::values::{folded, shown};
use crate::model::submission::FilePath;
use crate::model::{Finding, Level, Place, Unit, UnitCode};
use crate::recognise::Source;
use crate::register::Register;
use crate::rules::dv::{DV01, DV02, DV03, DV07};
use chrono::NaiveDate;

impl Question<'_> {
    pub(super) fn ambiguous(
        &self,
        units: &[&Unit],
        name: &Written,
        findings: &mut Vec<Finding>,
    ) -> Identity {
        let listed: Vec<String> = units.iter().map(|unit| self.with_parent(unit)).collect();
        let message =
            format!("Tên \u{201c}{}\u{201d} có thể là: {}.", name.text, listed.join("; "));
        findings.push(Finding::new(&DV07, name.place.clone(), message).value(name.text.clone()));
        Identity::Unknown { could_be: units.iter().map(|unit| unit.code).collect() }
    }

    /// The unit that titles and names tell, where they tell one.
    pub(super) fn told_elsewhere(&self) -> Option<&Unit> {
        match self.by_free_text(&mut Vec::new())? {
            Identity::Known(code) => self.register.get(code, self.day),
            Identity::Unknown { .. } => None,
        }
    }

    /// DV02 where the file's name tells another unit than its content does, which counts.
    pub(super) fn file_named_otherwise(&self, code: UnitCode) -> Option<Finding> {
        let unit = self.register.get(code, self.day)?;
        let names = self.claims.iter().filter(|claim| claim.source == Source::FileName);
        let texts =
            names.filter_map(|claim| Some(folded(&shown(claim.value.as_ref()?)).into_owned()));
        let mut named: Vec<&Unit> = texts
            .flat_map(|text| match mentions::coded_in(&text, self.register, self.day) {
                Some(code) => self.register.get(code, self.day).into_iter().collect(),
                None => mentions::named_in(&text, self.register, self.day),
            })
            .collect();
        named.retain(|other| other.level == unit.level);
        let other = named.first().filter(|_| named.iter().all(|other| other.code != code))?;
        let message = format!(
            "Tên tệp ghi {}, nhưng nội dung là của {}: tính theo nội dung.",
            self.with_parent(other),
            self.with_parent(unit)
        );
        let finding = Finding::new(&DV02, Place::file(self.file.clone()), message);
        Some(finding.value(self.file.file_name()).help(
            "Hỏi lại đơn vị: có thể mẫu của đơn vị khác được dùng lại mà chưa sửa trang Thông tin. Nếu nội dung đúng thì đổi tên tệp.",
        ))
    }

    /// Whose a file is that names no unit: its folder may tell who sent it, though not that it is that unit's report.
    pub(super) fn in_its_folder(&self, findings: &mut Vec<Finding>) -> Identity {
        let sender = folder_unit(self.file, self.register, self.day);
        let sender = sender.and_then(|code| self.register.get(code, self.day));
        let mut message = "Không tìm thấy mã hay tên đơn vị trong tệp và trong tên tệp.".to_owned();
        if let Some(unit) = sender {
            message.push_str(&format!(
                " Theo tên thư mục, {} đã gửi tệp này.",
                self.with_parent(unit)
            ));
        }
        let finding = Finding::new(&DV01, Place::file(self.file.clone()), message);
        findings.push(
            finding.help("Ghi mã đơn vị vào trang Thông tin hoặc vào tên tệp, rồi chạy lại."),
        );
        Identity::Unknown { could_be: sender.map(|unit| unit.code).into_iter().collect() }
    }

    fn with_parent(&self, unit: &Unit) -> String {
        let parent = unit.parent.and_then(|code| self.register.get(code, self.day));
        match parent.filter(|parent| parent.level == Level::District) {
            Some(parent) => format!("{} ({}, {})", unit.full_name(), unit.code, parent.full_name()),
            None => format!("{} ({})", unit.full_name(), unit.code),
        }
    }

    pub(super) fn near(&self, unit: &Unit, name: &Written) -> Finding {
        let message = format!(
            "Tên ghi \u{201c}{}\u{201d}: đã hiểu là {}.",
            name.text,
            self.with_parent(unit)
        );
        Finding::new(&DV02, name.place.clone(), message).value(name.text.clone())
    }
}

/// DV03: the code is one unit's, the name another's.
pub(super) fn disagree(unit: &Unit, code: &Written, name: &Written) -> Finding {
    let message = format!(
        "Mã {} là {}, nhưng tên ghi \u{201c}{}\u{201d}.",
        code.text.trim(),
        unit.full_name(),
        name.text
    );
    Finding::new(&DV03, name.place.clone(), message).value(name.text.clone())
}

/// The commune that the nearest folder with a unit's name tells.
pub fn folder_unit(file: &FilePath, register: &Register, day: NaiveDate) -> Option<UnitCode> {
    let mut folders: Vec<&str> = file.as_str().split('/').collect();
    folders.pop();
    let code = folders.iter().rev().find_map(|name| {
        let exact = UnitCode::parse(name.trim()).filter(|code| register.get(*code, day).is_some());
        exact.or_else(|| mentions::unit_in_name(name, register, day))
    })?;
    let unit = register.get(code, day)?;
    (unit.level == Level::Commune).then_some(code)
}
