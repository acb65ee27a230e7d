//! Spending by functional code, with the levels that the document does not print.

use std::collections::BTreeMap;

use compact_str::CompactString;
use rust_decimal::Decimal;

use super::amounts::printed;
use super::facts::Period;
use super::number::decimals;
use crate::model::{Amount, Fact, FunctionFigures, FunctionLevel, Origin, StatementKind, SubjectKind};
use crate::vocabulary::Vocabulary;

/// The statements that state spending by function, the most complete first; those of one line add up.
const SOURCES: [&[StatementKind]; 3] = [
    &[StatementKind::Expenditure],
    &[StatementKind::GeneralExpenditure, StatementKind::Fund, StatementKind::StateCapital],
    &[StatementKind::RevenueExpenditure],
];

/// The natures that are collected.
const NATURES: [&str; 5] = ["total", "basic", "project", "basic.personnel", "basic.operating"];

/// The amounts of one code by nature.
#[derive(Default, Clone)]
struct Entry {
    amounts: [Vec<Amount>; 5],
}

impl Entry {
    /// Total, basic and project amounts. Where a document prints 人员经费 and 公用经费 only, 基本支出 is their sum.
    fn figures(&self) -> [Option<Amount>; 3] {
        let [total, basic, project, personnel, operating] = self.amounts.clone();
        let basic = sum(basic, SAME_CODE).or_else(|| total_of([personnel, operating].concat(), "人员经费＋公用经费"));
        [sum(total, SAME_CODE), basic, sum(project, SAME_CODE)]
    }
}

const SAME_CODE: &str = "同一科目各行之和";

/// Collects spending by code, in the order of the codes.
pub(super) fn collect(vocabulary: &Vocabulary, facts: &[Fact], period: Period) -> Vec<FunctionFigures> {
    let Some(printed) = SOURCES
        .iter()
        .map(|kinds| entries(facts, kinds, period))
        .chain(std::iter::once_with(|| told(facts, period)))
        .find(|entries| !entries.is_empty())
    else {
        return Vec::new();
    };
    let names = all_names(facts);
    let codes = with_parents(&printed);
    codes
        .into_iter()
        .filter_map(|code| {
            let level = FunctionLevel::of(&code)?;
            let [total, basic, project] = match printed.get(&code) {
                Some(entry) => entry.figures(),
                None => {
                    let [total, basic, project] = derived(&printed, &code);
                    [total.map(|total| as_printed(facts, &code, total)), basic, project]
                }
            };
            let name =
                names.get(&code).cloned().or_else(|| vocabulary.names.function_name(&code).map(CompactString::from));
            Some(FunctionFigures { level, name: name.unwrap_or_default(), total, basic, project, code })
        })
        .collect()
}

fn entries(facts: &[Fact], kinds: &[StatementKind], period: Period) -> BTreeMap<CompactString, Entry> {
    let mut entries: BTreeMap<CompactString, Entry> = BTreeMap::new();
    let statements: Vec<u16> = kinds.iter().filter_map(|kind| fullest(facts, *kind)).collect();
    // 上年执行数 beside 本年预算数 is another year's spending.
    let own = |fact: &&Fact| (fact.measure.year, fact.measure.phase) == (period.year, period.phase);
    for fact in facts.iter().filter(own) {
        let of_kind = fact.statement_index.is_some_and(|index| statements.contains(&index));
        let part = NATURES.iter().position(|nature| fact.measure.nature == *nature);
        let (true, SubjectKind::Function, Some(part)) = (of_kind && !fact.subject.of_which, fact.subject.kind, part)
        else {
            continue;
        };
        let entry = entries.entry(fact.subject.code.clone()).or_default();
        entry.amounts[part].push(fact.amount.clone());
    }
    entries
}

