//! Portions that an earlier build made. A large portion has its shards for itself, so they are the same as long as its
//! records and the pages on which these stand are, whatever else changed on the site.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Packed;
use super::docs::Docs;
use super::manifest::VERSION;
use super::order::{Packs, Segment};
use super::places::{place, slot};
use super::postings::ShardLists;
use super::shards::Limits;
use super::survey::OfPortion;

/// Where portions are kept from build to build.
pub trait PortionStore: Sync {
    /// What was kept under a name, and its shards.
    fn recall(&self, name: &[u8; 32]) -> Option<(Vec<u8>, Arc<dyn KeptShards>)>;

    /// Keeps a portion: values, and the bytes of its shards.
    fn remember(&self, name: &[u8; 32], values: &[u8], shards: &[Vec<u8>]);
}

/// The shards of a kept portion.
pub trait KeptShards: Send + Sync {
    /// The bytes of one of them; nothing when they are lost, which the store has to tell.
    fn bytes(&self, shard: usize) -> Vec<u8>;
}

/// What is kept of a portion beside the bytes of its shards.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptPortion {
    pub(super) shards: Vec<KeptShard>,
    /// Of its records the numbers are counted from its first shard, their pages among those of the portion.
    pub(super) survey: OfPortion,
}

/// A shard with what it is filed under.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptShard {
    hash: [u8; 32],
    pub(super) length: u64,
    /// For each map the keys, as differences, with the slots.
    lists: Vec<Vec<(u64, u16)>>,
}

impl KeptShard {
    pub(super) fn new(hash: &blake3::Hash, length: usize, lists: &ShardLists) -> Self {
        let packed = |list: &Vec<(u64, u32)>| {
            let mut last = 0;
            let differences = list.iter().map(|(key, place)| (*key - std::mem::replace(&mut last, *key), slot(*place)));
            differences.collect()
        };
        KeptShard { hash: *hash.as_bytes(), length: length as u64, lists: lists.iter().map(packed).collect() }
    }

    pub(super) fn hash(&self) -> blake3::Hash {
        blake3::Hash::from_bytes(self.hash)
    }

    /// What it is filed under, as the shard with this number.
    pub(super) fn lists(&self, shard: usize) -> ShardLists {
        let mut lists = ShardLists::default();
        for (list, packed) in lists.iter_mut().zip(&self.lists) {
            let mut key = 0;
            list.extend(packed.iter().map(|(difference, slot)| {
                key += difference;
                (key, place(shard, *slot))
            }));
        }
        lists
    }
}

/// A portion of an earlier build, on the pages of this one.
pub(super) fn recall(
    store: &dyn PortionStore,
    name: &[u8; 32],
    packs: &Packs,
) -> Option<(KeptPortion, Arc<dyn KeptShards>)> {
    let (values, shards) = store.recall(name)?;
    let mut portion: KeptPortion = postcard::from_bytes(&values).ok()?;
    let pages = pages(packs);
    portion.survey.chosen.turn(|page| pages[page as usize]);
    Some((portion, shards))
}

/// Makes the shards of the portion that came last, and keeps it.
pub(super) fn remember(
    store: &dyn PortionStore,
    name: &[u8; 32],
    packs: &Packs,
    mut survey: OfPortion,
    docs: &mut Docs<'_>,
) -> OfPortion {
    let (mut shards, mut bytes) = (Vec::new(), Vec::new());
    docs.close(&mut |batch| {
        for (hash, made, lists) in batch {
            shards.push(KeptShard::new(hash, made.len(), lists));
            bytes.push(made.clone());
        }
    });
    let pages = pages(packs);
    survey.chosen.turn(|page| pages.partition_point(|own| *own < page) as u32);
    let mut portion = KeptPortion { shards, survey };
    if let Ok(values) = postcard::to_stdvec(&portion) {
        store.remember(name, &values, &bytes);
    }
    portion.survey.chosen.turn(|page| pages[page as usize]);
    portion.survey
}

/// The pages of a portion, ascending.
fn pages(packs: &Packs) -> Vec<u32> {
    let mut pages: Vec<u32> = packs.iter().map(|(page, _)| *page).collect();
    pages.dedup();
    pages
}

/// The name of everything that the shards of a portion are made from.
pub(super) fn name(segment: Segment, packs: &Packs, packed: &Packed<'_>, limits: Limits) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &[u8]| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text);
    };
    add(format!("{VERSION} {limits:?} {segment:?}").as_bytes());
    for (page, number) in packs {
        let on = &packed.pages[*page as usize];
        add(on.url.as_bytes());
        add(on.department.as_bytes());
        add(format!("{:?} {:?} {:?}", on.region, on.year, on.kind).as_bytes());
        add(&packed.labels(*page)[*number].hash);
    }
    *hasher.finalize().as_bytes()
}
