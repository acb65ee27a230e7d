//! Gathers the grids of a document into tables: a title, a unit, fragments over page breaks, notes.

use super::around::{Between, REACH, between, trailing_unit};
use super::pages::goes_on;
use super::raw::RawTable;
use super::sides::{is_other_side, side_alone};
use super::title;
use super::title_rows::{is_title_row, without_title_rows};
use crate::parse::{BlockKind, Document, GridForm, GridRow};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::squeeze;

/// So many rows from the top of a grid its sides are named.
const HEAD: usize = 5;

/// All tables of a document in the order in which they stand.
pub(in crate::recognize) fn gather<'vocabulary>(
    vocabulary: &'vocabulary Vocabulary,
    document: &Document,
) -> Vec<RawTable<'vocabulary>> {
    let mut tables: Vec<RawTable<'vocabulary>> = Vec::new();
    let mut last_line = document.source.body_line.saturating_sub(1);
    let mut waiting: Option<TitleAlone<'vocabulary>> = None;
    for (index, part, rows) in parts(vocabulary, document) {
        let mut between = between(vocabulary, document, last_line + 1, part.lines.0);
        let rows = without_title_rows(vocabulary, rows, &mut between);
        last_line = part.lines.1;
        if let Some(title) = waiting.take() {
            tables.extend(title.above(&mut between, &part).map(TitleAlone::into_table));
        }
        if let Some(table) = tables.last_mut() {
            table.notes.append(&mut between.notes);
            if table.unit.is_none() && between.title.is_some() {
                table.unit = trailing_unit(document, table.lines.1, part.lines.0);
            }
            if between.title.is_none() && is_other_side(vocabulary, table, &rows) {
                between.title = Some((table.title_line, table.title.clone(), table.rule));
                between.unit = between.unit.or(table.unit);
            } else if goes_on(vocabulary, table, &between, &rows) {
                table.lines.1 = part.lines.1;
                table.loose |= part.loose;
                table.listed |= part.listed;
                table.fragments.push(rows);
                continue;
            }
        }
        if rows.is_empty() && between.title.is_some() {
            waiting = Some(TitleAlone { between, part, block: index });
            continue;
        }
        tables.push(new_table(between, rows, &part, index));
    }
    tables.extend(waiting.map(TitleAlone::into_table));
    finish_last(vocabulary, document, &mut tables, last_line);
    tables
}

/// Where a table stands, and whether only the filled cells of its rows are known, or only their order.
struct Part {
    lines: (u32, u32),
    loose: bool,
    listed: bool,
}

/// A grid of nothing but a title: a table without rows, or what stands above the next grid.
struct TitleAlone<'vocabulary> {
    between: Between<'vocabulary>,
    part: Part,
    block: usize,
}

impl<'vocabulary> TitleAlone<'vocabulary> {
    /// Gives the title to the grid that follows, when that is near and has none of its own; else the title comes back.
    fn above(self, next: &mut Between<'vocabulary>, part: &Part) -> Option<Self> {
        let is_near = part.lines.0.saturating_sub(self.part.lines.1) as usize <= REACH;
        if !is_near || next.title.is_some() || next.sentences > 0 || !next.notes.is_empty() {
            return Some(self);
        }
        next.title = self.between.title;
        next.unit = next.unit.or(self.between.unit);
        next.notes = self.between.notes;
        None
    }

    fn into_table(self) -> RawTable<'vocabulary> {
        new_table(self.between, Vec::new(), &self.part, self.block)
    }
}

/// The tables of all grids with the index of their block. A grid that holds several statements below one another is cut
/// where a row prints the title of a statement alone, or the side of one whose other side stands above.
fn parts(vocabulary: &Vocabulary, document: &Document) -> Vec<(usize, Part, Vec<GridRow>)> {
    let mut parts: Vec<(usize, Part, Vec<GridRow>)> = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let BlockKind::Grid(grid) = &block.kind else { continue };
        let first = grid.rows.iter().take(HEAD).find_map(|row| side_alone(vocabulary, row));
        let other = |row: &GridRow| {
            let side = first.and_then(|_| side_alone(vocabulary, row));
            side.is_some() && side != first
        };
        let begins = |row: &GridRow| is_title_row(vocabulary, row) || other(row);
        let cuts: Vec<usize> = (2..grid.rows.len()).filter(|row| begins(&grid.rows[*row])).collect();
        let starts = std::iter::once(0).chain(cuts.iter().copied());
        for (start, end) in starts.zip(cuts.iter().copied().chain([grid.rows.len()])) {
            let rows = grid.rows[start..end].to_vec();
            let first = if start == 0 { block.lines.0 } else { rows[0].line };
            let last = if end == grid.rows.len() { block.lines.1 } else { rows[rows.len() - 1].line };
            let listed = grid.form == GridForm::Listed;
            let loose = listed || grid.form == GridForm::Loose;
            parts.push((index, Part { lines: (first, last), loose, listed }, rows));
        }
    }
    parts
}

fn new_table<'vocabulary>(
    between: Between<'vocabulary>,
    rows: Vec<GridRow>,
    part: &Part,
    block: usize,
) -> RawTable<'vocabulary> {
    let (title_line, title, rule) = between.title.unwrap_or_default();
    RawTable {
        rule,
        title,
        title_line,
        unit: between.unit,
        fragments: vec![rows],
        loose: part.loose,
        listed: part.listed,
        lines: part.lines,
        notes: Vec::new(),
        block,
    }
}

/// Notes and a unit behind the last table.
fn finish_last(vocabulary: &Vocabulary, document: &Document, tables: &mut [RawTable<'_>], last_line: u32) {
    let Some(table) = tables.last_mut() else { return };
    let end = document.source.line_count().min(last_line + REACH as u32);
    table.unit = table.unit.or_else(|| trailing_unit(document, table.lines.1, end + 1));
    for line in last_line + 1..=end {
        let text = document.source.line(line);
        if vocabulary.tables.is_note(&squeeze(text)) {
            table.notes.push((line, title::tidy(text)));
        }
    }
}
