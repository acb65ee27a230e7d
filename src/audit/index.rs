//! The facts of a disclosure, arranged for looking up: by statement, row and measure, with the rows of the tables
//! beside them, so that an empty cell is known from a column that is not there.

use std::collections::{BTreeMap, HashMap};

use compact_str::CompactString;
use rust_decimal::Decimal;

use super::blame::Cell;
use crate::model::{
    CellContent, ColumnRole, Disclosure, Fact, Kind, Origin, Phase, Place, RowRole, Statement, StatementKind,
    StatementState, Subject, SubjectKind,
};

/// The phase and year that an evaluation speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Context {
    pub(super) phase: Phase,
    pub(super) year: u16,
}

impl Context {
    fn of(fact: &Fact) -> Self {
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
    fn of(subject: &Subject) -> Self {
        let code = if subject.code.is_empty() { subject.label.clone() } else { subject.code.clone() };
        SubjectKey { kind: subject.kind, code }
    }
}

/// A row of a table: its number and the lane within it.
pub(super) type RowNumber = (usize, usize);

/// A row that facts stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowReference {
    pub(super) subject: SubjectKey,
    pub(super) label: CompactString,
    /// The row of the table; `None` for the narrative and for facts without a table.
    pub(super) number: Option<RowNumber>,
    /// The budget unit under whose row it is printed.
    pub(super) section: Option<SubjectKey>,
    /// An 其中 row: never an addend.
    pub(super) of_which: bool,
    /// Its facts.
    pub(super) facts: Vec<u32>,
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
    /// The phases and years that it speaks of, each with the columns of its lists.
    pub(super) contexts: Vec<(Context, Columns)>,
    by_subject: HashMap<SubjectKey, Vec<usize>>,
}

impl Printing {
    fn new(
        kind: Option<StatementKind>,
        statement: Option<usize>,
        state: PrintingState,
        rows: Vec<RowReference>,
    ) -> Self {
        Printing { kind, statement, state, rows, contexts: Vec::new(), by_subject: HashMap::new() }
    }

    /// Completes a printing with what can be looked up in it.
    fn arrange(&mut self, facts: &[Fact]) {
        let mut contexts: BTreeMap<Context, Columns> = BTreeMap::new();
        for (number, row) in self.rows.iter().enumerate() {
            self.by_subject.entry(row.subject.clone()).or_default().push(number);
            let measures = row.facts.iter().map(|fact| &facts[*fact as usize]);
            let mut seen: BTreeMap<Context, usize> = BTreeMap::new();
            for fact in measures {
                let context = Context::of(fact);
                *seen.entry(context).or_default() += 1;
                let several = seen[&context] > 1;
                let measure = (&fact.measure.nature, &fact.measure.fund);
                contexts.entry(context).or_default().add(is_income(&row.subject), measure, several);
            }
        }
        self.contexts = contexts.into_iter().collect();
    }

    /// Adds the columns of the table that hold no amount: their cells are empty, which is not the same as not there.
    fn add_empty_columns(&mut self, statement: &Statement) {
        // The parts of the three public expenses are columns there and rows here.
        if statement.kind == StatementKind::ThreePublic {
            return;
        }
        let in_income_list = |lane: u8| {
            let rows = self.rows.iter().filter(|row| row.number.is_some_and(|(_, of)| of == usize::from(lane)));
            rows.into_iter().any(|row| is_income(&row.subject))
        };
        let columns: Vec<_> =
            statement.columns.iter().map(|column| (in_income_list(column.lane), &column.role)).collect();
        for (income, role) in columns {
            let ColumnRole::Amount { nature, fund, phase, year, of_which: false } = role else { continue };
            for (context, columns) in &mut self.contexts {
                if phase.is_none_or(|phase| phase == context.phase) && year.is_none_or(|year| year == context.year) {
                    columns.add(income, (nature, fund), false);
                }
            }
        }
    }

    /// The columns that the list of a row has in a phase and year.
    pub(super) fn columns(&self, income: bool, context: Context) -> Option<&SideColumns> {
        let known = self.contexts.iter().find(|(known, _)| *known == context);
        known.map(|(_, columns)| &columns.sides[usize::from(income)])
    }
}

/// A column of amounts: nature and fund.
pub(super) type Measure = (CompactString, CompactString);

/// The amount columns of a statement. The income list has its own where lists stand side by side.
#[derive(Debug, Default)]
pub(super) struct Columns {
    sides: [SideColumns; 2],
}

/// The amount columns of one list.
#[derive(Debug, Default)]
pub(super) struct SideColumns {
    pub(super) measures: Vec<Measure>,
    /// True when some row prints more than one amount.
    pub(super) several: bool,
}

