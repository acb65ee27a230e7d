//! A paragraph without blanks and quotes, with the way back to its text.

use crate::vocabulary::text::fold;

/// Squeezed text whose every byte knows where it came from.
#[derive(Debug)]
pub(in crate::recognize) struct Compact<'text> {
    /// The text as [`crate::vocabulary::text::squeeze`] makes it.
    pub(in crate::recognize) text: String,
    offsets: Vec<u32>,
    source: &'text str,
}

impl<'text> Compact<'text> {
    /// Squeezes a text.
    pub(in crate::recognize) fn new(original: &'text str) -> Self {
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
        Compact { text, offsets, source: original }
    }

    /// Where a byte of the squeezed text stands in the original.
    pub(in crate::recognize) fn original(&self, at: usize) -> usize {
        self.offsets.get(at).or(self.offsets.last()).map_or(0, |offset| *offset as usize)
    }

    /// The words of a part of the squeezed text as they are printed, without the blanks that extraction leaves.
    pub(in crate::recognize) fn printed(&self, range: std::ops::Range<usize>) -> String {
        let part = &self.source[self.original(range.start)..self.original(range.end)];
        part.chars().filter(|character| !character.is_whitespace()).collect()
    }
}
