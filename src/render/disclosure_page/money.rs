//! Amounts for templates: as printed with their unit, exactly in yuan, and with the link to their line.

use serde::Serialize;

use crate::assemble::PublishedDisclosure;
use crate::model::{Amount, Origin};
use crate::render::amount_text::{in_yuan, shown};
use crate::render::escape::visible;
use crate::render::places::push_source_link;

/// An amount as a template shows it.
#[derive(Debug, Serialize)]
pub(super) struct Money {
    /// As printed: `3,020.78`.
    text: String,
    unit: &'static str,
    /// Exactly: `30,207,800.00`.
    yuan: String,
    line: u32,
    href: String,
    /// `修复` or `推算`; `None` for what is printed.
    mark: Option<&'static str>,
    /// What stands there, or how it was derived.
    explanation: String,
}

impl Money {
    /// The amount for the disclosure's own page.
    pub(super) fn new(amount: &Amount) -> Self {
        let mut href = String::new();
        push_source_link(&mut href, amount.place.file, amount.place.line);
        let (mark, explanation) = match &amount.origin {
            Origin::Printed | Origin::Narrative => (None, String::new()),
            Origin::Repaired { from, proof } => (Some("修复"), format!("原文印作「{from}」。依据：{proof}")),
            Origin::Derived { rule, .. } => (Some("推算"), format!("原文未印。方法：{rule}")),
        };
        Money {
            text: visible(&shown(amount)),
            unit: amount.unit.label(),
            yuan: in_yuan(amount.yuan),
            line: amount.place.line,
            href,
            mark,
            explanation: visible(&explanation),
        }
    }
}

/// A headline figure.
#[derive(Debug, Serialize)]
pub(super) struct Figure {
    label: &'static str,
    money: Money,
}

/// The headline figures that the document tells.
pub(super) fn figures(published: &PublishedDisclosure) -> Vec<Figure> {
    let named = published.disclosure.figures.named();
    let told = named.into_iter().filter_map(|(name, amount)| Some((name, amount.as_ref()?)));
    told.map(|(name, amount)| Figure { label: label(name), money: Money::new(amount) }).collect()
}

/// The name that readers see for a figure of the output contract.
fn label(name: &str) -> &'static str {
    match name {
        "income_total" => "收入总计",
        "expenditure_total" => "支出总计",
        "current_income" => "本年收入",
        "current_expenditure" => "本年支出",
        "carried_in" => "上年结转结余",
        "carried_out" => "年终结转结余",
        "basic" => "基本支出",
        "project" => "项目支出",
        "personnel" => "人员经费",
        "operating" => "公用经费",
        _ => "机构（机关）运行经费",
    }
}
