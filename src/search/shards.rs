//! Shards: records and postings to files that stay small.

use std::collections::HashSet;

use rayon::prelude::*;
use serde::Serialize;

use super::gram::Gram;
use super::manifest::{DocShard, FacetShard, GramShard, List, Pages, Word};
use super::postings::{Postings, digits};
use super::record::{Page, Record};
use crate::export::yuan_text;
use crate::output::Output;

/// How large the files of the index may become, in bytes of JSON; compressed they are about a third of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// A document shard. A single record may be larger.
    pub(super) docs: usize,
    /// A posting shard. A single n-gram may be larger.
    pub(super) grams: usize,
    /// A list that stays in its shard.
    pub(super) inline: usize,
    /// A part of a longer list.
    pub(super) list: usize,
    /// Records in a facet shard.
    pub(super) facets: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { docs: 40_000, grams: 34_000, inline: 9_000, list: 32_000, facets: 8_192 }
    }
}

/// Takes the files of the index: all but the manifest lie in one folder, which is named by their content.
#[derive(Clone, Copy)]
pub(super) struct Folder<'o> {
    pub(super) name: &'o str,
    pub(super) output: &'o dyn Output,
}

impl Folder<'_> {
    fn write(&self, path: &str, value: &impl Serialize) {
        self.output.write(&format!("search/{}/{path}.json", self.name), super::json(value));
    }
}

/// Writes the document shards; tells how many records each holds.
pub(super) fn write_docs(records: &[Record], pages: &[Page], limit: usize, folder: Folder<'_>) -> Vec<u32> {
    let firsts = doc_firsts(records, pages, limit);
    let ends = firsts.iter().copied().skip(1).chain([records.len()]);
    let ranges: Vec<(usize, usize)> = firsts.iter().copied().zip(ends).collect();
    ranges.par_iter().enumerate().for_each(|(index, (first, end))| {
        folder.write(&format!("docs/{index}"), &doc_shard(&records[*first..*end], pages, *first as u32));
    });
    ranges.into_iter().map(|(first, end)| (end - first) as u32).collect()
}

/// Where each shard begins, so that none grows over the limit.
fn doc_firsts(records: &[Record], pages: &[Page], limit: usize) -> Vec<usize> {
    let mut firsts = Vec::new();
    let mut first = 0;
    while first < records.len() {
        firsts.push(first);
        let count = fitting(&records[first..], pages, limit);
        first += if first + count == records.len() { count } else { round(count) };
    }
    firsts
}

/// How many records fit into a shard, at least one. A text that the shard holds already counts little, for it vanishes
/// in compression.
fn fitting(records: &[Record], pages: &[Page], limit: usize) -> usize {
    let mut held: HashSet<&str> = HashSet::new();
    let mut size = 0;
    let fits = records.iter().take_while(|record| {
        let page = &pages[record.page as usize];
        let texts = [&record.name, &record.text, &record.code, &record.amount, &record.url].map(|text| text.as_str());
        let texts = texts.into_iter().chain([page.url.as_str(), page.department.as_str()]);
        size += RECORD + texts.map(|text| if held.insert(text) { text.len() } else { AGAIN }).sum::<usize>();
        size <= limit
    });
    fits.count().max(1)
}

/// The largest of some round numbers that is not above `count`. Each shard holds a round number of records, because
/// the manifest names these numbers for all shards, and many equal ones are short.
fn round(count: usize) -> usize {
    let power = 1 << count.max(1).ilog2();
    if count >= power + power / 2 { power + power / 2 } else { power }
}

/// What a record takes beside its texts, and a text that stands in the shard already, in bytes.
const RECORD: usize = 16;
const AGAIN: usize = 3;

/// Records of neighbouring numbers as a shard.
pub(super) fn doc_shard(records: &[Record], pages: &[Page], first: u32) -> DocShard {
    let texts = |field: fn(&Record) -> &str| records.iter().map(|record| field(record).to_owned()).collect();
    let mut used: Vec<u32> = records.iter().map(|record| record.page).collect();
    used.sort_unstable();
    used.dedup();
    let place = |record: &Record| used.partition_point(|page| *page < record.page) as u32;
    let aliased = records.iter().any(|record| !record.alias.is_empty());
    DocShard {
        first,
        pages: shard_pages(&used, pages),
        kind: records.iter().map(|record| record.kind as u8).collect(),
        name: texts(|record| &record.name),
        alias: if aliased { texts(|record| &record.alias) } else { Vec::new() },
        code: texts(|record| &record.code),
        text: texts(|record| &record.text),
        amount: texts(|record| &record.amount),
        yuan: records.iter().map(|record| record.yuan.map(yuan_text).unwrap_or_default()).collect(),
        page: records.iter().map(place).collect(),
        url: texts(|record| &record.url),
    }
}

