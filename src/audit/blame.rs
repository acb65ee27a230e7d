//! Placing the blame: which cell is most likely at fault for the identities that fail.
//!
//! Each figure of a failing identity has one value with which the identity would hold. That correction is tried on
//! every other identity in which the figure takes part: the figure whose correction mends most and breaks least is the
//! odd one. So a quantity that several places print is judged by their majority, and one wrong cell that makes many
//! identities fail becomes one root.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::evaluate::Evaluation;
use super::formula::Relation;
use super::index::{Cell, Index};
use crate::model::{Origin, Outcome};

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
    failing
        .iter()
        .map(|number| Blame { evaluation: *number, root: roots.find(*number), culprit: culprits.get(number).copied() })
        .collect()
}

/// Which evaluations use which cells, and how.
struct Uses<'e> {
    index: &'e Index<'e>,
    evaluations: &'e [Evaluation],
    of_cell: FxHashMap<Cell, Vec<(usize, Decimal)>>,
}

impl<'e> Uses<'e> {
    fn new(index: &'e Index<'e>, evaluations: &'e [Evaluation]) -> Self {
        let mut of_cell: FxHashMap<Cell, Vec<(usize, Decimal)>> = FxHashMap::default();
        for (number, evaluation) in evaluations.iter().enumerate() {
            let judged = matches!(evaluation.outcome, Outcome::Pass | Outcome::Rounding | Outcome::Fail);
            if judged && evaluation.is_linear() {
                for (cell, factor) in factors(evaluation) {
                    of_cell.entry(cell).or_default().push((number, factor));
                }
            }
        }
        Uses { index, evaluations, of_cell }
    }

    /// The corrections that would each mend a failing evaluation, in the order of its figures.
    fn corrections(&self, number: usize) -> Vec<Correction> {
        let evaluation = &self.evaluations[number];
        // What must not exceed another figure has no value of its own that it should have.
        if !evaluation.is_linear() || evaluation.relation != Relation::Equal {
            return Vec::new();
        }
        let possible = corrections(evaluation).into_iter().filter(|(cell, change)| self.is_possible(*cell, *change));
        possible.map(|(cell, change)| self.judge(cell, change)).collect()
    }

    /// A correction that turns an amount negative explains nothing; a derived amount is only as wrong as its inputs.
    fn is_possible(&self, cell: Cell, change: Decimal) -> bool {
        match cell {
            Cell::Empty(_) => change.is_sign_positive(),
            Cell::Fact(fact) => {
                let amount = &self.index.fact(fact).amount;
                let negative = amount.yuan.saturating_add(change).is_sign_negative();
                (!negative || amount.yuan.is_sign_negative()) && !matches!(amount.origin, Origin::Derived { .. })
            }
        }
    }

    /// Tries a correction on every evaluation that uses the cell.
    fn judge(&self, cell: Cell, change: Decimal) -> Correction {
        let (mends, breaks) = self.try_all(&[(cell, change)]);
        Correction { cell, change, mends: mends.len(), breaks }
    }

    /// Tries several corrections at once: what they mend, and how many evaluations they break.
    fn try_all(&self, corrections: &[(Cell, Decimal)]) -> (Vec<usize>, usize) {
        let mut shifts: Vec<(usize, Decimal)> = Vec::new();
        for (cell, change) in corrections {
            for (number, factor) in self.of_cell.get(cell).into_iter().flatten() {
                let shift = factor.saturating_mul(*change);
                match shifts.iter_mut().find(|(known, _)| known == number) {
                    Some((_, total)) => *total = total.saturating_add(shift),
                    None => shifts.push((*number, shift)),
                }
            }
        }
        let mut mends = Vec::new();
        let mut breaks = 0;
        for (number, shift) in shifts {
            let evaluation = &self.evaluations[number];
            let holds = evaluation.holds_with(evaluation.difference().saturating_add(shift));
            match (evaluation.outcome == Outcome::Fail, holds) {
                (true, true) => mends.push(number),
                (false, false) => breaks += 1,
                _ => {}
            }
        }
        (mends, breaks)
    }
}

/// What must be added to each single cell so that an evaluation holds exactly.
pub(super) fn corrections(evaluation: &Evaluation) -> Vec<(Cell, Decimal)> {
    let correction =
        |(cell, factor): (Cell, Decimal)| Some((cell, (-evaluation.difference()).checked_div(factor)?.normalize()));
    factors(evaluation).into_iter().filter_map(correction).collect()
}

/// How each cell enters the difference of an evaluation.
fn factors(evaluation: &Evaluation) -> Vec<(Cell, Decimal)> {
    let left = evaluation.left.figures.iter().map(|figure| (figure, figure.factor));
    let right = evaluation.right.figures.iter().map(|figure| (figure, -figure.factor));
    let mut factors: Vec<(Cell, Decimal)> = Vec::new();
    let mut known: FxHashMap<Cell, usize> = FxHashMap::default();
    for (figure, factor) in left.chain(right) {
        let Some(cell) = figure.cell() else { continue };
        let at = *known.entry(cell).or_insert_with(|| {
            factors.push((cell, Decimal::ZERO));
            factors.len() - 1
        });
        factors[at].1 = factors[at].1.saturating_add(factor);
    }
    factors
}

