//! Where a place in the sources is shown, as an address relative to the disclosure's page.

use std::collections::HashMap;

use crate::model::{Disclosure, Place};

/// The rows of a disclosure's statements by the files and lines of their cells.
pub(super) struct Anchors {
    rows: HashMap<(u16, u32), (usize, usize)>,
}

impl Anchors {
    /// The anchors of a disclosure. Where two rows share a line, the later one has it.
    pub(super) fn new(disclosure: &Disclosure) -> Self {
        let mut rows = HashMap::new();
        for (statement_index, statement) in disclosure.statements.iter().enumerate() {
            for (row_index, row) in statement.rows.iter().enumerate() {
                let printed = row.cells.iter().filter(|cell| cell.printed_cell > 0).map(|cell| cell.line);
                for line in printed.chain([row.line]) {
                    rows.insert((statement.file, line), (statement_index, row_index));
                }
            }
        }
        Anchors { rows }
    }

    /// The row that stands at a place, else the line of the source text.
    pub(super) fn place(&self, place: Place) -> String {
        match self.rows.get(&(place.file, place.line)) {
            Some((statement, row)) => row_anchor(*statement, *row),
            None => source_line(place.file, place.line),
        }
    }
}

/// The anchor of a statement, by its index.
pub(super) fn statement_anchor(statement: usize) -> String {
    format!("#s{}", statement + 1)
}

/// The anchor of a row of a statement, by their indices.
pub(super) fn row_anchor(statement: usize, row: usize) -> String {
    format!("#s{}-r{}", statement + 1, row + 1)
}

/// The address of a line of a source file.
pub(super) fn source_line(file: u16, line: u32) -> String {
    match file {
        0 => format!("source/#L{line}"),
        _ => format!("source/{}/#L{line}", u32::from(file) + 1),
    }
}
