//! The names nearest to a query that nothing answers: what the reader may have meant.

use std::collections::{BTreeMap, BTreeSet};

use super::gram::{Field, spread_grams};
use super::kinds::RecordType;
use super::manifest::List;
use super::reader::{Index, QueryError};
use super::record::Fields;

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
    for (shard, ids) in alike(index, word)? {
        let docs = index.docs(shard)?;
        for id in ids {
            let at = id.saturating_sub(docs.first) as usize;
            let kind = docs.kind.get(at).and_then(|kind| RecordType::ALL.get(usize::from(*kind)));
            let (Some(name), Some(kind)) = (docs.name.get(at), kind) else { continue };
            let alias = docs.alias.get(at).map(String::as_str).unwrap_or_default();
            let fields = Fields::new(*kind, [name, alias, "", "", ""]);
            let lines = [fields.name.as_str()].into_iter().chain(fields.alias.lines());
            let distance = lines.map(|line| distance(word, line)).min().unwrap_or(usize::MAX);
            if distance <= allowed(word) {
                found.insert((distance, id, name.clone()));
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

/// The records whose names share n-grams with a word, by document shard. Of the shards only those are taken in which
/// the records lie that share most, departments before others.
fn alike(index: &Index<'_>, word: &str) -> Result<BTreeMap<usize, Vec<u32>>, QueryError> {
    let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
    for fields in index.entries(&spread_grams(word, GRAMS))? {
        let mut ids: BTreeSet<u32> = BTreeSet::new();
        for list in Field::NAMES.into_iter().filter_map(|field| fields.get(&field)) {
            match list {
                List::Inline(_) => ids.extend(list.inline()),
                List::Long { list, .. } => ids.extend(index.part(*list, 0)?.iter()),
            }
        }
        ids.into_iter().for_each(|id| *shared.entry(id).or_default() += 1);
    }
    let mut ids: Vec<(usize, u32)> = shared.into_iter().map(|(id, count)| (count, id)).collect();
    ids.sort_by_key(|(count, id)| (std::cmp::Reverse(*count), !index.is_department(*id), *id));
    let mut shards: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (_, id) in ids {
        let shard = index.shard(id);
        if shards.len() < READ || shards.contains_key(&shard) {
            shards.entry(shard).or_default().push(id);
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
