//! Units: those that the text counts among the budget are those of the statements.

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Place, StatementKind, SubjectKind};
use crate::vocabulary::text::key;

/// So many glyphs at the end of a unit's name tell it from others.
const TELLING: usize = 6;

/// One entry for each unit that the statement of revenue or expenditure prints, when there are several.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let own = index.disclosure.identity.organization.as_deref().map(key).unwrap_or_default();
    let mut units: Vec<(String, String, Place)> = Vec::new();
    for fact in &index.disclosure.facts {
        let in_list = matches!(fact.statement, Some(StatementKind::Revenue | StatementKind::Expenditure));
        if !in_list || fact.subject.kind != SubjectKind::Unit {
            continue;
        }
        let name = key(&fact.subject.label);
        if !name.ends_with('计') && !units.iter().any(|(known, ..)| *known == name) {
            units.push((name, fact.subject.label.to_string(), fact.amount.place));
        }
    }
    if units.len() < 2 {
        return checked;
    }
    let text: String = index.passages().iter().map(|passage| key(&passage.text)).collect();
    let list = place_of_list(rule, index);
    for (name, label, place) in units.iter().filter(|(name, ..)| *name != own && !name.is_empty()) {
        // A unit may be named in short, without its place or its department: the end of its name tells it.
        let glyphs: Vec<char> = name.trim_end_matches("机关").trim_end_matches("本级").chars().collect();
        let end: String = glyphs[glyphs.len().saturating_sub(TELLING)..].iter().collect();
        if text.contains(&end) {
            checked.pass(rule, label, *place);
            continue;
        }
        let message = say!(index.language, "check.unit_list", label: label, line: place.line);
        let places = std::iter::once(*place).chain(list).collect();
        checked.fail(rule, label, finding(rule, places, message));
    }
    checked
}

/// Where the text lists the units, told by the first of the rule's phrases that it has.
fn place_of_list(rule: &Rule, index: &Index) -> Option<Place> {
    let lists = |phrase: &String| index.passages().iter().find(|one| one.text.contains(phrase.as_str()));
    rule.phrases.iter().find_map(|phrase| Some(lists(phrase)?.place(index, phrase)))
}
