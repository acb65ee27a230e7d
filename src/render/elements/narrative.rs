//! The text of a disclosure as HTML, every understood number linked to its line.
//!
//! In: the blocks of a disclosure in reading order. Out: headings, paragraphs and lists in the page's buffer, with a
//! short reference where a statement stands; what the statement itself shows (its title, its unit, its notes) is not
//! repeated. Blocks with understood numbers have the ids `t<number>`.

use crate::model::{Block, BlockKind, Disclosure, Statement, StatementState, Term};
use crate::render::elements::statement_table::title;
use crate::render::wording::amount_text::in_yuan;
use crate::render::wording::escape::{push_attribute, push_text, put};
use crate::render::wording::places::push_source_link;
use crate::render::wording::words::Words;

/// Headings of the narrative begin below the page's `h1` and the section's `h2`.
const FIRST_LEVEL: usize = 3;

/// Appends the narrative.
pub fn write(buffer: &mut String, words: &Words, disclosure: &Disclosure) {
    let mut headings = Headings::default();
    let mut in_list = false;
    let blocks = disclosure.blocks.iter().enumerate().filter(|(_, block)| !stands_with_statement(disclosure, block));
    for (index, block) in blocks {
        let is_item = block.kind == BlockKind::Item;
        if is_item != in_list {
            buffer.push_str(if is_item { "<ul>\n" } else { "</ul>\n" });
            in_list = is_item;
        }
        write_block(buffer, words, disclosure, block, index, &mut headings);
    }
    if in_list {
        buffer.push_str("</ul>\n");
    }
}

/// True for the title, the unit and the notes of a statement.
fn stands_with_statement(disclosure: &Disclosure, block: &Block) -> bool {
    let (first, last) = block.lines;
    let belongs = |statement: &Statement| {
        let top = if statement.title_line > 0 { statement.title_line } else { statement.lines.0 };
        let note = |(line, _): &(u32, String)| (first..=last).contains(line);
        statement.file == block.file
            && statement.state != StatementState::AnnouncedMissing
            && ((first >= top && last <= statement.lines.1) || statement.notes.iter().any(note))
    };
    let is_reference = matches!(block.kind, BlockKind::Statement(_));
    !is_reference && block.mentions.is_empty() && disclosure.statements.iter().any(belongs)
}

/// The id of the first explained term in a narrative that [`write`] wrote.
pub fn first_term(narrative: &str) -> Option<&str> {
    narrative.split_once("<dfn id=\"")?.1.split('"').next()
}

fn write_block(
    buffer: &mut String,
    words: &Words,
    disclosure: &Disclosure,
    block: &Block,
    index: usize,
    headings: &mut Headings,
) {
    let tag = match block.kind {
        BlockKind::Statement(statement) => return write_reference(buffer, words, disclosure, usize::from(statement)),
        BlockKind::Heading(depth) => headings.tag(numbered_depth(&block.text).unwrap_or(depth)),
        BlockKind::Paragraph if terms_of(disclosure, block).next().is_some() => "p",
        BlockKind::Paragraph => numbered_depth(&block.text).map_or("p", |depth| headings.tag(depth)),
        BlockKind::Item => "li",
    };
    put!(buffer, "<{tag}");
    if !block.mentions.is_empty() {
        put!(buffer, " id=\"t{}\"", index + 1);
    }
    buffer.push('>');
    write_text(buffer, words, disclosure, block);
    put!(buffer, "</{tag}>\n");
}

/// Where the document prints a statement, the page says which one and links up to it.
fn write_reference(buffer: &mut String, words: &Words, disclosure: &Disclosure, index: usize) {
    let Some(statement) = disclosure.statements.get(index) else { return };
    let number = index + 1;
    put!(buffer, "<p class=\"statement-reference\"><a href=\"#s{number}\">");
    let values = [("number", &*number.to_string()), ("name", title(words, statement))];
    push_text(buffer, &words.fill("place.statement", &values));
    buffer.push_str("</a></p>\n");
}

/// What a stretch of a block's text becomes.
enum Inline<'a> {
    Number { fact: u32 },
    Term(&'a Term),
}

