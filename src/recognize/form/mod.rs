//! Forms: tables that are no list but a sheet to fill in, such as 项目绩效目标表 and 绩效自评表. Words stand beside their
//! values, a block of amounts has heads of its own in the middle, and a list of indicators follows.
//!
//! In: a table, gathered. Out: a statement with its cells where they are printed, and the facts of its amounts; of all forms the
//! projects and targets with their indicators. In this order: `layout` knows a form and its parts by their words, `amounts`
//! finds what is money, `indicators` reads the lists of indicators.
//!
//! A form keeps its cells where they are printed. What is money is found beside words that the vocabulary knows; scores,
//! weights, rates and targets are numbers and no money.

mod amounts;
mod indicators;
mod layout;

use crate::model::{
    Cell, CellContent, Column, ColumnRole, Fact, Row, RowRole, Statement, StatementKind, StatementState, UnitStatement,
};
use crate::recognize::identity::Period;
use crate::recognize::number::read_number;
use crate::recognize::statement::Inherited;
use crate::recognize::statement::amounts::{Context, amount};
use crate::recognize::tables::{RawTable, title};
use crate::vocabulary::Vocabulary;

pub(super) use indicators::{List as IndicatorList, projects, targets};

/// True for a table that is a form.
pub(super) fn is_form(vocabulary: &Vocabulary, table: &RawTable<'_>) -> bool {
    let kind = table.rule.map_or(StatementKind::Other, |rule| rule.kind);
    let fits =
        matches!(kind, StatementKind::DepartmentPerformance | StatementKind::ProjectPerformance | StatementKind::Other);
    fits && layout::is_form(vocabulary, kind, table.fragments.iter().flatten())
}

/// Reads a form and appends the facts of its amounts.
pub(super) fn recognize(
    vocabulary: &Vocabulary,
    table: &RawTable<'_>,
    inherited: Inherited<'_>,
    facts: &mut Vec<Fact>,
) -> Statement {
    let kind = match table.rule.map_or(StatementKind::Other, |rule| rule.kind) {
        // An untitled form with a project's name is a project's.
        StatementKind::Other if layout::names_project(&vocabulary.forms, table.fragments.iter().flatten()) => {
            StatementKind::ProjectPerformance
        }
        kind => kind,
    };
    let width = table.fragments.iter().flatten().map(|row| row.cells.len()).max().unwrap_or(0);
    let column = || Column { path: Vec::new(), role: ColumnRole::Text, lane: 0 };
    let unit = table.unit.or_else(|| form_unit(table)).unwrap_or(UnitStatement { unit: inherited.unit, line: None });
    let mut statement = Statement {
        kind,
        title: table.title.clone(),
        file: inherited.file,
        lines: table.lines,
        title_line: table.title_line,
        unit,
        state: StatementState::Read,
        columns: (0..width).map(|_| column()).collect(),
        rows: table.fragments.iter().flatten().map(|row| printed_row(row, width)).collect(),
        notes: table.notes.clone(),
        amounts: 0,
        placed: 0,
    };
    statement.rows.retain(|row| row.cells.iter().any(|cell| !cell.text.is_empty()));
    place(vocabulary, &mut statement, inherited.index, inherited.period, facts);
    if statement.amounts == 0 && statement.rows.is_empty() {
        statement.state = StatementState::Empty;
    }
    statement
}

/// True for a statement that was read as a form.
pub(super) fn was_form(statement: &Statement) -> bool {
    !statement.columns.is_empty()
        && statement.columns.iter().all(|column| column.role == ColumnRole::Text && column.path.is_empty())
}

/// 项目资金（万元） inside a form states its unit.
fn form_unit(table: &RawTable<'_>) -> Option<UnitStatement> {
    let mut cells = table.fragments.iter().flatten().flat_map(|row| &row.cells);
    cells.find_map(|cell| Some(UnitStatement { unit: title::read_bracketed_unit(&cell.text)?, line: Some(cell.line) }))
}

fn printed_row(row: &crate::parse::GridRow, width: usize) -> Row {
    let content = |text: &str| match (text.is_empty(), read_number(text)) {
        (true, _) => CellContent::Blank,
        (_, Some(_)) => CellContent::Number,
        _ => CellContent::Text,
    };
    let mut cells: Vec<Cell> = row
        .cells
        .iter()
        .map(|cell| Cell {
            text: cell.text.clone(),
            content: content(&cell.text),
            line: cell.line,
            printed_cell: cell.number,
        })
        .collect();
    let blank = Cell { text: Default::default(), content: CellContent::Blank, line: row.line, printed_cell: 0 };
    cells.resize(width, blank);
    Row { line: row.line, roles: vec![RowRole::Text], subjects: vec![None], cells, unreadable: false }
}

/// Gives the amounts their meaning, and counts the numbers that found none.
fn place(vocabulary: &Vocabulary, statement: &mut Statement, index: u16, period: Period, facts: &mut Vec<Fact>) {
    let found = amounts::read(vocabulary, statement, period);
    for found in found {
        let context = Context { file: statement.file, unit: found.unit.unwrap_or(statement.unit.unit) };
        let row = &mut statement.rows[found.row];
        let cell = &mut row.cells[found.column];
        statement.amounts += 1;
        let (Some((subject, measure)), Some(number)) = (found.meaning, read_number(&cell.text)) else {
            cell.content = CellContent::Unplaced;
            continue;
        };
        let amount = amount(context, cell, &number);
        statement.placed += 1;
        let fact = facts.len() as u32;
        cell.content = CellContent::Amount { amount: Box::new(amount.clone()), fact: Some(fact) };
        row.roles = vec![RowRole::Item];
        facts.push(Fact { statement: Some(statement.kind), statement_index: Some(index), subject, measure, amount });
    }
}
