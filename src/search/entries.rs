//! Entries: the records of a disclosure, packed by range of amounts and portion. The index takes them in the order of its
//! records, portion by portion, so that those of a large site need not be in memory together.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::collect;
use super::order::portion;
use super::range::range;
use super::record::Record;
use crate::assemble::PublishedDisclosure;
use crate::audit::Rules;

/// What a disclosure adds to the index: a function of that disclosure alone, so that it can be kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entries {
    /// What each pack holds, by range and portion.
    pub labels: Vec<PackLabel>,
    /// The records of each as bytes.
    pub packs: Vec<Vec<u8>>,
}

/// What a pack holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackLabel {
    pub(super) range: u8,
    pub(super) portion: u8,
    pub(super) records: u32,
    /// Of its bytes.
    pub(super) hash: [u8; 32],
}

/// Where the entries of a site's disclosures are.
pub trait EntryStore: Sync {
    /// The packs of the disclosure with this index.
    fn labels(&self, disclosure: usize) -> &[PackLabel];

    /// One of them; empty when it is lost, which the store has to tell.
    fn pack(&self, disclosure: usize, number: usize) -> Cow<'_, [u8]>;
}

/// The entries of a disclosure, in the language in which its site is checked.
pub fn entries(rules: &Rules, published: &PublishedDisclosure) -> Entries {
    Entries::new(collect::records(rules.language(), published))
}

impl Entries {
    pub(super) fn new(records: Vec<Record>) -> Self {
        let mut by_portion: BTreeMap<(u8, u8), Vec<Record>> = BTreeMap::new();
        for record in records {
            by_portion.entry((range(record.yuan), portion(&record))).or_default().push(record);
        }
        let packed = by_portion.into_iter().map(|((range, portion), records)| {
            let pack = pack(&records);
            let hash = *blake3::hash(&pack).as_bytes();
            (PackLabel { range, portion, records: records.len() as u32, hash }, pack)
        });
        let (labels, packs) = packed.unzip();
        Entries { labels, packs }
    }
}

impl EntryStore for Vec<Entries> {
    fn labels(&self, disclosure: usize) -> &[PackLabel] {
        &self[disclosure].labels
    }

    fn pack(&self, disclosure: usize, number: usize) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self[disclosure].packs[number])
    }
}

fn pack(records: &[Record]) -> Vec<u8> {
    postcard::to_stdvec(records).expect("texts and numbers can be written as bytes")
}

/// The records of a pack, which stand on this page. A pack that is lost has none: its store tells that.
pub(super) fn unpack(bytes: &[u8], page: u32) -> Vec<Record> {
    let mut records: Vec<Record> = postcard::from_bytes(bytes).unwrap_or_default();
    records.iter_mut().for_each(|record| record.page = page);
    records
}
