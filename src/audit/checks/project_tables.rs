//! The statement of projects against that of their targets: the same names, the same amounts for each unit.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::audit::wording;
use crate::language::say;
use crate::model::{Amount, Class, Finding, FindingSeverity, Place, StatementKind, SubjectKind};
use crate::vocabulary::text::key;

/// A project in one statement.
struct Listed<'d> {
    name: String,
    label: String,
    amount: &'d Amount,
}

/// One entry for each amount that stands once in both statements.
pub(super) fn names(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let (projects, targets) =
        (listed(index, StatementKind::Projects), listed(index, StatementKind::ProjectPerformance));
    // Where most names differ, the two statements do not print names of the same kind.
    let known = targets.iter().filter(|target| projects.iter().any(|project| project.name == target.name)).count();
    if known * 2 < targets.len().max(1) {
        return checked;
    }
    for target in &targets {
        let own: Vec<&Listed> = projects.iter().filter(|project| project.amount.yuan == target.amount.yuan).collect();
        let rivals = targets.iter().filter(|other| other.amount.yuan == target.amount.yuan).count();
        let ([project], 1) = (own.as_slice(), rivals) else { continue };
        let place = project.amount.place;
        if project.name == target.name {
            checked.pass(rule, &project.label, place);
            continue;
        }
        let message = say!(
            index.language,
            "check.project_names",
            project: project.label,
            line: place.line,
            target: target.label,
            target_line: target.amount.place.line,
        );
        let found = finding(rule, vec![place, target.amount.place], message);
        let (expected, printed) = (target.label.clone(), project.label.clone());
        // A glyph or two, or words that are cut off, are what extraction does to names.
        let class = if is_slip(&project.name, &target.name) { Class::Extraction } else { rule.class };
        let severity = if class == Class::Extraction { FindingSeverity::Info } else { rule.severity };
        checked.fail(rule, &project.label, Finding { expected, printed, class, severity, ..found });
    }
    checked
}

/// The projects with an amount of a statement, one for each row.
fn listed<'d>(index: &Index<'d>, kind: StatementKind) -> Vec<Listed<'d>> {
    let Some(printing) = index.of_kind(Some(kind)).first() else { return Vec::new() };
    let rows = index.printings[*printing].rows.iter().filter(|row| row.subject.kind == SubjectKind::Project);
    let listed = rows.filter_map(|row| {
        let amount = row.facts.iter().map(|fact| &index.fact(*fact).amount).find(|amount| !amount.yuan.is_zero())?;
        Some(Listed { name: key(&row.label), label: row.label.to_string(), amount })
    });
    listed.filter(|project| !project.name.is_empty()).collect()
}

/// True for names of equal length that differ in one to three glyphs, and for a name of which the other is a piece.
fn is_slip(left: &str, right: &str) -> bool {
    if left.contains(right) || right.contains(left) {
        return true;
    }
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let differing = left.iter().zip(&right).filter(|(left, right)| left != right).count();
    left.len() == right.len() && differing <= 3 && differing * 3 < left.len()
}

/// One entry for each unit that both statements know: its total in the statement of targets is the sum of its projects.
pub(super) fn units(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let mut sums: BTreeMap<String, (Decimal, Vec<Place>)> = BTreeMap::new();
    for project in &index.disclosure.projects {
        let (Some(total), false) = (&project.total, project.unit.is_empty()) else { continue };
        let sum = sums.entry(key(&project.unit)).or_default();
        sum.0 += total.yuan;
        sum.1.push(total.place);
    }
    if sums.len() < 2 {
        return checked;
    }
    let Some(printing) = index.of_kind(Some(StatementKind::ProjectPerformance)).first() else { return checked };
    for row in index.printings[*printing].rows.iter().filter(|row| row.subject.kind == SubjectKind::Unit) {
        let (Some((sum, places)), Some(fact)) = (sums.get(&key(&row.label)), row.facts.first()) else { continue };
        let amount = &index.fact(*fact).amount;
        // The row of the department, which may bear the name of its first unit, holds all units.
        let is_whole = amount.yuan == sums.values().map(|(sum, _)| *sum).sum();
        if is_whole && amount.yuan != *sum {
            continue;
        }
        if amount.yuan == *sum {
            checked.pass(rule, &row.label, amount.place);
            continue;
        }
        let show = |value: Decimal| wording::amount(value, amount.unit, amount.quantum / Decimal::TWO);
        let unit = amount.unit.label();
        let message = say!(
            index.language,
            "check.project_units",
            unit: row.label,
            own: format!("{}{unit}", amount.printed),
            line: amount.place.line,
            count: places.len(),
            sum: format!("{}{unit}", wording::grouped(&show(*sum))),
            difference: format!("{}{unit}", show((amount.yuan - sum).abs())),
        );
        let found = finding(rule, std::iter::once(amount.place).chain(places.iter().copied()).collect(), message);
        let difference = show((amount.yuan - sum).abs());
        let (expected, printed) = (show(*sum), amount.printed.to_string());
        checked.fail(rule, &row.label, Finding { expected, printed, difference, ..found });
    }
    checked
}

