//! Unit prices among the targets of a project: price, head count and months against the amount that they make up.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::indicators::ceiling;
use super::prose::{number, pattern};
use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::audit::wording;
use crate::language::say;
use crate::model::{Finding, Indicator, Place, Project, Unit};
use crate::vocabulary::text::squeeze;

/// The months of a year.
const MONTHS: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

/// How far a price may be rounded, in yuan for each month and head.
const STEP: Decimal = Decimal::ONE;

static HEADS: LazyLock<Regex> = LazyLock::new(|| pattern("^(?:≥|=|约)?(\\d+)(?:人|名)$"));
static EACH: LazyLock<Regex> =
    LazyLock::new(|| pattern("^(?:≤|<=|=|不超过)?(\\d+(?:,\\d{3})*(?:\\.\\d+)?)元/(人|月)$"));

/// What something costs for each head, each month or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Price {
    yuan: Decimal,
    for_head: bool,
    for_month: bool,
}

/// One entry for each price that the amounts and counts beside it make checkable.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for project in &index.disclosure.projects {
        for indicator in &project.indicators {
            let Some(price) = price(indicator) else { continue };
            if price.for_head {
                heads(rule, project, indicator, price, &mut checked);
            } else if price.for_month {
                months(rule, index, project, indicator, price, &mut checked);
            }
        }
    }
    checked
}

fn price(indicator: &Indicator) -> Option<Price> {
    let (name, target) = (squeeze(&indicator.name), squeeze(&indicator.target));
    if let Some(captures) = EACH.captures(&target) {
        let for_month = &captures[2] == "月" || name.contains("每月");
        return Some(Price { yuan: number(&captures[1])?, for_head: &captures[2] == "人", for_month });
    }
    let (for_head, for_month) = (name.contains("人均"), name.contains("每月"));
    let yuan = ceiling(&target).filter(|_| for_head || for_month)?;
    Some(Price { yuan, for_head, for_month })
}

/// Price × heads, for one month or twelve, is the amount of the project. Other costs may stand beside: what does not fit
/// says nothing.
fn heads(rule: &Rule, project: &Project, indicator: &Indicator, price: Price, checked: &mut Checked) {
    let Some(total) = &project.total else { return };
    let counts = project.indicators.iter().filter_map(|one| {
        let target = squeeze(&one.target);
        number(&HEADS.captures(&target)?[1])
    });
    for count in counts {
        let month = price.yuan.saturating_mul(count);
        let fits = |value: Decimal| (value - total.yuan).abs() <= STEP.saturating_mul(count).max(total.quantum);
        if fits(month) || fits(month.saturating_mul(MONTHS)) {
            checked.pass(rule, &project.name, indicator.place);
        }
    }
}

/// A monthly price × 12 is the ceiling that the same words give for the year.
fn months(rule: &Rule, index: &Index, project: &Project, indicator: &Indicator, price: Price, checked: &mut Checked) {
    let name = squeeze(&indicator.name);
    let same = project.indicators.iter().find_map(|other| {
        let stem = squeeze(&other.name);
        let is_same = stem.chars().count() > 2 && stem != name && name.starts_with(&stem);
        Some((ceiling(&squeeze(&other.target)).filter(|_| is_same)?, other.place))
    });
    let Some((ceiling, place)) = same else { return };
    let year = price.yuan.saturating_mul(MONTHS);
    if (year - ceiling).abs() <= STEP * MONTHS {
        return checked.pass(rule, &project.name, place);
    }
    checked.fail(rule, &project.name, mismatch(rule, index, project, (year, indicator.place), (ceiling, place)));
}

fn mismatch(
    rule: &Rule,
    index: &Index,
    project: &Project,
    year: (Decimal, Place),
    ceiling: (Decimal, Place),
) -> Finding {
    let unit = Unit::TenThousandYuan;
    let show = |value: Decimal| wording::amount(value, unit, Decimal::from(50));
    let said = |value: Decimal| format!("{}{}", show(value), unit.label());
    let message = say!(
        index.language,
        "check.unit_prices",
        name: project.name,
        year: said(year.0),
        line: year.1.line,
        ceiling: said(ceiling.0),
        ceiling_line: ceiling.1.line,
    );
    let found = finding(rule, vec![year.1, ceiling.1], message);
    let difference = show((year.0 - ceiling.0).abs());
    Finding { expected: show(ceiling.0), printed: show(year.0), difference, ..found }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::{Price, price};
    use crate::model::{Indicator, IndicatorKind, Place};

    #[test]
    fn prices_are_told_from_sums() {
        let told = |name: &str, target: &str| {
            let indicator = Indicator {
                kind: IndicatorKind::Cost,
                name: name.into(),
                target: target.into(),
                place: Place::default(),
            };
            price(&indicator).map(|Price { yuan, for_head, for_month }| (yuan, for_head, for_month))
        };
        assert_eq!(told("补助标准", "200 元/人"), Some((Decimal::from(200), true, false)));
        assert_eq!(told("免费邮寄每月支 出", "≤1700 元"), Some((Decimal::from(1700), false, true)));
        assert_eq!(told("工资及社保的 人均支出成本 每月控制", "≤300 元"), Some((Decimal::from(300), true, true)));
        assert_eq!(told("项目全年支出控制", "≤73.8万元"), None);
    }
}
