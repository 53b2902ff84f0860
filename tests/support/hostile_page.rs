//! The part of the page of disorder that shows what is said of hostile and broken files.

use super::hostile;
use serde_json::Value;
use std::fmt::Write;

/// Where that part begins; what stands above it is written by the test of disorder.
const HEAD: &str = "
## Tệp hỏng, tệp bị khóa, tệp cố ý gây hại

Mỗi tệp chỉ mất chính nó, hoặc chỉ mất ô hỏng; các tệp khác trong thư mục vẫn được đọc. Phần này do phép thử
`tests/hostile_files.rs` viết ra từ lời thật của chương trình; viết lại: `UPDATE=1 cargo test --test hostile_files`.
Các giới hạn và cách đổi: xem `qc17 check --help` và [sổ tay](huong-dan.md).

| Tệp | Mã | Lời nhắn |
|---|---|---|
";

/// Files of honest kinds that came to harm, beside those that mean harm.
pub(crate) fn broken() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let xlsx: &[u8] = include_bytes!("../specimens/bieu.xlsx");
    let xls: &[u8] = include_bytes!("../specimens/bieu.xls");
    let ods: &[u8] = include_bytes!("../specimens/bieu.ods");
    let half = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
    // Every seventh bit of the middle is turned.
    let turned = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        let (from, to) = (bytes.len() / 3, bytes.len() * 2 / 3);
        bytes[from..to].iter_mut().step_by(7).for_each(|byte| *byte ^= 0x10);
        bytes
    };
    vec![
        ("half.xlsx", "Tệp .xlsx tải về dở dang", half(xlsx)),
        ("half.xls", "Tệp .xls tải về dở dang", half(xls)),
        ("half.ods", "Tệp .ods tải về dở dang", half(ods)),
        ("turned.xlsx", "Tệp .xlsx có bit bị lật", turned(xlsx)),
        ("turned.xls", "Tệp .xls có bit bị lật", turned(xls)),
        ("turned.ods", "Tệp .ods có bit bị lật", turned(ods)),
        (
            "locked.xlsx",
            "Tệp .xlsx có mật khẩu",
            include_bytes!("../specimens/mat-khau.xlsx").to_vec(),
        ),
        (
            "locked.xls",
            "Tệp .xls có mật khẩu",
            include_bytes!("../specimens/mat-khau.xls").to_vec(),
        ),
        (
            "locked.ods",
            "Tệp .ods có mật khẩu",
            include_bytes!("../specimens/mat-khau.ods").to_vec(),
        ),
        (
            "struck.xls",
            "Tệp .xls có ô bị gạch ngang",
            include_bytes!("../specimens/gach-bo.xls").to_vec(),
        ),
        ("named.xlsx", "Tệp .xls mang đuôi .xlsx", xls.to_vec()),
        ("named.pdf", "Tệp .xlsx mang đuôi .pdf", xlsx.to_vec()),
        ("letter.pdf", "Tệp PDF thật", b"%PDF-1.7\n%%EOF\n".to_vec()),
        ("empty.xlsx", "Tệp rỗng", Vec::new()),
    ]
}