/// Text with its numbers as links and its explained term marked. Ranges that do not fit the text are left as text.
fn write_text(buffer: &mut String, words: &Words, disclosure: &Disclosure, block: &Block) {
    let mut done = 0;
    for ((start, end), inline) in inlines(disclosure, block) {
        let (Some(before), Some(inner)) = (block.text.get(done..start), block.text.get(start..end)) else { continue };
        push_text(buffer, before);
        match inline {
            Inline::Number { fact } => write_number(buffer, words, disclosure, fact, inner),
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

/// The terms that a block explains.
fn terms_of<'a>(disclosure: &'a Disclosure, block: &'a Block) -> impl Iterator<Item = &'a Term> {
    let here = |term: &&Term| term.place.file == block.file && term.place.line == block.lines.0;
    disclosure.terms.iter().filter(here)
}

fn inlines<'a>(disclosure: &'a Disclosure, block: &'a Block) -> Vec<((usize, usize), Inline<'a>)> {
    let mentions = block.mentions.iter();
    let numbers = mentions
        .map(|mention| ((mention.range.0 as usize, mention.range.1 as usize), Inline::Number { fact: mention.fact }));
    let terms =
        terms_of(disclosure, block).filter_map(|term| Some((range_of(&term.name, &block.text)?, Inline::Term(term))));
    let mut inlines: Vec<_> = numbers.chain(terms).collect();
    inlines.sort_by_key(|(range, _)| *range);
    inlines
}

/// Where a name stands in the text that explains it: of one that was broken over two paragraphs its end, up to the colon.
fn range_of(name: &str, text: &str) -> Option<(usize, usize)> {
    if let Some(start) = text.find(name).filter(|_| !name.is_empty()) {
        return Some((start, start + name.len()));
    }
    let end = text[..text.find(['：', ':'])?].trim();
    let start = text.find(end).filter(|_| !end.is_empty() && name.ends_with(end))?;
    Some((start, start + end.len()))
}

fn write_number(buffer: &mut String, words: &Words, disclosure: &Disclosure, fact: u32, text: &str) {
    let Some(amount) = disclosure.amount(fact) else { return push_text(buffer, text) };
    buffer.push_str("<a class=\"n\" href=\"");
    push_source_link(buffer, amount.place.file, amount.place.line);
    buffer.push_str("\" title=\"");
    push_attribute(buffer, &format!("{}元 · {}", in_yuan(amount.yuan), words.line(amount.place.line)));
    buffer.push_str("\">");
    push_text(buffer, text);
    buffer.push_str("</a>");
}

/// The id of an explained term: its number among the terms of the disclosure, from 1.
fn term_anchor(disclosure: &Disclosure, term: &Term) -> String {
    let number = disclosure.terms.iter().position(|other| other == term).map_or(0, |index| index + 1);
    format!("term{number}")
}

/// The depth of a heading by its number: 第一部分, then 一、, then （一）. Text that was taken out of a PDF marks its
/// headings in no other way. A sentence is none.
fn numbered_depth(text: &str) -> Option<u8> {
    const LONGEST: usize = 36;
    const NUMERALS: [char; 11] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百'];
    if text.chars().count() > LONGEST || text.ends_with(['。', '；', '：', '，', '、', ';', ':', ',']) {
        return None;
    }
    let text = text.trim_start();
    let after = |text: &str| -> Option<char> {
        let rest = text.trim_start_matches(NUMERALS);
        if rest.len() < text.len() { rest.chars().next() } else { None }
    };
    if let Some(inner) = text.strip_prefix(['（', '(']) {
        return after(inner).filter(|close| matches!(close, '）' | ')')).map(|_| 3);
    }
    match text.strip_prefix('第') {
        Some(number) => after(number).filter(|word| *word == '部').map(|_| 1),
        None => after(text).filter(|comma| *comma == '、').map(|_| 2),
    }
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
    use super::{numbered_depth, write};
    use crate::model::{
        Amount, Block, BlockKind, Disclosure, Fact, Measure, Mention, Origin, Phase, Place, Subject, SubjectKind, Term,
    };
    use crate::render::samples::{amount, disclosure, words};

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
        write(&mut buffer, &words(), &disclosure);
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
    fn numbers_make_headings_and_sentences_do_not() {
        for (text, expected) in [
            ("第一部分 部门概况", Some(1)),
            ("一、主要职责", Some(2)),
            ("十二、项目支出", Some(2)),
            ("（一）收入预算", Some(3)),
            ("(二) 支出预算", Some(3)),
            ("一、财政拨款收入：是指同级财政拨付的资金。", None),
            ("一般公共预算支出", None),
            ("第一，", None),
            ("1. 推动落实", None),
            ("", None),
        ] {
            assert_eq!(numbered_depth(text), expected, "{text}");
        }
    }

    #[test]
    fn what_a_statement_shows_is_not_repeated() {
        let lines = [(6, 6), (7, 7), (8, 8), (9, 9), (12, 12), (13, 13)];
        let blocks = lines.map(|lines| Block { lines, ..block(BlockKind::Paragraph, "字", &[]) });
        let html = html(blocks.to_vec(), |disclosure| {
            let statement = &mut disclosure.statements[0];
            (statement.title_line, statement.lines, statement.notes) = (7, (9, 11), vec![(12, "注".to_owned())]);
        });
        assert_eq!(html, "<p>字</p>\n<p>字</p>\n");
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
             title=\"30,207,800.00元 · 原文第7行\">3020.78</a>万元</p>\n"
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
             <p class=\"statement-reference\"><a href=\"#s1\">表1 部门支出总表</a></p>\n"
        );
    }
}
