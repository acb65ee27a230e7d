//! Recognizing: a document to a disclosure. Who speaks, which grid is which statement, which column which measure,
//! what extraction broke, what the sentences state.
//!
//! Three kinds of evidence work together: words (the vocabulary), sums (a placement that satisfies the identities), and
//! shape (known layouts). Nothing here fails: what is not understood is kept as printed and counted.
//!
//! In this order: `tables` gathers the grids of a document into tables; `identity` tells who discloses what; `statement` and
//! `form` read one table each and make facts of its amounts; `narrative` adds what sentences state; `figures` are derived from
//! all facts; `particulars` collects units, projects, assets and words. `merge` puts several files of one disclosure together.
//! All of them read cells with `number`.

mod derive;
mod doubts;
mod figures;
mod form;
mod identity;
mod merge;
mod narrative;
mod number;
mod particulars;
mod statement;
mod tables;
#[cfg(test)]
mod tests;

use derive::derive;
use doubts::doubts;
use identity::Period;
use statement::{Inherited, KnownTotals};
use tables::RawTable;

pub use merge::{Joint, joint, merge};

use crate::diagnostic::Diagnostic;
use crate::model::{Block, BlockKind, Disclosure, Identity, SourceFile, StatementKind, Unit};
use crate::parse::{self, Document};
use crate::vocabulary::text::squeeze;
use crate::vocabulary::{StatementRule, Vocabulary};

/// Recognizes a document.
pub fn recognize(vocabulary: &Vocabulary, document: &Document) -> Disclosure {
    let mut tables = tables::gather(vocabulary, document);
    let identity = identity::recognize(vocabulary, document, &tables);
    let government = identity::is_of_government(vocabulary, document, &identity);
    if government {
        // 三公 are told of a government as of a department.
        let other = |rule: &&StatementRule| rule.kind != StatementKind::ThreePublic;
        tables.iter_mut().filter(|table| table.rule.as_ref().is_some_and(other)).for_each(|table| table.rule = None);
    } else {
        tables::name_by_rows(vocabulary, &mut tables);
    }
    let of_units = identity::set_apart(vocabulary, document, &identity, &mut tables);
    let reader = Reader { vocabulary, document, tables: &tables, identity: &identity, government };
    let mut disclosure = reader.read(&KnownTotals::default());
    if tables.iter().any(|table| table.loose) {
        // What the sentences and the other statements tell places total rows that leave a choice.
        let known = KnownTotals::of(&disclosure, Period::of(&identity));
        if known.tell() {
            disclosure = reader.read(&known);
        }
    }
    disclosure.diagnostics.extend(document.diagnostics.iter().cloned());
    disclosure.diagnostics.extend(doubts(vocabulary, document, &disclosure, government));
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
        let period = Period::of(self.identity);
        let mut disclosure = blank(document, self.identity.clone());
        disclosure.blocks = blocks(document, tables);
        let unit = usual_unit(tables);
        for (table, index) in tables.iter().zip(0..) {
            let inherited = Inherited { file: 0, unit, period, index, known };
            let recognize = if form::is_form(vocabulary, table) { form::recognize } else { statement::recognize };
            disclosure.statements.push(recognize(vocabulary, table, inherited, &mut disclosure.facts));
        }
        if !self.government {
            tables::append_missing(vocabulary, document, &mut disclosure.statements);
            narrative::read(vocabulary, period, &mut disclosure, |block, offset| line_at(document, block, offset));
        }
        particulars::read(vocabulary, &mut disclosure);
        disclosure.rounding_note = tables
            .iter()
            .flat_map(|table| &table.notes)
            .any(|(_, note)| vocabulary.tables.warns_of_rounding(&squeeze(note)));
        derive(vocabulary, &mut disclosure);
        disclosure
    }
}

/// Who speaks in a document, and of which year and kind: the identity that [`recognize`] finds, without the rest.
pub fn identify(vocabulary: &Vocabulary, document: &Document) -> Identity {
    identity::recognize(vocabulary, document, &tables::gather(vocabulary, document))
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
