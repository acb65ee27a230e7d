//! The checks: an overview of how all identities ended, and a page for each rule.
//!
//! In: the ledgers of the site. Out: `checks/` and `checks/<rule>/`.

mod overview;
mod rule;

use crate::render::page::Renderer;

/// More groups or cards than this do not help on one page; the page then says how many there are and where.
const SHOWN: usize = 300;

/// Writes the overview and the pages of all rules.
pub(super) fn write(renderer: &Renderer<'_>) {
    let rules = rule::collect(renderer);
    overview::write(renderer, &rules);
    rule::write(renderer, &rules);
}
