//! `search/fallback.js`: departments, disclosures, projects and codes in one script, for readers who open the site from
//! a folder: there a page may load a script, and may not fetch shards.

use serde::{Deserialize, Serialize};

use super::json;
use super::kinds::RecordType;
use super::manifest::{DocShard, Manifest, Range, Regions, Word};
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

/// The first records of the types that the script holds, taken in their order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Chosen([OfType; TYPES.len()]);

/// The first records of a type.
#[derive(Debug, Default, Serialize, Deserialize)]
struct OfType {
    records: Vec<(u32, Record)>,
    /// Of all of them, also of those that did not fit.
    size: usize,
}

impl Chosen {
    /// Takes a record with its number, if it may fit.
    pub(super) fn add(&mut self, record: &Record, number: u32, pages: &[Page]) {
        let Some(place) = TYPES.iter().position(|kind| *kind == record.kind) else { return };
        let of_type = &mut self.0[place];
        of_type.size += record.size(&pages[record.page as usize]);
        if of_type.size <= LIMIT {
            of_type.records.push((number, record.clone()));
        }
    }

    /// Takes those of the next segment, whose numbers are counted from `first`.
    pub(super) fn join(&mut self, segment: Chosen, first: u32, pages: &[Page]) {
        for (whole, part) in self.0.iter_mut().zip(segment.0) {
            let before = whole.size;
            for (number, record) in part.records {
                whole.size += record.size(&pages[record.page as usize]);
                if whole.size <= LIMIT {
                    whole.records.push((first + number, record));
                }
            }
            whole.size = before + part.size;
        }
    }

    /// Gives the records other pages.
    pub(super) fn turn(&mut self, page: impl Fn(u32) -> u32) {
        let records = self.0.iter_mut().flat_map(|of_type| &mut of_type.records);
        records.for_each(|(_, record)| record.page = page(record.page));
    }

    /// The records that fit, by number, and whether all of these types do.
    fn fitting(&self, pages: &[Page]) -> (Vec<&(u32, Record)>, bool) {
        let mut chosen = Vec::new();
        let mut size = 0;
        for of_type in &self.0 {
            for numbered in &of_type.records {
                size += numbered.1.size(&pages[numbered.1.page as usize]);
                if size > LIMIT {
                    return (chosen, false);
                }
                chosen.push(numbered);
            }
            if of_type.size > LIMIT {
                return (chosen, false);
            }
        }
        (chosen, true)
    }
}

/// The script.
pub(super) fn script(manifest: &Manifest, chosen: &Chosen, pages: &[Page]) -> Vec<u8> {
    let (mut chosen, complete) = chosen.fitting(pages);
    chosen.sort_unstable_by_key(|(number, _)| *number);
    let fallback = Fallback {
        version: manifest.version,
        complete,
        types: &manifest.types,
        kinds: &manifest.kinds,
        ranges: &manifest.ranges,
        classes: &manifest.classes,
        regions: &manifest.regions,
        glyphs: &manifest.glyphs,
        id: chosen.iter().map(|(number, _)| *number).collect(),
        records: doc_shard(chosen.iter().map(|(_, record)| record), pages),
    };
    [b"window.BUDGETSITE_SEARCH = ", json(&fallback).as_slice(), b";\n"].concat()
}
