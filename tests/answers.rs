//! What an officer asks after the first run: one unit's account, what was explained, what changed since.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

#[path = "support/commune.rs"]
mod commune;
#[path = "support/program.rs"]
mod program;

use commune::Commune;
use program::{Ran, Small, program, submission};
use serde_json::Value;
use std::fs;

/// `qc17 <command>` over the small input with these further words.
fn ran(small: &Small, command: &[&str], further: &[&str]) -> Ran {
    let mut all = program();
    all.args(command).arg(small.input()).arg("--units").arg(small.path("units.csv"));
    all.args(["--scope", "10", "--period", "2021-Q1"]).args(further);
    Ran::of(&all.output().unwrap())
}

#[test]
fn the_account_of_one_unit_by_code_and_by_name() {
    let small = Small::new();
    let by_code = ran(&small, &["ledger", "02635"], &[]);
    assert_eq!(by_code.status, Some(0), "{}", by_code.err);
    for words in [
        "Phường Duyên Hải (02635), quý I/2021",
        "1 cuộc mỗi quý, tính cho đơn vị",
        "Kết quả: Đạt.",
        "080/BC_02635_2021_Q1.xlsx › Biểu 1 - Hội nghị, ô A6",
        "tính cho ",
    ] {
        assert!(by_code.out.contains(words), "{words}:\n{}", by_code.out);
    }
    for name in ["Duyên Hải", "phuong duyen hai", "PHƯỜNG DUYÊN HẢI"] {
        assert_eq!(ran(&small, &["ledger", name], &[]).out, by_code.out, "{name}");
    }
    let json = ran(&small, &["ledger", "10"], &["--format", "json"]);
    let account: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&account["owed"], &account["quota"]["per"]), (&0.into(), &"year".into()));
    let refused = ran(&small, &["ledger", "Nơi Khác"], &[]);
    assert!(refused.refusal().contains("Nơi Khác"), "{}", refused.err);
    // Three units bear the name of the province in full or in part; here one does.
    assert_eq!(ran(&small, &["ledger", "Lào Cai"], &[]).status, Some(2));
}

/// The ledger's words of a commune's only meeting, whoever is said to have chaired it.
#[test]
fn the_account_says_who_chaired_as_the_form_does() {
    const CHAIR: usize = 5;
    let joint = "tính cho cả Bí thư và Chủ tịch: đồng chủ trì";
    for (chair, name, words) in [
        ("Ủy quyền", "Lò Văn Dinh, Phó Bí thư Thường trực", "không tính: ủy quyền Phó Bí thư"),
        ("Ủy quyền", "Lò Văn Dinh - PCT UBND xã", "không tính: ủy quyền Phó Chủ tịch"),
        ("Phó Bí thư Đảng ủy (được ủy quyền)", "Lò Văn Dinh", "không tính: ủy quyền Phó Bí thư"),
        ("Ủy quyền", "Lò Văn Dinh", "không tính: ủy quyền"),
        ("Bí thư và Chủ tịch UBND cùng chủ trì", "Hai đồng chí", joint),
        (
            "Bí thư và một đồng chí cùng chủ trì",
            "",
            "chưa xác định được: chủ trì không đọc được (ô F7)",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut commune = Commune::clean();
        commune.put(0, CHAIR, chair);
        commune.put(0, CHAIR + 1, name);
        commune.write(folder.path());
        let mut command = program();
        command.args(["ledger", "02977"]).arg(folder.path());
        command.args(["--period", "2021-Q1", "--scope", "087"]);
        let ran = Ran::of(&command.output().unwrap());
        let found = ran.out.lines().skip_while(|line| !line.starts_with("1. ")).nth(1);
        assert_eq!(found.map(str::trim), Some(words), "{chair}; {name}\n{}", ran.out);
    }
}

#[test]
fn an_explanation_settles_the_exit_status_and_is_shown() {
    let small = Small::new();
    // Nothing came from the commune: an error.
    fs::remove_file(small.input().join("080/BC_02635_2021_Q1.xlsx")).unwrap();
    assert_eq!(ran(&small, &["check"], &[]).status, Some(1));
    let list = small.input().join("giai-trinh.csv");
    let write = |rows: &str| {
        let header = "Mã lỗi;Mã đơn vị;Kỳ;Vị trí hoặc khóa;Lý do;Kết luận;Người duyệt;Ngày duyệt;Hiệu lực đến";
        fs::write(&list, format!("{header}\n{rows}\n")).unwrap();
    };
    write("TH05;02635;quý I/2021;;Lũ quét, mất điện;chấp nhận;Trưởng ban;06/04/2021;30/04/2021");
    let accepted = ran(&small, &["check"], &[]);
    assert_eq!(accepted.status, Some(0), "{}", accepted.out);
    let words = "Giải trình được chấp nhận (Trưởng ban), đến ngày 30/04/2021: Lũ quét, mất điện";
    assert!(accepted.out.contains(words), "{}", accepted.out);
    assert!(accepted.out.contains("Phải sửa"), "the finding stays as grave as it is shown");
    let expired = ran(&small, &["check"], &["--as-of", "2021-05-01"]);
    assert_eq!(expired.status, Some(1));
    assert!(expired.out.contains("dòng 2: TH05 của 02635: đã hết hạn"), "{}", expired.out);
    write("TH05;080;;;Không đúng;chấp nhận;;;");
    let unmatched = ran(&small, &["check"], &[]);
    assert_eq!(unmatched.status, Some(1));
    assert!(unmatched.out.contains("TH05 của 080: không khớp lỗi nào"), "{}", unmatched.out);
    write("TH05;02635;;;Lũ quét;không chấp nhận;;;");
    let refused = ran(&small, &["check"], &["--format", "json"]);
    assert_eq!(refused.status, Some(1));
    let result: Value = serde_json::from_str(&refused.out).unwrap();
    assert_eq!(result["explanations"][0]["status"], "applied");
    assert_eq!(result["explanations"][0]["decision"], "refused");
}

#[test]
fn a_second_run_says_what_changed() {
    let small = Small::new();
    let out = small.path("ra");
    let out = out.to_str().unwrap();
    let first = ran(&small, &["report"], &["--out", out, "--format", "json"]);
    let result: Value = serde_json::from_str(&first.out).unwrap();
    assert_eq!(result["changes"], Value::Null);
    let earlier = small.path("ra/ket-qua-2021-Q1.json");
    let earlier = earlier.to_str().unwrap();
    // The earlier result is the very file that the second run replaces.
    let again =
        ran(&small, &["report"], &["--out", out, "--previous", earlier, "--format", "json"]);
    let result: Value = serde_json::from_str(&again.out).unwrap();
    for key in ["new", "gone", "figures"] {
        assert_eq!(result["changes"][key], Value::Array(Vec::new()), "{key}");
    }
    fs::remove_file(small.input().join("080/BC_02635_2021_Q1.xlsx")).unwrap();
    let gone = ran(&small, &["check"], &["--previous", earlier]);
    assert!(gone.out.contains("(mới)"), "{}", gone.out);
    let words = "do không còn dùng tệp 080/BC_02635_2021_Q1.xlsx";
    assert!(gone.out.contains(words), "{}", gone.out);
    fs::copy(submission("BC_10_2021_Q1.xlsx"), small.path("khac.json")).unwrap();
    for other in ["khac.json", "khong-co.json", "units.csv"] {
        let other = small.path(other);
        let refused = ran(&small, &["check"], &["--previous", other.to_str().unwrap()]);
        assert!(refused.refusal().contains("Không đọc được kết quả lần trước"), "{}", refused.err);
    }
}