/// What each hostile file is, in an officer's words.
const WORDS: [(&str, &str); 52] = [
    ("bomb.xlsx", "Bom nén: bung ra hàng chục MB"),
    ("bomb.zip", "Bom nén trong .zip"),
    ("nested.zip", "Tệp nén trong tệp nén"),
    ("upwards.zip", "Tên trong .zip trỏ ra ngoài (../)"),
    ("absolute.zip", "Tên trong .zip là đường dẫn tuyệt đối"),
    ("names.zip", "Tên trong .zip dài hàng chục nghìn chữ, rất nhiều tệp"),
    ("name.zip", "Tên trong .zip dài hàng chục nghìn chữ"),
    ("members.zip", "Hàng nghìn tệp chồng lên nhau trong .zip"),
    ("overlap.zip", "Nhiều tên trong .zip trỏ vào một tệp"),
    ("again.zip", "Một tệp nặng lặp lại hơn nghìn lần trong .zip"),
    ("killers.zip", "Hàng trăm tệp .xls đọc mãi không xong trong .zip"),
    ("lying.xlsx", "Mục lục nén khai sai kích thước"),
    ("stored.xlsx", "Phần không nén chứa hàng chục MB chữ"),
    ("laughs.xlsx", "XML tự nhân lên (billion laughs) trong .xlsx"),
    ("laughs.xml", "XML tự nhân lên trong XML của Excel 2003"),
    ("deep.xlsx", "XML lồng một triệu tầng"),
    ("escapes.xlsx", "Chuỗi gồm hàng triệu dấu thoát"),
    ("blanks.xlsx", "Hàng trăm nghìn ô trỏ vào một chuỗi khoảng trắng dài"),
    ("string.xlsx", "Một chuỗi hàng chục MB"),
    ("far.xlsx", "Ô ở XFD1048576"),
    ("far.xlsb", "Ô ở góc xa nhất của .xlsb"),
    ("corners.xls", "Hai ô ở hai góc của .xls"),
    ("greedy.xls", "Ô rải từ góc này sang góc kia của .xls"),
    ("beyond.xlsx", "Ô ngoài phạm vi trang tính"),
    ("dimension.xlsx", "Khai một triệu hàng mà không có ô nào"),
    ("counts.xlsx", "Khai 4.294.967.295 chuỗi trong tệp 2 kB"),
    ("counts.xlsb", "Khai số chuỗi quá lớn trong .xlsb"),
    ("records.xlsb", "Bản ghi .xlsb khai dài hơn tệp"),
    ("looping.xls", "Mục lục OLE nối vòng"),
    ("endless.xls", "Chuỗi .xls làm thư viện đọc mãi không xong"),
    ("long.xls", "Tệp .xls quá lớn"),
    ("xor.xls", "Tệp .xls khóa kiểu cũ (XOR)"),
    ("styles.xlsx", "100.000 kiểu định dạng"),
    ("styles.ods", "Hàng chục nghìn kiểu định dạng trong .ods"),
    ("cycle.xlsx", "Công thức gọi vòng"),
    ("cells.xlsx", "Hai triệu ô"),
    ("cells.csv", "Hai triệu ô trong .csv"),
    ("merges.xlsx", "100.000 vùng trộn phủ cả trang"),
    ("zeros.ods", "Một triệu hàng lặp lại trong .ods"),
    ("rows.fods", "Hàng lặp lại trong .fods"),
    ("spans.html", "Ô HTML trộn hàng tỷ hàng, cột"),
    ("reaching.html", "Hàng chục nghìn ô HTML kéo dài xuống dưới"),
    ("columns.html", "Hàng chục nghìn ô HTML rộng nghìn cột"),
    ("open.html", "Hàng trăm nghìn bảng HTML không đóng"),
    ("ampersands.html", "HTML gồm hàng triệu dấu &"),
    ("classes.html", "Hàng trăm nghìn kiểu chữ HTML"),
    ("columns.csv", "Hàng triệu cột trống trong .csv"),
    ("wide.csv", "Một dòng .csv hàng triệu cột"),
    ("wide.csv.txt", "Một dòng hàng triệu cột bằng UTF-16"),
    ("long.csv", "Một dòng .csv hàng chục MB"),
    ("quote.csv", "Dấu nháy mở ra không đóng"),
    ("spans.xml", "Hàng lặp lại hàng tỷ lần trong XML của Excel 2003"),
];

/// The page with its second part as the program says it now; `result` is of a folder with all these files.
pub(crate) fn page(now: &str, result: &Value) -> String {
    let above = now.split_once("\n## Tệp hỏng").map_or(now, |(above, _)| above);
    let mut page = format!("{above}{HEAD}");
    let findings = result["diagnostics"].as_array().unwrap();
    let of = |name: &str, code: Option<&str>| {
        let own = findings.iter().filter(|finding| {
            finding["file"].as_str().is_some_and(|file| file.split('!').next() == Some(name))
        });
        let mut own: Vec<&Value> = own.collect();
        own.sort_by_key(|finding| {
            (code.is_some() && finding["code"].as_str() != code, finding["code"].as_str())
        });
        own.first().map(|finding| {
            (
                finding["code"].as_str().unwrap().to_owned(),
                finding["message"].as_str().unwrap().to_owned(),
            )
        })
    };
    let mut row = |vi: &str, name: &str, code: Option<&str>| {
        let (code, message) = of(name, code).unwrap_or_default();
        writeln!(
            page,
            "| {vi} (`{name}`) | {code} | {} |",
            message.replace('|', "/").replace('\n', " ")
        )
        .unwrap();
    };
    for (name, vi, _) in broken() {
        row(vi, name, None);
    }
    for file in hostile::all() {
        let vi = WORDS.iter().find(|(name, _)| *name == file.name).map(|(_, vi)| *vi);
        row(vi.unwrap_or_else(|| panic!("no words for {}", file.name)), file.name, file.code);
    }
    page
}
