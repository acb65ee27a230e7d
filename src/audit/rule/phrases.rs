//! The words that a check looks for, and whether any of them stands in a text at all.

use std::ops::Deref;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// The phrases of a rule.
#[derive(Debug, Clone, Default)]
pub(in crate::audit) struct Phrases {
    list: Vec<String>,
    /// Made when first asked for; `None` when the phrases are too much for one automaton.
    finder: OnceLock<Option<AhoCorasick>>,
}

impl Phrases {
    pub(super) fn new(list: Vec<String>) -> Self {
        Phrases { list, finder: OnceLock::new() }
    }

    /// False when none of the phrases stands in a text, of `lost|rest` the rest. One look for all of them: most passages
    /// have none.
    pub(in crate::audit) fn may_stand_in(&self, text: &str) -> bool {
        let needle = |phrase: &'_ String| phrase.split_once('|').map_or(phrase.clone(), |(_, rest)| rest.to_owned());
        // Rare bytes, by which texts are searched otherwise, are not rare in Chinese.
        let automaton = || {
            let mut builder = AhoCorasick::builder();
            builder.prefilter(false).kind(Some(AhoCorasickKind::DFA)).build(self.list.iter().map(needle)).ok()
        };
        let finder = self.finder.get_or_init(automaton);
        finder.as_ref().is_none_or(|finder| finder.is_match(text))
    }
}

impl Deref for Phrases {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.list
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn a_text_without_any_phrase_is_told_at_once() {
        let phrases = Phrases::new(vec!["请填写".to_owned(), "政|府性基金".to_owned()]);
        for (text, may) in [("此处请填写金额", true), ("年府性基金", true), ("政府", false), ("", false)]
        {
            assert_eq!(phrases.may_stand_in(text), may, "{text}");
        }
        assert_eq!(phrases.len(), 2);
    }
}
