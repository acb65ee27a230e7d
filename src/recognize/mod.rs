//! Recognizing: a document to a disclosure. Who speaks, which grid is which statement, which column which measure,
//! what extraction broke, what the sentences state.
//!
//! Three kinds of evidence work together: words (the vocabulary), sums (a placement that satisfies the identities), and
//! shape (known layouts). Nothing here fails: what is not understood is kept as printed and counted.

mod align;
mod amounts;
mod assets;
mod blocks;
mod broken_rows;
mod choice;
mod classes;
mod coded;
mod contents;
mod duties;
mod facts;
mod figures;
mod form;
mod fragments;
mod frame;
mod functions;
mod ghosts;
mod header;
mod headless;
mod identity;
mod indicators;
mod judge;
mod known;
mod loose_rows;
mod measured;
mod merge;
mod misread;
mod named_functions;
mod narrative;
mod nesting;
mod number;
mod outline;
mod part_rows;
mod placement;
mod procurement;
mod projects;
mod repair;
mod spread;
mod statement;
mod subjects;
mod sums;
mod tables;
mod terms;
#[cfg(test)]
mod tests;
mod three_public;
mod title;
mod trial;
mod units;
mod units_apart;

use facts::Period;
use known::KnownTotals;
use statement::Inherited;
use tables::RawTable;

pub use merge::{Joint, joint, merge};

use crate::diagnostic::Diagnostic;
use crate::model::{Block, BlockKind, Disclosure, Identity, Kind, Phase, SourceFile, Statement, StatementKind, Unit};
use crate::parse::{self, Document};
use crate::vocabulary::Vocabulary;

/// Recognizes a document.
pub fn recognize(vocabulary: &Vocabulary, document: &Document) -> Disclosure {
    let mut tables = tables::gather(vocabulary, document);
    let identity = identity::recognize(vocabulary, document, &tables);
    let government = identity::is_of_government(vocabulary, document, &identity);
    if government {
        tables.iter_mut().for_each(|table| table.rule = None);
    } else {
        judge::by_rows(vocabulary, &mut tables);
    }
    let of_units = units_apart::set_apart(vocabulary, document, &identity, &mut tables);
    let reader = Reader { vocabulary, document, tables: &tables, identity: &identity, government };
    let mut disclosure = reader.read(&KnownTotals::default());
    if tables.iter().any(|table| table.loose) {
        // What the sentences and the other statements tell places total rows that leave a choice.
        let known = KnownTotals::of(&disclosure, period(&identity));
        if known.tell() {
            disclosure = reader.read(&known);
        }
    }
    disclosure.diagnostics.extend(document.diagnostics.iter().cloned());
    disclosure.diagnostics.extend(doubts(document, &disclosure, government));
    if of_units > 0 {
        let message = format!("有 {of_units} 张表属于所属单位，不是本部门的：按原样显示，不计入本部门的金额");
        let span = document.source.span(document.source.body_line, 0, 0);
        let hint = "要把单位的表也读成数据，请把每个单位的公开内容放在各自的文件中";
        disclosure.diagnostics.push(Diagnostic::note("tables-of-units", message, span).with_hint(hint));
    }
    disclosure
}

/// A document whose tables are found.
struct Reader<'document> {
    vocabulary: &'document Vocabulary,
    document: &'document Document,
    tables: &'document [RawTable<'document>],
    identity: &'document Identity,
    government: bool,
}

impl Reader<'_> {
    /// Reads tables and sentences.
    fn read(&self, known: &KnownTotals) -> Disclosure {
        let Reader { vocabulary, document, tables, .. } = *self;
        let period = period(self.identity);
        let mut disclosure = blank(document, self.identity.clone());
        disclosure.blocks = blocks(document, tables);
        let unit = usual_unit(tables);
        for (table, index) in tables.iter().zip(0..) {
            let inherited = Inherited { file: 0, unit, period, index, known };
            let recognize = if form::is_form(vocabulary, table) { form::recognize } else { statement::recognize };
            disclosure.statements.push(recognize(vocabulary, table, inherited, &mut disclosure.facts));
        }
        if !self.government {
            contents::append_missing(vocabulary, document, &mut disclosure.statements);
            narrative::read(vocabulary, period, &mut disclosure, |block, offset| line_at(document, block, offset));
        }
        disclosure.terms = terms::read(vocabulary, &disclosure.blocks);
        disclosure.duties = duties::read(vocabulary, &disclosure.blocks);
        disclosure.vehicles = terms::vehicles(&disclosure.blocks);
        disclosure.rounding_note =
            tables.iter().flat_map(|table| &table.notes).any(|(_, note)| title::is_rounding_note(note));
        derive(vocabulary, &mut disclosure);
        disclosure
    }
}

/// Who speaks in a document, and of which year and kind: the identity that [`recognize`] finds, without the rest.
pub fn identify(vocabulary: &Vocabulary, document: &Document) -> Identity {
    identity::recognize(vocabulary, document, &tables::gather(vocabulary, document))
}

