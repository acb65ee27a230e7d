//! The rows of a table. Amounts are the bulk of a site's bytes: a plain amount is `<td><a href="source/index.html#L12">1.00</a>`
//! without classes, a blank cell `<td>`; the ends of cells and rows are left out, as HTML allows.

use super::footnotes::{Footnotes, Note};
use super::frame::{Frame, is_blank_cell, lane};
use crate::model::{Amount, Cell, CellContent, Column, ColumnRole, Finding, Origin, Place, Row, RowRole, Statement};
use crate::render::wording::amount_text::shown;
use crate::render::wording::escape::{push_attribute, push_text, put};
use crate::render::wording::places::{Places, push_source_link};
use crate::render::wording::words::Words;

/// Writes the rows of one statement.
pub(crate) struct Body<'a> {
    pub(crate) words: &'a Words,
    pub(crate) statement: &'a Statement,
    /// Its number, from 1: part of the ids.
    pub(crate) number: usize,
    pub(crate) frame: &'a Frame,
    pub(crate) places: &'a Places<'a>,
    pub(crate) findings: &'a [Finding],
    /// The levels of its subjects from the top: what rows are indented by.
    pub(crate) levels: &'a [u8],
}

/// A row under way.
struct RowWriter<'a, 'b> {
    body: &'b Body<'a>,
    row: &'a Row,
    /// The cell that names each lane, when any does.
    names: Vec<Option<usize>>,
    /// What marks the whole row and waits for the first cell that can carry it.
    mark: Option<Note<'a>>,
    /// True when every lane has the same role, so that the class stands on the row.
    uniform: bool,
}

impl<'a> Body<'a> {
    /// Appends the rows; what must be said about cells goes to the notes.
    pub(crate) fn write(&self, buffer: &mut String, notes: &mut Footnotes<'a>) {
        for (index, row) in self.statement.rows.iter().enumerate() {
            self.row(row).write(buffer, index + 1, notes);
        }
    }

    fn row<'b>(&'b self, row: &'a Row) -> RowWriter<'a, 'b> {
        let lanes = self.frame.names.len();
        let filled = |wanted: usize| {
            let cells = row.cells.iter().enumerate();
            cells
                .into_iter()
                .any(|(index, cell)| !is_blank_cell(cell) && lane(&self.statement.columns, index) == wanted)
        };
        let roles: Vec<_> = (0..lanes).filter(|lane| filled(*lane)).map(|lane| role(row, lane)).collect();
        let mark = match role(row, 0) {
            _ if row.unreadable => Some(Note::UnreadableRow),
            RowRole::Ghost => Some(Note::GhostRow),
            _ => None,
        };
        RowWriter {
            body: self,
            row,
            names: (0..lanes).map(|lane| self.name(row, lane)).collect(),
            mark,
            uniform: roles.windows(2).all(|pair| pair[0] == pair[1]),
        }
    }

    /// The cell of the lane's name column, else the first words of the lane.
    fn name(&self, row: &Row, wanted: usize) -> Option<usize> {
        let column = self.frame.names[wanted]?;
        if row.cells.get(column).is_some_and(|cell| !cell.text.is_empty()) {
            return Some(column);
        }
        let words = |index: &usize| {
            let cell = &row.cells[*index];
            lane(&self.statement.columns, *index) == wanted
                && matches!(cell.content, CellContent::Text | CellContent::Number)
                && !cell.text.is_empty()
                && !cell.text.bytes().any(|byte| byte.is_ascii_digit())
        };
        (0..row.cells.len()).find(words).or(Some(column))
    }
}

