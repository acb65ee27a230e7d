//! Repair: what extraction broke, mended where sums or words prove it, and said so.
//!
//! In: the columns and rows of a table, aligned. Out: the same rows, mended; every mended amount says what was printed and
//! what proves it. In this order: before cells are read, `cells` takes labels and amounts apart that stuck together,
//! `headless` gives amounts beside the column of their head to it, `broken_rows` joins rows that stand on several lines; when
//! rows have their subjects, `ghosts` finds rows that were read twice,
//! `rival_totals` totals that are another table's, and `cells` returns lost digits and totals. Last,
//! `misread` tells a table in which the sums fail row after row: nobody gets its amounts.

pub(super) mod broken_rows;
pub(super) mod cells;
pub(super) mod ghosts;
pub(super) mod headless;
pub(super) mod misread;
pub(super) mod rival_totals;
