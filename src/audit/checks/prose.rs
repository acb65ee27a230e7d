//! The narrative as checks search it: blocks without blanks, quotes and full-width forms, and where words stand in them.

use std::str::FromStr;

use regex::Regex;
use rust_decimal::Decimal;

use super::place_in;
use crate::audit::index::Index;
use crate::model::{Block, BlockKind, Disclosure, Place, Unit};
use crate::vocabulary::text::squeeze;

/// A block of words.
#[derive(Debug)]
pub(in crate::audit) struct Passage {
    /// Index into the blocks of the disclosure.
    block: usize,
    heading: bool,
    /// Squeezed, see [`squeeze`], without marks of emphasis.
    pub(super) text: String,
}

/// Every block of words, in order.
pub(in crate::audit) fn passages(disclosure: &Disclosure) -> Vec<Passage> {
    let blocks = disclosure.blocks.iter().enumerate();
    let words = blocks.filter(|(_, block)| !matches!(block.kind, BlockKind::Statement(_)));
    let passage = |(number, block): (usize, &Block)| Passage {
        block: number,
        heading: matches!(block.kind, BlockKind::Heading(_)),
        text: squeeze(&block.text).replace('*', ""),
    };
    words.map(passage).collect()
}

impl Passage {
    /// Its block.
    pub(super) fn block<'d>(&self, index: &Index<'d>) -> &'d Block {
        &index.disclosure.blocks[self.block]
    }

    /// Where words of the passage stand: the line that holds them, else the line on which they begin.
    pub(super) fn place(&self, index: &Index, words: &str) -> Place {
        let block = self.block(index);
        let whole = place_in(index, block, words);
        if whole.line != block.lines.0 {
            return whole;
        }
        // A line break may cut them: their first glyphs tell where they begin.
        let start: String = words.chars().take(6).collect();
        place_in(index, block, &start)
    }

    /// True for a heading.
    pub(super) fn is_heading(&self) -> bool {
        self.heading
    }
}

/// A pattern that is part of the program.
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| panic!("a fixed pattern is damaged: {error}"))
}

/// A number as sentences print it: `24,169.74`.
pub(super) fn number(text: &str) -> Option<Decimal> {
    Decimal::from_str(&text.replace(',', "")).ok()
}

/// Yuan and half a step of the last place of a printed amount.
pub(super) fn yuan(text: &str, unit: &str) -> Option<(Decimal, Decimal)> {
    let units = [Unit::Yuan, Unit::ThousandYuan, Unit::TenThousandYuan, Unit::HundredMillionYuan];
    let unit = units.into_iter().find(|known| known.label() == unit)?.yuan();
    let value = number(text)?;
    Some((value.checked_mul(unit)?, Decimal::new(5, value.scale() + 1).checked_mul(unit)?))
}
