//! Postings: for every n-gram and field the ascending places at which records hold it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rayon::prelude::*;

use super::gram::{Field, Gram, each_gram, single};
use super::kinds::RecordType;
use super::normalize::normalize;
use super::places::{self, Place, listed, place, shard, slot_of};
use super::record::{Page, Record};

/// Ascending places, as differences in as few bytes as each needs: all lists of a large site are in memory at once.
#[derive(Debug, Default)]
pub(super) struct Postings {
    last: Place,
    count: usize,
    shards: usize,
    bytes: Vec<u8>,
}

impl Postings {
    fn push(&mut self, place: Place) {
        if self.count == 0 || shard(place) != shard(self.last) {
            self.shards += 1;
        }
        let mut rest = place - self.last;
        while rest >= 0x80 {
            self.bytes.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        self.bytes.push(rest as u8);
        self.last = place;
        self.count += 1;
    }

    /// In how many shards the n-gram stands.
    pub(super) fn shards(&self) -> usize {
        self.shards
    }

    /// About how many bytes the list takes as JSON.
    pub(super) fn size(&self) -> usize {
        self.bytes.len() * 2 + 12
    }

    /// The list as it stands in a file: of single slots when they are at most `most`, else of whole shards.
    pub(super) fn listed(&self, most: usize) -> Vec<i32> {
        if self.count <= most {
            return listed(self.places());
        }
        let mut shards: Vec<Place> = self.places().map(|place| places::whole(shard(place))).collect();
        shards.dedup();
        listed(shards)
    }

    /// The first number and the differences of a list of slots.
    pub(super) fn slots(&self) -> Vec<i32> {
        let mut last = 0;
        let differences = self.places().map(|slot| slot as i32 - std::mem::replace(&mut last, slot as i32));
        differences.collect()
    }

    fn places(&self) -> impl Iterator<Item = Place> {
        let (mut last, mut value, mut shift) = (0, 0, 0);
        self.bytes.iter().filter_map(move |byte| {
            value |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            (byte & 0x80 == 0).then(|| {
                last += value;
                (shift, value) = (0, 0);
                last
            })
        })
    }
}

/// What records are filed under, by n-gram and field: see [`Gram::key`].
pub(super) struct Filed(Vec<Lists>);

/// Lists are kept in so many maps, each filled by one thread.
const PARTS: usize = 8;

impl Default for Filed {
    fn default() -> Self {
        Filed((0..PARTS).map(|_| Lists::default()).collect())
    }
}

impl Filed {
    /// Adds what neighbouring shards are filed under, in their order.
    pub(super) fn merge(&mut self, shards: &[ShardLists]) {
        self.0.par_iter_mut().enumerate().for_each(|(part, lists)| {
            for (key, place) in shards.iter().flat_map(|shard| &shard[part]) {
                lists.entry(*key).or_default().push(*place);
            }
        });
    }

    /// Files the departments of pages under their context, by their slots.
    pub(super) fn add_contexts(&mut self, pages: &[Page]) {
        let mut slots: Vec<(u64, Place)> = pages.par_iter().flat_map_iter(context).collect();
        slots.par_sort_unstable();
        slots.dedup();
        for (key, slot) in slots {
            self.0[part(key)].entry(key).or_default().push(slot);
        }
    }

    /// All lists by the buckets of their n-grams, then by n-gram and field.
    pub(super) fn into_lists(self) -> Vec<(u64, Postings)> {
        let mut lists: Vec<(u64, Postings)> = self.0.into_iter().flatten().collect();
        lists.par_sort_by_cached_key(|(key, _)| (Gram::of_key(*key).0.bucket(), *key));
        lists
    }
}

fn context(page: &Page) -> Vec<(u64, Place)> {
    let slot = Place::from(slot_of(&page.department));
    let mut keys = Vec::new();
    file_lines(&page.context, &mut |gram| keys.push((gram.key(Field::Context), slot)));
    keys
}

/// What a shard is filed under, by the map it goes to: n-grams in fields with the places that hold them, in order.
pub(super) type ShardLists = [Vec<(u64, Place)>; PARTS];

/// Files the records of a shard. An n-gram that is in more than `most` slots is in the whole shard. `keys` is room to
/// work in, which grows once for many shards.
pub(super) fn file(keys: &mut Vec<u64>, records: &[Record], pages: &[Page], shard: usize, most: usize) -> ShardLists {
    let mut texts = Texts::default();
    for record in records {
        texts.add(record, slot_of(&pages[record.page as usize].department));
    }
    keys.clear();
    for ((text, role), mut slots) in texts.0 {
        slots.sort_unstable();
        slots.dedup();
        if slots.len() > most {
            slots = vec![0];
        }
        role.file(text, &mut |gram, field| {
            keys.extend(slots.iter().map(|slot| gram.key(field) << SLOT_BITS | u64::from(*slot)));
        });
    }
    keys.sort_unstable();
    keys.dedup();
    let mut lists = ShardLists::default();
    for same in keys.chunk_by(|left, right| left >> SLOT_BITS == right >> SLOT_BITS) {
        let key = same[0] >> SLOT_BITS;
        let slots = same.iter().map(|packed| (packed & ((1 << SLOT_BITS) - 1)) as u16);
        let whole = same.len() > most || slots.clone().next() == Some(0);
        let slots = slots.take(if whole { 1 } else { usize::MAX }).map(|slot| if whole { 0 } else { slot });
        lists[part(key)].extend(slots.map(|slot| (key, place(shard, slot))));
    }
    lists
}

/// A key and a slot are one number, so that sorting is quick.
const SLOT_BITS: u32 = 12;

/// The texts of a shard with the slots that hold them: equal ones are cut into n-grams once.
#[derive(Default)]
struct Texts<'r>(HashMap<(&'r str, Role), Vec<u16>, BuildHasherDefault<rustc_hash::FxHasher>>);

