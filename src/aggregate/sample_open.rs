//! Made-up open petitions, one of each kind, for the tests of what lists them.

use super::summary::Summary;
use crate::model::backlog::{Flow, Movement, OpenPetition, Trace, UnitBacklog};
use crate::model::{Authority, Count, Outcome, Period, Place, Subject, Text, UnitCode};

/// Gives the first two communes, and a unit that is no more, petitions that are open.
pub(crate) fn leave_open(summary: &mut Summary) {
    let communes: Vec<UnitCode> =
        summary.units.iter().map(|line| line.unit.code).rev().take(2).collect();
    let mut flow = Flow::default();
    for (movement, petitions) in [
        (Movement::Opening, 3),
        (Movement::New, 1200),
        (Movement::Settled, 1199),
        (Movement::Lost, 1),
        (Movement::Unsure, 1),
        (Movement::Closing, 2),
    ] {
        flow.add(movement, petitions);
    }
    let first = OpenPetition {
        subject: summary.subject_names.first().map(|(subject, _)| *subject),
        ..petition(communes[0], "Sửa cầu thôn 2, gọi ông Sa 0912345678", Some(Outcome::K3))
    };
    let open = vec![
        first.clone(),
        OpenPetition { received: "2021-01-02".parse().ok(), trace: Trace::Likely, ..first },
        OpenPetition {
            origin: None,
            number: None,
            content: None,
            subject: None,
            authority: None,
            agency: None,
            trace: Trace::Unsure,
            ..petition(communes[0], "", None)
        },
    ];
    let own = UnitBacklog { flow: Some(flow), open, closed: Vec::new() };
    summary.backlog.units.insert(communes[0], own);
    for code in [communes[1], UnitCode::parse("00001").unwrap()] {
        let silent = OpenPetition {
            trace: Trace::Silent,
            ..petition(code, "Cấp điện cho bản Mù", Some(Outcome::K4))
        };
        let unit = UnitBacklog { flow: None, open: vec![silent], closed: Vec::new() };
        summary.backlog.units.insert(code, unit);
    }
}

/// A petition of that unit from the last quarter of 2020.
pub(crate) fn petition(unit: UnitCode, content: &str, outcome: Option<Outcome>) -> OpenPetition {
    OpenPetition {
        unit,
        origin: Period::parse("2020-Q4"),
        number: Some(Count::new(7)),
        content: Text::new(content),
        subject: Subject::parse("L05"),
        authority: Some(Authority::District),
        agency: Text::new("Phòng Kinh tế, ông Ba 0987654321"),
        received: None,
        outcome,
        place: Place::default(),
        trace: Trace::New,
    }
}
