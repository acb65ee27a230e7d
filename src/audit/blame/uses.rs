//! Which identities a cell takes part in, and what becomes of them when it is corrected.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::Correction;
use crate::audit::evaluate::Evaluation;
use crate::audit::formula::Relation;
use crate::audit::index::{Cell, Index};
use crate::audit::value::Figure;
use crate::model::{Origin, Outcome};

/// Which evaluations use which cells, and how.
pub(super) struct Uses<'e> {
    pub(super) index: &'e Index<'e>,
    pub(super) evaluations: &'e [Evaluation],
    of_cell: FxHashMap<Cell, Vec<(usize, Decimal)>>,
    /// The amounts of statements that stand in a line with one of these cells.
    of_line: FxHashMap<(u16, u32), Vec<u32>>,
}

impl<'e> Uses<'e> {
    pub(super) fn new(index: &'e Index<'e>, evaluations: &'e [Evaluation]) -> Self {
        let figures = |evaluation: &'e Evaluation| evaluation.left.figures.iter().chain(&evaluation.right.figures);
        // What no failing identity uses has nothing to answer for.
        let failing = evaluations.iter().filter(|evaluation| evaluation.outcome == Outcome::Fail);
        let mut of_cell: FxHashMap<Cell, Vec<(usize, Decimal)>> =
            failing.flat_map(figures).filter_map(|figure| Some((figure.cell()?, Vec::new()))).collect();
        for (number, evaluation) in evaluations.iter().enumerate() {
            let judged = matches!(evaluation.outcome, Outcome::Pass | Outcome::Rounding | Outcome::Fail);
            let is_used = |figure: &Figure| figure.cell().is_some_and(|cell| of_cell.contains_key(&cell));
            if judged && evaluation.is_linear() && figures(evaluation).any(is_used) {
                for (cell, factor) in factors(evaluation) {
                    if let Some(uses) = of_cell.get_mut(&cell) {
                        uses.push((number, factor));
                    }
                }
            }
        }
        let line = |fact: u32| (index.fact(fact).amount.place.file, index.fact(fact).amount.place.line);
        let used = of_cell.keys().filter_map(|cell| if let Cell::Fact(fact) = cell { Some(*fact) } else { None });
        let mut of_line: FxHashMap<(u16, u32), Vec<u32>> = used.map(|fact| (line(fact), Vec::new())).collect();
        for (fact, number) in index.disclosure.facts.iter().zip(0..).filter(|(fact, _)| fact.statement.is_some()) {
            if let Some(of_line) = of_line.get_mut(&(fact.amount.place.file, fact.amount.place.line)) {
                of_line.push(number);
            }
        }
        Uses { index, evaluations, of_cell, of_line }
    }

    /// True when a row prints an amount in another column.
    pub(super) fn repeats(&self, fact: u32, yuan: Decimal) -> bool {
        let place = self.index.fact(fact).amount.place;
        let beside = self.of_line.get(&(place.file, place.line)).map_or(&[][..], Vec::as_slice);
        !yuan.is_zero() && beside.iter().any(|other| *other != fact && self.index.fact(*other).amount.yuan == yuan)
    }

    /// The corrections that would each mend a failing evaluation, in the order of its figures.
    pub(super) fn corrections(&self, number: usize) -> Vec<Correction> {
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
    pub(super) fn try_all(&self, corrections: &[(Cell, Decimal)]) -> (Vec<usize>, usize) {
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
fn corrections(evaluation: &Evaluation) -> Vec<(Cell, Decimal)> {
    let correction =
        |(cell, factor): (Cell, Decimal)| Some((cell, (-evaluation.difference()).checked_div(factor)?.normalize()));
    factors(evaluation).into_iter().filter_map(correction).collect()
}

/// How each cell enters the difference of an evaluation.
pub(in crate::audit) fn factors(evaluation: &Evaluation) -> Vec<(Cell, Decimal)> {
    let left = evaluation.left.figures.iter().map(|figure| (figure, figure.factor));
    let right = evaluation.right.figures.iter().map(|figure| (figure, -figure.factor));
    let figures = evaluation.left.figures.len() + evaluation.right.figures.len();
    let mut factors: Vec<(Cell, Decimal)> = Vec::with_capacity(figures);
    // Few figures are looked through sooner than hashed.
    let mut known: Option<FxHashMap<Cell, usize>> = (figures > FEW).then(FxHashMap::default);
    for (figure, factor) in left.chain(right) {
        let Some(cell) = figure.cell() else { continue };
        let next = factors.len();
        let at = match &mut known {
            Some(known) => *known.entry(cell).or_insert(next),
            None => factors.iter().position(|(other, _)| *other == cell).unwrap_or(next),
        };
        if at == next {
            factors.push((cell, Decimal::ZERO));
        }
        factors[at].1 = factors[at].1.saturating_add(factor);
    }
    factors
}

/// So many figures are few.
const FEW: usize = 24;
