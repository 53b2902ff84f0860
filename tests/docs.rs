//! The pages for officers say what the program says; `UPDATE=1 cargo test --test docs` writes the page of rules anew.

#![allow(clippy::unwrap_used, clippy::panic)]

use qc17::model::Rule;
use qc17::rules::catalogue::CATALOGUE;
use std::fmt::Write;

const HEAD: &str = "# Các quy tắc kiểm tra

Trang này nêu mọi điều phần mềm kiểm tra trong báo cáo của các đơn vị: sai ở đâu, vì sao cần sửa, thế nào là đúng, sửa ra sao.
Trên máy, xem một quy tắc bằng lệnh `qc17 explain` kèm mã, ví dụ `qc17 explain CT01`; xem cả danh sách bằng `qc17 rules`.

| Mức độ | Nghĩa là | Đơn vị cần làm |
|---|---|---|
| **Phải sửa** | số liệu không dùng được như đang ghi | sửa rồi gửi lại |
| **Sửa hoặc giải trình** | dùng được nhưng cần kiểm tra | sửa, hoặc trả lời vì sao như vậy là đúng |
| **Lưu ý** | ghi lại để biết | không phải làm gì |

Mức độ ở đây là mức có sẵn; cơ quan đổi được trong hồ sơ quy tắc, mục `[rules]` (xem [sổ tay](huong-dan.md)).

<!-- Trang này lập từ danh mục quy tắc trong mã nguồn, không sửa bằng tay: UPDATE=1 cargo test --test docs -->
";

/// What each family of codes is about, in the catalogue's order.
const FAMILIES: [(&str, &str); 10] = [
    ("TEP", "Tệp"),
    ("BM", "Biểu mẫu"),
    ("DV", "Đơn vị"),
    ("KY", "Kỳ báo cáo"),
    ("DL", "Dữ liệu trong ô"),
    ("SL", "Số liệu khớp nhau"),
    ("CT", "Chỉ tiêu số cuộc"),
    ("TH", "Thời hạn"),
    ("HS", "Hồ sơ của hội nghị và kiến nghị"),
    ("AT", "An toàn thông tin"),
];

#[test]
fn the_page_of_rules_is_up_to_date() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/quy-tac.md");
    let page = page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert!(
        kept == page,
        "docs/quy-tac.md is behind the catalogue: UPDATE=1 cargo test --test docs"
    );
}

fn page() -> String {
    let mut out = HEAD.to_owned();
    for (family, title) in FAMILIES {
        let rules: Vec<&Rule> =
            CATALOGUE.iter().copied().filter(|rule| family_of(rule) == family).collect();
        write!(out, "\n## {family} – {title}\n\n| Mã | Mức độ | Nội dung |\n|---|---|---|\n")
            .unwrap();
        for rule in &rules {
            let link = format!("[{0}](#{1})", rule.code, rule.code.to_lowercase());
            let severity = rule.severity.label();
            writeln!(out, "| {link} | {severity} | {} |", plain(rule.title)).unwrap();
        }
        for rule in rules {
            section(&mut out, rule);
        }
    }
    out
}

fn section(out: &mut String, rule: &Rule) {
    let Rule { code, slug, title, why, breaks, keeps, mend, .. } = rule;
    let severity = rule.severity.label();
    let parts = [("Vì sao", why), ("Ví dụ sai", breaks), ("Ví dụ đúng", keeps), ("Cách sửa", mend)];
    write!(out, "\n### {code}\n\n**{}** · {severity} · `{slug}`\n\n", plain(title)).unwrap();
    for (label, text) in parts {
        writeln!(out, "- *{label}:* {}", plain(text)).unwrap();
    }
    if let Some(why) = waiting(code) {
        writeln!(out, "- *Chưa dùng:* {}", plain(&why)).unwrap();
    }
}

/// What the page of examples says of a rule that nothing raises yet.
fn waiting(code: &str) -> Option<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let examples = std::fs::read_to_string(root.join(format!("fixtures/rules/{code}.md"))).unwrap();
    let why = examples.lines().find_map(|line| line.strip_prefix("Chưa dùng: "))?;
    Some(why.to_owned())
}

/// The letters that a code begins with.
fn family_of(rule: &Rule) -> &str {
    rule.code.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Text that means nothing to Markdown.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#|~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The handbook's table of messages quotes what the sample quarter really sets off.
#[test]
fn the_handbook_quotes_real_messages() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let (handbook, findings) =
        (read("docs/huong-dan.md"), read("tests/golden/2021-Q1/findings.txt"));
    let quoted = handbook.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(".` |"));
    let quoted: Vec<&str> = quoted.map(|(message, _)| message).collect();
    assert!(quoted.len() > 5, "{quoted:?}");
    for message in quoted {
        assert!(findings.contains(message), "{message}");
    }
}

#[test]
fn every_rule_is_on_the_page_once() {
    let page = page();
    for rule in CATALOGUE {
        let heading = format!("\n### {}\n", rule.code);
        assert_eq!(page.matches(&heading).count(), 1, "{}", rule.code);
    }
}

#[test]
fn signs_of_markdown_are_shown_as_they_are() {
    assert_eq!(plain("a | b *c* <d> #REF! _e_"), r"a \| b \*c\* \<d\> \#REF! \_e\_");
}
