//! Profiles at their door: what comes with the program, and every kind of mistake with its place.

use super::model::{Band, Counted, Cutoff, JointCountsFor, QuotaSpan};
use super::*;
use crate::model::{Level, Severity};
use proptest::prelude::*;

const KNOWN: Known<'static> = Known {
    rules: &["CT01", "CT03", "TH03", "TH04"],
    fields: &["meetings.date", "meetings.attendees", "petitions.content"],
};

fn default_text() -> &'static str {
    source("quy-che-17").unwrap()
}

fn parse(text: &str) -> Result<Profile, ProfileError> {
    Profile::parse(text, "quy-che.toml", &KNOWN)
}

#[test]
fn every_profile_that_comes_along_is_right() {
    for id in IDS {
        let profile = Profile::embedded(id).unwrap();
        assert_eq!(profile.id, id);
        assert_eq!(profile.sha256.len(), 64);
        // 13 numbers, the days for an answer, 14 of the review, 4 for each level with a quota, 2 for each level with usual values.
        let expected = 14 + 14 + 4 * profile.quotas.len() + 2 * profile.plausible.len();
        assert_eq!(profile.parameters.len(), expected, "{id}");
        for parameter in &profile.parameters {
            let Parameter { key, label, value, basis, assumed } = parameter;
            assert!(label != key && !value.is_empty() && !basis.is_empty(), "{parameter:?}");
            assert!(*assumed, "{id}: {key} was never checked against the original text");
        }
    }
    let message = Profile::embedded("quy-che-71").unwrap_err().to_string();
    assert_eq!(
        message,
        "Không có hồ sơ quy tắc “quy-che-71” (có phải “quy-che-17”?). Hãy dùng một trong: \
         quy-che-17, nua-nam, luat-toi-thieu, hoặc đường dẫn tới tệp .toml."
    );
}

#[test]
fn the_default_profile_says_what_the_contract_says() {
    let profile = Profile::embedded("quy-che-17").unwrap();
    let quota = |level| {
        let quota = profile.quota(level).unwrap();
        let months = quota.recommended_months.value.clone();
        (quota.min.value, quota.per.value, quota.counted.value, months)
    };
    let quarterly = (1, QuotaSpan::Quarter, Counted::Unit, vec![3, 6, 9, 12]);
    assert_eq!(quota(Level::Commune), quarterly);
    assert_eq!(quota(Level::District), quarterly);
    assert_eq!(quota(Level::Province), (2, QuotaSpan::Year, Counted::EachHead, vec![4, 10]));
    assert_eq!(profile.joint_counts_for.value, JointCountsFor::Both);
    assert_eq!(profile.one_person_both_posts.value, JointCountsFor::Both);
    let flags = [&profile.ad_hoc_counts, &profile.deputy_counts, &profile.combined_counts];
    assert_eq!(flags.map(|flag| flag.value), [false, false, true]);
    let days = [
        &profile.announce_days_before,
        &profile.conclusion_days,
        &profile.conclusion_error_days,
        &profile.ack_working_days,
        &profile.petition_overdue_days,
        &profile.submission_day,
        &profile.min_days_in_period,
    ];
    assert_eq!(days.map(|number| number.value), [7, 10, 30, 10, 90, 5, 45]);
    assert_eq!(profile.feedback_days.as_ref().map(|days| days.value), Some(5));
    assert_eq!(profile.cutoff.value, Cutoff::Calendar);
    let usual = &profile.plausible[&Level::Commune];
    assert_eq!(usual.attendees.value, Band { from: 5, to: 500 });
    assert_eq!(usual.opinions.value, Band { from: 0, to: 100 });
    assert!(profile.severities.is_empty() && profile.off.is_empty() && profile.aliases.is_empty());
}

#[test]
fn the_other_profiles_differ_in_their_quotas() {
    let half = Profile::embedded("nua-nam").unwrap();
    for level in Level::ALL {
        let quota = half.quota(level).unwrap();
        assert_eq!((quota.min.value, quota.per.value), (1, QuotaSpan::HalfYear));
        assert_eq!(quota.recommended_months.value, [6, 12]);
    }
    let law = Profile::embedded("luat-toi-thieu").unwrap();
    assert_eq!(law.quotas.keys().copied().collect::<Vec<_>>(), [Level::Commune]);
    assert_eq!(law.quota(Level::Commune).unwrap().per.value, QuotaSpan::Year);
    let annex = |key: &str| law.parameters.iter().find(|p| p.key == key).unwrap().clone();
    let per = annex("quota.commune.per");
    assert_eq!((per.label.as_str(), per.value.as_str()), ("Kỳ tính chỉ tiêu (cấp xã)", "mỗi năm"));
    assert_eq!(annex("quota.commune.recommended_months").value, "không quy định tháng");
    assert_eq!(annex("submission_deadline").value, "ngày 5 của tháng sau kỳ báo cáo");
}

