//! Grids from TAB text and Markdown pipes, line by line.

mod merged;

pub(super) use self::merged::part_levels;
use super::document::{Grid, GridCell, GridForm, GridRow};
use super::markup::cell_text;
use crate::read::Source;
use crate::vocabulary::text::has_han;

/// A grid from lines of cells with TABs between them. Every cell is kept, empty ones too.
pub(super) fn tab(source: &Source, first: u32, last: u32) -> Grid {
    let mut rows = (first..=last).map(|line| row(line, source.line(line).split('\t'))).collect();
    part_levels(&mut rows);
    Grid { form: GridForm::Tab, rows }
}

/// A grid from a Markdown table. Delimiter rows carry nothing and go; rows collapsed into one line are cut apart.
pub(super) fn pipe(source: &Source, first: u32, last: u32) -> Grid {
    let mut rows = Vec::new();
    // Where some lines begin with a cell, a pipe in front stands behind an empty one.
    let framed = (first..=last).all(|line| source.line(line).trim_start().starts_with('|'));
    for line in first..=last {
        let cells = pipe_cells(source.line(line), framed);
        if cells.iter().all(|cell| is_delimiter(cell)) {
            continue;
        }
        match collapsed_width(&cells) {
            Some(width) => rows.extend(cells.chunks(width + 1).filter_map(|chunk| collapsed_row(line, chunk, width))),
            None => rows.push(row(line, cells.iter().copied())),
        }
    }
    rows.iter_mut().for_each(merged::one_cell);
    part_levels(&mut rows);
    if !framed && lost_blanks(&rows) {
        // The pipes behind the head tell how many columns there are.
        let is_number =
            |cell: &GridCell| !has_han(&cell.text) && cell.text.contains(|glyph: char| glyph.is_ascii_digit());
        let head = rows.iter().take_while(|row| !row.cells.iter().any(is_number)).count();
        rows.iter_mut().skip(head).for_each(|row| row.cells.truncate(filled(row)));
        return Grid { form: GridForm::Loose, rows };
    }
    Grid { form: GridForm::Pipe, rows }
}

/// Some converters of web pages leave out empty cells and put pipes for them behind the row. Then no cell is empty before
/// a filled one, and words stand below numbers.
fn lost_blanks(rows: &[GridRow]) -> bool {
    const HEAD: usize = 3;
    let dense = rows.iter().all(|row| row.cells[filled(row)..].iter().all(|cell| cell.text.is_empty()));
    let short = rows.iter().skip(HEAD).filter(|row| filled(row) < row.cells.len()).count();
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mixed = (1..width).any(|column| {
        let below =
            || rows.iter().skip(HEAD).filter_map(|row| row.cells.get(column)).filter(|cell| !cell.text.is_empty());
        below().any(|cell| has_han(&cell.text)) && below().any(|cell| !has_han(&cell.text))
    });
    dense && mixed && short * 3 > rows.len().saturating_sub(HEAD)
}

/// How many cells stand before the first empty one.
fn filled(row: &GridRow) -> usize {
    row.cells.iter().take_while(|cell| !cell.text.is_empty()).count()
}

fn row<'text>(line: u32, cells: impl Iterator<Item = &'text str>) -> GridRow {
    let cells = cells
        .enumerate()
        .map(|(index, raw)| GridCell {
            text: cell_text(raw),
            line,
            number: u16::try_from(index + 1).unwrap_or(u16::MAX),
        })
        .collect();
    GridRow { line, cells }
}

/// The cells between the outer pipes, of which the first may be left out of a whole table; an escaped pipe belongs to
/// its cell.
fn pipe_cells(line: &str, framed: bool) -> Vec<&str> {
    let inner = line.trim();
    let inner = inner.strip_prefix('|').filter(|_| framed).unwrap_or(inner);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, _) in inner.match_indices('|') {
        if at == 0 || inner.as_bytes()[at - 1] != b'\\' {
            cells.push(&inner[start..at]);
            start = at + 1;
        }
    }
    cells.push(&inner[start..]);
    cells
}

fn is_delimiter(cell: &str) -> bool {
    let cell = cell.trim();
    cell.contains('-') && cell.bytes().all(|byte| matches!(byte, b'-' | b':'))
}

/// The width of the rows of a table that was collapsed into one line: its delimiter row stands among the cells, and
/// the pipes that ended and began two rows left one blank cell between them.
fn collapsed_width(cells: &[&str]) -> Option<usize> {
    let first = cells.iter().position(|cell| is_delimiter(cell))?;
    let width = cells[first..].iter().take_while(|cell| is_delimiter(cell)).count();
    (first == width + 1).then_some(width)
}

fn collapsed_row(line: u32, chunk: &[&str], width: usize) -> Option<GridRow> {
    let cells = &chunk[..width.min(chunk.len())];
    (!cells.iter().all(|cell| is_delimiter(cell))).then(|| row(line, cells.iter().copied()))
}
