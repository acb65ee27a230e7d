//! Shards: records and n-grams to files that stay small. A file is named by a hash of what it holds, so that it may be
//! cached for ever.

use std::collections::HashMap;

use rayon::prelude::*;

use super::boundaries::boundaries;
use super::gram::{Field, Gram};
use super::manifest::{DocShard, Files, GramShard, GramShards, NAME, Pages, letter};
use super::order::account;
use super::postings::{Filed, Postings, file};
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
}

impl Default for Limits {
    fn default() -> Self {
        Limits { docs: 14_000, grams: 34_000, slots: 3, list: 1_500 }
    }
}

/// The document shards.
pub(super) struct Docs {
    pub(super) files: Files,
    /// The number of the first record of each.
    pub(super) starts: Vec<usize>,
    /// What is filed under the n-grams of the records.
    pub(super) filed: Filed,
}

/// So many shards are made by all threads before they are written and their n-grams merged: enough for all threads, few
/// enough to stay small in memory. A batch is so many whole groups.
const BATCH: usize = 64;

/// Writes the document shards, and files their records under n-grams.
pub(super) fn write_docs(records: &[Record], pages: &[Page], limits: Limits, output: &dyn Output) -> Docs {
    let starts = boundaries(records, pages, limits.docs);
    let ends = starts.iter().copied().skip(1).chain([records.len()]);
    let shards: Vec<&[Record]> = starts.iter().zip(ends).map(|(start, end)| &records[*start..end]).collect();
    let mut names = Names::of_shards(shards.len());
    let mut filed = Filed::default();
    for (batch, first) in shards.chunks(BATCH).zip((0..).step_by(BATCH)) {
        let made: Vec<_> = batch
            .par_iter()
            .enumerate()
            .map(|(at, records)| {
                let bytes = super::json(&doc_shard(records.iter(), pages));
                (blake3::hash(&bytes), bytes, file(records, pages, first + at, limits.slots))
            })
            .collect();
        let (files, lists): (Vec<_>, Vec<_>) =
            made.into_iter().map(|(hash, bytes, lists)| ((hash, bytes), lists)).unzip();
        let files = names.name(files);
        rayon::join(
            || files.into_par_iter().for_each(|(name, bytes)| output.write(&format!("search/docs/{name}.json"), bytes)),
            || filed.merge(&lists),
        );
    }
    Docs { files: names.files, starts, filed }
}

/// Gives names to groups of files by their hashes: letters and digits that no file system takes for others.
struct Names {
    files: Files,
    given: HashMap<String, blake3::Hash>,
}

/// Of so many shards each has a name of its own; of more, groups have.
const NAMED_ALONE: usize = 2048;

impl Names {
    fn of_shards(count: usize) -> Self {
        let group = [1, 2, 4, 8].into_iter().find(|group| count <= group * NAMED_ALONE).unwrap_or(16);
        Names { files: Files { count, group, names: String::new() }, given: HashMap::new() }
    }

    /// Files of the next groups with their names.
    fn name(&mut self, files: Vec<(blake3::Hash, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
        let (hashes, bytes): (Vec<_>, Vec<_>) = files.into_iter().unzip();
        let groups: Vec<String> = hashes.chunks(self.files.group).map(|hashes| self.of(hashes)).collect();
        let places = groups.iter().flat_map(|group| (0..self.files.group).map(move |place| (group, place)));
        let names = places.filter_map(|(group, place)| Some(format!("{group}{}", letter(place)?)));
        names.zip(bytes).collect()
    }

    /// The name of a group, the same for the same content; another one when different content has it already.
    fn of(&mut self, hashes: &[blake3::Hash]) -> String {
        const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        let mut hasher = blake3::Hasher::new();
        hashes.iter().for_each(|hash| {
            hasher.update(hash.as_bytes());
        });
        let hash = hasher.finalize();
        let letters: Vec<char> =
            hash.as_bytes().iter().map(|byte| char::from(LETTERS[usize::from(*byte % 32)])).collect();
        let mut candidates = letters.windows(NAME).map(|letters| letters.iter().collect::<String>());
        let free = |name: &String| self.given.get(name).is_none_or(|other| *other == hash);
        let name = candidates.find(free).unwrap_or_else(|| letters[..NAME].iter().collect());
        self.given.insert(name.clone(), hash);
        self.files.names.push_str(&name);
        name
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
    for (name, bytes) in names.name(made) {
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

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn of_a_large_site_neighbours_have_a_name_in_common_and_a_letter_each() {
        for (count, group) in [(0, 1), (2048, 1), (2049, 2), (8000, 4), (60_000, 16)] {
            assert_eq!(Names::of_shards(count).files.group, group, "{count}");
        }
        let file = |text: &str| (blake3::hash(text.as_bytes()), text.as_bytes().to_vec());
        let names = |last: &str| {
            let mut names = Names::of_shards(8000);
            let files = ["甲", "乙", "丙", "丁", last].map(file).to_vec();
            let named: Vec<String> = names.name(files).into_iter().map(|(name, _)| name).collect();
            assert_eq!(named, (0..5).filter_map(|shard| names.files.name(shard)).collect::<Vec<_>>());
            named
        };
        let (before, after) = (names("戊"), names("己"));
        assert_eq!(before[..4], after[..4]);
        assert_ne!(before[4], after[4]);
        assert!(before[0].ends_with('a') && before[3].ends_with('d') && before[4].ends_with('a'));
    }
}
