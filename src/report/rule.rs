//! A rule in words: what it says, why, how it is computed, and how each disclosure stands to it.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::language::{Language, RuleWords};
use super::visible;
use crate::assemble::{PublishedDisclosure, Site};
use crate::audit::{Rule, Rules, Tolerance};
use crate::language::fill;
use crate::model::{LedgerEntry, Outcome, Side, Unit};

/// How many lines of a side are told.
const SHOWN: usize = 6;

/// Every rule with its severity and name, one on a line.
pub(super) fn list(language: &Language, rules: &Rules) -> String {
    let widest = rules.all().iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    let line = |rule: &Rule| {
        let severity = language.severity(rule.severity);
        format!("{:widest$}  {severity}  {}\n", rule.code, rule.name_in(&language.code))
    };
    rules.all().iter().map(line).collect()
}

/// One rule; with a site the evaluations of each disclosure.
pub(super) fn explain(language: &Language, rule: &Rule, site: Option<&Site>) -> String {
    let (words, code) = (&language.rule, language.code.as_str());
    let mut text =
        format!("{}  {}\n\n{}\n{}\n\n", rule.code, rule.name_in(code), rule.sentence_in(code), rule.reason_in(code));
    let mut line = |pattern: &str, name: &str, value: &str| {
        text.push_str(&fill(pattern, &[(name, value)]));
        text.push('\n');
    };
    line(&words.severity, "severity", language.severity(rule.severity));
    line(&words.class, "class", words.of_class(rule.class));
    if !rule.formulas.is_empty() {
        let indent =
            format!("\n{}", " ".repeat(UnicodeWidthStr::width(words.formula.split('{').next().unwrap_or_default())));
        line(&words.tolerance, "tolerance", words.of_tolerance(rule.tolerance));
        line(&words.formula, "formulas", &rule.formulas.join(&indent));
    }
    if !rule.file.is_empty() {
        line(&words.file, "file", &visible(&rule.file));
    }
    for published in site.iter().flat_map(|site| &site.disclosures) {
        disclosure(words, &mut text, rule, published);
    }
    text
}

fn disclosure(words: &RuleWords, text: &mut String, rule: &Rule, published: &PublishedDisclosure) {
    let _ = writeln!(text, "\n{}", visible(&published.title));
    for entry in published.ledger.entries.iter().filter(|entry| *entry.rule == rule.code) {
        let _ = writeln!(text, "  {}", visible(&evaluation(words, entry, rule.tolerance)));
    }
}

/// 「不一致  合计：收入总计 12.50万元（第9行）；支出总计 12.60万元（第10行）」
fn evaluation(words: &RuleWords, entry: &LedgerEntry, tolerance: Tolerance) -> String {
    let word = words.outcome(entry.outcome);
    if entry.outcome == Outcome::NotApplicable {
        return word.to_owned();
    }
    let subject = match entry.subject.as_str() {
        "" => String::new(),
        subject => fill(&words.subject, &[("subject", subject)]),
    };
    let sides = [&entry.left, &entry.right].into_iter().filter_map(|one| side(words, one, tolerance));
    format!("{word}  {subject}{}", sides.collect::<Vec<_>>().join(&words.sides))
}

fn side(words: &RuleWords, side: &Side, tolerance: Tolerance) -> Option<String> {
    let mut lines: Vec<u32> = side.places.iter().map(|place| place.line).collect();
    lines.dedup();
    if side.label.is_empty() && lines.is_empty() {
        return None;
    }
    let value = side.value.map_or_else(String::new, |value| match tolerance {
        Tolerance::Percent => format!(" {}%", value.round_dp(4).normalize()),
        _ => {
            let unit = Unit::TenThousandYuan;
            format!(" {}{}", (value / unit.yuan()).normalize(), unit.label())
        }
    });
    let shown: Vec<String> = lines.iter().take(SHOWN).map(u32::to_string).collect();
    let more = if lines.len() > shown.len() { "…" } else { "" };
    let lines = match shown.is_empty() {
        true => String::new(),
        false => fill(&words.lines, &[("lines", &format!("{}{more}", shown.join(&words.list)))]),
    };
    Some(format!("{}{value}{lines}", side.label))
}
