//! Portions of the search index in the cache.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::cache::Cache;
use super::entry::Held;
use super::key::Key;
use crate::search::{KeptShards, PortionStore};

/// The portions that a cache has.
pub(super) struct Portions<'c> {
    cache: &'c Cache,
    is_lost: Arc<AtomicBool>,
}

impl<'c> Portions<'c> {
    pub(super) fn new(cache: &'c Cache) -> Self {
        Portions { cache, is_lost: Arc::default() }
    }

    /// True when some shards could not be read any more.
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost.load(Ordering::Relaxed)
    }

    fn key(&self, name: &[u8; 32]) -> Key {
        let mut key = self.cache.basis().key();
        key.add(b"portion");
        key.add(name);
        key
    }
}

impl PortionStore for Portions<'_> {
    fn recall(&self, name: &[u8; 32]) -> Option<(Vec<u8>, Arc<dyn KeptShards>)> {
        let (values, held) = self.cache.get::<Vec<u8>>(&self.key(name))?;
        Some((values, Arc::new(Shards { held, is_lost: self.is_lost.clone() })))
    }

    fn remember(&self, name: &[u8; 32], values: &[u8], shards: &[Vec<u8>]) {
        self.cache.put(&self.key(name), &values, &shards.iter().map(|bytes| bytes.into()).collect::<Vec<_>>());
    }
}

struct Shards {
    held: Held,
    is_lost: Arc<AtomicBool>,
}

impl KeptShards for Shards {
    fn bytes(&self, shard: usize) -> Vec<u8> {
        let place = self.held.places.get(shard);
        place.and_then(|place| self.held.holder.piece(place).ok()).unwrap_or_else(|| {
            self.is_lost.store(true, Ordering::Relaxed);
            Vec::new()
        })
    }
}
