//! Which Chinese characters occur: a bit for each code point.

use serde::{Deserialize, Serialize};

/// The first character that counts: those before are no Chinese ones.
const FIRST: u32 = 0x3001;

/// Characters from [`FIRST`] on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Glyphs(Vec<u64>);

impl Glyphs {
    /// Adds the characters of a text.
    pub(super) fn add(&mut self, text: &str) {
        for place in text.chars().filter_map(place) {
            let word = place / 64;
            if word >= self.0.len() {
                self.0.resize(word + 1, 0);
            }
            self.0[word] |= 1 << (place % 64);
        }
    }

    /// Adds those of another set.
    pub(super) fn join(mut self, other: &Glyphs) -> Self {
        if other.0.len() > self.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
        self
    }

    /// True when a character occurs.
    pub(super) fn contains(&self, glyph: char) -> bool {
        place(glyph).is_some_and(|place| self.0.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1))
    }
}

fn place(glyph: char) -> Option<usize> {
    u32::from(glyph).checked_sub(FIRST).map(|place| place as usize)
}

#[cfg(test)]
mod tests {
    use super::Glyphs;

    #[test]
    fn the_characters_of_all_texts_occur_and_no_others() {
        let of = |text: &str| {
            let mut glyphs = Glyphs::default();
            glyphs.add(text);
            glyphs
        };
        let (low, high) = (of("三公 abc、"), of("\u{2a700}經"));
        for joined in [low.clone().join(&high), high.join(&low)] {
            let found: String = "三公、經\u{2a700}a 　费".chars().filter(|glyph| joined.contains(*glyph)).collect();
            assert_eq!(found, "三公、經\u{2a700}");
        }
    }
}
