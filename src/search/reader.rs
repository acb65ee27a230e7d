//! An opened index: the manifest, and the files that a query needs.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::rc::Rc;

use serde::de::DeserializeOwned;

use super::gram::{Field, Gram};
use super::kinds::RecordType;
use super::manifest::{DocShard, Files, GramShard, Manifest, VERSION, last_at_most};
use super::normalize::normalize;
use super::places::{Place, places};
use super::record::Fields;

/// Reads a file of the index, by its path below `search/`.
pub(super) type Load<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// Why a query cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// A file of the index is not there.
    #[error("the search index has no file {0}")]
    Missing(String),
    /// A file of the index cannot be read.
    #[error("the search index's file {0} cannot be read: {1}")]
    Malformed(String, String),
    /// The index has another form than this program reads.
    #[error("the search index has version {0}, expected {VERSION}")]
    Version(u32),
}

/// What is filed under an n-gram, by field.
pub(super) type Lists = BTreeMap<Field, Vec<Place>>;

/// An opened index.
pub(super) struct Index<'a> {
    load: Load<'a>,
    pub(super) manifest: Manifest,
    /// The first bucket of each shard of n-grams.
    buckets: Vec<u32>,
    /// The folded year and kind of each segment, one per line.
    segment_words: Vec<String>,
    /// How common n-grams are that are common.
    common: BTreeMap<Gram, usize>,
    /// The document shards that were read.
    records: RefCell<BTreeMap<usize, Rc<ShardRecords>>>,
}

/// The records of a shard, with their folded fields.
pub(super) struct ShardRecords {
    pub(super) docs: DocShard,
    /// What each record is and the fields in which words are looked for; of those that are whole only.
    pub(super) fields: Vec<(RecordType, Fields)>,
}

impl ShardRecords {
    fn new(docs: DocShard) -> Self {
        let text = |column: &[String], at: usize| column.get(at).map_or("", String::as_str).to_owned();
        let fields = docs.kind.iter().enumerate().map_while(|(at, kind)| {
            let kind = *RecordType::ALL.get(usize::from(*kind))?;
            let texts = [&docs.name, &docs.alias, &docs.code, &docs.text, &docs.amount].map(|column| text(column, at));
            Some((kind, Fields::new(kind, texts.each_ref().map(String::as_str))))
        });
        ShardRecords { fields: fields.collect(), docs }
    }
}

impl<'a> Index<'a> {
    /// Reads the manifest.
    pub(super) fn open(load: Load<'a>) -> Result<Self, QueryError> {
        #[derive(serde::Deserialize)]
        struct Versioned {
            version: u32,
        }
        let Versioned { version } = read(load, "manifest.json")?;
        if version != VERSION {
            return Err(QueryError::Version(version));
        }
        let manifest: Manifest = read(load, "manifest.json")?;
        let segments = manifest.segments.year.iter().zip(&manifest.segments.account);
        let segment_words = segments.map(|(year, account)| account_words(&manifest, *year, *account)).collect();
        let mut common = BTreeMap::new();
        for (grams, rank) in manifest.common.iter().rev().zip(1..) {
            let chars: Vec<char> = grams.chars().collect();
            common.extend(chars.chunks_exact(2).map(|gram| (Gram::new(gram), rank)));
        }
        let ends = manifest.grams.widths.iter().scan(0_u32, |end, width| {
            *end = end.saturating_add(*width);
            Some(*end)
        });
        let buckets = std::iter::once(0).chain(ends).take(manifest.grams.widths.len()).collect();
        Ok(Index { load, manifest, buckets, segment_words, common, records: RefCell::default() })
    }

    /// How common an n-gram is; 0 when it is not.
    pub(super) fn common(&self, gram: Gram) -> usize {
        self.common.get(&gram).copied().unwrap_or(0)
    }

    /// How many document shards there are.
    pub(super) fn shards(&self) -> usize {
        self.manifest.docs.count
    }

