//! Placing the blame: which cell is most likely at fault for the identities that fail.
//!
//! Each figure of a failing identity has one value with which the identity would hold. That correction is tried on
//! every other identity in which the figure takes part: the figure whose correction mends most and breaks least is the
//! odd one. So a quantity that several places print is judged by their majority, and one wrong cell that makes many
//! identities fail becomes one root.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::evaluate::Evaluation;
use super::index::Index;
use super::value::Figure;
use crate::model::{Outcome, Place};

/// A figure of the document, printed or left empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Cell {
    Fact(u32),
    Empty(Place),
}

impl Cell {
    fn of(figure: &Figure) -> Option<Self> {
        figure.fact.map(Cell::Fact).or(figure.place.map(Cell::Empty))
    }
}

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
    let uses = Uses::new(evaluations);
    let mut culprits = explain(index, &uses, &failing);
    let mut roots = Roots::new(&failing);
    for (number, correction) in &culprits {
        let same = culprits.iter().find(|(_, other)| other.cell == correction.cell && other.change == correction.change);
        if let Some((other, _)) = same {
            roots.join(*number, *other);
        }
    }
    join_equal_differences(&uses, &failing, &mut roots);
    one_statement_at_fault(index, &uses, &failing, &roots, &mut culprits);
    let culprits: HashMap<usize, Correction> = culprits.into_iter().collect();
    failing
        .iter()
        .map(|number| Blame {
            evaluation: *number,
            root: roots.find(*number),
            culprit: culprits.get(number).copied(),
        })
        .collect()
}

/// Which evaluations use which cells, and how.
struct Uses<'e> {
    evaluations: &'e [Evaluation],
    of_cell: HashMap<Cell, Vec<(usize, Decimal)>>,
}

impl<'e> Uses<'e> {
    fn new(evaluations: &'e [Evaluation]) -> Self {
        let mut of_cell: HashMap<Cell, Vec<(usize, Decimal)>> = HashMap::new();
        for (number, evaluation) in evaluations.iter().enumerate() {
            let judged = matches!(evaluation.outcome, Outcome::Pass | Outcome::Rounding | Outcome::Fail);
            if judged && evaluation.is_linear() {
                for (cell, factor) in factors(evaluation) {
                    of_cell.entry(cell).or_default().push((number, factor));
                }
            }
        }
        Uses { evaluations, of_cell }
    }

