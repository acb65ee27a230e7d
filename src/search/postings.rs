//! Postings: for every n-gram the ascending numbers of the records that hold it.

use std::collections::HashMap;

use rayon::prelude::*;

use super::normalize::{Gram, grams};
use super::record::{Record, haystack};

/// The records that hold an n-gram, as differences: the first number, then the distance to each next one, each in as
/// few bytes as it needs. All lists of a large site are in memory at once, so they are kept small.
#[derive(Debug, Default)]
pub(super) struct Postings {
    count: usize,
    last: u32,
    bytes: Vec<u8>,
}

impl Postings {
    fn push(&mut self, record: u32) {
        let mut rest = record - self.last;
        while rest >= 0x80 {
            self.bytes.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        self.bytes.push(rest as u8);
        self.last = record;
        self.count += 1;
    }

    /// How many records hold the n-gram.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// About how many bytes the list takes as JSON.
    pub(super) fn size(&self) -> usize {
        self.bytes.len() * 2 + 10
    }

    /// The first number, then the differences.
    pub(super) fn differences(&self) -> Vec<u32> {
        let mut differences = Vec::with_capacity(self.count);
        let mut shift = 0;
        let mut value = 0;
        for byte in &self.bytes {
            value |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                differences.push(value);
                (shift, value) = (0, 0);
            }
        }
        differences
    }
}

/// So many groups of records are cut into n-grams before their lists are merged: enough for all threads, few enough to
/// stay small in memory.
const BATCH: usize = 64;

/// Lists are kept in so many maps, each filled by one thread.
const PARTS: usize = 8;

/// The postings of all records in order of the n-grams. Records are numbered through all groups.
pub(super) fn postings(groups: &[Vec<Record<'_>>]) -> Vec<(Gram, Postings)> {
    let mut parts: Vec<HashMap<Gram, Postings>> = (0..PARTS).map(|_| HashMap::new()).collect();
    let mut first = 0;
    for batch in groups.chunks(BATCH) {
        let starts: Vec<u32> = batch
            .iter()
            .map(|group| {
                let start = first;
                first += group.len() as u32;
                start
            })
            .collect();
        let pairs: Vec<_> = batch.par_iter().zip(starts).map(|(group, start)| pairs(group, start)).collect();
        parts
            .par_iter_mut()
            .enumerate()
            .for_each(|(part, map)| pairs.iter().for_each(|pairs| merge(map, &pairs[part])));
    }
    let mut all: Vec<(Gram, Postings)> = parts.into_iter().flatten().collect();
    all.par_sort_unstable_by_key(|(gram, _)| *gram);
    all
}

/// The n-grams of a group's records with the records' numbers, in order and by the map that they go to.
fn pairs(group: &[Record<'_>], first: u32) -> [Vec<(Gram, u32)>; PARTS] {
    let mut parts: [Vec<(Gram, u32)>; PARTS] = Default::default();
    for (record, number) in group.iter().zip(first..) {
        for gram in grams(&haystack(&record.name, &record.code, &record.text, &record.amount)) {
            parts[gram.shard(PARTS)].push((gram, number));
        }
    }
    for pairs in &mut parts {
        pairs.sort_unstable();
        pairs.dedup();
    }
    parts
}

fn merge(map: &mut HashMap<Gram, Postings>, pairs: &[(Gram, u32)]) {
    for same in pairs.chunk_by(|left, right| left.0 == right.0) {
        let list = map.entry(same[0].0).or_default();
        same.iter().for_each(|(_, number)| list.push(*number));
    }
}

#[cfg(test)]
mod tests {
    use super::Postings;

    #[test]
    fn differences_come_back_as_they_went_in() {
        let mut postings = Postings::default();
        [0, 1, 128, 129, 70_000, 3_000_000].into_iter().for_each(|record| postings.push(record));
        assert_eq!(postings.differences(), [0, 1, 127, 1, 69_871, 2_930_000]);
        assert_eq!(postings.count(), 6);
    }
}
