//! The lists of a word: which records hold its n-grams in a field. Long lists are read in parts, window by window.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::gram::{Field, query_grams};
use super::manifest::{List, last_at_most};
use super::rank::Tier;
use super::reader::{Index, QueryError};

/// So few records are not narrowed by reading a part of a long list: they themselves decide sooner.
pub(super) const FEW: usize = 10;

/// Records by their numbers.
pub(super) type Window = Range<u32>;

/// The records that hold an n-gram in one of some fields.
#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    /// From the lists that stand in the shard, ascending.
    ids: Vec<u32>,
    /// The longer lists: number, and first record of each part.
    long: Vec<(u32, Vec<u32>)>,
    /// How many records there are.
    pub(super) count: usize,
}

/// The lists of the n-grams of a word.
pub(super) struct WordLists(Vec<BTreeMap<Field, List>>);

/// One source for each n-gram of a word: the records that stand in all of them may hold it.
pub(super) type Sources = Vec<Source>;

impl WordLists {
    /// Reads the shards of a word's n-grams. `alone`: it is the only word of the query.
    pub(super) fn read(index: &Index<'_>, word: &str, alone: bool) -> Result<Self, QueryError> {
        Ok(WordLists(index.entries(&query_grams(word, alone))?))
    }

    /// The records that may hold the word at a tier; each of these alternatives is enough.
    pub(super) fn at(&self, tier: Tier) -> Vec<Sources> {
        match tier {
            Tier::ExactName => Vec::new(),
            Tier::NamePrefix => vec![self.named(&[Field::Begin]), self.all(&[Field::Begin, Field::Organization])],
            Tier::Code => vec![self.all(&[Field::Code])],
            Tier::Project => vec![self.all(&[Field::Project])],
            Tier::Term => vec![self.all(&[Field::Term])],
            Tier::Name => vec![self.all(&[Field::Name])],
            Tier::Text => vec![self.all(&[Field::Text])],
        }
    }

    /// The records whose whole name may be the query, of which this word is the first, the last, or neither.
    pub(super) fn whole(&self, first: bool, last: bool) -> Sources {
        let mut sources = self.named(if first { &[Field::Begin] } else { &Field::NAMES });
        if let Some(lists) = self.0.last().filter(|_| last) {
            // What ends a name stands in it.
            if !(first && sources.len() == 1) {
                sources.pop();
            }
            sources.push(source(lists, &[Field::End]));
        }
        sources
    }

    /// The records whose context may hold the word.
    pub(super) fn context(&self) -> Sources {
        self.all(&[Field::Context])
    }

    /// The records that hold the first n-gram in these fields and the others anywhere in the name.
    fn named(&self, first: &[Field]) -> Sources {
        let mut sources = self.all(&Field::NAMES);
        if let (Some(source_of_first), Some(lists)) = (sources.first_mut(), self.0.first()) {
            *source_of_first = source(lists, first);
        }
        sources
    }

    fn all(&self, fields: &[Field]) -> Sources {
        self.0.iter().map(|lists| source(lists, fields)).collect()
    }
}

fn source(lists: &BTreeMap<Field, List>, fields: &[Field]) -> Source {
    let mut source = Source::default();
    for list in fields.iter().filter_map(|field| lists.get(field)) {
        source.count += list.count();
        match list {
            List::Inline(_) => source.ids.extend(list.inline()),
            List::Long { list, from, .. } => source.long.push((*list, from.clone())),
        }
    }
    source.ids.sort_unstable();
    source.ids.dedup();
    source
}

impl Source {
    /// True when all of it stands in the shard.
    pub(super) fn is_short(&self) -> bool {
        self.long.is_empty()
    }

    /// The records of a window, ascending.
    pub(super) fn within(&self, index: &Index<'_>, window: &Window) -> Result<Vec<u32>, QueryError> {
        let mut ids = self.short(window).to_vec();
        for (list, from) in &self.long {
            let last = last_at_most(from, window.end - 1);
            for part in last_at_most(from, window.start)..=last {
                ids.extend(index.part(*list, part)?.iter().filter(|id| window.contains(id)));
            }
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    fn short(&self, window: &Window) -> &[u32] {
        let at = |number| self.ids.partition_point(|id| *id < number);
        &self.ids[at(window.start)..at(window.end)]
    }
}

/// The windows in which no long list of these sources has more than one part to read; `more` are places at which
/// windows begin too.
pub(super) fn windows<'s>(sources: impl IntoIterator<Item = &'s Source>, more: &[u32]) -> Vec<Window> {
    let mut starts = BTreeSet::from([0]);
    starts.extend(more);
    for (_, from) in sources.into_iter().flat_map(|source| &source.long) {
        starts.extend(from.iter().skip(1));
    }
    let ends = starts.iter().copied().skip(1).chain([u32::MAX]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The records of a window that may stand in all of the sources: all that do, and perhaps a few more.
pub(super) fn common(index: &Index<'_>, sources: &[Source], window: &Window) -> Result<Vec<u32>, QueryError> {
    let mut order: Vec<&Source> = sources.iter().collect();
    order.sort_by_key(|source| (!source.is_short(), source.count));
    let mut known: Option<Vec<u32>> = None;
    for source in order {
        known = Some(match known {
            None => source.within(index, window)?,
            Some(known) if known.is_empty() || !source.is_short() && known.len() <= FEW => known,
            Some(known) => {
                let ids = source.within(index, window)?;
                known.into_iter().filter(|id| ids.binary_search(id).is_ok()).collect()
            }
        });
    }
    Ok(known.unwrap_or_default())
}

/// About how many records stand in all of the sources: no more than in the smallest.
pub(super) fn at_most(sources: &[Source]) -> usize {
    sources.iter().map(|source| source.count).min().unwrap_or(0)
}
