//! Columns of one meaning: whether a table prints a quantity twice, or two quantities under one name.
//!
//! 总计 beside 当年合计 says the same in row after row; there a row that differs is worth telling. Two lists of which the
//! second lost its labels differ in row after row; there no amount can be told to be which.

use compact_str::CompactString;
use rust_decimal::Decimal;

use super::measure::{Measure, Word};
use crate::model::{CellContent, Column, ColumnRole, Fact, Phase, Row, Statement, StatementKind};

/// One row in so many may differ where two columns say the same.
const AGREEING: usize = 3;

/// Two columns of one meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Twins {
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) measure: Measure,
    /// True when they say the same in most rows.
    pub(super) agree: bool,
}

impl Twins {
    /// True for columns that were both taken for the whole, and are not.
    pub(super) fn is_doubt(&self) -> bool {
        !self.agree && &*self.measure.0 == "total"
    }
}

/// The pairs of columns of one meaning. `facts` are those of the disclosure.
pub(super) fn twins(statement: &Statement, facts: &[Fact]) -> Vec<Twins> {
    // The parts of the three public expenses are told apart by their subjects.
    if statement.kind == StatementKind::ThreePublic {
        return Vec::new();
    }
    let columns: Vec<(usize, Meaning)> =
        statement.columns.iter().enumerate().filter_map(|(at, column)| Some((at, meaning(column)?))).collect();
    let mut found = Vec::new();
    for (at, (first, meaning)) in columns.iter().enumerate() {
        for (second, _) in columns[at + 1..].iter().filter(|(_, other)| other == meaning) {
            let agree = agree(statement, facts, *first, *second);
            let measure = (Word::of(&meaning.0), Word::of(&meaning.1));
            found.push(Twins { first: *first, second: *second, measure, agree });
        }
    }
    found
}

/// The amount in a cell, as its fact has it.
pub(super) fn amount_in<'d>(row: &'d Row, column: usize, facts: &'d [Fact]) -> Option<&'d crate::model::Amount> {
    match &row.cells.get(column)?.content {
        CellContent::Amount { amount, fact } => {
            Some(fact.and_then(|fact| facts.get(fact as usize)).map_or(amount, |fact| &fact.amount))
        }
        _ => None,
    }
}

/// Nature, fund, phase and year.
type Meaning = (CompactString, CompactString, Option<Phase>, Option<u16>);

fn meaning(column: &Column) -> Option<Meaning> {
    match &column.role {
        ColumnRole::Amount { nature, fund, phase, year, of_which: false } => {
            Some((nature.clone(), fund.clone(), *phase, *year))
        }
        _ => None,
    }
}

/// True when the second column says nothing that the first one does not, but for a row in some. Lists side by side have a
/// column each.
fn agree(statement: &Statement, facts: &[Fact], first: usize, second: usize) -> bool {
    if statement.columns[first].lane != statement.columns[second].lane {
        return false;
    }
    let (mut same, mut other) = (0, 0);
    for row in &statement.rows {
        let yuan = |column: usize| -> Option<Decimal> { Some(amount_in(row, column, facts)?.yuan) };
        match (yuan(first), yuan(second)) {
            (first, Some(second)) if first == Some(second) => same += 1,
            (_, Some(_)) => other += 1,
            (_, None) => {}
        }
    }
    other * AGREEING <= same
}
