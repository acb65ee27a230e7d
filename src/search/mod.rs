//! The search index: JSON shards that a static page queries without a server. In: the [`Site`]. Out: a manifest,
//! records in shards, and for every n-gram the records that hold it; [`query`] answers from those files alone, and so
//! does `static/search-engine.js`. docs/search-index.md describes the files.

mod anchors;
mod boundaries;
mod candidates;
mod collect;
mod docs;
mod entries;
mod fallback;
mod glyphs;
mod gram;
mod kept;
mod kinds;
mod manifest;
mod names;
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
mod survey;

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

pub use entries::{Entries, EntryStore, PackLabel, entries};
pub use kept::{KeptShards, PortionStore};
pub use kinds::RecordType;
pub use normalize::normalize;
pub use opensearch::describe;
pub use query::{Answer, Hit, Searcher, query};
pub use rank::Tier;
pub use reader::QueryError;

use crate::assemble::Site;
use crate::output::Output;
use docs::Docs;
use entries::unpack;
use gram::{Field, Gram};
use manifest::{Manifest, Regions, VERSION, Word};
use order::KINDS;
use postings::Postings;
use record::{Page, Record};
use shards::Limits;
use survey::{OfPortion, Survey};

/// Writes the index under `search/`.
pub fn write(site: &Site, output: &dyn Output) {
    let entries: Vec<Entries> = site.disclosures.par_iter().map(|one| entries(site.rules, one)).collect();
    write_within(site, &entries, Limits::default(), None, output);
}

/// Writes the index from the entries of the site's disclosures. Of the disclosures themselves it needs no more than
/// address, department, year and kind. `kept` has portions of earlier builds.
pub fn write_entries(site: &Site, entries: &dyn EntryStore, kept: Option<&dyn PortionStore>, output: &dyn Output) {
    write_within(site, entries, Limits::default(), kept, output);
}

fn write_within(
    site: &Site,
    entries: &dyn EntryStore,
    limits: Limits,
    kept: Option<&dyn PortionStore>,
    output: &dyn Output,
) {
    let packed = Packed::new(site, entries);
    let pages = packed.pages.as_slice();
    let portions = order::portions(pages, packed.departments.len(), |page| packed.labels(page));
    let total = (0..pages.len()).flat_map(|page| packed.labels(page as u32)).map(|label| label.records as usize).sum();
    let mut docs = Docs::new(total, pages, limits, output);
    let mut survey = Survey::default();
    for (segment, packs) in portions {
        let count: u32 = packs.iter().map(|(page, number)| packed.labels(*page)[*number].records).sum();
        let is_alone = count as usize >= limits.alone;
        let store = kept.filter(|_| is_alone).map(|store| (store, kept::name(segment, &packs, &packed, limits)));
        if is_alone {
            docs.close(&mut |_| {});
        }
        if let Some((kept, shards)) = store.as_ref().and_then(|(store, name)| kept::recall(*store, name, &packs)) {
            survey.add(segment, docs.next(), kept.survey, pages);
            docs.push_kept(&kept.shards, &shards);
            continue;
        }
        docs.push(packed.records(&packs));
        let first = docs.last().next().map_or(0, |(_, shard, _)| shard);
        let mut of_portion = OfPortion::last(&docs, pages);
        if let Some((store, name)) = &store {
            of_portion = kept::remember(*store, name, &packs, of_portion, &mut docs);
        } else if is_alone {
            docs.close(&mut |_| {});
        }
        survey.add(segment, first, of_portion, pages);
    }
    let (files, mut filed) = docs.finish();
    filed.add_contexts(pages);
    let lists = filed.into_lists();
    let manifest = Manifest {
        version: VERSION,
        types: RecordType::ALL.map(|kind| word(kind.word(), kind.label())).to_vec(),
        kinds: KINDS.map(|kind| word(kind.word(), kind.label())).to_vec(),
        ranges: range::ranges(),
        regions: regions(site),
        grams: shards::write_grams(&lists, limits, output),
        common: common(&lists, files.count),
        counts: survey.counts(),
        classes: survey.classes(site),
        glyphs: survey.glyphs(pages),
        segments: std::mem::take(&mut survey.segments),
        docs: files,
    };
    output.write("search/fallback.js", fallback::script(&manifest, survey.chosen(), pages));
    output.write("search/manifest.json", json(&manifest));
}

/// The records of a site as they are kept, those of departments first, by their pages.
struct Packed<'e> {
    pages: Vec<Page>,
    departments: Vec<Entries>,
    entries: &'e dyn EntryStore,
}

impl<'e> Packed<'e> {
    fn new(site: &Site, entries: &'e dyn EntryStore) -> Self {
        let mut pages: Vec<Page> = site.departments.iter().map(|it| collect::department_page(site, it)).collect();
        pages.extend(site.disclosures.iter().map(|it| collect::disclosure_page(site, it)));
        let department = |it| Entries::new(vec![collect::department(site, it)]);
        Packed { pages, departments: site.departments.iter().map(department).collect(), entries }
    }

    fn labels(&self, page: u32) -> &[PackLabel] {
        let page = page as usize;
        let of_department = self.departments.get(page).map(|entries| entries.labels.as_slice());
        of_department.unwrap_or_else(|| self.entries.labels(page - self.departments.len()))
    }

    /// The records of a portion in their order.
    fn records(&self, packs: &order::Packs) -> Vec<Record> {
        let unpacked = packs.par_iter().map(|(page, number)| {
            let at = *page as usize;
            let of_department = self.departments.get(at).map(|entries| Cow::Borrowed(&*entries.packs[*number]));
            let bytes = of_department.unwrap_or_else(|| self.entries.pack(at - self.departments.len(), *number));
            unpack(&bytes, *page)
        });
        let unpacked: Vec<Vec<Record>> = unpacked.collect();
        let mut records: Vec<Record> = unpacked.into_iter().flatten().collect();
        order::sort(&mut records);
        records
    }
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

fn word(id: &str, label: &str) -> Word {
    Word { id: id.to_owned(), label: label.to_owned() }
}

fn regions(site: &Site) -> Regions {
    Regions {
        slug: site.regions.iter().map(|region| region.slug.clone()).collect(),
        name: site.regions.iter().map(|region| region.name.clone()).collect(),
        parent: site.regions.iter().map(|region| index_or_none(region.parent)).collect(),
    }
}

fn index_or_none(index: Option<usize>) -> i32 {
    index.and_then(|index| i32::try_from(index).ok()).unwrap_or(-1)
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("strings and numbers can be written as JSON")
}

#[cfg(test)]
mod tests;
