//! Rules that formulas cannot say, one file each. Goes in: the facts, statements and text of a disclosure; comes out:
//! ledger entries and findings. Name, sentence, reason and severity of a check stand in `identities/` like those of any
//! rule.

mod change_parts;
mod codes;
mod completion;
mod contents;
mod contradiction;
mod department_budget;
mod direction;
mod emptiness;
mod empty_section;
mod extraction;
mod hierarchy;
mod indicator_count;
mod indicators;
mod item_list;
mod key_projects;
mod level;
mod misspelling;
mod natures;
mod phrases;
mod procured_equipment;
mod project_count;
mod project_tables;
mod prose;
mod reasons;
mod reception;
mod repetition;
mod scores;
mod sections;
mod self_evaluation;
mod slots;
mod targets;
#[cfg(test)]
mod tests;
mod twin_columns;
mod unit_codes;
mod unit_lines;
mod unit_list;
mod unit_prices;
mod vehicle_kinds;
mod vehicles;

pub(super) use prose::{Passage, passages};
use rust_decimal::Decimal;
use serde::Deserialize;

use super::index::Index;
use super::rule::{Rule, Test};
use crate::model::{Block, Finding, LedgerEntry, Outcome, Place, Side};

/// A check: a rule and a disclosure to what it has to say.
type Run = fn(&Rule, &Index) -> Checked;

/// The checks, by the word of `check = "…"`.
const CHECKS: [(&str, Run); 49] = [
    ("change_parts", change_parts::run),
    ("codes", codes::names),
    ("completion", completion::rates),
    ("completion_of_nothing", completion::of_nothing),
    ("contents", contents::run),
    ("contradiction", contradiction::run),
    ("control_rates", targets::control_rates),
    ("costs", indicators::costs),
    ("crosswalk", codes::crosswalk),
    ("cut_terms", misspelling::cut),
    ("department_natures", department_budget::natures),
    ("department_sources", department_budget::sources),
    ("department_statements", department_budget::statements),
    ("direction", direction::run),
    ("emptiness", emptiness::run),
    ("empty_section", empty_section::run),
    ("grades", scores::grades),
    ("hierarchy", hierarchy::run),
    ("indicator_count", indicator_count::run),
    ("indicator_groups", indicators::groups),
    ("item_list", item_list::run),
    ("key_projects", key_projects::run),
    ("level", level::run),
    ("natures", natures::run),
    ("phrases", phrases::run),
    ("procured_equipment", procured_equipment::run),
    ("procurement_codes", project_tables::procurement_codes),
    ("project_categories", project_tables::categories),
    ("project_count", project_count::run),
    ("project_names", project_tables::names),
    ("project_units", project_tables::units),
    ("ranges", targets::ranges),
    ("reasons", reasons::run),
    ("reception", reception::run),
    ("repaired", extraction::repaired),
    ("repetition", repetition::run),
    ("scores", scores::scores),
    ("sections", sections::run),
    ("self_evaluation", self_evaluation::run),
    ("slots", slots::run),
    ("twin_columns", twin_columns::run),
    ("two_names", misspelling::two_names),
    ("unit_codes", unit_codes::run),
    ("unit_lines", unit_lines::run),
    ("unit_list", unit_list::run),
    ("unit_prices", unit_prices::run),
    ("unplaced", extraction::unplaced),
    ("vehicle_kinds", vehicle_kinds::run),
    ("vehicles", vehicles::run),
];

/// One of the checks.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Check(Run);

impl TryFrom<String> for Check {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        let found = CHECKS.into_iter().find(|(known, _)| *known == word);
        found.map(|(_, run)| Check(run)).ok_or_else(|| format!("'{word}' is no check"))
    }
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
    let Test::Check(Check(run)) = rule.test else { return Checked::default() };
    if rule.document.is_some_and(|wanted| wanted != index.kind()) {
        return Checked::default();
    }
    run(rule, index)
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
    let (first, last) = block.lines;
    let mut lines = index.lines_from(block.file, first).take((last + 1 - first.min(last)) as usize);
    let squeezed =
        |line: &str| line.chars().filter(|glyph| !glyph.is_whitespace() && *glyph != '*').collect::<String>();
    let found = lines.find(|(line, _)| squeezed(line).contains(words)).map(|(_, number)| number);
    Place { file: block.file, line: found.unwrap_or(first), cell: 0 }
}
