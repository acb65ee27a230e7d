//! `search/fallback.js`: departments, disclosures, projects and codes in one script, for readers who open the site from
//! a folder: there a page may load a script, and may not fetch shards.

use serde::Serialize;

use super::json;
use super::kinds::RecordType;
use super::manifest::{DocShard, Manifest, Range, Regions, Word, last_at_most};
use super::query::number;
use super::record::{Page, Record};
use super::shards::doc_shard;

/// The script stays below this size, in bytes; what does not fit is left out, the last types first.
const LIMIT: usize = 400_000;

/// The types that it holds, the most wanted first.
const TYPES: [RecordType; 5] =
    [RecordType::Department, RecordType::Disclosure, RecordType::Project, RecordType::Function, RecordType::Economic];

/// What the script sets: the dictionaries of the manifest and a document shard with the records' numbers.
#[derive(Serialize)]
struct Fallback<'a> {
    version: u32,
    /// False when records of these types were left out.
    complete: bool,
    types: &'a [Word],
    kinds: &'a [Word],
    ranges: &'a [Range],
    classes: &'a [Word],
    regions: &'a Regions,
    glyphs: &'a str,
    /// The number of each record.
    id: Vec<u32>,
    records: DocShard,
}

/// The script, from all records and the numbers with which the shards begin.
pub(super) fn script(manifest: &Manifest, records: &[Record], pages: &[Page], starts: &[usize]) -> Vec<u8> {
    let (mut chosen, complete) = choose(records, pages);
    chosen.sort_unstable();
    let id = |at: &usize| {
        let shard = last_at_most(starts, *at);
        number(shard, *at - starts[shard])
    };
    let fallback = Fallback {
        version: manifest.version,
        complete,
        types: &manifest.types,
        kinds: &manifest.kinds,
        ranges: &manifest.ranges,
        classes: &manifest.classes,
        regions: &manifest.regions,
        glyphs: &manifest.glyphs,
        id: chosen.iter().map(id).collect(),
        records: doc_shard(chosen.iter().map(|at| &records[*at]), pages),
    };
    [b"window.BUDGETSITE_SEARCH = ", json(&fallback).as_slice(), b";\n"].concat()
}

/// The records that fit, and whether all of these types do.
fn choose(records: &[Record], pages: &[Page]) -> (Vec<usize>, bool) {
    let mut chosen = Vec::new();
    let mut size = 0;
    for kind in TYPES {
        for (at, record) in records.iter().enumerate().filter(|(_, record)| record.kind == kind) {
            size += record.size(&pages[record.page as usize]);
            if size > LIMIT {
                return (chosen, false);
            }
            chosen.push(at);
        }
    }
    (chosen, true)
}
