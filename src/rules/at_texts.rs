//! AT01, AT02: texts that begin as formulas do, and texts that hold personal data.

use super::at::{AT01, AT02};
use super::case::Case;
use super::noticed::Noticed;
use crate::model::privacy::{masked, personal_data};
use crate::model::submission::SheetName;
use crate::model::{Field, Finding, Place, Text};

/// A text cell with the name of its column; document numbers are not looked at for personal data.
struct Cell<'a> {
    label: &'static str,
    field: &'a Field<Text>,
    free: bool,
}

const fn free<'a>(label: &'static str, field: &'a Field<Text>) -> Cell<'a> {
    Cell { label, field, free: true }
}

const fn number<'a>(label: &'static str, field: &'a Field<Text>) -> Cell<'a> {
    Cell { label, field, free: false }
}

/// Looks at every text of the three tables.
pub fn check(case: &Case<'_>, findings: &mut Noticed) {
    let head = case.submission.head.as_ref();
    let report_no = free("Số, ký hiệu báo cáo", &case.submission.report_no);
    look(case, head, &[report_no], findings);
    let Some(detail) = case.detail() else { return };
    look(case, head, &[free("Lý do không tổ chức", &detail.no_meeting_reason)], findings);
    for meeting in case.meetings() {
        let cells = [
            free("Địa điểm", &meeting.place),
            free("Họ tên, chức vụ người chủ trì", &meeting.chair_name),
            free("Chủ đề, nội dung", &meeting.topic),
            number("Số kế hoạch", &meeting.plan_no),
            number("Số thông báo kết luận", &meeting.notice_no),
            free("Ghi chú", &meeting.note),
        ];
        look(case, Some(&detail.meetings.sheet), &cells, findings);
    }
    if let Some(table) = case.petitions() {
        for petition in &table.rows {
            let cells = [
                free("Nội dung ý kiến, kiến nghị", &petition.content),
                free("Cơ quan giải quyết", &petition.agency),
                number("Số văn bản trả lời", &petition.reply_no),
                free("Ghi chú", &petition.note),
            ];
            look(case, Some(&table.sheet), &cells, findings);
        }
    }
    if let Some(table) = case.carried() {
        for petition in &table.rows {
            let cells = [
                free("Nội dung ý kiến, kiến nghị", &petition.content),
                number("Số văn bản trả lời", &petition.reply_no),
                free("Ghi chú", &petition.note),
            ];
            look(case, Some(&table.sheet), &cells, findings);
        }
    }
}

/// Looks at some texts of one sheet; where it is not known which, a finding names the file alone.
fn look(case: &Case<'_>, sheet: Option<&SheetName>, cells: &[Cell<'_>], findings: &mut Noticed) {
    let finding = |rule, cell, message: String| match sheet {
        Some(sheet) => case.finding(rule, sheet, cell, message),
        None => Finding::new(rule, Place::file(case.submission.file.clone()), message)
            .unit(case.unit.code),
    };
    for Cell { label, field, free } in cells {
        let Some(text) = field.given().map(Text::as_str) else { continue };
        if let Some(sign) = formula_sign(text) {
            let message = format!(
                "“{label}” bắt đầu bằng dấu {sign}; được ghi ra như văn bản, không bao giờ như \
                 công thức."
            );
            let found = finding(&AT01, field.cell(), message);
            findings.push(found.value(masked(text)));
        }
        let numbers = if *free { personal_data(text).count() } else { 0 };
        if numbers > 0 {
            let message =
                format!("“{label}” có {numbers} số điện thoại hoặc số căn cước; đã che số.");
            let found = finding(&AT02, field.cell(), message);
            findings.push(found.value(masked(text)));
        }
    }
}

/// The sign with which a spreadsheet would begin a formula; a lone dash only says "none".
fn formula_sign(text: &str) -> Option<char> {
    let sign = text.chars().next().filter(|c| matches!(c, '=' | '+' | '-' | '@'))?;
    text.chars().any(char::is_alphanumeric).then_some(sign)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Trial, codes, said, text};

    #[test]
    fn text_that_begins_as_a_formula() {
        assert_eq!(
            said(|t| text(&mut t.petition(0).content, "=HYPERLINK(\"http://a\")")),
            ["AT01 B2!C5 [=HYPERLINK(\"http://a\")] “Nội dung ý kiến, kiến nghị” bắt đầu bằng \
              dấu =; được ghi ra như văn bản, không bao giờ như công thức."]
        );
        for (change, expected) in [
            (|t| text(&mut t.meeting(0).plan_no, "@12"), &["AT01 B1!U6"][..]),
            (|t| text(&mut t.carried().note, "- Đã xong"), &["AT01 B3!J5"]),
            (|t| text(&mut t.submission.report_no, "=1+1"), &["AT01 Thông tin!B5"]),
            (|t| text(&mut t.meeting(0).note, "-"), &[]),
            (|t| text(&mut t.meeting(0).note, "a=b"), &[]),
        ] as [(fn(&mut Trial), &[&str]); 5]
        {
            assert_eq!(codes(change), expected);
        }
    }

    #[test]
    fn personal_data_is_named_and_masked() {
        assert_eq!(
            said(|t| text(&mut t.meeting(0).note, "Ông A (0912.345.678), CCCD 010085001234")),
            ["AT02 B1!AA6 [Ông A (••••.•••.•••), CCCD ••••••••••••] “Ghi chú” có 2 số điện thoại \
              hoặc số căn cước; đã che số."]
        );
        assert_eq!(
            said(|t| text(&mut t.petition(1).agency, "+84 912 345 678")),
            [
                "AT01 B2!F6 [+•• ••• ••• •••] “Cơ quan giải quyết” bắt đầu bằng dấu +; được ghi \
                 ra như văn bản, không bao giờ như công thức.",
                "AT02 B2!F6 [+•• ••• ••• •••] “Cơ quan giải quyết” có 1 số điện thoại hoặc số \
                 căn cước; đã che số."
            ]
        );
        assert!(codes(|t| text(&mut t.petition(1).reply_no, "0912345678")).is_empty());
        assert_eq!(
            codes(|t| text(&mut t.detail().no_meeting_reason, "Dịch, hỏi 0912345678")),
            ["AT02 Thông tin!B11"]
        );
        assert_eq!(
            codes(|t| {
                t.submission.head = None;
                text(&mut t.submission.report_no, "0912345678");
            }),
            ["AT02 !"]
        );
    }
}
