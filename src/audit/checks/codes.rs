//! Economic codes: the departmental head and the governmental one belong together, a name belongs to its code.

use std::collections::BTreeSet;

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Finding, SubjectKind};
use crate::vocabulary::text::label_key;

/// One entry for each pair of heads. Phrases: `301=501,505`.
pub(super) fn crosswalk(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let mut known: BTreeSet<(String, String)> = BTreeSet::new();
    for fact in index.disclosure.facts.iter().filter(|fact| fact.subject.kind == SubjectKind::EconomicPair) {
        let Some((own, other)) = fact.subject.code.split_once('/') else { continue };
        let (Some(head), Some(wanted)) = (own.get(..3), other.get(..3)) else { continue };
        let allowed = rule.phrases.iter().filter_map(|phrase| phrase.split_once('=')).find(|(from, _)| *from == head);
        let Some((_, allowed)) = allowed else { continue };
        if !known.insert((own.to_owned(), other.to_owned())) {
            continue;
        }
        let place = fact.amount.place;
        if allowed.split(',').any(|one| one == wanted) {
            checked.pass(rule, &fact.subject.code, place);
            continue;
        }
        let message = say!(
            index.language,
            "check.crosswalk",
            line: place.line,
            own: own,
            other: other,
            head: head,
            allowed: allowed.replace(',', index.language.get("list.or")),
        );
        let (expected, printed) = (index.language.list(allowed.split(',')), other.to_owned());
        let found = Finding { expected, printed, ..finding(rule, vec![place], message) };
        checked.fail(rule, &fact.subject.code, found);
    }
    checked
}

/// The classification of economic codes is that of this year and later: 支出经济分类科目改革.
const REFORM: u16 = 2018;

/// One entry for each departmental code whose name the classification knows.
pub(super) fn names(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    if index.disclosure.identity.year.is_none_or(|year| year < REFORM) {
        return checked;
    }
    let names = index.names;
    let mut known = BTreeSet::new();
    for fact in &index.disclosure.facts {
        let subject = &fact.subject;
        if !matches!(subject.kind, SubjectKind::EconomicDepartmental | SubjectKind::EconomicPair)
            || fact.statement.is_none()
        {
            continue;
        }
        let own = subject.code.split('/').next().unwrap_or_default();
        let (Some(name), false) = (names.economic_name(own), subject.label.is_empty()) else { continue };
        if !known.insert((own.to_owned(), subject.label.clone())) {
            continue;
        }
        let place = fact.amount.place;
        // A name that belongs to another code alone; other wordings of the same name are no fault.
        let other = names
            .departmental_code(&subject.label)
            .filter(|code| *code != own && label_key(name) != label_key(&subject.label));
        let Some(other) = other else {
            checked.pass(rule, own, place);
            continue;
        };
        let message = say!(
            index.language,
            "check.codes",
            line: place.line,
            label: subject.label,
            own: own,
            name: name,
            other: other,
        );
        let found =
            Finding { expected: other.to_owned(), printed: own.to_owned(), ..finding(rule, vec![place], message) };
        checked.fail(rule, own, found);
    }
    checked
}
