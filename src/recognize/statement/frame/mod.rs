//! The frame of a table: its columns with what their amounts are.
//!
//! In: the heads above the columns, the kind of the statement, the measured rows. Out: the columns and the sums that they
//! imply, with the placements of the rows that fit them. In this order: `measure` says what the heads above one column mean,
//! `columns` makes a frame of all of them or of a known layout, `blocks` makes frames of years and phases side by side for
//! the three public expenses, `placed` puts the rows into one and values it, `heads` says what the heads say of a layout,
//! `choice` takes the frame that explains the amounts best.

mod blocks;
mod choice;
mod columns;
mod heads;
mod measure;
mod placed;

pub(super) use choice::{Cells, Reading, Readings, choose_frame, choose_paths};
pub(in crate::recognize) use columns::head_role;
pub(super) use placed::Placed;
