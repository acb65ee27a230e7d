//! What a placement is, and how well it fits.

use rust_decimal::Decimal;

use super::measured::MeasuredCell;
use crate::model::{Column, ColumnRole};
use crate::recognize::statement::sums::ColumnSum;

/// For each cell of a fragment's rows the column of the frame.
pub(in crate::recognize::statement) type Mapping = Vec<Option<usize>>;

/// How well a placement fits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::recognize::statement) struct Fit {
    /// Sums that hold count for it, failing ones, misplaced words and unplaced numbers against it.
    pub(in crate::recognize::statement) value: i64,
    /// Minus the number of columns by which cells moved.
    pub(super) stability: i64,
    /// True when every cell suits its column.
    pub(super) suits: bool,
    /// True when the sums that hold outweigh those that fail.
    pub(in crate::recognize::statement) adds_up: bool,
    /// True when every cell suits its column, too.
    pub(in crate::recognize::statement) sound: bool,
    /// True when some sum holds.
    pub(super) proven: bool,
    /// True when some sum of several amounts holds: that one amount is another is no proof.
    pub(in crate::recognize::statement) firm: bool,
}

impl Fit {
    /// A fit of some value, of which cells move by `moved` columns in all; `suits` when every cell suits its column,
    /// `holds` and `fails` count the sums.
    pub(super) fn new(value: i64, moved: i64, suits: bool, (holds, fails): (i64, i64)) -> Self {
        let adds_up = fails <= holds;
        Fit { value, stability: -moved, suits, adds_up, sound: suits && adds_up, proven: holds > 0, firm: false }
    }
}

/// A frame with the sums it implies.
pub(in crate::recognize::statement) struct Frame<'table> {
    pub(in crate::recognize::statement) columns: &'table [Column],
    pub(in crate::recognize::statement) sums: &'table [ColumnSum],
    /// One step of the last printed place of the table.
    pub(in crate::recognize::statement) quantum: Decimal,
}

/// Kinds of columns that ask the same of their cells.
pub(super) const DEMANDS: usize = 5;
/// That of no column at all.
pub(super) const NOWHERE: usize = 2;

/// What a column asks of its cells, as an index.
pub(super) fn demand(column: Option<&Column>) -> usize {
    match column.map(|column| &column.role) {
        Some(ColumnRole::Amount { .. }) => 0,
        Some(ColumnRole::Text | ColumnRole::Number) => 1,
        None => NOWHERE,
        Some(ColumnRole::UnitCode) => 3,
        Some(_) => 4,
    }
}

/// Words under amounts, and money under words or nowhere.
pub(super) fn is_misplaced(cell: &MeasuredCell, demand: usize) -> bool {
    cell.filled
        && match demand {
            0 => cell.words,
            1 => false,
            NOWHERE => true,
            // A name where the unit's code should be; totals stand anywhere.
            3 => cell.money || cell.name,
            _ => cell.money,
        }
}
