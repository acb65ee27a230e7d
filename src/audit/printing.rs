//! One statement, or the narrative, as rows of facts with the cells of the table beside them, so that an empty cell is
//! known from a column that is not there.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::columns::Columns;
use super::measure::{Measure, Word};
use super::printed_row::{RowReference, SubjectKey, add_unrowed, group_by_subject, loose_row, table_rows};
use super::twins::{Twins, twins};
use crate::model::{
    CellContent, ColumnRole, Disclosure, Fact, Origin, Phase, Place, Row, Statement, StatementKind, StatementState,
    SubjectKind,
};

/// The phase and year that an evaluation speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Context {
    pub(super) phase: Phase,
    pub(super) year: u16,
}

impl Context {
    pub(super) fn of(fact: &Fact) -> Self {
        Context { phase: fact.measure.phase, year: fact.measure.year }
    }
}

/// Whether a statement says anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PrintingState {
    Read,
    /// Not there, or without amounts.
    Silent,
    Unreadable,
}

/// One statement, or the narrative.
#[derive(Debug)]
pub(super) struct Printing {
    /// `None` for the narrative.
    pub(super) kind: Option<StatementKind>,
    /// Index into [`Disclosure::statements`].
    pub(super) statement: Option<usize>,
    pub(super) state: PrintingState,
    /// In printed order.
    pub(super) rows: Vec<RowReference>,
    pub(super) columns: Columns,
    by_subject: FxHashMap<SubjectKey, Vec<usize>>,
    /// The columns of one meaning.
    pub(super) twins: Vec<Twins>,
    /// The rows of the table with a number that could not be placed.
    broken: Vec<usize>,
}

/// An empty cell of a table: statement, row, column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct EmptyCell {
    pub(super) statement: usize,
    row: usize,
    column: usize,
}

impl EmptyCell {
    /// True when its row prints an amount, at a place that is none of `own`.
    pub(super) fn is_beside(self, statement: &Statement, yuan: Decimal, own: &[Place]) -> bool {
        let cells = statement.rows.get(self.row).map_or(&[][..], |row| row.cells.as_slice());
        let amounts = cells.iter().filter_map(|cell| match &cell.content {
            CellContent::Amount { amount, .. } => Some(amount),
            _ => None,
        });
        amounts.filter(|amount| !own.contains(&amount.place)).any(|amount| amount.yuan == yuan)
    }

    /// What its column means.
    pub(super) fn measure(self, statement: &Statement) -> Option<Measure> {
        match &statement.columns.get(self.column)?.role {
            ColumnRole::Amount { nature, fund, .. } => Some((Word::of(nature), Word::of(fund))),
            _ => None,
        }
    }
}

/// What the table shows where no fact was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// An empty cell; `None` when there is no table to look it up.
    Blank(Option<(EmptyCell, Place)>),
    /// A number that could not be placed.
    Unreadable,
    /// No such cell.
    Absent,
}

impl Printing {
    /// A statement of a disclosure.
    ///
    /// `measures` are those of its facts.
    pub(super) fn of_statement(disclosure: &Disclosure, measures: &[Measure], index: usize) -> Self {
        let statement = &disclosure.statements[index];
        let state = match statement.state {
            StatementState::Read => PrintingState::Read,
            StatementState::Unreadable => PrintingState::Unreadable,
            StatementState::Empty | StatementState::DeclaredEmpty { .. } | StatementState::AnnouncedMissing => {
                PrintingState::Silent
            }
        };
        let mut rows = table_rows(disclosure, index);
        add_unrowed(disclosure, index, &mut rows);
        let mut printing = Printing::new(disclosure, measures, Some(statement.kind), rows);
        printing.columns.add_empty(statement, &printing.rows);
        let twins = twins(statement, &disclosure.facts);
        // Beside two lists, a row with one subject holds amounts of both.
        let doubt = twins.iter().any(Twins::is_doubt);
        let in_doubt = |row: &Row| is_broken(row) || (doubt && row.subjects.len() == 1);
        printing.broken = (0..statement.rows.len()).filter(|row| in_doubt(&statement.rows[*row])).collect();
        Printing { statement: Some(index), state, twins, ..printing }
    }

