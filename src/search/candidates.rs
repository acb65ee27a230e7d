//! Candidates: the records that may answer a query, in portions, each with the best tier that it can have. What a later
//! portion holds ranks behind the horizon of an earlier one, so that the best answers are known before all are.

use super::gram::Field;
use super::kinds::RecordType;
use super::lists::{Holders, WordLists};
use super::rank::{Rank, Tier, name_tier};
use super::reader::{Index, QueryError};

/// Candidates, and the rank before which none of a later portion stands; none when this is the last one.
pub(super) type Portion = (Vec<Rank>, Option<Rank>);

/// Calls `take` with one portion after another until it returns false.
pub(super) fn each_portion(
    index: &Index<'_>,
    words: &[String],
    take: &mut dyn FnMut(Portion) -> Result<bool, QueryError>,
) -> Result<(), QueryError> {
    match words {
        [] => Ok(()),
        [word] => one_word(index, &WordLists::read(index, word)?, take),
        _ => take((several(index, words)?, None)).map(|_| ()),
    }
}

const NAME: &[Field] = &[Field::Begin, Field::Name];

/// The portions of a single word: names that begin with it, codes, other names, texts.
fn one_word(
    index: &Index<'_>,
    lists: &WordLists,
    take: &mut dyn FnMut(Portion) -> Result<bool, QueryError>,
) -> Result<(), QueryError> {
    let ends = lists.ends(index)?;
    let stages = [
        (lists.name_from(&[Field::Begin]), Tier::ExactName),
        (lists.all(&[Field::Code]), Tier::Code),
        (lists.name_from(&[Field::Name]), Tier::Project),
        (lists.all(&[Field::Text]), Tier::Text),
    ];
    for (stage, (condition, best)) in stages.iter().enumerate() {
        let bound = |id: u32| match best {
            Tier::ExactName if ends.may(id) => Tier::ExactName,
            Tier::ExactName => Tier::NamePrefix,
            Tier::Project => name_tier(index.kind(id).unwrap_or(RecordType::Row)),
            tier => *tier,
        };
        let ranked = |ids: Vec<u32>| ids.into_iter().map(|id| (bound(id), id)).collect::<Vec<Rank>>();
        let after = stages.get(stage + 1).map(|(_, tier)| (*tier, 0));
        let parted = (best == &Tier::Text).then(|| lists.long(condition)).flatten();
        let Some((list, from)) = parted else {
            if !take((ranked(lists.full(index, condition)?), after))? {
                return Ok(());
            }
            continue;
        };
        for part in 0..from.len() {
            let horizon = from.get(part + 1).map(|first| (*best, *first));
            if !take((ranked(index.part(list, part)?), horizon.or(after)))? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Which records may hold a word, and where.
struct Word<'w> {
    word: &'w str,
    lists: WordLists,
    begin: Holders,
    end: Holders,
    name: Holders,
    code: Holders,
    text: Holders,
    context: Holders,
}

/// The candidates for several words.
fn several(index: &Index<'_>, words: &[String]) -> Result<Vec<Rank>, QueryError> {
    let words = words.iter().map(|word| Word::read(index, word)).collect::<Result<Vec<_>, _>>()?;
    let mut ids = Vec::new();
    let rare = words.iter().filter(|word| !index.names_segment(word.word)).min_by_key(|word| word.cost());
    match rare {
        Some(rare) => ids.extend(rare.full(index, true)?),
        None => {
            for word in &words {
                ids.extend(word.full(index, false)?);
            }
        }
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids.into_iter().filter_map(|id| Some((bound(index, &words, id)?, id))).collect())
}

impl<'w> Word<'w> {
    fn read(index: &Index<'_>, word: &'w str) -> Result<Self, QueryError> {
        let lists = WordLists::read(index, word)?;
        let cheap = |fields| lists.cheap(index, &lists.all(fields));
        Ok(Word {
            word,
            begin: lists.cheap(index, &lists.name_from(&[Field::Begin]))?,
            end: lists.ends(index)?,
            name: cheap(NAME)?,
            code: cheap(&[Field::Code])?,
            text: cheap(&[Field::Text])?,
            context: cheap(&[Field::Context])?,
            lists,
        })
    }

    fn cost(&self) -> usize {
        let fields = [NAME, &[Field::Code], &[Field::Text], &[Field::Context]];
        fields.into_iter().map(|fields| self.lists.cost(&self.lists.all(fields))).sum()
    }

    /// The records that may hold the word themselves or, when wanted, in the names of their department and regions.
    fn full(&self, index: &Index<'_>, context: bool) -> Result<Vec<u32>, QueryError> {
        let mut ids = Vec::new();
        for fields in [NAME, &[Field::Code], &[Field::Text], &[Field::Context]].iter().take(3 + usize::from(context)) {
            ids.extend(self.lists.full(index, &self.lists.all(fields))?);
        }
        Ok(ids)
    }

    /// The best tier that a record can have for the word of its own, and whether its context may hold it.
    fn bound(&self, index: &Index<'_>, id: u32) -> (Option<Tier>, bool) {
        let own = match () {
            () if self.name.may(id) && self.begin.may(id) => Some(Tier::NamePrefix),
            () if self.code.may(id) => Some(Tier::Code),
            () if self.name.may(id) => index.kind(id).map(name_tier),
            () if self.text.may(id) => Some(Tier::Text),
            () => None,
        };
        (own, self.context.may(id) || index.segment_words(id).contains(self.word))
    }
}

/// The best tier that a record can have for several words; `None` when one of them stands nowhere in it.
fn bound(index: &Index<'_>, words: &[Word<'_>], id: u32) -> Option<Tier> {
    let bounds: Vec<(Option<Tier>, bool)> = words.iter().map(|word| word.bound(index, id)).collect();
    if bounds.iter().any(|(own, context)| own.is_none() && !context) {
        return None;
    }
    let whole = words.iter().all(|word| word.name.may(id));
    let ends = |word: Option<&Word<'_>>| word.is_some_and(|word| word.end.may(id));
    if whole && words.first().is_some_and(|word| word.begin.may(id)) && ends(words.last()) {
        return Some(Tier::ExactName);
    }
    // A word that the context may hold need not stand in the record, where it could make the answer worse.
    let needed = bounds.iter().filter(|(_, context)| !context).filter_map(|(own, _)| *own).max();
    needed.or_else(|| bounds.iter().filter_map(|(own, _)| *own).min())
}
