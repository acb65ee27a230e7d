//! Candidates: the records that may answer a query, in portions, each with the best tier that it can have. What a later
//! portion holds ranks behind the horizon of an earlier one, so that the best answers are known before all are.
//!
//! Tier by tier, and within a tier window by window of the records: a record is a candidate at the first tier at which
//! each word may stand in its own fields or in its context, and one of them in its own fields.

use super::lists::{FEW, Source, Sources, Window, WordLists, at_most, common, windows};
use super::rank::{Rank, Tier};
use super::reader::{Index, QueryError};

/// Candidates, and the rank before which none of a later portion stands; none when this is the last one.
pub(super) type Portion = (Vec<Rank>, Option<Rank>);

/// Takes a portion; false when no more are wanted.
type Take<'t> = &'t mut dyn FnMut(Portion) -> Result<bool, QueryError>;

/// Calls `take` with one portion after another until it returns false. A record may come again in a later portion.
pub(super) fn each_portion(index: &Index<'_>, words: &[String], take: Take<'_>) -> Result<(), QueryError> {
    if words.is_empty() {
        return Ok(());
    }
    let lists =
        words.iter().map(|word| WordLists::read(index, word, words.len() == 1)).collect::<Result<Vec<_>, _>>()?;
    let words: Vec<(&str, WordLists)> = words.iter().map(String::as_str).zip(lists).collect();
    for (at, tier) in Tier::ALL.into_iter().enumerate() {
        let stage = Stage::new(index, &words, tier);
        let windows = stage.windows();
        let after = Tier::ALL.get(at + 1).map(|tier| (*tier, 0));
        for (number, window) in windows.iter().enumerate() {
            let ids = stage.candidates(window)?;
            let horizon = windows.get(number + 1).map(|next| (tier, next.start)).or(after);
            if !take((ids.into_iter().map(|id| (tier, id)).collect(), horizon))? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// What is looked up for the candidates of a tier.
struct Stage<'s> {
    index: &'s Index<'s>,
    /// The words, the rarest first, and those that may be a year or kind last.
    words: Vec<Held<'s>>,
    alone: bool,
}

/// Where a word may stand at a tier or a better one.
struct Held<'s> {
    word: &'s str,
    /// In a record's own fields.
    own: Vec<Sources>,
    /// In the names of department and regions.
    context: Vec<Sources>,
    /// True when it stands in the year or kind of some records.
    segment: bool,
}

impl<'s> Stage<'s> {
    fn new(index: &'s Index<'s>, words: &'s [(&'s str, WordLists)], tier: Tier) -> Self {
        let alone = words.len() == 1;
        let held = |(at, (word, lists)): (usize, &'s (&'s str, WordLists))| {
            let single = word.chars().nth(1).is_none();
            let better = Tier::ALL.into_iter().filter(|it| *it <= tier);
            let own = match tier {
                Tier::ExactName => vec![lists.whole(at == 0 || single, at + 1 == words.len() && (alone || !single))],
                // What a better tier holds is known already.
                _ if alone => lists.at(tier),
                _ => better.flat_map(|tier| lists.at(tier)).collect(),
            };
            let around = tier != Tier::ExactName && !alone && !single;
            let context = if around { vec![lists.context()] } else { Vec::new() };
            Held { word, own, context, segment: around && index.names_segment(word) }
        };
        let mut words: Vec<Held<'_>> = words.iter().enumerate().map(held).collect();
        words.sort_by_key(|held| (held.segment, held.count()));
        Stage { index, words, alone }
    }

    fn windows(&self) -> Vec<Window> {
        let some = self.words.iter().any(|held| held.segment);
        let segments: &[u32] = if some { &self.index.manifest.segments.first } else { &[] };
        windows(self.words.iter().flat_map(Held::sources), segments)
    }

    /// The candidates of a window: all, and perhaps a few records more.
    fn candidates(&self, window: &Window) -> Result<Vec<u32>, QueryError> {
        let mut known: Option<Vec<u32>> = None;
        // The records that hold a word of their own; `None` when that was not read.
        let mut owned: Vec<Option<Vec<u32>>> = Vec::new();
        if !self.alone && self.words.iter().all(|held| held.segment) {
            let own = self.words.iter().map(|held| held.own(self.index, window)).collect::<Result<Vec<_>, _>>()?;
            known = Some(union(own));
        }
        for held in &self.words {
            let open = |known: &Vec<u32>| held.open(self.index, known, &owned);
            match known.as_ref().map(|known| (known, open(known))) {
                Some((known, _)) if known.is_empty() => return Ok(Vec::new()),
                Some((_, false)) => continue,
                Some((known, true)) if known.len() <= FEW && held.is_long() => {
                    owned.push(None);
                    continue;
                }
                _ => {}
            }
            let own = held.own(self.index, window)?;
            let context = union(any(&held.context, self.index, window)?);
            let may = |id: &u32| has(&own, *id) || has(&context, *id) || held.in_segment(self.index, *id);
            known = Some(match known {
                None => union(vec![own.clone(), context]),
                Some(known) => known.into_iter().filter(may).collect(),
            });
            owned.push(Some(own));
        }
        let own = |id: &u32| owned.iter().any(|ids| ids.as_ref().is_none_or(|ids| has(ids, *id)));
        Ok(known.unwrap_or_default().into_iter().filter(own).collect())
    }
}

impl Held<'_> {
    fn sources(&self) -> impl Iterator<Item = &Source> {
        self.own.iter().chain(&self.context).flatten()
    }

    /// About how many records it leaves.
    fn count(&self) -> usize {
        self.own.iter().chain(&self.context).map(|sources| at_most(sources)).sum()
    }

    fn is_long(&self) -> bool {
        self.sources().any(|source| !source.is_short())
    }

    fn own(&self, index: &Index<'_>, window: &Window) -> Result<Vec<u32>, QueryError> {
        Ok(union(any(&self.own, index, window)?))
    }

    fn in_segment(&self, index: &Index<'_>, id: u32) -> bool {
        self.segment && index.segment_words(id).contains(self.word)
    }

    /// False when the lists of this word cannot change anything: year or kind of all records hold it, and they have
    /// another word of their own.
    fn open(&self, index: &Index<'_>, known: &[u32], owned: &[Option<Vec<u32>>]) -> bool {
        let settled = |id: &u32| self.in_segment(index, *id) && owned.iter().flatten().any(|ids| has(ids, *id));
        !known.iter().all(settled)
    }
}

/// The records of a window that may hold a word, by each of the alternatives.
fn any(alternatives: &[Sources], index: &Index<'_>, window: &Window) -> Result<Vec<Vec<u32>>, QueryError> {
    alternatives.iter().map(|sources| common(index, sources, window)).collect()
}

fn has(ids: &[u32], id: u32) -> bool {
    ids.binary_search(&id).is_ok()
}

fn union(lists: Vec<Vec<u32>>) -> Vec<u32> {
    let mut all = lists.concat();
    all.sort_unstable();
    all.dedup();
    all
}
