//! Tables of which every cell stands on a line of its own and a lone pipe closes each row: `合计 |`, `3.10 |`, `|`.
//!
//! An empty cell is a lone pipe too, so the width is what repeats: as many cells, then an empty one, with words below
//! words and numbers below numbers. The heads above are as wide, up to the title of the table; of what stands above
//! those nobody can tell the empty cells.

use super::{Stacked, grid_row, is_number};
use crate::parse::document::GridRow;
use crate::vocabulary::text::has_han;

/// Wider tables are not looked for.
const WIDEST: usize = 40;
/// Longer runs of cells are no table of a disclosure.
const MOST_CELLS: usize = 100_000;

/// Rows of one width.
struct Block {
    start: usize,
    width: usize,
    rows: usize,
}

impl Block {
    /// How many cells it covers, the pipes that close its rows included.
    fn length(&self) -> usize {
        self.rows * (self.width + 1)
    }
}

/// The rows of all tables in a run of cells; `None` when most of it does not repeat.
pub(super) fn rows(cells: &[Stacked<'_>]) -> Option<Vec<GridRow>> {
    if cells.len() > MOST_CELLS || !cells.iter().any(|cell| cell.text.is_empty()) {
        return None;
    }
    let (mut rows, mut from, mut covered) = (Vec::new(), 0, 0);
    while let Some(block) = next_block(cells, from) {
        let head = first_of_head(cells, from, &block);
        loose_heads(&cells[from..head], &mut rows);
        let end = (block.start + block.length()).min(cells.len());
        let lines = cells[head..end].chunks(block.width + 1);
        rows.extend(lines.map(|row| grid_row(&row[..block.width.min(row.len())], block.width)));
        covered += end - block.start;
        from = end;
    }
    loose_heads(&cells[from..], &mut rows);
    (covered * 2 > cells.len()).then_some(rows)
}

/// Where the heads of a block begin: whole rows of its width that name neither the table nor whose it is.
fn first_of_head(cells: &[Stacked<'_>], from: usize, block: &Block) -> usize {
    let names = |cell: &Stacked<'_>| cell.text.ends_with('表') || cell.text.contains([':', '：']);
    let is_head = |row: &[Stacked<'_>]| {
        let Some((close, row)) = row.split_last() else { return false };
        close.text.is_empty() && !row.iter().any(names) && row.iter().any(|cell| !cell.text.is_empty())
    };
    let above = cells[from..block.start].rchunks_exact(block.width + 1).take_while(|row| is_head(row));
    block.start - above.count() * (block.width + 1)
}

/// Runs of filled cells, each a row.
fn loose_heads(cells: &[Stacked<'_>], rows: &mut Vec<GridRow>) {
    let runs = cells.split(|cell| cell.text.is_empty()).filter(|run| !run.is_empty());
    rows.extend(runs.map(|run| grid_row(run, run.len())));
}

/// The block around the first number behind `from`: the narrowest of those that cover nearly as many cells as any. Two
/// rows side by side repeat too.
fn next_block(cells: &[Stacked<'_>], from: usize) -> Option<Block> {
    let number = from + cells[from..].iter().position(is_number)?;
    let mut blocks: Vec<Block> = Vec::new();
    for width in 2..=WIDEST {
        for start in (number + 1).saturating_sub(width).max(from)..=number {
            let closed = start == from || cells[start - 1].text.is_empty();
            let rows = if closed { count_rows(cells, start, width) } else { 0 };
            if rows > 1 {
                blocks.push(Block { start, width, rows });
            }
        }
    }
    let most = blocks.iter().map(Block::length).max()?;
    let nearly = blocks.iter().filter(|block| block.length() * 10 >= most * 7).map(|block| block.width).min()?;
    blocks.into_iter().filter(|block| block.width == nearly).max_by_key(Block::length)
}

/// How many rows of a width follow one another from `start` on.
fn count_rows(cells: &[Stacked<'_>], start: usize, width: usize) -> usize {
    // For each column how many words and how many numbers it holds.
    let mut kinds = vec![(0_usize, 0_usize); width];
    let mut count = 0;
    for row in cells[start..].chunks(width + 1) {
        let whole = row.len() >= width && row.get(width).is_none_or(|close| close.text.is_empty());
        if !whole || row.iter().all(|cell| cell.text.is_empty()) {
            break;
        }
        let strange = |(cell, (words, numbers)): &(&Stacked<'_>, &(usize, usize))| {
            has_han(cell.text) && numbers > words || is_number(cell) && words > numbers
        };
        // 合计 may stand in the column of codes.
        if row.iter().zip(&kinds).filter(strange).count() > (width / 3).min(2) {
            break;
        }
        for (cell, (words, numbers)) in row.iter().zip(&mut kinds) {
            *words += usize::from(has_han(cell.text));
            *numbers += usize::from(is_number(cell));
        }
        count += 1;
    }
    count
}
