//! Natures and funds, each kept once: two of them are equal when they stand in one place, and copying one copies no text.
//!
//! They come from the vocabulary and from formulas, so there are some dozens of them, whatever is read.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{LazyLock, RwLock};

use rustc_hash::FxHashMap;

use super::words::words;

/// A column of amounts: nature and fund.
pub(super) type Measure = (Word, Word);

/// A nature or a fund.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word(&'static Kept);

/// A word with what is asked of it often.
#[derive(Debug)]
struct Kept {
    text: Box<str>,
    rank_as_nature: usize,
    rank_as_fund: usize,
}

impl Word {
    /// The word with a text.
    pub(super) fn of(text: &str) -> Self {
        static KEPT: LazyLock<RwLock<FxHashMap<&'static str, &'static Kept>>> = LazyLock::new(RwLock::default);
        if let Some(kept) = KEPT.read().ok().and_then(|kept| kept.get(text).copied()) {
            return Word(kept);
        }
        let mut all = KEPT.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let keep = || -> &'static Kept {
            Box::leak(Box::new(Kept {
                text: text.into(),
                rank_as_nature: words().natures.rank(text),
                rank_as_fund: words().funds.rank(text),
            }))
        };
        let kept = all.get(text).copied().unwrap_or_else(keep);
        all.insert(&kept.text, kept);
        Word(kept)
    }

    /// Where it stands in the list of natures.
    pub(super) fn rank_as_nature(self) -> usize {
        self.0.rank_as_nature
    }

    /// Where it stands in the list of funds.
    pub(super) fn rank_as_fund(self) -> usize {
        self.0.rank_as_fund
    }
}

impl Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0.text
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Word {}

impl Hash for Word {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).hash(state);
    }
}

impl PartialOrd for Word {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Word {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.text.cmp(&other.0.text)
    }
}

#[cfg(test)]
mod tests {
    use super::Word;

    #[test]
    fn a_text_is_kept_once() {
        let (left, right) = (Word::of("basic"), Word::of(&["ba", "sic"].concat()));
        assert!(left == right && &*left == "basic" && left != Word::of("project"));
        assert!(left < Word::of("project") && Word::of("unknown").rank_as_fund() > Word::of("all").rank_as_fund());
    }
}
