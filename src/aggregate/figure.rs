//! The figures of PL1 (Phụ lục 1) in the order of its columns, and how people name them.

use crate::model::text::key;
use crate::model::{Level, Measure, Tallies, Tally, nearest};
use std::collections::{BTreeMap, BTreeSet};

/// What one column of figures shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// One measure.
    Of(Measure),
    /// Periodic and ad hoc meetings together.
    Held,
}

/// The header above several columns.
const HELD: &str = "Số cuộc đã tổ chức";
const CHAIR: &str = "Chủ trì";
const OPINIONS: &str = "Ý kiến, kiến nghị";
const NOTICES: &str = "Thông báo kết luận";

impl Figure {
    /// The figures, in the order of their columns.
    pub const ALL: [Self; 19] = [
        Self::Of(Measure::Required),
        Self::Of(Measure::Counted),
        Self::Of(Measure::Periodic),
        Self::Of(Measure::AdHoc),
        Self::Held,
        Self::Of(Measure::BySecretary),
        Self::Of(Measure::ByChairman),
        Self::Of(Measure::ByBoth),
        Self::Of(Measure::ByDeputy),
        Self::Of(Measure::Attendees),
        Self::Of(Measure::Opinions),
        Self::Of(Measure::Answered),
        Self::Of(Measure::Resolved),
        Self::Of(Measure::Pending),
        Self::Of(Measure::Unresolved),
        Self::Of(Measure::Forwarded),
        Self::Of(Measure::NoticesOnTime),
        Self::Of(Measure::NoticesLate),
        Self::Of(Measure::NoticesMissing),
    ];

    /// The number, printed under its header, of the first column of figures.
    pub const FIRST_COLUMN: u32 = 4;

    /// The word used in JSON; what two measures make together has one of its own.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Of(measure) => measure.key(),
            Self::Held => "held",
        }
    }

    /// The header of its column: the one above several columns, empty where there is none, and its own.
    pub const fn head(self) -> (&'static str, &'static str) {
        match self {
            Self::Held => (HELD, "Tổng số"),
            Self::Of(measure) => match measure {
                Measure::Periodic | Measure::AdHoc => (HELD, measure.label()),
                Measure::BySecretary => (CHAIR, "Bí thư"),
                Measure::ByChairman => (CHAIR, "Chủ tịch UBND"),
                Measure::ByBoth | Measure::ByDeputy => (CHAIR, measure.label()),
                Measure::Opinions => (OPINIONS, "Tổng số"),
                Measure::Answered
                | Measure::Resolved
                | Measure::Pending
                | Measure::Unresolved
                | Measure::Forwarded => (OPINIONS, measure.label()),
                Measure::NoticesOnTime => (NOTICES, "Đúng hạn"),
                Measure::NoticesLate => (NOTICES, "Muộn"),
                Measure::NoticesMissing => (NOTICES, "Chưa có"),
                Measure::Required | Measure::Counted | Measure::Attendees => ("", measure.label()),
            },
        }
    }

    /// Both headers in one line.
    pub fn title(self) -> String {
        match self.head() {
            ("", head) => head.to_owned(),
            (group, head) => format!("{group}: {head}"),
        }
    }

    /// The number of its column, counted from one.
    pub fn column(self) -> u32 {
        let at = Self::ALL.iter().position(|figure| *figure == self).unwrap_or_default();
        Self::FIRST_COLUMN + u32::try_from(at).unwrap_or_default()
    }

    /// The measures that it adds up.
    pub fn measures(self) -> Vec<Measure> {
        match self {
            Self::Of(measure) => vec![measure],
            Self::Held => vec![Measure::Periodic, Measure::AdHoc],
        }
    }

    /// The figure of a unit or level.
    pub fn tally(self, tallies: &Tallies) -> Tally {
        let mut tally = Tally::default();
        for measure in self.measures() {
            tally.merge(tallies.get(measure));
        }
        tally
    }

    /// What it is called where no group header stands above it.
    pub const fn headline(self) -> &'static str {
        match self {
            Self::Held => "Tổng số cuộc đã tổ chức",
            Self::Of(Measure::Required) => "Chỉ tiêu của kỳ (số cuộc)",
            Self::Of(Measure::Counted) => "Số cuộc tính vào chỉ tiêu",
            Self::Of(Measure::Periodic) => "Số cuộc định kỳ",
            Self::Of(Measure::AdHoc) => "Số cuộc đột xuất",
            Self::Of(Measure::BySecretary) => "Số cuộc do Bí thư chủ trì",
            Self::Of(Measure::ByChairman) => "Số cuộc do Chủ tịch UBND chủ trì",
            Self::Of(Measure::ByBoth) => "Số cuộc đồng chủ trì",
            Self::Of(Measure::ByDeputy) => "Số cuộc ủy quyền chủ trì",
            Self::Of(Measure::Opinions) => "Tổng số ý kiến, kiến nghị",
            Self::Of(measure) => measure.label(),
        }
    }

    /// The figure of one level.
    pub fn of_level(self, totals: &BTreeMap<Level, Tallies>, level: Level) -> Tally {
        totals.get(&level).map(|tallies| self.tally(tallies)).unwrap_or_default()
    }

    /// The figure of all levels together.
    pub fn of_all(self, totals: &BTreeMap<Level, Tallies>) -> Tally {
        let mut all = Tally::default();
        for tallies in totals.values() {
            all.merge(self.tally(tallies));
        }
        all
    }

    /// The figure that somebody names: by its word in JSON, the number of its column, or its header.
    pub fn find(written: &str) -> Result<Self, UnknownFigure> {
        let wanted = key(written);
        let digits = wanted.strip_prefix("cot").unwrap_or(&wanted);
        if let Ok(column) = digits.parse::<u32>() {
            return Self::at(column, written);
        }
        let by_word = Self::ALL.into_iter().find(|figure| key(figure.key()) == wanted);
        if let Some(found) = by_word {
            return Ok(found);
        }
        let named = Self::ALL.into_iter().filter(|figure| {
            let named = figure.names();
            named.iter().any(|name| key(name) == wanted)
        });
        let named: BTreeSet<Self> = named.collect();
        let mut found = named.iter().copied();
        match (found.next(), found.next()) {
            (Some(only), None) => Ok(only),
            (Some(_), Some(_)) => Err(UnknownFigure::Several(
                written.to_owned(),
                named.into_iter().map(Self::choice).collect(),
            )),
            (None, _) => Err(unknown(written)),
        }
    }

    fn at(column: u32, written: &str) -> Result<Self, UnknownFigure> {
        let at = column.checked_sub(Self::FIRST_COLUMN).and_then(|at| usize::try_from(at).ok());
        if let Some(found) = at.and_then(|at| Self::ALL.get(at)) {
            return Ok(*found);
        }
        let what = match column {
            1 => "số thứ tự",
            2 => "mã đơn vị",
            3 => "tên đơn vị",
            23 => "ngày nộp",
            24 => "tình trạng nộp",
            25 => "kết quả thực hiện, suy ra từ cột 4 và cột 5",
            26 => "ghi chú",
            _ => return Err(unknown(written)),
        };
        Err(UnknownFigure::NoFigure(column, what))
    }

    /// Every way in which people may write it, diacritics aside.
    fn names(self) -> Vec<String> {
        let (group, head) = self.head();
        let mut names = vec![head.to_owned(), format!("{group} {head}")];
        match self {
            Self::Of(measure) => names.push(measure.label().to_owned()),
            Self::Held => names.extend(["Tổng số cuộc".to_owned(), HELD.to_owned()]),
        }
        names
    }

    /// How it is offered to somebody who must choose.
    fn choice(self) -> String {
        format!("{} ({}, cột {})", self.title(), self.key(), self.column())
    }
}

