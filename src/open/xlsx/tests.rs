//! Workbooks as they come, at the door of the stage.

use crate::model::CellRef;
use crate::open::grid::{Merge, Sheet, Value};
use crate::open::specimen::{codes, opened, packed, parts, workbook};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

/// The cells of the first sheet, each as `A1=value`, a computed one with `!`.
fn cells(sheet: &Sheet) -> Vec<String> {
    let mut seen = Vec::new();
    for row in &sheet.rows {
        for cell in &row.cells {
            let value = match &cell.value {
                Value::Text(text) => format!("“{text}”"),
                Value::Number(number) => number.to_string(),
                Value::Date(date) => date.to_string(),
                Value::Bool(truth) => truth.to_string(),
                Value::Error(error) => format!("E{error}"),
                Value::Uncomputed => "?".to_owned(),
            };
            let mark = if cell.computed { "!" } else { "" };
            seen.push(format!("{}{mark}={value}", CellRef::new(row.index, cell.col)));
        }
    }
    seen
}

fn first_sheet(bytes: &[u8]) -> Sheet {
    opened("a.xlsx", bytes).workbook.unwrap().sheets.remove(0)
}

#[test]
fn what_a_cell_may_hold() {
    let strings = "<si><t>Xã</t></si><si><t xml:space='preserve'>  </t></si>";
    for (cell, expected) in [
        ("<c r='B2' t='s'><v>0</v></c>", "B2=“Xã”"),
        ("<c r='B2' t='s'><v> 0 </v></c>", "B2=“Xã”"),
        ("<c r='B2' t='s'><v>1</v></c>", ""),
        ("<c r='B2' t='s'/>", ""),
        ("<c r='B2' s='1'/>", ""),
        ("<c r='B2' t='s'><v>7</v></c>", "B2=Ekhông đọc được"),
        ("<c r='B2' t='s'><v>-1</v></c>", "B2=Ekhông đọc được"),
        ("<c r='B2'><v>12</v></c>", "B2=12"),
        ("<c r='B2' t='n'><v>1.078E3</v></c>", "B2=1078"),
        ("<c r='B2'><v>inf</v></c>", "B2=Ekhông đọc được"),
        ("<c r='B2'><v>1e999</v></c>", "B2=Ekhông đọc được"),
        ("<c r='B2'><v>mười</v></c>", "B2=Ekhông đọc được"),
        ("<c r='B2' s='1'><v>44270.5</v></c>", "B2=2021-03-15 12:00:00"),
        ("<c r='B2' s='1'><v>-5</v></c>", "B2=-5"),
        ("<c r='B2' s='99'><v>44270</v></c>", "B2=44270"),
        ("<c r='B2' t='d'><v>2021-03-15</v></c>", "B2=2021-03-15 00:00:00"),
        ("<c r='B2' t='d'><v>10:10</v></c>", "B2=“10:10”"),
        ("<c r='B2' t='b'><v>1</v></c>", "B2=true"),
        ("<c r='B2' t='b'><v>2</v></c>", "B2=Ekhông đọc được"),
        ("<c r='B2' t='e'><v>#SPILL!</v></c>", "B2=E#SPILL!"),
        ("<c r='B2' t='str'><f>A1</f><v>1&lt;2_x000D_</v></c>", "B2!=“1<2\r”"),
        ("<c r='B2' t='str'><f>A1</f><v></v></c>", ""),
        ("<c r='B2' t='str'><f>A1</f><v/></c>", ""),
        ("<c r='B2' t='str'><f>A1</f></c>", "B2=?"),
        (
            "<c r='B2' t='inlineStr'><is><r><t>a</t></r><r><t> b</t></r><rPh><t>c</t></rPh></is></c>",
            "B2=“a b”",
        ),
        ("<c r='B2'><f>SUM(A1)</f><v>3</v></c>", "B2!=3"),
        ("<c r='B2'><f>SUM(A1)</f></c>", "B2=?"),
        ("<c r='B2'><f>SUM(A1)</f><v/></c>", "B2=?"),
        ("<c r='B2'><f t='shared' si='0'/><v>4</v></c>", "B2!=4"),
        ("<c t='b'><v>1</v></c><c><v>2</v></c>", "A2=true B2=2"),
        ("<c r='C2'><v>1</v></c><c><v>2</v></c>", "C2=1 D2=2"),
        ("<c r='C2'><v>1</v></c><c r='A2'><v>2</v></c>", "A2=2 C2=1"),
        ("<c r='XFD1048576'><v>1</v></c>", "XFD1048576=1"),
        ("<c r='XFE1'><v>1</v></c>", ""),
        ("<c r='A1048577'><v>1</v></c>", ""),
        ("<c r='?'><v>1</v></c>", ""),
        ("<x:c xmlns:x='n' r='B2'><x:v>5</x:v></x:c>", "B2=5"),
    ] {
        let bytes = workbook(&format!("<sheetData><row r='2'>{cell}</row></sheetData>"), strings);
        assert_eq!(cells(&first_sheet(&bytes)).join(" "), expected, "{cell}");
    }
}

#[test]
fn damaged_and_outlying_cells_are_told() {
    let sheet = "<sheetData><row r='3'><c r='B3'><v>x</v></c><c r='C3' t='s'><v>9</v></c></row>\
        <row r='1048577'><c><v>1</v></c></row><c><v>2</v></c></sheetData>";
    let opened = opened("a.xlsx", &workbook(sheet, ""));
    assert_eq!(codes(&opened), "TEP01 TEP01");
    let told: Vec<_> = opened.findings.iter().map(|f| (f.place.cell, &f.message[..1])).collect();
    assert_eq!(told, [(Some(CellRef::new(2, 1)), "2"), (None, "2")]);
}

