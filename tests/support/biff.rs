//! Workbooks of Excel 97 (`.xls`) made by hand, record by record, for what no honest writer writes.

use std::iter::repeat_n;

/// One record.
pub(crate) fn record(id: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&id.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

/// A cell with the number one.
pub(crate) fn number(row: u16, col: u16) -> Vec<u8> {
    let place = [row.to_le_bytes(), col.to_le_bytes(), [0, 0]].concat();
    record(0x0203, &[&place[..], &1f64.to_le_bytes()].concat())
}

/// A workbook of one sheet with these records, and these before its list of sheets.
pub(crate) fn workbook(sheet: &[u8], globals: &[u8]) -> Vec<u8> {
    let begin = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let listed = |at: usize| {
        let at = u32::try_from(at).unwrap().to_le_bytes();
        record(0x0085, &[&at[..], &[0, 0, 1, 0, b'a']].concat())
    };
    let end = record(0x000A, &[]);
    let first = [&begin(5), globals].concat();
    let start = first.len() + listed(0).len() + end.len();
    compound(&[&first, &listed(start), &end, &begin(16), sheet, &end].concat())
}

/// A compound file with one stream, `Workbook`.
pub(crate) fn compound(stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xFFFF_FFFE;
    let mut stream = stream.to_vec();
    let length = stream.len().max(4096);
    stream.resize(length.next_multiple_of(SECTOR), 0);
    let word = |n: usize| u32::try_from(n).unwrap();
    let sectors = stream.len() / SECTOR;
    // The directory behind the stream, then the tables, which list themselves too.
    let tables = (1..110).find(|tables| tables * 128 > sectors + tables).unwrap();
    let mut next: Vec<u32> = (1..sectors).map(word).collect();
    next.extend([END, END]);
    next.extend(repeat_n(0xFFFF_FFFD, tables));
    next.resize(tables * 128, u32::MAX);
    let mut header = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    header.resize(24, 0);
    header.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    header.resize(44, 0);
    let numbers = [word(tables), word(sectors), 0, 4096, END, 0, END, 0];
    header.extend(numbers.into_iter().flat_map(u32::to_le_bytes));
    let places = (0..109).map(|n| if n < tables { word(sectors + 1 + n) } else { u32::MAX });
    header.extend(places.flat_map(u32::to_le_bytes));
    let named = |name: &str, kind: u8, child: u32, first: u32, length: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let used = u8::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend([used, 0, kind, 1]);
        entry.extend([u32::MAX, u32::MAX, child].into_iter().flat_map(u32::to_le_bytes));
        entry.resize(116, 0);
        entry.extend([first, length].into_iter().flat_map(u32::to_le_bytes));
        entry.resize(128, 0);
        entry
    };
    let root = named("Root Entry", 5, 1, END, 0);
    let book = named("Workbook", 2, u32::MAX, 0, word(length));
    let next: Vec<u8> = next.into_iter().flat_map(u32::to_le_bytes).collect();
    [header, stream, root, book, vec![0; 256], next].concat()
}
