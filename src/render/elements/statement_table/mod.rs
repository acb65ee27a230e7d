//! A statement as an accessible HTML table, written straight into the page's buffer.
//!
//! In: a disclosure, the index of a statement, the look-ups by place. Out: what the table is in words, the table in a
//! box that alone scrolls, the columns that were folded away, the document's own notes, and the notes on single cells.
//! Nothing of the statement is lost: what is not in the table is listed under it.

mod body;
mod footnotes;
mod frame;
mod head;

use std::collections::BTreeSet;

use crate::model::{Disclosure, Finding, Row, Statement, StatementKind, StatementState, UnitStatement};
use crate::render::wording::escape::{push_text, put};
use crate::render::wording::places::{Places, push_source_link};
use crate::render::wording::words::Words;

use body::Body;
pub(crate) use body::{column_name, role};
use footnotes::Footnotes;
use frame::{Frame, is_blank_cell};

/// Appends the statement with this index. Its rows have the ids `s<number>-r<number>`, counted from 1.
pub fn write(
    buffer: &mut String,
    words: &Words,
    disclosure: &Disclosure,
    findings: &[Finding],
    places: &Places<'_>,
    index: usize,
) {
    let Some(statement) = disclosure.statements.get(index) else { return };
    write_state(buffer, words, statement);
    if statement.rows.iter().flat_map(|row| &row.cells).any(|cell| !is_blank_cell(cell)) {
        let is_empty = is_empty(statement);
        if is_empty {
            put!(buffer, "<details class=\"folded\"><summary>{}</summary>\n", words.get("statement_table.show_empty"));
        }
        write_box(buffer, words, statement, findings, places, index + 1);
        if is_empty {
            buffer.push_str("</details>\n");
        }
    }
    write_notes(buffer, words, statement);
}

/// True for a table without amounts whose rows have a name at most.
fn is_empty(statement: &Statement) -> bool {
    let filled = |row: &Row| row.cells.iter().filter(|cell| !is_blank_cell(cell)).count();
    matches!(statement.state, StatementState::DeclaredEmpty { .. } | StatementState::Empty)
        && statement.rows.iter().all(|row| filled(row) <= 1)
}

/// The title as printed, else the name of its kind.
pub fn title<'a>(words: &'a Words, statement: &'a Statement) -> &'a str {
    if statement.title.is_empty() { kind_name(words, statement.kind) } else { &statement.title }
}

/// What readers call a kind of statement.
pub fn kind_name(words: &Words, kind: StatementKind) -> &str {
    words.among("statement", kind.word())
}

/// What readers call the statement: its kind, or the printed title where it is of no known kind.
pub fn name<'a>(words: &'a Words, statement: &'a Statement) -> &'a str {
    if statement.kind == StatementKind::Other { title(words, statement) } else { kind_name(words, statement.kind) }
}

/// The badge of a state that is not simply "read"; the words are those of the portal's legend.
pub fn state_badge<'a>(words: &'a Words, state: &StatementState) -> Option<&'a str> {
    let key = match state {
        StatementState::Read => return None,
        StatementState::DeclaredEmpty { .. } => "declared_empty",
        StatementState::Empty => "empty",
        StatementState::AnnouncedMissing => "announced_missing",
        StatementState::Unreadable => "unreadable",
    };
    Some(words.among("state", key))
}

fn write_state(buffer: &mut String, words: &Words, statement: &Statement) {
    let Some(badge) = state_badge(words, &statement.state) else { return };
    put!(buffer, "<p class=\"statement-state\"><b class=\"badge\">{badge}</b> ");
    let (line, sentence) = match &statement.state {
        StatementState::DeclaredEmpty { sentence, line } => (*line, sentence.as_str()),
        StatementState::AnnouncedMissing => (statement.lines.0, words.get("state_note.announced_missing")),
        StatementState::Unreadable => (statement.lines.0, words.get("state_note.unreadable")),
        StatementState::Empty | StatementState::Read => (statement.lines.0, words.get("state_note.empty")),
    };
    push_text(buffer, sentence);
    if line > 0 {
        buffer.push_str("<a href=\"");
        push_source_link(buffer, statement.file, line);
        put!(buffer, "\">{}</a>", words.line(line));
    }
    buffer.push_str("</p>\n");
}

fn write_box(
    buffer: &mut String,
    words: &Words,
    statement: &Statement,
    findings: &[Finding],
    places: &Places<'_>,
    number: usize,
) {
    let frame = Frame::of(statement);
    let wide = if frame.shown.len() > 4 { " wide" } else { "" };
    put!(
        buffer,
        "<div class=\"statement-box{wide}\" role=\"region\" tabindex=\"0\" aria-labelledby=\"s{number}-c\">\
         <table>\n<caption id=\"s{number}-c\"><span>"
    );
    write_caption(buffer, words, statement);
    buffer.push_str("</span></caption>\n");
    head::write(buffer, statement, &frame);
    let levels = levels(statement);
    let mut notes = Footnotes::new(words, number);
    Body { words, statement, number, frame: &frame, places, findings, levels: &levels }.write(buffer, &mut notes);
    buffer.push_str("</table></div>\n");
    write_folded(buffer, words, statement, &frame);
    notes.write(buffer);
}

/// The levels that the subjects of a statement have, from the top.
fn levels(statement: &Statement) -> Vec<u8> {
    let subjects = statement.rows.iter().flat_map(|row| row.subjects.iter().flatten());
    let levels: BTreeSet<u8> = subjects.map(|subject| subject.level).filter(|level| *level > 0).collect();
    levels.into_iter().collect()
}

fn write_caption(buffer: &mut String, words: &Words, statement: &Statement) {
    push_text(buffer, title(words, statement));
    let UnitStatement { unit, line } = statement.unit;
    let key = if line.is_none() { "statement_table.unit_assumed" } else { "statement_table.unit" };
    put!(buffer, " <small>{} · <a href=\"", words.fill(key, &[("unit", unit.label())]));
    let (first, last) = statement.lines;
    push_source_link(buffer, statement.file, first);
    let lines = words.fill("place.lines", &[("first", &first.to_string()), ("last", &last.to_string())]);
    put!(buffer, "\">{lines}</a></small>");
}

/// The heads of the columns that are blank in every row.
fn write_folded(buffer: &mut String, words: &Words, statement: &Statement, frame: &Frame) {
    if frame.folded.is_empty() {
        return;
    }
    put!(
        buffer,
        "<details class=\"folded\"><summary>{}</summary><ul>",
        words.fill("statement_table.folded", &[("count", &frame.folded.len().to_string())])
    );
    for column in &frame.folded {
        buffer.push_str("<li>");
        push_text(buffer, &column_name(&statement.columns[*column]));
    }
    buffer.push_str("</ul></details>\n");
}

/// The document's own notes under the table.
fn write_notes(buffer: &mut String, words: &Words, statement: &Statement) {
    let stated = match &statement.state {
        StatementState::DeclaredEmpty { line, .. } => *line,
        _ => 0,
    };
    // The sentence that declares the table empty stands above it already.
    for (line, note) in statement.notes.iter().filter(|(line, _)| *line != stated) {
        buffer.push_str("<p class=\"note\">");
        push_text(buffer, note);
        buffer.push_str(" <a href=\"");
        push_source_link(buffer, statement.file, *line);
        put!(buffer, "\">{}</a></p>\n", words.line(*line));
    }
}

#[cfg(test)]
mod tests;
