//! The notes under a table: what was repaired, derived, or could not be read, with the printed text and the proof.

use crate::model::{Amount, Place};
use crate::render::wording::amount_text::in_its_unit;
use crate::render::wording::escape::{push_attribute, push_text, put};
use crate::render::wording::places::push_source_link;
use crate::render::wording::words::Words;

/// More notes than this are folded into a `details` element.
const OPEN: usize = 5;

/// What a note says.
#[derive(Debug)]
pub(crate) enum Note<'a> {
    /// A damaged amount.
    Repaired { amount: &'a Amount, from: &'a str, proof: &'a str },
    /// An amount that is printed nowhere.
    Derived { amount: &'a Amount, rule: &'a str, inputs: &'a [Place] },
    /// A number that found no column.
    Unplaced { text: &'a str },
    /// A row that could not be aligned.
    UnreadableRow,
    /// A second reading of the row before.
    GhostRow,
}

impl Note<'_> {
    /// The word that marks the cell.
    fn word<'w>(&self, words: &'w Words) -> &'w str {
        words.get(match self {
            Note::Repaired { .. } => "mark.repaired",
            Note::Derived { .. } => "mark.derived",
            Note::Unplaced { .. } | Note::UnreadableRow => "mark.unplaced",
            Note::GhostRow => "mark.ghost",
        })
    }

    fn sentence(&self, words: &Words) -> String {
        match self {
            Note::Repaired { amount, from, proof } => {
                let values = [("from", *from), ("value", &in_its_unit(amount)), ("proof", &*words.reading(proof))];
                words.fill("footnote.repaired", &values)
            }
            Note::Derived { amount, rule, .. } => {
                words.fill("footnote.derived", &[("value", &in_its_unit(amount)), ("rule", &words.reading(rule))])
            }
            Note::Unplaced { text } => words.fill("footnote.unplaced", &[("text", text)]),
            Note::UnreadableRow => words.get("footnote.unreadable_row").to_owned(),
            Note::GhostRow => words.get("footnote.ghost_row").to_owned(),
        }
    }
}

/// A note with its place.
#[derive(Debug)]
struct Footnote<'a> {
    /// What it is about: 「办公费 · 合计」.
    subject: String,
    file: u16,
    line: u32,
    note: Note<'a>,
}

/// The notes of one table, numbered in the order of the cells.
#[derive(Debug)]
pub(crate) struct Footnotes<'a> {
    words: &'a Words,
    /// Number of the statement, from 1: part of the ids.
    statement: usize,
    notes: Vec<Footnote<'a>>,
}

impl<'a> Footnotes<'a> {
    /// No notes yet.
    pub(crate) fn new(words: &'a Words, statement: usize) -> Self {
        Footnotes { words, statement, notes: Vec::new() }
    }

    /// Takes a note and appends the mark that leads to it, with the whole sentence as its title.
    pub(crate) fn mark(&mut self, buffer: &mut String, subject: String, place: (u16, u32), note: Note<'a>) {
        let (statement, number) = (self.statement, self.notes.len() + 1);
        put!(buffer, "<a class=\"m\" id=\"s{statement}-m{number}\" href=\"#s{statement}-n{number}\" title=\"");
        push_attribute(buffer, &note.sentence(self.words));
        put!(buffer, "\">{}{number}</a>", note.word(self.words));
        self.notes.push(Footnote { subject, file: place.0, line: place.1, note });
    }

    /// Appends the list; nothing when there is no note.
    pub(crate) fn write(&self, buffer: &mut String) {
        if self.notes.is_empty() {
            return;
        }
        let folded = self.notes.len() > OPEN;
        if folded {
            let summary = self.words.fill("footnote.summary", &[("count", &self.notes.len().to_string())]);
            put!(buffer, "<details class=\"cell-notes\"><summary>{summary}</summary>\n");
        }
        buffer.push_str("<ul class=\"cell-notes\">\n");
        for (number, note) in (1..).zip(&self.notes) {
            self.write_note(buffer, number, note);
        }
        buffer.push_str("</ul>\n");
        if folded {
            buffer.push_str("</details>\n");
        }
    }

    fn write_note(&self, buffer: &mut String, number: usize, Footnote { subject, file, line, note }: &Footnote<'_>) {
        let statement = self.statement;
        put!(
            buffer,
            "<li id=\"s{statement}-n{number}\"><a href=\"#s{statement}-m{number}\">{}{number}</a> ",
            note.word(self.words)
        );
        if !subject.is_empty() {
            push_text(buffer, subject);
            buffer.push_str(self.words.get("punctuation.colon"));
        }
        push_text(buffer, &note.sentence(self.words));
        buffer.push_str(self.words.get("punctuation.open"));
        match note {
            Note::Derived { inputs, .. } if !inputs.is_empty() => write_inputs(buffer, self.words, inputs),
            _ => write_line(buffer, self.words, *file, *line),
        }
        buffer.push_str(self.words.get("punctuation.close"));
        buffer.push_str("</li>\n");
    }
}

fn write_inputs(buffer: &mut String, words: &Words, inputs: &[Place]) {
    let mut lines: Vec<(u16, u32)> = inputs.iter().map(|place| (place.file, place.line)).collect();
    lines.dedup();
    for (order, (file, line)) in lines.into_iter().enumerate() {
        if order > 0 {
            buffer.push_str(words.get("punctuation.list"));
        }
        write_line(buffer, words, file, line);
    }
}

fn write_line(buffer: &mut String, words: &Words, file: u16, line: u32) {
    buffer.push_str("<a href=\"");
    push_source_link(buffer, file, line);
    put!(buffer, "\">{}</a>", words.line(line));
}
