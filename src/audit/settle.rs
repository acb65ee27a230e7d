//! How a document rounds, and how each evaluation ends.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::blame::factors;
use super::evaluate::{Evaluation, holds, spread};
use super::formula::Relation;
use super::index::{Cell, Index};
use super::rule::{Rules, Tolerance};
use super::value::Value;
use crate::model::Outcome;

/// How amounts were rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    /// Their sums are exact: any difference is a difference.
    Exact,
    /// They were rounded one by one: sums may show tails.
    Tails,
}

/// How a document rounds: the amounts that it is about, and those that it only compares them with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Roundings {
    own: Rounding,
    /// Other years and phases, and the changes from them. They come from elsewhere and may be rounded where the document
    /// itself is exact, and tell nothing of it.
    compared: Rounding,
}

impl Roundings {
    /// How the figures of an evaluation were rounded.
    pub(super) fn of(self, index: &Index, evaluation: &Evaluation) -> Rounding {
        if self.own != self.compared && is_compared(index, evaluation) { self.compared } else { self.own }
    }
}

/// Sums below this number do not prove that a document is exact.
const ENOUGH_SUMS: usize = 100;
/// This many tails prove that it is not.
const ENOUGH_TAILS: usize = 3;

/// Finds out from the document itself how it rounds, and lets each evaluation end.
pub(super) fn settle(rules: &Rules, index: &Index, evaluations: &mut [Evaluation]) -> Roundings {
    let roundings = roundings(rules, index, evaluations);
    for evaluation in evaluations {
        let tolerance = rules.all()[evaluation.rule].tolerance;
        if evaluation.outcome == Outcome::Pass {
            evaluation.allowance = allowance(index, evaluation, tolerance, roundings.of(index, evaluation));
            evaluation.outcome = outcome(evaluation, tolerance);
        }
    }
    roundings
}

fn roundings(rules: &Rules, index: &Index, evaluations: &[Evaluation]) -> Roundings {
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
    let has_tails = |compared: bool| {
        causes(index, sums().filter(is_tail).filter(|sum| is_compared(index, sum) == compared)) >= ENOUGH_TAILS
    };
    if index.disclosure.rounding_note || sums().count() < ENOUGH_SUMS || has_tails(false) {
        return Roundings { own: Rounding::Tails, compared: Rounding::Tails };
    }
    let compared = if has_tails(true) { Rounding::Tails } else { Rounding::Exact };
    Roundings { own: Rounding::Exact, compared }
}

/// True when a figure of another year or phase takes part, or a change.
pub(super) fn is_compared(index: &Index, evaluation: &Evaluation) -> bool {
    let facts = evaluation.left.figures.iter().chain(&evaluation.right.figures).filter_map(|figure| figure.fact);
    facts.into_iter().any(|fact| index.context(fact) != index.main || index.measure(fact).0.starts_with("change"))
}

/// How many slips at least explain all tails, counted up to [`ENOUGH_TAILS`]. One wrong cell leaves a tail in each sum that it
/// takes part in, alone or together with another one, and says nothing about how the document rounds.
fn causes<'e>(index: &Index, tails: impl Iterator<Item = &'e Evaluation>) -> usize {
    let mut open: Vec<Tail> = tails.map(|tail| Tail::of(index, tail)).collect();
    let mut count = 0;
    while !open.is_empty() && count < ENOUGH_TAILS {
        let mut explained: BTreeMap<Slip, usize> = BTreeMap::new();
        for slip in open.iter().flat_map(Tail::slips) {
            *explained.entry(slip).or_default() += 1;
        }
        let Some((best, _)) = explained.into_iter().max_by_key(|(_, tails)| *tails) else { break };
        open.retain_mut(|tail| !tail.is_explained_by(&best));
        count += 1;
    }
    count
}

/// A sum that does not quite hold.
struct Tail {
    /// What is left of its difference.
    difference: Decimal,
    /// Where its figures stand, and how each enters the difference.
    factors: Vec<(At, Decimal)>,
}

impl Tail {
    fn of(index: &Index, evaluation: &Evaluation) -> Self {
        let at = |cell: Cell| match cell {
            Cell::Fact(fact) => {
                let amount = &index.fact(fact).amount;
                At::Repeated { file: amount.place.file, line: amount.place.line, amount: amount.yuan.normalize() }
            }
            Cell::Empty(_) => At::Empty(cell),
        };
        let factors = factors(evaluation).into_iter().map(|(cell, factor)| (at(cell), factor)).collect();
        Tail { difference: evaluation.difference(), factors }
    }

    /// The slips that would each explain it.
    fn slips(&self) -> impl Iterator<Item = Slip> {
        let slip = |(at, factor): &(At, Decimal)| {
            Some(Slip { at: at.clone(), change: (-self.difference).checked_div(*factor)?.normalize() })
        };
        self.factors.iter().filter_map(slip)
    }

    /// Takes a slip out of the difference; true when nothing is left of it.
    fn is_explained_by(&mut self, slip: &Slip) -> bool {
        if self.slips().any(|own| own == *slip) {
            return true;
        }
        let factor: Decimal = self.factors.iter().filter(|(at, _)| *at == slip.at).map(|(_, factor)| *factor).sum();
        self.difference = self.difference.saturating_add(factor.saturating_mul(slip.change));
        self.difference.is_zero()
    }
}

/// Where a wrong amount stands. An amount that a row repeats in the column of its only source is wrong once.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    Repeated { file: u16, line: u32, amount: Decimal },
    Empty(Cell),
}

/// A wrong amount, and what it lacks.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Slip {
    at: At,
    change: Decimal,
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
