//! A small generator of pseudo-random numbers (`SplitMix64`), so that a seed means the same bytes everywhere.

/// The state of one stream of numbers.
pub(crate) struct Prng(u64);

impl Prng {
    /// A stream of its own for each (seed, name), so that the order of work changes nothing.
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        let mut state = seed ^ 0x9e37_79b9_7f4a_7c15;
        for byte in name.bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        let mut prng = Self(state);
        prng.next();
        prng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high.saturating_sub(low)) + 1;
        low + u32::try_from(self.next() % span).unwrap_or_default()
    }

    /// Whether an event of that many chances in a hundred happens.
    pub(crate) fn percent(&mut self, chances: u32) -> bool {
        self.between(1, 100) <= chances
    }

    /// One of the words.
    pub(crate) fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words.get(self.index(words.len())).copied().unwrap_or_default()
    }

    /// An index into a list of that length.
    pub(crate) fn index(&mut self, len: usize) -> usize {
        let high = u32::try_from(len).unwrap_or(u32::MAX).saturating_sub(1);
        usize::try_from(self.between(0, high)).unwrap_or_default()
    }

    /// The list in another order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.index(last + 1);
            items.swap(last, other);
        }
    }
}
