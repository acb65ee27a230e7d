//! How a document rounds, and how each evaluation ends.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::blame::{corrections, place_blame};
use super::evaluate::{Evaluation, holds, spread};
use super::formula::Relation;
use super::index::{Cell, Index};
use super::rule::{Rules, Tolerance};
use super::value::Value;
use crate::model::{Class, Outcome};

/// How a document rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    /// Its sums are exact: any difference is a difference.
    Exact,
    /// Its amounts were rounded one by one: sums may show tails.
    Tails,
}

/// Sums below this number do not prove that a document is exact.
const ENOUGH_SUMS: usize = 100;
/// This many tails prove that it is not.
const ENOUGH_TAILS: usize = 3;

/// Finds out from the document itself how it rounds, and lets each evaluation end.
pub(super) fn settle(rules: &Rules, index: &Index, evaluations: &mut [Evaluation]) -> Rounding {
    let rounding = rounding(rules, index, evaluations);
    for evaluation in evaluations {
        let tolerance = rules.all()[evaluation.rule].tolerance;
        if evaluation.outcome == Outcome::Pass {
            evaluation.allowance = allowance(index, evaluation, tolerance, rounding);
            evaluation.outcome = outcome(evaluation, tolerance);
        }
    }
    rounding
}

fn rounding(rules: &Rules, index: &Index, evaluations: &[Evaluation]) -> Rounding {
    let sums = || {
        evaluations.iter().filter(|evaluation| {
            rules.all()[evaluation.rule].tolerance == Tolerance::Sum
                && evaluation.outcome == Outcome::Pass
                && evaluation.relation == Relation::Equal
                && evaluation.left.figures.len() + evaluation.right.figures.len() > 2
        })
    };
    let is_tail =
        |sum: &&Evaluation| !sum.difference().is_zero() && sum.difference().abs() <= spread(&sum.left, &sum.right);
    let tails: Vec<&Evaluation> = sums().filter(is_tail).collect();
    if index.disclosure.rounding_note || sums().count() < ENOUGH_SUMS || causes(tails) >= ENOUGH_TAILS {
        Rounding::Tails
    } else {
        Rounding::Exact
    }
}

/// How many cells at least must be off to explain all tails, counted up to [`ENOUGH_TAILS`]. One wrong cell leaves a tail
/// in each sum that it takes part in, and says nothing about how the document rounds.
fn causes(mut tails: Vec<&Evaluation>) -> usize {
    let mut count = 0;
    while !tails.is_empty() && count < ENOUGH_TAILS {
        let mut explained: BTreeMap<(Cell, Decimal), usize> = BTreeMap::new();
        for correction in tails.iter().flat_map(|tail| corrections(tail)) {
            *explained.entry(correction).or_default() += 1;
        }
        let Some((best, _)) = explained.into_iter().max_by_key(|(_, tails)| *tails) else { break };
        tails.retain(|tail| !corrections(tail).contains(&best));
        count += 1;
    }
    count
}

fn allowance(index: &Index, evaluation: &Evaluation, tolerance: Tolerance, rounding: Rounding) -> Decimal {
    match tolerance {
        Tolerance::Percent => spread(&evaluation.left, &evaluation.right),
        Tolerance::Sum if rounding == Rounding::Tails || is_coarse(index, evaluation) => {
            spread(&evaluation.left, &evaluation.right)
        }
        Tolerance::Sum | Tolerance::Exact => coarser_unit(evaluation),
    }
}

/// True when figures were rounded from finer ones that the statements print: sentences in 万元 beside tables in 元.
fn is_coarse(index: &Index, evaluation: &Evaluation) -> bool {
    let figures = evaluation.left.figures.iter().chain(&evaluation.right.figures);
    figures.map(|figure| figure.half_step).max().unwrap_or_default() > index.usual_half_step
}

/// Half a step of the coarser side when the sides are printed in steps of different size.
fn coarser_unit(evaluation: &Evaluation) -> Decimal {
    let coarsest = |value: &Value| value.figures.iter().map(|figure| figure.half_step).max().unwrap_or_default();
    let (left, right) = (coarsest(&evaluation.left), coarsest(&evaluation.right));
    if left == right || left.is_zero() || right.is_zero() { Decimal::ZERO } else { left.max(right) }
}

