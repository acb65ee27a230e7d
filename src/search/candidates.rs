//! Candidates: the records that may answer a query, in portions, each with the best tier that it can have. What a later
//! portion holds ranks behind the horizon of an earlier one, so that the best answers are known before all are.

use super::gram::Field;
use super::lists::{FEW, Source, Window, WordLists, cheap, common, windows};
use super::rank::{Rank, Tier, name_tier};
use super::reader::{Index, QueryError};

/// Candidates, and the rank before which none of a later portion stands; none when this is the last one.
pub(super) type Portion = (Vec<Rank>, Option<Rank>);

/// Takes a portion; false when no more are wanted.
type Take<'t> = &'t mut dyn FnMut(Portion) -> Result<bool, QueryError>;

/// Calls `take` with one portion after another until it returns false.
pub(super) fn each_portion(index: &Index<'_>, words: &[String], take: Take<'_>) -> Result<(), QueryError> {
    match words {
        [] => Ok(()),
        [word] => one_word(index, &WordLists::read(index, word)?, take),
        _ => several(index, words, take),
    }
}

const NAME: &[Field] = &[Field::Begin, Field::Name];

/// The portions of a single word: names that begin with it, codes, other names, texts; each window by window.
fn one_word(index: &Index<'_>, lists: &WordLists, take: Take<'_>) -> Result<(), QueryError> {
    let named = |first: &[Field]| [vec![lists.first(first)], lists.all(NAME).split_off(1)].concat();
    let stages = [
        (named(&[Field::Begin]), Tier::ExactName),
        (lists.all(&[Field::Code]), Tier::Code),
        (named(&[Field::Name]), Tier::Project),
        (lists.all(&[Field::Text]), Tier::Text),
    ];
    let ends = lists.last(&[Field::End]);
    for (stage, (sources, best)) in stages.iter().enumerate() {
        let after = stages.get(stage + 1).map(|(_, tier)| (*tier, 0));
        let parted = windows(sources);
        for (number, window) in parted.iter().enumerate() {
            let ids = common(index, sources, window)?;
            let whole = match best {
                Tier::ExactName if ids.len() > FEW => ends.within(index, window)?,
                _ => ids.clone(),
            };
            let bound = |id: u32| match best {
                Tier::ExactName if whole.binary_search(&id).is_ok() => Tier::ExactName,
                Tier::ExactName => Tier::NamePrefix,
                Tier::Project => index.kind(id).map_or(Tier::Project, name_tier),
                tier => *tier,
            };
            let next = parted.get(number + 1).map(|next| (*best, next.start));
            let ranked = ids.into_iter().map(|id| (bound(id), id)).collect();
            if !take((ranked, next.or(after)))? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Which records may hold a word, and where.
struct Word<'w> {
    word: &'w str,
    begin: Source,
    end: Source,
    name: Vec<Source>,
    code: Vec<Source>,
    text: Vec<Source>,
    context: Vec<Source>,
}

/// The portions of several words, window by window of what must be read of the rarest one: any of them may hold the
/// best answers, so there is no horizon before the last.
fn several(index: &Index<'_>, words: &[String], take: Take<'_>) -> Result<(), QueryError> {
    let words = words.iter().map(|word| Word::read(index, word)).collect::<Result<Vec<_>, _>>()?;
    let rare = words.iter().filter(|word| !index.names_segment(word.word)).min_by_key(|word| word.count());
    let all = 0..u32::MAX;
    let mut ids = Vec::new();
    match rare {
        Some(rare) => {
            for sources in [&rare.name, &rare.code, &rare.text, &rare.context] {
                ids.extend(common(index, sources, &all)?);
            }
        }
        None => {
            for word in &words {
                for sources in [&word.name, &word.code, &word.text] {
                    ids.extend(common(index, sources, &all)?);
                }
            }
        }
    }
    ids.sort_unstable();
    ids.dedup();
    let held = words.iter().map(|word| Held::read(index, word, &all)).collect::<Result<Vec<_>, _>>()?;
    let ranked = ids.into_iter().filter_map(|id| Some((bound(index, &held, id)?, id))).collect();
    take((ranked, None)).map(|_| ())
}

impl<'w> Word<'w> {
    fn read(index: &Index<'_>, word: &'w str) -> Result<Self, QueryError> {
        let lists = WordLists::read(index, word)?;
        Ok(Word {
            word,
            begin: lists.first(&[Field::Begin]),
            end: lists.last(&[Field::End]),
            name: lists.all(NAME),
            code: lists.all(&[Field::Code]),
            text: lists.all(&[Field::Text]),
            context: lists.all(&[Field::Context]),
        })
    }

    /// About how many records hold it.
    fn count(&self) -> usize {
        let least = |sources: &[Source]| sources.iter().map(|source| source.count).min().unwrap_or(0);
        [&self.name, &self.code, &self.text, &self.context].into_iter().map(|sources| least(sources)).sum()
    }
}

/// The records that may hold a word by its place in them. `None` stands for any record: where a text or the context
/// holds a common word, only the records tell.
struct Held<'w> {
    word: &'w str,
    begin: Vec<u32>,
    end: Vec<u32>,
    name: Vec<u32>,
    code: Vec<u32>,
    text: Option<Vec<u32>>,
    context: Option<Vec<u32>>,
}

impl<'w> Held<'w> {
    fn read(index: &Index<'_>, word: &Word<'w>, window: &Window) -> Result<Self, QueryError> {
        Ok(Held {
            word: word.word,
            begin: word.begin.within(index, window)?,
            end: word.end.within(index, window)?,
            name: common(index, &word.name, window)?,
            code: common(index, &word.code, window)?,
            text: cheap(index, &word.text, window)?,
            context: cheap(index, &word.context, window)?,
        })
    }

    /// The best tier that a record can have for the word of its own, and whether its context may hold it.
    fn bound(&self, index: &Index<'_>, id: u32) -> (Option<Tier>, bool) {
        let holds = |ids: &[u32]| ids.binary_search(&id).is_ok();
        let may = |ids: &Option<Vec<u32>>| ids.as_deref().is_none_or(holds);
        let own = match () {
            () if holds(&self.name) && holds(&self.begin) => Some(Tier::NamePrefix),
            () if holds(&self.code) => Some(Tier::Code),
            () if holds(&self.name) => index.kind(id).map(name_tier),
            () if may(&self.text) => Some(Tier::Text),
            () => None,
        };
        (own, may(&self.context) || index.segment_words(id).contains(self.word))
    }
}

/// The best tier that a record can have for several words; `None` when one of them stands nowhere in it.
fn bound(index: &Index<'_>, words: &[Held<'_>], id: u32) -> Option<Tier> {
    let bounds: Vec<(Option<Tier>, bool)> = words.iter().map(|word| word.bound(index, id)).collect();
    if bounds.iter().any(|(own, context)| own.is_none() && !context) {
        return None;
    }
    let holds = |ids: &[u32]| ids.binary_search(&id).is_ok();
    let whole = words.iter().all(|word| holds(&word.name));
    if whole
        && words.first().is_some_and(|word| holds(&word.begin))
        && words.last().is_some_and(|word| holds(&word.end))
    {
        return Some(Tier::ExactName);
    }
    // A word that the context may hold need not stand in the record, where it could make the answer worse.
    let needed = bounds.iter().filter(|(_, context)| !context).filter_map(|(own, _)| *own).max();
    needed.or_else(|| bounds.iter().filter_map(|(own, _)| *own).min())
}
