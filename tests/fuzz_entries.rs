//! The entries of the fuzz targets, run on seeded mutations where the fuzzer itself is not available.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

#[path = "../fuzz/entries.rs"]
mod entries;

use std::panic::catch_unwind;

const FORM: &[u8] = include_bytes!("specimens/bieu.xlsx");
/// How many mutations each entry gets; workbooks take longer.
const ROUNDS: usize = 4_000;

/// Well-formed inputs to start from.
fn seeds(entry: &str) -> Vec<Vec<u8>> {
    let texts: &[&str] = match entry {
        "text_repair" => &[
            "X· B¶o Hµ\t§¬n vÞ b¸o c¸o\nCã\tTr\u{AD}êng TiÓu häc",
            "Tröôøng Tieåu hoïc\tÑaûng uûy\nHoà sô\tCoù",
            "TrýõÌng Tiêòu hoòc, ðýõÌng xaÞ",
            "Xã Bảo Hà, café où, Ðà, 5µm, §",
            "Tru\u{31B}\u{300}o\u{31B}ng B\u{323}ac",
        ],
        "date" => &["15/3/2021", "ngày 15 tháng 3 năm 2021", "2021-03-15T08:30:00", "15.3"],
        "number" => &["1.078", "12 cuộc", "Không", "-", "1 234 567"],
        "period" => &["Quý I/2021", "BC_02647_2021_Q1.xlsx", "quý một năm 2021", "I/2021"],
        "unit_name" => &["UBND xã Bảo Hà", "TT. Phố Ràng", "P. Kim Tân", "HUYỆN BẢO YÊN"],
        "header" => &[
            "Biểu 1\nSTT\tNgày tổ chức\tLoại cuộc\tChủ trì\tChủ đề, nội dung\tTổng số\n1\t2\t3\t4\t5\t6\n1\t15/3/2021\tĐịnh kỳ\tBí thư\tĐất đai\t35\nTổng cộng\t\t\t\t\t35",
            "Quý I/2021\nHuyện Bảo Yên\nSTT\tMã đơn vị\tĐơn vị\tĐịnh kỳ\tĐột xuất\tTổng số\n1\t02647\tXã Bảo Hà\t1\t0\t1",
        ],
        _ => return vec![FORM.to_vec()],
    };
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// A small generator of numbers (`SplitMix64`), so that every run tries the same inputs.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(sides.max(1)).unwrap()).unwrap()
    }

    /// Changes the bytes once: flips, cuts, doubles, swaps in what often breaks readers.
    fn mutate(&mut self, data: &mut Vec<u8>) {
        const NASTY: [&str; 12] = [
            "\u{AD}",
            "\u{301}",
            "§",
            "µ",
            "\u{FEFF}",
            "\t",
            "\n",
            "/",
            "99999999999",
            "Quý",
            "\0",
            "\u{1D15E}",
        ];
        let at = self.roll(data.len());
        let span = at..data.len().min(at + 1 + self.roll(8));
        match self.roll(6) {
            0 if !data.is_empty() => data[at] ^= 1 << self.roll(8),
            1 => data.truncate(at),
            2 => drop(data.drain(span)),
            3 => data.extend_from_within(span),
            4 => drop(data.splice(at..at, NASTY[self.roll(NASTY.len())].bytes())),
            _ if !data.is_empty() => data[at] = u8::try_from(self.roll(256)).unwrap(),
            _ => {}
        }
    }
}

#[test]
fn no_mutation_breaks_an_entry() {
    for (name, entry) in entries::ENTRIES {
        let seeds = seeds(name);
        for seed in &seeds {
            entry(seed);
        }
        let mut dice = Dice(17);
        for round in 0..if name == "open_xlsx" { ROUNDS / 8 } else { ROUNDS } {
            let mut data = seeds[dice.roll(seeds.len())].clone();
            for _ in 0..=dice.roll(12) {
                dice.mutate(&mut data);
            }
            let shown = String::from_utf8_lossy(&data).into_owned();
            assert!(catch_unwind(|| entry(&data)).is_ok(), "{name}, round {round}: {shown:?}");
        }
    }
}

#[test]
fn every_entry_has_its_target() {
    let manifest = include_str!("../fuzz/Cargo.toml");
    for (name, _) in entries::ENTRIES {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
    assert_eq!(manifest.matches("[[bin]]").count(), entries::ENTRIES.len());
}
