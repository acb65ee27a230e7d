//! What readers are told about the rules of the audit.

use crate::model::FindingSeverity;

/// A rule in words.
#[derive(Debug, Clone, Copy)]
pub struct RuleText<'a> {
    /// The stable code: `W-B1.1`.
    pub code: &'a str,
    /// A short name.
    pub name: &'a str,
    /// What must hold, in one sentence.
    pub sentence: &'a str,
    /// Why it must hold.
    pub reason: &'a str,
    /// How serious a failure is.
    pub severity: FindingSeverity,
    /// True when its sides are rates in percent.
    pub is_rate: bool,
}

/// Every rule, in the order in which readers see them.
pub fn all() -> Vec<RuleText<'static>> {
    Vec::new()
}

/// The short name of a rule; empty when the catalogue does not have it.
pub fn name(code: &str) -> &'static str {
    all().into_iter().find(|rule| rule.code == code).map_or("", |rule| rule.name)
}
