//! Rows: what each row of a table is about.
//!
//! In: the columns of a table and its rows, their cells read. Out: in every row a role (item, part, total, …) and a subject
//! for each of its lists. In this order: `subjects` tells which kind of list it is and reads lists of named items itself,
//! `part_rows` lists of the three public expenses, `coded` all others, with `outline` for the words and codes of one row and
//! `named_functions` where a list has names and no codes, `last_total` where no word names the total, and `relations` for what
//! coded rows are to each other; `nesting` finds groups that no code tells.

mod coded;
mod last_total;
mod named_functions;
mod nesting;
mod outline;
mod part_rows;
mod relations;
mod subjects;

pub(super) use nesting::find_groups;
pub(super) use outline::outline;
pub(super) use subjects::assign;
