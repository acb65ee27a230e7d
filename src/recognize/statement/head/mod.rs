//! Heads: the words above the columns of a table.
//!
//! In: the rows of the table's first fragment. Out: for every column its [`HeadPath`], the heads above it from the outermost
//! to its own; several readings where merged cells were lost. In this order: `extent` tells where the head ends (its last
//! row may be one of `column_numbers`), `spread` puts lost merged cells back in every way that is possible, `paths` reads
//! what stands above each column. Which reading is right is decided with the amounts, in `frame`.

mod column_numbers;
mod extent;
mod paths;
mod spread;

pub(super) use column_numbers::{is_column_numbers, numbered};
pub(super) use extent::head_rows;
pub(in crate::recognize) use paths::HeadPath;
pub(super) use paths::paths;
pub(super) use spread::{count, ways};
