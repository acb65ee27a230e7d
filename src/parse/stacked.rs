//! Tables of which a converter of web pages wrote every cell on a line of its own: `合计 |`, `3.10 |`.
//!
//! Nothing marks the end of a row, except where merged cells left pipes behind the last cell (`支出 | ||`): such a row has
//! as many columns as it has cells and spare pipes together. Where no row tells its width, the cells do: the narrowest
//! table whose columns hold either words or numbers.

mod closed;

use super::document::{Grid, GridCell, GridForm, GridRow};
use super::markup::cell_text;
use crate::read::Source;
use crate::vocabulary::LineWords;
use crate::vocabulary::text::{NUMERALS, has_han};

/// Fewer lines are no table.
const FEWEST_CELLS: usize = 8;

/// One cell: its text, its line, and how many cells of its row are missing behind it.
struct Stacked<'text> {
    text: &'text str,
    line: u32,
    spare: usize,
}

/// The table that begins at a line, and its last line.
pub(super) fn table(source: &Source, first: u32, last: u32) -> Option<(Grid, u32)> {
    let mut cells: Vec<Stacked<'_>> = Vec::new();
    for line in first..=last {
        let Some(cell) = cell(source.line(line), line) else { break };
        match cells.last_mut() {
            // The pipes of a merged cell may stand on the line below it.
            Some(merged) if cell.text.is_empty() && cell.spare > 0 => merged.spare += cell.spare + 1,
            _ => cells.push(cell),
        }
    }
    cells.truncate(of_one_width(&cells));
    if cells.len() < FEWEST_CELLS {
        return None;
    }
    let rows = stated_width(&cells).map(|width| rows(&cells, width));
    let rows = rows.or_else(|| implied_rows(&cells)).or_else(|| closed::rows(&cells))?;
    // Pipes of the last cell that stand below it.
    let is_rest =
        |line: &u32| cell(source.line(*line), *line).is_some_and(|cell| cell.text.is_empty() && cell.spare > 0);
    let end = cells.last()?.line;
    let end = end + (end + 1..=last).take_while(is_rest).count() as u32;
    Some((Grid { form: GridForm::Pipe, rows }, end))
}

/// How many cells stand before the title of another table of another width: a merged cell at the beginning of a row.
fn of_one_width(cells: &[Stacked<'_>]) -> usize {
    let Some(title) = cells.first().filter(|cell| cell.spare > 0) else { return cells.len() };
    let width = title.spare + 1;
    let mut column = 0;
    for (at, cell) in cells.iter().enumerate() {
        // Of two columns the merged cell looks like a cell beside an empty one.
        let title = at > 0 && cells.get(at + 1).is_some_and(|next| next.text.is_empty()) && names_table(cell.text);
        if column == 0 && (cell.spare > 0 && cell.spare + 1 != width || width > 2 && title) {
            return at;
        }
        column = if cell.spare > 0 { 0 } else { (column + 1) % width };
    }
    cells.len()
}

/// True when a table begins at a line: the question of most lines is answered by the line itself.
pub(super) fn begins(source: &Source, first: u32, last: u32) -> bool {
    cell(source.line(first), first).is_some()
        && (first == source.body_line || cell(source.line(first - 1), first - 1).is_none())
        && table(source, first, last).is_some()
}

/// True for what stands above a table: 表7, 附表3.
fn names_table(text: &str) -> bool {
    let leads = LineWords::builtin().number_leads.iter();
    let number = leads
        .fold(text, |text, lead| text.trim_start_matches(lead.as_str()))
        .trim_start_matches('附')
        .strip_prefix('表');
    number.is_some_and(|number| {
        !number.is_empty()
            && number
                .chars()
                .all(|glyph| glyph.is_ascii_digit() || NUMERALS.contains(glyph) || matches!(glyph, '-' | ' '))
    })
}

/// A line that is one cell and nothing but pipes behind it.
fn cell(line: &str, number: u32) -> Option<Stacked<'_>> {
    let (text, pipes) = line.trim().split_at(line.trim().find('|')?);
    let only_pipes = pipes.bytes().all(|byte| matches!(byte, b'|' | b' '));
    let spare = pipes.bytes().filter(|byte| *byte == b'|').count() - 1;
    (only_pipes && !line.contains('\t')).then_some(Stacked { text: text.trim(), line: number, spare })
}

