//! Placing: which cell of a row belongs to which column of the frame.
//!
//! In: the rows of the fragments and a frame. Out: for every fragment (for every row, where only the filled cells are known)
//! the column of each cell. In this order: `measured` finds out what each cell could be, `fit` says what a placement is worth,
//! `trial` values one on all rows of a fragment, `placement` tries those that are possible and keeps the best, `fragments`
//! decides among equals by the totals of the columns; `loose_rows` does so row by row, where columns have no width.

mod fit;
mod fragments;
mod loose_rows;
mod measured;
mod placement;
mod trial;

pub(super) use fit::{Fit, Frame, Mapping};
pub(super) use fragments::{merged_total, place_all, place_loose};
pub(super) use measured::{MeasuredRow, measure};
pub(super) use placement::{place, pushed_right};