#[test]
fn an_office_changes_severities_rules_and_column_names() {
    let text = (default_text().replace("off = []", "off = [\"TH03\"]"))
        .replace("# Ví dụ: TH04 = \"error\"", "TH04 = \"error\" #")
        + "\n[aliases.meetings]\nattendees = [\"Số người dự\", \"Tổng người\"]\n";
    let profile = parse(&text).unwrap();
    assert!(profile.off.contains("TH03"));
    assert_eq!(profile.severities["TH04"], Severity::Error);
    assert_eq!(profile.aliases["meetings.attendees"], ["Số người dự", "Tổng người"]);
    assert_ne!(profile.sha256, Profile::embedded("quy-che-17").unwrap().sha256);
    let marked = parse(&format!("\u{FEFF}{}", default_text().replace('\n', "\r\n")));
    assert_eq!(marked.unwrap().id, "quy-che-17");
}

/// Replaces the first text by the second in the default profile and gives the message.
fn message(from: &str, to: &str) -> String {
    assert!(default_text().contains(from), "{from}");
    parse(&default_text().replacen(from, to, 1)).unwrap_err().to_string()
}

/// What is replaced in the default profile, by what, and what the message then says.
const MISTAKES: &[(&str, &str, &str)] = &[
    (
        "id = \"quy-che-17\"",
        "id = \"Quy chế\"",
        "dòng 7, cột 6, khóa id: giá trị \"Quy chế\" không dùng được. Giá trị cho phép: 1 đến 40 chữ thường không dấu, chữ số, dấu gạch nối.",
    ),
    (
        "status = \"giả định\"",
        "status = \"đã đối chiếu\"",
        "dòng 10, cột 10, khóa status: giá trị này mâu thuẫn với khóa quota.commune.min: số này còn ghi assumed = true.",
    ),
    (
        "status = \"giả định\"",
        "status = \"ok\"",
        "dòng 10, cột 10, khóa status: giá trị \"ok\" không dùng được. Giá trị cho phép: \"giả định\", \"đã đối chiếu\".",
    ),
    (
        "status = \"giả định\"",
        "",
        "dòng 1, cột 1, khóa status: thiếu khóa này. Giá trị cho phép: \"giả định\", \"đã đối chiếu\".",
    ),
    (
        "effective_from = 2019-12-04",
        "effective_from = \"04/12/2019\"",
        "dòng 12, cột 18, khóa effective_from: giá trị \"04/12/2019\" không dùng được. Giá trị cho phép: ngày không có dấu nháy, dạng năm-tháng-ngày, ví dụ 2019-12-04.",
    ),
    (
        "effective_from = 2019-12-04",
        "effective_from = 2019-12-04\neffective_to = 2019-12-03",
        "dòng 13, cột 16, khóa effective_to: giá trị này mâu thuẫn với khóa effective_from: ngày hết hiệu lực không được trước ngày bắt đầu.",
    ),
    (
        "{ value = \"both\"",
        "{ value = \"two\"",
        "dòng 17, cột 30, khóa joint_counts_for.value: giá trị \"two\" không dùng được. Giá trị cho phép: \"both\", \"one\".",
    ),
    (
        "ad_hoc_counts = { value = false",
        "ad_hoc_counts = { value = \"có\"",
        "dòng 21, cột 27, khóa ad_hoc_counts.value: giá trị \"có\" không dùng được. Giá trị cho phép: true, false.",
    ),
    (
        "ad_hoc_counts = { value = false",
        "adhoc_counts = { value = false",
        "dòng 1, cột 1, khóa ad_hoc_counts: thiếu khóa này. Giá trị cho phép: { value = …, basis = \"căn cứ\", assumed = true|false }, với value: true, false.\nquy-che.toml, dòng 21, cột 1, khóa adhoc_counts: không có khóa này (có phải “ad_hoc_counts”?).",
    ),
    (
        "announce_days_before = { value = 7",
        "announce_days_before = { value = 0",
        "dòng 30, cột 34, khóa announce_days_before.value: giá trị 0 không dùng được. Giá trị cho phép: số nguyên từ 1 đến 3650.",
    ),
    (
        "announce_days_before = { value = 7",
        "announce_days_before = { value = 7.5",
        "giá trị 7.5 không dùng được. Giá trị cho phép: số nguyên từ 1 đến 3650.",
    ),
    (
        "announce_days_before = { value = 7",
        "announce_days_before = { value = -7",
        "giá trị -7 không dùng được.",
    ),
    (
        "announce_days_before = { value = 7",
        "announce_days_before = { value = 99999999999999999999",
        "giá trị 99999999999999999999 không dùng được.",
    ),
    (
        "conclusion_error_days = { value = 30",
        "conclusion_error_days = { value = 9",
        "dòng 34, cột 25, khóa conclusion_error_days: giá trị này mâu thuẫn với khóa conclusion_days: số ngày phải sửa không được nhỏ hơn hạn ban hành.",
    ),
    (
        "basis = \"Giả định: một quý\"",
        "basis = \" \"",
        "khóa petition_overdue_days.basis: giá trị \" \" không dùng được. Giá trị cho phép: một đoạn chữ trong dấu nháy, không để trống.",
    ),
    (
        "basis = \"Giả định: một quý\", ",
        "",
        "dòng 38, cột 25, khóa petition_overdue_days.basis: thiếu khóa này.",
    ),
    (
        "{ value = 90, basis = \"Giả định: một quý\", assumed = true }",
        "90",
        "khóa petition_overdue_days: giá trị 90 không dùng được. Giá trị cho phép: { value = …, basis = \"căn cứ\", assumed = true|false }.",
    ),
    (
        "basis = \"Giả định: một quý\"",
        "note = 1, basis = \"Giả định: một quý\"",
        "khóa petition_overdue_days.note: không có khóa này. Các khóa được dùng: value, basis, assumed.",
    ),
    (
        "submission_deadline = { value = 5",
        "submission_deadline = { value = 29",
        "giá trị 29 không dùng được. Giá trị cho phép: số nguyên từ 1 đến 28.",
    ),
    (
        "min_days_in_period = { value = 45",
        "min_days_in_period = { value = 91",
        "giá trị 91 không dùng được. Giá trị cho phép: số nguyên từ 1 đến 90.",
    ),
    ("value = \"calendar\"", "value = \"day15\"", "Giá trị cho phép: \"calendar\", \"day14\"."),
    (
        "min = { value = 1,",
        "min = { value = 0,",
        "dòng 51, cột 17, khóa quota.commune.min.value: giá trị 0 không dùng được. Giá trị cho phép: số nguyên từ 1 đến 366.",
    ),
    (
        "value = \"quarter\"",
        "value = \"month\"",
        "khóa quota.commune.per.value: giá trị \"month\" không dùng được. Giá trị cho phép: \"quarter\", \"half_year\", \"year\".",
    ),
    ("value = \"unit\"", "value = \"head\"", "Giá trị cho phép: \"unit\", \"each_head\"."),
    (
        "[3, 6, 9, 12]",
        "[3, 6, 9, 13]",
        "giá trị [3, 6, 9, 13] không dùng được. Giá trị cho phép: danh sách tháng từ 1 đến 12, không lặp, ví dụ [3, 6, 9, 12].",
    ),
    ("[3, 6, 9, 12]", "[3, 3]", "giá trị [3, 3] không dùng được."),
    (
        "[quota.district]",
        "[quota.distrct]",
        "khóa quota.distrct: không có khóa này (có phải “district”?). Các khóa được dùng: commune, district, province.",
    ),
    (
        "[5, 500]",
        "[500, 5]",
        "khóa plausible.commune.attendees.value: giá trị [500, 5] không dùng được. Giá trị cho phép: [từ, đến], hai số nguyên từ 0 đến 1000000, số trước không lớn hơn số sau.",
    ),
    ("[5, 500]", "[5]", "giá trị [5] không dùng được."),
    (
        "off = []",
        "off = [\"CT01\", \"CT33\"]",
        "dòng 79, cột 16, khóa rules.off: “CT33” không có trong danh mục (có phải “CT03”?). Hãy xem danh mục bằng lệnh: qc17 rules.",
    ),
    (
        "off = []",
        "off = \"CT01\"",
        "khóa rules.off: giá trị \"CT01\" không dùng được. Giá trị cho phép: danh sách trong ngoặc vuông, ví dụ [\"…\"].",
    ),
    (
        "[rules.severity]",
        "[rules.severity]\nCT1 = \"error\"",
        "dòng 82, cột 1, khóa rules.severity.CT1: “CT1” không có trong danh mục",
    ),
    (
        "[rules.severity]",
        "[rules.severity]\nCT01 = \"nặng\"",
        "dòng 82, cột 8, khóa rules.severity.CT01: giá trị \"nặng\" không dùng được. Giá trị cho phép: \"error\", \"warning\", \"info\".",
    ),
    ("off = []", "on = []\noff = []", "khóa rules.on: không có khóa này"),
    (
        "[rules]",
        "[aliases.meting]\n[rules]",
        "khóa aliases.meting: không có khóa này (có phải “meetings”?). Các khóa được dùng: meetings, petitions.",
    ),
    (
        "[rules]",
        "[aliases.meetings]\ndat = [\"Ngày họp\"]\n[rules]",
        "khóa aliases.meetings.dat: không có khóa này (có phải “date”?). Các khóa được dùng: attendees, date.",
    ),
    (
        "[rules]",
        "[aliases.meetings]\ndate = [\"Ngày họp\"]\nattendees = [\"NGÀY HỌP\"]\n[rules]",
        "“NGÀY HỌP” đã dùng cho trường",
    ),
    ("min = { value = 1,", "min = { value = 1", "dòng 51, cột 17: không đúng"),
    (
        "[quota.province]",
        "[quota.district]\n[quota.province]",
        "khóa này đã có ở trên. Hãy bỏ bớt một chỗ.",
    ),
    (
        "id = ",
        "id = \"a\"\nid = ",
        "dòng 8, cột 1, khóa id: khóa này đã có ở trên. Hãy bỏ bớt một chỗ.",
    ),
    ("id = \"quy-che-17\"", "id = ", "không đúng cú pháp TOML"),
];

