//! Words of clauses: with what they compare, of which year and phase they speak, how they name functional classes.

use serde::Deserialize;

/// With what clauses compare, of which year and phase they speak.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClauseWords {
    /// 与, 比, 较
    pub compared: Vec<String>,
    /// 上年
    pub last_year: Vec<String>,
    /// 执行数
    pub executed: Vec<String>,
    /// 年初预算
    pub initial_budget: Vec<String>,
    /// 全年预算
    pub adjusted_budget: Vec<String>,
    /// 决算, 实际支出
    pub account: Vec<String>,
    /// 决算数
    pub account_amounts: Vec<String>,
    /// How a clause ends that speaks of a budget.
    pub budget_ends: Vec<String>,
    /// 完成
    pub completed: Vec<String>,
    /// Words behind a year that make it that of a balance or a date.
    pub balances: Vec<String>,
    /// Words of a whole whose parts follow.
    pub wholes: Vec<String>,
}

/// How a functional class stands before its amount.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FunctionWords {
    /// What may stand between, in this order from the amount.
    pub ends: Vec<String>,
    /// How names of classes end.
    pub spending: Vec<String>,
    /// What says behind a name that it is that of a class.
    pub classes: Vec<String>,
    /// How names begin that are classes only in a list.
    pub others: Vec<String>,
}
