//! Budget units: rows of the statements that stand for a unit of the department.

use super::of_kind;
use crate::model::{BudgetUnit, Disclosure, Place, StatementKind, SubjectKind};

/// The statements that list units, the most complete first.
const SOURCES: [StatementKind; 4] = [
    StatementKind::Revenue,
    StatementKind::AgencyOperating,
    StatementKind::Expenditure,
    StatementKind::ProjectPerformance,
];

/// Collects the units below the department, each once.
pub(super) fn collect(disclosure: &Disclosure) -> Vec<BudgetUnit> {
    let mut units: Vec<BudgetUnit> = Vec::new();
    for kind in SOURCES {
        for (index, statement) in of_kind(&disclosure.statements, kind) {
            for row in &statement.rows {
                let subject = row.subjects.iter().flatten().find(|subject| subject.kind == SubjectKind::Unit);
                let Some(subject) = subject.filter(|subject| subject.level != 1 && !subject.label.is_empty()) else {
                    continue;
                };
                if units
                    .iter()
                    .any(|unit| unit.code == subject.code && (!unit.code.is_empty() || unit.name == subject.label))
                {
                    continue;
                }
                let total = disclosure.facts.iter().find(|fact| {
                    fact.statement_index == Some(index)
                        && fact.subject.code == subject.code
                        && fact.subject.label == subject.label
                        && fact.measure.nature == "total"
                        && kind == StatementKind::Revenue
                });
                units.push(BudgetUnit {
                    code: subject.code.clone(),
                    name: subject.label.clone(),
                    total: total.map(|fact| fact.amount.clone()),
                    place: Place { file: statement.file, line: row.line, cell: 0 },
                });
            }
        }
        if !units.is_empty() {
            break;
        }
    }
    units
}
