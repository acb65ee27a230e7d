//! The rows of a fragment, arranged for trying many placements: amounts as whole numbers on one scale, cell by cell, and
//! for every cell how often it would stand wrong under each kind of column.

use rust_decimal::Decimal;
use smallvec::{SmallVec, smallvec};

use super::fit::{DEMANDS, Fit, Frame, NOWHERE, demand, is_misplaced};
use super::measured::MeasuredRow;
use crate::recognize::statement::sums::ColumnSum;

/// What one cell of the fragment's rows holds.
struct TrialCell {
    /// By row, in steps of the fragment's scale.
    amounts: Vec<Option<i128>>,
    /// How many rows have an amount here.
    filled: i64,
    /// In how many rows the cell would be misplaced, by [`demand`].
    misplaced: [i64; DEMANDS],
}

/// A fragment ready to be tried in a frame.
pub(super) struct Trial<'table> {
    frame: &'table Frame<'table>,
    rows: usize,
    cells: Vec<TrialCell>,
    /// One step of the last printed place, on the fragment's scale.
    quantum: i128,
}

impl<'table> Trial<'table> {
    /// Arranges the rows, of which the longest has `width` cells.
    pub(super) fn new(frame: &'table Frame<'table>, rows: &[MeasuredRow], width: usize) -> Self {
        let values = rows.iter().flatten().filter_map(|cell| cell.value);
        let scale = values.map(|value| value.scale()).max().unwrap_or(0).max(frame.quantum.scale());
        let cells = (0..width).map(|cell| trial_cell(rows, cell, scale)).collect();
        Trial { frame, rows: rows.len(), cells, quantum: scaled(frame.quantum, scale) }
    }

    /// How well a placement fits the words, the kinds of cells and the sums; `None` when its value is below `least`.
    pub(super) fn fit(&self, mapping: &[Option<usize>], least: i64) -> Option<Fit> {
        let columns = self.frame.columns;
        let misplaced: i64 = self
            .cells
            .iter()
            .zip(mapping)
            .map(|(cell, column)| cell.misplaced[demand(column.and_then(|column| columns.get(column)))])
            .sum();
        let mut cell_of: SmallVec<[Option<&TrialCell>; 16]> = smallvec![None; columns.len()];
        for (cell, column) in self.cells.iter().zip(mapping) {
            if let Some(slot) = column.and_then(|column| cell_of.get_mut(column)) {
                *slot = Some(cell);
            }
        }
        let total = |sum: &ColumnSum| cell_of[sum.total];
        // At best every sum holds in every row that prints its total.
        let mut open: i64 = self.frame.sums.iter().filter_map(total).map(|cell| cell.filled).sum();
        let (mut holds, mut fails, mut firm) = (0, 0, false);
        for sum in self.frame.sums {
            if 2 * (holds + open) - 3 * fails - 6 * misplaced < least {
                return None;
            }
            let parts: SmallVec<[&TrialCell; 8]> = sum.parts.iter().filter_map(|part| cell_of[*part]).collect();
            let Some(total) = total(sum) else {
                // A placement is no better for having no total where its parts stand.
                fails += self.rows_with_parts(&parts);
                continue;
            };
            let (holding, failing, several) = self.outcomes(total, &parts);
            firm |= several;
            holds += holding;
            fails += failing;
            open -= total.filled;
        }
        let value = 2 * holds - 3 * fails - 6 * misplaced;
        (value >= least).then(|| Fit { firm, ..Fit::new(value, moved(mapping), misplaced == 0, (holds, fails)) })
    }

    /// In how many rows several parts of a sum are printed.
    fn rows_with_parts(&self, parts: &[&TrialCell]) -> i64 {
        let several = |row: &usize| parts.iter().filter(|part| part.amounts[*row].is_some()).count() > 1;
        (0..self.rows).filter(several).count() as i64
    }

    /// In how many rows a sum holds and fails, as [`crate::recognize::statement::sums::check`] decides, and whether it holds
    /// somewhere with several amounts that are not zero.
    fn outcomes(&self, total: &TrialCell, parts: &[&TrialCell]) -> (i64, i64, bool) {
        let (mut holds, mut fails, mut firm) = (0, 0, false);
        for row in 0..self.rows {
            let Some(total) = total.amounts[row] else { continue };
            let (mut printed, mut addends, mut sum) = (0, 0, 0);
            for part in parts.iter().filter_map(|part| part.amounts[row]) {
                printed += 1;
                addends += i64::from(part != 0);
                sum += part;
            }
            if printed == 0 && total == 0 {
                continue;
            }
            let holding = (total - sum).abs() * 2 <= self.quantum * (printed + 1);
            holds += i64::from(holding);
            fails += i64::from(!holding);
            firm |= holding && addends > 1;
        }
        (holds, fails, firm)
    }
}

/// By how many columns the cells of a placement move.
fn moved(mapping: &[Option<usize>]) -> i64 {
    let placed = mapping.iter().enumerate().filter_map(|(cell, column)| Some((cell, (*column)?)));
    placed.map(|(cell, column)| cell.abs_diff(column) as i64).sum()
}

fn trial_cell(rows: &[MeasuredRow], cell: usize, scale: u32) -> TrialCell {
    let mut trial = TrialCell { amounts: Vec::with_capacity(rows.len()), filled: 0, misplaced: [0; DEMANDS] };
    for row in rows {
        let measured = row.get(cell).copied().unwrap_or_default();
        let amount = measured.value.map(|value| scaled(value, scale));
        trial.filled += i64::from(amount.is_some());
        trial.amounts.push(amount);
        for (demand, count) in trial.misplaced.iter_mut().enumerate() {
            // To lose a cell is worse than to have it under a strange head.
            let weight = if demand == NOWHERE { 3 } else { 1 };
            *count += weight * i64::from(is_misplaced(&measured, demand));
        }
    }
    trial
}

/// Numbers as read have at most 18 digits, so that a common scale leaves room for their sums.
fn scaled(value: Decimal, scale: u32) -> i128 {
    value.mantissa() * 10_i128.pow(scale.saturating_sub(value.scale()))
}
