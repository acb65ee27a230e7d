//! The three public expenses by year and phase: the table, what the narrative adds, and last year's values from the
//! stated changes.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::model::{
    Amount, Change, Comparison, Disclosure, Fact, Origin, Phase, SubjectKind, ThreePublic, ThreePublicPart,
};
use crate::recognize::identity::Period;
use crate::recognize::number::decimals;
use crate::recognize::statement::amounts::printed;

/// Collects the rows in the order of years and phases.
pub(super) fn collect(disclosure: &Disclosure, period: Period) -> Vec<ThreePublic> {
    let mut rows: Vec<ThreePublic> = Vec::new();
    let facts = disclosure.facts.iter().filter(|fact| fact.subject.kind == SubjectKind::ThreePublic);
    let (mut tables, narrative): (Vec<&Fact>, Vec<&Fact>) = facts.partition(|fact| fact.statement.is_some());
    // Beside the table of all parts others list some of them, or the meetings and trainings that the sentences name.
    let parts: BTreeSet<_> = tables.iter().map(|fact| (fact.statement_index, fact.subject.code.clone())).collect();
    tables.sort_by_key(|fact| Reverse(parts.iter().filter(|(table, _)| *table == fact.statement_index).count()));
    // The table comes first; the narrative fills what it leaves blank.
    for fact in tables.into_iter().chain(narrative) {
        let Some(part) =
            part(&fact.subject.code).filter(|_| fact.measure.fund == "all" || fact.measure.fund == "general_public")
        else {
            continue;
        };
        let slot = row(&mut rows, fact.measure.year, phase(fact.measure.phase)).part_mut(part);
        slot.get_or_insert_with(|| fact.amount.clone());
    }
    for change in &disclosure.changes {
        add_prior_year(&mut rows, disclosure, period, change);
    }
    rows.iter_mut().for_each(add_vehicles);
    rows.retain(|row| ThreePublicPart::ALL.iter().any(|part| row.part(*part).is_some()));
    rows.sort_by_key(|row| (row.year, row.phase));
    rows
}

fn part(code: &CompactString) -> Option<ThreePublicPart> {
    ThreePublicPart::ALL.into_iter().find(|part| part.word() == code)
}

/// The table of a final account compares with the adjusted budget; both budgets are one row here.
fn phase(phase: Phase) -> Phase {
    if phase == Phase::Final { Phase::Final } else { Phase::InitialBudget }
}

fn row(rows: &mut Vec<ThreePublic>, year: u16, phase: Phase) -> &mut ThreePublic {
    let index = rows.iter().position(|row| (row.year, row.phase) == (year, phase)).unwrap_or_else(|| {
        rows.push(ThreePublic::new(year, phase));
        rows.len() - 1
    });
    &mut rows[index]
}

/// 「比2024年增加1.17万元」: last year's value is this year's less the change.
fn add_prior_year(rows: &mut Vec<ThreePublic>, disclosure: &Disclosure, period: Period, change: &Change) {
    let fact = change.fact.and_then(|fact| disclosure.facts.get(fact as usize));
    let (Some(fact), Some(difference), Comparison::PriorYear) = (fact, &change.difference, change.comparison) else {
        return;
    };
    let Some(part) = part(&fact.subject.code).filter(|_| fact.subject.kind == SubjectKind::ThreePublic) else { return };
    let base_year = change.base_year.unwrap_or(period.year.saturating_sub(1));
    if base_year + 1 != period.year || fact.measure.phase != period.phase {
        return;
    }
    let phase = phase(period.phase);
    let Some(current) = row(rows, period.year, phase).part(part).clone() else { return };
    let slot = row(rows, base_year, phase).part_mut(part);
    if slot.is_none() {
        *slot = Some(prior(&current, difference));
    }
}

/// Where the parts of the vehicles are known and their sum is not told. A blank purchase is none when the whole leaves
/// nothing for it.
fn add_vehicles(row: &mut ThreePublic) {
    let (None, Some(operation)) = (&row.vehicles, &row.vehicle_operation) else { return };
    let (parts, rule) = match &row.vehicle_purchase {
        Some(purchase) => (vec![purchase, operation], "购置费＋运行费"),
        None if leaves_nothing_else(row) => (vec![operation], "“三公”经费合计中没有购置费，即运行费"),
        None => return,
    };
    let yuan = parts.iter().map(|part| part.yuan).sum();
    let places = parts.iter().map(|part| decimals(&part.printed)).max().unwrap_or(2);
    let origin = Origin::Derived { rule: rule.to_owned(), inputs: parts.iter().map(|part| part.place).collect() };
    row.vehicles = Some(Amount { yuan, printed: printed(yuan, operation.unit, places), origin, ..operation.clone() });
}

/// True when abroad, operation and reception are the whole.
fn leaves_nothing_else(row: &ThreePublic) -> bool {
    let parts = [&row.abroad, &row.vehicle_operation, &row.reception];
    let sum: Decimal = parts.into_iter().flatten().map(|part| part.yuan).sum();
    row.total.as_ref().is_some_and(|total| total.yuan == sum)
}

fn prior(current: &Amount, difference: &Amount) -> Amount {
    let yuan = current.yuan - difference.yuan;
    let places = decimals(&current.printed).max(decimals(&difference.printed));
    let origin =
        Origin::Derived { rule: "本年数－增减额".to_owned(), inputs: vec![current.place, difference.place] };
    Amount {
        yuan,
        printed: printed(yuan, current.unit, places),
        unit: current.unit,
        quantum: current.quantum.max(difference.quantum),
        origin,
        place: difference.place,
    }
}
