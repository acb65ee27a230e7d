//! What all parts of a department's page have in common.

use crate::assemble::{Department, PublishedDisclosure, Sourced};
use crate::model::{Amount, Change, StatementKind, ThreePublicPart};
use crate::render::elements::exhibit::Reason;
use crate::render::elements::table::Cell;
use crate::render::page::Renderer;
use crate::render::wording::figure::Figures;
use crate::render::wording::links;
use crate::render::wording::sentence::Sentences;

use super::surroundings::Surroundings;

/// A department with its newest disclosure, and what makes words and numbers of them.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) renderer: &'a Renderer<'a>,
    pub(super) department: &'a Department,
    /// What it shows of the rest of the site.
    pub(super) surroundings: &'a Surroundings,
    /// Index of the newest disclosure.
    pub(super) newest: usize,
    pub(super) published: &'a PublishedDisclosure,
    pub(super) sentences: Sentences<'a>,
    pub(super) figures: Figures<'a>,
}

impl<'a> Scene<'a> {
    /// The scene of a department, an index of the site; `None` for one without any disclosure.
    pub(super) fn new(renderer: &'a Renderer<'a>, department: usize, surroundings: &'a Surroundings) -> Option<Self> {
        let department = &renderer.site.departments[department];
        let newest = *department.disclosures.first()?;
        let figures = Figures::new(renderer.site, &renderer.words, &department.url);
        let sentences = Sentences { words: &renderer.words, figures };
        let published = &renderer.site.disclosures[newest];
        Some(Scene { renderer, department, surroundings, newest, published, sentences, figures })
    }

    /// Name and address of the region that it belongs to.
    pub(super) fn region(self) -> Option<&'a (String, String)> {
        self.surroundings.regions.last()
    }

    /// Words of the interface.
    pub(super) fn word(self, key: &'a str) -> &'a str {
        self.renderer.words.get(key)
    }

    /// Words of the interface with values.
    pub(super) fn words(self, key: &str, values: &[(&str, &str)]) -> String {
        self.renderer.words.fill(key, values)
    }

    /// The name of a part of the three public expenses.
    pub(super) fn part(self, part: ThreePublicPart) -> &'a str {
        self.renderer.words.among("three_public_part", part.word())
    }

    /// A name in a table, explained where the glossary knows it.
    pub(super) fn named(self, name: &str) -> Cell {
        match self.surroundings.terms.get(name).cloned() {
            Some((href, explanation)) => Cell::Term { text: name.to_owned(), href, explanation },
            None => Cell::Text(name.to_owned()),
        }
    }

    /// An amount of the newest disclosure with its source.
    pub(super) fn sourced(self, amount: &Option<Amount>) -> Option<Sourced> {
        crate::render::wording::sentence::sourced(self.newest, amount)
    }

    /// 「2025年部门预算」
    pub(super) fn edition(self) -> String {
        crate::render::elements::department_list::edition(self.renderer, self.newest)
    }

    /// The title of the newest disclosure, leading to the statement that the numbers come from.
    pub(super) fn source(self, kinds: &[StatementKind]) -> Option<(String, String)> {
        let statements = &self.published.disclosure.statements;
        let position = kinds.iter().find_map(|kind| statements.iter().position(|one| one.kind == *kind));
        let anchor = position.map(|index| format!("#s{}", index + 1)).unwrap_or_default();
        let href = links::href(&self.department.url, &format!("{}{anchor}", self.published.url));
        Some((self.published.title.clone(), href))
    }

    /// A stated reason with the link to its line.
    pub(super) fn reason(self, subject: &str, disclosure: usize, change: &Change) -> Option<Reason> {
        let published = &self.renderer.site.disclosures[disclosure];
        Reason::new(&self.renderer.words, &self.department.url, subject, published, change)
    }
}
