//! Empty statements and what is said of them: a statement with amounts is not empty, an empty one says why.

use super::{Checked, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::language::say;
use crate::model::{CellContent, Finding, FindingSeverity, Place, Statement, StatementKind, StatementState};

/// One entry for each statement that is empty or called so.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    for statement in index.disclosure.statements.iter().filter(|statement| states_money(statement.kind)) {
        let title = index.title(statement);
        let table = Place { file: statement.file, line: statement.lines.1, cell: 0 };
        let declared = declaration(rule, index, statement);
        match (&statement.state, declared) {
            (StatementState::DeclaredEmpty { .. }, _) => checked.pass(rule, title, table),
            (StatementState::Read, Some(note)) if has_amounts(statement) => {
                let note = Place { file: statement.file, line: note, cell: 0 };
                let message = say!(
                    index.language,
                    "check.emptiness_has_amounts",
                    title: title,
                    line: table.line,
                    note: note.line,
                );
                checked.fail(rule, title, finding(rule, vec![note, table], message));
            }
            (StatementState::Empty | StatementState::Read, None) if !has_amounts(statement) => {
                if is_told_elsewhere(rule, index) {
                    checked.pass(rule, title, table);
                    continue;
                }
                let message = say!(index.language, "check.emptiness_untold", title: title, line: table.line);
                let found = finding(rule, vec![table], message);
                checked.fail(rule, title, Finding { severity: FindingSeverity::Info, ..found });
            }
            (StatementState::Read | StatementState::Empty, Some(_)) => checked.pass(rule, title, table),
            _ => {}
        }
    }
    checked
}

/// True for the statutory statements of money. Targets may be words alone.
fn states_money(kind: StatementKind) -> bool {
    !matches!(kind, StatementKind::Other | StatementKind::DepartmentPerformance | StatementKind::ProjectPerformance)
}

/// The line of the note that calls the statement empty. Behind the title of another table it speaks of that one.
fn declaration(rule: &Rule, index: &Index, statement: &Statement) -> Option<u32> {
    let calls_it_empty = |note: &str| rule.phrases.iter().any(|phrase| note.contains(phrase.as_str()));
    let (line, _) = statement.notes.iter().find(|(_, note)| calls_it_empty(note))?;
    let text = index.disclosure.sources.get(usize::from(statement.file)).map_or("", |source| &source.text);
    let last = statement.lines.1;
    let mut between = text.lines().skip(last as usize).take(line.saturating_sub(last + 1) as usize);
    (!between.any(is_title)).then_some(*line)
}

/// True for a line that is the name of a table and nothing else.
fn is_title(line: &str) -> bool {
    let line = line.trim().trim_matches(['*', '#', '|', ' ']);
    line.chars().count() > 4 && line.ends_with('表') && !line.contains(['。', '，', '；', '\t'])
}

/// True when the narrative speaks of empty statements.
fn is_told_elsewhere(rule: &Rule, index: &Index) -> bool {
    let tells = |text: &str| rule.phrases.iter().any(|phrase| text.contains(phrase.as_str()));
    index.disclosure.blocks.iter().any(|block| tells(&block.text))
}

fn has_amounts(statement: &Statement) -> bool {
    let mut cells = statement.rows.iter().flat_map(|row| &row.cells);
    let says = |content: &CellContent| match content {
        CellContent::Amount { amount, .. } => !amount.yuan.is_zero(),
        CellContent::Unplaced => true,
        CellContent::Blank | CellContent::Text | CellContent::Number => false,
    };
    cells.any(|cell| says(&cell.content))
}
