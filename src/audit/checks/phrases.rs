//! Phrases that no published document should contain: instructions of the template, marks for what is to be filled in.

use super::{Checked, finding, place_in};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::Finding;

/// One finding for each block with one of the rule's phrases, one entry for the document.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for passage in index.passages().iter().filter(|passage| rule.phrases.may_stand_in(&passage.text)) {
        let Some(phrase) = rule.phrases.iter().find(|phrase| passage.text.contains(phrase.as_str())) else { continue };
        let place = passage.place(index, phrase);
        let sentence = rule.sentence_in(index.language.code);
        let message = say!(index.language, "check.phrases", line: place.line, phrase: phrase, sentence: sentence);
        checked.fail(rule, "", Finding { printed: phrase.clone(), ..finding(rule, vec![place], message) });
    }
    if let Some(block) = index.disclosure.blocks.first().filter(|_| checked.findings.is_empty()) {
        checked.pass(rule, "", place_in(index, block, ""));
    }
    checked
}
