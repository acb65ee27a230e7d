//! A rule in words: what it says, why, how it is computed, and how each disclosure stands to it.

use std::fmt::Write;

use super::visible;
use crate::assemble::{PublishedDisclosure, Site};
use crate::audit::{Rule, Rules, Tolerance};
use crate::model::{Class, FindingSeverity, LedgerEntry, Outcome, Side, Unit};

/// Every rule with its severity and name, one on a line.
pub(super) fn list(rules: &Rules) -> String {
    let widest = rules.all().iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    let lines = rules.all().iter();
    lines.map(|rule| format!("{:widest$}  {}  {}\n", rule.code, severity(rule.severity), rule.name)).collect()
}

/// One rule; with a site the evaluations of each disclosure.
pub(super) fn explain(rule: &Rule, site: Option<&Site>) -> String {
    let mut text = format!("{}  {}\n\n{}\n{}\n\n", rule.code, rule.name, rule.sentence, rule.reason);
    let tolerance = match rule.tolerance {
        Tolerance::Exact => "应当相等；两边单位不同时容许较粗一边的半个末位",
        Tolerance::Sum => "文件有四舍五入尾差时，每个数容许半个末位；没有尾差的文件应当相等",
        Tolerance::Percent => "按两边印出的位数所能容许的范围",
    };
    let class = match rule.class {
        Class::Source => "公开文件中的数字或文字彼此不一致",
        Class::Extraction => "由文件转换为文本时产生，与公开部门无关",
        Class::Judgement => "存疑，需要人工判断",
    };
    let _ = writeln!(text, "级别  {}\n类别  {class}", severity(rule.severity));
    if !rule.formulas.is_empty() {
        let _ = writeln!(text, "容差  {tolerance}\n公式  {}", rule.formulas.join("\n      "));
    }
    if !rule.file.is_empty() {
        let _ = writeln!(text, "来自  本站的 {}", visible(&rule.file));
    }
    for published in site.iter().flat_map(|site| &site.disclosures) {
        disclosure(&mut text, rule, published);
    }
    text
}

fn severity(severity: FindingSeverity) -> &'static str {
    match severity {
        FindingSeverity::Error => "错误",
        FindingSeverity::Warning => "警告",
        FindingSeverity::Info => "提示",
    }
}

fn disclosure(text: &mut String, rule: &Rule, published: &PublishedDisclosure) {
    let _ = writeln!(text, "\n{}", visible(&published.title));
    for entry in published.ledger.entries.iter().filter(|entry| *entry.rule == rule.code) {
        let _ = writeln!(text, "  {}", visible(&evaluation(entry, rule.tolerance)));
    }
}

/// 「不一致  合计：收入总计 12.50万元（第9行）；支出总计 12.60万元（第10行）」
fn evaluation(entry: &LedgerEntry, tolerance: Tolerance) -> String {
    let word = match entry.outcome {
        Outcome::Pass => "一致",
        Outcome::Rounding => "尾差",
        Outcome::Fail => "不一致",
        Outcome::NotApplicable => return "不适用".to_owned(),
        Outcome::Unreadable => "未能识别",
    };
    let subject = if entry.subject.is_empty() { String::new() } else { format!("{}：", entry.subject) };
    let sides: Vec<String> = [&entry.left, &entry.right].into_iter().filter_map(|one| side(one, tolerance)).collect();
    format!("{word}  {subject}{}", sides.join("；"))
}

fn side(side: &Side, tolerance: Tolerance) -> Option<String> {
    let mut lines: Vec<u32> = side.places.iter().map(|place| place.line).collect();
    lines.dedup();
    if side.label.is_empty() && lines.is_empty() {
        return None;
    }
    let value = side.value.map_or_else(String::new, |value| match tolerance {
        Tolerance::Percent => format!(" {}%", value.round_dp(4).normalize()),
        _ => format!(" {}万元", (value / Unit::TenThousandYuan.yuan()).normalize()),
    });
    let shown: Vec<String> = lines.iter().take(6).map(u32::to_string).collect();
    let more = if lines.len() > shown.len() { "…" } else { "" };
    let lines = if shown.is_empty() { String::new() } else { format!("（第{}{more}行）", shown.join("、")) };
    Some(format!("{}{value}{lines}", side.label))
}
