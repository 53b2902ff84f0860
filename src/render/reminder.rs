//! The draft of a reminder (nhắc việc) to each unit that still owes something, and the list of them all.

use crate::aggregate::account::quota_words;
use crate::aggregate::owed::{Due, Duty, Item, Lack, MeetingsOwed, Owed, UnitOwed, Unseen};
use crate::model::count::grouped;
use crate::model::text::word_key;
use crate::model::{SubmissionState, UnitCode};
use chrono::NaiveDate;

/// The folder of the reminders inside the output folder.
pub const FOLDER: &str = "nhac-viec";

/// A reminder for each unit that owes something or of which not all is known, by its name below the output folder.
pub fn reminders(owed: &Owed<'_>) -> Vec<(String, Vec<u8>)> {
    let open = owed.units.iter().filter(|unit| !unit.is_clear());
    open.map(|unit| (file_name(unit), reminder(owed, unit).into_bytes())).collect()
}

/// Whether a file of that name in the folder of the reminders is what a run wrote for a unit.
pub fn is_reminder(name: &str) -> bool {
    let Some((code, unit)) = name.strip_suffix(".txt").and_then(|stem| stem.split_once('-')) else {
        return false;
    };
    let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    UnitCode::parse(code).is_some() && !unit.is_empty() && unit.chars().all(slug)
}

/// The list of all units that owe something, for the terminal.
pub fn list(owed: &Owed<'_>) -> String {
    let mut out = format!(
        "Việc còn nợ {}, {}, tính đến ngày {}\n",
        owed.scope.full_name(),
        owed.period.label(),
        shown(owed.as_of)
    );
    for unit in owed.units.iter().filter(|unit| !unit.is_clear()) {
        out.push_str(&format!("\n{} ({})\n", unit.line.unit.full_name(), unit.line.unit.code));
        for line in lines(unit) {
            out.push_str(&format!("  {line}\n"));
        }
    }
    let lack = |unit: &UnitOwed<'_>| unit.meetings.as_ref().map(|meetings| meetings.lack);
    let (all, open, short, unsure, silent) =
        owed.units.iter().fold((0, 0, 0, 0, 0), |(all, open, short, unsure, silent), unit| {
            (
                all + 1,
                open + u64::from(!unit.is_clear()),
                short + u64::from(matches!(lack(unit), Some(Lack::Short(_)))),
                unsure + u64::from(lack(unit) == Some(Lack::Unknown)),
                silent + u64::from(unit.line.submission == SubmissionState::Missing),
            )
        });
    out.push_str(&format!(
        "\n{all} đơn vị: {open} còn việc hoặc chưa rõ, {} không còn việc gì.\n\
         Thiếu cuộc: {short} đơn vị; chưa xác định được: {unsure}; chưa có báo cáo: {silent}.\n",
        all - open
    ));
    out
}

fn file_name(unit: &UnitOwed<'_>) -> String {
    let name = word_key(&unit.line.unit.full_name()).replace(' ', "-");
    format!("{FOLDER}/{}-{name}.txt", unit.line.unit.code)
}

fn reminder(owed: &Owed<'_>, unit: &UnitOwed<'_>) -> String {
    let mut out = format!(
        "NHẮC VIỆC (dự thảo, cần xem lại trước khi gửi)\nKính gửi: {} ({}).\nTính đến ngày {}, \
         về tiếp xúc, đối thoại trực tiếp với Nhân dân {}, đơn vị còn:\n\n",
        unit.line.unit.full_name(),
        unit.line.unit.code,
        shown(owed.as_of),
        owed.period.label()
    );
    for line in lines(unit) {
        out.push_str(&line);
        out.push('\n');
    }
    out.push_str("\nViệc nào đã làm mà chưa ghi vào biểu, đề nghị ghi vào và gửi lại báo cáo.\n");
    out
}

/// What a unit owes, and what of it is not known, line by line.
fn lines(unit: &UnitOwed<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(owed) = unit.meetings.as_ref().filter(|owed| owed.lack != Lack::Nothing) {
        lines.extend(meetings(owed));
    }
    if let Some(due) = unit.report {
        let why = match unit.line.submission {
            SubmissionState::Unreadable => "đã gửi tệp nhưng không đọc được, cần gửi lại",
            _ => "chưa nộp",
        };
        lines.push(format!("- Báo cáo: {why}; hạn nộp {}.", by(due)));
    }
    for duty in Duty::ALL {
        let (title, last) = match duty {
            Duty::Notice => ("Chưa ban hành thông báo kết luận", "hạn ban hành"),
            Duty::Acknowledgement => ("Chưa báo nhận, chuyển kiến nghị", "hạn báo nhận"),
            Duty::Reply => ("Kiến nghị chưa giải quyết xong", "hạn giải quyết"),
        };
        for (certain, title) in [(true, title.to_owned()), (false, unsure(duty).to_owned())] {
            let items: Vec<&Item> =
                unit.items_of(duty).filter(|item| item.is_certain == certain).collect();
            if !items.is_empty() {
                lines.push(format!("- {title}: {}", grouped(items.len() as u64)));
                lines.extend(items.into_iter().map(|one| format!("    {}", item(one, last))));
            }
        }
    }
    lines.extend(unit.unseen.iter().map(|unseen| format!("- {}", unknown(*unseen))));
    lines
}

