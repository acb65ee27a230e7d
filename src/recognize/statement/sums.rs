//! Which columns of a frame must add up to which, and whether the numbers of a row do.

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::model::{Column, ColumnRole};

/// A column and the columns that add up to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ColumnSum {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
}

/// The sums that the measures of a frame imply: a column is the sum of the nearest columns below it, by nature
/// (支出 = 基本支出 + 项目支出) and by fund. Parts marked 其中 are no addends.
pub(super) fn column_sums(columns: &[Column]) -> Vec<ColumnSum> {
    let addends: Vec<usize> = (0..columns.len())
        .filter(|index| matches!(&columns[*index].role, ColumnRole::Amount { of_which: false, .. }))
        .collect();
    addends
        .iter()
        .filter_map(|total| {
            let below: Vec<usize> = addends
                .iter()
                .copied()
                .filter(|other| contains(&columns[*total], &columns[*other]) && !is_beside(columns, *total, *other))
                .collect();
            let nearest: Vec<usize> = below
                .iter()
                .copied()
                .filter(|part| !below.iter().any(|between| contains(&columns[*between], &columns[*part])))
                .collect();
            (nearest.len() > 1).then_some(ColumnSum { total: *total, parts: nearest })
        })
        .collect()
}

/// True when `part` is money received or left over beside spending that is broken down in the same list: 本年支出 of a
/// table that prints 年初结转, 本年收入 and 年末结转 too is the sum of its own parts only.
fn is_beside(columns: &[Column], whole: usize, part: usize) -> bool {
    let lane = columns[whole].lane;
    let nature = |column: &Column| match &column.role {
        ColumnRole::Amount { nature, .. } if column.lane == lane => nature.clone(),
        _ => CompactString::default(),
    };
    let is = |column: usize, side: fn(&str) -> bool| side(outermost(&nature(&columns[column])));
    let has = |side: fn(&str) -> bool| (0..columns.len()).any(|column| is(column, side));
    is(part, is_received) && !is(whole, is_received) && has(is_spent)
}

/// The first part of a nature: basic of basic.personnel.
fn outermost(nature: &str) -> &str {
    nature.split('.').next().unwrap_or(nature)
}

fn is_received(nature: &str) -> bool {
    matches!(nature, "current" | "carried_in")
}

fn is_spent(nature: &str) -> bool {
    matches!(nature, "basic" | "project")
}

/// True when the amounts of `part` are among those of `whole`.
fn contains(whole: &Column, part: &Column) -> bool {
    let (
        ColumnRole::Amount { nature, fund, phase, year, .. },
        ColumnRole::Amount { nature: part_nature, fund: part_fund, phase: part_phase, year: part_year, .. },
    ) = (&whole.role, &part.role)
    else {
        return false;
    };
    whole.lane == part.lane
        && (phase, year) == (part_phase, part_year)
        && (nature, fund) != (part_nature, part_fund)
        && nature_contains(nature, part_nature)
        && fund_contains(fund, part_fund)
}

/// True when `nature` is `part` or a sum over it.
pub(super) fn nature_contains(nature: &str, part: &str) -> bool {
    nature == part
        || below(nature, part)
        || match nature {
            "total" => !matches!(part, "carried_out" | "meeting" | "training" | "agency_operating"),
            "vehicles" => matches!(part, "vehicle_purchase" | "vehicle_operation"),
            _ => false,
        }
}

/// True when `fund` is `part` or a sum over it.
pub(in crate::recognize) fn fund_contains(fund: &str, part: &str) -> bool {
    fund == part
        || below(fund, part)
        || match fund {
            "all" => true,
            "appropriation" => ["general_public", "government_fund", "state_capital"]
                .iter()
                .any(|one| *one == part || below(one, part)),
            "unit_funds" => {
                matches!(
                    part,
                    "business" | "business_operation" | "superior_subsidy" | "affiliated_remittance" | "other"
                )
            }
            _ => false,
        }
}

fn below(whole: &str, part: &str) -> bool {
    part.strip_prefix(whole).is_some_and(|rest| rest.starts_with('.'))
}

/// How a sum comes out in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SumOutcome {
    /// Total and parts agree.
    Holds,
    /// They do not.
    Fails,
    /// The total is blank and a part is not, or nothing is printed.
    Silent,
}

/// Checks one sum in one row. Blank parts count as zero; rounding may move the sum by half a step for each number.
pub(super) fn check(sum: &ColumnSum, values: &[Option<Decimal>], quantum: Decimal) -> SumOutcome {
    let Some(total) = values[sum.total] else { return SumOutcome::Silent };
    let printed = sum.parts.iter().filter_map(|part| values[*part]).collect::<Vec<_>>();
    if printed.is_empty() && total.is_zero() {
        return SumOutcome::Silent;
    }
    let tolerance = quantum * Decimal::from(printed.len() + 1) / Decimal::TWO;
    let difference = (total - printed.iter().sum::<Decimal>()).abs();
    if difference <= tolerance { SumOutcome::Holds } else { SumOutcome::Fails }
}

#[cfg(test)]
mod tests {
    use super::{ColumnSum, column_sums};
    use crate::model::{Column, ColumnRole};

    fn frame(measures: &[&str]) -> Vec<Column> {
        let role = |measure: &str| {
            let (measure, of_which) = measure.strip_prefix('*').map_or((measure, false), |measure| (measure, true));
            let (nature, fund) = measure.split_once('@').unwrap_or((measure, "all"));
            ColumnRole::Amount { nature: nature.into(), fund: fund.into(), phase: None, year: None, of_which }
        };
        measures.iter().map(|measure| Column { path: Vec::new(), role: role(measure), lane: 0 }).collect()
    }

    #[test]
    fn sums_follow_from_measures() {
        let sums = |measures: &[&str]| {
            column_sums(&frame(measures))
                .into_iter()
                .map(|ColumnSum { total, parts }| (total, parts))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            sums(&["total", "basic", "basic.personnel.wages", "basic.operating.goods", "project", "project.specific"]),
            [(0, vec![1, 4]), (1, vec![2, 3])]
        );
        assert_eq!(
            sums(&[
                "total",
                "current",
                "current@general_public",
                "*current@general_public.appropriation",
                "current@other",
                "carried_in"
            ]),
            [(0, vec![1, 5]), (1, vec![2, 4])]
        );
        assert_eq!(sums(&["carried_in", "current", "total", "basic", "project", "carried_out"]), [(2, vec![3, 4])]);
        assert_eq!(sums(&["total@appropriation", "total@general_public", "total@government_fund"]), [(0, vec![1, 2])]);
        assert_eq!(
            sums(&["total", "abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception"]),
            [(0, vec![1, 2, 5]), (2, vec![3, 4])]
        );
    }
}
