//! Placing the blame: which cell is most likely at fault for the identities that fail.
//!
//! Each figure of a failing identity has one value with which the identity would hold. That correction is tried on
//! every other identity in which the figure takes part: the figure whose correction mends most and breaks least is the
//! odd one. So a quantity that several places print is judged by their majority, and one wrong cell that makes many
//! identities fail becomes one root.

mod explain;
mod roots;
mod statement;
mod uses;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use self::explain::{explain, follow_known_faults};
use self::roots::{Roots, join_equal_differences};
use self::statement::one_statement_at_fault;
use self::uses::Uses;
use super::evaluate::Evaluation;
use super::index::{Cell, Index};
use crate::model::Outcome;

pub(super) use self::uses::factors;

/// The cell at fault for a failing evaluation.
#[derive(Debug, Clone)]
pub(super) struct Blame {
    /// Index of the evaluation.
    pub(super) evaluation: usize,
    /// Failing evaluations of one cause have one root: the first of them.
    pub(super) root: usize,
    /// `None` when no single figure can be named.
    pub(super) culprit: Option<Correction>,
}

/// What a cell would have to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Correction {
    pub(super) cell: Cell,
    /// What must be added to the printed value.
    pub(super) change: Decimal,
    /// How many failing identities it mends.
    pub(super) mends: usize,
    /// How many identities that hold it breaks.
    pub(super) breaks: usize,
}

impl Correction {
    fn merit(&self) -> isize {
        self.mends as isize - self.breaks as isize
    }
}

/// Blames every failing evaluation, in their order.
pub(super) fn place_blame(index: &Index, evaluations: &[Evaluation]) -> Vec<Blame> {
    let failing: Vec<usize> =
        (0..evaluations.len()).filter(|number| evaluations[*number].outcome == Outcome::Fail).collect();
    if failing.is_empty() {
        return Vec::new();
    }
    let uses = Uses::new(index, evaluations);
    let mut culprits = explain(&uses, &failing);
    follow_known_faults(&uses, &failing, &mut culprits);
    let mut roots = Roots::new(&failing);
    let mut first: FxHashMap<Cell, usize> = FxHashMap::default();
    for (number, correction) in &culprits {
        roots.join(*number, *first.entry(correction.cell).or_insert(*number));
    }
    join_equal_differences(&uses, &failing, &mut roots);
    one_statement_at_fault(&uses, roots.sets(&failing), &mut culprits);
    // What was laid to one statement may tell of a single cell again.
    follow_known_faults(&uses, &failing, &mut culprits);
    failing
        .iter()
        .map(|number| Blame { evaluation: *number, root: roots.find(*number), culprit: culprits.get(number).copied() })
        .collect()
}