impl Columns {
    fn add(&mut self, income: bool, (nature, fund): (&CompactString, &CompactString), several: bool) {
        let side = &mut self.sides[usize::from(income)];
        side.several |= several;
        if !side.measures.iter().any(|(known, of)| nature == known && fund == of) {
            side.measures.push((nature.clone(), fund.clone()));
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

/// What the table shows where no fact was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// An empty cell.
    Blank(Option<Place>),
    /// A number that could not be placed.
    Unreadable,
    /// No such column.
    Absent,
}

/// All facts of a disclosure.
#[derive(Debug)]
pub(super) struct Index<'d> {
    pub(super) disclosure: &'d Disclosure,
    /// The phase and year of the disclosure.
    pub(super) main: Context,
    pub(super) printings: Vec<Printing>,
    by_kind: HashMap<Option<StatementKind>, Vec<usize>>,
    /// For each fact, half a step of the last place that its statement prints.
    half_steps: Vec<Decimal>,
}

impl<'d> Index<'d> {
    pub(super) fn new(disclosure: &'d Disclosure) -> Self {
        let mut printings: Vec<Printing> = (0..disclosure.statements.len())
            .filter(|index| disclosure.statements[*index].kind != StatementKind::Other)
            .map(|index| table(disclosure, index))
            .collect();
        let mut loose: BTreeMap<Option<StatementKind>, Vec<u32>> = BTreeMap::new();
        for (number, fact) in disclosure.facts.iter().enumerate() {
            if fact.statement_index.is_none() && !(fact.statement.is_none() && is_derived(fact)) {
                loose.entry(fact.statement).or_default().push(number as u32);
            }
        }
        printings.extend(loose.into_iter().map(|(kind, facts)| without_table(disclosure, kind, facts)));
        let mut by_kind: HashMap<Option<StatementKind>, Vec<usize>> = HashMap::new();
        for (number, printing) in printings.iter_mut().enumerate() {
            printing.arrange(&disclosure.facts);
            if let Some(statement) = printing.statement {
                printing.add_empty_columns(&disclosure.statements[statement]);
            }
            by_kind.entry(printing.kind).or_default().push(number);
        }
        Index { main: main_context(disclosure), disclosure, printings, by_kind, half_steps: half_steps(disclosure) }
    }

    /// Half a step of a fact's last printed place, in yuan.
    pub(super) fn half_step(&self, fact: u32) -> Decimal {
        self.half_steps[fact as usize]
    }

    /// The printing in which a cell stands.
    pub(super) fn printing_of(&self, cell: Cell) -> Option<usize> {
        match cell {
            Cell::Fact(fact) => {
                let fact = self.fact(fact);
                let statement = fact.statement_index.map(usize::from);
                self.printings
                    .iter()
                    .position(|printing| printing.kind == fact.statement && printing.statement == statement)
            }
            Cell::Empty(place) => self.printings.iter().position(|printing| {
                printing.statement.map(|number| &self.disclosure.statements[number]).is_some_and(|statement| {
                    statement.file == place.file && (statement.lines.0..=statement.lines.1).contains(&place.line)
                })
            }),
        }
    }

    /// The printings of a statement kind (`None`: the narrative), in printed order.
    pub(super) fn of_kind(&self, kind: Option<StatementKind>) -> &[usize] {
        self.by_kind.get(&kind).map_or(&[], Vec::as_slice)
    }

    pub(super) fn fact(&self, number: u32) -> &'d Fact {
        &self.disclosure.facts[number as usize]
    }

    /// The rows about a subject.
    pub(super) fn rows_about<'p>(
        &self,
        printing: &'p Printing,
        subject: &SubjectKey,
    ) -> impl Iterator<Item = &'p RowReference> {
        printing.by_subject.get(subject).into_iter().flatten().map(|row| &printing.rows[*row])
    }

    /// What the table shows in a row for a measure that has no fact there.
    pub(super) fn gap(&self, printing: &Printing, row: &RowReference, nature: &str, fund: &str) -> Gap {
        let (Some(statement), Some((number, lane))) = (printing.statement, row.number) else {
            return if has_column(printing, row, nature, fund) { Gap::Blank(None) } else { Gap::Absent };
        };
        let statement = &self.disclosure.statements[statement];
        let table_row = &statement.rows[number];
        let amounts = || {
            (0..statement.columns.len()).filter(|column| {
                usize::from(statement.columns[*column].lane) == lane
                    && matches!(statement.columns[*column].role, ColumnRole::Amount { .. })
            })
        };
        let named = amounts().find(|column| {
            matches!(&statement.columns[*column].role, ColumnRole::Amount { nature: has, fund: of, .. }
                if has == nature && of == fund)
        });
        let single = || amounts().next().filter(|_| amounts().count() == 1);
        let Some(cell) = named.or_else(single).and_then(|column| table_row.cells.get(column)) else {
            return Gap::Absent;
        };
        match &cell.content {
            _ if table_row.unreadable => Gap::Unreadable,
            CellContent::Unplaced => Gap::Unreadable,
            _ => Gap::Blank(Some(Place { file: statement.file, line: cell.line, cell: cell.printed_cell })),
        }
    }

    /// True when some number of the rows could not be placed, so that their sum cannot be trusted.
    pub(super) fn is_doubtful(&self, printing: &Printing, rows: &[&RowReference], whole: bool) -> bool {
        let Some(statement) = printing.statement.map(|index| &self.disclosure.statements[index]) else { return false };
        let broken = |row: &crate::model::Row| {
            row.unreadable || row.cells.iter().any(|cell| cell.content == CellContent::Unplaced)
        };
        if whole {
            return statement.rows.iter().any(broken);
        }
        rows.iter().filter_map(|row| row.number).any(|(number, _)| broken(&statement.rows[number]))
    }
}

