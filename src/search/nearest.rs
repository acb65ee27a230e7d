//! The names nearest to a query that nothing answers: what the reader may have meant.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::FEW;
use super::gram::{Field, spread_grams};
use super::places::{either, shard};
use super::query::number;
use super::reader::{Index, QueryError};

/// So many names are offered.
const OFFERED: usize = 3;

/// So many document shards are read to find them.
const READ: usize = 2;

/// So many n-grams of the query are looked up.
const GRAMS: usize = 4;

/// Names that hold something like the longest of the words, the nearest first. Words without letters have none.
pub(super) fn nearest(index: &Index<'_>, words: &[String]) -> Result<Vec<String>, QueryError> {
    let mut found: BTreeSet<(usize, u32, String)> = BTreeSet::new();
    let named = |word: &&String| word.chars().nth(1).is_some() && word.chars().any(char::is_alphabetic);
    let longest = words.iter().filter(named).min_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let Some(word) = longest else { return Ok(Vec::new()) };
    for shard in alike(index, word)? {
        let records = index.records(shard)?;
        let named = records.fields.iter().enumerate().filter(|(_, (kind, _))| kind.is_named());
        for ((at, (_, fields)), name) in named.filter_map(|it| Some((it, records.docs.name.get(it.0)?))) {
            let lines = [fields.name.as_str()].into_iter().chain(fields.alias.lines());
            let distance = lines.map(|line| distance(word, line)).min().unwrap_or(usize::MAX);
            if distance <= allowed(word) {
                found.insert((distance, number(shard, at), name.clone()));
            }
        }
    }
    let mut names: Vec<String> = Vec::new();
    for (_, _, name) in found {
        if names.len() < OFFERED && !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// One mistake in two or three characters, two in four or five, and so on.
fn allowed(word: &str) -> usize {
    word.chars().count() / 2
}

/// The shards of the places where names share most n-grams with a word, those of departments before others.
fn alike(index: &Index<'_>, word: &str) -> Result<Vec<usize>, QueryError> {
    if index.shards() <= FEW {
        return Ok((0..index.shards()).collect());
    }
    let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
    for lists in index.lists(&spread_grams(word, GRAMS))? {
        let named = Field::NAMES.into_iter().filter_map(|field| lists.get(&field).cloned());
        either(named).into_iter().for_each(|place| *shared.entry(place).or_default() += 1);
    }
    let mut places: Vec<(u32, usize)> = shared.into_iter().collect();
    places.sort_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
    let mut shards = Vec::new();
    for shard in places.into_iter().map(|(place, _)| shard(place)) {
        if shards.len() < READ && !shards.contains(&shard) {
            shards.push(shard);
        }
    }
    Ok(shards)
}

/// The least number of characters to insert, drop or replace so that a word stands in a text.
fn distance(word: &str, text: &str) -> usize {
    let text: Vec<char> = text.chars().collect();
    let mut row = vec![0; text.len() + 1];
    for (number, c) in word.chars().enumerate() {
        let mut next = vec![number + 1];
        for (at, other) in text.iter().enumerate() {
            let replaced = row[at] + usize::from(c != *other);
            next.push(replaced.min(row[at + 1] + 1).min(next[at] + 1));
        }
        row = next;
    }
    row.into_iter().min().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances_count_the_mistakes_and_not_what_stands_around() {
        for (word, text, want) in [
            ("财政局", "甲县财政局", 0),
            ("财正局", "甲县财政局", 1),
            ("caizhenju", "jiaxiancaizhengju", 1),
            ("公务接代费", "公务接待费", 1),
            ("甲乙", "丙", 2),
            ("甲乙", "", 2),
        ] {
            assert_eq!(distance(word, text), want, "{word} {text}");
        }
    }
}