    /// The corrections that would each mend a failing evaluation, in the order of its figures.
    fn corrections(&self, number: usize) -> Vec<Correction> {
        let evaluation = &self.evaluations[number];
        if !evaluation.is_linear() {
            return Vec::new();
        }
        factors(evaluation)
            .into_iter()
            .filter_map(|(cell, factor)| {
                let change = (-evaluation.difference()).checked_div(factor)?.normalize();
                Some(self.judge(cell, change))
            })
            .collect()
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

/// How each cell enters the difference of an evaluation.
fn factors(evaluation: &Evaluation) -> Vec<(Cell, Decimal)> {
    let left = evaluation.left.figures.iter().map(|figure| (figure, figure.factor));
    let right = evaluation.right.figures.iter().map(|figure| (figure, -figure.factor));
    let mut factors: Vec<(Cell, Decimal)> = Vec::new();
    for (figure, factor) in left.chain(right) {
        let Some(cell) = Cell::of(figure) else { continue };
        match factors.iter_mut().find(|(known, _)| *known == cell) {
            Some((_, total)) => *total = total.saturating_add(factor),
            None => factors.push((cell, factor)),
        }
    }
    factors
}

/// Takes the best correction, lets it explain all failures that it mends, and goes on with the others.
fn explain(index: &Index, uses: &Uses, failing: &[usize]) -> Vec<(usize, Correction)> {
    let mut open: Vec<(usize, Vec<Correction>)> =
        failing.iter().map(|number| (*number, uses.corrections(*number))).collect();
    let mut culprits = Vec::new();
    loop {
        let still_open: Vec<usize> = open.iter().map(|(number, _)| *number).collect();
        let mut best: Option<(isize, usize, Correction)> = None;
        for correction in open.iter().flat_map(|(_, corrections)| corrections) {
            let mended = uses.try_all(&[(correction.cell, correction.change)]).0;
            let mends = mended.iter().filter(|number| still_open.contains(number)).count();
            let merit = mends as isize - correction.breaks as isize;
            let better = best.as_ref().is_none_or(|(most, likely, known)| {
                merit > *most || (merit == *most && likelihood(index, correction) > *likely && known != correction)
            });
            if better {
                best = Some((merit, likelihood(index, correction), *correction));
            }
        }
        let Some((_, _, correction)) = best else { break };
        let mended = uses.try_all(&[(correction.cell, correction.change)]).0;
        let (explained, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(|(number, _)| mended.contains(number));
        culprits.extend(explained.into_iter().map(|(number, _)| (number, correction)));
        open = rest;
    }
    culprits.sort_by_key(|(number, _)| *number);
    culprits
}

/// How much a correction looks like a slip: one digit changed, or figures in the wrong order.
fn likelihood(index: &Index, correction: &Correction) -> usize {
    let Cell::Fact(fact) = correction.cell else { return 0 };
    let amount = &index.fact(fact).amount;
    let corrected = amount.yuan.saturating_add(correction.change);
    if corrected.is_sign_negative() && !amount.yuan.is_sign_negative() {
        return 0;
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

/// Sets of failing evaluations of one cause.
struct Roots {
    parents: HashMap<usize, usize>,
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

    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.find(left), self.find(right));
        self.parents.insert(left.max(right), left.min(right));
    }
}

/// Differences of less than this many steps are too common to tell anything.
const TELLING_STEPS: Decimal = Decimal::from_parts(10, 0, 0, false, 0);

/// The same difference in identities that share a statement has the same cause.
fn join_equal_differences(uses: &Uses, failing: &[usize], roots: &mut Roots) {
    for (at, left) in failing.iter().enumerate() {
        for right in &failing[at + 1..] {
            let (one, other) = (&uses.evaluations[*left], &uses.evaluations[*right]);
            let apart = (one.difference().abs() - other.difference().abs()).abs();
            let telling = one.difference().abs() >= step(one).max(step(other)).saturating_mul(TELLING_STEPS);
            if telling && apart <= one.allowance.max(other.allowance) && share_statement(one, other) {
                roots.join(*left, *right);
            }
        }
    }
}

fn step(evaluation: &Evaluation) -> Decimal {
    let figures = evaluation.left.figures.iter().chain(&evaluation.right.figures);
    figures.map(|figure| figure.half_step).max().unwrap_or_default().saturating_mul(Decimal::TWO)
}

fn share_statement(one: &Evaluation, other: &Evaluation) -> bool {
    one.printings.iter().any(|printing| other.printings.contains(printing))
}

/// Failures of one root that no single cell explains are laid to the statement that all of them share, when its cells
/// corrected together mend more than they break.
fn one_statement_at_fault(
    index: &Index,
    uses: &Uses,
    failing: &[usize],
    roots: &Roots,
    culprits: &mut [(usize, Correction)],
) {
    for root in failing.iter().copied().filter(|number| roots.find(*number) == *number) {
        let members: Vec<usize> = failing.iter().copied().filter(|number| roots.find(*number) == root).collect();
        let unclear = |correction: &Correction| correction.merit() <= 0;
        let open = culprits.iter().filter(|(number, found)| members.contains(number) && unclear(found)).count();
        if members.len() < 2 || open == 0 {
            continue;
        }
        let Some(chosen) = best_statement(index, uses, &members) else { continue };
        for (number, correction) in culprits.iter_mut().filter(|(number, _)| members.contains(number)) {
            if let Some((_, better)) = chosen.iter().find(|(member, _)| member == number) {
                *correction = *better;
            }
        }
    }
}

/// The corrections in one statement that together mend most of the members and break least.
fn best_statement(index: &Index, uses: &Uses, members: &[usize]) -> Option<Vec<(usize, Correction)>> {
    let mut printings: Vec<usize> = members.iter().flat_map(|number| uses.evaluations[*number].printings.clone()).collect();
    printings.sort_unstable();
    printings.dedup();
    let mut best: Option<(isize, Vec<(usize, Correction)>)> = None;
    for printing in printings {
        let chosen: Vec<(usize, Correction)> = members
            .iter()
            .filter_map(|number| {
                let inside = uses.corrections(*number).into_iter().filter(|one| index.stands_in(one.cell, printing));
                inside.max_by_key(Correction::merit).map(|one| (*number, one))
            })
            .collect();
        let mut together: Vec<(Cell, Decimal)> = Vec::new();
        for (_, correction) in &chosen {
            if !together.iter().any(|(cell, _)| *cell == correction.cell) {
                together.push((correction.cell, correction.change));
            }
        }
        let (mends, breaks) = uses.try_all(&together);
        let merit = mends.len() as isize - breaks as isize;
        if !chosen.is_empty() && best.as_ref().is_none_or(|(most, _)| merit > *most) {
            best = Some((merit, chosen));
        }
    }
    best.map(|(_, chosen)| chosen)
}
