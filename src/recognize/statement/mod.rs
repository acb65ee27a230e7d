//! One table to one statement, with its facts.
//!
//! In: a table as it was gathered, and what it takes over from its document. Out: a [`Statement`] and its facts. In this order:
//! `align` finds the `head`, chooses the `frame` and does the `placing` of the cells (with `sums`, and `known` for totals that
//! the document tells elsewhere); `amounts` reads the cells; `rows` says what rows are about; `repair` mends before and
//! after that; `facts` makes facts of the amounts.

mod align;
pub(super) mod amounts;
mod facts;
pub(super) mod frame;
pub(super) mod head;
mod known;
mod placing;
mod repair;
mod rows;
pub(super) mod sums;

use self::align::Aligned;
use self::amounts::Context;
use self::known::Known;
use self::repair::{broken_rows, cells, ghosts, headless, misread, rival_totals};
use crate::model::{
    CellContent, ColumnRole, Fact, RowRole, Statement, StatementKind, StatementState, Unit, UnitStatement,
};
use crate::recognize::identity::Period;
use crate::recognize::tables::{RawTable, title};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::squeeze;

pub(super) use self::known::KnownTotals;

/// What a table takes over from its document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inherited<'document> {
    pub(super) file: u16,
    /// The unit of most tables of the document.
    pub(super) unit: Unit,
    pub(super) period: Period,
    /// Index that the statement will have.
    pub(super) index: u16,
    /// What the document tells of its totals elsewhere.
    pub(super) known: &'document KnownTotals,
}

/// Recognizes a table and appends its facts.
pub(super) fn recognize(
    vocabulary: &Vocabulary,
    table: &RawTable<'_>,
    inherited: Inherited<'_>,
    facts: &mut Vec<Fact>,
) -> Statement {
    let kind = table.rule.map_or(StatementKind::Other, |rule| rule.kind);
    let known = Known {
        totals: inherited.known,
        unit: table.unit.map_or(inherited.unit, |unit| unit.unit),
        year: inherited.period.year,
    };
    let mut aligned = align::align(vocabulary, kind, known, table);
    let unit = unit(table, &aligned, inherited);
    let context = Context { file: inherited.file, unit: unit.unit };
    read_rows(vocabulary, kind, context, table.loose, &mut aligned);
    let misread = misread::is_misread(vocabulary, &aligned.columns, &aligned.sums, &aligned.rows, table.loose)
        || table.listed && misread::lost_levels(&vocabulary.tables, kind, &aligned.paths);
    if misread {
        misread::withdraw(&mut aligned.rows);
    }
    facts::append(
        &vocabulary.tables,
        kind,
        inherited.index,
        inherited.period,
        &aligned.columns,
        &mut aligned.rows,
        facts,
    );
    let (seen, placed) = accounting(&aligned);
    Statement {
        kind,
        title: table.title.clone(),
        file: inherited.file,
        lines: table.lines,
        title_line: table.title_line,
        unit,
        state: state(vocabulary, table, &aligned, seen, misread),
        columns: aligned.columns,
        rows: aligned.rows,
        notes: table.notes.clone(),
        amounts: seen,
        placed,
    }
}

fn read_rows(vocabulary: &Vocabulary, kind: StatementKind, context: Context, loose: bool, aligned: &mut Aligned) {
    let Aligned { columns, sums, rows, strays, .. } = aligned;
    let splits = cells::split_merged_cells(columns, rows);
    cells::adopt_trailing_numbers(columns, rows);
    // A cell that placement left open in a loose row stands behind the frame, beside no head.
    if !loose {
        headless::adopt(columns, sums, rows);
    }
    broken_rows::join(vocabulary, kind, columns, rows);
    amounts::read(&vocabulary.tables, context, columns, rows);
    cells::mark_splits(&splits, rows);
    rows::assign(vocabulary, kind, columns, rows);
    rows::find_groups(kind, columns, rows);
    ghosts::mark(columns, sums, rows);
    rival_totals::withdraw(columns, rows);
    cells::return_strays(context, strays, columns, rows);
    cells::restore_cut_digits(columns, sums, rows);
    cells::derive_blank_totals(columns, sums, rows);
}

/// The unit above the table, else the one in its head, else that of the document.
fn unit(table: &RawTable<'_>, aligned: &Aligned, inherited: Inherited<'_>) -> UnitStatement {
    let heads = aligned.paths.iter().flat_map(|path| &path.heads);
    let line = table.lines.0;
    let in_head =
        || heads.into_iter().find_map(|head| title::read_unit(head).or_else(|| title::read_bracketed_unit(head)));
    table
        .unit
        .or_else(|| in_head().map(|unit| UnitStatement { unit, line: Some(line) }))
        .unwrap_or(UnitStatement { unit: inherited.unit, line: None })
}

fn state(vocabulary: &Vocabulary, table: &RawTable<'_>, aligned: &Aligned, seen: u32, misread: bool) -> StatementState {
    let sentence = table.notes.iter().find(|(_, note)| vocabulary.tables.declares_empty(&squeeze(note)));
    let has_money = aligned.rows.iter().flat_map(|row| &row.cells).any(|cell| match &cell.content {
        CellContent::Amount { amount, .. } => !amount.yuan.is_zero(),
        _ => false,
    });
    let unknown = aligned.columns.iter().all(|column| !matches!(column.role, ColumnRole::Amount { .. }));
    match sentence {
        // A sentence under a filled table contradicts it: the table counts, the audit tells.
        Some((line, sentence)) if !has_money => {
            StatementState::DeclaredEmpty { sentence: sentence.clone(), line: *line }
        }
        _ if (unknown || misread) && seen > 0 && table.rule.is_some() => StatementState::Unreadable,
        _ if seen == 0 && table.rule.is_some() => StatementState::Empty,
        _ => StatementState::Read,
    }
}

/// How many cells should be money, and how many of them are placed.
fn accounting(aligned: &Aligned) -> (u32, u32) {
    let (mut seen, mut placed) = (0, 0);
    for row in &aligned.rows {
        let ghost = row.roles.first() == Some(&RowRole::Ghost);
        for cell in row.cells.iter().filter(|cell| cell.printed_cell > 0) {
            match &cell.content {
                CellContent::Amount { fact, .. } => {
                    seen += 1;
                    placed += u32::from(fact.is_some() || ghost);
                }
                CellContent::Unplaced => seen += 1,
                _ => {}
            }
        }
    }
    (seen, placed)
}
