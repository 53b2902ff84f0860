//! `qc17 ledger`: one unit's account in the terminal, so that a question on the telephone has its answer.

use super::args::{Format, LedgerArgs};
use super::{CLEAN, Done, print, report};
use qc17::aggregate::{Account, Summary, Tally, account::quota_words, target};
use qc17::model::count::grouped;
use std::fmt::Write;

/// Shows the account of the unit that was asked for, by code or by name.
pub(super) fn ledger(wanted: &LedgerArgs) -> Done {
    let summary = report::read(&wanted.input, None)?;
    let unit = target::unit(&summary, &wanted.unit)?;
    let text = match wanted.input.format {
        Format::Human => {
            let accounts = summary.accounts();
            let account = accounts.iter().find(|account| unit.is(&account.line.unit));
            account.map(|account| shown(account, &summary)).unwrap_or_default()
        }
        Format::Json => qc17::render::json::ledger_of(&summary, unit),
    };
    print(&text)?;
    Ok(CLEAN)
}

/// The whole account as text.
fn shown(account: &Account<'_>, summary: &Summary) -> String {
    let mut out = String::new();
    let line = account.line;
    let quota = account.quota.map_or_else(|| "không có chỉ tiêu".to_owned(), quota_words);
    writeln!(out, "{} ({}), {}", line.unit.full_name(), line.unit.code, summary.period.label())
        .ok();
    writeln!(out, "Hồ sơ quy tắc {} ({}): {quota}", summary.profile.id, summary.profile.status)
        .ok();
    writeln!(out, "Báo cáo: {}. Kết quả: {}.", line.submission.label(), line.verdict.label()).ok();
    let [periodic, ad_hoc] = account.held.map(figure);
    writeln!(out, "\n  Chỉ tiêu của kỳ     {:>6}", account.owed).ok();
    writeln!(out, "  Định kỳ             {periodic:>6}").ok();
    writeln!(out, "  Đột xuất            {ad_hoc:>6}").ok();
    writeln!(out, "  Được tính           {:>6}", figure(account.counted)).ok();
    writeln!(out, "  Còn thiếu           {:>6}", count(account.short)).ok();
    for head in &account.heads {
        let owed = head.owed.map(|owed| format!("chỉ tiêu {owed}, ")).unwrap_or_default();
        let short = head.short.map(|short| format!(", còn thiếu {short}")).unwrap_or_default();
        writeln!(
            out,
            "  {}: {owed}chủ trì {}, được tính {}{short}",
            head.head.label(),
            count(head.held),
            count(head.counted)
        )
        .ok();
    }
    if let Some(note) = &account.note {
        writeln!(out, "\n{}", super::terminal::plain(note)).ok();
    }
    meetings(&mut out, account);
    out
}

fn meetings(out: &mut String, account: &Account<'_>) {
    for (number, meeting) in (1..).zip(account.meetings()) {
        let day = meeting.meeting.date.value();
        let day =
            day.map_or("không rõ ngày".to_owned(), |day| day.format("%d/%m/%Y").to_string());
        let kind = meeting.meeting.kind.value().map_or("không rõ loại", |kind| kind.label());
        let chair = meeting.entry.chair.map_or("không rõ", |chair| chair.label());
        writeln!(out, "\n{number}. {day}, {}, chủ trì: {chair}", kind.to_lowercase()).ok();
        writeln!(out, "   {}", meeting.reason).ok();
        let place = format!("{} › {}, ô {}", meeting.file, meeting.sheet.name, meeting.cell);
        writeln!(out, "   {}", super::terminal::plain(&place)).ok();
    }
}

fn count(value: Option<u32>) -> String {
    value.map_or("–".to_owned(), |value| grouped(u64::from(value)))
}

fn figure(tally: Tally) -> String {
    let sum = tally.sum.map_or("–".to_owned(), grouped);
    if tally.incomplete { format!("{sum}*") } else { sum }
}
