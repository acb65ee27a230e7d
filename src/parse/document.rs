//! A document: the blocks of one source in reading order, before anything is known about what they mean.

use std::sync::Arc;

use compact_str::CompactString;

use crate::diagnostic::Diagnostic;
use crate::read::Source;

/// In which form a grid was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridForm {
    /// Lines of cells with TABs between them, as PDF extraction leaves them.
    Tab,
    /// A Markdown table.
    Pipe,
    /// An HTML table; spans are exact.
    Html,
    /// Lines of cells with blanks between them that line up.
    Spaced,
    /// Lines of cells with one blank between any two: only the filled cells are known.
    Loose,
    /// Every cell on a line of its own: only the filled cells are known, and of heads of several levels only their order.
    Listed,
}

/// A cell as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridCell {
    /// The text without tags and outer blanks.
    pub text: CompactString,
    /// The line it stands on.
    pub line: u32,
    /// Its number within its line, from 1; 0 for a cell that a span covers.
    pub number: u16,
}

/// A row as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    /// The line of its first cell.
    pub line: u32,
    /// Its cells; rows of one grid may have different numbers of them.
    pub cells: Vec<GridCell>,
}

/// A run of rows without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// How it was written.
    pub form: GridForm,
    /// Its rows.
    pub rows: Vec<GridRow>,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of this depth, from 1.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list item.
    Item,
    /// A table.
    Grid(Grid),
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// First and last line.
    pub lines: (u32, u32),
    /// Its text without markup; empty for a grid.
    pub text: String,
    /// For each line that contributes to the text: the byte offset in the text where it begins, and its number.
    pub line_offsets: Vec<(u32, u32)>,
}

impl Block {
    /// The line of a byte offset in the text.
    pub fn line_at(&self, offset: usize) -> u32 {
        let after = self.line_offsets.partition_point(|(start, _)| *start as usize <= offset);
        after.checked_sub(1).map_or(self.lines.0, |index| self.line_offsets[index].1)
    }
}

/// A parsed source.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it comes from.
    pub source: Arc<Source>,
    /// Its blocks in reading order.
    pub blocks: Vec<Block>,
    /// What could not be parsed as it stands.
    pub diagnostics: Vec<Diagnostic>,
}
