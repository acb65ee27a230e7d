//! A paragraph without blanks and quotes, with the way back to its text.

use crate::vocabulary::text::fold;

/// Squeezed text whose every byte knows where it came from.
#[derive(Debug)]
pub(in crate::recognize) struct Compact {
    /// The text as [`crate::vocabulary::text::squeeze`] makes it.
    pub(in crate::recognize) text: String,
    offsets: Vec<u32>,
}

impl Compact {
    /// Squeezes a text.
    pub(in crate::recognize) fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut offsets = Vec::with_capacity(original.len() + 1);
        for (at, character) in original.char_indices() {
            let folded = fold(character);
            let quote = matches!(folded, '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '〞' | '〝');
            if folded.is_whitespace() || quote {
                continue;
            }
            text.push(folded);
            offsets.resize(text.len(), at as u32);
        }
        offsets.push(original.len() as u32);
        Compact { text, offsets }
    }

    /// Where a byte of the squeezed text stands in the original.
    pub(in crate::recognize) fn original(&self, at: usize) -> usize {
        self.offsets.get(at).or(self.offsets.last()).map_or(0, |offset| *offset as usize)
    }
}
