//! The narrative: amounts, changes, shares and reasons that sentences state, tied to what they speak of.
//!
//! In: the blocks of a disclosure and the facts of its statements. Out: the facts, changes and shares of its sentences. In this
//! order: `compact` takes blanks and quotes out of a paragraph, `reader` goes through its sentences, with `subjects` for what an
//! amount is about, `years` for the year and `comparison` for what it is compared with.

mod compact;
mod comparison;
mod reader;
mod subjects;
mod years;

use crate::model::{Block, Change, Disclosure, Fact, Share};
use crate::recognize::identity::Period;
use crate::vocabulary::Vocabulary;

pub(super) use compact::Compact;

/// What the narrative of a document states.
#[derive(Debug, Default)]
pub(super) struct Narrative {
    pub(super) facts: Vec<Fact>,
    pub(super) changes: Vec<Change>,
    pub(super) shares: Vec<Share>,
}

/// Reads all blocks of a document. The facts are appended behind those of the statements, whose functional names tell
/// what 「…（款）行政运行（项）」 means; mentions are left in the blocks.
pub(super) fn read(
    vocabulary: &Vocabulary,
    period: Period,
    disclosure: &mut Disclosure,
    line_of: impl Fn(&Block, usize) -> u32,
) {
    let functions = subjects::FunctionNames::collect(&disclosure.facts);
    let mut blocks = std::mem::take(&mut disclosure.blocks);
    for block in blocks.iter_mut().filter(|block| !block.text.is_empty()) {
        let compact = Compact::new(&block.text);
        let narrative = {
            let place = |offset: usize| crate::model::Place { file: block.file, line: line_of(block, offset), cell: 0 };
            reader::read(vocabulary, period, &functions, &compact, &disclosure.facts, &place)
        };
        block.mentions = narrative.mentions;
        disclosure.facts.extend(narrative.found.facts);
        disclosure.changes.extend(narrative.found.changes);
        disclosure.shares.extend(narrative.found.shares);
    }
    disclosure.blocks = blocks;
}
