//! Budget units: rows of the statements that stand for a unit of the department, else the names that a table or the text
//! lists.

mod told;

use crate::model::{BudgetUnit, Cell, Column, Disclosure, Place, Statement, StatementKind, SubjectKind};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::squeeze;

/// The statements that list units, the most complete first.
const SOURCES: [StatementKind; 4] = [
    StatementKind::Revenue,
    StatementKind::AgencyOperating,
    StatementKind::Expenditure,
    StatementKind::ProjectPerformance,
];

/// Collects the units below the department, each once: of statements, else of a table of names, else of the text.
pub(super) fn collect(vocabulary: &Vocabulary, disclosure: &Disclosure) -> Vec<BudgetUnit> {
    let mut units = in_statements(disclosure);
    if units.is_empty() {
        units = in_table_of_names(vocabulary, &disclosure.statements);
    }
    if units.is_empty() {
        units = told::told(vocabulary, &disclosure.blocks);
    }
    units
}

/// The names in a table that is none of the statements: 序号 | 单位名称 | 备注.
fn in_table_of_names(vocabulary: &Vocabulary, statements: &[Statement]) -> Vec<BudgetUnit> {
    let words = &vocabulary.narrative.sections;
    let is_name_column =
        |column: &Column| column.path.last().is_some_and(|head| words.unit_heads.contains(&squeeze(head)));
    let names = |statement: &Statement| -> Option<Vec<BudgetUnit>> {
        let column = statement.columns.iter().position(is_name_column)?;
        let filled = statement.rows.iter().map(|row| &row.cells[column]).filter(|cell| !cell.text.is_empty());
        let unit = |cell: &Cell| {
            let place = Place { file: statement.file, line: cell.line, cell: cell.printed_cell };
            told::named(vocabulary, &squeeze(&cell.text), place)
        };
        // Where one row names no organization, the table is about something else.
        filled.map(unit).collect::<Option<Vec<_>>>().filter(|units| !units.is_empty())
    };
    statements.iter().filter(|one| one.kind == StatementKind::Other).find_map(names).unwrap_or_default()
}

/// The units that statements list, of the most complete one.
fn in_statements(disclosure: &Disclosure) -> Vec<BudgetUnit> {
    let mut units: Vec<BudgetUnit> = Vec::new();
    for kind in SOURCES {
        for (index, statement) in disclosure.of_kind(kind) {
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