impl<'a> RowWriter<'a, '_> {
    fn write(mut self, buffer: &mut String, number: usize, notes: &mut Footnotes<'a>) {
        let class = if self.row.unreadable { "x" } else { role_class(role(self.row, 0)) };
        put!(buffer, "<tr id=\"s{}-r{number}\"", self.body.number);
        if self.uniform && !class.is_empty() {
            put!(buffer, " class=\"{class}\"");
        }
        buffer.push('>');
        if is_form(self.body.statement) {
            self.write_spans(buffer, notes);
        } else {
            self.write_columns(buffer, notes);
        }
        buffer.push('\n');
    }

    fn write_columns(&mut self, buffer: &mut String, notes: &mut Footnotes<'a>) {
        let last = self.body.frame.shown.iter().rposition(|column| self.has(*column)).map_or(0, |last| last + 1);
        for position in 0..last.max(1) {
            self.write_cell(buffer, position, notes);
        }
        for _ in last.max(1)..self.body.frame.shown.len() {
            buffer.push_str("<td>");
        }
    }

    /// The cells of a form reach over the empty ones behind them: its columns mean nothing of their own.
    fn write_spans(&mut self, buffer: &mut String, notes: &mut Footnotes<'a>) {
        let width = self.body.frame.shown.len();
        let filled = |position: &usize| {
            self.row.cells.get(self.body.frame.shown[*position]).is_some_and(|cell| !is_blank_cell(cell))
        };
        let mut starts: Vec<usize> = (0..width).filter(filled).collect();
        if starts.first() != Some(&0) {
            starts.insert(0, 0);
        }
        let ends = starts.iter().skip(1).copied().chain([width]).collect::<Vec<_>>();
        for (start, end) in starts.into_iter().zip(ends) {
            let tag = buffer.len() + "<td".len();
            self.write_cell(buffer, start, notes);
            if end - start > 1 {
                buffer.insert_str(tag, &format!(" colspan=\"{}\"", end - start));
            }
        }
    }

    /// True when something must be written for a column: a cell with content, or the start of a lane.
    fn has(&self, column: usize) -> bool {
        self.row.cells.get(column).is_some_and(|cell| !is_blank_cell(cell)) || self.names.contains(&Some(column))
    }

    fn write_cell(&mut self, buffer: &mut String, position: usize, notes: &mut Footnotes<'a>) {
        let column = self.body.frame.shown[position];
        let columns = &self.body.statement.columns;
        let lane = lane(columns, column);
        let is_name = self.names.get(lane) == Some(&Some(column));
        let cell = self.row.cells.get(column);
        let blank = cell.is_none_or(is_blank_cell);
        let mut classes = Classes::default();
        classes.add("l", self.body.frame.starts_lane(columns, position));
        if !self.uniform {
            let class = role_class(role(self.row, lane));
            classes.add(class, !class.is_empty());
        }
        let unnamed = blank && is_name && !self.row.unreadable && role(self.row, lane) == RowRole::Total;
        match cell {
            Some(cell) if !blank && is_name => self.open_name(buffer, classes, lane, cell),
            Some(cell) if !blank => open_cell(buffer, classes, cell, columns.get(column)),
            _ if unnamed => open(buffer, "th scope=\"row\"", classes),
            _ => open(buffer, "td", classes),
        }
        if unnamed {
            let words = self.body.words;
            let (note, total) = (words.get("statement_table.unnamed"), words.get("statement_table.unnamed_total"));
            put!(buffer, "<i title=\"{note}\">{total}</i>");
        }
        self.write_row_mark(buffer, blank, notes);
        if let Some(cell) = cell {
            self.write_fault(buffer, cell);
            self.write_content(buffer, cell, column, notes);
        }
    }

    fn open_name(&self, buffer: &mut String, mut classes: Classes, lane: usize, cell: &Cell) {
        if matches!(cell.content, CellContent::Amount { .. } | CellContent::Unplaced) {
            return open(buffer, "td", classes);
        }
        classes.add("w", role(self.row, lane) == RowRole::OfWhich);
        let level = self.row.subjects.get(lane).and_then(Option::as_ref).map_or(0, |subject| subject.level);
        match self.body.levels.iter().position(|known| *known == level) {
            None | Some(0) => {}
            Some(1) => classes.add("i1", true),
            Some(_) => classes.add("i2", true),
        }
        open(buffer, "th scope=\"row\"", classes);
    }

    fn write_content(&self, buffer: &mut String, cell: &'a Cell, column: usize, notes: &mut Footnotes<'a>) {
        let place = (self.body.statement.file, cell.line);
        match &cell.content {
            CellContent::Blank | CellContent::Text | CellContent::Number => push_text(buffer, &cell.text),
            // A mark stands before its number, so that the digits of a column stay under each other.
            CellContent::Amount { amount, .. } => {
                if let Some(note) = note(amount) {
                    notes.mark(buffer, self.subject(column), (amount.place.file, amount.place.line), note);
                }
                write_link(buffer, amount.place.file, amount.place.line, &shown(amount));
            }
            CellContent::Unplaced => {
                notes.mark(buffer, self.subject(column), place, Note::Unplaced { text: &cell.text });
                write_link(buffer, place.0, place.1, &cell.text);
            }
        }
    }

    /// The name of the row and the head of the column: 「办公费 · 合计」.
    fn subject(&self, column: usize) -> String {
        let lane = lane(&self.body.statement.columns, column);
        let name = self.names.get(lane).copied().flatten().filter(|name| *name != column);
        let name = name.and_then(|name| self.row.cells.get(name)).map_or("", |cell| cell.text.as_str());
        let head = self.body.statement.columns.get(column).map(column_name).unwrap_or_default();
        match (name.is_empty(), head.is_empty()) {
            (false, false) => format!("{name} · {head}"),
            _ => format!("{name}{head}"),
        }
    }

    /// A mark of the whole row stands at the first cell that has something.
    fn write_row_mark(&mut self, buffer: &mut String, blank: bool, notes: &mut Footnotes<'a>) {
        if blank {
            return;
        }
        if let Some(note) = self.mark.take() {
            notes.mark(buffer, String::new(), (self.body.statement.file, self.row.line), note);
        }
    }

    /// A finding whose cell at fault this is.
    fn write_fault(&self, buffer: &mut String, cell: &Cell) {
        if cell.printed_cell == 0 {
            return;
        }
        let place = Place { file: self.body.statement.file, line: cell.line, cell: cell.printed_cell };
        let Some(fault) = self.body.places.fault(place) else { return };
        put!(buffer, "<a class=\"f\" href=\"#f{}\" title=\"", fault + 1);
        push_attribute(buffer, self.body.findings.get(fault).map_or("", |finding| &finding.message));
        put!(buffer, "\">{}</a>", self.body.words.fill("finding.number", &[("number", &(fault + 1).to_string())]));
    }
}

