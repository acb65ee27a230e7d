//! The forms of the index's files. docs/search-index.md describes them to other programs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The version of the form. A reader refuses any other.
pub(super) const VERSION: u32 = 5;

/// `search/manifest.json`: what the index holds and where.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) version: u32,
    pub(super) counts: Counts,
    pub(super) types: Vec<Word>,
    pub(super) kinds: Vec<Word>,
    /// The ranges of amounts, the largest first.
    pub(super) ranges: Vec<Range>,
    /// The functional classes that occur.
    pub(super) classes: Vec<Word>,
    pub(super) regions: Regions,
    pub(super) segments: Segments,
    pub(super) docs: Files,
    pub(super) grams: GramShards,
    /// The n-grams of two characters that stand in most shards, and those that stand in many.
    pub(super) common: [String; 2],
    /// Traditional characters and the simplified ones for which they may stand in this index, in pairs.
    pub(super) glyphs: String,
}

/// So many characters the name of a group of shards has.
pub(super) const NAME: usize = 5;

/// The shards of a folder. So many neighbours are a group and have a name in common: of a large site the names would
/// else be most of the manifest.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Files {
    pub(super) count: usize,
    pub(super) group: usize,
    /// The names of the groups, [`NAME`] characters each.
    pub(super) names: String,
}

impl Files {
    /// The name of a shard: that of its group, and a letter.
    pub(super) fn name(&self, shard: usize) -> Option<String> {
        let (group, place) = (shard / self.group.max(1), shard % self.group.max(1));
        Some(format!("{}{}", self.names.get(group * NAME..(group + 1) * NAME)?, letter(place)?))
    }
}

/// The letter of a place in a group.
pub(super) fn letter(place: usize) -> Option<char> {
    ('a'..='z').nth(place)
}

/// Where the n-grams lie.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct GramShards {
    /// How many buckets each shard has.
    pub(super) widths: Vec<u32>,
    #[serde(flatten)]
    pub(super) files: Files,
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

/// A range of amounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Range {
    pub(super) id: String,
    pub(super) label: String,
    /// So many digits before the point its amounts have at least; 0 for the range of what has no amount.
    pub(super) digits: u32,
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
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Segments {
    /// The shard in which the first of the records lies.
    pub(super) first: Vec<u32>,
    /// 0 when not known, and for departments.
    pub(super) year: Vec<u16>,
    /// Index into `kinds`; -1 when not known, and for departments.
    #[serde(rename = "kind")]
    pub(super) account: Vec<i32>,
    /// Index into `ranges`.
    pub(super) range: Vec<u8>,
}

/// `docs/NAME.json`: records as columns, and the pages on which they stand.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct DocShard {
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
    /// 0 when not known, and for departments.
    pub(super) year: Vec<u16>,
    /// Index into `kinds`; -1 when not known, and for departments.
    #[serde(rename = "kind")]
    pub(super) account: Vec<i32>,
}

/// `grams/NAME.json`: what is filed under each n-gram of the shard, by the letters of the fields: lists of places, and
/// under `x` of slots.
pub(super) type GramShard = BTreeMap<String, BTreeMap<String, Vec<i32>>>;

/// The index of the last of ascending numbers that is not above `number`.
pub(super) fn last_at_most<T: PartialOrd>(firsts: &[T], number: T) -> usize {
    firsts.partition_point(|first| *first <= number).saturating_sub(1)
}
