//! Shards: records and n-grams to files that stay small. A file is named by a hash of what it holds, so that it may be
//! cached for ever.

use rayon::prelude::*;

use super::gram::{Field, Gram};
use super::manifest::{DocShard, GramShard, GramShards, Pages};
use super::names::Names;
use super::order::account;
use super::postings::Postings;
use super::record::{Page, Record};
use crate::export::yuan_text;
use crate::output::Output;

/// How large the files of the index may become.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// A document shard, about so many bytes when it is compressed. A single record may be larger.
    pub(super) docs: usize,
    /// A shard of n-grams, in bytes of JSON. A single n-gram may be larger.
    pub(super) grams: usize,
    /// So many slots of a shard are listed under an n-gram; of more, the whole shard is.
    pub(super) slots: usize,
    /// So many slots a list may hold before it becomes one of whole shards.
    pub(super) list: usize,
    /// A portion of so many records has its shards for itself, so that they can be kept while it does not change.
    pub(super) alone: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { docs: 14_000, grams: 34_000, slots: 3, list: 1_500, alone: 2_000 }
    }
}

/// Records of neighbouring numbers as a shard.
pub(super) fn doc_shard<'a>(records: impl IntoIterator<Item = &'a Record> + Clone, pages: &[Page]) -> DocShard {
    let records = || records.clone().into_iter();
    let texts = |field: fn(&Record) -> &str| records().map(|record| field(record).to_owned()).collect();
    let mut used: Vec<u32> = records().map(|record| record.page).collect();
    used.sort_unstable();
    used.dedup();
    let place = |record: &Record| used.partition_point(|page| *page < record.page) as u32;
    let aliased = records().any(|record| !record.alias.is_empty());
    DocShard {
        pages: shard_pages(&used, pages),
        kind: records().map(|record| record.kind as u8).collect(),
        name: texts(|record| &record.name),
        alias: if aliased { texts(|record| &record.alias) } else { Vec::new() },
        code: texts(|record| &record.code),
        text: texts(|record| &record.text),
        amount: texts(|record| &record.amount),
        yuan: records().map(|record| record.yuan.map(yuan_text).unwrap_or_default()).collect(),
        page: records().map(place).collect(),
        url: texts(|record| &record.url),
    }
}

fn shard_pages(used: &[u32], pages: &[Page]) -> Pages {
    let used = || used.iter().map(|page| &pages[*page as usize]);
    Pages {
        url: used().map(|page| page.url.clone()).collect(),
        department: used().map(|page| page.department.clone()).collect(),
        region: used().map(|page| super::index_or_none(page.region)).collect(),
        year: used().map(|page| page.year.unwrap_or_default()).collect(),
        account: used().map(account).collect(),
    }
}

/// Writes the shards of the n-grams, which are ordered by [`Gram::bucket`].
pub(super) fn write_grams(lists: &[(u64, Postings)], limits: Limits, output: &dyn Output) -> GramShards {
    let mut ranges = Vec::new();
    divide(lists, 0, BUCKETS, limits.grams, &mut ranges);
    let made: Vec<_> = ranges
        .par_iter()
        .map(|(_, lists)| {
            let mut shard = GramShard::new();
            for (key, list) in *lists {
                let (gram, field) = Gram::of_key(*key);
                let list = if field == Field::Context { list.slots() } else { list.listed(limits.list) };
                shard.entry(gram.text()).or_default().insert(field.word(), list);
            }
            let bytes = super::json(&shard);
            (blake3::hash(&bytes), bytes)
        })
        .collect();
    let mut names = Names::of_shards(made.len());
    let given = names.name(&made.iter().map(|(hash, _)| *hash).collect::<Vec<_>>());
    for (name, (_, bytes)) in given.into_iter().zip(made) {
        output.write(&format!("search/grams/{name}.json"), bytes);
    }
    let ends = ranges.iter().skip(1).map(|(from, _)| *from).chain([BUCKETS]);
    let widths = ranges.iter().zip(ends).map(|((from, _), end)| end - from).collect();
    GramShards { widths, files: names.files }
}

/// N-grams have so many buckets.
const BUCKETS: u32 = 1 << 16;

type Range<'l> = (u32, &'l [(u64, Postings)]);

/// Halves a range of buckets until no half is too large: a list that grows moves no other to another shard, unless its
/// own is halved.
fn divide<'l>(lists: &'l [(u64, Postings)], from: u32, end: u32, limit: usize, ranges: &mut Vec<Range<'l>>) {
    let size: usize = lists.iter().map(|(_, list)| list.size()).sum();
    if size <= limit || end - from == 1 {
        ranges.push((from, lists));
        return;
    }
    let middle = from.midpoint(end);
    let at = lists.partition_point(|(key, _)| u32::from(Gram::of_key(*key).0.bucket()) < middle);
    divide(&lists[..at], from, middle, limit, ranges);
    divide(&lists[at..], middle, end, limit, ranges);
}
