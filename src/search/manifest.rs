//! The forms of the index's files. docs/search-index.md describes them to other programs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The version of the form. A reader refuses any other.
pub(super) const VERSION: u32 = 1;

/// `search/manifest.json`: what the index holds and where.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) version: u32,
    pub(super) counts: Counts,
    /// The columns of a document shard.
    pub(super) fields: Vec<String>,
    pub(super) types: Vec<Word>,
    pub(super) kinds: Vec<Word>,
    /// The years of disclosures, newest first.
    pub(super) years: Vec<u16>,
    pub(super) regions: Regions,
    /// The departments; record `i` is department `i`.
    pub(super) departments: Departments,
    pub(super) disclosures: Disclosures,
    pub(super) docs: Docs,
    pub(super) grams: GramFiles,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Counts {
    pub(super) records: u32,
    pub(super) by_type: BTreeMap<String, u32>,
}

/// A word of a dictionary and the name that readers see.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Word {
    pub(super) id: String,
    pub(super) label: String,
}

/// Columns over all regions, parents before children.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Regions {
    pub(super) slug: Vec<String>,
    pub(super) name: Vec<String>,
    /// Index of the region above; -1 for none.
    pub(super) parent: Vec<i32>,
}

/// Columns over all departments.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Departments {
    pub(super) slug: Vec<String>,
    pub(super) name: Vec<String>,
    /// Index of the region; -1 for none.
    pub(super) region: Vec<i32>,
}

/// Columns over all disclosures.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Disclosures {
    /// Index of the department.
    pub(super) department: Vec<u32>,
    /// 0 when not known.
    pub(super) year: Vec<u16>,
    /// Index into `kinds`; -1 when not known.
    pub(super) kind: Vec<i32>,
    /// The page, relative to the site's root.
    pub(super) url: Vec<String>,
    /// The number of its first record; its records end where those of the next one begin.
    pub(super) first: Vec<u32>,
}

/// The document shards in order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Docs {
    /// The name of each file: `docs/<file>.json`.
    pub(super) file: Vec<String>,
    /// The number of the first record of each file.
    pub(super) first: Vec<u32>,
}

/// The posting shards; an n-gram lies in shard FNV-1a(n-gram) modulo their number.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct GramFiles {
    /// The name of each file: `grams/<file>.json`.
    pub(super) file: Vec<String>,
}

/// `search/docs/NNN-<hash>.json`: records as columns.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct DocShard {
    /// The number of the first record.
    pub(super) first: u32,
    /// Indices into the manifest's `types`.
    #[serde(rename = "type")]
    pub(super) kind: Vec<u8>,
    pub(super) name: Vec<String>,
    pub(super) code: Vec<String>,
    pub(super) text: Vec<String>,
    pub(super) amount: Vec<String>,
    pub(super) yuan: Vec<String>,
    /// Relative to the page of the record's department or disclosure.
    pub(super) url: Vec<String>,
}

/// The columns of [`DocShard`] in order.
pub(super) const FIELDS: [&str; 7] = ["type", "name", "code", "text", "amount", "yuan", "url"];

/// `search/grams/HH-<hash>.json`: what is filed under each n-gram of the shard.
pub(super) type GramShard = BTreeMap<String, Entry>;

/// What is filed under an n-gram.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Entry {
    /// The number of the first record, then the differences.
    Inline(Vec<u32>),
    /// A list that is too long for the shard.
    Long {
        /// How many records.
        count: u32,
        /// The parts in order, `lists/<name>.json`: each a list of a first number and differences.
        lists: Vec<String>,
    },
}

/// The absolute numbers of a list of differences.
pub(super) fn absolute(differences: &[u32]) -> impl Iterator<Item = u32> + '_ {
    differences.iter().scan(0_u32, |number, difference| {
        *number = number.saturating_add(*difference);
        Some(*number)
    })
}
