//! The entries of the fuzz targets, run on seeded mutations where the fuzzer itself is not available.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

#[path = "../fuzz/entries.rs"]
mod entries;

use std::fs;
use std::io::{Cursor, Read, Write};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const FORM: &[u8] = include_bytes!("specimens/bieu.xlsx");
/// How many mutations each entry gets; workbooks take longer.
const ROUNDS: usize = 4_000;

/// Well-formed texts to start from; none for an entry that reads no text.
fn texts(entry: &str) -> &'static [&'static str] {
    match entry {
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
        "returned" => &[
            "Mã đơn vị\t02647\nKỳ báo cáo\tQuý I/2021\nTệp gốc\ta.xlsx\nLần gửi lại\t2\nTrang\tÔ\tMã lỗi\tGiải trình của đơn vị\tKhóa\nBiểu 1\tB7\tSL01\tĐã kiểm tra\t0a1b2c3d4e5f",
            "$B$7",
        ],
        "open_csv" => &[
            "STT;Ngày;Tổng số\n1;15/3/2021;\"3\"\"5\"\n",
            "sep=,\r\n\"a, b\",2\r\n3,4\r\n",
            "STT\tNgày\n\n1\t15/3/2021\n",
        ],
        "open_html" => &[
            "<html><body><table border=1><tr><td colspan=2>STT<td>Ngày&nbsp;<tr><td rowspan=2>1<td x:num=\"35\">35</table>",
        ],
        "open_xml" => &[
            include_str!("specimens/bieu-sheetjs.xml"),
            "<office:document xmlns:office='o' office:mimetype='application/vnd.oasis.opendocument.spreadsheet'><office:body><office:spreadsheet><table:table table:name='Biểu 1'><table:table-row><table:table-cell table:number-columns-repeated='3' office:value-type='float' office:value='35'><text:p>35</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>",
        ],
        _ => &[],
    }
}

/// Well-formed inputs to start from.
fn seeds(entry: &str) -> Vec<Vec<u8>> {
    match entry {
        "open_xls" => [
            &include_bytes!("specimens/bieu.xls")[..],
            include_bytes!("specimens/mat-khau.xls"),
            include_bytes!("specimens/mat-khau.xlsx"),
        ]
        .map(<[u8]>::to_vec)
        .to_vec(),
        "archive" => vec![archive()],
        "xlsx_parts" => {
            vec![parts(
                FORM,
                [
                    "xl/worksheets/sheet1.xml",
                    "xl/sharedStrings.xml",
                    "xl/workbook.xml",
                    "xl/styles.xml",
                ],
            )]
        }
        "xlsb_parts" => {
            vec![parts(
                include_bytes!("specimens/bieu-sheetjs.xlsb"),
                [
                    "xl/worksheets/sheet1.bin",
                    "xl/sharedStrings.bin",
                    "xl/workbook.bin",
                    "xl/styles.bin",
                ],
            )]
        }
        "ods_content" => {
            vec![parts(
                include_bytes!("specimens/bieu.ods"),
                ["content.xml", "styles.xml", "settings.xml", "META-INF/manifest.xml"],
            )]
        }
        "open_xlsx" => vec![FORM.to_vec()],
        "open_xlsb" => vec![include_bytes!("specimens/bieu-sheetjs.xlsb").to_vec()],
        "open_ods" => vec![include_bytes!("specimens/bieu.ods").to_vec()],
        _ => texts(entry).iter().map(|text| text.as_bytes().to_vec()).collect(),
    }
}

/// Parts of a package as the entries that pack them take them.
fn parts(package: &[u8], names: [&str; 4]) -> Vec<u8> {
    let mut package = ZipArchive::new(Cursor::new(package)).unwrap();
    let part = |name| {
        let mut bytes = Vec::new();
        package.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    names.map(part).join(entries::BETWEEN)
}

/// An archive of two files, one in a folder, one packed.
fn archive() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, method) in
        [("xã/a.csv", CompressionMethod::Stored), ("b.csv", CompressionMethod::Deflated)]
    {
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(name, options).unwrap();
        writer.write_all("STT;Ngày\n1;15/3/2021\n".as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The inputs that the fuzzer kept, and those that once broke an entry.
fn corpus(entry: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(entry);
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn no_input_of_the_corpus_breaks_its_entry() {
    for (name, entry) in entries::ENTRIES {
        let files = corpus(name);
        assert!(!files.is_empty(), "{name}");
        for file in files {
            let data = fs::read(&file).unwrap();
            assert!(catch_unwind(|| entry(&data)).is_ok(), "{}", file.display());
        }
    }
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
        let packed = ["open_xlsx", "open_xlsb", "open_ods"].contains(&name)
            || name.contains("_parts")
            || name == "ods_content";
        for round in 0..if packed { ROUNDS / 8 } else { ROUNDS } {
            let mut data = seeds[dice.roll(seeds.len())].clone();
            for _ in 0..=dice.roll(12) {
                dice.mutate(&mut data);
            }
            let shown = String::from_utf8_lossy(&data).into_owned();
            assert!(catch_unwind(|| entry(&data)).is_ok(), "{name}, round {round}: {shown:?}");
        }
    }
}

/// Writes the well-formed inputs where the fuzzer begins: `QC17_SEEDS=FOLDER cargo test --test fuzz_entries -- --ignored`.
#[test]
#[ignore = "writes files"]
fn write_the_seeds() {
    let folder = PathBuf::from(std::env::var_os("QC17_SEEDS").unwrap());
    for (name, _) in entries::ENTRIES {
        fs::create_dir_all(folder.join(name)).unwrap();
        for (at, seed) in seeds(name).iter().enumerate() {
            fs::write(folder.join(name).join(format!("mau-{at}")), seed).unwrap();
        }
    }
}

#[test]
fn every_entry_has_its_target() {
    let manifest = include_str!("../fuzz/Cargo.toml");
    for (name, _) in entries::ENTRIES {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
    // One more holds all of them, for a build that is cheap.
    assert!(manifest.contains("name = \"every\""));
    assert_eq!(manifest.matches("[[bin]]").count(), entries::ENTRIES.len() + 1);
}
