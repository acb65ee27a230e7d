//! The first few of many things that come in any order.

/// Keeps the things with the smallest keys, and counts all.
#[derive(Debug, Clone)]
pub(super) struct First<K, T> {
    most: usize,
    count: usize,
    kept: Vec<(K, T)>,
}

impl<K: Ord, T> First<K, T> {
    /// Keeps at most so many.
    pub(super) fn new(most: usize) -> Self {
        First { most, count: 0, kept: Vec::new() }
    }

    /// Takes a thing; no two have the same key.
    pub(super) fn push(&mut self, key: K, thing: T) {
        self.count += 1;
        self.kept.push((key, thing));
        if self.kept.len() >= 2 * self.most + 2 {
            self.trim();
        }
    }

    /// How many there were.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The first ones in order.
    pub(super) fn in_order(mut self) -> Vec<(K, T)> {
        self.trim();
        self.kept
    }

    fn trim(&mut self) {
        self.kept.sort_by(|left, right| left.0.cmp(&right.0));
        self.kept.truncate(self.most);
    }
}

#[cfg(test)]
mod tests {
    use super::First;

    #[test]
    fn the_same_are_kept_in_whatever_order_they_come() {
        for step in [1, 7, 13] {
            let mut first = First::new(3);
            (0..20).map(|number| number * step % 20).for_each(|key| first.push(key, key * 10));
            assert_eq!(first.count(), 20);
            assert_eq!(first.in_order(), [(0, 0), (1, 10), (2, 20)], "{step}");
        }
    }
}
