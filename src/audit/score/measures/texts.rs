//! The words of a disclosure, in which several are looked for at once.

use crate::model::{Disclosure, Place};
use crate::vocabulary::text::squeeze;

/// All words of a disclosure without blanks and quotes.
pub(in crate::audit::score) struct Texts {
    /// One block a line.
    joined: String,
    /// Where each block begins, and its place in the source.
    starts: Vec<(usize, Place)>,
}

impl Texts {
    /// The words of a disclosure.
    pub(in crate::audit::score) fn of(disclosure: &Disclosure) -> Self {
        let mut texts = Texts { joined: String::new(), starts: Vec::new() };
        for block in disclosure.blocks.iter().filter(|block| !block.text.is_empty()) {
            texts.starts.push((texts.joined.len(), Place { file: block.file, line: block.lines.0, cell: 0 }));
            texts.joined.push_str(&squeeze(&block.text));
            texts.joined.push('\n');
        }
        texts
    }

    /// The first block that has one of several words, which a `|` separates.
    pub(super) fn place(&self, words: &str) -> Option<Place> {
        let first = words.split('|').filter_map(|word| self.joined.find(word)).min()?;
        let block = self.starts.partition_point(|(start, _)| *start <= first).checked_sub(1)?;
        Some(self.starts[block].1)
    }

    /// True when the disclosure has no words beside its tables.
    pub(super) fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }
}