    /// Facts without a table: one row for each subject of a statement, one for each sentence of the narrative.
    pub(super) fn of_facts(
        disclosure: &Disclosure,
        measures: &[Measure],
        kind: Option<StatementKind>,
        facts: Vec<u32>,
    ) -> Self {
        let rows = if kind.is_some() {
            group_by_subject(disclosure, facts)
        } else {
            facts.into_iter().map(|fact| loose_row(disclosure, fact)).collect()
        };
        Printing::new(disclosure, measures, kind, rows)
    }

    fn new(
        disclosure: &Disclosure,
        measures: &[Measure],
        kind: Option<StatementKind>,
        rows: Vec<RowReference>,
    ) -> Self {
        let columns = Columns::of_rows(&rows, &disclosure.facts, measures);
        let mut by_subject: FxHashMap<SubjectKey, Vec<usize>> = FxHashMap::default();
        for (number, row) in rows.iter().enumerate() {
            by_subject.entry(row.subject.clone()).or_default().push(number);
        }
        let (twins, broken) = (Vec::new(), Vec::new());
        Printing { kind, statement: None, state: PrintingState::Read, rows, columns, by_subject, twins, broken }
    }

    /// The numbers of the rows about a subject.
    pub(super) fn rows_about(&self, subject: &SubjectKey) -> &[usize] {
        self.by_subject.get(subject).map_or(&[], Vec::as_slice)
    }

    /// True when two columns of a measure say the same in most rows.
    pub(super) fn repeats(&self, measure: Measure) -> bool {
        self.twins.iter().any(|one| one.agree && one.measure == measure)
    }

    /// What the table shows in a row for a measure that has no fact there.
    pub(super) fn gap(&self, disclosure: &Disclosure, row: &RowReference, measure: Measure) -> Gap {
        // What the narrative does not state is not there.
        if self.kind.is_none() {
            return Gap::Absent;
        }
        let (Some(index), Some((number, lane))) = (self.statement, row.number) else {
            return if self.columns.has(row.is_income(), measure) { Gap::Blank(None) } else { Gap::Absent };
        };
        let statement = &disclosure.statements[index];
        let table_row = &statement.rows[number];
        let Some(column) = column_of(statement, row, lane, measure) else { return Gap::Absent };
        let Some(cell) = table_row.cells.get(column) else { return Gap::Absent };
        match &cell.content {
            CellContent::Unplaced => Gap::Unreadable,
            _ if table_row.unreadable => Gap::Unreadable,
            // The only amount of the list's row is one of another nature.
            CellContent::Amount { fact: Some(fact), .. } if row.facts.contains(fact) => Gap::Absent,
            _ => {
                let place = Place { file: statement.file, line: cell.line, cell: cell.printed_cell };
                Gap::Blank(Some((EmptyCell { statement: index, row: number, column }, place)))
            }
        }
    }

    /// True when some number of the rows could not be placed, so that their sum cannot be trusted.
    pub(super) fn is_doubtful<'r>(&self, mut rows: impl Iterator<Item = &'r RowReference>, whole: bool) -> bool {
        let broken = |row: usize| self.broken.binary_search(&row).is_ok();
        !self.broken.is_empty() && (whole || rows.any(|row| row.number.is_some_and(|(number, _)| broken(number))))
    }
}

fn is_broken(row: &Row) -> bool {
    row.unreadable || row.cells.iter().any(|cell| matches!(cell.content, CellContent::Unplaced))
}

/// The column of a measure in a row's list. A list with one column of amounts takes its natures from its rows.
fn column_of(statement: &Statement, row: &RowReference, lane: usize, (nature, fund): Measure) -> Option<usize> {
    let mut amounts = (0..statement.columns.len()).filter(|column| {
        usize::from(statement.columns[*column].lane) == lane
            && matches!(statement.columns[*column].role, ColumnRole::Amount { .. })
    });
    let named = amounts.clone().find(|column| {
        matches!(&statement.columns[*column].role, ColumnRole::Amount { nature: has, fund: of, .. }
            if *has == *nature && *of == *fund)
    });
    let own_nature = match row.subject.kind {
        SubjectKind::IncomeItem if row.parent == "carried_in" => &*nature == "carried_in",
        SubjectKind::IncomeItem => &*nature != "carried_in",
        _ => true,
    };
    let only = amounts.next().filter(|_| amounts.next().is_none() && own_nature);
    named.or(only)
}

/// What follows from the narrative is printed nowhere in it.
pub(super) fn is_loose(fact: &Fact) -> bool {
    let derived = matches!(fact.amount.origin, Origin::Derived { .. });
    fact.statement_index.is_none() && !(fact.statement.is_none() && derived)
}
