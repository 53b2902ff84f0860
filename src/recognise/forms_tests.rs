//! The template is complete and unambiguous, and every name of it leads where it should.

use super::*;

fn forms() -> Forms {
    Forms::load(&BTreeMap::new()).unwrap()
}

fn field(id: TableId, path: &[&str]) -> Option<&'static str> {
    let forms = forms();
    let table = forms.table(id).unwrap();
    let path: Vec<String> = path.iter().map(|part| key(part)).collect();
    table.column(&path).and_then(|at| table.columns.get(at)).map(|column| column.field)
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
    let alias = |column: &str| BTreeMap::from([(column.to_owned(), vec!["Hôm họp dân".into()])]);
    let forms = Forms::load(&alias("meetings.date")).unwrap();
    assert!(forms.table(TableId::Meetings).unwrap().column(&[key("HÔM HỌP DÂN")]).is_some());
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
