//! Slugs that are taken.

use std::collections::BTreeMap;

/// The slug itself when it is free, else with the first free counter behind it.
pub(super) fn unique(taken: &mut BTreeMap<String, u32>, wanted: &str) -> String {
    let mut slug = wanted.to_owned();
    while taken.contains_key(&slug) {
        let counter = taken.entry(wanted.to_owned()).or_insert(1);
        *counter += 1;
        slug = format!("{wanted}-{counter}");
    }
    taken.insert(slug.clone(), 1);
    slug
}
