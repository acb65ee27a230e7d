//! One statement, or the narrative, as rows of facts with the cells of the table beside them, so that an empty cell is
//! known from a column that is not there.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::columns::Columns;
use super::measure::{Measure, Word};
use crate::model::{
    CellContent, Column, ColumnRole, Disclosure, Fact, Origin, Phase, Place, Row, RowRole, Statement, StatementKind,
    StatementState, Subject, SubjectKind,
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

/// What a row is about: kind and code, else label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SubjectKey {
    pub(super) kind: SubjectKind,
    pub(super) code: CompactString,
}

impl SubjectKey {
    pub(super) fn of(subject: &Subject) -> Self {
        let code = if subject.code.is_empty() { subject.label.clone() } else { subject.code.clone() };
        SubjectKey { kind: subject.kind, code }
    }

    /// True for the key of a subject.
    fn is_of(&self, subject: &Subject) -> bool {
        let code = if subject.code.is_empty() { &subject.label } else { &subject.code };
        self.kind == subject.kind && self.code == *code
    }
}

/// A row of a table: its number and the lane within it.
pub(super) type RowNumber = (usize, usize);

/// A row that facts stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowReference {
    pub(super) subject: SubjectKey,
    pub(super) label: CompactString,
    /// The total under which an item is listed, see [`Subject::parent`].
    pub(super) parent: CompactString,
    /// The row of the table; `None` for the narrative and for facts without a table.
    pub(super) number: Option<RowNumber>,
    /// The budget unit under whose row it is printed.
    pub(super) section: Option<SubjectKey>,
    /// An 其中 row: never an addend.
    pub(super) of_which: bool,
    /// Its facts.
    pub(super) facts: Vec<u32>,
}

impl RowReference {
    /// True for rows of an income list.
    pub(super) fn is_income(&self) -> bool {
        match self.subject.kind {
            SubjectKind::IncomeItem => true,
            SubjectKind::Total => {
                matches!(self.subject.code.as_str(), "income_total" | "current_income" | "carried_in")
            }
            _ => false,
        }
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
    /// What its row is about.
    pub(super) fn subject(self, statement: &Statement) -> Option<&Subject> {
        let row = statement.rows.get(self.row)?;
        let lane = if row.subjects.len() > 1 { usize::from(statement.columns.get(self.column)?.lane) } else { 0 };
        row.subjects.get(lane)?.as_ref()
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
        let twins = has_twins(statement);
        let in_doubt = |row: &Row| is_broken(row) || (twins && row.subjects.len() == 1);
        printing.broken = (0..statement.rows.len()).filter(|row| in_doubt(&statement.rows[*row])).collect();
        Printing { statement: Some(index), state, ..printing }
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
        Printing { kind, statement: None, state: PrintingState::Read, rows, columns, by_subject, broken: Vec::new() }
    }

    /// The numbers of the rows about a subject.
    pub(super) fn rows_about(&self, subject: &SubjectKey) -> &[usize] {
        self.by_subject.get(subject).map_or(&[], Vec::as_slice)
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

/// True when two columns were taken for the whole. Beside two lists, a row with one subject holds amounts of both.
fn has_twins(statement: &Statement) -> bool {
    // The parts of the three public expenses are told apart by their subjects.
    if statement.kind == StatementKind::ThreePublic {
        return false;
    }
    let meaning = |column: &Column| match &column.role {
        ColumnRole::Amount { nature, fund, phase, year, of_which: false } if nature == "total" => {
            Some((fund.clone(), *phase, *year))
        }
        _ => None,
    };
    let mut known = Vec::new();
    statement.columns.iter().filter_map(meaning).any(|one| {
        let again = known.contains(&one);
        known.push(one);
        again
    })
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

/// The rows of a table, each with the facts that are about it.
fn table_rows(disclosure: &Disclosure, index: usize) -> Vec<RowReference> {
    let statement = &disclosure.statements[index];
    let mut rows = Vec::new();
    let mut section = None;
    for (number, row) in statement.rows.iter().enumerate() {
        for (lane, subject) in row.subjects.iter().enumerate() {
            let Some(subject) = subject else { continue };
            let role = row.roles.get(lane).or(row.roles.first()).copied().unwrap_or(RowRole::Item);
            if matches!(role, RowRole::Ghost | RowRole::Text) {
                continue;
            }
            let key = SubjectKey::of(subject);
            if key.kind == SubjectKind::Unit {
                section = Some(key.clone());
            }
            rows.push(RowReference {
                label: subject.label.clone(),
                parent: subject.parent.clone(),
                number: Some((number, lane)),
                section: section.clone().filter(|section| *section != key),
                of_which: role == RowRole::OfWhich,
                facts: row_facts(disclosure, index, (number, lane), &key),
                subject: key,
            });
        }
    }
    rows
}

/// The facts that stand in a row's lane and are about its subject. Some statements give each column a subject of its
/// own: those facts are grouped by subject later.
fn row_facts(disclosure: &Disclosure, index: usize, (number, lane): RowNumber, key: &SubjectKey) -> Vec<u32> {
    let statement = &disclosure.statements[index];
    let row = &statement.rows[number];
    let cells = row.cells.iter().zip(&statement.columns);
    cells
        .filter(|(_, column)| row.subjects.len() == 1 || usize::from(column.lane) == lane)
        .filter_map(|(cell, _)| if let CellContent::Amount { fact, .. } = cell.content { fact } else { None })
        .filter(|fact| key.is_of(&disclosure.facts[*fact as usize].subject))
        .collect()
}

/// Facts of a statement that no row took: each subject becomes a row of its own.
fn add_unrowed(disclosure: &Disclosure, index: usize, rows: &mut Vec<RowReference>) {
    let mut placed = vec![false; disclosure.facts.len()];
    for fact in rows.iter().flat_map(|row| &row.facts) {
        placed[*fact as usize] = true;
    }
    let loose = disclosure
        .facts
        .iter()
        .enumerate()
        .filter(|(number, fact)| fact.statement_index.map(usize::from) == Some(index) && !placed[*number]);
    rows.extend(group_by_subject(disclosure, loose.map(|(number, _)| number as u32).collect()));
}

fn group_by_subject(disclosure: &Disclosure, facts: Vec<u32>) -> Vec<RowReference> {
    let mut rows: Vec<RowReference> = Vec::new();
    let mut known: FxHashMap<SubjectKey, usize> = FxHashMap::default();
    for fact in facts {
        let row = loose_row(disclosure, fact);
        match known.get(&row.subject) {
            Some(at) => rows[*at].facts.push(fact),
            None => {
                known.insert(row.subject.clone(), rows.len());
                rows.push(row);
            }
        }
    }
    rows
}

fn loose_row(disclosure: &Disclosure, number: u32) -> RowReference {
    let subject = &disclosure.facts[number as usize].subject;
    let parent = Some(&subject.parent).filter(|parent| !parent.is_empty());
    RowReference {
        subject: SubjectKey::of(subject),
        label: subject.label.clone(),
        parent: subject.parent.clone(),
        number: None,
        section: parent.map(|code| SubjectKey { kind: SubjectKind::Unit, code: code.clone() }),
        of_which: subject.of_which,
        facts: vec![number],
    }
}

/// What follows from the narrative is printed nowhere in it.
pub(super) fn is_loose(fact: &Fact) -> bool {
    let derived = matches!(fact.amount.origin, Origin::Derived { .. });
    fact.statement_index.is_none() && !(fact.statement.is_none() && derived)
}
