//! Equipment that the statement of procurement lists, where no statement has expenditure on it.

use rust_decimal::Decimal;

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::audit::wording;
use crate::language::say;
use crate::model::{Amount, Fact, Finding, StatementKind, SubjectKind};

/// One entry for a disclosure that lists equipment, told by the rule's phrases, and has a column for capital expenditure.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let is_equipment = |name: &str| rule.phrases.iter().any(|phrase| name.contains(phrase.as_str()));
    let items = index.disclosure.procurement.iter().filter(|item| is_equipment(&item.name));
    let amounts: Vec<&Amount> = items.filter_map(|item| item.amount.as_ref()).collect();
    let facts = &index.disclosure.facts;
    let column = facts.iter().find(|fact| {
        fact.statement == Some(StatementKind::Expenditure)
            && fact.subject.kind == SubjectKind::Total
            && fact.measure.nature.ends_with(".capital")
    });
    let (Some(largest), Some(column)) = (amounts.iter().max_by_key(|amount| amount.yuan), column) else {
        return checked;
    };
    if facts.iter().any(is_capital) {
        checked.pass(rule, "", largest.place);
        return checked;
    }
    let sum: Decimal = amounts.iter().map(|amount| amount.yuan).sum();
    let shown = wording::amount(sum, largest.unit, largest.quantum / Decimal::TWO);
    let message = say!(
        index.language,
        "check.procured_equipment",
        count: amounts.len(),
        sum: format!("{}{}", wording::grouped(&shown), largest.unit.label()),
        line: largest.place.line,
        capital: column.amount.printed,
        capital_line: column.amount.place.line,
    );
    let places = std::iter::once(largest.place).chain([column.amount.place]);
    let places =
        places.chain(amounts.iter().map(|amount| amount.place).filter(|place| *place != largest.place)).collect();
    let printed = column.amount.printed.to_string();
    checked.fail(rule, "", Finding { expected: shown, printed, ..finding(rule, places, message) });
    checked
}

/// True for money spent on things that last: a column of capital expenditure, or an economic code of it.
fn is_capital(fact: &Fact) -> bool {
    let code = fact.subject.code.as_str();
    let economic = matches!(fact.subject.kind, SubjectKind::EconomicDepartmental | SubjectKind::EconomicPair);
    let by_code = economic && ["309", "310"].iter().any(|head| code.starts_with(head));
    !fact.amount.yuan.is_zero() && (by_code || fact.measure.nature.ends_with(".capital"))
}
