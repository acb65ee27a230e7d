//! What pages of the whole site need of disclosures, taken while they are there in full.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::assemble::PublishedDisclosure;
use crate::audit::Rules;
use crate::render::pages::{changes, checks};
use crate::render::wording::places::Places;
use crate::render::wording::words::Words;

/// What one disclosure adds.
#[derive(Debug, Serialize, Deserialize)]
pub struct Part {
    checks: checks::Part,
    answers: Vec<Kept>,
}

/// Finished values of a template as JSON text, so that they can be kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept(String);

impl Kept {
    /// Keeps values.
    pub(super) fn new(values: &impl Serialize) -> Self {
        // Texts and numbers always have a JSON form.
        Kept(serde_json::to_string(values).unwrap_or_default())
    }

    /// The values for a template.
    pub(super) fn values(&self) -> serde_json::Value {
        serde_json::from_str(&self.0).unwrap_or_default()
    }
}

impl Part {
    pub(super) fn new(words: &Words, published: &PublishedDisclosure, places: &Places<'_>) -> Self {
        Part {
            checks: checks::Part::new(words, published, places),
            answers: changes::answers(published).iter().map(Kept::new).collect(),
        }
    }
}

/// What all disclosures add. Pages show the first of many, so this does not grow with the site.
#[derive(Debug)]
pub struct Gathered {
    pub(super) checks: checks::Gathered,
    answers: BTreeMap<usize, Vec<Kept>>,
}

impl Gathered {
    /// Nothing yet, of a site that was checked against these rules.
    pub fn new(rules: &'static Rules) -> Self {
        Gathered { checks: checks::Gathered::new(rules), answers: BTreeMap::new() }
    }

    /// Adds what the disclosure with this index adds; they may come in any order.
    pub fn add(&mut self, index: usize, part: Part) {
        self.checks.add(index, part.checks);
        if !part.answers.is_empty() {
            self.answers.insert(index, part.answers);
        }
    }

    /// The answers to findings in the site's order.
    pub(super) fn answers(&self) -> Vec<serde_json::Value> {
        self.answers.values().flatten().map(Kept::values).collect()
    }
}
