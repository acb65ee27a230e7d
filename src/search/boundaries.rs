//! Where the document shards begin. The content decides, and not the count: a record more or less moves the end of its
//! own shard, and the shards behind it stay what they were.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault};

use rayon::prelude::*;
use rustc_hash::FxHasher;

use super::record::{Page, Record};

/// The numbers of the records with which the shards begin, so that each takes about `limit` bytes compressed at most.
pub(super) fn boundaries(records: &[Record], pages: &[Page], limit: usize) -> Vec<usize> {
    let hashes: Vec<u64> = records.par_iter().map(|record| hash(record, &pages[record.page as usize])).collect();
    // Runs that begin at such records are divided by themselves, and at the same time.
    let runs = (0..records.len()).filter(|at| *at == 0 || hashes[*at].is_multiple_of(RUN)).collect::<Vec<_>>();
    let ends = runs.iter().copied().skip(1).chain([records.len()]);
    let ranges: Vec<(usize, usize)> = runs.iter().copied().zip(ends).collect();
    let starts = ranges.into_par_iter().map(|(start, end)| divide(records, pages, &hashes, start, end, limit));
    starts.flatten_iter().collect()
}

/// One of so many records begins a run of shards.
const RUN: u64 = 8192;

/// One of so many records may begin a shard, once the one before it is large enough.
const CUT: u64 = 16;

/// So many records a shard may hold: its records have numbers below that.
const MOST: usize = 4095;

fn divide(records: &[Record], pages: &[Page], hashes: &[u64], start: usize, end: usize, limit: usize) -> Vec<usize> {
    let mut starts = vec![start];
    let mut weight = Weight::default();
    for at in start..end {
        let record = &records[at];
        let size = weight.size();
        weight.add(record, &pages[record.page as usize]);
        let first = *starts.last().unwrap_or(&start);
        let wanted = size > limit / 4 * 3 && hashes[at].is_multiple_of(CUT);
        if at > first && (wanted || weight.size() > limit || at - first == MOST) {
            starts.push(at);
            weight = Weight::default();
            weight.add(record, &pages[record.page as usize]);
        }
    }
    starts
}

fn hash(record: &Record, page: &Page) -> u64 {
    let own = (&record.name, &record.code, &record.text, record.yuan, &record.url);
    // The lowest bits of this hash are poor.
    BuildHasherDefault::<FxHasher>::default().hash_one((own, &page.url)) >> 20
}

/// About how many bytes records take when they are compressed: what the shard holds already counts little, a text as a
/// whole or its characters three by three.
struct Weight<'r> {
    sixteenths: usize,
    held: HashSet<&'r str, BuildHasherDefault<FxHasher>>,
    threes: Vec<u64>,
}

/// What a record takes beside its texts, in sixteenths of a byte; a text that is held already; a character at the end of
/// three that are held, and of three that are not. Measured with gzip on records of real documents and of made-up ones.
const RECORD: usize = 40;
const AGAIN: usize = 8;
const OLD: usize = 5;
const NEW: usize = 28;
const NEW_ASCII: usize = 10;

/// So many bits tell which threes of characters are held.
const BITS: u64 = 1 << 16;

impl Default for Weight<'_> {
    fn default() -> Self {
        Weight { sixteenths: 0, held: HashSet::default(), threes: vec![0; BITS as usize / 64] }
    }
}

impl<'r> Weight<'r> {
    fn size(&self) -> usize {
        self.sixteenths / 16
    }

    fn add(&mut self, record: &'r Record, page: &'r Page) {
        self.sixteenths += RECORD;
        let texts = [&record.name, &record.text, &record.code, &record.amount, &record.url].map(|text| text.as_str());
        for text in texts.into_iter().chain([record.alias.as_str(), page.url.as_str(), page.department.as_str()]) {
            self.sixteenths += if self.held.insert(text) { self.new_text(text) } else { AGAIN };
        }
    }

    fn new_text(&mut self, text: &str) -> usize {
        let mut three = 0;
        let cost = text.chars().map(|c| {
            three = (three << 21 | u64::from(u32::from(c))) & ((1 << 63) - 1);
            let bit = (three.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) % BITS;
            let (word, mask) = (&mut self.threes[(bit / 64) as usize], 1 << (bit % 64));
            let held = *word & mask != 0;
            *word |= mask;
            if held {
                OLD
            } else if c.is_ascii() {
                NEW_ASCII
            } else {
                NEW
            }
        });
        cost.sum()
    }
}
