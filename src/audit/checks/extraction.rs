//! What the extraction of the text did to the figures: repaired cells with their proof, cells that could not be placed.
//! None of it is a fault of the department.

use super::{Checked, entry, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::audit::wording;
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
        let printed = if from.is_empty() { "空白".to_owned() } else { from.to_string() };
        let label = &fact.subject.label;
        let message = format!(
            "文本提取使{label}的金额受损：文中为“{printed}”，按{proof}还原为{}{}。",
            wording::grouped(&value),
            fact.amount.unit.label()
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
        let title = if statement.title.is_empty() { statement.kind.label() } else { statement.title.as_str() };
        let rest = if cells.len() > shown.len() { "等" } else { "" };
        let message =
            format!("《{title}》有{}个数字无法确定所属栏目：{}{rest}，未参加核对。", cells.len(), shown.join("、"));
        let printed = shown.join("、");
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
