//! What sums cover, and what stands below a table's end.

use super::RowKind::{Data, Foot, SectionSum, SectionTitle, Total};
use super::*;

#[test]
fn data_below_the_end() {
    for (kinds, below) in [
        (&[(2, Data), (3, Total), (4, Foot)][..], &[][..]),
        (&[(2, Data), (3, Total), (4, Data), (5, Data)], &[4, 5]),
        (&[(2, Data), (3, Foot), (4, Data)], &[4]),
        (&[(2, Total), (3, Data)], &[]),
        (&[(2, Data), (3, Total), (4, Data), (5, Total)], &[]),
        (&[(2, Data), (3, Total), (4, SectionTitle), (5, Data)], &[]),
    ] {
        assert_eq!(below_end(kinds, |_| None), below, "{kinds:?}");
    }
}

#[test]
fn rows_numbered_on_below_the_sum_belong_to_the_table() {
    let kinds = [(2, Data), (3, Data), (4, Total), (5, Data), (6, Data), (7, Data)];
    let below = |numbers: [u32; 5]| {
        let at = |row: u32| [2, 3, 5, 6, 7].iter().position(|own| *own == row);
        below_end(&kinds, |row| Some(f64::from(numbers[at(row)?])))
    };
    assert!(below([1, 2, 3, 4, 5]).is_empty());
    assert_eq!(below([1, 2, 1, 2, 3]), [5, 6, 7]);
    assert_eq!(below([1, 2, 3, 5, 6]), [6, 7]);
    let signed = [(2, Data), (3, Foot), (4, Data)];
    assert_eq!(below_end(&signed, |row| Some(f64::from(row))), [4]);
}

#[test]
fn what_each_sum_covers() {
    for (kinds, sums) in [
        (&[(2, Data), (3, Data), (4, Total)][..], &[(4, (2, 3))][..]),
        (&[(2, Total), (3, Data), (4, Data)], &[(2, (3, 4))]),
        (
            &[(2, Data), (3, Total), (4, Data), (5, SectionSum), (6, Total)],
            &[(3, (2, 2)), (5, (4, 4)), (6, (2, 5))],
        ),
        (
            &[(2, Data), (3, SectionSum), (4, Data), (5, SectionSum), (6, Total)],
            &[(3, (2, 2)), (5, (4, 4)), (6, (2, 5))],
        ),
        (
            &[(2, SectionTitle), (3, Data), (4, SectionTitle), (5, Data), (6, Data)],
            &[(2, (3, 3)), (4, (5, 6))],
        ),
        (
            &[(2, SectionTitle), (3, Data), (4, SectionTitle), (5, Data), (6, Total)],
            &[(2, (3, 3)), (4, (5, 5)), (6, (2, 5))],
        ),
        (&[(2, Data)], &[]),
    ] {
        assert_eq!(assemble(kinds, 1).sums, sums, "{kinds:?}");
    }
}
