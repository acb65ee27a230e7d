//! HTML: whole documents and tables inside Markdown. Spans are resolved, so that every row has every column.

mod frames;

use compact_str::CompactString;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use rustc_hash::FxHashSet;

use super::document::{Block, BlockKind, Grid, GridCell, GridForm, GridRow};
use super::grid::part_levels;
use super::markup::{cell_text, is_blank};
use crate::read::Source;

/// Wider spans than any statement has are mistakes or attacks.
const WIDEST_SPAN: usize = 200;

/// True for a source that is an HTML document rather than text with some tags.
pub(super) fn is_html(source: &Source) -> bool {
    let (_, body) = source.body();
    let start = body.trim_start().get(..9).unwrap_or("").to_ascii_lowercase();
    start.starts_with("<!doctype") || start.starts_with("<html") || source.path.ends_with(".html")
}

/// Appends the headings, paragraphs, items and tables of some lines.
pub(super) fn parse(source: &Source, first: u32, last: u32, blocks: &mut Vec<Block>) {
    let Some((offset, text)) = slice(source, first, last) else { return };
    let mut reader = Reader {
        source,
        offset,
        blocks,
        table: None,
        text: String::new(),
        text_at: 0,
        kind: None,
        hidden: 0,
        frames: frames::positions(text),
        open_frames: 0,
    };
    for Ok(token) in Tokenizer::new_with_emitter(text, DefaultEmitter::<usize>::new_with_span()) {
        reader.take(token);
    }
    reader.finish_text();
    reader.finish_table();
}

fn slice(source: &Source, first: u32, last: u32) -> Option<(usize, &str)> {
    let start = source.line(first).as_ptr() as usize - source.text.as_ptr() as usize;
    let end = source.line(last).as_ptr() as usize - source.text.as_ptr() as usize + source.line(last).len();
    source.text.get(start..end).map(|text| (start, text))
}

struct Reader<'a> {
    source: &'a Source,
    offset: usize,
    blocks: &'a mut Vec<Block>,
    table: Option<Table>,
    text: String,
    text_at: usize,
    kind: Option<BlockKind>,
    hidden: usize,
    /// Where the tables begin that hold a page together rather than amounts.
    frames: FxHashSet<usize>,
    open_frames: usize,
}

/// A table while its tags are read.
#[derive(Default)]
struct Table {
    rows: Vec<GridRow>,
    /// For each column: how many further rows a cell above still covers.
    covered: Vec<usize>,
    cell: Option<OpenCell>,
    depth: usize,
}

struct OpenCell {
    text: String,
    line: u32,
    columns: usize,
    rows: usize,
}