fn meetings(owed: &MeetingsOwed<'_>) -> Vec<String> {
    let what = match owed.lack {
        Lack::Nothing => "đã đủ".to_owned(),
        Lack::Short(short) => format!("còn thiếu {short} cuộc"),
        Lack::Unknown => "chưa xác định được còn thiếu hay không".to_owned(),
        Lack::NotReported => "chưa có báo cáo nên chưa biết đã tổ chức cuộc nào".to_owned(),
    };
    let mut lines = vec![format!(
        "- Hội nghị: {what} (chỉ tiêu: {}); hạn {}.",
        quota_words(owed.quota),
        by(owed.due)
    )];
    let heads = owed.heads.iter().flatten();
    let heads: Vec<String> = heads
        .filter_map(|(head, short)| Some((head, (*short)?)))
        .map(|(head, short)| format!("{} còn thiếu {short} cuộc", head.label()))
        .collect();
    if !heads.is_empty() {
        lines.push(format!("    {}.", heads.join("; ")));
    }
    if let Some(so_far) = owed.so_far {
        let unknown: Vec<String> = so_far.unknown.iter().map(|period| period.label()).collect();
        let unknown = match unknown.as_slice() {
            [] => String::new(),
            some => format!("; chưa có số liệu {}", some.join(", ")),
        };
        let (since, counted) = (so_far.since.label(), so_far.counted);
        lines.push(format!("    Từ {since} đến nay được tính {counted} cuộc{unknown}."));
    }
    lines
}

fn item(item: &Item, last: &str) -> String {
    let number = item.number.map(|number| format!("số {number}, ")).unwrap_or_default();
    let what = match (item.duty, item.since) {
        (Duty::Notice, Some(day)) => format!("hội nghị {number}ngày {}", shown(day)),
        (Duty::Notice, None) => format!("hội nghị {number}chưa rõ ngày"),
        (_, Some(day)) => format!("kiến nghị {number}từ ngày {}", shown(day)),
        (_, None) => format!("kiến nghị {number}chưa rõ ngày tiếp nhận"),
    };
    let content = item.content.as_deref().map(|text| format!(" ({})", one_line(text)));
    let due = item
        .due
        .map_or_else(|| "chưa tính được hạn".to_owned(), |due| format!("{last} {}", by(due)));
    format!("{what}{}: {due}", content.unwrap_or_default())
}

const fn unsure(duty: Duty) -> &'static str {
    match duty {
        Duty::Notice => "Chưa rõ đã ban hành thông báo kết luận hay chưa",
        Duty::Acknowledgement => "Chưa rõ đã báo nhận, chuyển kiến nghị hay chưa",
        Duty::Reply => "Kiến nghị chưa rõ còn tồn đọng hay không",
    }
}

const fn unknown(unseen: Unseen) -> &'static str {
    match unseen {
        Unseen::NotSent => {
            "Chưa có báo cáo nên chưa biết thông báo kết luận, kiến nghị nào còn nợ."
        }
        Unseen::File => "Tệp không đọc được nên chưa biết đơn vị còn nợ những gì.",
        Unseen::Rows => {
            "Chỉ có số liệu Biểu 02 của huyện, nên chưa biết từng thông báo kết luận, kiến nghị."
        }
        Unseen::Petitions => "Tệp không có Biểu 2 nên chưa biết kiến nghị phát sinh trong kỳ.",
        Unseen::Carried => "Tệp không có Biểu 3 nên chưa biết kiến nghị từ kỳ trước chuyển sang.",
    }
}

/// `31/03/2021, còn 21 ngày`.
fn by(due: Due) -> String {
    let left = match due.left {
        0 => "là hôm nay".to_owned(),
        left if left > 0 => format!("còn {left} ngày"),
        left => format!("đã quá {} ngày", left.unsigned_abs()),
    };
    format!("{}, {left}", shown(due.day))
}

fn shown(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// Text from a submission stays on its line.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
