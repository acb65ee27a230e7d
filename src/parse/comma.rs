//! Tables whose cells commas keep apart, as spreadsheets write them: `208,,,"社会保障和就业支出","1,106,320.40"`.
//!
//! Commas stand in sentences too, so a table is what several lines in a row cut into equally many cells, most of them
//! empty, quoted, or numbers.

use std::borrow::Cow;

use super::document::{Grid, GridCell, GridForm, GridRow};
use super::markup::cell_text;
use crate::read::Source;

/// Fewer lines are no table.
const FEWEST_ROWS: usize = 3;
/// One comma stands in many lines.
const FEWEST_CELLS: usize = 3;
/// So many lines tell whether there is a table: a long text must not be read to its end for each of its lines.
const TELLING_ROWS: usize = 64;
/// Longer cells are sentences.
const LONGEST_CELL: usize = 120;

/// The table that begins at a line, and its last line.
pub(super) fn table(source: &Source, first: u32, last: u32) -> Option<(Grid, u32)> {
    let cells = |line: u32| cells(source.line(line)).filter(|cells| cells.len() >= FEWEST_CELLS);
    let width = cells(first)?.len();
    let mut lines =
        (first..=last).map_while(|line| Some((line, cells(line)?))).take_while(|(_, row)| row.len() == width);
    let mut rows: Vec<(u32, Vec<Cow<'_, str>>)> = lines.by_ref().take(TELLING_ROWS).collect();
    let telling = rows.iter().filter(|(_, row)| is_telling(row)).count();
    let grouping = rows.iter().filter(|(line, _)| groups_thousands(source.line(*line))).count();
    if rows.len() < FEWEST_ROWS || telling * 4 < rows.len() * 3 || grouping * 2 > rows.len() {
        return None;
    }
    rows.extend(lines);
    let end = rows.last()?.0;
    let grid_row = |(line, row): (u32, Vec<Cow<'_, str>>)| {
        let cell = |(text, number): (&Cow<'_, str>, u16)| GridCell { text: cell_text(text), line, number };
        GridRow { line, cells: row.iter().zip(1..).map(cell).collect() }
    };
    Some((Grid { form: GridForm::Tab, rows: rows.into_iter().map(grid_row).collect() }, end))
}

/// True when a table begins at a line: the question of most lines is answered by the line itself.
pub(super) fn begins(source: &Source, first: u32, last: u32) -> bool {
    source.line(first).contains(',') && table(source, first, last).is_some()
}

/// The cells of a line; commas and quotes inside quotes belong to their cell. `None` for a line with an open quote or
/// with a sentence in it.
fn cells(line: &str) -> Option<Vec<Cow<'_, str>>> {
    if line.contains('\t') || !line.contains(',') {
        return None;
    }
    let mut cells = Vec::new();
    let mut rest = line.trim_end_matches(['\r', '\n']);
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted)?,
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                (Cow::Borrowed(&rest[..end]), &rest[end..])
            }
        };
        if cell.len() > LONGEST_CELL * 3 || cell.ends_with('。') {
            return None;
        }
        cells.push(cell);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None if after.is_empty() => return Some(cells),
            None => return None,
        }
    }
}

/// What stands before the closing quote, two quotes being one, and what follows it.
fn quoted_cell(quoted: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut end = 0;
    loop {
        end += quoted.get(end..)?.find('"')?;
        if !quoted[end + 1..].starts_with('"') {
            break;
        }
        end += 2;
    }
    let text = &quoted[..end];
    let text = if text.contains('"') { Cow::Owned(text.replace("\"\"", "\"")) } else { Cow::Borrowed(text) };
    Some((text, &quoted[end + 1..]))
}

/// True for a line whose commas all stand within amounts, before three digits each: 208 抚恤 1,294,000 1,294,000.
fn groups_thousands(line: &str) -> bool {
    let bytes = line.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    line.match_indices(',')
        .all(|(at, _)| at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4))
}

/// True for a row of a table rather than a sentence with commas: some of its cells are empty or amounts.
fn is_telling(row: &[Cow<'_, str>]) -> bool {
    let amount =
        |cell: &str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit() || b".,-".contains(&byte));
    row.iter().any(|cell| cell.trim().is_empty() || amount(cell.trim()))
}
