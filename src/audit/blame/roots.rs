//! Failures of one cause: each set of them has one root.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::uses::Uses;
use crate::audit::evaluate::Evaluation;

/// Sets of failing evaluations of one cause.
pub(super) struct Roots {
    parents: FxHashMap<usize, usize>,
}

impl Roots {
    pub(super) fn new(failing: &[usize]) -> Self {
        Roots { parents: failing.iter().map(|number| (*number, *number)).collect() }
    }

    /// The first evaluation of the set.
    pub(super) fn find(&self, number: usize) -> usize {
        let mut at = number;
        while let Some(parent) = self.parents.get(&at).filter(|parent| **parent != at) {
            at = *parent;
        }
        at
    }

    /// The sets, each in order.
    pub(super) fn sets(&self, failing: &[usize]) -> Vec<Vec<usize>> {
        let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for number in failing {
            sets.entry(self.find(*number)).or_default().push(*number);
        }
        sets.into_values().collect()
    }

    pub(super) fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.find(left), self.find(right));
        self.parents.insert(left.max(right), left.min(right));
    }
}

/// Differences of less than this many steps are too common to tell anything.
const TELLING_STEPS: Decimal = Decimal::from_parts(10, 0, 0, false, 0);

/// The same difference in identities that share a statement has the same cause.
pub(super) fn join_equal_differences(uses: &Uses, failing: &[usize], roots: &mut Roots) {
    let size = |number: usize| uses.evaluations[number].difference().abs();
    let mut telling: Vec<usize> = failing
        .iter()
        .copied()
        .filter(|number| size(*number) >= step(&uses.evaluations[*number]).saturating_mul(TELLING_STEPS))
        .collect();
    telling.sort_by_key(|number| (size(*number), *number));
    let mut last: FxHashMap<usize, usize> = FxHashMap::default();
    for number in telling {
        for printing in uses.evaluations[number].printings() {
            if let Some(before) = last.insert(printing, number) {
                let allowance = uses.evaluations[number].allowance.max(uses.evaluations[before].allowance);
                if size(number).saturating_sub(size(before)) <= allowance {
                    roots.join(number, before);
                }
            }
        }
    }
}

fn step(evaluation: &Evaluation) -> Decimal {
    let figures = evaluation.left.figures.iter().chain(&evaluation.right.figures);
    figures.map(|figure| figure.half_step).max().unwrap_or_default().saturating_mul(Decimal::TWO)
}
