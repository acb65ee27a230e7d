//! The number of projects that the narrative states: as many as the project statement lists.

use super::{Checked, finding, place_in};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Finding, Place, StatementKind, SubjectKind};

/// One entry for each stated number.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let listed = listed(index);
    if listed.is_empty() {
        return checked;
    }
    let begins = |text: &str| {
        let mut first = rule.phrases.iter().filter_map(|phrase| phrase.chars().next());
        first.any(|glyph| text.contains(glyph))
    };
    for block in index.disclosure.blocks.iter().filter(|block| begins(&block.text)) {
        let text: String = block.text.chars().filter(|glyph| !glyph.is_whitespace()).collect();
        for (count, words) in rule.phrases.iter().filter_map(|phrase| stated(&text, phrase)) {
            let place = place_in(index, block, &words);
            if count == listed.len() {
                checked.pass(rule, "", place);
                continue;
            }
            let message = say!(
                index.language,
                "check.project_count",
                count: count,
                line: place.line,
                listed: listed.len(),
                difference: count.abs_diff(listed.len()),
            );
            let places = std::iter::once(place).chain(listed.iter().copied()).collect();
            let (expected, printed) = (listed.len().to_string(), count.to_string());
            let difference = count.abs_diff(listed.len()).to_string();
            checked.fail(rule, "", Finding { expected, printed, difference, ..finding(rule, places, message) });
        }
    }
    checked
}

/// The rows of the project statement that list a project with money.
fn listed(index: &Index) -> Vec<Place> {
    let Some(printing) = index.of_kind(Some(StatementKind::Projects)).first() else { return Vec::new() };
    let rows = index.printings[*printing].rows.iter().filter(|row| row.subject.kind == SubjectKind::Project);
    let with_money = rows.filter_map(|row| {
        let mut amounts = row.facts.iter().map(|fact| &index.fact(*fact).amount);
        amounts.find(|amount| !amount.yuan.is_zero()).map(|amount| amount.place)
    });
    with_money.collect()
}

/// The number in a phrase such as `共#个项目`, with the words as they stand, in a text without blanks.
fn stated(text: &str, phrase: &str) -> Option<(usize, String)> {
    let (before, after) = phrase.split_once('#')?;
    let mut rest = text;
    while let Some(at) = rest.find(before) {
        rest = &rest[at + before.len()..];
        let digits: &str = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
        if !digits.is_empty() && rest[digits.len()..].starts_with(after) {
            return digits.parse().ok().map(|count| (count, format!("{digits}{after}")));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::stated;

    #[test]
    fn numbers_are_read_out_of_their_phrase() {
        let words = |count, words: &str| Some((count, words.to_owned()));
        assert_eq!(stated("涉及241.35万元,共28个项目。", "共#个项目"), words(28, "28个项目"));
        assert_eq!(stated("共同实施，共3个项目", "共#个项目"), words(3, "3个项目"));
        assert_eq!(stated("共有三个项目", "共#个项目"), None);
    }
}
