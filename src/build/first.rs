//! What is wanted first: who watches a preview looks at one page, and waits for its department alone.

use std::ops::Range;

use crate::assemble::Site;

/// Departments that come before all others.
pub struct First<'f> {
    /// The documents that somebody waits for, by their paths in the content folder.
    pub documents: &'f [String],
    /// The page that somebody looks at, by its path from the site's root.
    pub page: &'f str,
    /// Called when the own pages of these departments are written; not when there are none.
    pub written: &'f (dyn Fn() + Sync),
}

impl First<'_> {
    /// True for the planned department whose disclosures stand in `range` when it has one of these documents or pages.
    pub(super) fn wants(&self, plan: &Site, range: &Range<usize>) -> bool {
        let planned = &plan.disclosures[range.clone()];
        let mut sources = planned.iter().flat_map(|planned| &planned.disclosure.sources);
        let is_documented = sources.any(|source| self.documents.iter().any(|wanted| **wanted == *source.path));
        let slug = planned.first().map(|planned| plan.departments[planned.department].slug.as_str());
        let is_shown = slug.is_some_and(|slug| {
            let inside = self.page.strip_prefix("departments/").and_then(|rest| rest.strip_prefix(slug));
            inside.is_some_and(|rest| rest.starts_with('/'))
        });
        is_documented || is_shown
    }
}