impl Reader<'_> {
    fn take(&mut self, token: Token<usize>) {
        match token {
            Token::StartTag(tag) => self.open(&tag),
            Token::EndTag(tag) => self.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) if self.hidden == 0 => {
                self.push(&String::from_utf8_lossy(&text.value), text.span.start);
            }
            _ => {}
        }
    }

    fn line(&self, at: usize) -> u32 {
        self.source.line_of(self.offset + at)
    }

    fn open(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        match name.as_str() {
            "script" | "style" | "head" | "title" => self.hidden += 1,
            "table" if self.table.is_none() && self.frames.contains(&tag.span.start) => {
                self.finish_text();
                self.open_frames += 1;
            }
            "table" => self.open_table(),
            // The cells of a frame part the paragraphs of a page.
            "td" | "th" | "tr" if self.table.is_none() && self.open_frames > 0 => self.open_text(BlockKind::Paragraph),
            "tr" => self.open_row(tag.span.start),
            "td" | "th" => self.open_cell(tag),
            "br" => self.push("\n", tag.span.start),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.open_text(BlockKind::Heading(name.as_bytes()[1] - b'0')),
            "li" => self.open_text(BlockKind::Item),
            "p" | "div" | "section" | "article" => self.open_text(BlockKind::Paragraph),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "script" | "style" | "head" | "title" => self.hidden = self.hidden.saturating_sub(1),
            "table" if self.table.is_none() && self.open_frames > 0 => {
                self.finish_text();
                self.open_frames -= 1;
            }
            "table" => self.close_table(),
            "td" | "th" | "tr" if self.table.is_none() => self.finish_text(),
            "td" | "th" | "tr" => self.close_cell(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "p" | "div" | "section" | "article" => self.finish_text(),
            _ => {}
        }
    }

    fn push(&mut self, text: &str, at: usize) {
        if let Some(table) = &mut self.table {
            if let Some(cell) = &mut table.cell {
                cell.text.push_str(text);
            }
            return;
        }
        if self.text.is_empty() {
            let leading = text.len() - text.trim_start_matches(is_blank).len();
            self.text_at = at + leading;
        }
        self.text.push_str(text);
    }

    fn open_text(&mut self, kind: BlockKind) {
        if self.table.is_none() {
            self.finish_text();
            self.kind = Some(kind);
        }
    }

    fn finish_text(&mut self) {
        let kind = self.kind.take().unwrap_or(BlockKind::Paragraph);
        let text = cell_text(&std::mem::take(&mut self.text)).replace('\n', "");
        if text.is_empty() || self.table.is_some() {
            return;
        }
        let line = self.line(self.text_at);
        self.blocks.push(Block { kind, lines: (line, line), text, line_offsets: vec![(0, line)] });
    }

    fn open_table(&mut self) {
        self.finish_text();
        match &mut self.table {
            // A table inside a cell: its text belongs to the cell.
            Some(table) => table.depth += 1,
            None => self.table = Some(Table::default()),
        }
    }

    fn close_table(&mut self) {
        match &mut self.table {
            Some(table) if table.depth > 0 => table.depth -= 1,
            _ => self.finish_table(),
        }
    }

    fn open_row(&mut self, at: usize) {
        self.close_cell();
        let line = self.line(at);
        if let Some(table) = self.table.as_mut().filter(|table| table.depth == 0) {
            table.rows.push(GridRow { line, cells: Vec::new() });
            table.fill_covered(line);
        }
    }

    fn open_cell(&mut self, tag: &StartTag<usize>) {
        if self.table.as_ref().is_none_or(|table| table.depth > 0) {
            return;
        }
        self.close_cell();
        if self.table.as_ref().is_some_and(|table| table.rows.is_empty()) {
            self.open_row(tag.span.start);
        }
        let line = self.line(tag.span.start);
        if let Some(table) = &mut self.table {
            table.cell =
                Some(OpenCell { text: String::new(), line, columns: span(tag, "colspan"), rows: span(tag, "rowspan") });
        }
    }

    fn close_cell(&mut self) {
        if let Some(table) = self.table.as_mut().filter(|table| table.depth == 0) {
            table.close_cell();
        }
    }

    fn finish_table(&mut self) {
        let Some(mut table) = self.table.take() else { return };
        table.depth = 0;
        table.close_cell();
        table.rows.retain(|row| !row.cells.is_empty());
        if let (Some(first), Some(last)) = (table.rows.first(), table.rows.last()) {
            let lines = (first.line, last.line);
            part_levels(&mut table.rows);
            let kind = BlockKind::Grid(Grid { form: GridForm::Html, rows: table.rows });
            self.blocks.push(Block { kind, lines, text: String::new(), line_offsets: Vec::new() });
        }
    }
}

impl Table {
    /// Puts the open cell into the last row, with an empty cell for each further column that it spans.
    fn close_cell(&mut self) {
        let (Some(cell), Some(row)) = (self.cell.take(), self.rows.last_mut()) else { return };
        let number = row.cells.iter().filter(|cell| cell.number > 0).count() as u16 + 1;
        for column in 0..cell.columns {
            let text = if column == 0 { cell_text(&cell.text.replace('\n', "")) } else { CompactString::default() };
            let at = row.cells.len();
            row.cells.push(GridCell { text, line: cell.line, number: if column == 0 { number } else { 0 } });
            self.covered.resize(self.covered.len().max(at + 1), 0);
            self.covered[at] = cell.rows - 1;
        }
        let line = row.line;
        self.fill_covered(line);
    }

    /// Adds empty cells where a cell of a row above reaches down.
    fn fill_covered(&mut self, line: u32) {
        let Some(row) = self.rows.last_mut() else { return };
        while let Some(left) = self.covered.get_mut(row.cells.len()).filter(|left| **left > 0) {
            *left -= 1;
            row.cells.push(GridCell { text: CompactString::default(), line, number: 0 });
        }
    }
}

fn span(tag: &StartTag<usize>, name: &str) -> usize {
    tag.attributes
        .iter()
        .find(|(key, _)| key.as_slice() == name.as_bytes())
        .and_then(|(_, value)| std::str::from_utf8(&value.value).ok()?.trim().parse().ok())
        .unwrap_or(1)
        .clamp(1, WIDEST_SPAN)
}