/// A correction that waits to explain failures. Ordered by what it is worth, then by how likely it looks; of equals the
/// one that stands first in the first failure wins.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    merit: isize,
    likelihood: usize,
    order: Reverse<usize>,
}

/// Takes the best correction, lets it explain all failures that it mends, and goes on with the others.
fn explain(uses: &Uses, failing: &[usize]) -> FxHashMap<usize, Correction> {
    let corrections: Vec<Correction> = failing.iter().flat_map(|number| uses.corrections(*number)).collect();
    let mut queue: BinaryHeap<Candidate> = corrections
        .iter()
        .enumerate()
        .map(|(order, one)| Candidate {
            merit: one.merit(),
            likelihood: likelihood(uses.index, one),
            order: Reverse(order),
        })
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
fn follow_known_faults(uses: &Uses, failing: &[usize], culprits: &mut FxHashMap<usize, Correction>) {
    let known: FxHashMap<Cell, Correction> = culprits
        .values()
        .filter(|one| matches!(one.cell, Cell::Fact(_)) && one.merit() > 0)
        .map(|one| (one.cell, *one))
        .collect();
    for number in failing {
        let own = culprits.get(number).copied();
        if own.is_some_and(|own| own.mends > 1) {
            continue;
        }
        let difference = uses.evaluations[*number].difference();
        let rest = |(cell, factor): (Cell, Decimal)| {
            let fault = known.get(&cell).filter(|fault| own.is_none_or(|own| own.cell != fault.cell))?;
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

/// How much a correction looks like a slip: one digit changed, or figures in the wrong order.
fn likelihood(index: &Index, correction: &Correction) -> usize {
    let Cell::Fact(fact) = correction.cell else { return 0 };
    let amount = &index.fact(fact).amount;
    let corrected = amount.yuan.saturating_add(correction.change);
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

/// Sets of failing evaluations of one cause.
struct Roots {
    parents: FxHashMap<usize, usize>,
}

impl Roots {
    fn new(failing: &[usize]) -> Self {
        Roots { parents: failing.iter().map(|number| (*number, *number)).collect() }
    }

    /// The first evaluation of the set.
    fn find(&self, number: usize) -> usize {
        let mut at = number;
        while let Some(parent) = self.parents.get(&at).filter(|parent| **parent != at) {
            at = *parent;
        }
        at
    }

    /// The sets, each in order.
    fn sets(&self, failing: &[usize]) -> Vec<Vec<usize>> {
        let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for number in failing {
            sets.entry(self.find(*number)).or_default().push(*number);
        }
        sets.into_values().collect()
    }

    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.find(left), self.find(right));
        self.parents.insert(left.max(right), left.min(right));
    }
}

/// Differences of less than this many steps are too common to tell anything.
const TELLING_STEPS: Decimal = Decimal::from_parts(10, 0, 0, false, 0);

/// The same difference in identities that share a statement has the same cause.
fn join_equal_differences(uses: &Uses, failing: &[usize], roots: &mut Roots) {
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

/// Failures of one root are laid to one statement when its cells, corrected together, mend more and break less than the
/// cells that were found one by one.
fn one_statement_at_fault(uses: &Uses, sets: Vec<Vec<usize>>, culprits: &mut FxHashMap<usize, Correction>) {
    for members in sets.into_iter().filter(|members| members.len() > 1) {
        let found: Vec<(usize, Correction)> =
            members.iter().filter_map(|number| Some((*number, *culprits.get(number)?))).collect();
        let before = merit_together(uses, &found);
        if let Some((_, better)) = best_statement(uses, &members).filter(|(merit, _)| *merit > before) {
            culprits.extend(better);
        }
    }
}

/// What corrections are worth when all are made at once.
fn merit_together(uses: &Uses, corrections: &[(usize, Correction)]) -> isize {
    let together: BTreeMap<Cell, Decimal> = corrections.iter().map(|(_, one)| (one.cell, one.change)).collect();
    let together: Vec<(Cell, Decimal)> = together.into_iter().collect();
    let (mends, breaks) = uses.try_all(&together);
    mends.len() as isize - breaks as isize
}

/// The corrections in one statement that together mend most of the members and break least.
fn best_statement(uses: &Uses, members: &[usize]) -> Option<(isize, Vec<(usize, Correction)>)> {
    let mut printings: Vec<usize> = members.iter().flat_map(|number| uses.evaluations[*number].printings()).collect();
    printings.sort_unstable();
    printings.dedup();
    let mut best: Option<(isize, Vec<(usize, Correction)>)> = None;
    for printing in printings {
        let chosen: Vec<(usize, Correction)> =
            members.iter().filter_map(|number| Some((*number, best_inside(uses, *number, printing)?))).collect();
        let merit = merit_together(uses, &chosen);
        if best.as_ref().is_none_or(|(most, _)| merit > *most) {
            best = Some((merit, chosen));
        }
    }
    best
}

/// The best correction of a failing evaluation among its cells in one printing.
fn best_inside(uses: &Uses, number: usize, printing: usize) -> Option<Correction> {
    let inside = uses.corrections(number).into_iter().filter(|one| uses.index.printing_of(one.cell) == Some(printing));
    inside.rev().max_by_key(Correction::merit)
}
