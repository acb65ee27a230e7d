//! What the extraction of the text did to the figures: repaired cells with their proof, cells that could not be placed.
//! None of it is a fault of the department.

use super::{Checked, entry, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::audit::wording;
use crate::language::reading;
use crate::language::say;
use crate::model::{CellContent, Finding, Origin, Outcome, Place, Statement};

/// One finding for each repaired cell. No entries: a repair is no identity.
pub(super) fn repaired(rule: &Rule, index: &Index) -> Checked {
    let mut findings: Vec<Finding> = Vec::new();
    for (number, fact) in index.disclosure.facts.iter().enumerate() {
        let Origin::Repaired { from, proof } = &fact.amount.origin else { continue };
        let place = fact.amount.place;
        if findings.iter().any(|finding| finding.places == [place]) {
            continue;
        }
        let value = wording::amount(fact.amount.yuan, fact.amount.unit, index.half_step(number as u32));
        let printed = if from.is_empty() { index.language.get("finding.blank").to_owned() } else { from.to_string() };
        let message = say!(
            index.language,
            "check.repaired",
            label: fact.subject.label,
            printed: printed,
            proof: reading(index.language.code, proof),
            value: format!("{}{}", wording::grouped(&value), fact.amount.unit.label()),
        );
        findings.push(Finding { expected: value, printed, ..finding(rule, vec![place], message) });
    }
    Checked { entries: Vec::new(), findings }
}

/// One finding for each statement with cells that could not be placed, with their places.
pub(super) fn unplaced(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for statement in &index.disclosure.statements {
        let cells = unplaced_cells(statement);
        let Some(first) = cells.first().map(|(place, _)| *place) else { continue };
        let shown: Vec<&str> = cells.iter().take(3).map(|(_, text)| *text).collect();
        let title = index.title(statement);
        let key = if cells.len() > shown.len() { "check.unplaced_more" } else { "check.unplaced" };
        let printed = index.language.list(&shown);
        let message = index.language.say(key, &[("title", &title), ("count", &cells.len()), ("shown", &printed)]);
        let places = cells.iter().map(|(place, _)| *place).collect();
        checked.findings.push(Finding { printed, ..finding(rule, places, message) });
        checked.entries.push(entry(rule, Outcome::Unreadable, title, first));
    }
    checked
}

fn unplaced_cells(statement: &Statement) -> Vec<(Place, &str)> {
    let cells = statement.rows.iter().flat_map(|row| &row.cells);
    cells
        .filter(|cell| cell.content == CellContent::Unplaced)
        .map(|cell| (Place { file: statement.file, line: cell.line, cell: cell.printed_cell }, cell.text.as_str()))
        .collect()
}