    /// The name of a kind; empty for none.
    pub(super) fn kind_label(&self, account: i32) -> &str {
        kind_label(&self.manifest, account)
    }

    /// The folded year and kind of a disclosure, one per line.
    pub(super) fn account_words(&self, year: u16, account: i32) -> String {
        account_words(&self.manifest, year, account)
    }

    /// True when a word stands in the year or kind of some records.
    pub(super) fn names_segment(&self, word: &str) -> bool {
        self.segment_words.iter().any(|words| words.contains(word))
    }

    /// True when a word stands in the year or kind of some records of a shard, which may hold the end of a segment, whole
    /// ones, and the beginning of another.
    pub(super) fn in_segment(&self, shard: usize, word: &str) -> bool {
        let firsts = &self.manifest.segments.first;
        let before = firsts.partition_point(|first| (*first as usize) < shard).saturating_sub(1);
        let end = firsts.partition_point(|first| *first as usize <= shard);
        self.segment_words.get(before..end).unwrap_or_default().iter().any(|words| words.contains(word))
    }

    /// Reads a document shard, once.
    pub(super) fn records(&self, shard: usize) -> Result<Rc<ShardRecords>, QueryError> {
        if let Some(known) = self.records.borrow().get(&shard) {
            return Ok(Rc::clone(known));
        }
        let docs = self.read("docs", &self.manifest.docs, shard)?;
        let records = Rc::new(ShardRecords::new(docs));
        self.records.borrow_mut().insert(shard, Rc::clone(&records));
        Ok(records)
    }

    /// The folded names of a region and of those above it, one per line.
    pub(super) fn region_words(&self, region: i32) -> String {
        let regions = &self.manifest.regions;
        let mut words = String::new();
        let mut next = region;
        while let Some(region) = usize::try_from(next).ok().filter(|region| *region < regions.name.len()) {
            words = words + "\n" + &normalize(&regions.name[region]);
            // Parents stand before children, so that this ends.
            next = regions.parent.get(region).copied().filter(|parent| *parent < next).unwrap_or(-1);
        }
        words
    }

    /// What is filed under n-grams. Those of one shard are read together.
    pub(super) fn lists(&self, grams: &[Gram]) -> Result<Vec<Lists>, QueryError> {
        let mut shards: BTreeMap<usize, GramShard> = BTreeMap::new();
        let mut all = Vec::new();
        for gram in grams {
            let number = last_at_most(&self.buckets, gram.bucket().into());
            let shard: &GramShard = match shards.entry(number) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(self.read("grams", &self.manifest.grams.files, number)?),
            };
            let fields = shard.get(&gram.text()).into_iter().flatten();
            all.push(fields.filter_map(|(word, list)| Some((Field::of_word(word)?, places(list)))).collect());
        }
        Ok(all)
    }

    fn read<T: DeserializeOwned>(&self, folder: &str, files: &Files, shard: usize) -> Result<T, QueryError> {
        read(self.load, &format!("{folder}/{}.json", files.name(shard).unwrap_or_default()))
    }
}

fn account_words(manifest: &Manifest, year: u16, account: i32) -> String {
    let year = if year > 0 { format!("{year}年") } else { String::new() };
    format!("{year}\n{}", normalize(kind_label(manifest, account)))
}

fn kind_label(manifest: &Manifest, account: i32) -> &str {
    let kind = usize::try_from(account).ok().and_then(|kind| manifest.kinds.get(kind));
    kind.map_or("", |kind| kind.label.as_str())
}

fn read<T: DeserializeOwned>(load: Load<'_>, path: &str) -> Result<T, QueryError> {
    let bytes = load(path).ok_or_else(|| QueryError::Missing(path.to_owned()))?;
    serde_json::from_slice(&bytes).map_err(|error| QueryError::Malformed(path.to_owned(), error.to_string()))
}