/// What the sentences say of functions, for documents without tables. What is said twice counts once.
fn told(facts: &[Fact], period: Period) -> BTreeMap<CompactString, Entry> {
    let mut entries: BTreeMap<CompactString, Entry> = BTreeMap::new();
    let said = |fact: &&Fact| {
        fact.statement.is_none()
            && fact.subject.kind == SubjectKind::Function
            && (fact.measure.year, fact.measure.phase) == (period.year, period.phase)
    };
    for fact in facts.iter().filter(said) {
        let Some(part) = NATURES.iter().position(|nature| fact.measure.nature == *nature) else { continue };
        let amounts = &mut entries.entry(fact.subject.code.clone()).or_default().amounts[part];
        if amounts.is_empty() {
            amounts.push(fact.amount.clone());
        }
    }
    entries
}

/// The statement of a kind with the most functional amounts: some documents print the same figures in two.
fn fullest(facts: &[Fact], kind: StatementKind) -> Option<u16> {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| fact.statement == Some(kind) && fact.subject.kind == SubjectKind::Function) {
        *counts.entry(fact.statement_index?).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(index, _)| index)
}

/// Names that any statement prints for a code, the most frequent one.
fn all_names(facts: &[Fact]) -> BTreeMap<CompactString, CompactString> {
    let mut counts: BTreeMap<CompactString, BTreeMap<CompactString, usize>> = BTreeMap::new();
    for subject in facts.iter().map(|fact| &fact.subject).filter(|subject| subject.kind == SubjectKind::Function) {
        if !subject.label.is_empty() {
            *counts.entry(subject.code.clone()).or_default().entry(subject.label.clone()).or_default() += 1;
        }
    }
    let most = |names: BTreeMap<CompactString, usize>| {
        names.into_iter().rev().max_by_key(|(_, count)| *count).map(|(name, _)| name)
    };
    counts.into_iter().filter_map(|(code, names)| Some((code, most(names)?))).collect()
}

fn with_parents(printed: &BTreeMap<CompactString, Entry>) -> std::collections::BTreeSet<CompactString> {
    let mut codes = std::collections::BTreeSet::new();
    for code in printed.keys() {
        codes.extend([3, 5, 7].into_iter().filter_map(|length| code.get(..length)).map(CompactString::from));
    }
    codes
}

/// The sum of what is printed directly below a code that is not printed itself.
fn derived(printed: &BTreeMap<CompactString, Entry>, code: &str) -> [Option<Amount>; 3] {
    let below: Vec<(&CompactString, &Entry)> =
        printed.iter().filter(|(other, _)| other.len() > code.len() && other.starts_with(code)).collect();
    // Where a level between is printed, its rows stand for what is below them.
    let direct = |candidate: &CompactString| {
        !below.iter().any(|(other, _)| other.len() < candidate.len() && candidate.starts_with(other.as_str()))
    };
    let entries: Vec<&Entry> = below.iter().filter(|(other, _)| direct(other)).map(|(_, entry)| *entry).collect();
    std::array::from_fn(|part| {
        let amounts: Vec<Amount> = entries.iter().filter_map(|entry| entry.figures()[part].clone()).collect();
        total_of(amounts, "下级科目之和")
    })
}

/// A class that 收支总表 prints with the same amount is printed, not derived.
fn as_printed(facts: &[Fact], code: &str, derived: Amount) -> Amount {
    let same = |fact: &&Fact| {
        fact.statement == Some(StatementKind::RevenueExpenditure)
            && (fact.subject.kind, fact.subject.code.as_str()) == (SubjectKind::Function, code)
            && fact.measure.nature == "total"
            && fact.amount.yuan == derived.yuan
    };
    facts.iter().find(same).map_or(derived.clone(), |fact| fact.amount.clone())
}

/// One printed amount is itself; several are their sum.
fn sum(mut amounts: Vec<Amount>, rule: &str) -> Option<Amount> {
    if amounts.len() == 1 { amounts.pop() } else { total_of(amounts, rule) }
}

fn total_of(amounts: Vec<Amount>, rule: &str) -> Option<Amount> {
    let first = amounts.first()?;
    let yuan: Decimal = amounts.iter().map(|amount| amount.yuan).sum();
    let places = amounts.iter().map(|amount| decimals(&amount.printed)).max().unwrap_or(2);
    let origin = Origin::Derived { rule: rule.to_owned(), inputs: amounts.iter().map(|amount| amount.place).collect() };
    Some(Amount { yuan, printed: printed(yuan, first.unit, places), origin, ..first.clone() })
}
