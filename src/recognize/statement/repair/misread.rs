//! Whether a table was read at all: where the sums of its columns fail row after row, or most of its money has no column,
//! the frame is not that of the table, and what stands in it is nobody's.

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::model::{CellContent, Column, ColumnRole, Row, RowRole, StatementKind};
use crate::recognize::statement::amounts::{amount_of, yuan};
use crate::recognize::statement::head::HeadPath;
use crate::recognize::statement::sums::ColumnSum;
use crate::vocabulary::text::{OF_WHICH, key};
use crate::vocabulary::{TableWords, Vocabulary};

/// So many rows must fail: one or two are the document's own mistakes.
const FEWEST_FAILURES: usize = 3;
/// So few cells prove nothing.
const FEWEST_CELLS: usize = 8;

/// True for a table whose frame cannot be its own. In a `loose` table amounts without a column are in doubt, which says
/// nothing against the frame where sums hold; but there a head that gives two columns of different amounts one meaning was
/// parted in the wrong places.
pub(in crate::recognize::statement) fn is_misread(
    vocabulary: &Vocabulary,
    columns: &[Column],
    sums: &[ColumnSum],
    rows: &[Row],
    loose: bool,
) -> bool {
    let (mut holding, mut failing) = (0, 0);
    for row in rows.iter().filter(|row| !matches!(row.roles.first(), Some(RowRole::Ghost | RowRole::Text) | None)) {
        match adds_up(columns, sums, row) {
            Some(true) => holding += 1,
            Some(false) => failing += 1,
            None => {}
        }
    }
    failing >= FEWEST_FAILURES && failing > holding
        || loose && has_two_totals(vocabulary, columns, rows)
        || !(loose && holding > failing) && is_homeless(rows)
}

/// True for a head of several levels of which only the order of its cells is known: above which columns a group stood, whose
/// 小计 and whose 其中 are below it, nobody can tell. Those of 三公 are told by their sums.
pub(in crate::recognize::statement) fn lost_levels(
    words: &TableWords,
    kind: StatementKind,
    paths: &[HeadPath],
) -> bool {
    let mut heads = paths.iter().flat_map(|path| path.heads.iter().zip(&path.keys));
    kind != StatementKind::ThreePublic
        && heads.any(|(head, key)| words.subtotals.contains(key) || head.starts_with(OF_WHICH))
}

/// Makes the money of a table nobody's: it is shown as printed and counted as not placed.
pub(in crate::recognize::statement) fn withdraw(rows: &mut [Row]) {
    for row in rows {
        row.unreadable = true;
        for cell in &mut row.cells {
            if let CellContent::Amount { .. } = cell.content {
                cell.content = if cell.printed_cell > 0 { CellContent::Unplaced } else { CellContent::Blank };
            }
        }
    }
}

/// True when all sums of a row hold, false when one fails; `None` where the row prints no sum, or money that no known
/// column takes and that may be the difference.
fn adds_up(columns: &[Column], sums: &[ColumnSum], row: &Row) -> Option<bool> {
    let values = yuan(row);
    let open = |lane: u8| {
        let cells = row.cells.iter().zip(columns).filter(|(_, column)| column.lane == lane);
        cells.filter(|(cell, _)| cell.content == CellContent::Unplaced).count() > 0
    };
    let mut all = None;
    for sum in sums {
        let Some(total) = values[sum.total] else { continue };
        let parts: Vec<Decimal> = sum.parts.iter().filter_map(|part| values[*part]).collect();
        if parts.is_empty() || open(columns[sum.total].lane) {
            continue;
        }
        let steps = amount_of(&row.cells[sum.total]).map_or(Decimal::ONE, |amount| amount.quantum);
        let tolerance = steps * Decimal::from(parts.len() + 1) / Decimal::TWO;
        let holds = (total - parts.iter().sum::<Decimal>()).abs() <= tolerance;
        all = Some(all.unwrap_or(true) && holds);
    }
    all
}

/// True when two columns are totals of the same and row after row they differ.
fn has_two_totals(vocabulary: &Vocabulary, columns: &[Column], rows: &[Row]) -> bool {
    let is_total = |column: &Column| {
        let total = |head: &CompactString| {
            let key = key(head);
            vocabulary.rows.total(&key).is_some() || vocabulary.tables.subtotals.contains(&key)
        };
        matches!(column.role, ColumnRole::Amount { .. }) && column.path.last().is_some_and(total)
    };
    let differ = |one: usize, other: usize| {
        let amounts = |row: &Row| Some((amount_of(&row.cells[one])?.yuan, amount_of(&row.cells[other])?.yuan));
        rows.iter().filter_map(amounts).filter(|(one, other)| one != other).count() >= FEWEST_FAILURES
    };
    (0..columns.len()).filter(|other| is_total(&columns[*other])).any(|other| {
        let same = |one: &usize| columns[*one].lane == columns[other].lane && columns[*one].role == columns[other].role;
        (0..other).filter(|one| is_total(&columns[*one])).filter(same).any(|one| differ(one, other))
    })
}

/// True when most of the money stands in no known column.
fn is_homeless(rows: &[Row]) -> bool {
    let cells = || rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.printed_cell > 0);
    let homeless = cells().filter(|cell| cell.content == CellContent::Unplaced).count();
    let placed = cells().filter(|cell| matches!(cell.content, CellContent::Amount { .. })).count();
    homeless > placed && homeless + placed >= FEWEST_CELLS
}
