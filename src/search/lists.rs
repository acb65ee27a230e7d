//! The lists of a word: which records hold its n-grams in a field, as far as the lists are worth reading.

use std::collections::BTreeMap;

use super::gram::{Field, query_grams};
use super::manifest::List;
use super::reader::{Index, QueryError};

/// Records that may hold a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Holders {
    /// Too many to list: only the records tell.
    Any,
    /// These at most, ascending.
    These(Vec<u32>),
}

impl Holders {
    /// True when a record may hold the word.
    pub(super) fn may(&self, id: u32) -> bool {
        match self {
            Holders::Any => true,
            Holders::These(ids) => ids.binary_search(&id).is_ok(),
        }
    }
}

/// The lists of the n-grams of a word.
pub(super) struct WordLists(Vec<BTreeMap<Field, List>>);

/// For each n-gram the fields of which one must hold it.
pub(super) type Condition = Vec<&'static [Field]>;

impl WordLists {
    /// Reads the shards of a word's n-grams.
    pub(super) fn read(index: &Index<'_>, word: &str) -> Result<Self, QueryError> {
        Ok(WordLists(index.entries(&query_grams(word))?))
    }

    /// All n-grams in these fields.
    pub(super) fn all(&self, fields: &'static [Field]) -> Condition {
        vec![fields; self.0.len()]
    }

    /// All n-grams in the name, the first one in these fields.
    pub(super) fn name_from(&self, first: &'static [Field]) -> Condition {
        let mut condition = self.all(&[Field::Begin, Field::Name]);
        condition.iter_mut().take(1).for_each(|fields| *fields = first);
        condition
    }

    /// The records whose name may end with the word.
    pub(super) fn ends(&self, index: &Index<'_>) -> Result<Holders, QueryError> {
        match self.0.last().and_then(|fields| fields.get(&Field::End)) {
            None => Ok(Holders::These(Vec::new())),
            Some(List::Long { .. }) => Ok(Holders::Any),
            Some(list) => Ok(Holders::These(index.records(list)?)),
        }
    }

    /// How many records the shortest of the lists has; 0 when one has none.
    pub(super) fn cost(&self, condition: &Condition) -> usize {
        self.lists(condition).map(|lists| lists.iter().map(|list| list.count()).sum()).min().unwrap_or(0)
    }

    /// The records that may meet a condition, from the lists that stand in the shards alone.
    pub(super) fn cheap(&self, index: &Index<'_>, condition: &Condition) -> Result<Holders, QueryError> {
        let mut holders = Holders::Any;
        for lists in self.lists(condition) {
            if lists.iter().any(|list| matches!(list, List::Long { .. })) {
                continue;
            }
            let ids = union(index, &lists)?;
            holders = match holders {
                Holders::Any => Holders::These(ids),
                Holders::These(known) => {
                    Holders::These(known.into_iter().filter(|id| ids.binary_search(id).is_ok()).collect())
                }
            };
        }
        Ok(holders)
    }

    /// The records that may meet a condition, even when all of its lists are long.
    pub(super) fn full(&self, index: &Index<'_>, condition: &Condition) -> Result<Vec<u32>, QueryError> {
        match self.cheap(index, condition)? {
            Holders::These(ids) => Ok(ids),
            Holders::Any => union(index, &self.least(condition)),
        }
    }

    /// A long list that decides alone which records may meet a condition, when there is no shorter way: its number and
    /// the first record of each part.
    pub(super) fn long<'s>(&'s self, condition: &'s Condition) -> Option<(u32, &'s [u32])> {
        let inline = |lists: Vec<&List>| lists.iter().all(|list| matches!(list, List::Inline(_)));
        if self.lists(condition).any(inline) {
            return None;
        }
        match self.least(condition).as_slice() {
            [List::Long { list, from, .. }] => Some((*list, from)),
            _ => None,
        }
    }

    /// The shortest of the lists of a condition.
    fn least<'s>(&'s self, condition: &'s Condition) -> Vec<&'s List> {
        self.lists(condition)
            .min_by_key(|lists| lists.iter().map(|list| list.count()).sum::<usize>())
            .unwrap_or_default()
    }

    fn lists<'s>(&'s self, condition: &'s Condition) -> impl Iterator<Item = Vec<&'s List>> {
        let fields = self.0.iter().zip(condition);
        fields.map(|(lists, fields)| fields.iter().filter_map(|field| lists.get(field)).collect())
    }
}

fn union(index: &Index<'_>, lists: &[&List]) -> Result<Vec<u32>, QueryError> {
    let mut ids = Vec::new();
    for list in lists {
        ids.extend(index.records(list)?);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}
