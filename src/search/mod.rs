//! The search index: JSON shards that a static page queries without a server. In: the [`Site`]. Out: a manifest,
//! records in shards, and for every n-gram the records that hold it; [`query`] answers from those files alone, and so
//! does `static/search-engine.js`. docs/search-index.md describes the files.

mod anchors;
mod candidates;
mod collect;
mod fallback;
mod gram;
mod kinds;
mod lists;
mod manifest;
mod nearest;
mod normalize;
mod opensearch;
mod order;
mod postings;
mod query;
mod range;
mod rank;
mod reader;
mod record;
mod shards;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

pub use kinds::RecordType;
pub use normalize::normalize;
pub use opensearch::describe;
pub use query::{Answer, Hit, query};
pub use rank::Tier;
pub use reader::QueryError;

use crate::assemble::Site;
use crate::output::Output;
use crate::vocabulary::Vocabulary;
use manifest::{Counts, Manifest, Regions, VERSION, Word};
use order::KINDS;
use record::{Page, Record};
use shards::{Folder, Limits};

/// Writes the index under `search/`.
pub fn write(site: &Site, output: &dyn Output) {
    write_within(site, Limits::default(), output);
}

fn write_within(site: &Site, limits: Limits, output: &dyn Output) {
    let (records, pages) = collect(site);
    let name = folder(&records, &pages, limits);
    let folder = Folder { name: &name, output };
    let postings = postings::postings(&records, &pages);
    let classes = classes(&records);
    shards::write_facets(&records, &pages, &classes, limits.facets, folder);
    let manifest = Manifest {
        version: VERSION,
        folder: name.clone(),
        counts: counts(&records),
        types: RecordType::ALL.map(|kind| word(kind.word(), kind.label())).to_vec(),
        kinds: KINDS.map(|kind| word(kind.word(), kind.label())).to_vec(),
        ranges: range::ranges().map(|(id, label)| word(id, label)).collect(),
        classes,
        regions: regions(site),
        segments: order::segments(&records, &pages),
        docs: shards::write_docs(&records, &pages, limits.docs, folder),
        grams: shards::write_grams(&postings, limits, folder),
        facets: limits.facets,
        glyphs: glyphs(&records, &pages),
    };
    output.write("search/fallback.js", fallback::script(&manifest, &records, &pages));
    output.write("search/manifest.json", json(&manifest));
}

/// All records in their order, and the pages on which they stand.
fn collect(site: &Site) -> (Vec<Record<'_>>, Vec<Page>) {
    let mut pages: Vec<Page> = site.departments.iter().map(|it| collect::department_page(site, it)).collect();
    pages.extend(site.disclosures.iter().map(|it| collect::disclosure_page(site, it)));
    let mut groups: Vec<Vec<Record<'_>>> =
        site.departments.iter().map(|it| vec![collect::department(site, it)]).collect();
    groups.par_extend(site.disclosures.par_iter().map(collect::records));
    let mut records = Vec::with_capacity(groups.iter().map(Vec::len).sum());
    for (group, page) in groups.into_iter().zip(0..) {
        records.extend(group.into_iter().map(|record| Record { page, ..record }));
    }
    order::sort(&mut records, &pages);
    (records, pages)
}

/// The name of the folder of this index: a hash of everything from which its files are made.
fn folder(records: &[Record<'_>], pages: &[Page], limits: Limits) -> String {
    let hash = |records: &[Record<'_>]| {
        let mut bytes = Vec::new();
        records.iter().for_each(|record| record.append_to(&mut bytes));
        blake3::hash(&bytes)
    };
    let hashes: Vec<blake3::Hash> = records.par_chunks(4096).map(hash).collect();
    let mut hasher = blake3::Hasher::new();
    hashes.iter().for_each(|hash| {
        hasher.update(hash.as_bytes());
    });
    hasher.update(format!("{VERSION} {limits:?} {pages:?}").as_bytes());
    hasher.finalize().to_hex()[..16].to_owned()
}

fn counts(records: &[Record<'_>]) -> Counts {
    let mut by_type: BTreeMap<String, u32> = RecordType::ALL.iter().map(|kind| (kind.word().to_owned(), 0)).collect();
    for record in records {
        *by_type.entry(record.kind.word().to_owned()).or_default() += 1;
    }
    Counts { records: records.len() as u32, by_type }
}

fn word(id: &str, label: &str) -> Word {
    Word { id: id.to_owned(), label: label.to_owned() }
}

/// The functional classes of the records, by code.
fn classes(records: &[Record<'_>]) -> Vec<Word> {
    let codes: BTreeSet<&str> = records.iter().filter_map(Record::class).collect();
    let names = &Vocabulary::builtin().names;
    codes.into_iter().map(|code| word(code, names.function_name(code).unwrap_or(code))).collect()
}

fn regions(site: &Site) -> Regions {
    Regions {
        slug: site.regions.iter().map(|region| region.slug.clone()).collect(),
        name: site.regions.iter().map(|region| region.name.clone()).collect(),
        parent: site.regions.iter().map(|region| index_or_none(region.parent)).collect(),
    }
}

/// The pairs of the table of traditional characters of which one or the other occurs: no reader of the index needs
/// more.
fn glyphs(records: &[Record<'_>], pages: &[Page]) -> String {
    let used = records.par_chunks(4096).map(|records| {
        let texts = records.iter().flat_map(|record| [&*record.name, &*record.text, &*record.code]);
        texts.flat_map(str::chars).filter(|c| *c > '\u{3000}').collect::<BTreeSet<char>>()
    });
    let mut used = used.reduce(BTreeSet::new, |left, right| if left.is_empty() { right } else { &left | &right });
    used.extend(pages.iter().flat_map(|page| page.context.chars()));
    let pairs = normalize::traditional().filter(|(from, to)| used.contains(from) || used.contains(to));
    pairs.flat_map(|(from, to)| [from, to]).collect()
}

fn index_or_none(index: Option<usize>) -> i32 {
    index.and_then(|index| i32::try_from(index).ok()).unwrap_or(-1)
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("strings and numbers can be written as JSON")
}

#[cfg(test)]
mod tests;
