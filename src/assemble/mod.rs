//! Assembling: disclosures and their ledgers to a [`Site`], with everything already computed that a page needs.
//!
//! [`assemble`] finds out which disclosures belong to one department, gives departments, disclosures and regions their
//! URLs, and then computes for each department what goes beyond one document: trends with last year's derived values,
//! budget against final account, the three public expenses over the years.

mod absence;
mod change;
mod codes;
mod comparison;
mod coverage;
mod department;
mod economic;
mod funding;
mod glossary;
mod movement;
mod organization;
mod peers;
mod pinyin;
mod publication;
mod region;
mod revision;
#[cfg(test)]
pub(crate) mod samples;
mod site;
mod slugs;
#[cfg(test)]
mod tests;
mod three_public;
mod total;
mod trend;

pub use absence::{Absence, absence};
pub use change::{stated_change, value_before};
pub use codes::{Classification, CodeEdition, CodeItem};
pub use comparison::{Comparison, ComparisonRow, ComparisonSubject};
pub use coverage::Coverage;
pub use economic::{EconomicFigure, economic_figures};
pub use funding::FundingSource;
pub use glossary::{GlossaryTerm, Wording, term_key};
pub use movement::{MovedPart, Movement, Nature};
pub use peers::PeerGroup;
pub use pinyin::{slug, sort_key};
pub use revision::{RevisedAmount, Revision};
pub use site::{Department, ListedProject, PublishedDisclosure, RegionNode, Site, Sourced};
pub use three_public::{ThreePublicTotal, ThreePublicYear};
pub use total::{ClassTotal, ExpenditureTotal, Sum};
pub use trend::TrendPoint;

use crate::config::SiteConfig;
use crate::diagnostic;
use crate::model::{Disclosure, DisclosureLedger, Region};

/// Puts disclosures together to a site. Never fails; what was assumed on the way is told in [`Site::diagnostics`],
/// together with what reading the documents had to say.
pub fn assemble(config: &SiteConfig, audited: Vec<(Disclosure, DisclosureLedger)>) -> Site {
    let mut problems = Vec::new();
    let regions: Vec<Region> = audited.iter().map(|(disclosure, _)| disclosure.identity.region.clone()).collect();
    let completed = region::complete(&regions);
    let told: Vec<(&Disclosure, Region)> =
        audited.iter().zip(completed).map(|((disclosure, _), region)| (disclosure, region)).collect();
    let groups = organization::group(config, &told, &mut problems);

    let mut site = publication::publish(groups, audited, &mut problems);
    department::find_parents(&mut site);
    for index in 0..site.departments.len() {
        let department = &site.departments[index];
        let (trend, three_public) = (trend::trend(&site, department), three_public::years(&site, department));
        let comparisons = comparison::comparisons(&site, department, &three_public);
        let newest = department.disclosures.first().copied();
        let funding = newest.map(|newest| funding::sources(&site, newest)).unwrap_or_default();
        let department = &mut site.departments[index];
        department.funding = funding;
        (department.trend, department.comparisons, department.three_public) = (trend, comparisons, three_public);
        site.departments[index].movement = movement::movement(&site, &site.departments[index]);
    }
    for index in 0..site.regions.len() {
        site.regions[index].totals = total::expenditure(&site, &site.regions[index].all_departments);
    }
    site.glossary = glossary::glossary(&site);
    site.revisions = revision::revisions(&site);
    site.codes = codes::codes(&site);
    site.three_public = three_public::totals(&site);
    let (peer_groups, of_departments) = peers::groups(&site);
    site.peer_groups = peer_groups;
    site.departments.iter_mut().zip(of_departments).for_each(|(department, group)| department.peer_group = group);
    site.coverage = coverage::coverage(&site);
    problems.extend(site.disclosures.iter().flat_map(|published| published.disclosure.diagnostics.iter().cloned()));
    diagnostic::sort(&mut problems);
    site.diagnostics = problems;
    site
}
