//! The words of phases in files of words.

use serde::Deserialize;

use crate::model::Phase;

/// All of them.
pub(super) const WORDS: [&str; 3] = ["budget", "adjusted", "final"];

/// Words of documents with the phase that they tell.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhaseEntry {
    pub(super) words: Vec<String>,
    pub(super) phase: String,
}

/// The phase of a word.
pub(super) fn from_word(word: &str) -> Option<Phase> {
    match word {
        "budget" => Some(Phase::InitialBudget),
        "adjusted" => Some(Phase::AdjustedBudget),
        "final" => Some(Phase::Final),
        _ => None,
    }
}
