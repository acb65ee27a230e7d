//! How far down the figures are told.

use rust_decimal::Decimal;

use super::{Case, some};
use crate::audit::score::Measured;
use crate::language::say;
use crate::model::{Disclosure, Fact, Kind, StatementKind, StatementState, SubjectKind, ThreePublicPart};

pub(super) fn items(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let kinds = [StatementKind::Expenditure, StatementKind::GeneralExpenditure];
    for kind in kinds {
        let (total, _) =
            sum(disclosure, kind, |fact| fact.subject.kind == SubjectKind::Total && fact.subject.code == "total");
        let is_item = |fact: &Fact| fact.subject.kind == SubjectKind::Function && fact.subject.code.len() == 7;
        let (items, first) = sum(disclosure, kind, is_item);
        if total > Decimal::ZERO {
            let share = (items * Decimal::ONE_HUNDRED)
                .checked_div(total)
                .unwrap_or_default()
                .round_dp(1)
                .min(Decimal::ONE_HUNDRED);
            let statement = case.language.label("statement", kind.word());
            let evidence = say!(case.language, "evidence.items", statement: statement, share: share.normalize());
            return Measured::share(items, total, evidence, first.map(|fact| fact.amount.place));
        }
    }
    Measured::unreadable(case.language.get("evidence.no_total"))
}

/// The sum of totals of the rows of a statement that a test wants.
fn sum(disclosure: &Disclosure, kind: StatementKind, is_wanted: impl Fn(&Fact) -> bool) -> (Decimal, Option<&Fact>) {
    let facts = disclosure.facts.iter().filter(|fact| fact.statement == Some(kind) && fact.measure.nature == "total");
    facts
        .filter(|fact| is_wanted(fact))
        .fold((Decimal::ZERO, None), |(sum, first), fact| (sum.saturating_add(fact.amount.yuan), first.or(Some(fact))))
}

pub(super) fn economic(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let rows = |digits: usize| {
        disclosure.facts.iter().filter(move |fact| {
            let economic = matches!(fact.subject.kind, SubjectKind::EconomicDepartmental | SubjectKind::EconomicPair);
            let code = fact.subject.code.split('/').next().unwrap_or_default();
            fact.statement == Some(StatementKind::GeneralBasic) && economic && code.len() == digits
        })
    };
    let there = disclosure
        .statements
        .iter()
        .any(|one| one.kind == StatementKind::GeneralBasic && one.state == StatementState::Read);
    if !there {
        return Measured::not_applicable(case.language.get("evidence.no_basic"));
    }
    let first = rows(5).next();
    let key = if first.is_some() { "evidence.sections" } else { "evidence.no_sections" };
    let evidence = case.language.get(key).to_owned();
    Measured::share(u64::from(first.is_some()), 1, evidence, first.map(|fact| fact.amount.place))
}

pub(super) fn projects(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    if !has_projects(disclosure) && disclosure.projects.is_empty() {
        return Measured::not_applicable(case.language.get("evidence.no_project_money"));
    }
    if disclosure.identity.kind == Some(Kind::Final) && disclosure.projects.is_empty() {
        return Measured::not_applicable(case.language.get("evidence.final_without_projects"));
    }
    let first = disclosure.projects.first();
    some(case, "evidence.projects", disclosure.projects.len(), first.map(|project| project.place))
}

fn has_projects(disclosure: &Disclosure) -> bool {
    disclosure.figures.project.as_ref().is_some_and(|amount| !amount.yuan.is_zero())
}

pub(super) fn targets(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    if disclosure.projects.is_empty() {
        return Measured::not_applicable(case.language.get("evidence.no_projects"));
    }
    let with = disclosure.projects.iter().filter(|project| !project.indicators.is_empty());
    let first = with.clone().next().and_then(|project| project.indicators.first()).map(|indicator| indicator.place);
    let (with, all) = (with.count(), disclosure.projects.len());
    Measured::share(with as u64, all as u64, say!(case.language, "evidence.targets", all: all, with: with), first)
}

pub(super) fn vehicles(case: Case<'_>) -> Measured {
    let disclosure = case.disclosure;
    let part = |part: ThreePublicPart| {
        disclosure
            .facts
            .iter()
            .find(|fact| fact.subject.kind == SubjectKind::ThreePublic && fact.subject.code == part.word())
    };
    let (purchase, operation) = (part(ThreePublicPart::VehiclePurchase), part(ThreePublicPart::VehicleOperation));
    let declared = disclosure.statements.iter().any(|statement| {
        statement.kind == StatementKind::ThreePublic
            && matches!(statement.state, StatementState::DeclaredEmpty { .. } | StatementState::Empty)
    });
    if declared && purchase.is_none() && operation.is_none() {
        return Measured::not_applicable(case.language.get("evidence.no_three_public"));
    }
    let stated = [purchase, operation];
    let found = stated.iter().flatten().count();
    let words = [("evidence.purchase", purchase), ("evidence.operation", operation)];
    let missing = words.iter().filter(|(_, fact)| fact.is_none()).map(|(word, _)| case.language.get(word));
    let missing = case.language.list(missing);
    let key = if missing.is_empty() { "evidence.vehicles" } else { "evidence.vehicles_missing" };
    let evidence = case.language.say(key, &[("missing", &missing)]);
    Measured::share(found as u64, 2, evidence, stated.into_iter().flatten().next().map(|fact| fact.amount.place))
}
