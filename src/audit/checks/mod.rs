//! Rules that formulas cannot say, one file each. Goes in: the facts, statements and text of a disclosure; comes out:
//! ledger entries and findings. Name, sentence, reason and severity of a check stand in `identities/` like those of any
//! rule.

mod contents;
mod emptiness;
mod extraction;
mod hierarchy;
mod phrases;
mod project_count;
mod repetition;
mod vehicles;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::index::Index;
use super::rule::{Rule, Test};
use crate::model::{Block, Finding, LedgerEntry, Outcome, Place, Side};

/// The checks, by the word of `check = "…"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Check {
    /// Cells whose amount was repaired.
    Repaired,
    /// Cells that could not be placed.
    Unplaced,
    /// Codes under the codes printed above them.
    Hierarchy,
    /// Statements that the contents list announces.
    Contents,
    /// Statements with amounts that are declared empty, and empty ones that are not.
    Emptiness,
    /// Stated numbers of vehicles.
    Vehicles,
    /// The stated number of projects.
    ProjectCount,
    /// Phrases that should not be in a published document.
    Phrases,
    /// Words said twice in a heading.
    Repetition,
}

/// What a check has to say.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub(super) entries: Vec<LedgerEntry>,
    pub(super) findings: Vec<Finding>,
}

impl Checked {
    /// Adds a failure: its entry and its finding.
    fn fail(&mut self, rule: &Rule, subject: &str, finding: Finding) {
        let place = finding.places.first().copied().unwrap_or_default();
        self.entries.push(entry(rule, Outcome::Fail, subject, place));
        self.findings.push(finding);
    }

    /// Adds a success.
    fn pass(&mut self, rule: &Rule, subject: &str, place: Place) {
        self.entries.push(entry(rule, Outcome::Pass, subject, place));
    }
}

/// Runs the check of a rule; nothing for a rule that is a formula.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let Test::Check(check) = rule.test else { return Checked::default() };
    match check {
        Check::Repaired => extraction::repaired(rule, index),
        Check::Unplaced => extraction::unplaced(rule, index),
        Check::Hierarchy => hierarchy::run(rule, index),
        Check::Contents => contents::run(rule, index),
        Check::Emptiness => emptiness::run(rule, index),
        Check::Vehicles => vehicles::run(rule, index),
        Check::ProjectCount => project_count::run(rule, index),
        Check::Phrases => phrases::run(rule, index),
        Check::Repetition => repetition::run(rule, index),
    }
}

/// A finding of a check, without id and root: those follow from its first place.
fn finding(rule: &Rule, places: Vec<Place>, message: String) -> Finding {
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
fn entry(rule: &Rule, outcome: Outcome, subject: &str, place: Place) -> LedgerEntry {
    LedgerEntry {
        rule: rule.code.as_str().into(),
        outcome,
        left: Side { label: String::new(), value: None, places: vec![place] },
        right: Side { label: String::new(), value: None, places: Vec::new() },
        tolerance: Decimal::ZERO,
        subject: subject.to_owned(),
    }
}

/// The line of a block in which some words stand; its first line when a line break cuts them.
fn place_in(index: &Index, block: &Block, words: &str) -> Place {
    let text = index.disclosure.sources.get(usize::from(block.file)).map_or("", |source| &source.text);
    let (first, last) = block.lines;
    let lines =
        text.lines().zip(1..).skip(first.saturating_sub(1) as usize).take((last + 1 - first.min(last)) as usize);
    let squeezed =
        |line: &str| line.chars().filter(|glyph| !glyph.is_whitespace() && *glyph != '*').collect::<String>();
    let found = lines.into_iter().find(|(line, _)| squeezed(line).contains(words)).map(|(_, number)| number);
    Place { file: block.file, line: found.unwrap_or(first), cell: 0 }
}
