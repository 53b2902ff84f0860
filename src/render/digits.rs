//! Whole numbers as decimal digits: outputs hold millions of them, and formatting machinery costs five times as much.

use std::ops::Range;

/// Writes the digits to the end of the buffer and says where they stand.
pub(super) fn decimal(buffer: &mut [u8], mut value: u64) -> Range<usize> {
    let end = buffer.len();
    let mut start = end;
    for slot in buffer.iter_mut().rev() {
        *slot = b'0' + u8::try_from(value % 10).unwrap_or_default();
        start -= 1;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    start..end
}

/// Adds the digits of the number.
pub(super) fn push_decimal(out: &mut Vec<u8>, value: u64) {
    let mut digits = [0; 20];
    let used = decimal(&mut digits, value);
    out.extend_from_slice(digits.get(used).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_are_those_of_the_number(value in any::<u64>()) {
            let mut out = Vec::new();
            push_decimal(&mut out, value);
            prop_assert_eq!(String::from_utf8(out).unwrap(), value.to_string());
        }
    }
}
