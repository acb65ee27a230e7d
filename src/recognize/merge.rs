//! Joins documents that form one disclosure: the text in one file, the tables in another.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::derive::derive;
use crate::model::{Block, BlockKind, CellContent, Disclosure, Identity, Kind, Origin, Place, Region, StatementKind};
use crate::vocabulary::Vocabulary;

/// What documents of one disclosure have in common: organization, region, year and kind.
pub type Joint = (CompactString, Region, u16, Kind);

/// What a document must have in common with another one to be joined with it; `None` for one that stands alone.
pub fn joint(identity: &Identity) -> Option<Joint> {
    Some((identity.organization.clone()?, identity.region.clone(), identity.year?, identity.kind?))
}

/// Joins disclosures of the same organization, year and kind when all but one of them have no statements. Those with
/// statements of their own stay apart: they are revisions.
pub fn merge(vocabulary: &Vocabulary, disclosures: Vec<Disclosure>) -> Vec<Disclosure> {
    let mut groups: BTreeMap<_, Vec<Disclosure>> = BTreeMap::new();
    let mut alone = Vec::new();
    for disclosure in disclosures {
        match joint(&disclosure.identity) {
            Some(key) => groups.entry(key).or_default().push(disclosure),
            None => alone.push(disclosure),
        }
    }
    let mut merged: Vec<Disclosure> =
        groups.into_values().flat_map(|group| merge_group(vocabulary, group)).chain(alone).collect();
    merged.sort_by(|left, right| left.sources[0].path.cmp(&right.sources[0].path));
    merged
}

fn merge_group(vocabulary: &Vocabulary, group: Vec<Disclosure>) -> Vec<Disclosure> {
    let has_statements = |disclosure: &Disclosure| {
        disclosure
            .statements
            .iter()
            .any(|statement| statement.kind != StatementKind::Other && !statement.rows.is_empty())
    };
    let (mut tables, texts): (Vec<Disclosure>, Vec<Disclosure>) = group.into_iter().partition(has_statements);
    if tables.len() != 1 || texts.is_empty() {
        tables.extend(texts);
        return tables;
    }
    for text in texts {
        append(&mut tables[0], text);
    }
    derive(vocabulary, &mut tables[0]);
    tables
}

/// Appends another file's blocks, facts and statements, with every index moved behind what is there.
fn append(main: &mut Disclosure, mut other: Disclosure) {
    let file = main.sources.len() as u16;
    let fact = main.facts.len() as u32;
    let statement = main.statements.len() as u16;
    let moved = |place: &mut Place| place.file += file;
    for one in &mut other.facts {
        moved(&mut one.amount.place);
        if let Origin::Derived { inputs, .. } = &mut one.amount.origin {
            inputs.iter_mut().for_each(moved);
        }
        one.statement_index = one.statement_index.map(|index| index + statement);
    }
    other.blocks.iter_mut().for_each(|block| move_block(block, file, fact, statement));
    for one in &mut other.statements {
        one.file += file;
        for cell in one.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let CellContent::Amount { amount, fact: index } = &mut cell.content {
                moved(&mut amount.place);
                *index = index.map(|index| index + fact);
            }
        }
    }
    for change in &mut other.changes {
        moved(&mut change.place);
        change.fact = change.fact.map(|index| index + fact);
        change.difference.iter_mut().for_each(|amount| moved(&mut amount.place));
    }
    for share in &mut other.shares {
        moved(&mut share.place);
        share.part += fact;
        share.whole += fact;
    }
    other.terms.iter_mut().for_each(|term| moved(&mut term.place));
    other.vehicles.iter_mut().for_each(|vehicles| moved(&mut vehicles.place));
    other.duties.iter_mut().for_each(|duty| moved(&mut duty.place));
    main.sources.append(&mut other.sources);
    main.blocks.append(&mut other.blocks);
    main.statements.append(&mut other.statements);
    main.facts.append(&mut other.facts);
    main.changes.append(&mut other.changes);
    main.shares.append(&mut other.shares);
    main.terms.append(&mut other.terms);
    main.vehicles.append(&mut other.vehicles);
    main.duties.append(&mut other.duties);
    main.diagnostics.append(&mut other.diagnostics);
    main.rounding_note |= other.rounding_note;
    let published = other.identity.published;
    main.identity.published = main.identity.published.take().or(published);
}

fn move_block(block: &mut Block, file: u16, fact: u32, statement: u16) {
    block.file += file;
    if let BlockKind::Statement(index) = &mut block.kind {
        *index += statement;
    }
    block.mentions.iter_mut().for_each(|mention| mention.fact += fact);
}
