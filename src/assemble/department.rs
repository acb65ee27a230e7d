//! Which department contains which: a unit that publishes for itself is counted in its department already.

use std::collections::BTreeMap;

use super::organization::comparable;
use super::site::Site;
use crate::model::Level;

/// Finds for each unit with a page of its own the department that contains it.
pub(super) fn find_parents(site: &mut Site) {
    let mut containing: BTreeMap<String, usize> = BTreeMap::new();
    for (index, department) in site.departments.iter().enumerate() {
        if is_unit(site, index) {
            continue;
        }
        containing.insert(bare_name(&department.name), index);
        let units =
            department.disclosures.iter().flat_map(|disclosure| &site.disclosures[*disclosure].disclosure.units);
        for unit in units {
            containing.entry(bare_name(&unit.name)).or_insert(index);
        }
    }
    for index in 0..site.departments.len() {
        if is_unit(site, index) {
            site.departments[index].part_of = containing.get(&bare_name(&site.departments[index].name)).copied();
        }
    }
}

/// True when the department's newest disclosure is that of a single unit.
fn is_unit(site: &Site, department: usize) -> bool {
    let newest = site.newest(&site.departments[department]);
    newest.is_some_and(|published| published.disclosure.identity.level == Level::Unit)
}

/// A name without the remark that only the unit itself is meant.
fn bare_name(name: &str) -> String {
    comparable(name).replace("（本级）", "").trim_end_matches("本级").to_owned()
}