fn shard_pages(used: &[u32], pages: &[Page]) -> Pages {
    let used = || used.iter().map(|page| &pages[*page as usize]);
    Pages {
        url: used().map(|page| page.url.clone()).collect(),
        department: used().map(|page| page.department.clone()).collect(),
        region: used().map(|page| super::index_or_none(page.region)).collect(),
    }
}

/// Writes the facet shards.
pub(super) fn write_facets(records: &[Record], pages: &[Page], classes: &[Word], size: usize, folder: Folder<'_>) {
    let class = |record: &Record| {
        super::index_or_none(record.class().and_then(|class| classes.iter().position(|word| word.id == class)))
    };
    records.par_chunks(size.max(1)).enumerate().for_each(|(index, records)| {
        let region = |record: &Record| super::index_or_none(pages[record.page as usize].region);
        let shard = FacetShard {
            region: records.iter().map(region).collect(),
            class: records.iter().map(class).collect(),
            kind: records.iter().map(|record| record.kind as u8).collect(),
        };
        folder.write(&format!("facets/{index}"), &shard);
    });
}

/// Writes the posting shards and the parts of the long lists; tells how many shards there are.
pub(super) fn write_grams(postings: &[(u64, Postings)], limits: Limits, folder: Folder<'_>) -> usize {
    let count = shard_count(postings, limits);
    let mut shards: Vec<Vec<(u64, &Postings, u32)>> = vec![Vec::new(); count];
    let mut long = 0;
    for (key, list) in postings {
        shards[Gram::of_key(*key).0.shard(count)].push((*key, list, long));
        long += u32::from(list.size() > limits.inline);
    }
    shards.par_iter().enumerate().for_each(|(index, members)| {
        let mut shard = GramShard::new();
        for (key, list, number) in members {
            let (gram, field) = Gram::of_key(*key);
            let fields = shard.entry(gram.text()).or_default();
            fields.insert(field.letter().to_owned(), write_list(list, *number, limits, folder));
        }
        folder.write(&format!("grams/{index}"), &shard);
    });
    count
}

/// The least power of two with which no shard grows over the limit, unless a single n-gram does.
fn shard_count(postings: &[(u64, Postings)], limits: Limits) -> usize {
    let size = |list: &Postings| if list.size() > limits.inline { 60 } else { list.size() };
    let sizes: Vec<(Gram, usize)> = postings.iter().map(|(key, list)| (Gram::of_key(*key).0, size(list))).collect();
    let mut count =
        (sizes.iter().map(|(_, size)| size).sum::<usize>() / limits.grams.max(1)).max(1).next_power_of_two();
    let most = count * 8;
    while count < most {
        let mut shards = vec![0; count];
        sizes.iter().for_each(|(gram, size)| shards[gram.shard(count)] += size);
        if shards.into_iter().max().unwrap_or(0) <= limits.grams {
            break;
        }
        count *= 2;
    }
    count
}

/// A list as it stands in its shard; a long one is written in parts.
fn write_list(list: &Postings, number: u32, limits: Limits, folder: Folder<'_>) -> List {
    let mut differences = list.differences();
    if list.size() <= limits.inline {
        return List::Inline(differences);
    }
    let (mut record, mut size, mut start, mut last) = (0, 0, 0, 0);
    let mut from = Vec::new();
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for (at, difference) in differences.iter_mut().enumerate() {
        record += *difference;
        size += digits(*difference, last);
        last = *difference;
        if at == 0 || size > limits.list * 8 {
            parts.extend((at > 0).then_some((start, at)));
            from.push(record);
            (*difference, size, start) = (record, 0, at);
        }
    }
    parts.push((start, differences.len()));
    for (part, (start, end)) in parts.into_iter().enumerate() {
        folder.write(&format!("lists/{number}-{part}"), &&differences[start..end]);
    }
    List::Long { count: list.count() as u32, list: number, from }
}