/// True for a sheet of words beside values, whose columns have no heads.
fn is_form(statement: &Statement) -> bool {
    statement.columns.iter().all(|column| column.role == ColumnRole::Text && column.path.is_empty())
}

/// The heads above a column, from the outermost to its own.
pub(crate) fn column_name(column: &Column) -> String {
    let heads: Vec<&str> = column.path.iter().map(|head| head.as_str()).filter(|head| !head.is_empty()).collect();
    heads.join(" / ")
}

/// The role of a row in a lane.
pub(crate) fn role(row: &Row, lane: usize) -> RowRole {
    row.roles.get(lane).or(row.roles.first()).copied().unwrap_or(RowRole::Item)
}

fn role_class(role: RowRole) -> &'static str {
    match role {
        RowRole::Total => "sum",
        RowRole::Subtotal => "sub",
        RowRole::Ghost => "g",
        RowRole::Item | RowRole::OfWhich | RowRole::Text => "",
    }
}

fn note(amount: &Amount) -> Option<Note<'_>> {
    match &amount.origin {
        Origin::Printed | Origin::Narrative => None,
        Origin::Repaired { from, proof } => Some(Note::Repaired { amount, from, proof }),
        Origin::Derived { rule, inputs } => Some(Note::Derived { amount, rule, inputs }),
    }
}

fn open_cell(buffer: &mut String, mut classes: Classes, cell: &Cell, column: Option<&Column>) {
    let role = column.map(|column| &column.role);
    match &cell.content {
        CellContent::Text | CellContent::Blank => classes.add("t", true),
        CellContent::Number if !cell.text.bytes().any(|byte| byte.is_ascii_digit()) => classes.add("t", true),
        // A number among words stands like words: a code, a target of 100%.
        CellContent::Number => classes.add("c", role.is_some_and(is_of_words)),
        CellContent::Unplaced => classes.add("u", true),
        CellContent::Amount { amount, .. } => {
            classes.add("r", matches!(amount.origin, Origin::Repaired { .. }));
            classes.add("d", matches!(amount.origin, Origin::Derived { .. }));
        }
    }
    open(buffer, "td", classes);
}

fn is_of_words(role: &ColumnRole) -> bool {
    matches!(role, ColumnRole::Code | ColumnRole::UnitCode | ColumnRole::Label | ColumnRole::Text)
}

fn open(buffer: &mut String, tag: &str, Classes(classes): Classes) {
    buffer.push('<');
    buffer.push_str(tag);
    if !classes.is_empty() {
        put!(buffer, " class=\"{classes}\"");
    }
    buffer.push('>');
}

fn write_link(buffer: &mut String, file: u16, line: u32, text: &str) {
    buffer.push_str("<a href=\"");
    push_source_link(buffer, file, line);
    buffer.push_str("\">");
    push_text(buffer, text);
    buffer.push_str("</a>");
}

/// The classes of a cell; most have none.
#[derive(Default)]
struct Classes(String);

impl Classes {
    fn add(&mut self, class: &str, wanted: bool) {
        if !wanted {
            return;
        }
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(class);
    }
}