fn outcome(evaluation: &Evaluation, tolerance: Tolerance) -> Outcome {
    let difference = evaluation.difference();
    if holds(evaluation.relation, difference, Decimal::ZERO) {
        return Outcome::Pass;
    }
    if holds(evaluation.relation, difference, evaluation.allowance) {
        return if tolerance == Tolerance::Sum { Outcome::Rounding } else { Outcome::Pass };
    }
    let doubtful = evaluation.left.doubtful || evaluation.right.doubtful;
    if doubtful || is_explained_by_strays(evaluation) { Outcome::Unreadable } else { Outcome::Fail }
}

/// True when rows that were not understood make up the difference: one of them, or all together.
fn is_explained_by_strays(evaluation: &Evaluation) -> bool {
    let difference = evaluation.difference().abs();
    let explains = |strays: &[Decimal]| {
        let near = |value: Decimal| (value.abs() - difference).abs() <= evaluation.allowance;
        strays.iter().any(|stray| near(*stray)) || (strays.len() > 1 && near(strays.iter().copied().sum()))
    };
    explains(&evaluation.left.strays) || explains(&evaluation.right.strays)
}

/// So many cells at fault in one statement are too many to be slips of its author, when half of what is compared fails.
const MANY_FAULTS: usize = 4;

/// Takes back failures that come in numbers: when half of the identities of a statement, or of its rows under one rule, fail
/// in many unrelated cells, its columns were not understood, and no figure of them proves anything.
pub(super) fn doubt_statements(rules: &Rules, index: &Index, evaluations: &mut [Evaluation]) {
    let mut tallies: BTreeMap<(Option<usize>, usize), Tally> = BTreeMap::new();
    let groups: Vec<_> = evaluations.iter().map(groups).collect();
    // Soft pairs and limits may fail in numbers without any doubt about the reading; zeros agree whatever they mean.
    let counts = |evaluation: &Evaluation| {
        let firm = rules.all()[evaluation.rule].class == Class::Source && evaluation.relation == Relation::Equal;
        firm && !(evaluation.left.point.is_zero() && evaluation.right.point.is_zero())
    };
    let counted = evaluations.iter().zip(&groups).filter(|(evaluation, _)| counts(evaluation));
    for (_, groups) in counted {
        groups.iter().for_each(|group| tallies.entry(*group).or_default().compared += 1);
    }
    for blame in place_blame(index, evaluations).iter().filter(|blame| counts(&evaluations[blame.evaluation])) {
        for group in &groups[blame.evaluation] {
            let tally = tallies.entry(*group).or_default();
            tally.failing += 1;
            match blame.culprit {
                Some(culprit) => tally.faults.extend([culprit.cell]),
                None => tally.unexplained += 1,
            }
        }
    }
    let doubted = |key: &(Option<usize>, usize)| tallies.get(key).is_some_and(Tally::is_doubted);
    for (evaluation, groups) in evaluations.iter_mut().zip(groups) {
        if evaluation.outcome == Outcome::Fail && groups.iter().any(doubted) {
            evaluation.outcome = Outcome::Unreadable;
        }
    }
}

/// What an evaluation is counted under: each statement that it speaks of, and its rule when it speaks of one alone.
fn groups(evaluation: &Evaluation) -> Vec<(Option<usize>, usize)> {
    let printings = evaluation.printings();
    let mut groups: Vec<_> = printings.iter().map(|printing| (None, *printing)).collect();
    if let [printing] = printings.as_slice() {
        groups.push((Some(evaluation.rule), *printing));
    }
    groups
}

/// How the identities of a statement ended, those of one rule or all.
#[derive(Default)]
struct Tally {
    compared: usize,
    failing: usize,
    faults: BTreeSet<Cell>,
    /// Failures that no single cell explains.
    unexplained: usize,
}

impl Tally {
    fn is_doubted(&self) -> bool {
        self.faults.len() + self.unexplained >= MANY_FAULTS && self.failing * 2 >= self.compared
    }
}
