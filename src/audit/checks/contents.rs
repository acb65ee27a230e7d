//! The contents list against the statements: what it announces must be there.

use super::{Checked, entry, finding};
use crate::audit::index::Index;
use crate::audit::rule::Rule;
use crate::model::{Outcome, Place, StatementKind, StatementState};

/// One entry for each statement; a finding for each that is announced and not there.
pub(super) fn run(rule: &Rule, index: &Index) -> Checked {
    let mut checked = Checked::default();
    let statements = &index.disclosure.statements;
    let missing = |state: &StatementState| *state == StatementState::AnnouncedMissing;
    // Without a contents list nothing is announced.
    if !statements.iter().any(|statement| missing(&statement.state)) {
        return checked;
    }
    // A table that was not recognized may be the one that is missed.
    let unknown = statements.iter().any(|statement| statement.kind == StatementKind::Other && statement.amounts > 0);
    for statement in statements {
        let place = Place { file: statement.file, line: statement.lines.0, cell: 0 };
        let title = if statement.title.is_empty() { statement.kind.label() } else { &statement.title };
        if missing(&statement.state) && unknown {
            checked.entries.push(entry(rule, Outcome::Unreadable, title, place));
        } else if missing(&statement.state) {
            let message = format!("目录列有《{title}》（第{}行），正文中没有这张表。", place.line);
            checked.fail(rule, title, finding(rule, vec![place], message));
        } else {
            checked.pass(rule, title, place);
        }
    }
    checked
}
