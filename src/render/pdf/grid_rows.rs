//! The grid of compliance (lưới theo dõi): how each unit and each head stood in each quarter.

use super::model::{Grid, GridRow};
use crate::aggregate::{Account, Summary};
use crate::model::{Level, Span, UnitCode, UnitKind, UnitStanding};
use crate::render::Spelling;
use crate::render::narrative::district;
use std::collections::BTreeMap;

/// Most quarters on one page.
const MOST: usize = 8;

/// The grid of the report's own period after its quarters, where it has several, and those before it that
/// are known.
pub(super) fn grid(summary: &Summary, spelling: Spelling) -> Grid {
    let own = match summary.period.as_quarter() {
        Some(_) => Vec::new(),
        None => summary.period.quarters(),
    };
    let own = own.get((own.len() + 1).saturating_sub(MOST)..).unwrap_or_default();
    let before = &summary.comparison.quarters;
    let skipped = (before.len() + own.len() + 1).saturating_sub(MOST);
    let before = before.get(skipped..).unwrap_or_default();
    let spans = before.iter().map(|known| known.past.period);
    let spans = spans.chain(own.iter().map(|quarter| (*quarter).into())).chain([summary.period]);
    let quarters = spans.map(short).collect();
    let accounts = summary.accounts();
    let row = |account: &Account<'_>| {
        let line = account.line;
        let past = before.iter().map(|known| known.standings.get(&line.unit.code).copied());
        let own_parts = own.iter().map(|quarter| {
            let mut parts = line.quarters.iter().filter(|part| !part.is_carried);
            parts.find(|part| part.period == *quarter).map(|part| part.standing)
        });
        let standings: Vec<Option<UnitStanding>> =
            past.chain(own_parts).chain([Some(account.standing())]).collect();
        let name = format!("{}{}", prefix(account.line.unit.kind), account.line.unit.name);
        GridRow { name, upper: account.line.unit.level != Level::Commune, standings }
    };
    let rows = ordered(summary, &accounts).into_iter().map(row).collect();
    let said = |words: &str| spelling.apply(words).into_owned();
    Grid {
        title: said("Lưới theo dõi thực hiện chỉ tiêu của từng đơn vị, từng người đứng đầu"),
        heads: ["Đơn vị", "BT", "CT"].map(said),
        quarters,
        rows,
        legend: said(
            "I, II, III, IV: quý. BT: người đứng đầu cấp ủy; CT: Chủ tịch UBND; ô chung cho hai người khi chỉ tiêu tính cho \
             đơn vị. Đ: đạt; C: chưa đạt; L: chưa đạt, có lý do; ?: chưa xác định được; K: chưa nộp báo \
             cáo; dấu “–”: không thuộc diện tính; ô trống: chưa có số liệu. X.: xã; P.: phường; TT.: thị trấn; \
             H.: huyện; TX.: thị xã; TP.: thành phố; T.: tỉnh; ĐK.: đặc khu.",
        ),
    }
}

/// The name of a period in two short words.
fn short(period: Span) -> String {
    let kind = match period {
        Span::Quarter(quarter) => quarter.roman().to_owned(),
        Span::HalfYear { second: false, .. } => "6TĐ".to_owned(),
        Span::HalfYear { second: true, .. } => "6TC".to_owned(),
        Span::NineMonths { .. } => "9T".to_owned(),
        Span::Year { .. } => "Năm".to_owned(),
        Span::Years { .. } => "Các năm".to_owned(),
    };
    format!("{kind} {}", period.year())
}

/// A unit's kind in as few letters as offices use.
const fn prefix(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Tinh => "T. ",
        UnitKind::ThanhPho => "TP. ",
        UnitKind::ThiXa => "TX. ",
        UnitKind::Huyen => "H. ",
        UnitKind::Xa => "X. ",
        UnitKind::Phuong => "P. ",
        UnitKind::ThiTran => "TT. ",
        UnitKind::DacKhu => "ĐK. ",
    }
}

/// The province, then each district with its communes, then communes without a district.
fn ordered<'a, 's>(summary: &Summary, accounts: &'a [Account<'s>]) -> Vec<&'a Account<'s>> {
    let of = |level| accounts.iter().filter(move |account| account.line.unit.level == level);
    let mut below: BTreeMap<Option<UnitCode>, Vec<&Account<'s>>> = BTreeMap::new();
    for account in of(Level::Commune) {
        below.entry(district(summary, account.line)).or_default().push(account);
    }
    let mut rows: Vec<&Account<'s>> = of(Level::Province).collect();
    for above in of(Level::District) {
        rows.push(above);
        rows.extend(below.remove(&Some(above.line.unit.code)).unwrap_or_default());
    }
    rows.extend(below.into_values().flatten());
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::over_span;
    use crate::check::trials::{Batch, code};
    use crate::model::{Geography, Period, Verdict};

    #[test]
    fn a_longer_report_shows_its_quarters_before_itself() {
        let quarters = ["2021-Q1", "2021-Q2"].map(|quarter| {
            let mut batch = Batch::empty();
            batch.period = Period::parse(quarter).unwrap();
            batch.as_of = batch.profile.deadline(batch.period);
            if quarter == "2021-Q2" {
                batch.send("02989", |_| ());
            }
            batch.summary()
        });
        let span = Span::parse("2021-H1").unwrap();
        let register = Batch::empty().register;
        let summary = over_span(span, quarters.into(), &register, Geography::Now).unwrap();
        let grid = grid(&summary, Spelling::default());
        assert_eq!(grid.quarters, ["I 2021", "II 2021", "6TĐ 2021"]);
        let line = summary.unit(code("02989")).unwrap();
        let expected = [line.quarters[0].line.verdict, line.quarters[1].line.verdict, line.verdict];
        assert_eq!(expected[0], Verdict::NotSubmitted);
        assert_ne!(expected[1], Verdict::NotSubmitted);
        let row = grid.rows.iter().find(|row| row.name == "X. Bảo Hà").unwrap();
        let shown: Vec<Option<Verdict>> =
            row.standings.iter().map(|one| one.map(|one| one.unit)).collect();
        assert_eq!(shown, expected.map(Some));
    }
}
