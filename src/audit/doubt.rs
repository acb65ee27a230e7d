//! Statements that were not understood: failures in numbers prove nothing against their author.
//!
//! An author makes single slips. When the columns of a table were read wrong, a column is off in row after row, each time by
//! another amount. Then what fails ends as unreadable, and no figure of the table is held against anybody.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::blame::{Blame, place_blame};
use super::evaluate::Evaluation;
use super::formula::Relation;
use super::index::{Cell, Index};
use super::measure::Measure;
use super::rule::{Rule, Rules};
use super::value::Value;
use crate::model::{Class, FindingSeverity, Outcome};

/// So many cells at fault in one statement are too many to be slips of its author, when half of what is compared fails.
const MANY_FAULTS: usize = 4;

/// So many different corrections in one column are too many, when half of its cells are at fault.
const MANY_CORRECTIONS: usize = 3;

/// So many rows make a list.
const EMPTY_ROWS: usize = 3;

/// Takes back failures that come in numbers: when half of the identities of a statement, or of its rows under one rule, fail
/// in many unrelated cells, or half of the cells of a column are at fault. Blames what remains.
pub(super) fn doubt_statements(rules: &Rules, index: &Index, evaluations: &mut [Evaluation]) -> Vec<Blame> {
    let blames = place_blame(index, evaluations);
    if blames.is_empty() || !take_back(rules, index, evaluations, &blames) {
        return blames;
    }
    place_blame(index, evaluations)
}

/// True when a failure was taken back.
fn take_back(rules: &Rules, index: &Index, evaluations: &mut [Evaluation], blames: &[Blame]) -> bool {
    let is_counted = |evaluation: &Evaluation| counts(&rules.all()[evaluation.rule], evaluation);
    let blames: Vec<Blame> =
        blames.iter().filter(|blame| is_counted(&evaluations[blame.evaluation])).cloned().collect();
    let counted = || evaluations.iter().filter(|evaluation| is_counted(evaluation));
    let mut misread = misread_columns(index, counted(), &blames);
    misread.extend(
        counted().filter(|one| one.outcome == Outcome::Fail && is_empty_list(one)).flat_map(Evaluation::printings),
    );
    let mut tallies: BTreeMap<Group, Tally> = BTreeMap::new();
    for evaluation in counted() {
        groups(evaluation).for_each(|group| tallies.entry(group).or_default().compared += 1);
    }
    for blame in &blames {
        let evaluation = &evaluations[blame.evaluation];
        for group in groups(evaluation) {
            tallies.entry(group).or_default().add(index, group.1, evaluation, blame);
        }
    }
    let doubted: BTreeSet<Group> =
        tallies.iter().filter(|(_, tally)| tally.is_doubted(index)).map(|(group, _)| *group).collect();
    // Rows that contradict themselves under one rule again and again were misread, whatever else is said of them.
    let within = counted().filter(|evaluation| evaluation.printings().len() == 1);
    misread.extend(
        within
            .flat_map(groups)
            .filter(|(rule, _)| rule.is_some())
            .filter(|group| doubted.contains(group))
            .map(|it| it.1),
    );
    let mut taken_back = false;
    for evaluation in evaluations.iter_mut().filter(|evaluation| evaluation.outcome == Outcome::Fail) {
        let of_misread = evaluation.printings().iter().any(|printing| misread.contains(printing));
        if of_misread || groups(evaluation).any(|group| doubted.contains(&group)) {
            evaluation.outcome = Outcome::Unreadable;
            taken_back = true;
        }
    }
    taken_back
}

/// Soft pairs and limits that people may exceed fail in numbers without any doubt about the reading; zeros agree whatever
/// they mean.
fn counts(rule: &Rule, evaluation: &Evaluation) -> bool {
    let firm = rule.class == Class::Source
        && (evaluation.relation == Relation::Equal || rule.severity == FindingSeverity::Error);
    firm && !(evaluation.left.point.is_zero() && evaluation.right.point.is_zero())
}

/// True for a total over a list of rows that has no amount at all: the amounts of the list stand in no column that was
/// understood.
fn is_empty_list(evaluation: &Evaluation) -> bool {
    let is_list = |value: &Value| {
        let lines: BTreeSet<_> =
            value.figures.iter().filter_map(|figure| figure.place).map(|place| place.line).collect();
        lines.len() >= EMPTY_ROWS && value.figures.iter().all(|figure| figure.empty.is_some())
    };
    is_list(&evaluation.left) || is_list(&evaluation.right)
}

