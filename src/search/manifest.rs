//! The forms of the index's files. docs/search-index.md describes them to other programs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The version of the form. A reader refuses any other.
pub(super) const VERSION: u32 = 3;

/// `search/manifest.json`: what the index holds and where.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) version: u32,
    /// A hash of everything in the index: the folder below `search/` with all other files.
    pub(super) folder: String,
    pub(super) counts: Counts,
    pub(super) types: Vec<Word>,
    pub(super) kinds: Vec<Word>,
    /// The ranges of amounts, the largest first.
    pub(super) ranges: Vec<Word>,
    /// The functional classes that occur.
    pub(super) classes: Vec<Word>,
    pub(super) regions: Regions,
    pub(super) segments: Segments,
    /// How many records each document shard holds.
    pub(super) docs: Vec<u32>,
    /// How many posting shards there are.
    pub(super) grams: usize,
    /// How many records one facet shard describes.
    pub(super) facets: usize,
    /// Traditional characters and the simplified ones for which they may stand in this index, in pairs.
    pub(super) glyphs: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Counts {
    pub(super) records: u32,
    pub(super) by_type: BTreeMap<String, u32>,
}

/// A word of a dictionary and the name that readers see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// Columns over the runs of records that have all of this in common.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Segments {
    /// The number of the first record.
    pub(super) first: Vec<u32>,
    /// 0 when not known, and for departments.
    pub(super) year: Vec<u16>,
    /// Index into `kinds`; -1 when not known, and for departments.
    #[serde(rename = "kind")]
    pub(super) account: Vec<i8>,
    /// Index into `ranges`.
    pub(super) range: Vec<u8>,
}

/// `docs/N.json`: records as columns, and the pages on which they stand.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct DocShard {
    /// The number of the first record.
    pub(super) first: u32,
    pub(super) pages: Pages,
    /// Index into `types`.
    #[serde(rename = "type")]
    pub(super) kind: Vec<u8>,
    pub(super) name: Vec<String>,
    /// Other ways to write the name; empty when no record of the shard has any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) alias: Vec<String>,
    pub(super) code: Vec<String>,
    pub(super) text: Vec<String>,
    pub(super) amount: Vec<String>,
    pub(super) yuan: Vec<String>,
    /// Index into `pages`.
    pub(super) page: Vec<u32>,
    /// Relative to the page.
    pub(super) url: Vec<String>,
}

/// Columns over the pages of a shard's records.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Pages {
    /// Relative to the site's root.
    pub(super) url: Vec<String>,
    pub(super) department: Vec<String>,
    /// Index into the manifest's `regions`; -1 for none.
    pub(super) region: Vec<i32>,
}

/// `grams/N.json`: what is filed under each n-gram of the shard, by the letters of the fields.
pub(super) type GramShard = BTreeMap<String, BTreeMap<String, List>>;

/// A list of records.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum List {
    /// The number of the first record, then the differences.
    Inline(Vec<u32>),
    /// A list that is too long for the shard.
    Long {
        /// How many records.
        count: u32,
        /// Its number: its parts are `lists/<list>-<part>.json`, each of the inline form.
        list: u32,
        /// The first record of each part.
        from: Vec<u32>,
    },
}

impl List {
    /// The records, as far as they stand here.
    pub(super) fn inline(&self) -> Vec<u32> {
        match self {
            List::Inline(differences) => absolute(differences).collect(),
            List::Long { .. } => Vec::new(),
        }
    }

    /// How many records it lists.
    pub(super) fn count(&self) -> usize {
        match self {
            List::Inline(differences) => differences.len(),
            List::Long { count, .. } => *count as usize,
        }
    }
}

/// `facets/N.json`: columns over so many records as the manifest says.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct FacetShard {
    /// Index into `regions`; -1 for none.
    pub(super) region: Vec<i32>,
    /// Index into `classes`; -1 for none.
    pub(super) class: Vec<i32>,
    /// Index into `types`.
    #[serde(rename = "type")]
    pub(super) kind: Vec<u8>,
}

/// The absolute numbers of a list of differences.
pub(super) fn absolute(differences: &[u32]) -> impl Iterator<Item = u32> + '_ {
    differences.iter().scan(0_u32, |number, difference| {
        *number = number.saturating_add(*difference);
        Some(*number)
    })
}

/// The index of the last of ascending numbers that is not above `number`.
pub(super) fn last_at_most(firsts: &[u32], number: u32) -> usize {
    firsts.partition_point(|first| *first <= number).saturating_sub(1)
}
