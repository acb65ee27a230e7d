//! Heads: the words above the columns of a table.
//!
//! In: the rows of the table's first fragment. Out: for every column its [`HeadPath`], the heads above it from the outermost
//! to its own; several readings where merged cells were lost. In this order: `extent` tells where the head ends (its last
//! row may be one of `column_numbers`), `leading` tells the heads of codes and names from those of amounts where nothing
//! else does, `side_by_side` counts the lists of a table by its rows, `spread` puts lost merged cells back in every way that
//! is possible, `paths` reads what stands above each column. Which reading is right is decided with the amounts, in `frame`.

mod column_numbers;
mod extent;
mod leading;
mod paths;
mod side_by_side;
mod spread;
mod three_public;

pub(super) use column_numbers::{is_column_numbers, numbered};
pub(super) use extent::head_rows;
pub(super) use leading::{amounts_of_all, leading_heads, on_one_line, without_leading};
pub(in crate::recognize) use paths::HeadPath;
pub(super) use paths::paths;
pub(super) use side_by_side::side_by_side;
pub(super) use spread::{count, ways};
pub(super) use three_public::orders;
