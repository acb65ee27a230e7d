//! Why a figure is not there. Nothing of this is zero.

use crate::model::{Disclosure, StatementKind, StatementState};

/// The reason for which a page shows no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// The document does not tell.
    NotTold,
    /// The statement is there and empty, and the document says so.
    DeclaredEmpty,
    /// The statement is there and could not be read.
    Unreadable,
    /// The figure makes no sense here, such as a rate without a base.
    NotApplicable,
}

/// Why a figure that would stand in one of these statements is not there.
pub fn absence(disclosure: &Disclosure, kinds: &[StatementKind]) -> Absence {
    let statements = || disclosure.statements.iter().filter(|statement| kinds.contains(&statement.kind));
    let garbled = |statement: &crate::model::Statement| {
        statement.state == StatementState::Unreadable || statement.rows.iter().any(|row| row.unreadable)
    };
    if statements().any(garbled) {
        Absence::Unreadable
    } else if statements().any(|statement| matches!(statement.state, StatementState::DeclaredEmpty { .. })) {
        Absence::DeclaredEmpty
    } else {
        Absence::NotTold
    }
}
