//! Prose: headings, paragraphs and list items through pulldown-cmark, each with the lines it stands on.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::document::{Block, BlockKind};
use super::join;
use super::markup::{is_blank, without_formulas};
use crate::read::Source;

/// Appends the blocks of the prose on some lines.
pub(super) fn parse(source: &Source, first: u32, last: u32, blocks: &mut Vec<Block>) {
    let start = source.line(first).as_ptr() as usize - source.text.as_ptr() as usize;
    let end = source.line(last).as_ptr() as usize - source.text.as_ptr() as usize + source.line(last).len();
    let mut builder = Builder { source, offset: start, blocks, open: None, item: None };
    for (event, range) in Parser::new_ext(&source.text[start..end], Options::empty()).into_offset_iter() {
        builder.take(event, range);
    }
    builder.finish();
}

struct Builder<'a> {
    source: &'a Source,
    offset: usize,
    blocks: &'a mut Vec<Block>,
    open: Option<Block>,
    /// Inside a list item: its number when the list is ordered.
    item: Option<Option<u64>>,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => self.begin(BlockKind::Heading(level as u8), &range),
            Event::Start(Tag::Paragraph) if self.item.is_none() => self.begin(BlockKind::Paragraph, &range),
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => self.begin(BlockKind::Paragraph, &range),
            Event::Start(Tag::List(start)) => self.item = Some(start),
            Event::Start(Tag::Item) => self.begin_item(&range),
            Event::End(TagEnd::List(_)) => self.item = None,
            Event::End(
                TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Item,
            ) => self.finish(),
            Event::Text(text) | Event::Code(text) => self.push(&text, &range),
            // A rule of dashes, and tags that extraction left in the text.
            _ => {}
        }
    }

    fn begin(&mut self, kind: BlockKind, range: &Range<usize>) {
        self.finish();
        let line = self.source.line_of(self.offset + range.start);
        self.open = Some(Block { kind, lines: (line, line), text: String::new(), line_offsets: Vec::new() });
    }

    fn begin_item(&mut self, range: &Range<usize>) {
        self.begin(BlockKind::Item, range);
        // An ordered list's numbers are part of the document's words: 「3. 某中心」.
        if let (Some(Some(number)), Some(block)) = (&mut self.item, &mut self.open) {
            block.text = format!("{number}. ");
            block.line_offsets.push((0, block.lines.0));
            *number += 1;
        }
    }

    fn push(&mut self, text: &str, range: &Range<usize>) {
        let mut at = range.start;
        for piece in text.split('\n') {
            let line = self.source.line_of(self.offset + at);
            self.push_line(piece.trim_matches(is_blank), line);
            at += piece.len() + 1;
        }
    }

    /// Chinese lines join without a blank; Latin words keep theirs.
    fn push_line(&mut self, piece: &str, line: u32) {
        if piece.is_empty() || self.ends_page(piece, line) {
            return;
        }
        // Extraction keeps each printed line: a line that begins with an ordinal is a paragraph of its own.
        let ends =
            |block: &Block| block.kind == BlockKind::Paragraph && !block.text.is_empty() && block.lines.1 != line;
        if self.open.as_ref().is_some_and(ends) && join::is_beginning(piece) {
            self.finish();
        }
        let block = self.open.get_or_insert_with(|| Block {
            kind: BlockKind::Paragraph,
            lines: (line, line),
            text: String::new(),
            line_offsets: Vec::new(),
        });
        let latin = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
        let new_line = block.line_offsets.last().is_some_and(|(_, last)| *last != line);
        if new_line && latin(block.text.chars().last()) && latin(piece.chars().next()) {
            block.text.push(' ');
        }
        if block.line_offsets.last().is_none_or(|(_, last)| *last != line) {
            block.line_offsets.push((block.text.len() as u32, line));
        }
        block.text.push_str(piece);
        block.lines.1 = block.lines.1.max(line);
    }

    /// True for the number of a page below a sentence that goes on behind the break, or between dashes below any text.
    fn ends_page(&self, piece: &str, line: u32) -> bool {
        let last = line == self.source.line_count() || self.source.line(line + 1).trim().is_empty();
        let text = |block: &&Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
        let above = self.open.as_ref().filter(text).filter(|block| block.lines.1 != line && !block.text.is_empty());
        let framed = || piece.ends_with(['-', '—', '–', '－', '页']);
        last && join::is_page_number(piece) && above.is_some_and(|block| block.text.chars().count() > 12 || framed())
    }

    fn finish(&mut self) {
        if let Some(mut block) = self.open.take().filter(|block| !block.text.is_empty()) {
            if block.text.contains('$') {
                read_formulas(&mut block);
            }
            self.blocks.push(block);
        }
    }
}

/// Numbers that are written as formulas, line by line so that every line keeps its place.
fn read_formulas(block: &mut Block) {
    let mut text = String::with_capacity(block.text.len());
    let starts: Vec<usize> = block.line_offsets.iter().map(|(start, _)| *start as usize).collect();
    text.push_str(&without_formulas(&block.text[..starts.first().copied().unwrap_or(block.text.len())]));
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(block.text.len());
        block.line_offsets[index].0 = text.len() as u32;
        text.push_str(&without_formulas(&block.text[*start..end]));
    }
    block.text = text;
}
