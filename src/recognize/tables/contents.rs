//! The contents list: statements that it announces and that are not there.

use super::title::read_title;
use crate::model::{Statement, StatementKind, StatementState, Unit, UnitStatement};
use crate::parse::{BlockKind, Document};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::without_ordinal;

/// Appends an announced-missing statement for every kind that the contents list names and the document lacks.
pub(in crate::recognize) fn append_missing(
    vocabulary: &Vocabulary,
    document: &Document,
    statements: &mut Vec<Statement>,
) {
    let first_table = statements.first().map_or(0, |statement| statement.lines.0);
    for block in document.blocks.iter().take_while(|block| block.lines.0 < first_table) {
        let listed = !matches!(block.kind, BlockKind::Grid(_)) && without_ordinal(&block.text).len() < block.text.len();
        let Some(title) = read_title(vocabulary, without_ordinal(&block.text)).filter(|_| listed) else { continue };
        let Some(rule) = title.rule.filter(|rule| rule.kind != StatementKind::Other) else { continue };
        if statements.iter().all(|statement| statement.kind != rule.kind) {
            statements.push(missing(rule.kind, title.text, block.lines.0));
        }
    }
}

fn missing(kind: StatementKind, title: String, line: u32) -> Statement {
    Statement {
        kind,
        title,
        file: 0,
        lines: (line, line),
        title_line: line,
        unit: UnitStatement { unit: Unit::TenThousandYuan, line: None },
        state: StatementState::AnnouncedMissing,
        columns: Vec::new(),
        rows: Vec::new(),
        notes: Vec::new(),
        amounts: 0,
        placed: 0,
    }
}
