//! The checks: an overview of how all identities ended, and a page for each rule.
//!
//! In: the ledgers of the site, disclosure by disclosure, in any order ([`Gathered`]). Out: `checks/` and
//! `checks/<rule>/`. Of what grows with the site only the first in the site's order are kept; pages tell how many more
//! there are, and the data of the site have them all.

mod first;
mod gathered;
mod overview;
mod rule;

use crate::render::page::Renderer;
use crate::render::supply::PageSupply;

pub(crate) use gathered::{Gathered, Part};

/// More groups of findings than this do not help on one page.
const GROUPS: usize = 100;
/// More cards than this do not help on the page of a rule.
const CARDS: usize = 50;
/// More rows of documents than this make a page slow.
const DOCUMENTS: usize = 300;

/// Writes the overview and the pages of all rules.
pub(super) fn write(renderer: &Renderer<'_>, gathered: Gathered, pages: &dyn PageSupply) {
    let gathered = gathered.finish();
    overview::write(renderer, &gathered);
    rule::write(renderer, gathered.rules, pages);
}
