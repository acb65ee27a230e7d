//! Shards: records and n-grams to files that stay small. A file is named by a hash of what it holds, so that it may be
//! cached for ever.

use std::collections::HashMap;

use rayon::prelude::*;

use super::boundaries::boundaries;
use super::gram::{Field, Gram};
use super::manifest::{DocShard, Files, GramShard, GramShards, NAME, Pages, last_at_most, letter};
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

/// The document shards, written in the order of the records, a batch when it is known where its last one ends.
pub(super) struct Docs<'p> {
    pages: &'p [Page],
    limits: Limits,
    output: &'p dyn Output,
    /// How many shards are written.
    written: usize,
    /// The records that are not written yet.
    open: Vec<Record>,
    /// Where their shards begin. The last one may go on.
    starts: Vec<usize>,
    /// The first of the records that came last.
    last: usize,
    names: Names,
    filed: Filed,
}

/// So many shards are made by all threads before they are written and their n-grams merged: enough for all threads, few
/// enough to stay small in memory. A batch is so many whole groups.
const BATCH: usize = 64;

impl<'p> Docs<'p> {
    /// Shards for so many records.
    pub(super) fn new(records: usize, pages: &'p [Page], limits: Limits, output: &'p dyn Output) -> Self {
        let (names, filed) = (Names::of_records(records), Filed::default());
        Docs { pages, limits, output, written: 0, open: Vec::new(), starts: Vec::new(), last: 0, names, filed }
    }

    /// Takes the next records, and writes what is complete of those before.
    pub(super) fn push(&mut self, records: Vec<Record>) {
        self.write(self.starts.len().saturating_sub(1) / BATCH * BATCH);
        self.last = self.open.len();
        self.open.extend(records);
        let first = self.starts.pop().unwrap_or(0);
        let starts = boundaries(&self.open[first..], self.pages, self.limits.docs);
        self.starts.extend(starts.into_iter().map(|start| first + start));
    }

    /// The records that came last, each with its shard and its place there.
    pub(super) fn last(&self) -> impl Iterator<Item = (&Record, usize, usize)> {
        self.open.iter().enumerate().skip(self.last).map(|(at, record)| {
            let shard = last_at_most(&self.starts, at);
            (record, self.written + shard, at - self.starts[shard])
        })
    }

    /// Writes the rest; the files, and what is filed under the n-grams of all records.
    pub(super) fn finish(mut self) -> (Files, Filed) {
        self.write(self.starts.len());
        (Files { count: self.written, ..self.names.files }, self.filed)
    }

    /// Writes the first shards.
    fn write(&mut self, count: usize) {
        let end = self.starts.get(count).copied().unwrap_or(self.open.len());
        let ends = self.starts.iter().copied().skip(1).chain([self.open.len()]);
        let shards = self.starts.iter().zip(ends).take(count).map(|(start, end)| &self.open[*start..end]);
        let shards: Vec<&[Record]> = shards.collect();
        let (pages, limits, output) = (self.pages, self.limits, self.output);
        for (batch, first) in shards.chunks(BATCH).zip((self.written..).step_by(BATCH)) {
            let made: Vec<_> = batch
                .par_iter()
                .enumerate()
                .map_init(Vec::new, |keys, (at, records)| {
                    let bytes = super::json(&doc_shard(records.iter(), pages));
                    (blake3::hash(&bytes), bytes, file(keys, records, pages, first + at, limits.slots))
                })
                .collect();
            let (files, lists): (Vec<_>, Vec<_>) =
                made.into_iter().map(|(hash, bytes, lists)| ((hash, bytes), lists)).unzip();
            let files = self.names.name(files);
            let write = |(name, bytes): (String, Vec<u8>)| output.write(&format!("search/docs/{name}.json"), bytes);
            rayon::join(|| files.into_par_iter().for_each(write), || self.filed.merge(&lists));
        }
        self.written += count;
        self.open.drain(..end);
        self.starts.drain(..count);
        self.starts.iter_mut().for_each(|start| *start -= end);
    }
}

/// Gives names to groups of files by their hashes: letters and digits that no file system takes for others.
struct Names {
    files: Files,
    given: HashMap<String, blake3::Hash>,
}

/// Of so many shards each has a name of its own; of more, groups have.
const NAMED_ALONE: usize = 2048;

/// So many records a shard has, measured on real documents and on made-up ones.
const USUAL: usize = 400;

impl Names {
    /// For the shards of so many records, which are not divided yet.
    fn of_records(records: usize) -> Self {
        Self::of_shards(records / USUAL)
    }

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
    use super::{Docs, Limits, Names};
    use crate::output::MemoryOutput;
    use crate::search::RecordType;
    use crate::search::record::{Page, Record};

    fn record(number: usize) -> Record {
        let text = |text: String| text.into();
        Record {
            kind: RecordType::Project,
            name: text(format!("政务外网线路租赁{}", number * 7919 % 1013)),
            alias: "".into(),
            code: text(format!("{}", 2_010_000 + number % 97)),
            text: text(format!("第{number}行的说明")),
            amount: "".into(),
            yuan: None,
            url: text(format!("#r{number}")),
            page: 0,
        }
    }

    #[test]
    fn records_make_the_same_shards_however_many_come_at_once() {
        let pages = [Page::default()];
        let limits = Limits { docs: 200, ..Limits::default() };
        let shards = |portions: &[usize]| {
            let output = MemoryOutput::default();
            let mut docs = Docs::new(2000, &pages, limits, &output);
            let (mut records, mut numbers) = ((0..2000).map(record), Vec::new());
            for portion in portions {
                docs.push(records.by_ref().take(*portion).collect());
                numbers.extend(docs.last().map(|(record, shard, at)| (record.url.clone(), shard, at)));
            }
            let (files, filed) = docs.finish();
            (numbers, files.names, filed.into_lists().len(), output.into_files())
        };
        let whole = shards(&[2000]);
        assert!(whole.3.len() > 128, "{} shards", whole.3.len());
        for portions in [&[1, 1999][..], &[700, 0, 1, 1299], &[400; 5], &[1000, 999, 1]] {
            assert_eq!(shards(portions), whole, "{portions:?}");
        }
    }

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
