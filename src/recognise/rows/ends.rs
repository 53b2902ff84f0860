//! Where a table ends, and rows of data that stand below its end.

use super::RowKind;
use crate::recognise::header::MOST_HEADER_ROWS;

/// A row as in a signature block right below one of data goes on with it, as a second person who chaired does,
/// where the rows are numbered on below it, or where the next one stands right below and it begins at the
/// right: lines that say what is below them begin at the left.
pub(super) fn unsign(
    kinds: &mut [(u32, RowKind)],
    (number, is_header): (impl Fn(u32) -> Option<f64>, impl Fn(u32) -> bool),
    begins_right: impl Fn(u32) -> bool,
) {
    // The header once more may stand between them.
    let follows = |row: u32, below: u32| {
        below - row <= MOST_HEADER_ROWS + 1 && (row + 1..below).all(&is_header)
    };
    for at in 1..kinds.len().saturating_sub(1) {
        if let Some([(above, RowKind::Data), (row, kind @ RowKind::Foot), (below, RowKind::Data)]) =
            kinds.get_mut(at - 1..=at + 1)
        {
            let next = number(*above).map(|number| number + 1.0);
            let goes_on = next.is_some() && number(*below) == next;
            let between = follows(*above, *row) && follows(*row, *below);
            if goes_on || between && begins_right(*row) {
                *kind = RowKind::Unclear;
            }
        }
    }
}

/// The rows of data below what ends a table. A sum below them shows that the table went on; so do rows
/// numbered on from the last one above the sum, for which the form had no room.
pub(super) fn below_end(kinds: &[(u32, RowKind)], number: impl Fn(u32) -> Option<f64>) -> Vec<u32> {
    let (mut begun, mut ended, mut below) = (false, false, Vec::new());
    let mut next = None;
    for (row, kind) in kinds {
        match kind {
            RowKind::Data if ended => {
                let goes_on = next.is_some() && number(*row) == next;
                next = next.filter(|_| goes_on).map(|at: f64| at + 1.0);
                below.extend((!goes_on).then_some(*row));
            }
            RowKind::Data => (begun, next) = (true, number(*row).map(|at| at + 1.0)),
            RowKind::Foot => (ended, next) = (ended | begun, None),
            RowKind::Total => (ended, below) = (begun, Vec::new()),
            RowKind::SectionSum | RowKind::SectionTitle => (ended, below) = (false, Vec::new()),
            RowKind::Between | RowKind::Beside | RowKind::Example | RowKind::Unclear => {}
        }
    }
    below
}
