//! Corrections that explain failures: the one that mends most and breaks least goes first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Correction;
use super::uses::{Uses, factors};
use crate::audit::formula::Relation;
use crate::audit::index::Cell;

/// A correction that waits to explain failures. Ordered by what it is worth, then by how likely it looks; of equals the
/// one that stands first in the first failure wins.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    merit: isize,
    likelihood: usize,
    order: Reverse<usize>,
}

/// Takes the best correction, lets it explain all failures that it mends, and goes on with the others.
pub(super) fn explain(uses: &Uses, failing: &[usize]) -> FxHashMap<usize, Correction> {
    let corrections: Vec<Correction> = failing.iter().flat_map(|number| uses.corrections(*number)).collect();
    let mut queue: BinaryHeap<Candidate> = corrections
        .iter()
        .enumerate()
        .map(|(order, one)| Candidate { merit: one.merit(), likelihood: likelihood(uses, one), order: Reverse(order) })
        .collect();
    let mut open: FxHashSet<usize> = failing.iter().copied().collect();
    let mut culprits = FxHashMap::default();
    while let Some(candidate) = queue.pop() {
        let correction = corrections[candidate.order.0];
        let (mut mended, breaks) = uses.try_all(&[(correction.cell, correction.change)]);
        mended.retain(|number| open.contains(number));
        let merit = mended.len() as isize - breaks as isize;
        // What exceeds its limit may well do so: only a correction with other grounds explains it.
        let is_limit = |number: &usize| uses.evaluations[*number].relation != Relation::Equal;
        if mended.is_empty() || (merit <= 0 && mended.iter().all(is_limit)) {
            continue;
        }
        // Others may have explained some of its failures since: then it waits for its turn again.
        if merit < candidate.merit {
            queue.push(Candidate { merit, ..candidate });
            continue;
        }
        for number in mended {
            open.remove(&number);
            culprits.insert(number, correction);
        }
    }
    culprits
}

/// What is left of a difference when a known fault explains it: one part in so many.
const REST: Decimal = Decimal::from_parts(10, 0, 0, false, 0);

/// A sum that no cell explains better than another, and in which a cell stands that other identities blame for nearly all of
/// the difference: that cell it is. Tails may leave a rest.
pub(super) fn follow_known_faults(uses: &Uses, failing: &[usize], culprits: &mut FxHashMap<usize, Correction>) {
    let known: FxHashMap<Cell, Correction> = culprits
        .values()
        .filter(|one| matches!(one.cell, Cell::Fact(_)) && one.merit() > 0)
        .map(|one| (one.cell, *one))
        .collect();
    for number in failing {
        let own = culprits.get(number).copied();
        // What mends several and breaks nothing needs no other explanation.
        if own.is_some_and(|own| own.mends > 1 && own.breaks == 0) {
            continue;
        }
        let outweighs = |fault: &Correction| own.is_none_or(|own| own.mends <= 1 || fault.merit() >= own.merit());
        let difference = uses.evaluations[*number].difference();
        let rest = |(cell, factor): (Cell, Decimal)| {
            let other = |fault: &&Correction| own.is_none_or(|own| own.cell != fault.cell);
            let fault = known.get(&cell).filter(|fault| outweighs(fault)).filter(other)?;
            let rest = difference.saturating_add(factor.saturating_mul(fault.change)).abs();
            (rest.saturating_mul(REST) <= difference.abs()).then_some((rest, *fault))
        };
        let evaluation = &uses.evaluations[*number];
        let usable = evaluation.is_linear() && evaluation.relation == Relation::Equal;
        let best = factors(evaluation).into_iter().filter(|_| usable).filter_map(rest).min_by_key(|(rest, _)| *rest);
        if let Some((_, fault)) = best.filter(|(_, fault)| own.is_none_or(|own| fault.change != own.change)) {
            culprits.insert(*number, fault);
        }
    }
}

/// How much a correction looks like a slip: it makes an amount what its row prints beside it, one digit changed, or figures
/// in the wrong order.
fn likelihood(uses: &Uses, correction: &Correction) -> usize {
    let Cell::Fact(fact) = correction.cell else { return 0 };
    let amount = &uses.index.fact(fact).amount;
    let corrected = amount.yuan.saturating_add(correction.change);
    if uses.repeats(fact, corrected) {
        return 4;
    }
    let (mut is, mut should) = (amount.yuan.normalize(), corrected.normalize());
    let scale = is.scale().max(should.scale());
    is.rescale(scale);
    should.rescale(scale);
    let (is, should) = (is.mantissa().to_string(), should.mantissa().to_string());
    let changed = is.bytes().zip(should.bytes()).filter(|(left, right)| left != right).count();
    match (is.len() == should.len(), changed) {
        (true, 1) => 3,
        (true, 2) => 2,
        _ => 1,
    }
}
