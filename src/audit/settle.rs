//! How a document rounds, and how each evaluation ends.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::blame::corrections;
use super::evaluate::{Evaluation, holds, spread};
use super::formula::Relation;
use super::index::{Cell, Index};
use super::rule::{Rules, Tolerance};
use super::value::Value;
use crate::model::Outcome;

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
    if index.disclosure.rounding_note || sums().count() < ENOUGH_SUMS || causes(index, tails) >= ENOUGH_TAILS {
        Rounding::Tails
    } else {
        Rounding::Exact
    }
}

/// How many slips at least explain all tails, counted up to [`ENOUGH_TAILS`]. One wrong cell leaves a tail in each sum that it
/// takes part in, and says nothing about how the document rounds.
fn causes(index: &Index, mut tails: Vec<&Evaluation>) -> usize {
    let mut count = 0;
    while !tails.is_empty() && count < ENOUGH_TAILS {
        let mut explained: BTreeMap<Slip, usize> = BTreeMap::new();
        for slip in tails.iter().flat_map(|tail| slips(index, tail)) {
            *explained.entry(slip).or_default() += 1;
        }
        let Some((best, _)) = explained.into_iter().max_by_key(|(_, tails)| *tails) else { break };
        tails.retain(|tail| !slips(index, tail).contains(&best));
        count += 1;
    }
    count
}

/// A wrong amount: where it stands or what it is, and what it lacks. An amount that a row repeats in the column of its only
/// source is wrong once.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Slip {
    Repeated { file: u16, line: u32, amount: Decimal, change: Decimal },
    Empty(Cell, Decimal),
}

/// The slips that would each explain a tail.
fn slips(index: &Index, tail: &Evaluation) -> Vec<Slip> {
    let slip = |(cell, change): (Cell, Decimal)| match cell {
        Cell::Fact(fact) => {
            let amount = &index.fact(fact).amount;
            Slip::Repeated { file: amount.place.file, line: amount.place.line, amount: amount.yuan, change }
        }
        Cell::Empty(_) => Slip::Empty(cell, change),
    };
    corrections(tail).into_iter().map(slip).collect()
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
    let unread = doubtful || is_explained_by_strays(evaluation) || has_whole_among_parts(evaluation);
    if unread { Outcome::Unreadable } else { Outcome::Fail }
}

/// True when the parts come to twice the whole and one of them is as large as the whole: the row of the department, or of
/// another total, was taken for a part.
fn has_whole_among_parts(evaluation: &Evaluation) -> bool {
    let twice = |whole: &Value, parts: &Value| {
        let near = |left: Decimal, right: Decimal| left.saturating_sub(right).abs() <= evaluation.allowance;
        !whole.point.is_zero()
            && parts.figures.len() > 2
            && near(parts.point, whole.point.saturating_mul(Decimal::TWO))
            && parts.figures.iter().any(|part| near(part.value, whole.point))
    };
    twice(&evaluation.left, &evaluation.right) || twice(&evaluation.right, &evaluation.left)
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
