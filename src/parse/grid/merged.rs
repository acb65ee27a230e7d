//! Markdown knows no merged cells: some converters repeat their text in every cell that they cover, and write a head of
//! several lines as one: `预算数.公务用车购置及运行费.小计`.

use compact_str::CompactString;

use crate::parse::document::{GridCell, GridRow};
use crate::vocabulary::text::has_han;

/// Fewer cells may say the same by chance.
const FEWEST_CELLS: usize = 3;

/// A row whose cells all say the same words is one cell over all columns.
pub(super) fn one_cell(row: &mut GridRow) {
    let Some((first, rest)) = row.cells.split_first_mut() else { return };
    if rest.len() + 1 >= FEWEST_CELLS && has_han(&first.text) && rest.iter().all(|cell| cell.text == first.text) {
        rest.iter_mut().for_each(clear);
    }
}

/// Titles and units stand above a head in so many rows at most.
const ROWS_ABOVE: usize = 3;

/// Writes the lines of a head that was written as one below each other.
pub(in crate::parse) fn part_levels(rows: &mut Vec<GridRow>) {
    let levels = |(at, row): (usize, &GridRow)| Some((at, levels(row)?));
    if let Some((at, levels)) = rows.iter().enumerate().take(ROWS_ABOVE + 1).find_map(levels) {
        rows.splice(at..=at, levels);
    }
}

/// The lines of a head that was written as one, a merged head only in the first of its cells.
fn levels(head: &GridRow) -> Option<Vec<GridRow>> {
    let paths: Vec<Vec<&str>> = head.cells.iter().map(|cell| path(&cell.text)).collect();
    let depth = paths.iter().map(Vec::len).max()?;
    let joined = paths.iter().filter(|path| path.len() > 1).count();
    let filled = paths.iter().filter(|path| !path[0].is_empty()).count();
    if joined < FEWEST_CELLS || joined * 3 < filled * 2 {
        return None;
    }
    let said = |column: usize, level: usize| {
        let own = paths[column].get(level)?;
        let above = level > 0 && paths[column][level - 1] == *own;
        let covered = column > 0 && paths[column - 1].get(..=level) == paths[column].get(..=level);
        (!above && !covered).then(|| CompactString::from(*own))
    };
    let row = |level: usize| {
        let cell = |(column, cell): (usize, &GridCell)| {
            let text = said(column, level).unwrap_or_default();
            GridCell { number: if text.is_empty() { 0 } else { cell.number }, text, line: cell.line }
        };
        GridRow { line: head.line, cells: head.cells.iter().enumerate().map(cell).collect() }
    };
    Some((0..depth).map(row).collect())
}

/// The heads that points join; the point of an ordinal joins nothing.
fn path(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split(['.', '．']).map(str::trim).collect();
    if parts.len() > 1 && parts.iter().all(|part| has_han(part)) { parts } else { vec![text] }
}

fn clear(cell: &mut GridCell) {
    cell.text = CompactString::default();
    cell.number = 0;
}
