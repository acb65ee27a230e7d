//! What the pages of the checks show, gathered from one ledger after the other.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::first::First;
use super::overview::DocumentRow;
use super::rule::{RuleRecord, add};
use super::{DOCUMENTS, GROUPS, overview, rule};
use crate::assemble::PublishedDisclosure;
use crate::audit::Rules;
use crate::model::{Class, FindingSeverity, LedgerCounts};
use crate::render::pages::gathered::Kept;
use crate::render::wording::places::Places;
use crate::render::wording::words::Words;

/// What one disclosure adds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Part {
    counts: LedgerCounts,
    by_rule: BTreeMap<String, LedgerCounts>,
    row: DocumentRow,
    has_findings: bool,
    severities: Vec<(FindingSeverity, Class)>,
    groups: Vec<Kept>,
    cards: Vec<(String, Kept)>,
}

impl Part {
    /// What a disclosure adds, with its findings and every evaluation.
    pub(crate) fn new(words: &Words, published: &PublishedDisclosure, places: &Places<'_>) -> Self {
        let findings = &published.ledger.findings;
        Part {
            counts: published.ledger.counts,
            by_rule: rule::counts(published),
            row: overview::document_row(published),
            has_findings: !findings.is_empty(),
            severities: findings.iter().map(|finding| (finding.severity, finding.class)).collect(),
            groups: overview::groups(words, published).iter().map(Kept::new).collect(),
            cards: rule::cards(words, published, places)
                .into_iter()
                .map(|(rule, card)| (rule, Kept::new(&card)))
                .collect(),
        }
    }
}

/// What all disclosures add, in whatever order they come.
#[derive(Debug)]
pub(crate) struct Gathered {
    /// The rules of the catalogue in its order, then any other that a ledger names.
    pub(super) rules: Vec<RuleRecord>,
    /// How many rules the catalogue has.
    known: usize,
    /// Their places by code.
    places: HashMap<String, usize>,
    pub(super) totals: LedgerCounts,
    pub(super) severities: BTreeMap<(FindingSeverity, Class), usize>,
    documents: usize,
    /// By whether nothing was found, then in the site's order.
    rows: First<(bool, usize), DocumentRow>,
    groups: First<(usize, usize), Kept>,
}

impl Gathered {
    /// Nothing yet, for the rules of a catalogue.
    pub(crate) fn new(catalogue: &'static Rules) -> Self {
        let rules: Vec<RuleRecord> =
            catalogue.all().iter().map(|rule| RuleRecord::new(&rule.code, Some(rule))).collect();
        Gathered {
            places: rules.iter().map(|record| record.code.clone()).zip(0..).collect(),
            rules,
            known: catalogue.all().len(),
            totals: LedgerCounts::default(),
            severities: BTreeMap::new(),
            documents: 0,
            rows: First::new(DOCUMENTS),
            groups: First::new(GROUPS),
        }
    }

    /// Adds what the disclosure with this index adds.
    pub(crate) fn add(&mut self, index: usize, part: Part) {
        self.documents += 1;
        add(&mut self.totals, part.counts);
        self.rows.push((!part.has_findings, index), part.row.clone());
        for key in part.severities {
            *self.severities.entry(key).or_default() += 1;
        }
        for (number, group) in part.groups.into_iter().enumerate() {
            self.groups.push((index, number), group);
        }
        for (code, counts) in part.by_rule {
            self.rule(&code).add(index, &part.row, counts);
        }
        for (number, (code, card)) in part.cards.into_iter().enumerate() {
            self.rule(&code).cards.push((index, number), card);
        }
    }

    fn rule(&mut self, code: &str) -> &mut RuleRecord {
        let place = match self.places.get(code) {
            Some(place) => *place,
            None => {
                self.rules.push(RuleRecord::new(code, None));
                let place = self.rules.len() - 1;
                self.places.insert(code.to_owned(), place);
                place
            }
        };
        &mut self.rules[place]
    }

    /// Everything in the order of the pages.
    pub(super) fn finish(mut self) -> Finished {
        self.rules[self.known..].sort_by(|left, right| left.code.cmp(&right.code));
        let mut rows = self.rows.in_order();
        rows.sort_by_key(|((_, index), _)| *index);
        let group_count = self.groups.count();
        Finished {
            rules: self.rules,
            totals: self.totals,
            severities: self.severities,
            documents_not_shown: self.documents - rows.len(),
            documents: rows.into_iter().map(|(_, row)| row).collect(),
            groups: self.groups.in_order().into_iter().map(|(_, group)| group.values()).collect(),
            group_count,
        }
    }
}

/// What the pages show.
pub(super) struct Finished {
    pub(super) rules: Vec<RuleRecord>,
    pub(super) totals: LedgerCounts,
    pub(super) severities: BTreeMap<(FindingSeverity, Class), usize>,
    pub(super) documents: Vec<DocumentRow>,
    pub(super) documents_not_shown: usize,
    pub(super) groups: Vec<serde_json::Value>,
    pub(super) group_count: usize,
}
