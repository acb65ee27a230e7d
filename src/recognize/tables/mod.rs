//! The tables of a document, before anything is known of their columns.
//!
//! In: a parsed document. Out: its [`RawTable`]s, each with the statement that its title names. In this order: `around`
//! reads the lines between two grids, with `title` for one line; `title_rows` takes the rows above the heads out of a grid;
//! `pages` tells whether a grid goes on with the table before it, `sides` whether it is the other side of that; `gather`
//! puts all that together to tables (`raw`). `judge` names a table without a title by its rows; when all are read,
//! `contents` adds the statements that the list of contents announces and that are not there.

mod around;
mod contents;
mod gather;
mod judge;
mod pages;
mod raw;
mod sides;
pub(super) mod title;
mod title_rows;

pub(super) use contents::append_missing;
pub(super) use gather::gather;
pub(super) use judge::name_by_rows;
pub(super) use raw::RawTable;
