//! The text of a disclosure as HTML, every understood number linked to its line.
//!
//! In: the blocks of a disclosure in reading order. Out: headings, paragraphs and lists in the page's buffer, with a
//! short reference where a statement stands. Blocks with understood numbers have the ids `t<number>`.

use crate::model::{Block, BlockKind, Disclosure, Term};
use crate::render::amount_text::in_yuan;
use crate::render::escape::{push_attribute, push_text, put};
use crate::render::places::push_source_link;
use crate::render::statement_table::title;

/// Headings of the narrative begin below the page's `h1` and the section's `h2`.
const FIRST_LEVEL: usize = 3;

/// Appends the narrative.
pub fn write(buffer: &mut String, disclosure: &Disclosure) {
    let mut headings = Headings::default();
    let mut in_list = false;
    for (index, block) in disclosure.blocks.iter().enumerate() {
        let is_item = block.kind == BlockKind::Item;
        if is_item != in_list {
            buffer.push_str(if is_item { "<ul>\n" } else { "</ul>\n" });
            in_list = is_item;
        }
        write_block(buffer, disclosure, block, index, &mut headings);
    }
    if in_list {
        buffer.push_str("</ul>\n");
    }
}

fn write_block(buffer: &mut String, disclosure: &Disclosure, block: &Block, index: usize, headings: &mut Headings) {
    let tag = match block.kind {
        BlockKind::Statement(statement) => return write_reference(buffer, disclosure, usize::from(statement)),
        BlockKind::Heading(depth) => headings.tag(depth),
        BlockKind::Paragraph => "p",
        BlockKind::Item => "li",
    };
    put!(buffer, "<{tag}");
    if !block.mentions.is_empty() {
        put!(buffer, " id=\"t{}\"", index + 1);
    }
    buffer.push('>');
    write_text(buffer, disclosure, block);
    put!(buffer, "</{tag}>\n");
}

/// Where the document prints a statement, the page says which one and links up to it.
fn write_reference(buffer: &mut String, disclosure: &Disclosure, index: usize) {
    let Some(statement) = disclosure.statements.get(index) else { return };
    let number = index + 1;
    put!(buffer, "<p class=\"statement-reference\"><a href=\"#s{number}\">表 {number} ");
    push_text(buffer, title(statement));
    buffer.push_str("</a></p>\n");
}

/// What a stretch of a block's text becomes.
enum Inline<'a> {
    Number { fact: u32 },
    Term(&'a Term),
}

/// Text with its numbers as links and its explained term marked. Ranges that do not fit the text are left as text.
fn write_text(buffer: &mut String, disclosure: &Disclosure, block: &Block) {
    let mut done = 0;
    for ((start, end), inline) in inlines(disclosure, block) {
        let (Some(before), Some(inner)) = (block.text.get(done..start), block.text.get(start..end)) else { continue };
        push_text(buffer, before);
        match inline {
            Inline::Number { fact } => write_number(buffer, disclosure, fact, inner),
            Inline::Term(term) => {
                put!(buffer, "<dfn id=\"{}\">", term_anchor(disclosure, term));
                push_text(buffer, inner);
                buffer.push_str("</dfn>");
            }
        }
        done = end;
    }
    push_text(buffer, block.text.get(done..).unwrap_or_default());
}

fn inlines<'a>(disclosure: &'a Disclosure, block: &'a Block) -> Vec<((usize, usize), Inline<'a>)> {
    let mentions = block.mentions.iter();
    let numbers = mentions
        .map(|mention| ((mention.range.0 as usize, mention.range.1 as usize), Inline::Number { fact: mention.fact }));
    let here = |term: &&Term| term.place.file == block.file && term.place.line == block.lines.0;
    let terms = disclosure.terms.iter().filter(here).filter_map(|term| {
        let start = block.text.find(term.name.as_str()).filter(|_| !term.name.is_empty())?;
        Some(((start, start + term.name.len()), Inline::Term(term)))
    });
    let mut inlines: Vec<_> = numbers.chain(terms).collect();
    inlines.sort_by_key(|(range, _)| *range);
    inlines
}

fn write_number(buffer: &mut String, disclosure: &Disclosure, fact: u32, text: &str) {
    let Some(amount) = disclosure.amount(fact) else { return push_text(buffer, text) };
    buffer.push_str("<a class=\"n\" href=\"");
    push_source_link(buffer, amount.place.file, amount.place.line);
    buffer.push_str("\" title=\"");
    push_attribute(buffer, &format!("{}元 · 原文第 {} 行", in_yuan(amount.yuan), amount.place.line));
    buffer.push_str("\">");
    push_text(buffer, text);
    buffer.push_str("</a>");
}

