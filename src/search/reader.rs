//! An opened index: the manifest, and the files that a query needs.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::rc::Rc;

use serde::de::DeserializeOwned;

use super::gram::{Field, Gram};
use super::kinds::RecordType;
use super::manifest::{DocShard, GramShard, List, Manifest, VERSION, absolute, last_at_most};
use super::normalize::normalize;

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

/// Parts of long lists, by list and part.
type Parts = BTreeMap<(u32, usize), Rc<Vec<u32>>>;

/// An opened index.
pub(super) struct Index<'a> {
    load: Load<'a>,
    pub(super) manifest: Manifest,
    /// The number of the first record of each document shard.
    doc_firsts: Vec<u32>,
    /// The folded year and kind of each segment, one per line.
    segment_words: Vec<String>,
    /// The parts of long lists that were read.
    parts: RefCell<Parts>,
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
        let start = |first: &mut u32, count: &u32| {
            let start = *first;
            *first = first.saturating_add(*count);
            Some(start)
        };
        let doc_firsts = manifest.docs.iter().scan(0, start).collect();
        let segment_words = (0..manifest.segments.first.len()).map(|it| segment_words(&manifest, it)).collect();
        Ok(Index { load, manifest, doc_firsts, segment_words, parts: RefCell::default() })
    }

    /// True for the record of a department: they come first.
    pub(super) fn is_department(&self, id: u32) -> bool {
        self.manifest.counts.by_type.get(RecordType::Department.word()).is_some_and(|count| id < *count)
    }

    /// Year (0 for none) and name of the kind of the disclosure to which a record belongs.
    pub(super) fn account(&self, id: u32) -> (u16, &str) {
        let segments = &self.manifest.segments;
        let segment = last_at_most(&segments.first, id);
        let account = segments.account.get(segment).and_then(|kind| usize::try_from(*kind).ok());
        let label = account.and_then(|kind| self.manifest.kinds.get(kind)).map_or("", |word| word.label.as_str());
        (segments.year.get(segment).copied().unwrap_or_default(), label)
    }

    /// The folded year and kind of a record, one per line.
    pub(super) fn segment_words(&self, id: u32) -> &str {
        let segment = last_at_most(&self.manifest.segments.first, id);
        self.segment_words.get(segment).map_or("", String::as_str)
    }

    /// True when a word stands in the year or kind of some records.
    pub(super) fn names_segment(&self, word: &str) -> bool {
        self.segment_words.iter().any(|words| words.contains(word))
    }

    /// The document shard in which a record lies.
    pub(super) fn shard(&self, id: u32) -> usize {
        last_at_most(&self.doc_firsts, id)
    }

    /// Reads a document shard.
    pub(super) fn docs(&self, shard: usize) -> Result<DocShard, QueryError> {
        self.read(&format!("docs/{shard}"))
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

    /// The lists of n-grams by field. N-grams of one shard are read together.
    pub(super) fn entries(&self, grams: &[Gram]) -> Result<Vec<BTreeMap<Field, List>>, QueryError> {
        let mut shards: BTreeMap<usize, GramShard> = BTreeMap::new();
        let mut entries = Vec::new();
        for gram in grams {
            let number = gram.shard(self.manifest.grams);
            let shard: &GramShard = match shards.entry(number) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(self.read(&format!("grams/{number}"))?),
            };
            let fields = shard.get(&gram.text());
            let list = |field: Field| Some((field, fields?.get(field.letter())?.clone()));
            entries.push(Field::ALL.into_iter().filter_map(list).collect());
        }
        Ok(entries)
    }

    /// The records of a part of a long list.
    pub(super) fn part(&self, list: u32, part: usize) -> Result<Rc<Vec<u32>>, QueryError> {
        if let Some(known) = self.parts.borrow().get(&(list, part)) {
            return Ok(Rc::clone(known));
        }
        let ids = Rc::new(absolute(&self.read::<Vec<u32>>(&format!("lists/{list}-{part}"))?).collect());
        self.parts.borrow_mut().insert((list, part), Rc::clone(&ids));
        Ok(ids)
    }

    fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, QueryError> {
        read(self.load, &format!("{}/{path}.json", self.manifest.folder))
    }
}

fn segment_words(manifest: &Manifest, segment: usize) -> String {
    let year = manifest.segments.year.get(segment).filter(|year| **year > 0);
    let kind = manifest.segments.account.get(segment).and_then(|kind| manifest.kinds.get(usize::try_from(*kind).ok()?));
    let year = year.map(|year| format!("{year}年")).unwrap_or_default();
    format!("{year}\n{}", kind.map(|kind| normalize(&kind.label)).unwrap_or_default())
}

fn read<T: DeserializeOwned>(load: Load<'_>, path: &str) -> Result<T, QueryError> {
    let bytes = load(path).ok_or_else(|| QueryError::Missing(path.to_owned()))?;
    serde_json::from_slice(&bytes).map_err(|error| QueryError::Malformed(path.to_owned(), error.to_string()))
}
