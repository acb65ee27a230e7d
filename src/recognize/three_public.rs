//! The three public expenses by year and phase: the table, what the narrative adds, and last year's values from the
//! stated changes.

use compact_str::CompactString;

use super::amounts::printed;
use super::facts::Period;
use super::number::decimals;
use crate::model::{
    Amount, Change, Comparison, Disclosure, Fact, Origin, Phase, SubjectKind, ThreePublic, ThreePublicPart,
};

/// Collects the rows in the order of years and phases.
pub(super) fn collect(disclosure: &Disclosure, period: Period) -> Vec<ThreePublic> {
    let mut rows: Vec<ThreePublic> = Vec::new();
    let facts = disclosure.facts.iter().filter(|fact| fact.subject.kind == SubjectKind::ThreePublic);
    let (tables, narrative): (Vec<&Fact>, Vec<&Fact>) = facts.partition(|fact| fact.statement.is_some());
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
    rows.iter_mut().filter(|row| row.year != period.year).for_each(add_vehicles);
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

/// Where both parts of the vehicles are known and their sum is not told.
fn add_vehicles(row: &mut ThreePublic) {
    let (None, Some(purchase), Some(operation)) = (&row.vehicles, &row.vehicle_purchase, &row.vehicle_operation) else {
        return;
    };
    let yuan = purchase.yuan + operation.yuan;
    let places = decimals(&purchase.printed).max(decimals(&operation.printed));
    let origin =
        Origin::Derived { rule: "购置费＋运行费".to_owned(), inputs: vec![purchase.place, operation.place] };
    row.vehicles = Some(Amount { yuan, printed: printed(yuan, operation.unit, places), origin, ..operation.clone() });
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