fn unknown(written: &str) -> UnknownFigure {
    let words: Vec<(String, Figure)> = (Figure::ALL.into_iter())
        .flat_map(|figure| {
            let mut names = figure.names();
            names.push(figure.key().to_owned());
            names.into_iter().map(move |name| (key(&name), figure))
        })
        .collect();
    let near = nearest(&key(written), words.iter().map(|(word, _)| word.as_str()));
    let near = near.and_then(|near| words.iter().find(|(word, _)| word == near));
    UnknownFigure::NoSuch(written.to_owned(), near.map(|(_, figure)| figure.choice()))
}

/// No column of PL1 with figures is named so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownFigure {
    /// None.
    #[error("PL1 không có cột số liệu nào tên là \u{201c}{0}\u{201d}. {remedy}", remedy = nearest_column(.1.as_deref()))]
    NoSuch(String, Option<String>),
    /// More than one.
    #[error("Nhiều cột của PL1 tên là \u{201c}{0}\u{201d}: {all}. Hãy ghi số cột.", all = .1.join("; "))]
    Several(String, Vec<String>),
    /// A column that holds no figure.
    #[error("Cột {0} của PL1 là {1}, không phải số cộng lại. Hãy ghi một cột từ 4 đến 22.")]
    NoFigure(u32, &'static str),
}

fn nearest_column(near: Option<&str>) -> String {
    near.map_or_else(
        || {
            "Hãy ghi số cột (4 đến 22) hoặc tên cột trên trang PL1, ví dụ 13 hoặc \u{201c}Số lượt người tham gia\u{201d}."
                .to_owned()
        },
        |near| format!("Có phải {near}?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_is_found_by_word_number_and_header() {
        for figure in Figure::ALL {
            let (group, head) = figure.head();
            let column = figure.column().to_string();
            let whole = format!("{group} - {head}").to_uppercase();
            for written in [figure.key(), &column, &format!("Cột {column}"), &whole] {
                assert_eq!(Figure::find(written), Ok(figure), "{written}");
            }
        }
        for measure in Measure::ALL {
            assert_eq!(Figure::find(measure.label()), Ok(Figure::Of(measure)), "{measure:?}");
        }
    }

    #[test]
    fn other_words_are_told_apart() {
        for (written, told) in [
            ("Tổng số", "Số cuộc đã tổ chức: Tổng số (held, cột 8)"),
            ("atendees", "Số lượt người tham gia (attendees, cột 13)"),
            ("Đột suất", "Số cuộc đã tổ chức: Đột xuất (ad_hoc, cột 7)"),
            ("25", "kết quả thực hiện"),
            ("99", "4 đến 22"),
            ("", "4 đến 22"),
            ("con voi", "4 đến 22"),
        ] {
            let error = Figure::find(written).unwrap_err().to_string();
            assert!(error.contains(told), "{written}: {error}");
        }
    }

    #[test]
    fn a_sum_of_measures_keeps_the_holes() {
        let mut tallies = Tallies::default();
        tallies.get_mut(Measure::Periodic).add(2);
        tallies.mark(Measure::AdHoc);
        assert_eq!(Figure::Held.tally(&tallies), Tally { sum: Some(2), incomplete: true });
    }
}
