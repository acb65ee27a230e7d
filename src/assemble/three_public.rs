//! The three public expenses of a department over the years, and of all departments in one year.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::site::{Department, Site, Sourced};
use super::total::Sum;
use crate::model::{Origin, Phase, ThreePublicPart};

/// The three public expenses of one year and phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreePublicYear {
    /// The fiscal year.
    pub year: u16,
    /// Budget or final.
    pub phase: Phase,
    /// Each part in contract order; `None` when nothing tells it.
    pub parts: [Option<Sourced>; 6],
}

impl ThreePublicYear {
    /// The amount of a part.
    pub fn part(&self, part: ThreePublicPart) -> Option<&Sourced> {
        self.parts[position(part)].as_ref()
    }
}

/// One year's three public expenses of all departments together, as their own documents of that year state them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreePublicTotal {
    /// The fiscal year.
    pub year: u16,
    /// Budget or final.
    pub phase: Phase,
    /// Each part in contract order: the sum and how many departments state it.
    pub parts: [(Sum, usize); 6],
    /// How many departments disclosed this year and phase.
    pub of: usize,
    /// Those that state the total, as indices into [`Site::departments`].
    pub members: Vec<usize>,
}

/// What the documents of a department tell, oldest first, budget before final account. A value that stands in a
/// document is preferred to a derived one, and the document of the year itself to one of another year.
pub(super) fn years(site: &Site, department: &Department) -> Vec<ThreePublicYear> {
    let mut years: BTreeMap<(u16, Phase), ThreePublicYear> = BTreeMap::new();
    for index in &department.disclosures {
        let disclosure = &site.disclosures[*index].disclosure;
        // A row without a year cannot be placed in time.
        for row in disclosure.three_public.iter().filter(|row| row.year > 0) {
            let empty = ThreePublicYear { year: row.year, phase: row.phase, parts: Default::default() };
            let year = years.entry((row.year, row.phase)).or_insert(empty);
            for part in ThreePublicPart::ALL {
                let Some(amount) = row.part(part) else { continue };
                let candidate = Sourced { disclosure: *index, amount: amount.clone() };
                let kept = &mut year.parts[position(part)];
                if kept.as_ref().is_none_or(|kept| trust(site, row.year, &candidate) > trust(site, row.year, kept)) {
                    *kept = Some(candidate);
                }
            }
        }
    }
    years.retain(|_, year| year.parts.iter().any(Option::is_some));
    years.into_values().collect()
}

/// The sums over all departments, newest year first. Units that a listed department contains are left out.
pub(super) fn totals(site: &Site) -> Vec<ThreePublicTotal> {
    let mut totals: BTreeMap<(Reverse<u16>, Reverse<Phase>), ThreePublicTotal> = BTreeMap::new();
    let departments = site.departments.iter().enumerate();
    for (index, department) in departments.filter(|(_, department)| department.part_of.is_none()) {
        for year in &department.three_public {
            let stated = |part: &Option<Sourced>| part.clone().filter(|part| is_own(site, year.year, part));
            let parts: Vec<Option<Sourced>> = year.parts.iter().map(stated).collect();
            if parts.iter().all(Option::is_none) {
                continue;
            }
            let empty = ThreePublicTotal {
                year: year.year,
                phase: year.phase,
                parts: Default::default(),
                of: 0,
                members: Vec::new(),
            };
            let total = totals.entry((Reverse(year.year), Reverse(year.phase))).or_insert(empty);
            total.of += 1;
            if parts[position(ThreePublicPart::Total)].is_some() {
                total.members.push(index);
            }
            for ((sum, count), part) in total.parts.iter_mut().zip(parts) {
                if let Some(part) = part {
                    sum.add(&part.amount);
                    *count += 1;
                }
            }
        }
    }
    totals.into_values().collect()
}

fn position(part: ThreePublicPart) -> usize {
    ThreePublicPart::ALL.iter().position(|other| *other == part).unwrap_or(0)
}

/// How much a value is to be preferred: it stands somewhere, and in the year's own document.
fn trust(site: &Site, year: u16, value: &Sourced) -> (bool, bool) {
    let derived = matches!(value.amount.origin, Origin::Derived { .. });
    (!derived, site.disclosures[value.disclosure].disclosure.identity.year == Some(year))
}

/// True when the year's own document states the value, and not only a change on it.
fn is_own(site: &Site, year: u16, value: &Sourced) -> bool {
    trust(site, year, value) == (true, true)
}