/// One entry for each category of projects that the statement of expenditure has a column for.
pub(super) fn categories(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for (words, nature) in [("其他运转", "project.operating"), ("特定目标", "project.specific")] {
        let of_category = index.disclosure.projects.iter().filter(|project| project.category.contains(words));
        let totals: Vec<&Amount> = of_category.filter_map(|project| project.total.as_ref()).collect();
        let column = index.disclosure.facts.iter().find(|fact| {
            fact.statement == Some(StatementKind::Expenditure)
                && (fact.subject.kind, fact.measure.nature.as_str()) == (SubjectKind::Total, nature)
        });
        let (Some(fact), false) = (column, totals.is_empty()) else { continue };
        let (amount, sum) = (&fact.amount, totals.iter().map(|amount| amount.yuan).sum::<Decimal>());
        let steps =
            if index.disclosure.rounding_note { Decimal::from(totals.len() + 1) / Decimal::TWO } else { Decimal::ZERO };
        if (amount.yuan - sum).abs() <= amount.quantum * steps {
            checked.pass(rule, words, amount.place);
            continue;
        }
        let said = |value: Decimal| {
            let shown = wording::amount(value, amount.unit, amount.quantum / Decimal::TWO);
            format!("{}{}", wording::grouped(&shown), amount.unit.label())
        };
        let message = say!(
            index.language,
            "check.project_categories",
            category: words,
            own: said(amount.yuan),
            line: amount.place.line,
            count: totals.len(),
            sum: said(sum),
            difference: said((amount.yuan - sum).abs()),
        );
        let places = std::iter::once(amount.place).chain(totals.iter().map(|amount| amount.place)).collect();
        let difference = wording::amount((amount.yuan - sum).abs(), amount.unit, amount.quantum / Decimal::TWO);
        let expected = wording::amount(sum, amount.unit, amount.quantum / Decimal::TWO);
        let found =
            Finding { expected, printed: amount.printed.to_string(), difference, ..finding(rule, places, message) };
        checked.fail(rule, words, found);
    }
    checked
}

/// One entry for each functional code of the procurement statement: the statement of expenditure has it.
pub(super) fn procurement_codes(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let in_expenditure = |code: &str| {
        index.disclosure.facts.iter().any(|fact| {
            matches!(
                fact.statement,
                Some(StatementKind::Expenditure | StatementKind::GeneralExpenditure | StatementKind::Fund)
            ) && fact.subject.kind == SubjectKind::Function
                && fact.subject.code.starts_with(code)
        })
    };
    if !in_expenditure("2") {
        return checked;
    }
    let mut missing: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for item in index.disclosure.procurement.iter().filter(|item| item.function.len() == 7) {
        if in_expenditure(&item.function) {
            checked.pass(rule, &item.function, item.place);
        } else {
            missing.entry(item.function.as_str()).or_default().push(item.place);
        }
    }
    for (code, places) in missing {
        let line = places.first().map_or(0, |place| place.line);
        let message = say!(index.language, "check.procurement_codes", count: places.len(), code: code, line: line);
        checked.fail(rule, code, Finding { printed: code.to_owned(), ..finding(rule, places, message) });
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn misread_glyphs_are_told_from_other_names() {
        assert!(is_slip("综窗劳务费", "综留劳务费"));
        assert!(is_slip("智慧建设项目2024", "智慧建设项目"));
        assert!(!is_slip("网络维护经费", "劳务派遣人员工资"));
        assert!(!is_slip("网络维护经费", "网络运行维护经费"));
    }
}
