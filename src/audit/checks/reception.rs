//! Receptions: money was spent on them only when somebody was received.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::prose::{number, pattern};
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Amount, Finding, Phase, Place, SubjectKind, ThreePublicPart};

/// Groups that were received: 「来访团组0个」, 「共接待12批次」.
static GROUPS: LazyLock<Regex> = LazyLock::new(|| pattern("来访团组(\\d+)个|接待[^。;]{0,12}?(\\d+)(?:个)?批"));

/// One entry for a disclosure that states how many groups were received, and what was spent on them.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let Some(spent) = spent(index) else { return checked };
    let groups = groups(index);
    let Some((_, place)) = groups.first().copied() else { return checked };
    if groups.iter().any(|(count, _)| !count.is_zero()) || spent.yuan.is_zero() {
        checked.pass(rule, "", place);
        return checked;
    }
    let message = say!(
        index.language,
        "check.reception",
        spent: format!("{}{}", spent.printed, spent.unit.label()),
        spent_line: spent.place.line,
        line: place.line,
    );
    let found = finding(rule, vec![place, spent.place], message);
    let expected = index.language.get("check.more_than_zero").to_owned();
    checked.fail(rule, "", Finding { expected, printed: "0".to_owned(), ..found });
    checked
}

/// What the account prints for receptions, in its statement before its text.
fn spent<'d>(index: &Index<'d>) -> Option<&'d Amount> {
    let is_reception = |fact: &&crate::model::Fact| {
        fact.subject.kind == SubjectKind::ThreePublic
            && fact.subject.code == ThreePublicPart::Reception.word()
            && fact.measure.phase == Phase::Final
            && Some(fact.measure.year) == index.disclosure.identity.year
    };
    let facts = index.disclosure.facts.iter().filter(is_reception);
    facts.min_by_key(|fact| fact.statement.is_none()).map(|fact| &fact.amount)
}

/// The numbers of groups that the text states, each with its place.
fn groups(index: &Index) -> Vec<(Decimal, Place)> {
    let mut groups = Vec::new();
    for passage in index.passages().iter().filter(|passage| passage.text.contains("接待")) {
        for captures in GROUPS.captures_iter(&passage.text) {
            let count = captures.get(1).or(captures.get(2)).and_then(|count| number(count.as_str()));
            groups.extend(count.map(|count| (count, passage.place(index, &captures[0]))));
        }
    }
    groups
}
