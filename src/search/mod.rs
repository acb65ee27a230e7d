//! The search index: JSON shards that a static page queries without a server. In: the [`Site`]. Out: a manifest,
//! records in shards, and for every n-gram the records that hold it; [`query`] answers from those files alone, and so
//! does `static/search-engine.js`. docs/search-index.md describes the files.

mod anchors;
mod boundaries;
mod candidates;
mod collect;
mod fallback;
mod gram;
mod kinds;
mod manifest;
mod nearest;
mod normalize;
mod opensearch;
mod order;
mod places;
mod postings;
mod query;
mod range;
mod rank;
mod reader;
mod record;
mod shards;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use kinds::RecordType;
pub use normalize::normalize;
pub use opensearch::describe;
pub use query::{Answer, Hit, Searcher, query};
pub use rank::Tier;
pub use reader::QueryError;

use crate::assemble::{Classification, PublishedDisclosure, Site};
use crate::output::Output;
use crate::vocabulary::Vocabulary;
use gram::{Field, Gram};
use manifest::{Counts, Manifest, Regions, VERSION, Word};
use order::KINDS;
use postings::Postings;
use record::{Page, Record};
use shards::{Docs, Limits};

/// What a disclosure adds to the index: a function of that disclosure alone, so that it can be kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entries(Vec<Record>);

/// The entries of a disclosure.
pub fn entries(published: &PublishedDisclosure) -> Entries {
    Entries(collect::records(published))
}

/// Writes the index under `search/`.
pub fn write(site: &Site, output: &dyn Output) {
    let entries = site.disclosures.par_iter().map(entries).collect();
    write_within(site, entries, Limits::default(), output);
}

/// Writes the index from the entries of the site's disclosures, in their order. Of the disclosures themselves it needs
/// no more than address, department, year and kind.
pub fn write_entries(site: &Site, entries: Vec<Entries>, output: &dyn Output) {
    write_within(site, entries, Limits::default(), output);
}

fn write_within(site: &Site, entries: Vec<Entries>, limits: Limits, output: &dyn Output) {
    let (records, pages) = collect(site, entries);
    let Docs { files, starts, mut filed } = shards::write_docs(&records, &pages, limits, output);
    filed.add_contexts(&pages);
    let lists = filed.into_lists();
    let manifest = Manifest {
        version: VERSION,
        counts: counts(&records),
        types: RecordType::ALL.map(|kind| word(kind.word(), kind.label())).to_vec(),
        kinds: KINDS.map(|kind| word(kind.word(), kind.label())).to_vec(),
        ranges: range::ranges(),
        classes: classes(site, &records),
        regions: regions(site),
        segments: order::segments(&records, &pages, &starts),
        docs: files,
        grams: shards::write_grams(&lists, limits, output),
        common: common(&lists, starts.len()),
        glyphs: glyphs(&records, &pages),
    };
    output.write("search/fallback.js", fallback::script(&manifest, &records, &pages, &starts));
    output.write("search/manifest.json", json(&manifest));
}

/// The n-grams of two characters that stand in more than half of the shards, and those in more than an eighth: at most
/// so many each, those of most shards.
fn common(lists: &[(u64, Postings)], shards: usize) -> [String; 2] {
    const MOST: usize = 300;
    const FEW: usize = 3;
    let mut known: BTreeMap<Gram, usize> = BTreeMap::new();
    for (key, list) in lists {
        let (gram, field) = Gram::of_key(*key);
        if list.shards() > (shards / 8).max(FEW) && !matches!(field, Field::Context | Field::Facet) {
            let count = known.entry(gram).or_default();
            *count = list.shards().max(*count);
        }
    }
    known.retain(|gram, _| gram.text().chars().count() == 2);
    let mut all: Vec<(usize, Gram)> = known.into_iter().map(|(gram, count)| (count, gram)).collect();
    all.sort_by_key(|(count, gram)| (std::cmp::Reverse(*count), *gram));
    let (most, many) = all.split_at(all.partition_point(|(count, _)| *count > shards / 2).min(MOST));
    [most, many].map(|grams| {
        let mut grams: Vec<Gram> = grams.iter().take(MOST).map(|(_, gram)| *gram).collect();
        grams.sort_unstable();
        grams.into_iter().map(Gram::text).collect()
    })
}

/// All records in their order, and the pages on which they stand.
fn collect(site: &Site, entries: Vec<Entries>) -> (Vec<Record>, Vec<Page>) {
    let mut pages: Vec<Page> = site.departments.iter().map(|it| collect::department_page(site, it)).collect();
    pages.extend(site.disclosures.iter().map(|it| collect::disclosure_page(site, it)));
    let departments = site.departments.iter().map(|it| Entries(vec![collect::department(site, it)]));
    let groups: Vec<Entries> = departments.chain(entries).collect();
    let mut records = Vec::with_capacity(groups.iter().map(|group| group.0.len()).sum());
    for (group, page) in groups.into_iter().zip(0..) {
        records.extend(group.0.into_iter().map(|record| Record { page, ..record }));
    }
    order::sort(&mut records, &pages);
    (records, pages)
}

fn counts(records: &[Record]) -> Counts {
    let mut by_type: BTreeMap<String, u32> = RecordType::ALL.iter().map(|kind| (kind.word().to_owned(), 0)).collect();
    for record in records {
        *by_type.entry(record.kind.word().to_owned()).or_default() += 1;
    }
    Counts { records: records.len() as u32, by_type }
}

fn word(id: &str, label: &str) -> Word {
    Word { id: id.to_owned(), label: label.to_owned() }
}

/// The functional classes of the records, by code, with the names that the pages of the codes have.
fn classes(site: &Site, records: &[Record]) -> Vec<Word> {
    let codes: BTreeSet<&str> = records.iter().filter_map(Record::class).collect();
    let printed = |code: &str| {
        let classes = site.codes.iter().filter(|item| item.classification == Classification::Function);
        classes.map(|item| (&*item.code, &*item.name)).find(|(it, name)| *it == code && !name.is_empty())
    };
    let builtin = |code| Vocabulary::builtin().names.function_name(code).unwrap_or(code);
    codes.into_iter().map(|code| word(code, printed(code).map_or_else(|| builtin(code), |(_, name)| name))).collect()
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
fn glyphs(records: &[Record], pages: &[Page]) -> String {
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
