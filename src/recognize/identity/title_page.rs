//! The lines on which a document says what it is.

use compact_str::CompactString;

use crate::parse::{BlockKind, Document, plain_line};
use crate::vocabulary::IdentityWords;
use crate::vocabulary::text::squeeze;

/// How many filled lines at the top are the title page.
const TITLE_PAGE: usize = 8;

/// How far down the title page may reach: what stands below the first tables is no title.
const TITLE_LINES: usize = 60;

/// The first filled lines of a document, squeezed, without the rows of tables.
pub(super) fn title_page(words: &IdentityWords, document: &Document) -> Vec<String> {
    (document.source.body_line..=document.source.line_count())
        .take(TITLE_LINES)
        .filter_map(|line| line_outside_tables(words, document, line))
        .map(|line| squeeze(&line).trim_start_matches(['#', '*', '-']).replace("**", ""))
        .filter(|line| !line.is_empty())
        .take_while(|line| !words.contents.contains(line))
        .take(TITLE_PAGE)
        .collect()
}

/// What a line says that is no row of a table, or the only filled cell of such a row.
fn line_outside_tables(words: &IdentityWords, document: &Document, line: u32) -> Option<CompactString> {
    let covers = |block: &&crate::parse::Block| (block.lines.0..=block.lines.1).contains(&line);
    let grid = document.blocks.iter().filter(covers).find_map(|block| match &block.kind {
        BlockKind::Grid(grid) => Some(grid),
        _ => None,
    });
    let Some(grid) = grid else { return outside_tables(document.source.line(line)).map(plain_line) };
    let cells = grid.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.line == line && !cell.text.is_empty());
    let mut filled = cells.map(|cell| cell.text.as_str());
    match (filled.next()?, filled.next()) {
        (only, None) => Some(plain_line(only)),
        // The record that a portal puts above the document: 标题 | 某学校2024年单位预算.
        (field, Some(title)) => is_title_field(words, field).then(|| plain_line(title)),
    }
}

fn is_title_field(words: &IdentityWords, field: &str) -> bool {
    let squeezed = squeeze(field);
    words.title_fields.iter().any(|known| known == squeezed.trim_end_matches(':'))
}

/// A line that is no row of a table: without TABs, and with nothing but one filled cell between pipes.
pub(super) fn outside_tables(line: &str) -> Option<&str> {
    let mut filled = line.split('|').map(str::trim).filter(|cell| !cell.is_empty());
    let first = filled.next()?;
    (!line.contains('\t') && filled.next().is_none()).then_some(first)
}
