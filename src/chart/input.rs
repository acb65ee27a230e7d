//! What a caller says about a chart: its words, its values and how each value came to be.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Serialize;

use super::words::ChartWords;
use crate::model::{Amount, Origin, Unit};

/// The words around the marks. Plain text: escaping is done where it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChartText {
    /// ASCII letters, digits and `-`, starting with a letter, unique on its page; every id of the chart starts with it.
    pub id: String,
    /// The headline: what the picture says. The page prints it above the inline picture; the file carries it inside.
    pub title: String,
    /// What, period, phase and scope: 「2025年部门预算，一般公共预算支出，按功能分类」. The unit is added by the chart.
    pub subtitle: String,
    /// The unit of every label in the picture; amounts are in yuan.
    pub unit: Unit,
    /// The document's title and year.
    pub source: String,
    /// One sentence made from the data, for those who do not see the picture.
    pub description: String,
    /// What the picture says by itself.
    pub words: Arc<ChartWords>,
}

/// How a value came to be, as far as a picture must show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Mark {
    /// It stands in the document.
    #[default]
    Printed,
    /// It follows from other amounts: hatched or hollow, with the word 推算.
    Derived,
    /// The extraction damaged it and identities prove it: with an asterisk and a line that explains it.
    Repaired,
}

/// A value and the exact text to print at its mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// In yuan; `None` when there is none to draw. Zero is a value.
    pub amount: Option<Decimal>,
    /// The number in the unit of [`ChartText`]; without an amount the reason for that (「无法读取」), 「—」 for not told.
    pub label: String,
    /// How it came to be.
    pub mark: Mark,
}

impl Value {
    /// A value that stands in the document.
    pub fn printed(yuan: Decimal, label: impl Into<String>) -> Self {
        Value { amount: Some(yuan), label: label.into(), mark: Mark::Printed }
    }

    /// A value that follows from others.
    pub fn derived(yuan: Decimal, label: impl Into<String>) -> Self {
        Value { mark: Mark::Derived, ..Value::printed(yuan, label) }
    }

    /// Not told: no mark, and 「—」 for its label.
    pub fn missing() -> Self {
        Value::absent("—")
    }

    /// No value, and why: 「无法读取」, 「不适用」, 「声明为空」.
    pub fn absent(reason: impl Into<String>) -> Self {
        Value { amount: None, label: reason.into(), mark: Mark::Printed }
    }

    /// The value of an amount of the model: labelled as printed where the document uses the chart's unit, converted
    /// exactly where it uses another one.
    pub fn of(amount: Option<&Amount>, unit: Unit) -> Self {
        let Some(amount) = amount else { return Value::missing() };
        let label = if amount.unit == unit {
            amount.printed.to_string()
        } else {
            (amount.yuan / unit.yuan()).normalize().to_string()
        };
        let mark = match amount.origin {
            Origin::Printed | Origin::Narrative => Mark::Printed,
            Origin::Repaired { .. } => Mark::Repaired,
            Origin::Derived { .. } => Mark::Derived,
        };
        Value { amount: Some(amount.yuan), label, mark }
    }
}

/// A colour of the site's palette (static/chart.css). One category has one tone on the whole site: use the constants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Deep blue; the tone of every picture with a single series.
    #[default]
    One,
    /// Ochre
    Two,
    /// Teal
    Three,
    /// Purple
    Four,
    /// Sky blue
    Five,
    /// Brown
    Six,
}

impl Tone {
    /// All tones in order, for parts that have no category of their own.
    pub const ALL: [Tone; 6] = [Tone::One, Tone::Two, Tone::Three, Tone::Four, Tone::Five, Tone::Six];
    /// 人员经费, and 基本支出 where it is not split
    pub const PERSONNEL: Tone = Tone::One;
    /// 公用经费
    pub const OPERATING: Tone = Tone::Two;
    /// 项目支出
    pub const PROJECT: Tone = Tone::Three;
    /// 一般公共预算
    pub const GENERAL_PUBLIC: Tone = Tone::One;
    /// 政府性基金预算
    pub const GOVERNMENT_FUND: Tone = Tone::Two;
    /// 国有资本经营预算
    pub const STATE_CAPITAL: Tone = Tone::Three;
    /// 财政专户管理资金
    pub const SPECIAL_ACCOUNT: Tone = Tone::Four;
    /// 单位资金: 事业、经营 and other income of the units
    pub const UNIT_FUNDS: Tone = Tone::Five;
    /// 上年结转结余
    pub const CARRIED_IN: Tone = Tone::Six;
}

/// A part of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// How much.
    pub value: Value,
    /// Its share as text, with its sign: 「61.2%」.
    pub share: Option<String>,
    /// Its colour.
    pub tone: Tone,
}

/// A bar of a ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bar {
    /// Its name; long ones wrap.
    pub name: String,
    /// How much.
    pub value: Value,
    /// Its share as text, with its sign.
    pub share: Option<String>,
    /// A remark in small print under the name.
    pub note: Option<String>,
}

/// A point in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// 「2025年」, or 「2025年预算」 where phases mix.
    pub period: String,
    /// How much.
    pub value: Value,
}

/// One of several small pictures on a common scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// Its name.
    pub name: String,
    /// In order of time; a period without a value stays in, as a gap.
    pub points: Vec<Point>,
}

/// Budget and final account of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Its name.
    pub name: String,
    /// 预算数
    pub budget: Value,
    /// 决算数
    pub final_: Value,
    /// Final in percent of the budget, as text with its sign.
    pub completion: Option<String>,
}

#[cfg(test)]
mod tests {
    use crate::model::Place;

    use super::*;

    #[test]
    fn labels_are_as_printed_or_exactly_converted() {
        let derived = Origin::Derived { rule: String::new(), inputs: Vec::new() };
        for (yuan, printed, unit, origin, label, mark) in [
            ("10746100", "1074.61", Unit::TenThousandYuan, Origin::Printed, "1074.61", Mark::Printed),
            ("46000", "4.60", Unit::TenThousandYuan, Origin::Narrative, "4.60", Mark::Printed),
            ("10746123.5", "10,746,123.50", Unit::Yuan, derived, "1074.61235", Mark::Derived),
        ] {
            let (yuan, quantum): (Decimal, Decimal) = (yuan.parse().expect("a decimal"), Decimal::ONE);
            let amount = Amount { yuan, printed: printed.into(), unit, quantum, origin, place: Place::default() };
            let value = Value::of(Some(&amount), Unit::TenThousandYuan);
            assert_eq!(value, Value { amount: Some(yuan), label: label.to_owned(), mark });
        }
        assert_eq!(Value::of(None, Unit::Yuan), Value::missing());
    }
}
