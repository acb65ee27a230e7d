//! Figures of a self-evaluation report that follows the disclosure, against its statements.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::prose::{Passage, pattern, yuan};
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::audit::wording;
use crate::language::say;
use crate::model::{Fact, Finding, Phase, Place, StatementKind, SubjectKind};

static EXECUTED: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?:全年)?实际(?:执行|支出)数?(?:为)?([\\d,]+(?:\\.\\d+)?)(万?元)"));
static THREE_PUBLIC: LazyLock<Regex> =
    LazyLock::new(|| pattern("三公(?:经费)?(?:支出)?(预算|实际执行|执行|决算)数(?:为)?([\\d,]+(?:\\.\\d+)?)(万?元)"));

/// One entry for each figure of the report that a statement has.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let passages = index.passages();
    let begins = passages.iter().position(|passage| passage.is_heading() && passage.text.contains("自评报告"));
    for passage in begins.map_or(&[][..], |begins| &passages[begins..]) {
        for captures in EXECUTED.captures_iter(&passage.text) {
            let totals = totals(index, |fact| {
                fact.statement == Some(StatementKind::RevenueExpenditure)
                    || fact.statement == Some(StatementKind::Expenditure)
            });
            compare(
                rule,
                index,
                passage,
                ("check.self_evaluation_spent", &captures[1], &captures[2]),
                &totals,
                &mut checked,
            );
        }
        for captures in THREE_PUBLIC.captures_iter(&passage.text) {
            let spent = &captures[1] != "预算";
            let totals: Vec<&Fact> = three_public(index, spent);
            let label = if spent {
                "check.self_evaluation_three_public_spent"
            } else {
                "check.self_evaluation_three_public_budget"
            };
            compare(rule, index, passage, (label, &captures[2], &captures[3]), &totals, &mut checked);
        }
    }
    checked
}

/// The totals of expenditure in some statements.
fn totals<'d>(index: &Index<'d>, stands: impl Fn(&Fact) -> bool) -> Vec<&'d Fact> {
    let is_total = |fact: &&Fact| {
        let code = fact.subject.code.as_str();
        fact.subject.kind == SubjectKind::Total
            && matches!(code, "current_expenditure" | "expenditure_total" | "total")
            && matches!(fact.measure.nature.as_str(), "total" | "current")
            && fact.measure.phase == Phase::Final
    };
    index.disclosure.facts.iter().filter(|fact| stands(fact)).filter(is_total).collect()
}

fn three_public<'d>(index: &Index<'d>, spent: bool) -> Vec<&'d Fact> {
    let fits = |fact: &&Fact| {
        fact.statement == Some(StatementKind::ThreePublic)
            && (fact.subject.kind, fact.subject.code.as_str()) == (SubjectKind::ThreePublic, "total")
            && (fact.measure.phase == Phase::Final) == spent
    };
    index.disclosure.facts.iter().filter(fits).collect()
}

/// A figure of the report may mean any of the totals; it differs when it is none of them.
fn compare(
    rule: &Rule,
    index: &Index,
    passage: &Passage,
    (label, printed, unit): (&'static str, &str, &str),
    totals: &[&Fact],
    checked: &mut Checked,
) {
    let (Some((value, half_step)), Some(first)) = (yuan(printed, unit), totals.first()) else { return };
    let place = passage.place(index, &format!("{printed}{unit}"));
    let label = index.language.get(label);
    if totals.iter().any(|fact| (fact.amount.yuan - value).abs() <= half_step.max(fact.amount.quantum)) {
        return checked.pass(rule, label, place);
    }
    let amount = &first.amount;
    let show = |value: Decimal| wording::amount(value, amount.unit, amount.quantum / Decimal::TWO);
    let message = say!(
        index.language,
        "check.self_evaluation",
        label: label,
        own: format!("{printed}{unit}"),
        line: place.line,
        other: format!("{}{}", wording::grouped(&show(amount.yuan)), amount.unit.label()),
        other_line: amount.place.line,
    );
    let places: Vec<Place> = vec![place, amount.place];
    let found = finding(rule, places, message);
    let difference = show((amount.yuan - value).abs());
    checked.fail(
        rule,
        label,
        Finding { expected: show(amount.yuan), printed: printed.to_owned(), difference, ..found },
    );
}
