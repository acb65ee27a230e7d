//! Whether what must be published is there.

use super::{Case, Texts, place_of};
use crate::audit::score::{Indicator, Measured, kinds};
use crate::model::{Kind, Place, StatementKind, StatementState};

pub(super) fn statements(indicator: &Indicator, case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let wanted =
        kinds(if disclosure.identity.kind == Some(Kind::Final) { &indicator.account } else { &indicator.budget });
    let is_there = |kind: &StatementKind| {
        let mut own = disclosure.statements.iter().filter(|statement| statement.kind == *kind);
        own.any(|statement| statement.state != StatementState::AnnouncedMissing)
    };
    let (there, missing): (Vec<StatementKind>, Vec<StatementKind>) = wanted.iter().copied().partition(is_there);
    let key = if missing.is_empty() { "evidence.statements" } else { "evidence.statements_missing" };
    let missing = case.language.list(missing.iter().map(|kind| case.language.label("statement", kind.word())));
    let evidence = case.language.say(key, &[("wanted", &wanted.len()), ("found", &there.len()), ("missing", &missing)]);
    let first = disclosure.statements.iter().find(|statement| statement.kind != StatementKind::Other);
    Measured::share(there.len() as u64, wanted.len() as u64, evidence, first.map(place_of))
}

pub(super) fn words(indicator: &Indicator, case: Case<'_>, texts: &Texts) -> Measured {
    if texts.is_empty() {
        return Measured::not_applicable(case.language.get("evidence.tables_only"));
    }
    let places: Vec<Option<Place>> = indicator.words.iter().map(|meaning| texts.place(meaning)).collect();
    let missing: Vec<&str> = indicator
        .words
        .iter()
        .zip(&places)
        .filter(|(_, place)| place.is_none())
        .filter_map(|(meaning, _)| Some(case.language.label("subject", meaning.split('|').next()?)))
        .collect();
    let found = places.iter().flatten().count();
    let key = if missing.is_empty() { "evidence.words" } else { "evidence.words_missing" };
    let missing = case.language.list(missing);
    let evidence = case.language.say(key, &[("wanted", &places.len()), ("found", &found), ("missing", &missing)]);
    Measured::share(found as u64, places.len() as u64, evidence, places.into_iter().flatten().next())
}
