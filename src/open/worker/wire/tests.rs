//! Requests and answers arrive as they were sent, whatever happens to their bytes.

use super::*;
use crate::open::specimen::rich_sheet;
use proptest::prelude::*;

fn contents() -> Contents {
    let mut contents = Contents::default();
    let sheet = rich_sheet();
    let losses = Losses {
        outside: 2,
        far: 3,
        first_far: Some(CellRef::new(9, 8)),
        struck: Struck::told(4, [(CellRef::new(1, 2), CellRef::new(1, 4))].into_iter()),
        ..Losses::default()
    };
    contents.add(sheet.name.clone(), Ok((sheet, losses))).unwrap();
    let lost = SheetName::new("Mất", 3);
    contents.add(lost, Err(Fault::Broken("x"))).unwrap();
    contents
}

#[test]
fn answers_arrive_as_they_were_sent() {
    let limits = Limits::default();
    let sent = contents();
    let arrived = parse_answer(&answer(&Ok(contents())), &limits).unwrap();
    assert_eq!(arrived.workbook, sent.workbook);
    let name = &sent.workbook.sheets[0].name;
    assert_eq!(arrived.losses_of(name), sent.losses_of(name));
    assert_eq!(arrived.lost().count(), 1);
    for fault in
        [Fault::Password, Passed::Cells(limits.cells).into(), Passed::Ratio(limits.ratio).into()]
    {
        assert_eq!(parse_answer(&answer(&Err(fault.clone())), &limits).unwrap_err(), fault);
    }
    let tight = Limits { cells: 1, ..limits };
    assert_eq!(
        parse_answer(&answer(&Ok(contents())), &tight).unwrap_err(),
        Passed::Cells(1).into()
    );
}

#[test]
fn requests_arrive_as_they_were_sent() {
    let limits = Limits { cells: 7, worker_bytes: 9, ..Limits::default() };
    let request = parse_request([head(&limits), b"abc".to_vec()].concat()).unwrap();
    assert_eq!(request, Request { limits, bytes: b"abc".to_vec() });
    let mut pipe = Vec::new();
    send(&mut pipe, &[b"a", b"bc"]).unwrap();
    assert_eq!(receive(&mut pipe.as_slice(), 3).unwrap().unwrap(), b"abc");
    assert!(receive(&mut pipe.as_slice(), 2).is_err());
    assert!(receive(&mut &pipe[..9], 3).is_err());
    assert!(receive(&mut &b""[..], 3).unwrap().is_none());
}

proptest! {
    #[test]
    fn no_answer_makes_it_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), end in any::<prop::sample::Index>()) {
        let mut frame = answer(&Ok(contents()));
        let at = at.index(frame.len());
        frame[at] = byte;
        let _ = parse_answer(&frame, &Limits::default());
        let _ = parse_answer(&frame[..end.index(frame.len())], &Limits::default());
    }
}
