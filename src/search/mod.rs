//! The search index: JSON shards that a static page queries without a server. In: the [`Site`]. Out: a manifest,
//! records in shards, and for every n-gram the records that hold it; [`query`] answers from those files alone, and so
//! does `static/search.js`. docs/search-index.md describes the files.

mod anchors;
mod collect;
mod fallback;
mod manifest;
mod normalize;
mod postings;
mod query;
mod rank;
mod reader;
mod record;
mod shards;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

pub use normalize::normalize;
pub use query::{Hit, QueryError, query};
pub use rank::Tier;
pub use record::RecordType;

use crate::assemble::Site;
use crate::model::Kind;
use crate::output::Output;
use manifest::{Counts, Departments, Disclosures, FIELDS, Manifest, Regions, VERSION, Word};
use record::Record;
use shards::Limits;

/// Writes the index under `search/`.
pub fn write(site: &Site, output: &dyn Output) {
    write_within(site, Limits::default(), output);
}

fn write_within(site: &Site, limits: Limits, output: &dyn Output) {
    let groups = groups(site);
    let records: Vec<&Record<'_>> = groups.iter().flatten().collect();
    let manifest = Manifest {
        version: VERSION,
        counts: counts(&records),
        fields: FIELDS.map(str::to_owned).to_vec(),
        types: RecordType::ALL.map(|kind| word(kind.word(), kind.label())).to_vec(),
        kinds: KINDS.map(|kind| word(kind.word(), kind.label())).to_vec(),
        years: years(site),
        regions: regions(site),
        departments: departments(site),
        disclosures: disclosures(site, &groups),
        docs: shards::write_docs(&records, limits, output),
        grams: shards::write_grams(&postings::postings(&groups), limits, output),
    };
    output.write("search/fallback.js", fallback::script(&manifest, &records));
    output.write("search/manifest.json", json(&manifest));
}

/// The kinds in the order of the manifest.
const KINDS: [Kind; 2] = [Kind::Budget, Kind::Final];

/// The records: first one of each department, then those of each disclosure.
fn groups(site: &Site) -> Vec<Vec<Record<'_>>> {
    let mut groups = vec![site.departments.iter().map(|department| collect::department(site, department)).collect()];
    groups.par_extend(site.disclosures.par_iter().map(collect::records));
    groups
}

fn counts(records: &[&Record<'_>]) -> Counts {
    let mut by_type: BTreeMap<String, u32> = RecordType::ALL.iter().map(|kind| (kind.word().to_owned(), 0)).collect();
    for record in records {
        *by_type.entry(record.kind.word().to_owned()).or_default() += 1;
    }
    Counts { records: records.len() as u32, by_type }
}

fn word(id: &str, label: &str) -> Word {
    Word { id: id.to_owned(), label: label.to_owned() }
}

fn years(site: &Site) -> Vec<u16> {
    let years: BTreeSet<u16> = site.disclosures.iter().filter_map(|it| it.disclosure.identity.year).collect();
    years.into_iter().rev().collect()
}

fn regions(site: &Site) -> Regions {
    Regions {
        slug: site.regions.iter().map(|region| region.slug.clone()).collect(),
        name: site.regions.iter().map(|region| region.name.clone()).collect(),
        parent: site.regions.iter().map(|region| index_or_none(region.parent)).collect(),
    }
}

fn departments(site: &Site) -> Departments {
    Departments {
        slug: site.departments.iter().map(|department| department.slug.clone()).collect(),
        name: site.departments.iter().map(|department| department.name.clone()).collect(),
        region: site.departments.iter().map(|department| index_or_none(department.region_node)).collect(),
    }
}

fn disclosures(site: &Site, groups: &[Vec<Record<'_>>]) -> Disclosures {
    let mut columns = Disclosures::default();
    let mut first = groups.first().map_or(0, Vec::len) as u32;
    for (published, group) in site.disclosures.iter().zip(groups.iter().skip(1)) {
        let identity = &published.disclosure.identity;
        columns.department.push(published.department as u32);
        columns.year.push(identity.year.unwrap_or_default());
        columns.kind.push(index_or_none(identity.kind.and_then(|kind| KINDS.iter().position(|known| *known == kind))));
        columns.url.push(published.url.clone());
        columns.first.push(first);
        first += group.len() as u32;
    }
    columns
}

fn index_or_none(index: Option<usize>) -> i32 {
    index.and_then(|index| i32::try_from(index).ok()).unwrap_or(-1)
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("strings and numbers can be written as JSON")
}

#[cfg(test)]
mod tests;
