//! The unit of each table of money: a line that states it.

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{Place, StatementKind, StatementState};

/// How many tables the finding names.
const SHOWN: usize = 3;

/// One entry for each statement with amounts, one finding for all that do not state their unit.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let mut missing: Vec<(Place, &str)> = Vec::new();
    for statement in &index.disclosure.statements {
        let of_money = !matches!(statement.kind, StatementKind::Other | StatementKind::DepartmentPerformance);
        if statement.state != StatementState::Read || statement.amounts == 0 || !of_money {
            continue;
        }
        let title = index.title(statement);
        let place = Place { file: statement.file, line: statement.lines.0, cell: 0 };
        match statement.unit.line {
            Some(line) => checked.pass(rule, title, Place { line, ..place }),
            None => {
                checked.entries.push(super::entry(rule, crate::model::Outcome::Fail, title, place));
                missing.push((place, title));
            }
        }
    }
    if !missing.is_empty() {
        let title = |(place, title): &(Place, &str)| say!(index.language, "check.unit_lines_title", title: title, line: place.line);
        let titles = index.language.list(missing.iter().take(SHOWN).map(title));
        let message = if missing.len() > SHOWN {
            say!(index.language, "check.unit_lines_more", titles: titles, count: missing.len())
        } else {
            say!(index.language, "check.unit_lines", titles: titles)
        };
        checked.findings.push(finding(rule, missing.iter().map(|(place, _)| *place).collect(), message));
    }
    checked
}