/// The width that most rows with spare pipes have.
fn stated_width(cells: &[Stacked<'_>]) -> Option<usize> {
    let mut widths: Vec<usize> = Vec::new();
    let mut start = 0;
    for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.spare > 0) {
        let length = at + 1 - start + cell.spare;
        // Whole rows of unknown width may stand between two that end in pipes.
        match widths.first() {
            Some(width) if length > *width => widths.push((length - 1) % width + 1),
            _ => widths.push(length),
        }
        start = at + 1;
    }
    if widths.is_empty() && captioned(cells) {
        return Some(2);
    }
    let first = *widths.first().filter(|width| **width > 1)?;
    (widths.iter().filter(|width| **width == first).count() * 2 > widths.len()).then_some(first)
}

/// True for a table of two columns under a number and a title that reach over both.
fn captioned(cells: &[Stacked<'_>]) -> bool {
    let pairs: Vec<&[Stacked<'_>]> = cells.chunks_exact(2).take(2).collect();
    names_table(cells[0].text) && pairs.iter().all(|pair| !pair[0].text.is_empty() && pair[1].text.is_empty())
}

/// Rows of a width; spare pipes end one early.
fn rows(cells: &[Stacked<'_>], width: usize) -> Vec<GridRow> {
    let mut rows: Vec<GridRow> = Vec::new();
    let mut row: Vec<GridCell> = Vec::new();
    for cell in cells {
        row.push(GridCell { text: cell_text(cell.text), line: cell.line, number: 1 });
        if row.len() == width || cell.spare > 0 {
            rows.push(GridRow { line: row[0].line, cells: std::mem::take(&mut row) });
        }
    }
    if let Some(first) = row.first() {
        rows.push(GridRow { line: first.line, cells: row });
    }
    rows.iter_mut().for_each(|row| fill(row, width));
    rows
}

/// A row of cells, filled up to a width.
fn grid_row(cells: &[Stacked<'_>], width: usize) -> GridRow {
    let cell = |cell: &Stacked<'_>| GridCell { text: cell_text(cell.text), line: cell.line, number: 1 };
    let mut row = GridRow { line: cells.first().map_or(0, |cell| cell.line), cells: cells.iter().map(cell).collect() };
    fill(&mut row, width);
    row
}

fn fill(row: &mut GridRow, width: usize) {
    let line = row.cells.last().map_or(row.line, |cell| cell.line);
    row.cells.resize_with(width.max(row.cells.len()), || GridCell { text: Default::default(), line, number: 0 });
}

fn is_number(cell: &Stacked<'_>) -> bool {
    cell.text.bytes().any(|byte| byte.is_ascii_digit()) && !has_han(cell.text)
}

/// Rows of the width that the cells imply: a head of words, below it columns of words and columns of numbers.
fn implied_rows(cells: &[Stacked<'_>]) -> Option<Vec<GridRow>> {
    let leading = cells.iter().position(is_number)?;
    // The head and the label of the first row stand before the first number, or the head alone.
    let widths = [leading.checked_sub(1)?, leading, leading.checked_sub(2)?].into_iter().filter(|width| *width > 1);
    let pure = |width: &usize| {
        (0..*width).all(|column| {
            let below = || cells.iter().skip(width + column).step_by(*width).filter(|cell| says_something(cell));
            cells.len() / width > 2 && (below().all(is_number) || !below().any(is_number))
        })
    };
    let pure: Vec<usize> = widths.filter(pure).collect();
    let whole = pure.iter().find(|width| cells.len().is_multiple_of(**width));
    // The last row may have lost what was empty in it.
    let cut =
        || pure.iter().find(|width| cells.iter().rev().take(cells.len() % **width).all(|cell| has_han(cell.text)));
    whole.or_else(cut).map(|width| rows(cells, *width))
}

/// False for an empty cell, and for a dash in place of words or of a number.
fn says_something(cell: &&Stacked<'_>) -> bool {
    !cell.text.trim_matches(['-', '—', '－', '/', ' ']).is_empty()
}