/// The id of an explained term: its number among the terms of the disclosure, from 1.
fn term_anchor(disclosure: &Disclosure, term: &Term) -> String {
    let number = disclosure.terms.iter().position(|other| other == term).map_or(0, |index| index + 1);
    format!("term{number}")
}

/// Turns the depths of a document into heading levels that never skip one.
#[derive(Default)]
struct Headings {
    /// Depths of the headings that the current text stands under.
    open: Vec<u8>,
}

impl Headings {
    fn tag(&mut self, depth: u8) -> &'static str {
        self.open.retain(|open| *open < depth);
        self.open.push(depth);
        match FIRST_LEVEL + self.open.len() - 1 {
            3 => "h3",
            4 => "h4",
            5 => "h5",
            _ => "h6",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::model::{
        Amount, Block, BlockKind, Disclosure, Fact, Measure, Mention, Origin, Phase, Place, Subject, SubjectKind, Term,
    };
    use crate::render::samples::{amount, disclosure};

    fn block(kind: BlockKind, text: &str, mentions: &[(u32, u32)]) -> Block {
        let mentions = mentions.iter().map(|range| Mention { range: *range, fact: 0 }).collect();
        Block { kind, file: 0, lines: (7, 7), text: text.to_owned(), mentions }
    }

    fn fact(amount: Amount) -> Fact {
        let subject = Subject {
            kind: SubjectKind::Total,
            code: "".into(),
            label: "".into(),
            level: 0,
            parent: "".into(),
            of_which: false,
        };
        let measure = Measure { nature: "total".into(), fund: "all".into(), phase: Phase::InitialBudget, year: 2024 };
        Fact { statement: None, statement_index: None, subject, measure, amount }
    }

    fn html(blocks: Vec<Block>, change: fn(&mut Disclosure)) -> String {
        let mut disclosure = disclosure("项目 label|金额", &["甲|1.00"]);
        disclosure.facts = vec![fact(amount("3020.78", Origin::Narrative, Place { file: 0, line: 7, cell: 0 }))];
        disclosure.blocks = blocks;
        change(&mut disclosure);
        let mut buffer = String::new();
        write(&mut buffer, &disclosure);
        buffer
    }

    #[test]
    fn headings_nest_without_gaps() {
        let depths = [1, 3, 4, 3, 2, 1, 5];
        let html = html(depths.map(|depth| block(BlockKind::Heading(depth), "题", &[])).to_vec(), |_| {});
        let tags: Vec<&str> = html.lines().map(|line| &line[1..3]).collect();
        assert_eq!(tags, ["h3", "h4", "h5", "h4", "h4", "h3", "h4"]);
    }

    #[test]
    fn items_stand_in_lists() {
        let kinds = [BlockKind::Item, BlockKind::Item, BlockKind::Paragraph, BlockKind::Item];
        let html = html(kinds.map(|kind| block(kind, "甲", &[])).to_vec(), |_| {});
        assert_eq!(html, "<ul>\n<li>甲</li>\n<li>甲</li>\n</ul>\n<p>甲</p>\n<ul>\n<li>甲</li>\n</ul>\n");
    }

    #[test]
    fn numbers_lead_to_their_line() {
        let text = "收入总计3020.78万元";
        assert_eq!(
            html(vec![block(BlockKind::Paragraph, text, &[(12, 19)])], |_| {}),
            "<p id=\"t1\">收入总计<a class=\"n\" href=\"source/index.html#L7\" \
             title=\"30,207,800.00元 · 原文第 7 行\">3020.78</a>万元</p>\n"
        );
    }

    #[test]
    fn ranges_that_do_not_fit_leave_the_text_whole() {
        for range in [(1, 4), (19, 12), (12, 900), (0, 0)] {
            let html = html(vec![block(BlockKind::Paragraph, "收入总计3020.78万元", &[range])], |_| {});
            assert!(html.contains("收入总计3020.78万元") || html.contains("</a>收入总计3020.78万元"), "{html}");
        }
    }

    #[test]
    fn explained_terms_have_anchors_and_statements_are_referred_to() {
        let blocks = vec![
            block(BlockKind::Paragraph, "一、“三公”经费：是指<b>", &[]),
            block(BlockKind::Statement(0), "", &[]),
            block(BlockKind::Statement(9), "", &[]),
        ];
        let html = html(blocks, |disclosure| {
            let place = Place { file: 0, line: 7, cell: 0 };
            disclosure.terms =
                vec![Term { name: "“三公”经费".into(), explanation: "是指".to_owned(), place }];
        });
        assert_eq!(
            html,
            "<p>一、<dfn id=\"term1\">“三公”经费</dfn>：是指&lt;b&gt;</p>\n\
             <p class=\"statement-reference\"><a href=\"#s1\">表 1 部门支出总表</a></p>\n"
        );
    }
}
