//! Functional items in budget and final account.

use rust_decimal::Decimal;

use super::{Gained, NOTE, Pair, amount, compare, entry, finding, is_about, name};
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Amount, Disclosure, Finding, Outcome, Phase, StatementKind, SubjectKind};

/// So many percent off its budget an item is told.
const MUCH: i64 = 20;
/// How many items a message names.
const SHOWN: usize = 5;

/// 年初预算 of each item in the text of the final account: the budget's own statement.
pub(super) fn initial(rule: &Rule, pair: Pair, gained: &mut Gained) {
    let stated = pair.own.facts.iter().filter(|fact| {
        fact.statement.is_none()
            && (fact.subject.kind, fact.subject.code.len()) == (SubjectKind::Function, 7)
            && (fact.measure.phase, fact.measure.fund.as_str()) == (Phase::InitialBudget, "general_public")
    });
    for fact in stated {
        let code = fact.subject.code.as_str();
        let Some(budgeted) = item(pair.other, StatementKind::GeneralExpenditure, code, Phase::InitialBudget) else {
            continue;
        };
        let subject = format!("{code} {}", fact.subject.label);
        compare(rule, pair, &subject, (&fact.amount, "years.initial"), (budgeted, "years.general_table"), gained);
    }
}

fn item<'d>(disclosure: &'d Disclosure, statement: StatementKind, code: &str, phase: Phase) -> Option<&'d Amount> {
    let is_item = |fact: &crate::model::Fact| {
        is_about(fact, Some(statement), SubjectKind::Function, code) && fact.measure.nature == "total"
    };
    amount(disclosure, is_item, &[phase])
}

/// Items of the final account that are off their budget by much, or had none.
pub(super) fn deviations(rule: &Rule, pair: Pair, gained: &mut Gained) {
    let spent = pair.own.facts.iter().filter(|fact| {
        fact.statement == Some(StatementKind::Expenditure)
            && (fact.subject.kind, fact.subject.code.len()) == (SubjectKind::Function, 7)
            && (fact.measure.nature.as_str(), fact.measure.phase) == ("total", Phase::Final)
    });
    let (mut told, mut places, mut compared) = (Vec::new(), Vec::new(), None);
    for fact in spent {
        let code = fact.subject.code.as_str();
        compared.get_or_insert(fact.amount.place);
        let budgeted = item(pair.other, StatementKind::Expenditure, code, Phase::InitialBudget);
        let off = match budgeted.map(|amount| amount.yuan).filter(|yuan| !yuan.is_zero()) {
            None if fact.amount.yuan.is_zero() => continue,
            None => pair.language.get("years.not_budgeted").to_owned(),
            Some(budget) => {
                let Some(rate) = ((fact.amount.yuan - budget) * Decimal::ONE_HUNDRED).checked_div(budget) else {
                    continue;
                };
                if rate.abs() <= Decimal::from(MUCH) {
                    continue;
                }
                let mut rate = rate.round_dp(1);
                rate.rescale(1);
                let key = if rate.is_sign_positive() { "years.off_up" } else { "years.off_down" };
                pair.language.say(key, &[("rate", &rate)])
            }
        };
        told.push(say!(pair.language, "years.item_off", code: code, label: fact.subject.label, off: off));
        places.push(fact.amount.place);
    }
    let Some(first) = compared else { return };
    if told.is_empty() {
        gained.entries.push(entry(rule, Outcome::Pass, "", first));
        return;
    }
    let document = name(pair);
    let items = pair.language.list(told.iter().take(SHOWN));
    let message = if told.len() > SHOWN {
        say!(pair.language, "years.deviations_more", document: document, items: items, count: told.len())
    } else {
        say!(pair.language, "years.deviations", document: document, items: items)
    };
    gained.entries.push(entry(rule, Outcome::Fail, "", first));
    gained.findings.push(Finding { severity: NOTE, ..finding(rule, places, message) });
}