/// Everything that follows from the statements and facts, whatever files they come from.
fn derive(vocabulary: &Vocabulary, disclosure: &mut Disclosure) {
    let period = period(&disclosure.identity);
    disclosure.figures = figures::collect(disclosure, period);
    disclosure.functions = functions::collect(vocabulary, &disclosure.facts, period);
    disclosure.three_public = three_public::collect(disclosure, period);
    disclosure.units = units::collect(vocabulary, disclosure);
    disclosure.assets = assets::read(vocabulary, disclosure);
    disclosure.targets = form::targets(disclosure);
    disclosure.projects = projects::collect(disclosure);
    disclosure.procurement = procurement::collect(disclosure);
}

fn period(identity: &Identity) -> Period {
    let phase = if identity.kind == Some(Kind::Final) { Phase::Final } else { Phase::InitialBudget };
    Period { year: identity.year.unwrap_or_default(), phase }
}

fn blank(document: &Document, identity: Identity) -> Disclosure {
    let source = &document.source;
    Disclosure {
        sources: vec![SourceFile {
            path: source.path.clone(),
            text: source.text.clone(),
            hash: source.hash.clone(),
            encoding: source.encoding,
        }],
        identity,
        ..Disclosure::default()
    }
}

/// The blocks in reading order, with each statement where its first fragment stands.
fn blocks(document: &Document, tables: &[RawTable<'_>]) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(document.blocks.len());
    for (index, block) in document.blocks.iter().enumerate() {
        let kind = match block.kind {
            parse::BlockKind::Heading(depth) => BlockKind::Heading(depth),
            parse::BlockKind::Paragraph => BlockKind::Paragraph,
            parse::BlockKind::Item => BlockKind::Item,
            parse::BlockKind::Grid(_) => {
                // One grid may hold several tables, or a fragment of an earlier one.
                let own = tables.iter().enumerate().filter(|(_, table)| table.block == index);
                blocks.extend(own.map(|(at, table)| statement_block(at as u16, table)));
                continue;
            }
        };
        blocks.push(Block { kind, file: 0, lines: block.lines, text: block.text.clone(), mentions: Vec::new() });
    }
    blocks
}

fn statement_block(statement: u16, table: &RawTable<'_>) -> Block {
    let kind = BlockKind::Statement(statement);
    Block { kind, file: 0, lines: table.lines, text: String::new(), mentions: Vec::new() }
}

fn line_at(document: &Document, block: &Block, offset: usize) -> u32 {
    let parsed = document.blocks.iter().find(|parsed| parsed.lines == block.lines && parsed.text == block.text);
    parsed.map_or(block.lines.0, |parsed| parsed.line_at(offset))
}

/// The unit that most tables state, else 万元.
fn usual_unit(tables: &[RawTable<'_>]) -> Unit {
    let stated =
        |unit: Unit| tables.iter().filter(|table| table.unit.is_some_and(|stated| stated.unit == unit)).count();
    [Unit::TenThousandYuan, Unit::Yuan, Unit::ThousandYuan, Unit::HundredMillionYuan]
        .into_iter()
        .rev()
        .max_by_key(|unit| stated(*unit))
        .unwrap_or_default()
}

/// What a person must settle: who, when, what, and tables that could not be read.
fn doubts(document: &Document, disclosure: &Disclosure, government: bool) -> Vec<Diagnostic> {
    let source = &document.source;
    let first = source.span(source.body_line, 0, 0);
    let identity = &disclosure.identity;
    let mut doubts = Vec::new();
    let mut missing = |absent: bool, code: &'static str, what: &str, key: &str| {
        if absent {
            let hint = format!("在文件开头的前置信息（front matter）中写明 `{key}`");
            doubts.push(Diagnostic::warning(code, format!("未能识别{what}"), first.clone()).with_hint(hint));
        }
    };
    missing(identity.organization.is_none(), "unknown-organization", "公开主体", "organization = \"…\"");
    missing(identity.year.is_none(), "unknown-year", "财政年度", "year = 2025");
    missing(identity.kind.is_none(), "unknown-kind", "是预算还是决算", "kind = \"budget\" 或 kind = \"final\"");
    if government {
        let message = "这是一级政府的预算或决算，不是部门的：表格按原样显示，不提取金额，不参加核对";
        let hint = "部门、单位的公开文件放在各自的文件中；政府预决算可从 content 目录移出";
        doubts.push(Diagnostic::warning("government-budget", message, first.clone()).with_hint(hint));
    } else if disclosure.statements.iter().all(|statement| statement.kind == StatementKind::Other)
        && disclosure.facts.is_empty()
    {
        let message = "没有识别出任何法定报表或金额";
        let hint = "确认文件是部门预算或决算公开文本；表格须保留为 TAB 分列、Markdown 或 HTML 表格";
        doubts.push(Diagnostic::error("no-disclosure", message, first.clone()).with_hint(hint));
    }
    for statement in &disclosure.statements {
        if statement.state == crate::model::StatementState::Unreadable {
            let message = format!("「{}」的列未能识别，{} 个数字按原样显示", statement.title, statement.amounts);
            let hint = "核对表头；新的表头用语可加入词表";
            doubts.push(
                Diagnostic::warning("unreadable-statement", message, source.span(statement.lines.0, 0, 0))
                    .with_hint(hint),
            );
        }
    }
    doubts
}

/// The statements of a kind.
fn of_kind(statements: &[Statement], kind: StatementKind) -> impl Iterator<Item = (u16, &Statement)> {
    (0..).zip(statements).filter(move |(_, statement)| statement.kind == kind)
}
