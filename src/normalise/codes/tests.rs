//! Words of the code lists and what they lead to.

use super::*;

#[test]
fn posts_lead_to_their_codes() {
    let codes = Codes::load().unwrap();
    for (text, expected) in [
        ("Bí thư", Some(Chair::Secretary)),
        ("bí thư đảng ủy", Some(Chair::Secretary)),
        ("CHỦ TỊCH UBND XÃ", Some(Chair::Chairman)),
        ("Bí thư, Chủ tịch UBND", Some(Chair::Joint)),
        ("Bí thư Đảng ủy, Chủ tịch UBND", Some(Chair::Joint)),
        ("Bí thư kiêm Chủ tịch UBND", Some(Chair::BothPosts)),
        ("Phó Chủ tịch UBND", Some(Chair::Deputy)),
        ("Uỷ quyền", Some(Chair::Deputy)),
        ("Đ/c Bí thư Đảng ủy phường", Some(Chair::Secretary)),
        ("Đồng chí Chủ tịch UBND xã Bảo Hà", Some(Chair::Chairman)),
        ("Ông Phó Chủ tịch UBND thị trấn Phố Ràng", Some(Chair::Deputy)),
        ("Nguyễn Văn A", None),
        ("Bí thư chi bộ thôn 3 xã Bảo Hà", None),
        ("Chủ tịch HĐND xã", None),
        ("Bí thư, Chủ tịch UBND xã Bảo Hà", Some(Chair::Joint)),
        ("Phó Bí thư Đảng ủy, Chủ tịch UBND xã", Some(Chair::Chairman)),
        ("Bí thư Đảng ủy, Chủ tịch HĐND", Some(Chair::Secretary)),
        ("PCT UBND", Some(Chair::Deputy)),
        ("Trưởng thôn", None),
    ] {
        assert_eq!(codes.chair.read(text), expected, "{text}");
    }
}

#[test]
fn words_lead_to_their_codes() {
    let codes = Codes::load().unwrap();
    for (text, expected) in [
        ("L01", Some("L01")),
        ("l01", Some("L01")),
        ("L01 - Đất đai", Some("L01")),
        ("L01: Đất đai", Some("L01")),
        ("Đất đai", Some("L01")),
        ("L01 - Giao thông", None),
        ("L01 - chuyện khác hẳn", None),
        ("L16", None),
        ("GPMB", Some("L02")),
        ("Khác", Some("L99")),
    ] {
        let read = codes.subject.read(text).map(|subject| subject.to_string());
        assert_eq!(read.as_deref(), expected, "{text}");
    }
    for (text, expected) in [
        ("Hội nghị định kỳ", Some(Kind::Periodic)),
        ("Định kỳ quý I", Some(Kind::Periodic)),
        ("Đột suất", Some(Kind::AdHoc)),
        ("Không định kỳ", None),
        ("Định kỳ, đột xuất", None),
    ] {
        assert_eq!(codes.kind.read(text), expected, "{text}");
    }
    for (text, expected) in [
        ("Đã GQ", Some(Outcome::K2)),
        ("Đang GQ", Some(Outcome::K3)),
        ("k5", Some(Outcome::K5)),
        ("K2 - Đã giải quyết sau hội nghị (có văn bản)", Some(Outcome::K2)),
        ("Đã giải quyết", Some(Outcome::K2)),
        ("K6", None),
    ] {
        assert_eq!(codes.outcome.read(text), expected, "{text}");
    }
}

#[test]
fn a_word_of_the_list_is_what_it_is_read_as() {
    fn held<T: Copy + PartialEq + std::fmt::Debug>(list: &CodeList<T>, least: usize) {
        assert!(list.listed.len() >= least, "{list:?}");
        let listed: BTreeMap<_, _> = list.listed.iter().collect();
        for (word, code) in listed {
            assert_eq!(list.read(&folded(&cleaned(word))), Some(*code), "{word}");
            assert_eq!(*word, *folded(&cleaned(word)));
        }
    }
    let codes = Codes::load().unwrap();
    held(&codes.kind, 4);
    held(&codes.chair, 10);
    held(&codes.format, 6);
    held(&codes.yes_no, 4);
    held(&codes.authority, 8);
    held(&codes.outcome, 10);
    held(&codes.subject, 32);
    assert_eq!(codes.outcome.listed("K2"), Some(Outcome::K2));
    assert_eq!(codes.outcome.listed("k2 "), None);
}

#[test]
fn marks_are_words_too() {
    let codes = Codes::load().unwrap();
    for (text, expected) in [("x", Some(true)), ("X", Some(true)), ("-", Some(false)), ("?", None)]
    {
        assert_eq!(codes.yes_no.read(text), expected, "{text}");
    }
}

#[test]
fn what_stands_behind_the_place_of_a_post_is_not_thrown_away() {
    let codes = Codes::load().unwrap();
    for (text, expected) in [
        ("Bí thư Đảng ủy phường và Chủ tịch UBND phường đồng chủ trì", Some(Chair::Joint)),
        ("Bí thư Đảng ủy phường và Chủ tịch UBND phường", Some(Chair::Joint)),
        ("Bí thư Đảng ủy phường Duyên Hải và Chủ tịch UBND phường Duyên Hải", Some(Chair::Joint)),
        ("Bí thư Đảng ủy phường; Chủ tịch UBND phường", Some(Chair::Joint)),
        ("Bí thư Đảng ủy phường kiêm Chủ tịch UBND phường", Some(Chair::BothPosts)),
        ("Bí thư kiêm nhiệm Chủ tịch UBND", Some(Chair::BothPosts)),
        ("Chủ tịch UBND phường ủy quyền", Some(Chair::Deputy)),
        ("Bí thư Đảng ủy phường ủy quyền Phó Bí thư", Some(Chair::Deputy)),
        ("Phó Bí thư Đảng ủy phường, Chủ tịch UBND phường", Some(Chair::Chairman)),
        ("Bí thư Đảng ủy phường và Phó Chủ tịch UBND phường", None),
        ("Bí thư Đảng ủy phường vắng, Phó Bí thư chủ trì", None),
        ("Bí thư Đảng ủy phường không chủ trì", None),
        ("Chủ tịch UBND phường vắng", None),
        ("Chủ tịch UBND phường Kim Tân, thành phố Lào Cai", Some(Chair::Chairman)),
        ("Bí thư Đảng ủy thị trấn Phố Ràng", Some(Chair::Secretary)),
        ("PBT-CT UBND", Some(Chair::Chairman)),
        ("BT-CT", Some(Chair::Joint)),
        ("Phó bí thư/ Chủ tịch", Some(Chair::Chairman)),
        ("P.CT UBND", Some(Chair::Deputy)),
        ("Bí thư chủ trì", Some(Chair::Secretary)),
        ("Chủ tịch UBND xã chủ trì", Some(Chair::Chairman)),
        ("Đ/c Bí thư và đ/c Chủ tịch UBND", Some(Chair::Joint)),
    ] {
        assert_eq!(codes.chair.read(text), expected, "{text}");
    }
}
