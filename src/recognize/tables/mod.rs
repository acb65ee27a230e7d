//! The tables of a document, before anything is known of their columns.
//!
//! In: a parsed document. Out: its [`RawTable`]s, each with the statement that its title names. In this order: `gather` puts
//! the grids together to tables, with what `title` reads around them: title, unit, notes; `judge` names a table without a
//! title by its rows; when all are read, `contents` adds the statements that the list of contents announces and that are
//! not there.

mod contents;
mod gather;
mod judge;
pub(super) mod title;

pub(super) use contents::append_missing;
pub(super) use gather::{RawTable, gather};
pub(super) use judge::name_by_rows;
