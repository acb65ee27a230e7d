//! The document shards: records in their order, in files that stay small.

use std::sync::Arc;

use rayon::prelude::*;

use super::boundaries::boundaries;
use super::kept::{KeptShard, KeptShards};
use super::manifest::{Files, last_at_most};
use super::names::Names;
use super::postings::{Filed, ShardLists, file};
use super::record::{Page, Record};
use super::shards::{Limits, doc_shard};
use crate::output::{FileDigest, Output};

/// The document shards, written in the order of the records, a batch when it is known where its last one ends.
pub(super) struct Docs<'p> {
    pages: &'p [Page],
    limits: Limits,
    output: &'p dyn Output,
    /// How many shards are made.
    made: usize,
    /// The records whose shards are not made yet.
    open: Vec<Record>,
    /// Where their shards begin. The last one may go on.
    starts: Vec<usize>,
    /// The first of the records that came last.
    last: usize,
    /// Shards that are not written yet: they wait until their group is complete.
    unnamed: Vec<Shard>,
    names: Names,
    filed: Filed,
}

/// A shard that was just made: hash, bytes, and what it is filed under.
pub(super) type MadeShard = (blake3::Hash, Vec<u8>, ShardLists);

/// A shard without a name.
struct Shard {
    hash: blake3::Hash,
    bytes: Bytes,
}

enum Bytes {
    Made(Vec<u8>),
    /// Those of a kept portion: its shards, the number among them, and how many bytes.
    Kept(Arc<dyn KeptShards>, usize, u64),
}

/// So many shards are made by all threads before they are written and their n-grams merged: enough for all threads, few
/// enough to stay small in memory.
const BATCH: usize = 64;

impl<'p> Docs<'p> {
    /// Shards for so many records.
    pub(super) fn new(records: usize, pages: &'p [Page], limits: Limits, output: &'p dyn Output) -> Self {
        Docs {
            pages,
            limits,
            output,
            made: 0,
            open: Vec::new(),
            starts: Vec::new(),
            last: 0,
            unnamed: Vec::new(),
            names: Names::of_records(records),
            filed: Filed::default(),
        }
    }

    /// Takes the next records, and makes the shards that are complete of those before.
    pub(super) fn push(&mut self, records: Vec<Record>) {
        self.make(self.starts.len().saturating_sub(1) / BATCH * BATCH, &mut |_| {});
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
            (record, self.made + shard, at - self.starts[shard])
        })
    }

    /// Makes the shards of all records that came so far: the next one begins a shard. `note` sees each batch.
    pub(super) fn close(&mut self, note: &mut dyn FnMut(&[MadeShard])) {
        self.make(self.starts.len(), note);
        self.last = 0;
    }

    /// The number of the next shard, when all records so far are in those before.
    pub(super) fn next(&self) -> usize {
        self.made
    }

    /// Takes over the shards of a portion that an earlier build made.
    pub(super) fn push_kept(&mut self, shards: &[KeptShard], source: &Arc<dyn KeptShards>) {
        for batch in shards.chunks(BATCH) {
            let lists: Vec<ShardLists> =
                batch.par_iter().enumerate().map(|(at, shard)| shard.lists(self.made + at)).collect();
            self.filed.merge(&lists);
            self.made += batch.len();
        }
        let kept = shards.iter().enumerate().map(|(number, shard)| Shard {
            hash: shard.hash(),
            bytes: Bytes::Kept(source.clone(), number, shard.length),
        });
        self.unnamed.extend(kept);
        write(&mut self.unnamed, &mut self.names, self.output, false);
    }

    /// Writes the rest; the files, and what is filed under the n-grams of all records.
    pub(super) fn finish(mut self) -> (Files, Filed) {
        self.close(&mut |_| {});
        write(&mut self.unnamed, &mut self.names, self.output, true);
        (Files { count: self.made, ..self.names.files }, self.filed)
    }

    /// Makes the first shards.
    fn make(&mut self, count: usize, note: &mut dyn FnMut(&[MadeShard])) {
        let end = self.starts.get(count).copied().unwrap_or(self.open.len());
        let ends = self.starts.iter().copied().skip(1).chain([self.open.len()]);
        let shards = self.starts.iter().zip(ends).take(count).map(|(start, end)| &self.open[*start..end]);
        let shards: Vec<&[Record]> = shards.collect();
        let (pages, limits, output) = (self.pages, self.limits, self.output);
        for (batch, first) in shards.chunks(BATCH).zip((self.made..).step_by(BATCH)) {
            let made: Vec<MadeShard> = batch
                .par_iter()
                .enumerate()
                .map_init(Vec::new, |keys, (at, records)| {
                    let bytes = super::json(&doc_shard(records.iter(), pages));
                    (blake3::hash(&bytes), bytes, file(keys, records, pages, first + at, limits.slots))
                })
                .collect();
            note(&made);
            let mut lists = Vec::with_capacity(made.len());
            for (hash, bytes, of_shard) in made {
                lists.push(of_shard);
                self.unnamed.push(Shard { hash, bytes: Bytes::Made(bytes) });
            }
            let (unnamed, names, filed) = (&mut self.unnamed, &mut self.names, &mut self.filed);
            rayon::join(|| write(unnamed, names, output, false), || filed.merge(&lists));
        }
        self.made += count;
        self.open.drain(..end);
        self.starts.drain(..count);
        self.starts.iter_mut().for_each(|start| *start -= end);
    }
}

/// Names and writes the shards of whole groups, or all that are left.
fn write(unnamed: &mut Vec<Shard>, names: &mut Names, output: &dyn Output, all: bool) {
    let whole = unnamed.len() / names.files.group * names.files.group;
    let shards: Vec<Shard> = unnamed.drain(..if all { unnamed.len() } else { whole }).collect();
    let names = names.name(&shards.iter().map(|shard| shard.hash).collect::<Vec<_>>());
    names.into_par_iter().zip(shards).for_each(|(name, shard)| {
        let path = format!("search/docs/{name}.json");
        match shard.bytes {
            Bytes::Made(bytes) => output.write(&path, bytes),
            Bytes::Kept(source, number, length) => {
                let digest = FileDigest { path, bytes: length, hash: *shard.hash.as_bytes() };
                // Its group may have another name now.
                if !output.keep(std::slice::from_ref(&digest)) {
                    output.write(&digest.path, source.bytes(number));
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{Docs, Limits};
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
}
