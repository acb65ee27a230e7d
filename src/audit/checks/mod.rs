//! Rules that formulas cannot say, one file each. Goes in: the facts and statements of a disclosure; comes out: ledger
//! entries and findings. Name, sentence, reason and severity of a check stand in `identities/` like those of any rule.

mod extraction;

use serde::Deserialize;

use super::index::Index;
use super::rule::{Rule, Test};
use crate::model::{Finding, LedgerEntry};

/// The checks, by the word of `check = "…"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Check {
    /// Cells whose amount was repaired.
    Repaired,
    /// Cells that could not be placed.
    Unplaced,
}

/// What a check has to say.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub(super) entries: Vec<LedgerEntry>,
    pub(super) findings: Vec<Finding>,
}

/// Runs the check of a rule; nothing for a rule that is a formula.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    match rule.test {
        Test::Formulas(_) => Checked::default(),
        Test::Check(Check::Repaired) => extraction::repaired(rule, index),
        Test::Check(Check::Unplaced) => extraction::unplaced(rule, index),
    }
}

/// A finding of a check, without id and root: those follow from its first place.
pub(super) fn finding(rule: &Rule, places: Vec<crate::model::Place>, message: String) -> Finding {
    Finding {
        id: Default::default(),
        rule: rule.code.as_str().into(),
        severity: rule.severity,
        class: rule.class,
        root: Default::default(),
        places,
        expected: String::new(),
        printed: String::new(),
        difference: String::new(),
        message,
        waived: None,
    }
}

/// An entry of a check that compares nothing but what it saw.
pub(super) fn entry(
    rule: &Rule,
    outcome: crate::model::Outcome,
    subject: &str,
    place: crate::model::Place,
) -> LedgerEntry {
    use crate::model::Side;
    LedgerEntry {
        rule: rule.code.as_str().into(),
        outcome,
        left: Side { label: String::new(), value: None, places: vec![place] },
        right: Side { label: String::new(), value: None, places: Vec::new() },
        tolerance: rust_decimal::Decimal::ZERO,
        subject: subject.to_owned(),
    }
}
