//! Identities between the disclosures of one department: budget against final account, this year against last year.
//!
//! Goes in: the disclosures of one department; comes out: for each of them what its ledger gains. Places are those of the
//! disclosure that gains them; the other document is named in words.

mod carried;
mod items;
mod prior;
mod units;

#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

use super::rule::{Rule, Rules, Test};
use super::wording;
use crate::language::{Language, say};
use crate::model::{
    Amount, Disclosure, Fact, Finding, FindingSeverity, Kind, LedgerEntry, Outcome, Phase, Place, Side, StatementKind,
    SubjectKind,
};

/// What the ledger of one disclosure gains.
#[derive(Debug, Default)]
pub struct Gained {
    /// Evaluations.
    pub entries: Vec<LedgerEntry>,
    /// Findings, without ids.
    pub findings: Vec<Finding>,
}

/// A comparison of two disclosures, by the word of `years = "…"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Years {
    /// The initial budget of each item that the final account states: that of the budget.
    InitialItems,
    /// The budget of the three public expenses that the final account states: that of the budget.
    ThreePublicBudget,
    /// The initial budget of the operating expenses: that of the budget.
    AgencyOperating,
    /// Last year's budget that follows from a stated change: that of last year's document.
    PriorBudget,
    /// The same for final accounts.
    PriorFinal,
    /// What is carried in: what was carried out.
    CarriedIn,
    /// Units with the same codes have the same names.
    Units,
    /// Items that differ much from their budget.
    Deviations,
}

/// Two disclosures of one department.
#[derive(Clone, Copy)]
pub(super) struct Pair<'d> {
    /// The one whose ledger gains.
    pub(super) own: &'d Disclosure,
    /// The one that it is compared with.
    pub(super) other: &'d Disclosure,
    /// In what is told of them.
    pub(super) language: &'static Language,
}

/// Compares the disclosures of one department, replaced revisions left out.
pub fn over_time(rules: &Rules, members: &[&Disclosure]) -> Vec<Gained> {
    members.iter().map(|own| gained(rules, own, members)).collect()
}

fn gained(rules: &Rules, own: &Disclosure, members: &[&Disclosure]) -> Gained {
    let mut gained = Gained::default();
    let (Some(year), Some(kind)) = (own.identity.year, own.identity.kind) else { return gained };
    let find = |kind: Kind, year: u16| {
        members.iter().find(|one| one.identity.kind == Some(kind) && one.identity.year == Some(year)).copied()
    };
    let (same_year, before) = (find(Kind::Budget, year), find(kind, year - 1));
    for rule in rules.all() {
        let Test::Years(years) = rule.test else { continue };
        let other = match (years, kind) {
            (
                Years::InitialItems | Years::ThreePublicBudget | Years::AgencyOperating | Years::Deviations,
                Kind::Final,
            ) => same_year,
            (Years::PriorBudget, Kind::Budget) | (Years::PriorFinal, Kind::Final) | (Years::Units, _) => before,
            (Years::CarriedIn, Kind::Budget) => find(Kind::Final, year - 1),
            _ => None,
        };
        let Some(other) = other else { continue };
        let pair = Pair { own, other, language: rules.language() };
        match years {
            Years::InitialItems => items::initial(rule, pair, &mut gained),
            Years::Deviations => items::deviations(rule, pair, &mut gained),
            Years::ThreePublicBudget => carried::three_public(rule, pair, &mut gained),
            Years::AgencyOperating => carried::agency_operating(rule, pair, &mut gained),
            Years::CarriedIn => carried::carried_in(rule, pair, &mut gained),
            Years::PriorBudget | Years::PriorFinal => prior::run(rule, pair, &mut gained),
            Years::Units => units::run(rule, pair, &mut gained),
        }
    }
    gained
}

/// The other document: 「2024年部门预算」.
pub(super) fn name(pair: Pair) -> String {
    let identity = &pair.other.identity;
    let Some(year) = identity.year else {
        let is_final = identity.kind == Some(Kind::Final);
        return pair.language.get(if is_final { "years.undated_final" } else { "years.undated_budget" }).to_owned();
    };
    match identity.kind {
        Some(Kind::Final) => say!(pair.language, "years.document_final", year: year),
        _ => say!(pair.language, "years.document_budget", year: year),
    }
}

