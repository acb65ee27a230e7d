//! Fixed terms that lost a glyph, and terms for which the document has two names.

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::Finding;

/// One finding for each passage in which the end of a term stands without its beginning. Phrases: `政|府性基金`.
pub(super) fn cut(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let passages = index.passages();
    for passage in passages.iter().filter(|passage| rule.phrases.may_stand_in(&passage.text)) {
        for (lost, rest) in rule.phrases.iter().filter_map(|phrase| phrase.split_once('|')) {
            // To look whether the words are there at all costs less than to look where.
            if !passage.text.contains(rest) {
                continue;
            }
            let mut starts = passage.text.match_indices(rest).map(|(at, _)| &passage.text[..at]);
            if starts.all(|before| before.ends_with(lost)) {
                continue;
            }
            let place = passage.place(index, rest);
            let (expected, printed) = (format!("{lost}{rest}"), rest.to_owned());
            let message = say!(index.language, "check.cut_term", line: place.line, rest: rest, expected: expected);
            checked.fail(rule, "", Finding { expected, printed, ..finding(rule, vec![place], message) });
        }
    }
    if let Some(first) = passages.first().filter(|_| checked.findings.is_empty()) {
        checked.pass(rule, "", first.place(index, ""));
    }
    checked
}

/// One finding for each heading with the one name where statements have the other. Phrases: `机构运行经费|机构运转经费`.
pub(super) fn two_names(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let titled = |name: &str| index.disclosure.statements.iter().find(|statement| statement.title.contains(name));
    let headings: Vec<_> = index.passages().iter().filter(|passage| passage.is_heading()).collect();
    for (left, right) in rule.phrases.iter().filter_map(|phrase| phrase.split_once('|')) {
        for (own, other) in [(left, right), (right, left)] {
            let (Some(statement), None) = (titled(other), titled(own)) else { continue };
            for passage in headings.iter().filter(|passage| passage.text.contains(own)) {
                let place = passage.place(index, own);
                let message = say!(
                    index.language,
                    "check.two_names",
                    line: place.line,
                    own: own,
                    other_line: statement.title_line.max(statement.lines.0),
                    other: other,
                );
                let (expected, printed) = (other.to_owned(), own.to_owned());
                checked.fail(rule, "", Finding { expected, printed, ..finding(rule, vec![place], message) });
            }
        }
    }
    checked
}
