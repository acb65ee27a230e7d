//! What stays of a disclosure when its own pages, rows and search entries are written: what the pages of its department
//! and of the whole site still print. The text, the cells, most amounts and the ledger go.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::site::{PublishedDisclosure, Site};
use crate::model::{Change, Comparison, Disclosure, DisclosureLedger, Project, Row, Statement, SubjectKind};

impl PublishedDisclosure {
    /// Drops everything that only the disclosure's own pages and rows need.
    pub fn lighten(&mut self) {
        let disclosure = &mut self.disclosure;
        disclosure.sources.iter_mut().for_each(|source| source.text = Arc::default());
        disclosure.statements.iter_mut().for_each(lighten);
        disclosure.projects.iter_mut().for_each(lighten_project);
        keep_stated_changes(disclosure);
        disclosure.blocks = Vec::new();
        disclosure.procurement = Vec::new();
        disclosure.shares = Vec::new();
        disclosure.vehicles = Vec::new();
        disclosure.assets = Vec::new();
        disclosure.duties = Vec::new();
        disclosure.targets = Vec::new();
        disclosure.diagnostics = Vec::new();
        self.ledger = DisclosureLedger { counts: self.ledger.counts, ..DisclosureLedger::default() };
    }
}

/// Drops what a [complete](super::complete) site has gathered from its light disclosures and no page reads there any more:
/// economic figures, terms, and the functions of all but the newest disclosure of each department.
pub fn drop_what_is_gathered(site: &mut Site) {
    let newest: FxHashSet<usize> = site.departments.iter().filter_map(|it| it.disclosures.first().copied()).collect();
    for (index, published) in site.disclosures.iter_mut().enumerate() {
        published.economic = Vec::new();
        published.disclosure.terms = Vec::new();
        if !newest.contains(&index) {
            published.disclosure.functions = Vec::new();
        }
    }
}

/// Leaves the state of a statement; of its rows only that one could not be read.
fn lighten(statement: &mut Statement) {
    let unreadable = |row: &Row| row.unreadable;
    let witness = Row { line: 0, roles: Vec::new(), subjects: Vec::new(), cells: Vec::new(), unreadable: true };
    statement.rows = if statement.rows.iter().any(unreadable) { vec![witness] } else { Vec::new() };
    (statement.title, statement.columns, statement.notes) = (String::new(), Vec::new(), Vec::new());
}

/// Leaves name and amount of a project, and how many targets it has.
fn lighten_project(project: &mut Project) {
    project.funding = Vec::new();
    for indicator in &mut project.indicators {
        (indicator.name, indicator.target) = Default::default();
    }
}

/// Leaves the changes on last year of totals and of the three public expenses, with the amounts that changed.
fn keep_stated_changes(disclosure: &mut Disclosure) {
    let facts = std::mem::take(&mut disclosure.facts);
    for mut change in std::mem::take(&mut disclosure.changes) {
        let Some(fact) = change.fact.and_then(|index| facts.get(index as usize)) else { continue };
        let is_told = matches!(fact.subject.kind, SubjectKind::Total | SubjectKind::ThreePublic);
        if is_told && change.comparison == Comparison::PriorYear {
            change.fact = Some(disclosure.facts.len() as u32);
            disclosure.facts.push(fact.clone());
            disclosure.changes.push(Change { subject: String::new(), ..change });
        }
    }
}
