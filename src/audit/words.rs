//! The words of measures and rows, and how funds nest. They are data: `words.toml`; how they read stands in `language/`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// A word and the word above it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    word: String,
    #[serde(default)]
    parent: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    nature: Vec<Entry>,
    fund: Vec<Entry>,
}

/// One list of words.
#[derive(Debug)]
pub(super) struct WordList {
    entries: Vec<Entry>,
    by_word: FxHashMap<String, usize>,
}

impl WordList {
    fn new(entries: Vec<Entry>) -> Self {
        let by_word = entries.iter().enumerate().map(|(at, entry)| (entry.word.clone(), at)).collect();
        WordList { entries, by_word }
    }

    /// True when the list has the word.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.by_word.contains_key(word)
    }

    /// Where the word stands in the list; words that it does not have come last.
    pub(super) fn rank(&self, word: &str) -> usize {
        self.by_word.get(word).copied().unwrap_or(self.entries.len())
    }

    /// True when `above` is the parent of `word`, or the parent of its parent. A dot nests as well: `a.b` is in `a`.
    pub(super) fn is_below(&self, word: &str, above: &str) -> bool {
        if word.strip_prefix(above).is_some_and(|rest| rest.starts_with('.')) {
            return true;
        }
        let parent = self.by_word.get(word).map_or("", |at| self.entries[*at].parent.as_str());
        !parent.is_empty() && (parent == above || self.is_below(parent, above))
    }
}

/// All words.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) natures: WordList,
    pub(super) funds: WordList,
}

/// The words that are shipped.
pub(super) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "the file is part of the program and a test reads it")]
        let file: File = toml::from_str(include_str!("words.toml")).expect("the shipped words are well-formed");
        Words { natures: WordList::new(file.nature), funds: WordList::new(file.fund) }
    });
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::language::Language;

    #[test]
    fn funds_nest_by_parent_and_by_dot() {
        let funds = &words().funds;
        assert!(funds.is_below("general_public", "appropriation"));
        assert!(funds.is_below("general_public.appropriation", "appropriation"));
        assert!(!funds.is_below("special_account", "appropriation"));
        assert_eq!(funds.rank("unknown"), funds.entries.len());
    }

    #[test]
    fn every_word_reads_as_something() {
        let chinese = Language::of("zh-CN");
        for (group, list) in [("nature", &words().natures), ("fund", &words().funds)] {
            let unread = list.entries.iter().map(|entry| &entry.word).find(|word| chinese.label(group, word) == *word);
            assert_eq!(unread, None, "{group}");
        }
    }
}
