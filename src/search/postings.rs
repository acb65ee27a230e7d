//! Postings: for every n-gram and field the ascending numbers of the records that hold it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rayon::prelude::*;

use super::gram::{Field, Gram, each_gram, single};
use super::kinds::RecordType;
use super::record::{Page, Record};

/// The records that hold an n-gram, as differences: the first number, then the distance to each next one, each in as
/// few bytes as it needs. All lists of a large site are in memory at once, so they are kept small.
#[derive(Debug, Default)]
pub(super) struct Postings {
    count: usize,
    last: u32,
    step: u32,
    size: usize,
    bytes: Vec<u8>,
}

impl Postings {
    fn push(&mut self, record: u32) {
        let mut rest = record - self.last;
        self.size += digits(rest, self.step);
        self.step = rest;
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

    /// About how many bytes the list takes as JSON. Repeated steps hardly count, for they vanish in compression.
    pub(super) fn size(&self) -> usize {
        self.size / 8 + 10
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

/// How much a step of a list counts, in eighths of a byte.
pub(super) fn digits(step: u32, last: u32) -> usize {
    if step == last { 1 } else { 8 * (step.checked_ilog10().unwrap_or(0) as usize + 2) }
}

/// So many records are cut into n-grams by one thread before their lists are merged.
const GROUP: usize = 1000;

/// So many groups are cut before the merge: enough for all threads, few enough to stay small in memory.
const BATCH: usize = 32;

/// Lists are kept in so many maps, each filled by one thread.
const PARTS: usize = 8;

/// The lists of all records in order of n-grams and fields: see [`Gram::key`].
pub(super) fn postings(records: &[Record], pages: &[Page]) -> Vec<(u64, Postings)> {
    let mut parts: Vec<Lists> = (0..PARTS).map(|_| Lists::default()).collect();
    let contexts: Vec<Vec<u64>> = pages.par_iter().map(context_keys).collect();
    for (batch, first) in records.chunks(GROUP * BATCH).zip((0..).step_by(GROUP * BATCH)) {
        let groups = batch.par_chunks(GROUP).enumerate();
        let pairs: Vec<_> =
            groups.map(|(index, group)| pairs(group, &contexts, first + (index * GROUP) as u32)).collect();
        parts
            .par_iter_mut()
            .enumerate()
            .for_each(|(part, map)| pairs.iter().for_each(|pairs| merge(map, &pairs[part])));
    }
    let mut all: Vec<(u64, Postings)> = parts.into_iter().flatten().collect();
    all.par_sort_unstable_by_key(|(key, _)| *key);
    all
}

type Pairs = [Vec<(u64, u32)>; PARTS];

/// The n-grams of neighbouring records with the records' numbers, in order and by the map that they go to.
fn pairs(group: &[Record], contexts: &[Vec<u64>], first: u32) -> Pairs {
    let mut parts: Pairs = Default::default();
    for (record, number) in group.iter().zip(first..) {
        let mut add = |key: u64| parts[(spread(key) >> 61) as usize % PARTS].push((key, number));
        file(record, &mut |gram, field| add(gram.key(field)));
        contexts[record.page as usize].iter().for_each(|key| add(*key));
    }
    for pairs in &mut parts {
        pairs.sort_unstable();
        pairs.dedup();
    }
    parts
}

/// The n-grams under which all records of a page are filed, each once.
fn context_keys(page: &Page) -> Vec<u64> {
    let mut keys = Vec::new();
    file_lines(&page.context, &mut |gram| keys.push(gram.key(Field::Context)));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Files a record under the n-grams of its own fields.
fn file(record: &Record, file: &mut impl FnMut(Gram, Field)) {
    let fields = record.fields();
    file_name(record.kind, &fields.name, file);
    for (text, field) in
        [(&fields.alias, Field::Organization), (&fields.code, Field::Code), (&fields.text, Field::Text)]
    {
        file_lines(text, &mut |gram| file(gram, field));
    }
}

fn file_lines(text: &str, file: &mut impl FnMut(Gram)) {
    let mut chars = Vec::new();
    for line in text.lines() {
        chars.clear();
        chars.extend(line.chars());
        each_gram(&chars, |gram, _, _| file(gram));
    }
}

/// Files a name: under the character that begins it, a department's under every one, and under n-grams.
fn file_name(kind: RecordType, name: &str, file: &mut impl FnMut(Gram, Field)) {
    let chars: Vec<char> = name.chars().collect();
    let begins = if kind == RecordType::Department { chars.len() } else { 1 };
    chars.iter().take(begins).for_each(|c| file(single(*c), Field::Begin));
    if let [only] = chars.as_slice() {
        file(single(*only), Field::End);
    }
    each_gram(&chars, |gram, begins, ends| {
        file(gram, if begins { Field::Begin } else { kind.name_field() });
        if ends {
            file(gram, Field::End);
        }
    });
}

/// Lists by key.
type Lists = HashMap<u64, Postings, BuildHasherDefault<KeyHasher>>;

/// Hashes keys, which are numbers of our own making and need no defence.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = spread(self.0.rotate_left(5) ^ key).rotate_left(26);
    }
}

/// Spreads neighbouring keys.
fn spread(key: u64) -> u64 {
    key.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn merge(map: &mut Lists, pairs: &[(u64, u32)]) {
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