/// What an evaluation is counted under: a statement, or one rule in a statement.
type Group = (Option<usize>, usize);

/// Each statement that an evaluation speaks of, with its rule and without.
fn groups(evaluation: &Evaluation) -> impl Iterator<Item = Group> + use<> {
    let rule = evaluation.rule;
    evaluation.printings().into_iter().flat_map(move |printing| [(None, printing), (Some(rule), printing)])
}

/// How the identities of a statement ended, those of one rule or all.
#[derive(Default)]
struct Tally {
    compared: usize,
    failing: usize,
    faults: BTreeSet<Cell>,
    /// Failures that no single cell explains.
    unexplained: usize,
    /// The lines of the statement in which these stand.
    lines: BTreeSet<(u16, u32)>,
}

impl Tally {
    fn add(&mut self, index: &Index, printing: usize, evaluation: &Evaluation, blame: &Blame) {
        self.failing += 1;
        let is_at_fault = |cell: Cell| blame.culprit.is_none_or(|culprit| culprit.cell == cell);
        let figures = evaluation.left.figures.iter().chain(&evaluation.right.figures);
        let inside = figures.filter(|figure| {
            figure.cell().is_some_and(|cell| is_at_fault(cell) && index.printing_of(cell) == Some(printing))
        });
        self.lines.extend(inside.filter_map(|figure| figure.place).map(|place| (place.file, place.line)));
        match blame.culprit {
            Some(culprit) => {
                self.faults.insert(culprit.cell);
            }
            None => self.unexplained += 1,
        }
    }

    fn is_doubted(&self, index: &Index) -> bool {
        let faults = self.faults.len() + self.unexplained;
        if faults < MANY_FAULTS || self.failing * 2 < self.compared {
            return false;
        }
        // What was misread is off in row after row, or all over its only one.
        let [line] = self.lines.iter().collect::<Vec<_>>()[..] else { return true };
        let amounts = index.disclosure.facts.iter().map(|fact| fact.amount.place);
        faults * 2 >= amounts.filter(|place| (place.file, place.line) == *line && place.cell > 0).count()
    }
}

/// The amounts of one column, and those at fault with what they lack.
#[derive(Default)]
struct Column {
    cells: BTreeSet<Cell>,
    faults: BTreeMap<Cell, Decimal>,
}

/// The statements with a column of which half is at fault, each cell by another amount.
fn misread_columns<'e>(
    index: &Index,
    counted: impl Iterator<Item = &'e Evaluation>,
    blames: &[Blame],
) -> BTreeSet<usize> {
    let mut columns: BTreeMap<(usize, Measure), Column> = BTreeMap::new();
    for culprit in blames.iter().filter_map(|blame| blame.culprit) {
        if let Some(at) = column_of(index, culprit.cell) {
            columns.entry(at).or_default().faults.insert(culprit.cell, culprit.change.normalize());
        }
    }
    columns.retain(|_, column| column.faults.values().collect::<BTreeSet<_>>().len() >= MANY_CORRECTIONS);
    if columns.is_empty() {
        return BTreeSet::new();
    }
    for figure in counted.flat_map(|evaluation| evaluation.left.figures.iter().chain(&evaluation.right.figures)) {
        let Some(cell) = figure.cell().filter(|_| !figure.value.is_zero()) else { continue };
        if let Some(column) = column_of(index, cell).and_then(|at| columns.get_mut(&at)) {
            column.cells.insert(cell);
        }
    }
    let misread = columns.into_iter().filter(|(_, column)| column.faults.len() * 2 >= column.cells.len());
    misread.map(|((printing, _), _)| printing).collect()
}

/// The statement and the column in which a cell stands; `None` for the narrative.
fn column_of(index: &Index, cell: Cell) -> Option<(usize, Measure)> {
    let measure = match cell {
        Cell::Fact(fact) => index.fact(fact).statement.map(|_| index.measure(fact))?,
        Cell::Empty(empty) => empty.measure(&index.disclosure.statements[empty.statement])?,
    };
    Some((index.printing_of(cell)?, measure))
}