/// True when some row of the same list prints the measure.
fn has_column(printing: &Printing, row: &RowReference, nature: &str, fund: &str) -> bool {
    let income = usize::from(is_income(&row.subject));
    let mut measures = printing.contexts.iter().flat_map(|(_, columns)| &columns.sides[income].measures);
    measures.any(|(has, of)| has == nature && of == fund)
}

/// True for rows of an income list.
pub(super) fn is_income(subject: &SubjectKey) -> bool {
    match subject.kind {
        SubjectKind::IncomeItem => true,
        SubjectKind::Total => matches!(subject.code.as_str(), "income_total" | "current_income" | "carried_in"),
        _ => false,
    }
}

/// A statement with its rows.
fn table(disclosure: &Disclosure, index: usize) -> Printing {
    let statement = &disclosure.statements[index];
    let state = match statement.state {
        StatementState::Read => PrintingState::Read,
        StatementState::Unreadable => PrintingState::Unreadable,
        StatementState::Empty | StatementState::DeclaredEmpty { .. } | StatementState::AnnouncedMissing => {
            PrintingState::Silent
        }
    };
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
                number: Some((number, lane)),
                section: section.clone().filter(|section| *section != key),
                of_which: role == RowRole::OfWhich,
                facts: row_facts(disclosure, index, (number, lane), &key),
                subject: key,
            });
        }
    }
    add_unrowed(disclosure, index, &mut rows);
    Printing::new(Some(statement.kind), Some(index), state, rows)
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
        .filter(|fact| SubjectKey::of(&disclosure.facts[*fact as usize].subject) == *key)
        .collect()
}

/// Facts of a statement that no cell refers to: each subject becomes a row of its own.
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
    let loose = loose.map(|(number, _)| number as u32).collect();
    // A row that is known keeps its place in the table and gains the fact.
    for row in group_by_subject(disclosure, loose) {
        match rows.iter_mut().find(|known| known.subject == row.subject && known.facts.is_empty()) {
            Some(known) => known.facts.extend(row.facts),
            None => rows.push(row),
        }
    }
}

/// Facts without a table: one row for each subject of a statement, one for each sentence of the narrative.
fn without_table(disclosure: &Disclosure, kind: Option<StatementKind>, facts: Vec<u32>) -> Printing {
    let rows = if kind.is_some() {
        group_by_subject(disclosure, facts)
    } else {
        facts.into_iter().map(|fact| loose_row(disclosure, fact)).collect()
    };
    Printing::new(kind, None, PrintingState::Read, rows)
}

fn group_by_subject(disclosure: &Disclosure, facts: Vec<u32>) -> Vec<RowReference> {
    let mut rows: Vec<RowReference> = Vec::new();
    let mut known: HashMap<SubjectKey, usize> = HashMap::new();
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
        number: None,
        section: parent.map(|code| SubjectKey { kind: SubjectKind::Unit, code: code.clone() }),
        of_which: subject.of_which,
        facts: vec![number],
    }
}

/// What follows from the narrative is printed nowhere in it.
fn is_derived(fact: &Fact) -> bool {
    matches!(fact.amount.origin, Origin::Derived { .. })
}

/// Half a step for each fact. Trailing zeros are often left out (624 among 638.80): the finest step that a statement
/// prints in a unit holds for all its amounts in that unit.
fn half_steps(disclosure: &Disclosure) -> Vec<Decimal> {
    let group = |fact: &Fact| (fact.statement, fact.statement_index, fact.amount.unit);
    let mut finest = HashMap::new();
    for fact in &disclosure.facts {
        let step: &mut Decimal = finest.entry(group(fact)).or_insert(fact.amount.quantum);
        *step = (*step).min(fact.amount.quantum);
    }
    disclosure.facts.iter().map(|fact| finest[&group(fact)] / Decimal::TWO).collect()
}

/// The phase and year of most amounts; the disclosure's own kind and year when no statement tells.
fn main_context(disclosure: &Disclosure) -> Context {
    let own = disclosure.identity.kind.map(|kind| match kind {
        Kind::Budget => Phase::InitialBudget,
        Kind::Final => Phase::Final,
    });
    let mut counts: BTreeMap<Context, usize> = BTreeMap::new();
    for fact in disclosure.facts.iter().filter(|fact| fact.statement.is_some()) {
        *counts.entry(Context::of(fact)).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(context, count)| {
        (own == Some(context.phase) && disclosure.identity.year == Some(context.year), *count)
    });
    most.map_or(
        Context { phase: own.unwrap_or(Phase::InitialBudget), year: disclosure.identity.year.unwrap_or_default() },
        |(context, _)| context,
    )
}