#[test]
fn rows_columns_and_merges() {
    let sheet = "<dimension ref='A1:XFD1048576'/>\
        <cols><col min='2' max='3' hidden='1'/><col min='5' max='99999' width='0'/><col min='6' max='6' width='9'/></cols>\
        <sheetData><row r='5' hidden='1'><c r='A5'><v>1</v></c></row><row><c><v>2</v></c></row>\
        <row r='2' ht='0'><c r='A2'><v>3</v></c></row><row r='9' hidden='1'/></sheetData>\
        <mergeCells count='4294967295'><mergeCell ref='B3:A1'/><mergeCell ref='C1:C1'/><mergeCell ref='zz'/></mergeCells>\
        <controls><from><row>9</row><col>9</col></from></controls>";
    let sheet = first_sheet(&workbook(sheet, ""));
    assert_eq!(cells(&sheet), ["A2=3", "A5=1", "A6=2"]);
    assert_eq!(sheet.rows.iter().map(|row| row.hidden).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(sheet.hidden_cols, [(1, 2), (4, 16_383)]);
    assert_eq!(sheet.merges, [Merge { first: CellRef::new(0, 0), last: CellRef::new(2, 1) }]);
}

#[test]
fn sheets_in_the_order_of_the_workbook() {
    let mut package = parts("<sheetData><row><c><v>1</v></c></row></sheetData>", "");
    package[1].1 = "<w:workbook xmlns:w='http://purl.oclc.org/ooxml/spreadsheetml/main'><w:workbookPr date1904='1'/><w:sheets>\
        <w:sheet name='B&amp;1' sheetId='9' s:id='r9' state='hidden'/><w:sheet name='Đồ thị' s:id='r8'/>\
        <w:sheet name='Hai' s:id='r7' state='veryHidden'/><w:sheet name='Mất' s:id='r6'/></w:sheets></w:workbook>".into();
    package[2].1 = "<Relationships><Relationship Id='r9' Type='http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet' Target='/XL/Worksheets/sheet1.xml'/>\
        <Relationship Id='r8' Type='a/chartsheet' Target='c.xml'/><Relationship Id='r7' Type='a/worksheet' Target='..\\xl\\hai.xml'/></Relationships>".into();
    package.push(("xl\\hai.xml", b"<worksheet><sheetData><row><c t='d'><v>2021-01-02</v></c><c><v>0</v></c></row></sheetData></worksheet>".into()));
    let opened = opened("a.xlsm", &packed(&package));
    let seen: Vec<_> = (opened.workbook.as_ref().unwrap().sheets.iter())
        .map(|sheet| (&*sheet.name.name, sheet.name.order, sheet.hidden, cells(sheet).join(" ")))
        .collect();
    assert_eq!(
        seen,
        [
            ("B&1", 0, true, "A1=1".to_owned()),
            ("Hai", 2, true, "A1=2021-01-02 00:00:00 B1=0".to_owned())
        ]
    );
    assert_eq!(codes(&opened), "TEP01");
    assert_eq!(
        opened.findings[0].message,
        "Không đọc được trang “Mất”: nội dung của trang bị hỏng."
    );
}

#[test]
fn dates_of_1904() {
    let mut package = parts("<sheetData><row><c s='1'><v>42808</v></c></row></sheetData>", "");
    let text = String::from_utf8(package[1].1.clone()).unwrap();
    package[1].1 = text.replace("<sheets>", "<workbookPr date1904='true'/><sheets>").into();
    assert_eq!(cells(&first_sheet(&packed(&package))), ["A1=2021-03-15 00:00:00"]);
}

#[test]
fn a_workbook_of_another_writer() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Biểu 1 - Hội nghị").unwrap();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    sheet.merge_range(0, 0, 0, 2, "BÁO CÁO", &Format::new()).unwrap();
    sheet.write(1, 0, "Định kỳ").unwrap();
    sheet.write_with_format(1, 1, ExcelDateTime::from_ymd(2021, 3, 15).unwrap(), &date).unwrap();
    sheet.write(1, 2, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.set_row_hidden(1).unwrap();
    sheet.set_column_hidden(2).unwrap();
    let opened = opened("a.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!(codes(&opened), "");
    let sheet = &opened.workbook.unwrap().sheets[0];
    assert_eq!(cells(sheet), ["A1=“BÁO CÁO”", "A2=“Định kỳ”", "B2=2021-03-15 00:00:00", "C2!=2"]);
    assert_eq!((sheet.hidden_cols.as_slice(), sheet.rows[1].hidden), ([(2, 2)].as_slice(), true));
    assert_eq!(sheet.merges.len(), 1);
}

#[test]
fn zeros_that_nobody_computed() {
    let read = |results: &[&str]| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (col, result) in (0u16..).zip(results) {
            sheet.write(0, col, Formula::new("=1-1").set_result(*result)).unwrap();
        }
        cells(&opened("a.xlsx", &book.save_to_buffer().unwrap()).workbook.unwrap().sheets[0])
    };
    assert_eq!(read(&["0", "0"]), ["A1=?", "B1=?"]);
    assert_eq!(read(&["0", "7"]), ["A1!=0", "B1!=7"]);
}
