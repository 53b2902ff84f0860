//! Python's `random.Random`, as far as the corpus asks: the same seed gives the same choices there and here.

const LENGTH: usize = 624;
const SHIFT: usize = 397;

/// The Mersenne Twister (MT19937) with Python's ways of drawing from it.
pub(crate) struct Random {
    state: [u32; LENGTH],
    at: usize,
}

impl Random {
    /// The stream of that seed.
    pub(crate) fn new(seed: u32) -> Self {
        let mut random = Self { state: first_state(), at: LENGTH };
        random.stir(seed);
        random
    }

    /// Seeds as Python does, by an array of one word.
    fn stir(&mut self, seed: u32) {
        let (mut i, mut before) = (1, self.state[0]);
        for _ in 0..LENGTH {
            let mixed = (before ^ (before >> 30)).wrapping_mul(1_664_525);
            before = (self.state[i] ^ mixed).wrapping_add(seed);
            self.state[i] = before;
            i = self.step(i);
        }
        for _ in 1..LENGTH {
            let mixed = (before ^ (before >> 30)).wrapping_mul(1_566_083_941);
            let index = u32::try_from(i).unwrap_or_default();
            before = (self.state[i] ^ mixed).wrapping_sub(index);
            self.state[i] = before;
            i = self.step(i);
        }
        self.state[0] = 0x8000_0000;
    }

    fn step(&mut self, i: usize) -> usize {
        if i + 1 < LENGTH {
            return i + 1;
        }
        self.state[0] = self.state[LENGTH - 1];
        1
    }

    fn twist(&mut self) {
        for i in 0..LENGTH {
            let pair = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % LENGTH] & 0x7fff_ffff);
            let odd = if pair & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[i] = self.state[(i + SHIFT) % LENGTH] ^ (pair >> 1) ^ odd;
        }
        self.at = 0;
    }

    fn word(&mut self) -> u32 {
        if self.at >= LENGTH {
            self.twist();
        }
        let mut y = self.state[self.at];
        self.at += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// A fraction from 0 up to 1 (`random`).
    pub(crate) fn fraction(&mut self) -> f64 {
        let (high, low) = (f64::from(self.word() >> 5), f64::from(self.word() >> 6));
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }

    /// A number below that one (`_randbelow`).
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        let unused = end.leading_zeros();
        loop {
            let drawn = self.word() >> unused;
            if drawn < end {
                return drawn;
            }
        }
    }

    /// A number from `low` to `high`, both included (`randint`).
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// One of the items (`choice`).
    pub(crate) fn choice<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(u32::try_from(items.len()).unwrap_or(u32::MAX)) as usize]
    }
}

fn first_state() -> [u32; LENGTH] {
    let mut state = [19_650_218; LENGTH];
    for i in 1..LENGTH {
        let before: u32 = state[i - 1];
        let index = u32::try_from(i).unwrap_or_default();
        state[i] = (before ^ (before >> 30)).wrapping_mul(1_812_433_253).wrapping_add(index);
    }
    state
}