/// How a text is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Role {
    Name(RecordType),
    Alias,
    Code,
    Text,
    Facet,
}

impl<'r> Texts<'r> {
    fn add(&mut self, record: &'r Record, slot: u16) {
        let name = if record.kind.is_named() { Role::Name(record.kind) } else { Role::Text };
        let texts = [
            (record.name.as_str(), name),
            (&record.alias, Role::Alias),
            (&record.code, Role::Code),
            (&record.text, Role::Text),
            (&record.amount, Role::Text),
            (record.kind.facet(), Role::Facet),
            (record.class().unwrap_or_default(), Role::Facet),
        ];
        for (text, role) in texts.into_iter().filter(|(text, _)| !text.is_empty()) {
            let slots = self.0.entry((text, role)).or_default();
            if slots.last() != Some(&slot) {
                slots.push(slot);
            }
        }
    }
}

impl Role {
    /// Calls `file` with the n-grams of a text and their fields.
    fn file(self, text: &str, file: &mut impl FnMut(Gram, Field)) {
        match self {
            Role::Name(kind) => file_name(kind, &normalize(text), file),
            Role::Alias => {
                text.lines().for_each(|line| file_lines(&normalize(line), &mut |gram| file(gram, Field::Organization)))
            }
            Role::Code => file_lines(&normalize(text), &mut |gram| file(gram, Field::Code)),
            Role::Text => file_lines(&normalize(text), &mut |gram| file(gram, Field::Text)),
            Role::Facet => file(Gram::new(&text.chars().collect::<Vec<_>>()), Field::Facet),
        }
    }
}

fn file_lines(text: &str, file: &mut impl FnMut(Gram)) {
    let mut chars = Vec::new();
    for line in text.lines() {
        chars.clear();
        chars.extend(line.chars());
        each_gram(&chars, |gram, _| file(gram));
    }
}

/// Files a name: under the character that begins it, a department's under every one, and under n-grams.
fn file_name(kind: RecordType, name: &str, file: &mut impl FnMut(Gram, Field)) {
    let chars: Vec<char> = name.chars().collect();
    let begins = if kind == RecordType::Department { chars.len() } else { 1 };
    chars.iter().take(begins).for_each(|c| file(single(*c), Field::Begin));
    if let [only] = chars.as_slice() {
        file(single(*only), Field::exact(1));
    }
    each_gram(&chars, |gram, begins| {
        file(gram, if begins { Field::Begin } else { kind.name_field() });
        if begins {
            file(gram, Field::exact(chars.len()));
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

/// The map to which a key goes.
fn part(key: u64) -> usize {
    (spread(key) >> 61) as usize % PARTS
}

#[cfg(test)]
mod tests {
    use super::Postings;

    #[test]
    fn places_come_back_as_they_went_in_or_as_whole_shards() {
        let mut postings = Postings::default();
        let places = [0, 4097, 4225, 8192, 70_000, 3_000_000];
        places.into_iter().for_each(|place| postings.push(place));
        assert_eq!(postings.places().collect::<Vec<_>>(), places);
        assert_eq!(postings.listed(6), [0, 4097, 128, -1, 61_808, 2_930_000]);
        assert_eq!(postings.listed(5), [0, -2, 17 * 4096 - 2 * 4096, 732 * 4096 - 17 * 4096]);
        assert_eq!(postings.shards(), 5);
    }
}
