//! Binary workbooks made record by record, as Excel itself writes them.

use crate::model::CellRef;
use crate::open::specimen::{codes, opened, packed};
use crate::open::{Kind, Merge, Opened};

fn record(id: u16, data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for mut number in [usize::from(id), data.len()] {
        // The length of these records is below 128, their numbers below 16,384.
        while number > 0x7F {
            out.push(u8::try_from(number & 0x7F).unwrap() | 0x80);
            number >>= 7;
        }
        out.push(u8::try_from(number).unwrap());
    }
    out.extend(data);
    out
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    out
}

fn longs(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

fn row(row: u32, hidden: bool) -> Vec<u8> {
    let flags = if hidden { 0x1000u16 } else { 0 };
    let data = [longs(&[row, 0]), 300u16.to_le_bytes().to_vec(), flags.to_le_bytes().to_vec()];
    record(0, &[data.concat(), vec![0]].concat())
}

fn cell(id: u16, col: u32, style: u32, value: &[u8]) -> Vec<u8> {
    record(id, &[longs(&[col, style]), value.to_vec()].concat())
}

/// A workbook with these records of cells between the beginning and the end of its sheet.
fn book(cells: &[u8], after: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let relations = "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.bin'/>\
        <Relationship Id='r2' Type='x/sharedStrings' Target='sharedStrings.bin'/>\
        <Relationship Id='r3' Type='x/styles' Target='styles.bin'/>\
        <Relationship Id='r4' Type='x/chartsheet' Target='chart.bin'/></Relationships>";
    let sheet = |state: u32, id: &str, name: &str| {
        record(156, &[longs(&[state, 1]), text(id), text(name)].concat())
    };
    let workbook = [
        record(131, &[]),
        record(153, &longs(&[1, 0])),
        sheet(0, "r1", "Biểu 1"),
        sheet(1, "r1", "Cũ"),
        sheet(0, "r4", "Biểu đồ"),
        sheet(0, "r9", "Mất"),
    ];
    let strings = [
        record(159, &longs(&[u32::MAX, u32::MAX])),
        record(19, &[vec![0], text("Xã Bảo Hà")].concat()),
        record(19, &[vec![1], text("hai"), longs(&[1, 0])].concat()),
        record(19, &[vec![1], text("120136"), longs(&[2, 1 << 16, 3])].concat()),
        record(19, &[vec![1], text("1361"), longs(&[9, 3 | 2 << 16])].concat()),
    ];
    let format = |number: u16| [0, 0, number.to_le_bytes()[0], number.to_le_bytes()[1]];
    // A plain font, one that strikes out, one that raises.
    let font = |flags: u8, script: u8| record(43, &[220, 0, flags, 0, 144, 1, script, 0, 0]);
    let struck = [&format(0)[..], &[1, 0]].concat();
    let styles = [
        [record(611, &longs(&[3])), font(0, 0), font(8, 0), font(0, 1), record(612, &[])].concat(),
        record(44, &[vec![170, 0], text("dd/mm/yyyy")].concat()),
        record(626, &longs(&[1])),
        record(47, &format(14)),
        record(627, &[]),
        record(617, &longs(&[2])),
        record(47, &format(0)),
        record(47, &format(170)),
        record(47, &struck),
        record(618, &[]),
    ];
    let begin = [record(129, &[]), record(60, &longs(&[1, 2, 2560, 0, 1])), record(145, &[])];
    let sheet = [&begin.concat(), cells, &record(146, &[]), after, &record(130, &[])].concat();
    vec![
        ("xl/workbook.bin", workbook.concat()),
        ("xl/_rels/workbook.bin.rels", relations.into()),
        ("xl/worksheets/sheet1.bin", sheet),
        ("xl/sharedStrings.bin", strings.concat()),
        ("xl/styles.bin", styles.concat()),
    ]
}

fn seen(opened: &Opened) -> String {
    let sheet = &opened.workbook.as_ref().unwrap().sheets[0];
    let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
    let cells = cells.map(|(row, cell)| {
        let marks = [(row.hidden, "~"), (cell.computed, "!")];
        let marks: String = marks.iter().filter(|mark| mark.0).map(|mark| mark.1).collect();
        format!("{marks}{}={:?}", CellRef::new(row.index, cell.col), cell.value)
    });
    cells.collect::<Vec<_>>().join(" ")
}

#[test]
fn cells_as_excel_writes_them() {
    let formula = [0u8; 6];
    let rich = [vec![0], text("đậm")].concat();
    let footnote = [vec![1], text("12(a)"), longs(&[1, 2 | 2 << 16])].concat();
    for (record, expected) in [
        (cell(1, 0, 0, &[]), ""),
        (cell(2, 3, 0, &(2u32 | 85 << 2).to_le_bytes()), "D1=Number(85.0)"),
        (cell(3, 0, 0, &[0x17]), "A1=Error(\"#REF!\")"),
        (cell(4, 0, 0, &[1]), "A1=Bool(true)"),
        (cell(5, 0, 0, &1.5f64.to_le_bytes()), "A1=Number(1.5)"),
        (cell(5, 0, 1, &0f64.to_le_bytes()), "A1=Date(1904-01-01T00:00:00)"),
        (cell(6, 0, 0, &text("chữ")), "A1=Text(\"chữ\")"),
        (cell(6, 0, 0, &text(" ")), ""),
        (cell(7, 0, 0, &1u32.to_le_bytes()), "A1=Text(\"hai\")"),
        (cell(8, 0, 0, &[text("x"), formula.to_vec()].concat()), "!A1=Text(\"x\")"),
        (cell(9, 0, 0, &[&7f64.to_le_bytes()[..], &formula].concat()), "!A1=Number(7.0)"),
        (cell(10, 0, 0, &[0]), "!A1=Bool(false)"),
        (cell(11, 0, 0, &[0x2A]), "!A1=Error(\"#N/A\")"),
        (cell(62, 16_383, 0, &rich), "XFD1=Text(\"đậm\")"),
        (cell(7, 0, 0, &2u32.to_le_bytes()), "A1=Text(\"(gạch bỏ: 120)136\")"),
        // Fewer stretches than are announced.
        (cell(7, 0, 0, &3u32.to_le_bytes()), "A1=Text(\"136^1\")"),
        (cell(62, 0, 0, &footnote), "A1=Text(\"12^(a)\")"),
        // Right of the cell before.
        ([cell(1, 4, 0, &[]), super_short(5.0)].concat(), "F1=Number(5.0)"),
    ] {
        let bytes = packed(&book(&[row(0, false), record.clone()].concat(), &[]));
        let opened = opened("a.xlsb", &bytes);
        assert_eq!((seen(&opened).as_str(), opened.kind), (expected, Some(Kind::Xlsb)));
    }
}

#[test]
fn a_cell_that_is_struck_out_is_read_and_said() {
    let cells = [row(0, false), cell(2, 3, 2, &(2u32 | 85 << 2).to_le_bytes())].concat();
    let opened = opened("a.xlsb", &packed(&book(&cells, &[])));
    assert_eq!(seen(&opened), "D1=Number(85.0)");
    let said = opened.findings.iter().find(|finding| finding.rule.code == "DL08").unwrap();
    assert_eq!(said.place.cell, Some(CellRef::new(0, 3)));
}

/// A cell without a column.
fn super_short(number: f64) -> Vec<u8> {
    record(16, &[longs(&[0]), number.to_le_bytes().to_vec()].concat())
}

#[test]
fn sheets_merges_and_what_is_hidden() {
    let cells = [row(0, false), cell(4, 0, 0, &[1]), row(6, true), cell(4, 0, 0, &[1])].concat();
    let merge = record(176, &longs(&[2, 3, 0, 4]));
    let opened = opened("a.xlsb", &packed(&book(&cells, &merge)));
    assert_eq!(seen(&opened), "A1=Bool(true) ~A7=Bool(true)");
    let book = opened.workbook.as_ref().unwrap();
    let names: Vec<_> = book.sheets.iter().map(|sheet| (&*sheet.name.name, sheet.hidden)).collect();
    assert_eq!(names, [("Biểu 1", false), ("Cũ", true)]);
    assert_eq!(book.sheets[0].hidden_cols, [(1, 2)]);
    let at = CellRef::new;
    assert_eq!(book.sheets[0].merges, [Merge { first: at(2, 0), last: at(3, 4) }]);
    assert_eq!(codes(&opened), "TEP01", "the sheet without a part is named");
}

#[test]
fn what_makes_no_sense_is_a_hole_or_a_loss() {
    for (cells, expected) in [
        ([row(0, false), cell(7, 0, 0, &9u32.to_le_bytes())].concat(), "TEP01 TEP01 TEP01"),
        ([row(0, false), cell(5, 0, 0, &f64::NAN.to_le_bytes())].concat(), "TEP01 TEP01 TEP01"),
        ([row(2_000_000, false), cell(4, 0, 0, &[1])].concat(), "TEP01 TEP01 TEP01"),
        ([row(0, false), cell(4, 16_384, 0, &[1])].concat(), "TEP01 TEP01 TEP01"),
        (record(0, &[1]), "[TEP01]"),
        (vec![0, 0xFF, 0xFF, 0xFF, 0x7F], "[TEP04]"),
    ] {
        assert_eq!(codes(&opened("a.xlsb", &packed(&book(&cells, &[])))), expected, "{cells:?}");
    }
    let mut cut = book(&[], &[]);
    cut[2].1.truncate(9);
    assert_eq!(codes(&opened("a.xlsb", &packed(&cut))), "[TEP01]");
}
