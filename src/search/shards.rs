//! Shards: records and postings to files that stay small, named by their content.

use rayon::prelude::*;
use serde::Serialize;

use super::manifest::{DocShard, Docs, Entry, GramFiles, GramShard};
use super::normalize::Gram;
use super::postings::Postings;
use super::record::Record;
use crate::output::Output;

/// How large the files of the index may become, in bytes of JSON; compressed they are about a third of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// A document shard. A single record may be larger.
    pub(super) docs: usize,
    /// A posting shard, on average.
    pub(super) grams: usize,
    /// A list that stays in its shard, in records.
    pub(super) inline: usize,
    /// A part of a longer list, in records.
    pub(super) list: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { docs: 40_000, grams: 36_000, inline: 3_000, list: 24_000 }
    }
}

/// Writes the document shards.
pub(super) fn write_docs(records: &[&Record<'_>], limits: Limits, output: &dyn Output) -> Docs {
    let firsts = doc_firsts(records, limits.docs);
    let ends = firsts.iter().copied().skip(1).chain([records.len()]);
    let ranges: Vec<(usize, usize)> = firsts.iter().copied().zip(ends).collect();
    let file = ranges
        .par_iter()
        .enumerate()
        .map(|(index, (first, end))| {
            write_named(output, "docs", &format!("{index:03}"), &doc_shard(&records[*first..*end], *first as u32))
        })
        .collect();
    Docs { file, first: firsts.into_iter().map(|first| first as u32).collect() }
}

/// Where each shard begins, so that none grows over the limit.
fn doc_firsts(records: &[&Record<'_>], limit: usize) -> Vec<usize> {
    let mut firsts = Vec::new();
    let mut size = limit + 1;
    for (index, record) in records.iter().enumerate() {
        size += record.size();
        if size > limit {
            firsts.push(index);
            size = record.size();
        }
    }
    firsts
}

fn doc_shard(records: &[&Record<'_>], first: u32) -> DocShard {
    let texts =
        |field: for<'r> fn(&'r Record<'_>) -> &'r str| records.iter().map(|record| field(record).to_owned()).collect();
    DocShard {
        first,
        kind: records.iter().map(|record| record.kind as u8).collect(),
        name: texts(|record| &record.name),
        code: texts(|record| &record.code),
        text: texts(|record| &record.text),
        amount: texts(|record| &record.amount),
        yuan: texts(|record| &record.yuan),
        url: texts(|record| &record.url),
    }
}

/// Writes the posting shards and the parts of the long lists.
pub(super) fn write_grams(postings: &[(Gram, Postings)], limits: Limits, output: &dyn Output) -> GramFiles {
    let count = shard_count(postings, limits);
    let digits = format!("{:x}", count.saturating_sub(1)).len().max(2);
    let mut shards: Vec<Vec<&(Gram, Postings)>> = vec![Vec::new(); count];
    postings.iter().for_each(|posting| shards[posting.0.shard(count)].push(posting));
    let file = shards
        .par_iter()
        .enumerate()
        .map(|(index, members)| {
            let entries = members.iter().map(|(gram, list)| (gram.text(), entry(*gram, list, limits, output)));
            let shard: GramShard = entries.collect();
            write_named(output, "grams", &format!("{index:0digits$x}"), &shard)
        })
        .collect();
    GramFiles { file }
}

/// A power of two, so that a shard has the wanted size on average.
fn shard_count(postings: &[(Gram, Postings)], limits: Limits) -> usize {
    let size = |list: &Postings| if list.count() > limits.inline { 60 } else { list.size() };
    let total: usize = postings.iter().map(|(_, list)| size(list)).sum();
    (total / limits.grams.max(1)).max(1).next_power_of_two()
}

fn entry(gram: Gram, list: &Postings, limits: Limits, output: &dyn Output) -> Entry {
    let mut differences = list.differences();
    if list.count() <= limits.inline {
        return Entry::Inline(differences);
    }
    let mut number = 0;
    let mut lists = Vec::new();
    let stem = gram.text().chars().map(|c| format!("{:x}", u32::from(c))).collect::<Vec<_>>().join("-");
    for (part, chunk) in differences.chunks_mut(limits.list.max(1)).enumerate() {
        let sum: u32 = chunk.iter().sum();
        chunk[0] += number;
        number += sum;
        lists.push(write_named(output, "lists", &format!("{stem}-{part}"), &chunk));
    }
    Entry::Long { count: list.count() as u32, lists }
}

/// Writes a file under a name with its content hash, and tells the name.
fn write_named(output: &dyn Output, folder: &str, stem: &str, value: &impl Serialize) -> String {
    let bytes = serde_json::to_vec(value).expect("strings and numbers can be written as JSON");
    let hash = blake3::hash(&bytes).to_hex();
    let name = format!("{stem}-{}", &hash[..8]);
    output.write(&format!("search/{folder}/{name}.json"), bytes);
    name
}
