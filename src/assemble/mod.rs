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
mod kept;
mod moved;
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
pub use kept::drop_what_is_gathered;
pub use movement::{MovedPart, Movement, Nature};
pub use peers::PeerGroup;
pub use pinyin::{slug, sort_key};
pub use revision::{RevisedAmount, Revision};
pub use site::{Department, ListedProject, PublishedDisclosure, RegionNode, Site, Sourced};
pub use three_public::{ThreePublicTotal, ThreePublicYear};
pub use total::{ClassTotal, ExpenditureTotal, Sum};
pub use trend::TrendPoint;

use std::ops::Range;

use crate::config::SiteConfig;
use crate::diagnostic;
use crate::language::Language;
use crate::model::{Disclosure, DisclosureLedger, Region};

/// Puts disclosures together to a site. Never fails; what was assumed on the way is told in [`Site::diagnostics`],
/// together with what reading the documents had to say.
///
/// This holds every disclosure at once. A build of many takes the same steps department by department: [`plan`],
/// [`alone`], [`join`], [`complete`].
pub fn assemble(config: &SiteConfig, audited: Vec<(Disclosure, DisclosureLedger)>) -> Site {
    let mut site = plan(config, audited);
    for department in 0..site.departments.len() {
        over_years(&mut site, department);
    }
    let said = site.disclosures.iter().flat_map(|published| published.disclosure.diagnostics.iter().cloned());
    let said: Vec<_> = said.collect();
    site.diagnostics.extend(said);
    site.revisions = revision::revisions(&site);
    complete(&mut site);
    site
}

/// Which disclosures make which department, and where everything lies: names, regions, addresses, older versions. Of a
/// disclosure it reads the identity and the path of its main file, no more.
pub fn plan(config: &SiteConfig, audited: Vec<(Disclosure, DisclosureLedger)>) -> Site {
    let mut problems = Vec::new();
    let regions: Vec<Region> = audited.iter().map(|(disclosure, _)| disclosure.identity.region.clone()).collect();
    let completed = region::complete(&regions);
    let told: Vec<(&Disclosure, Region)> =
        audited.iter().zip(completed).map(|((disclosure, _), region)| (disclosure, region)).collect();
    let groups = organization::group(config, &told, &mut problems);
    let mut site = publication::publish(Language::of(&config.language), groups, audited, &mut problems);
    site.diagnostics = problems;
    site
}

/// Where the disclosures of each department stand in [`Site::disclosures`], older versions included.
pub fn ranges(site: &Site) -> Vec<Range<usize>> {
    let mut ranges = vec![0..0; site.departments.len()];
    let mut start = 0;
    for members in site.disclosures.chunk_by(|left, right| left.department == right.department) {
        ranges[members[0].department] = start..start + members.len();
        start += members.len();
    }
    ranges
}

/// A site of one planned department alone, with what follows over its years. `bodies` are its disclosures in the order
/// of the plan, where they stand in `range`. It knows no regions and no other department.
pub fn alone(plan: &Site, range: Range<usize>, bodies: Vec<(Disclosure, DisclosureLedger)>) -> Site {
    let Some(first) = plan.disclosures.get(range.start) else { return Site::default() };
    let mut department = plan.departments[first.department].clone();
    department.region_node = None;
    department.disclosures.iter_mut().for_each(|index| *index -= range.start);
    let place = |(planned, (disclosure, ledger)): (&PublishedDisclosure, _)| PublishedDisclosure {
        id: planned.id.clone(),
        url: planned.url.clone(),
        department: 0,
        title: planned.title.clone(),
        replaced_by: planned.replaced_by.map(|index| index - range.start),
        disclosure,
        ledger,
        economic: Vec::new(),
    };
    let disclosures = plan.disclosures[range.clone()].iter().zip(bodies).map(place).collect();
    let mut site = Site { disclosures, departments: vec![department], rules: plan.rules, ..Site::default() };
    over_years(&mut site, 0);
    site.projects = projects(&site);
    site.revisions = revision::revisions(&site);
    site
}

/// Puts a department that was worked on alone back into the plan that it comes from, where `first` is the place of its
/// first disclosure.
pub fn join(plan: &mut Site, first: usize, part: Site) {
    let Some(department) = plan.disclosures.get(first).map(|published| published.department) else { return };
    for (planned, done) in plan.disclosures[first..].iter_mut().zip(part.disclosures) {
        (planned.disclosure, planned.ledger, planned.economic) = (done.disclosure, done.ledger, done.economic);
    }
    for mut done in part.departments {
        moved::department(&mut done, first);
        let planned = &mut plan.departments[department];
        (planned.funding, planned.trend, planned.comparisons) = (done.funding, done.trend, done.comparisons);
        (planned.three_public, planned.movement) = (done.three_public, done.movement);
    }
    for mut revision in part.revisions {
        moved::revision(&mut revision, first);
        plan.revisions.push(revision);
    }
    plan.diagnostics.extend(part.diagnostics);
}

/// What follows from all departments together: who contains whom, sums, codes, terms, peers, counts.
pub fn complete(site: &mut Site) {
    department::find_parents(site);
    for index in 0..site.regions.len() {
        site.regions[index].totals = total::expenditure(site, &site.regions[index].all_departments);
    }
    site.projects = projects(site);
    site.glossary = glossary::glossary(site);
    site.revisions.sort_by_key(|revision| revision.older);
    site.codes = codes::codes(site);
    site.three_public = three_public::totals(site);
    let (peer_groups, of_departments) = peers::groups(site);
    site.peer_groups = peer_groups;
    site.departments.iter_mut().zip(of_departments).for_each(|(department, group)| department.peer_group = group);
    site.coverage = coverage::coverage(site);
    diagnostic::sort(&mut site.diagnostics);
}

/// What a department's disclosures tell together: trends, budget against final account, the three public expenses.
fn over_years(site: &mut Site, index: usize) {
    let department = &site.departments[index];
    let (trend, three_public) = (trend::trend(site, department), three_public::years(site, department));
    let comparisons = comparison::comparisons(site, department, &three_public);
    let newest = department.disclosures.first().copied();
    let funding = newest.map(|newest| funding::sources(site, newest)).unwrap_or_default();
    let department = &mut site.departments[index];
    department.funding = funding;
    (department.trend, department.comparisons, department.three_public) = (trend, comparisons, three_public);
    site.departments[index].movement = movement::movement(site, &site.departments[index]);
    for disclosure in site.departments[index].disclosures.clone() {
        site.disclosures[disclosure].economic =
            economic_figures(site.rules.names(), &site.disclosures[disclosure].disclosure);
    }
}

/// The projects of the disclosures that were not replaced, in their order.
fn projects(site: &Site) -> Vec<ListedProject> {
    let of_one = |(disclosure, published): (usize, &PublishedDisclosure)| {
        let (slug, edition) = published.id.split_once('/').unwrap_or((&published.id, ""));
        let listed = |project: usize| ListedProject {
            disclosure,
            project,
            url: format!("projects/{slug}/#{edition}-{}", project + 1),
        };
        (0..published.disclosure.projects.len()).map(listed).collect::<Vec<_>>()
    };
    site.current().flat_map(of_one).collect()
}
