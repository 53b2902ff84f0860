//! A whole number of things, never negative, never a fraction.

use std::fmt;

/// How many (meetings, people, opinions) one cell reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Count(u32);

impl Count {
    /// None at all, which is not the same as "not reported".
    pub const ZERO: Self = Self(0);

    /// This many.
    pub const fn new(value: u32) -> Self {
        Self(value)
    }

    /// The number, wide enough to be summed over a nation.
    pub const fn get(self) -> u64 {
        self.0 as u64
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&grouped(self.get()))
    }
}

/// A number as Vietnamese text writes it: a dot after each thousand (`1.078`).
pub fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_get_a_dot() {
        for (value, shown) in [(0, "0"), (999, "999"), (1_078, "1.078"), (1_234_567, "1.234.567")] {
            assert_eq!(grouped(value), shown);
        }
    }
}
