//! Projects with their targets, procurement items, budget units.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::amount::{Amount, Place};

/// A group of performance indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum IndicatorKind {
    /// 成本指标
    Cost,
    /// 产出指标
    Output,
    /// 效益指标
    Benefit,
    /// 满意度指标
    Satisfaction,
    /// 投入管理指标 and anything else
    Other,
}

impl IndicatorKind {
    /// All groups in the order in which documents print them.
    pub const ALL: [IndicatorKind; 5] = [
        IndicatorKind::Cost,
        IndicatorKind::Output,
        IndicatorKind::Benefit,
        IndicatorKind::Satisfaction,
        IndicatorKind::Other,
    ];

    /// The id of the output contract.
    pub fn word(self) -> &'static str {
        match self {
            IndicatorKind::Cost => "cost",
            IndicatorKind::Output => "output",
            IndicatorKind::Benefit => "benefit",
            IndicatorKind::Satisfaction => "satisfaction",
            IndicatorKind::Other => "other",
        }
    }

    /// The name that readers see.
    pub fn label(self) -> &'static str {
        match self {
            IndicatorKind::Cost => "成本指标",
            IndicatorKind::Output => "产出指标",
            IndicatorKind::Benefit => "效益指标",
            IndicatorKind::Satisfaction => "满意度指标",
            IndicatorKind::Other => "其他指标",
        }
    }
}

/// One indicator with its target value, both as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its group.
    pub kind: IndicatorKind,
    /// What is measured.
    pub name: CompactString,
    /// The target, such as ≥95%.
    pub target: CompactString,
    /// Where it stands.
    pub place: Place,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// The code as printed in the performance table, blanks removed; empty when there is none.
    pub code: CompactString,
    /// Its name.
    pub name: CompactString,
    /// 其他运转类, 特定目标类, …; empty when not told.
    pub category: CompactString,
    /// The unit that runs it; empty when not told.
    pub unit: CompactString,
    /// 合计
    pub total: Option<Amount>,
    /// Its funding by fund (see [`super::Measure::fund`]) and whether it is carried over.
    pub funding: Vec<(CompactString, bool, Amount)>,
    /// Its targets.
    pub indicators: Vec<Indicator>,
    /// The row of the project table, else of the performance table.
    pub place: Place,
}

/// An item of the procurement table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcurementItem {
    /// The functional code, when printed.
    pub function: CompactString,
    /// The unit that buys.
    pub unit: CompactString,
    /// What is bought.
    pub name: CompactString,
    /// 货物, 工程, 服务, …
    pub catalogue: CompactString,
    /// The specification as printed.
    pub specification: CompactString,
    /// The number and unit of measure as printed.
    pub quantity: CompactString,
    /// How much.
    pub amount: Option<Amount>,
    /// Its row.
    pub place: Place,
}

/// A budget unit of the department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its code; empty when not printed.
    pub code: CompactString,
    /// Its name.
    pub name: CompactString,
    /// Its total, when a table prints one.
    pub total: Option<Amount>,
    /// Where it stands.
    pub place: Place,
}
