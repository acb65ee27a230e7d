//! Changes that a narrative states, and what they tell of the year before.

use compact_str::{CompactString, ToCompactString};
use rust_decimal::Decimal;

use crate::model::{Amount, Change, Comparison, Disclosure, Origin, Subject};

/// The first change on last year that is stated of a subject.
pub fn stated_change(disclosure: &Disclosure, is_meant: impl Fn(&Subject) -> bool) -> Option<&Change> {
    disclosure.changes.iter().find(|change| {
        let fact = change.fact.and_then(|index| disclosure.facts.get(index as usize));
        change.comparison == Comparison::PriorYear && fact.is_some_and(|fact| is_meant(&fact.subject))
    })
}

/// Last year's value and its year: this year's value less the stated difference.
pub fn value_before(disclosure: &Disclosure, change: &Change) -> Option<(u16, Amount)> {
    let now = disclosure.amount(change.fact?)?;
    let difference = change.difference.as_ref()?;
    let year = change.base_year.or_else(|| disclosure.identity.year?.checked_sub(1))?;
    let yuan = now.yuan.checked_sub(difference.yuan)?;
    let rule = if difference.yuan < Decimal::ZERO { "本年数＋减少额" } else { "本年数－增加额" };
    let amount = Amount {
        yuan,
        printed: in_unit(yuan, now.unit.yuan()),
        unit: now.unit,
        quantum: now.quantum.max(difference.quantum),
        origin: Origin::Derived { rule: rule.to_owned(), inputs: vec![difference.place, now.place] },
        place: difference.place,
    };
    Some((year, amount))
}

/// A value in a unit, with as many places as it needs.
fn in_unit(yuan: Decimal, unit: Decimal) -> CompactString {
    yuan.checked_div(unit).unwrap_or(yuan).normalize().to_compact_string()
}
