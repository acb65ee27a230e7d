//! Candidates: the shards in which a record may answer a query at a tier or a better one, by what its n-grams are filed
//! under. All shards that hold such a record are among them, and few others.

use std::collections::BTreeSet;

use super::gram::{Field, Gram, QueryGram, query_grams};
use super::places::{Place, both, either, place, shard, slot, split};
use super::rank::Tier;
use super::reader::{Index, Lists, QueryError};

/// So few document shards are all read: their n-grams would be more files.
pub(super) const FEW: usize = 5;

/// What is known of the words of a query from the lists of their n-grams.
pub(super) struct Candidates<'c> {
    index: &'c Index<'c>,
    /// None when there are few shards, or no words.
    words: Vec<WordLists<'c>>,
    /// The shards when there are few of them.
    few: BTreeSet<usize>,
}

/// The lists of a word's n-grams.
struct WordLists<'c> {
    word: &'c str,
    grams: Vec<(QueryGram, Lists)>,
    /// True when it stands in the year or kind of some records.
    segment: bool,
}

/// Where a word may stand at a tier or a better one.
struct Held<'h> {
    word: &'h str,
    /// In a record's own fields.
    own: Vec<Place>,
    /// In the names of department and regions: the slots of the departments, ascending.
    slots: Vec<Place>,
    segment: bool,
}

impl<'c> Candidates<'c> {
    /// Reads the lists of the n-grams of some words.
    pub(super) fn read(index: &'c Index<'c>, words: &'c [String]) -> Result<Self, QueryError> {
        if index.shards() <= FEW || words.is_empty() {
            let few = if words.is_empty() { 0..0 } else { 0..index.shards() };
            return Ok(Candidates { index, words: Vec::new(), few: few.collect() });
        }
        let alone = words.len() == 1;
        let grams: Vec<Vec<QueryGram>> =
            words.iter().map(|word| query_grams(word, alone, &|gram| index.common(gram))).collect();
        let all: Vec<Gram> = grams.iter().flatten().map(|it| it.gram).collect();
        let mut lists = index.lists(&all)?.into_iter();
        let words = words.iter().zip(grams).map(|(word, grams)| WordLists {
            word,
            grams: grams.into_iter().zip(lists.by_ref()).collect(),
            segment: !alone && !is_single(word) && index.names_segment(word),
        });
        Ok(Candidates { index, words: words.collect(), few: BTreeSet::new() })
    }

    /// The shards that may hold a record that answers at the tier or a better one, ascending.
    pub(super) fn shards(&self, tier: Tier) -> BTreeSet<usize> {
        let held: Vec<Held<'_>> = self.words.iter().map(|word| word.held(tier, self.words.len() == 1)).collect();
        let mut shards = self.few.clone();
        for owner in 0..held.len() {
            // The record holds this word itself, and each other one itself or around it.
            let mut others: Vec<&Held<'_>> =
                held.iter().enumerate().filter(|(at, _)| *at != owner).map(|(_, it)| it).collect();
            others.sort_by_key(|it| it.own.len() + it.slots.len());
            let places = others.into_iter().fold(held[owner].own.clone(), |places, it| it.narrow(self.index, &places));
            shards.extend(places.into_iter().map(shard));
        }
        shards
    }
}

fn is_single(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

impl WordLists<'_> {
    fn held(&self, tier: Tier, alone: bool) -> Held<'_> {
        let around = tier != Tier::ExactName && !alone && !is_single(self.word);
        // Several words are no name.
        let better = Tier::ALL.into_iter().filter(|it| *it <= tier && (alone || *it != Tier::ExactName));
        let own = either(better.map(|tier| self.at(tier)));
        let slots = if around { self.common(|_| vec![Field::Context]) } else { Vec::new() };
        Held { word: self.word, own, slots, segment: around && self.segment }
    }

    /// Where the word may stand at a tier.
    fn at(&self, tier: Tier) -> Vec<Place> {
        match tier {
            Tier::ExactName => {
                let exact = Field::exact(self.word.chars().count());
                self.common(|it| if it.first { vec![exact] } else { Field::NAMES.to_vec() })
            }
            Tier::NamePrefix => either([
                self.common(|it| if it.first { vec![Field::Begin] } else { Field::NAMES.to_vec() }),
                self.common(|_| vec![Field::Begin, Field::Organization]),
            ]),
            Tier::Code => self.common(|_| vec![Field::Code]),
            Tier::Project => self.common(|_| vec![Field::Project]),
            Tier::Term => self.common(|_| vec![Field::Term]),
            Tier::Name => self.common(|_| vec![Field::Name]),
            Tier::Text => self.common(|_| vec![Field::Text]),
        }
    }

    /// The places where all n-grams stand, each in one of the fields that it may stand in.
    fn common(&self, fields: impl Fn(&QueryGram) -> Vec<Field>) -> Vec<Place> {
        let mut lists = self.grams.iter().map(|(it, lists)| merged(lists, &fields(it)));
        let first = lists.next().unwrap_or_default();
        lists.fold(first, |places, list| both(&places, &list))
    }
}

fn merged(lists: &Lists, fields: &[Field]) -> Vec<Place> {
    either(fields.iter().filter_map(|field| lists.get(field).cloned()))
}

impl Held<'_> {
    /// The places of some at which this word may stand too.
    fn narrow(&self, index: &Index<'_>, mut places: &[Place]) -> Vec<Place> {
        let mut left = Vec::new();
        let mut own = self.own.as_slice();
        while !places.is_empty() {
            let (here, rest) = split(places);
            places = rest;
            let number = shard(here[0]);
            own = &own[own.partition_point(|place| shard(*place) < number)..];
            if self.segment && index.in_segment(number, self.word) {
                left.extend(here);
                continue;
            }
            let around: Vec<Place> = match slot(here[0]) {
                0 => self.slots.iter().map(|slot| place(number, *slot as u16)).collect(),
                _ => here
                    .iter()
                    .copied()
                    .filter(|it| self.slots.binary_search(&Place::from(slot(*it))).is_ok())
                    .collect(),
            };
            let mine = own.first().is_some_and(|place| shard(*place) == number).then(|| split(own).0);
            left.extend(either([both(here, mine.unwrap_or_default()), around]));
        }
        left
    }
}
