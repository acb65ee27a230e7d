//! The home page: what this is, how much there is, the departments by region, the newest documents, the three public
//! expenses, how to read.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use crate::assemble::{Department, PublishedDisclosure};
use crate::model::Kind;
use crate::render::elements::check_counts::CheckCounts;
use crate::render::elements::department_list::edition;
use crate::render::elements::exhibit::Link;
use crate::render::page::{Page, Renderer};
use crate::render::pages::three_public;
use crate::render::wording::figure::Figures;
use crate::render::wording::{links, number};

/// With more departments than this the home page lists regions only.
const MOST_DEPARTMENTS: usize = 120;
/// How many new documents the home page shows.
const NEWEST: usize = 6;
const URL: &str = "";

/// Writes the home page.
pub(super) fn write(renderer: &Renderer<'_>) {
    let words = &renderer.words;
    let coverage = renderer.site.coverage;
    let mut context = Context::new();
    context.insert("coverage", &facts(renderer));
    context.insert("checks", &CheckCounts::new(words, coverage.checks));
    context.insert("regions", &regions(renderer));
    context.insert("all_listed", &(renderer.site.departments.len() <= MOST_DEPARTMENTS));
    context.insert("newest", &newest(renderer));
    context.insert("status", &status(renderer));
    let three_public = renderer.site.main_three_public();
    let three_public = three_public.map(|total| three_public::sentence(renderer, URL, total).html());
    context.insert("three_public", &three_public);
    let page = Page {
        url: URL.to_owned(),
        title: renderer.config.title.clone(),
        description: renderer.config.description.clone(),
        section: "home",
        ..Page::default()
    };
    renderer.page(&page, "home.html", context);
}

/// A number with what it counts.
#[derive(Debug, Serialize)]
pub(super) struct Fact {
    number: String,
    label: String,
}

/// How much the site holds.
pub(super) fn facts(renderer: &Renderer<'_>) -> Vec<Fact> {
    let coverage = renderer.site.coverage;
    let fact = |number: String, key: &str| Fact { number, label: renderer.words.get(key).to_owned() };
    let years = match coverage.years {
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first}–{last}"),
        None => "—".to_owned(),
    };
    let regions = (coverage.regions > 0).then(|| fact(number::count(coverage.regions as u64), "home.with_departments"));
    let others = [
        fact(number::count(coverage.departments as u64), "home.departments"),
        fact(number::count(coverage.disclosures as u64), "home.disclosures"),
        fact(years, "home.years"),
        fact(number::count(coverage.placed), "home.amounts"),
    ];
    regions.into_iter().chain(others).collect()
}

/// A region with its own departments.
#[derive(Debug, Serialize)]
struct RegionValues {
    name: String,
    above: String,
    href: Option<String>,
    count: String,
    departments: Vec<DepartmentValues>,
}

#[derive(Debug, Serialize)]
struct DepartmentValues {
    name: String,
    href: String,
    edition: String,
    amount: String,
    part: bool,
}

fn regions(renderer: &Renderer<'_>) -> Vec<RegionValues> {
    let site = renderer.site;
    let mut listed: Vec<RegionValues> = Vec::new();
    for node in site.regions.iter().filter(|node| !node.departments.is_empty()) {
        let above = super::region_path(renderer, node.parent).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        listed.push(RegionValues {
            name: node.name.clone(),
            above: above.join(" "),
            href: Some(links::href(URL, &node.url)),
            count: node.departments.len().to_string(),
            departments: departments(renderer, node.departments.iter().map(|index| &site.departments[*index])),
        });
    }
    let homeless: Vec<&Department> = site.departments.iter().filter(|one| one.region_node.is_none()).collect();
    if !homeless.is_empty() {
        listed.push(RegionValues {
            name: renderer.words.get("home.no_region").to_owned(),
            above: String::new(),
            href: None,
            count: homeless.len().to_string(),
            departments: departments(renderer, homeless.into_iter()),
        });
    }
    listed
}

fn departments<'a>(
    renderer: &Renderer<'_>,
    departments: impl Iterator<Item = &'a Department>,
) -> Vec<DepartmentValues> {
    if renderer.site.departments.len() > MOST_DEPARTMENTS {
        return Vec::new();
    }
    let figures = Figures::new(renderer.site, &renderer.words, URL);
    let values = |department: &Department| {
        let newest = department.disclosures.first().copied();
        let amount = newest.and_then(|index| {
            let amount = renderer.site.disclosures[index].disclosure.figures.expenditure_total.as_ref()?;
            // One unit for the whole list, so that its numbers can be compared.
            Some(figures.amount(index, amount).html_with_unit())
        });
        DepartmentValues {
            name: department.name.clone(),
            href: links::href(URL, &department.url),
            edition: newest.map(|index| edition(renderer, index)).unwrap_or_default(),
            amount: amount.unwrap_or_else(|| figures.absent(crate::assemble::Absence::NotTold).html()),
            part: department.part_of.is_some(),
        }
    };
    departments.map(values).collect()
}

/// A new document.
#[derive(Debug, Serialize)]
struct NewestValues {
    link: Link,
    published: Option<String>,
    checks: CheckCounts,
}

/// The newest documents by date of publication, then by year.
fn newest(renderer: &Renderer<'_>) -> Vec<NewestValues> {
    let mut current: Vec<(usize, &PublishedDisclosure)> = renderer.site.current().collect();
    current.sort_by_key(|(index, published)| {
        let identity = &published.disclosure.identity;
        (Reverse(identity.published.clone()), Reverse(identity.year), *index)
    });
    let values = |(_, published): (usize, &PublishedDisclosure)| NewestValues {
        link: Link { label: published.title.clone(), href: links::href(URL, &published.url) },
        published: published.disclosure.identity.published.as_deref().map(|date| renderer.words.date(date)),
        checks: CheckCounts::new(&renderer.words, published.ledger.counts),
    };
    current.into_iter().take(NEWEST).map(values).collect()
}

/// How many documents of each kind a year has.
#[derive(Debug, Serialize)]
struct YearValues {
    year: u16,
    budgets: usize,
    finals: usize,
    others: usize,
}

fn status(renderer: &Renderer<'_>) -> Vec<YearValues> {
    let mut years: BTreeMap<Reverse<u16>, YearValues> = BTreeMap::new();
    for (_, published) in renderer.site.current() {
        let identity = &published.disclosure.identity;
        let Some(year) = identity.year else { continue };
        let values = years.entry(Reverse(year)).or_insert(YearValues { year, budgets: 0, finals: 0, others: 0 });
        match identity.kind {
            Some(Kind::Budget) => values.budgets += 1,
            Some(Kind::Final) => values.finals += 1,
            None => values.others += 1,
        }
    }
    years.into_values().collect()
}
