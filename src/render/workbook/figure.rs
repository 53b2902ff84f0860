//! One figure in a cell: a formula where the rows give it, a value where they do not, a dash where nothing is known.

use super::words::NOTHING;
use super::xml::RowWriter;
use crate::aggregate::Tally;

/// The sample row that marks figures of this weight as incomplete.
pub(super) const fn marked(weight: usize) -> usize {
    weight + 1
}

/// Writes the figure. The formula is used only where it computes this very number: a figure that was
/// taken from a roll-up stands as a value, and no formula ever shows another number than the report.
pub(super) fn figure(
    to: &mut RowWriter<'_>,
    weight: usize,
    tally: Tally,
    computed: Option<u64>,
    formula: impl FnOnce(u32) -> String,
) {
    to.style(if tally.incomplete { marked(weight) } else { weight });
    match tally.sum {
        None => to.text(if tally.incomplete { "– *" } else { NOTHING }),
        Some(sum) if computed == Some(sum) => {
            let formula = formula(to.number_of_row());
            to.formula(&formula, sum);
        }
        Some(sum) => to.number(sum),
    }
    to.style(weight);
}
