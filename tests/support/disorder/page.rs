//! The page that shows each disorder with what the program really says about it.

use super::dice::Dice;
use super::draft::{Draft, Kind};
use super::judge::Court;
use super::mutation::{Mutation, all};

const HEAD: &str = "# Khi số liệu lộn xộn: công cụ đọc gì, nói gì

Trang này do phép thử `tests/disorder.rs` viết ra và kiểm tra: mỗi dòng là một kiểu lộn xộn được tạo
trên một báo cáo sạch rồi đọc lại, lời nhắn là lời thật. Viết lại trang: `UPDATE=1 cargo test --test disorder`.

";

const QUIET: &str = "## Đọc được như báo cáo sạch, không cần nhắc

Số liệu đọc ra bằng đúng số liệu gốc.

";

const SAID: &str = "
## Vẫn đọc đủ số liệu, và nhắc để kiểm tra

| Kiểu lộn xộn | Mã | Lời nhắn |
|---|---|---|
";

const HOLES: &str = "
## Có chỗ không đọc được: nêu đúng chỗ, không đoán, không tính là 0

| Kiểu lộn xộn | Mã | Lời nhắn |
|---|---|---|
";

/// The page as it should be now.
pub fn page(court: &Court, clean: impl Fn(Kind, &mut Dice) -> Draft) -> String {
    let list = all();
    let of = |exact: bool, said: bool| {
        list.iter().filter(move |m| m.exact == exact && m.codes.is_empty() != said)
    };
    let mut page = String::from(HEAD);
    page.push_str(QUIET);
    for mutation in of(true, false) {
        page.push_str(&format!("- {}\n", mutation.vi));
    }
    for (head, exact) in [(SAID, true), (HOLES, false)] {
        page.push_str(head);
        for mutation in of(exact, true) {
            page.push_str(&rows(mutation, court, &clean));
        }
    }
    page
}

/// The messages of the first draft that the mutation can happen to, one of each code.
fn rows(mutation: &Mutation, court: &Court, clean: &impl Fn(Kind, &mut Dice) -> Draft) -> String {
    for seed in 0.. {
        let mut dice = Dice::new(seed);
        let mut draft = clean(mutation.of[0], &mut dice);
        if !(mutation.apply)(&mut draft, &mut dice) {
            continue;
        }
        let verdict = court.judge(&draft);
        let mut out = String::new();
        for (at, code) in mutation.codes.iter().enumerate() {
            let finding = verdict.findings.iter().find(|finding| finding.rule.code == *code);
            let message = finding.map_or("", |finding| finding.message.as_str()).replace('|', "/");
            let name = if at == 0 { mutation.vi } else { "" };
            out.push_str(&format!("| {name} | {code} | {} |\n", message.replace('\n', " ")));
        }
        return out;
    }
    unreachable!("some seed gives occasion")
}