#[test]
fn mistakes_are_named_with_their_place() {
    for (from, to, expected) in MISTAKES {
        let message = message(from, to);
        assert!(message.starts_with("quy-che.toml, dòng "), "{message}");
        assert!(message.contains(expected), "{message}\nexpected: {expected}");
    }
}

#[test]
fn one_mistake_gives_one_sentence() {
    for (from, to) in [
        ("cutoff = {", "cutof = {"),
        ("min = { value = 1,", "min = { value = 1"),
        ("[5, 500]", "[500, 5]"),
        ("id = ", "id = \"a\"\nid = "),
    ] {
        let message = message(from, to);
        let expected = if from == "cutoff = {" { 2 } else { 1 };
        assert_eq!(message.lines().count(), expected, "{message}");
    }
}

#[test]
fn a_profile_without_any_quota_is_no_profile() {
    let (before, rest) = default_text().split_once("[quota.commune]").unwrap();
    let (_, after) = rest.split_once("[plausible.commune]").unwrap();
    let message = parse(&format!("{before}[plausible.commune]{after}")).unwrap_err().to_string();
    assert_eq!(
        message,
        "quy-che.toml, dòng 1, cột 1, khóa quota: thiếu khóa này. \
         Giá trị cho phép: bảng [quota.commune], [quota.district], [quota.province]."
    );
}

#[test]
fn an_own_profile_is_read_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("quy-che.toml");
    assert!(matches!(Profile::load(&path, &KNOWN), Err(ProfileError::Unreadable { .. })));
    std::fs::write(&path, default_text()).unwrap();
    let embedded = Profile::embedded("quy-che-17").unwrap();
    assert_eq!(Profile::load(&path, &KNOWN).unwrap(), embedded);
    std::fs::write(&path, b"\xff\xfe").unwrap();
    assert!(matches!(Profile::load(&path, &KNOWN), Err(ProfileError::NotText { .. })));
    std::fs::write(&path, vec![b'#'; 2 << 20]).unwrap();
    assert!(matches!(Profile::load(&path, &KNOWN), Err(ProfileError::NotText { .. })));
}

proptest! {
    #[test]
    fn a_damaged_profile_never_panics(at in 0usize..5000, with in "[\\[\\]{}\"=.,#0-9a-zđ\\n]{0,6}") {
        let text = default_text();
        let cut = (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap();
        let damaged = format!("{}{with}{}", &text[..cut], &text[cut..]);
        if let Err(error) = parse(&damaged) {
            prop_assert!(error.to_string().contains("dòng "));
        }
    }
}
