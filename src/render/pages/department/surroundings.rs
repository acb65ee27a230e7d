//! What the page of a department shows of the rest of the site. The page takes it from here and from nowhere else, so
//! that it stays as it is while neither the department nor this changes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::peers::Peers;
use crate::assemble::{Department, Site};
use crate::render::page::Renderer;
use crate::render::pages::code::function_href;
use crate::render::pages::glossary::TermLinks;

/// Our names of what the page explains where the glossary knows it.
const EXPLAINED: [&str; 9] = [
    "card.expenditure_total",
    "card.basic",
    "card.project",
    "card.three_public",
    "nature.basic",
    "nature.personnel",
    "nature.operating",
    "nature.project",
    "figure.carried_in",
];

/// What a department's page shows of the rest of the site.
#[derive(Debug, Serialize)]
pub(super) struct Surroundings {
    /// The regions that the department lies in, from the largest to its own: name and address.
    pub(super) regions: Vec<(String, String)>,
    /// The department whose figures contain those of this one: name and address.
    pub(super) part_of: Option<(String, String)>,
    /// The addresses of its units' own pages, by the name that it gives the unit.
    pub(super) units: BTreeMap<String, String>,
    /// The links to the pages of the functional codes of its newest disclosure, by code.
    pub(super) functions: BTreeMap<String, String>,
    /// Link and explanation of the names in its tables, by name.
    pub(super) terms: BTreeMap<String, (String, String)>,
    /// Where it stands among those that can be compared with it.
    pub(super) peers: Option<Peers>,
}

/// The departments of a site by what makes them neighbours, found once for all pages.
pub(super) struct Neighbours<'s> {
    site: &'s Site,
    /// For each department those that are part of it.
    parts: Vec<Vec<usize>>,
    terms: TermLinks<'s>,
}

impl<'s> Neighbours<'s> {
    pub(super) fn new(renderer: &Renderer<'s>) -> Self {
        let site = renderer.site;
        let mut parts = vec![Vec::new(); site.departments.len()];
        for (index, department) in site.departments.iter().enumerate() {
            department.part_of.into_iter().for_each(|whole| parts[whole].push(index));
        }
        Neighbours { site, parts, terms: TermLinks::new(renderer) }
    }

    /// The surroundings of a department, an index of the site.
    pub(super) fn of(&self, renderer: &Renderer<'_>, index: usize) -> Surroundings {
        let site = self.site;
        let department = &site.departments[index];
        let named = |other: &Department| (other.name.clone(), other.url.clone());
        Surroundings {
            regions: crate::render::pages::region_path(renderer, department.region_node),
            part_of: department.part_of.map(|whole| named(&site.departments[whole])),
            units: self.units(index),
            functions: functions(renderer, department),
            terms: self.terms(renderer, department),
            peers: Peers::new(renderer, index),
        }
    }

    /// The pages of units that publish for themselves.
    fn units(&self, index: usize) -> BTreeMap<String, String> {
        let site = self.site;
        let bare = |name: &'_ str| name.trim_end_matches("（本级）").to_owned();
        let newest = site.newest(&site.departments[index]);
        let units = newest.into_iter().flat_map(|newest| &newest.disclosure.units);
        let own_page = |name: &str| {
            let mut parts = self.parts[index].iter().map(|part| &site.departments[*part]);
            parts.find(|part| bare(&part.name) == bare(name))
        };
        units.filter_map(|unit| Some((unit.name.to_string(), own_page(&unit.name)?.url.clone()))).collect()
    }

    /// The terms among the names that the page explains: ours, and those of its sources of funds.
    fn terms(&self, renderer: &Renderer<'_>, department: &Department) -> BTreeMap<String, (String, String)> {
        let funds = department.funding.iter().map(|source| source.label.as_str());
        let names = EXPLAINED.map(|key| renderer.words.get(key)).into_iter().chain(funds);
        let explained = |name: &str| Some((name.to_owned(), self.terms.of(&department.url, name)?));
        names.filter_map(explained).collect()
    }
}

fn functions(renderer: &Renderer<'_>, department: &Department) -> BTreeMap<String, String> {
    let newest = renderer.site.newest(department);
    let codes = newest.into_iter().flat_map(|newest| &newest.disclosure.functions).map(|function| &function.code);
    let linked =
        |code: &compact_str::CompactString| Some((code.to_string(), function_href(renderer, &department.url, code)?));
    codes.filter_map(linked).collect()
}
