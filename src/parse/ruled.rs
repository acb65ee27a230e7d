//! Tables drawn with rules: of `+`, `-` and `=`, as converters of word processors write them, or of box-drawing
//! characters. Where rules stand between the rows, a cell may take several lines.

use compact_str::CompactString;

use super::document::{Grid, GridCell, GridForm, GridRow};
use super::markup::cell_text;
use crate::read::Source;

/// So many lines tell whether there is a table: a long drawing must not be read to its end for each of its lines.
const TELLING_LINES: usize = 64;

/// The table that begins at a line, and its last line.
pub(super) fn table(source: &Source, first: u32, last: u32) -> Option<(Grid, u32)> {
    let is_begun = || {
        let lines =
            (first..=last).take(TELLING_LINES).map(|line| source.line(line)).take_while(|line| is_line_of_table(line));
        lines.filter(|line| !is_rule(line)).any(|line| row(first, line).cells.len() > 1)
    };
    if !is_rule(source.line(first)) || !is_begun() {
        return None;
    }
    let lines: Vec<u32> = (first..=last).take_while(|line| is_line_of_table(source.line(*line))).collect();
    let end = *lines.last()?;
    let between_rules = lines.split(|line| is_rule(source.line(*line)));
    let rows: Vec<GridRow> = between_rules.flat_map(|lines| rows(source, lines)).collect();
    (rows.len() > 1).then_some((Grid { form: GridForm::Pipe, rows }, end))
}

/// The rows between two rules: one whose cells take several lines, or one on each line where several lines hold amounts.
fn rows(source: &Source, lines: &[u32]) -> Vec<GridRow> {
    let rows: Vec<GridRow> = lines.iter().map(|line| row(*line, source.line(*line))).collect();
    let amounts = rows.iter().filter(|row| row.cells.iter().any(|cell| is_amount(&cell.text))).count();
    if amounts > 1 {
        return rows;
    }
    rows.into_iter().reduce(joined).into_iter().collect()
}

fn is_amount(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-'))
}

/// A row whose cells go on with those of the line below.
fn joined(mut above: GridRow, below: GridRow) -> GridRow {
    for (index, cell) in below.cells.into_iter().enumerate() {
        match above.cells.get_mut(index) {
            Some(whole) => whole.text.push_str(&cell.text),
            None => above.cells.push(cell),
        }
    }
    above
}

/// True for a line that begins a table: a rule from one edge to the other.
pub(super) fn is_rule(line: &str) -> bool {
    let rule = line.trim();
    let edges = |edge: char| edge == '+' || is_drawn(edge);
    let drawn = |glyph: char| matches!(glyph, '+' | '-' | '=' | ':') || is_drawn(glyph) && !is_upright(glyph);
    rule.len() > 4 && rule.starts_with(edges) && rule.ends_with(edges) && rule.chars().all(drawn)
}

/// True for characters that draw boxes: ┌ ─ ┬ ┐ │ ├ ┼ ┤ └ ┴ ┘ and their heavy and double kin.
fn is_drawn(glyph: char) -> bool {
    matches!(glyph, '\u{2500}'..='\u{257f}')
}

fn is_upright(glyph: char) -> bool {
    matches!(glyph, '│' | '┃' | '║')
}

/// True for what stands between two cells.
fn is_edge(glyph: char) -> bool {
    glyph == '|' || is_upright(glyph)
}

/// A rule, a rule that stops where a cell goes on below it, or cells between edges.
fn is_line_of_table(line: &str) -> bool {
    let line = line.trim();
    let edge = |glyph: char| glyph == '+' || glyph == '|' || is_drawn(glyph);
    line.chars().count() > 2 && line.starts_with(edge) && line.ends_with(edge)
}

/// The cells of a line.
fn row(line: u32, text: &str) -> GridRow {
    let edge = |glyph: char| glyph == '+' || glyph == '|' || is_drawn(glyph);
    let inner = text.trim();
    let inner = inner.strip_prefix(edge).unwrap_or(inner);
    let inner = inner.strip_suffix(edge).unwrap_or(inner);
    // The rule of a neighbour is no word of a cell that goes on.
    let drawn = |piece: &str| {
        piece.len() > 1 && piece.chars().all(|glyph| matches!(glyph, '-' | '=' | '+' | ':') || is_drawn(glyph))
    };
    let words = |piece: &str| if drawn(piece) { CompactString::default() } else { cell_text(piece) };
    let cells = inner.split(is_edge).zip(1..).map(|(piece, number)| GridCell { text: words(piece), line, number });
    GridRow { line, cells: cells.collect() }
}