/// The first amount of statements of a kind with a subject and a nature, of one phase.
pub(super) fn amount<'d>(
    disclosure: &'d Disclosure,
    is_wanted: impl Fn(&Fact) -> bool,
    phases: &[Phase],
) -> Option<&'d Amount> {
    let of_phase = |phase: &Phase| {
        let facts = disclosure.facts.iter().filter(|fact| fact.measure.phase == *phase);
        facts
            .filter(|fact| disclosure.identity.year.is_none_or(|year| fact.measure.year == year))
            .find(|fact| is_wanted(fact))
    };
    phases.iter().find_map(of_phase).map(|fact| &fact.amount)
}

/// True for a fact of a statement about a subject.
pub(super) fn is_about(fact: &Fact, statement: Option<StatementKind>, kind: SubjectKind, code: &str) -> bool {
    fact.statement == statement && fact.subject.kind == kind && fact.subject.code == code
}

/// Compares an amount of the own disclosure with one of the other; the keys behind them say what they are.
pub(super) fn compare(
    rule: &Rule,
    pair: Pair,
    subject: &str,
    (own, own_label): (&Amount, &'static str),
    (other, other_label): (&Amount, &'static str),
    gained: &mut Gained,
) {
    let (own_label, other_label) = (pair.language.get(own_label), pair.language.get(other_label));
    let half_steps = (own.quantum + other.quantum) / Decimal::TWO;
    // A unit that is coarser on one side rounds; a value that was computed from two others carries their rounding.
    let rounds = own.quantum != other.quantum || pair.own.rounding_note || pair.other.rounding_note;
    let tolerance = if rounds { half_steps } else { Decimal::ZERO };
    let difference = (own.yuan - other.yuan).abs();
    let outcome = if difference <= tolerance { Outcome::Pass } else { Outcome::Fail };
    let side = |label: String, amount: &Amount, places: Vec<Place>| Side { label, value: Some(amount.yuan), places };
    gained.entries.push(LedgerEntry {
        rule: rule.code.as_str().into(),
        outcome,
        left: side(own_label.to_owned(), own, vec![own.place]),
        right: side(say!(pair.language, "years.side", document: name(pair), label: other_label), other, Vec::new()),
        tolerance,
        subject: subject.to_owned(),
    });
    if outcome == Outcome::Pass {
        return;
    }
    let show = |value: Decimal| wording::amount(value, own.unit, own.quantum / Decimal::TWO);
    let said = |value: Decimal| format!("{}{}", wording::grouped(&show(value)), own.unit.label());
    let message = say!(
        pair.language,
        "years.compare",
        subject: subject,
        own_label: own_label,
        own: said(own.yuan),
        line: own.place.line,
        document: name(pair),
        other_label: other_label,
        other: said(other.yuan),
        other_line: other.place.line,
        difference: said(difference),
    );
    let found = finding(rule, vec![own.place], message);
    let (expected, printed) = (show(other.yuan), own.printed.to_string());
    gained.findings.push(Finding { expected, printed, difference: show(difference), ..found });
}

/// A finding without id and root.
pub(super) fn finding(rule: &Rule, places: Vec<Place>, message: String) -> Finding {
    Finding {
        id: Default::default(),
        rule: rule.code.as_str().into(),
        severity: rule.severity,
        class: rule.class,
        root: Default::default(),
        places,
        expected: String::new(),
        printed: String::new(),
        difference: String::new(),
        message,
        waived: None,
    }
}

/// An entry that compares words or a set of amounts.
pub(super) fn entry(rule: &Rule, outcome: Outcome, subject: &str, place: Place) -> LedgerEntry {
    LedgerEntry {
        rule: rule.code.as_str().into(),
        outcome,
        left: Side { label: String::new(), value: None, places: vec![place] },
        right: Side { label: String::new(), value: None, places: Vec::new() },
        tolerance: Decimal::ZERO,
        subject: subject.to_owned(),
    }
}

/// The severity of what only informs.
pub(super) const NOTE: FindingSeverity = FindingSeverity::Info;
