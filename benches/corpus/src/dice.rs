//! Numbers that look thrown, and are the same every time.

/// Dice that were given their first throw.
pub struct Dice(u64);

impl Dice {
    /// Numbers beside each other must not begin alike, so the first is stirred well.
    pub fn new(seed: u64) -> Self {
        let stirred = (seed ^ 0x9E37_79B9_7F4A_7C15).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        Self(stirred ^ stirred >> 29)
    }

    /// From 0 to one less than `sides`.
    pub fn throw(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    /// One of them.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.throw(from.len())]
    }

    /// So many of them, none twice, in the order of the list.
    pub fn some<T: Copy>(&mut self, from: &[T], least: usize, most: usize) -> Vec<T> {
        let mut wanted = least + self.throw(most - least + 1);
        let mut chosen = Vec::with_capacity(wanted);
        for (i, &item) in from.iter().enumerate() {
            if self.throw(from.len() - i) < wanted {
                chosen.push(item);
                wanted -= 1;
            }
        }
        chosen
    }
}
