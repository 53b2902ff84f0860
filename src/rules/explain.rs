//! What `qc17 rules` and `qc17 explain` say, made from the catalogue alone.

use super::catalogue::CATALOGUE;
use crate::model::Rule;
use serde_json::{Value, json};

/// One rule in full: what it is, why, an example that breaks it, one that keeps it, the remedy.
pub fn explain(rule: &Rule) -> String {
    format!(
        "{} {}\n{}\nMức độ: {}\n\nVì sao\n  {}\n\nVí dụ sai\n  {}\n\nVí dụ đúng\n  {}\n\nCách sửa\n  {}\n",
        rule.code,
        rule.slug,
        rule.title,
        rule.severity.label(),
        rule.why,
        rule.breaks,
        rule.keeps,
        rule.mend,
    )
}

/// All rules, one line each: code, name, severity, title.
pub fn list() -> String {
    let width = |text: fn(&Rule) -> &str| {
        CATALOGUE.iter().map(|rule| text(rule).chars().count()).max().unwrap_or_default()
    };
    let (code, slug) = (width(|rule| rule.code), width(|rule| rule.slug));
    let severity = width(|rule| rule.severity.label());
    let lines = CATALOGUE.iter().map(|rule| {
        let label = rule.severity.label();
        format!("{:code$}  {:slug$}  {label:severity$}  {}\n", rule.code, rule.slug, rule.title)
    });
    lines.collect::<Vec<_>>().concat()
}

/// All rules with all their texts, as JSON.
pub fn list_json() -> String {
    let rules: Vec<Value> = CATALOGUE.iter().map(|rule| to_json(rule)).collect();
    // A value tree always has a JSON form, and its `Display` is it.
    format!("{:#}\n", Value::Array(rules))
}

fn to_json(rule: &Rule) -> Value {
    json!({
        "code": rule.code,
        "slug": rule.slug,
        "severity": rule.severity.key(),
        "title": rule.title,
        "why": rule.why,
        "breaks": rule.breaks,
        "keeps": rule.keeps,
        "mend": rule.mend,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::bm::BM01;

    #[test]
    fn an_explanation_has_every_text() {
        assert_eq!(
            explain(&BM01),
            "BM01 thieu-trang-bat-buoc\n\
             Thiếu trang bắt buộc (Biểu 1)\n\
             Mức độ: Phải sửa\n\n\
             Vì sao\n  \
             Mọi số liệu về hội nghị của đơn vị đều lấy từ Biểu 1; thiếu Biểu 1 thì không có gì để tổng hợp.\n\n\
             Ví dụ sai\n  \
             Tệp có trang Thông tin và Biểu 2 - Kiến nghị nhưng không có Biểu 1 - Hội nghị.\n\n\
             Ví dụ đúng\n  \
             Tệp có trang Biểu 1 - Hội nghị; Thông tin, Biểu 2, Biểu 3 có thì càng tốt.\n\n\
             Cách sửa\n  \
             Bổ sung trang Biểu 1 - Hội nghị theo mẫu rồi gửi lại cả tệp.\n"
        );
    }

    #[test]
    fn the_list_stands_in_columns() {
        let list = list();
        assert_eq!(list.lines().count(), CATALOGUE.len());
        let columns: Vec<Option<usize>> = (list.lines().zip(CATALOGUE))
            .map(|(line, rule)| line.find(rule.title).map(|at| line[..at].chars().count()))
            .collect();
        assert!(columns[0].is_some() && columns.iter().all(|column| *column == columns[0]));
    }

    #[test]
    fn the_json_reads_back_with_its_keys_in_order() {
        let rules: Vec<serde_json::Map<String, Value>> =
            serde_json::from_str(&list_json()).unwrap();
        assert_eq!(rules.len(), CATALOGUE.len());
        let keys = ["code", "slug", "severity", "title", "why", "breaks", "keeps", "mend"];
        for (object, rule) in rules.iter().zip(CATALOGUE) {
            assert!(object.keys().eq(keys), "{object:?}");
            assert_eq!(object["code"], rule.code);
            assert_eq!(object["severity"], rule.severity.key());
        }
    }
}
