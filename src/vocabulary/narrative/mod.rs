//! Words of the narrative.
//!
//! In: `narrative.toml`, with what a site adds to it (`file`). Out: what sentences speak of (`subjects`), with what clauses compare and
//! of which year and phase they speak (`clauses`), headings and lists of the text (`sections`, with `assets`).

mod assets;
mod clauses;
mod file;
mod sections;
mod subjects;

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::longest_first;

pub use assets::AssetWords;
pub use clauses::{ClauseWords, FunctionWords};
pub(super) use file::File;
pub use sections::SectionWords;
pub use subjects::{NarrativeSubject, SubjectWords};

/// All words of the narrative. Every list has its longest words first.
#[derive(Debug)]
pub struct NarrativeWords {
    /// Words for an increase.
    pub up: Vec<String>,
    /// Words for a decrease.
    pub down: Vec<String>,
    /// Words for no change.
    flat: AhoCorasick,
    /// Words before a reason.
    reasons: AhoCorasick,
    /// Headings and lists of the text, vehicles and equipment.
    pub sections: SectionWords,
    /// With what clauses compare, of which year and phase they speak.
    pub clauses: ClauseWords,
    /// How a functional class stands before its amount.
    pub functions: FunctionWords,
    /// What sentences speak of.
    pub subjects: SubjectWords,
}

impl NarrativeWords {
    pub(super) fn load(texts: &[String]) -> Self {
        let mut file: File = super::merged("narrative.toml", texts);
        NarrativeWords {
            up: longest_first(std::mem::take(&mut file.up)),
            down: longest_first(std::mem::take(&mut file.down)),
            flat: finder(&file.flat),
            reasons: finder(&file.reasons),
            subjects: SubjectWords::new(std::mem::take(&mut file.connectors), &file.fund, &file.subject),
            clauses: std::mem::take(&mut file.clauses),
            functions: std::mem::take(&mut file.functions),
            sections: SectionWords::new(file),
        }
    }

    /// Where the first word for no change begins.
    pub fn first_flat(&self, text: &str) -> Option<usize> {
        self.flat.find(text).map(|found| found.start())
    }

    /// Where the first word before a reason stands; of several at one place the longest.
    pub fn first_reason(&self, text: &str) -> Option<Range<usize>> {
        self.reasons.find(text).map(|found| found.range())
    }
}

/// Finds the first of some words in one pass over a text. The words are few and short: they fit any automaton.
fn finder(words: &[String]) -> AhoCorasick {
    let built = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
    built.unwrap_or_else(|error| panic!("the words of the narrative are too many: {error}"))
}
