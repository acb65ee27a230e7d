//! The targets of projects: each project has some of each group, and its costs add up to its amount.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::prose::{number, pattern};
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::audit::wording;
use crate::language::say;
use crate::model::{Finding, IndicatorKind, Place, Project, StatementKind, SubjectKind, Unit};
use crate::vocabulary::text::{key, squeeze};

/// A ceiling in money: `≤49万元`, `0.5 万元`.
static CEILING: LazyLock<Regex> =
    LazyLock::new(|| pattern("^(?:≤|<=|=|<|不超过|小于等于|小于)?(\\d+(?:,\\d{3})*(?:\\.\\d+)?)(万元|元)$"));

/// The groups that every project should have.
const GROUPS: [IndicatorKind; 4] =
    [IndicatorKind::Cost, IndicatorKind::Output, IndicatorKind::Benefit, IndicatorKind::Satisfaction];

/// One entry for each project, where the disclosure prints targets of most projects in these groups.
pub(super) fn groups(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let projects = &index.disclosure.projects;
    let printed = |kind: IndicatorKind| projects.iter().filter(|project| has(project, kind)).count();
    // A template without a group does not ask for it; where few have it, it was not read.
    let asked: Vec<IndicatorKind> = GROUPS.into_iter().filter(|kind| printed(*kind) * 2 > projects.len()).collect();
    if asked.is_empty() {
        return checked;
    }
    for project in projects {
        let missing: Vec<&str> = asked
            .iter()
            .filter(|kind| !has(project, **kind))
            .map(|kind| index.language.label("target", kind.word()))
            .collect();
        let place = place_of_targets(index, project);
        if missing.is_empty() {
            checked.pass(rule, &project.name, place);
            continue;
        }
        let missing = index.language.list(missing);
        let message =
            say!(index.language, "check.indicator_groups", name: project.name, line: place.line, missing: missing);
        checked.fail(rule, &project.name, Finding { expected: missing, ..finding(rule, vec![place], message) });
    }
    checked
}

fn has(project: &Project, kind: IndicatorKind) -> bool {
    project.indicators.iter().any(|indicator| indicator.kind == kind && !indicator.target.is_empty())
}

/// Its first target, else its row in the statement of targets, else where it stands.
fn place_of_targets(index: &Index, project: &Project) -> Place {
    if let Some(indicator) = project.indicators.first() {
        return indicator.place;
    }
    let printings = index.of_kind(Some(StatementKind::ProjectPerformance));
    let rows = printings.iter().flat_map(|number| &index.printings[*number].rows);
    let name = key(&project.name);
    let mut own = rows.filter(|row| row.subject.kind == SubjectKind::Project && key(&row.label) == name);
    let fact = own.find_map(|row| row.facts.first());
    fact.map_or(project.place, |fact| index.fact(*fact).amount.place)
}

/// One entry for each project whose cost targets are all amounts of money.
pub(super) fn costs(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for project in &index.disclosure.projects {
        let Some(total) = &project.total else { continue };
        let costs: Vec<(Decimal, Place)> = project
            .indicators
            .iter()
            .filter(|indicator| indicator.kind == IndicatorKind::Cost)
            .filter_map(|indicator| Some((ceiling(&indicator.target)?, indicator.place)))
            .collect();
        let Some((_, place)) = costs.first().copied() else { continue };
        let sum: Decimal = costs.iter().map(|(cost, _)| *cost).sum();
        // The total may stand among its parts.
        let tolerance = total.quantum;
        let fits = |value: Decimal| (value - total.yuan).abs() <= tolerance;
        let lines: BTreeSet<u32> = costs.iter().map(|(_, place)| place.line).collect();
        if fits(sum) || costs.iter().any(|(cost, _)| fits(*cost)) {
            checked.pass(rule, &project.name, place);
            continue;
        }
        let show = |value: Decimal| wording::amount(value, total.unit, total.quantum / Decimal::TWO);
        let said = |value: Decimal| format!("{}{}", wording::grouped(&show(value)), total.unit.label());
        let message = say!(
            index.language,
            "check.costs",
            name: project.name,
            total: said(total.yuan),
            line: total.place.line,
            sum: said(sum),
            lines: index.language.list(lines.iter().map(u32::to_string)),
        );
        let places = costs.iter().map(|(_, place)| *place).chain([total.place]).collect();
        let found = finding(rule, places, message);
        let difference = show((sum - total.yuan).abs());
        checked.fail(
            rule,
            &project.name,
            Finding { expected: show(total.yuan), printed: show(sum), difference, ..found },
        );
    }
    checked
}

/// The yuan of a target in money. Prices of one piece, month or head are no sums.
pub(super) fn ceiling(target: &str) -> Option<Decimal> {
    let text = squeeze(target);
    let captures = CEILING.captures(&text)?;
    let unit = if &captures[2] == "万元" { Unit::TenThousandYuan } else { Unit::Yuan };
    number(&captures[1])?.checked_mul(unit.yuan())
}

#[cfg(test)]
mod tests {
    use super::ceiling;
    use rust_decimal::Decimal;

    #[test]
    fn sums_of_money_are_told_from_prices() {
        assert_eq!(ceiling("≤28 万元"), Some(Decimal::from(280_000)));
        assert_eq!(ceiling("≤1,700元"), Some(Decimal::from(1_700)));
        for price in ["≤1700元/月", "≥4台", "≤0.5万元/台", "≤10%"] {
            assert_eq!(ceiling(price), None, "{price}");
        }
    }
}
