//! Particulars: what a disclosure publishes besides its figures, each with a form of its own.
//!
//! In: the blocks and statements of a disclosure. Out: terms, duties and vehicles of the text; units, assets, projects with
//! their `indicators`, and procurement of the statements. They do not depend on each other.

mod assets;
mod duties;
mod indicators;
mod procurement;
mod projects;
mod terms;
mod units;

use super::form;
use crate::model::Disclosure;
use crate::vocabulary::Vocabulary;

/// Reads what the text of one document tells.
pub(super) fn read(vocabulary: &Vocabulary, disclosure: &mut Disclosure) {
    disclosure.terms = terms::read(vocabulary, &disclosure.blocks);
    disclosure.duties = duties::read(vocabulary, disclosure.identity.organization.as_deref(), &disclosure.blocks);
    disclosure.vehicles = terms::vehicles(&vocabulary.narrative.sections, &disclosure.blocks);
}

/// Fills in what follows from the statements, whatever files they come from.
pub(super) fn derive(vocabulary: &Vocabulary, disclosure: &mut Disclosure) {
    disclosure.units = units::collect(vocabulary, disclosure);
    disclosure.assets = assets::read(vocabulary, disclosure);
    disclosure.targets = form::targets(&vocabulary.forms, disclosure);
    disclosure.projects = projects::collect(&vocabulary.forms, disclosure);
    disclosure.procurement = procurement::collect(&vocabulary.forms.procurement_columns, disclosure);
}

/// Texts as paragraphs of a document.
#[cfg(test)]
fn paragraphs(texts: &[&str]) -> Vec<crate::model::Block> {
    let block = |text: &&str| crate::model::Block {
        kind: crate::model::BlockKind::Paragraph,
        file: 0,
        lines: (1, 1),
        text: (*text).to_owned(),
        mentions: Vec::new(),
    };
    texts.iter().map(block).collect()
}
