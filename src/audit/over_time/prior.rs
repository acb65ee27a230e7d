//! Last year's value that follows from a stated change, against last year's own document.

use super::{Gained, Pair, amount, compare};
use crate::audit::rule::Rule;
use crate::audit::sentences::{first_line, is_joined};
use crate::model::{Amount, Change, Comparison, Disclosure, Fact, Origin};

/// One entry for each stated change whose quantity last year's document states too.
pub(super) fn run(rule: &Rule, pair: Pair, gained: &mut Gained) {
    let before = pair.own.identity.year.map(|year| year - 1);
    let mut known: Vec<u32> = Vec::new();
    for change in &pair.own.changes {
        let on_last_year =
            change.comparison == Comparison::PriorYear && change.base_year.is_none_or(|year| Some(year) == before);
        let Some(fact) = change.fact.filter(|fact| on_last_year && !known.contains(fact)) else { continue };
        let Some(derived) = value_before(pair.own, change) else { continue };
        known.push(fact);
        let own = &pair.own.facts[fact as usize];
        // The first sentence about a quantity counts, and a number that a page break put together is none.
        if !is_first(pair.own, fact) || change.difference.as_ref().is_some_and(|amount| is_torn(pair.own, amount)) {
            continue;
        }
        let same = |fact: &Fact| {
            (fact.subject.kind, &fact.subject.code) == (own.subject.kind, &own.subject.code)
                && (&fact.measure.nature, &fact.measure.fund) == (&own.measure.nature, &own.measure.fund)
        };
        let stated = amount(pair.other, |fact| fact.statement.is_none() && same(fact), &[own.measure.phase])
            .or_else(|| amount(pair.other, same, &[own.measure.phase]));
        let Some(stated) = stated else { continue };
        compare(rule, pair, &change.subject, (&derived, "years.derived"), (stated, "years.stated"), gained);
    }
}

/// True when a stated amount is no single number of its document.
fn is_torn(disclosure: &Disclosure, amount: &Amount) -> bool {
    let source = disclosure.sources.get(usize::from(amount.place.file));
    source.is_some_and(|source| is_joined(amount, source.text.lines().skip(first_line(amount) as usize - 1)))
}

/// True when no earlier sentence states the same quantity.
fn is_first(disclosure: &Disclosure, fact: u32) -> bool {
    let own = &disclosure.facts[fact as usize];
    let key = |fact: &Fact| (fact.statement, fact.subject.kind, fact.subject.code.clone(), fact.measure.clone());
    disclosure.facts[..fact as usize].iter().all(|earlier| key(earlier) != key(own))
}

/// This year's value less the stated difference.
fn value_before(disclosure: &Disclosure, change: &Change) -> Option<Amount> {
    let now = disclosure.amount(change.fact?)?;
    let difference = change.difference.as_ref()?;
    let yuan = now.yuan.checked_sub(difference.yuan)?;
    // Both were rounded: the step of what follows is that of both together.
    let quantum = now.quantum + difference.quantum;
    let printed = crate::audit::wording::amount(yuan, now.unit, now.quantum / rust_decimal::Decimal::TWO).into();
    let origin = Origin::Derived { rule: String::new(), inputs: vec![difference.place, now.place] };
    Some(Amount { yuan, printed, unit: now.unit, quantum, origin, place: difference.place })
}
