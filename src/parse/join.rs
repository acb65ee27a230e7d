//! Paragraphs that a page break cut in two become one again, before any sentence is read.

use super::document::{Block, BlockKind};
use crate::vocabulary::LineWords;
use crate::vocabulary::text::NUMERALS;

/// Joins a paragraph or item that does not end to the paragraph after it, when that one is no new beginning.
pub(super) fn over_page_breaks(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match joined.last_mut() {
            // The number of the page in the middle of a sentence is none of its words.
            Some(last) if is_text(last) && is_open(&last.text) && is_page_number(&block.text) => {}
            Some(last) if continues(last, &block) => append(last, block),
            _ => joined.push(block),
        }
    }
    joined
}

fn is_text(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
}

fn continues(before: &Block, after: &Block) -> bool {
    is_text(before) && after.kind == BlockKind::Paragraph && is_open(&before.text) && !is_beginning(&after.text)
}

/// True for text that stops in the middle of a sentence. Headings and labels stop without punctuation too: they have
/// no comma, or end with the words that headings end with.
fn is_open(text: &str) -> bool {
    let text = text.trim_end();
    let closed = text.ends_with(['。', '；', '：', '！', '？', ';', ':', '.', '!', '?', '”', '…', '）', ')']);
    let heading = LineWords::builtin().heading_ends.iter().any(|end| text.ends_with(end.as_str()))
        || text.contains("表:")
        || text.contains("表：");
    !closed && !heading && (has_clause(text) || (text.chars().count() >= 12 && !is_beginning(text)))
}

/// True for a line that holds nothing but the number of its page: 24, - 24 -, 第24页.
pub(super) fn is_page_number(line: &str) -> bool {
    let is_frame = |glyph: char| glyph.is_whitespace() || matches!(glyph, '-' | '—' | '–' | '－' | '第' | '页');
    let number = line.trim_matches(is_frame);
    (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_clause(text: &str) -> bool {
    text.contains(['，', ',', '。', '；', '、'])
}

/// True for text that begins something new: an ordinal, a part, a label before a table, a note.
pub(super) fn is_beginning(text: &str) -> bool {
    let text = text.trim_start();
    if LineWords::builtin().beginnings.iter().any(|begin| text.starts_with(begin.as_str())) {
        return true;
    }
    let inner = text.trim_start_matches(['（', '(', '第']);
    let digits: usize = inner.chars().take_while(|glyph| glyph.is_ascii_digit() || NUMERALS.contains(*glyph)).count();
    digits > 0
        && inner.chars().nth(digits).is_some_and(|character| match character {
            '、' | '）' | ')' | '．' | '部' | '章' => true,
            // 「1.某」 is an ordinal, 「1.5万元」 is not.
            '.' => inner.chars().nth(digits + 1).is_none_or(|next| !next.is_ascii_digit()),
            _ => false,
        })
}

fn append(before: &mut Block, after: Block) {
    let shift = before.text.len() as u32;
    before.text.push_str(&after.text);
    before.line_offsets.extend(after.line_offsets.into_iter().map(|(offset, line)| (offset + shift, line)));
    before.lines.1 = after.lines.1;
}
