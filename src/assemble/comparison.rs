//! Budget against final account of one department and year.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::site::{Department, PublishedDisclosure, Site, Sourced};
use super::three_public::ThreePublicYear;
use crate::model::{Amount, Disclosure, FunctionLevel, Kind, Phase, SubjectKind, ThreePublicPart};

/// A year that has both a budget and a final account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The fiscal year.
    pub year: u16,
    /// The budget; `None` when only the final account itself tells the budget figures.
    pub budget: Option<usize>,
    /// The final account.
    pub final_account: usize,
    /// What is compared, in the order of the statements.
    pub rows: Vec<ComparisonRow>,
}

/// What a row compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ComparisonSubject {
    /// 支出总计
    Expenditure,
    /// 基本支出
    Basic,
    /// 项目支出
    Project,
    /// A functional code.
    Function,
    /// A part of the three public expenses.
    ThreePublic,
}

/// One item in budget and final account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparisonRow {
    /// What it is.
    pub subject: ComparisonSubject,
    /// The functional code or the word of the part; empty for totals.
    pub code: CompactString,
    /// Its name for readers.
    pub name: CompactString,
    /// 年初预算
    pub budget: Option<Sourced>,
    /// 决算
    pub final_account: Option<Sourced>,
}

/// All years of a department that have both sides, newest first.
pub(super) fn comparisons(site: &Site, department: &Department, three_public: &[ThreePublicYear]) -> Vec<Comparison> {
    let of_kind = |kind: Kind| {
        department
            .disclosures
            .iter()
            .copied()
            .filter(move |index| site.disclosures[*index].disclosure.identity.kind == Some(kind))
    };
    let mut comparisons = Vec::new();
    for final_account in of_kind(Kind::Final) {
        let Some(year) = site.disclosures[final_account].disclosure.identity.year else { continue };
        let budget =
            of_kind(Kind::Budget).find(|index| site.disclosures[*index].disclosure.identity.year == Some(year));
        let mut rows = match budget {
            Some(budget) => rows_of_two(site, budget, final_account),
            None => rows_of_one(&site.disclosures[final_account], final_account),
        };
        rows.extend(three_public_rows(three_public, year));
        if rows.iter().any(|row| row.budget.is_some() && row.final_account.is_some()) {
            comparisons.push(Comparison { year, budget, final_account, rows });
        }
    }
    comparisons
}

/// Totals and functional classes of a budget and a final account.
fn rows_of_two(site: &Site, budget: usize, final_account: usize) -> Vec<ComparisonRow> {
    let (left, right) = (&site.disclosures[budget].disclosure, &site.disclosures[final_account].disclosure);
    let sides = |one: &Option<Amount>, other: &Option<Amount>| {
        let sourced =
            |index: usize, amount: &Option<Amount>| amount.clone().map(|amount| Sourced { disclosure: index, amount });
        (sourced(budget, one), sourced(final_account, other))
    };
    let totals = [
        (ComparisonSubject::Expenditure, "支出总计", &left.figures.expenditure_total, &right.figures.expenditure_total),
        (ComparisonSubject::Basic, "基本支出", &left.figures.basic, &right.figures.basic),
        (ComparisonSubject::Project, "项目支出", &left.figures.project, &right.figures.project),
    ];
    let mut rows: Vec<ComparisonRow> = totals
        .into_iter()
        .map(|(subject, name, one, other)| {
            let (budget, final_account) = sides(one, other);
            ComparisonRow { subject, code: CompactString::default(), name: name.into(), budget, final_account }
        })
        .collect();
    for code in class_codes(left, right) {
        let find =
            |disclosure: &Disclosure| disclosure.functions.iter().find(|function| function.code == code).cloned();
        let (one, other) = (find(left), find(right));
        let name = one.as_ref().or(other.as_ref()).map(|function| function.name.clone()).unwrap_or_default();
        let total = |function: &Option<crate::model::FunctionFigures>| function.as_ref().and_then(|f| f.total.clone());
        let (budget, final_account) = sides(&total(&one), &total(&other));
        rows.push(ComparisonRow { subject: ComparisonSubject::Function, code, name, budget, final_account });
    }
    rows
}

/// The codes of all functional classes of both, in order.
fn class_codes(left: &Disclosure, right: &Disclosure) -> Vec<CompactString> {
    let classes =
        left.functions.iter().chain(&right.functions).filter(|function| function.level == FunctionLevel::Class);
    let mut codes: Vec<CompactString> = classes.map(|function| function.code.clone()).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// The functional codes for which a final account itself tells the initial budget.
fn rows_of_one(published: &PublishedDisclosure, index: usize) -> Vec<ComparisonRow> {
    let disclosure = &published.disclosure;
    let mut rows: Vec<ComparisonRow> = Vec::new();
    for fact in &disclosure.facts {
        let told = fact.subject.kind == SubjectKind::Function
            && fact.measure.phase == Phase::InitialBudget
            && Some(fact.measure.year) == disclosure.identity.year
            && fact.measure.nature == "total";
        if !told || rows.iter().any(|row| row.code == fact.subject.code) {
            continue;
        }
        let function = disclosure.functions.iter().find(|function| function.code == fact.subject.code);
        let sourced = |amount: &Amount| Sourced { disclosure: index, amount: amount.clone() };
        rows.push(ComparisonRow {
            subject: ComparisonSubject::Function,
            code: fact.subject.code.clone(),
            name: function.map_or_else(|| fact.subject.label.clone(), |function| function.name.clone()),
            budget: Some(sourced(&fact.amount)),
            final_account: function.and_then(|function| function.total.as_ref()).map(sourced),
        });
    }
    rows.sort_by(|left, right| left.code.cmp(&right.code));
    rows
}

/// The parts of the three public expenses of a year. The adjusted budget stands in where there is no initial one.
fn three_public_rows(years: &[ThreePublicYear], year: u16) -> Vec<ComparisonRow> {
    let find = |phase: Phase| years.iter().find(|row| row.year == year && row.phase == phase);
    let Some(final_account) = find(Phase::Final) else { return Vec::new() };
    let budget = find(Phase::InitialBudget).or_else(|| find(Phase::AdjustedBudget));
    let row = |part: ThreePublicPart| ComparisonRow {
        subject: ComparisonSubject::ThreePublic,
        code: part.word().into(),
        name: part.label().into(),
        budget: budget.and_then(|budget| budget.part(part)).cloned(),
        final_account: final_account.part(part).cloned(),
    };
    ThreePublicPart::ALL
        .into_iter()
        .map(row)
        .filter(|row| row.budget.is_some() || row.final_account.is_some())
        .collect()
}
