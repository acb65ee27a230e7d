//! Failures of one root that are laid to one statement.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::Correction;
use super::uses::Uses;
use crate::audit::index::Cell;

/// Failures of one root are laid to one statement when its cells, corrected together, mend more and break less than the
/// cells that were found one by one.
pub(super) fn one_statement_at_fault(uses: &Uses, sets: Vec<Vec<usize>>, culprits: &mut FxHashMap<usize, Correction>) {
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
