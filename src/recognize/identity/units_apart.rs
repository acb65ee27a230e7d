//! Statements of units in the document of their department.

use super::organization::{owner_of_table, titles_of_organizations};
use crate::model::{Identity, StatementKind};
use crate::parse::Document;
use crate::recognize::tables::RawTable;
use crate::vocabulary::Vocabulary;

/// A department may print the same statements for itself and for each of its units. Those that name another than the
/// document's organization, in the label above their columns or in the title above them, are shown as printed where the
/// organization has such a statement of its own, or the other one a section of the organization's document. Gives how many.
pub(in crate::recognize) fn set_apart(
    vocabulary: &Vocabulary,
    document: &Document,
    identity: &Identity,
    tables: &mut [RawTable<'_>],
) -> usize {
    let Some(own) = identity.organization.as_deref() else { return 0 };
    let words = &vocabulary.identity;
    let kind = |table: &RawTable<'_>| table.rule.map(|rule| rule.kind);
    let again = |at: usize| tables[..at].iter().any(|other| kind(other).is_some() && kind(other) == kind(&tables[at]));
    let labelled: Vec<Option<String>> = tables.iter().map(|table| owner_of_table(words, document, table)).collect();
    let is_other = |owner: &str| !owner.starts_with(own) || owner.len() > own.len() + 3;
    let doubtful = (0..tables.len()).any(again) || labelled.iter().flatten().any(|owner| is_other(owner));
    let titles = if doubtful { titles_of_organizations(words, document) } else { Vec::new() };
    let whole = |name: &str| if own.ends_with(name) { own.to_owned() } else { name.to_owned() };
    let titled = |table: &RawTable<'_>| {
        let above = titles.iter().take_while(|(line, _)| *line < table.lines.0).last();
        above.map(|(_, name)| whole(name))
    };
    let owners = labelled.into_iter().zip(&*tables).map(|(owner, table)| owner.or_else(|| titled(table)));
    let owners: Vec<Option<String>> = owners.collect();
    let is_own = |owner: &Option<String>| owner.as_deref().is_none_or(|owner| owner == own);
    let own_kinds: Vec<StatementKind> =
        tables.iter().zip(&owners).filter(|(_, owner)| is_own(owner)).filter_map(|(table, _)| kind(table)).collect();
    let of_own = titles.first().is_some_and(|(_, first)| whole(first) == own);
    let has_section = |owner: &str| of_own && titles.iter().skip(1).any(|(_, name)| name == owner);
    let mut count = 0;
    for (table, owner) in tables.iter_mut().zip(&owners) {
        let Some(owner) = owner.as_deref().filter(|owner| is_other(owner)) else { continue };
        if kind(table).is_some_and(|kind| own_kinds.contains(&kind) || has_section(owner)) {
            table.rule = None;
            count += 1;
        }
    }
    count
}
