//! The page of a rule: what must hold and why, how it ended in each document, and every finding with both lines.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rust_decimal::Decimal;
use serde::Serialize;
use tera::Context;

use super::first::First;
use super::overview;
use super::{CARDS, DOCUMENTS};
use crate::assemble::PublishedDisclosure;
use crate::audit::{Rule, Tolerance};
use crate::model::{Finding, LedgerCounts, LedgerEntry, Outcome};
use crate::render::elements::finding_card::{
    FindingCard, Quotes, card, outcome_sign, outcome_words, rule_url, severity_words,
};
use crate::render::page::{Page, Renderer};
use crate::render::pages::gathered::Kept;
use crate::render::supply::{PageSupply, supply};
use crate::render::wording::escape::visible;
use crate::render::wording::links;
use crate::render::wording::places::Places;
use crate::render::wording::words::Words;

/// What is known about a rule over the whole site.
#[derive(Debug)]
pub(super) struct RuleRecord {
    pub(super) code: String,
    /// Its words; `None` for a code that the catalogue does not have.
    pub(super) rule: Option<&'static Rule>,
    /// Over all documents.
    pub(super) counts: LedgerCounts,
    /// How many documents it was evaluated in.
    documents: usize,
    /// How it ended in each document that it applies to: by whether it only passed, then in the site's order.
    rows: First<(bool, usize), DocumentRow>,
    /// Its findings by disclosure and number.
    pub(super) cards: First<(usize, usize), Kept>,
}

/// A finding on the page of its rule.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CardOfRule {
    finding: FindingCard,
    disclosure: String,
    /// The finding on the disclosure's page.
    href: String,
    subject: String,
    tolerance: String,
    state: String,
}

#[derive(Debug, Clone, Serialize)]
struct DocumentRow {
    title: String,
    href: String,
    outcomes: Vec<u32>,
}

#[derive(Debug, Serialize)]
struct RuleValues {
    code: String,
    name: &'static str,
    sentence: &'static str,
    reason: &'static str,
    tolerance: String,
    sign: &'static str,
    severity_label: String,
    findings: usize,
    not_shown: usize,
}

impl RuleRecord {
    /// A rule of which nothing is known yet.
    pub(super) fn new(code: &str, rule: Option<&'static Rule>) -> Self {
        RuleRecord {
            code: code.to_owned(),
            rule,
            counts: LedgerCounts::default(),
            documents: 0,
            rows: First::new(DOCUMENTS),
            cards: First::new(CARDS),
        }
    }

    /// Adds how it ended in a document.
    pub(super) fn add(&mut self, index: usize, document: &overview::DocumentRow, counts: LedgerCounts) {
        add(&mut self.counts, counts);
        self.documents += 1;
        let differs = counts.rounding + counts.fail + counts.unreadable > 0;
        if differs || counts.pass > 0 {
            let row = DocumentRow {
                title: document.title.clone(),
                href: links::href(&rule_url(&self.code), &document.url),
                outcomes: outcomes(counts),
            };
            self.rows.push((!differs, index), row);
        }
    }
}

/// What the page of a rule shows of the site.
#[derive(Debug, Serialize)]
struct Shown {
    code: String,
    #[serde(skip)]
    rule: Option<&'static Rule>,
    counts: LedgerCounts,
    documents: usize,
    listed: usize,
    rows: Vec<DocumentRow>,
    findings: usize,
    cards: Vec<Kept>,
}

/// Supplies the pages.
pub(super) fn write(renderer: &Renderer<'_>, records: Vec<RuleRecord>, pages: &dyn PageSupply) {
    records.into_par_iter().for_each(|record| {
        let shown = Shown::new(record);
        supply(renderer, pages, &rule_url(&shown.code), &shown, &|renderer| write_page(renderer, &shown));
    });
}

impl Shown {
    fn new(record: RuleRecord) -> Self {
        let (listed, findings) = (record.rows.count(), record.cards.count());
        let mut rows = record.rows.in_order();
        rows.sort_by_key(|((_, index), _)| *index);
        Shown {
            code: record.code,
            rule: record.rule,
            counts: record.counts,
            documents: record.documents,
            listed,
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            findings,
            cards: record.cards.in_order().into_iter().map(|(_, card)| card).collect(),
        }
    }
}

fn write_page(renderer: &Renderer<'_>, record: &Shown) {
    let url = rule_url(&record.code);
    let (sign, severity_label) =
        record.rule.map_or(("", String::new()), |rule| severity_words(&renderer.words, rule.severity));
    let name = renderer.words.rule_name(&record.code);
    let findings: Vec<serde_json::Value> = record.cards.iter().map(Kept::values).collect();
    let values = RuleValues {
        code: record.code.clone(),
        name,
        sentence: renderer.words.rule_sentence(&record.code),
        reason: record.rule.map_or("", |rule| rule.reason_in(renderer.words.language())),
        tolerance: record.rule.map_or_else(String::new, |rule| tolerance_word(&renderer.words, rule.tolerance)),
        sign,
        severity_label,
        findings: record.findings,
        not_shown: record.findings - findings.len(),
    };
    let mut context = Context::new();
    context.insert("rule", &values);
    context.insert("outcomes", &outcome_heads(&renderer.words));
    context.insert("totals", &outcomes(record.counts));
    context.insert("documents", &record.rows);
    context.insert("documents_not_shown", &(record.documents - record.listed));
    context.insert("documents_left_out", &(record.listed - record.rows.len()));
    context.insert("findings", &findings);
    let page = Page {
        title: format!("{} {name}", record.code).trim_end().to_owned(),
        description: if values.sentence.is_empty() { values.code.clone() } else { values.sentence.to_owned() },
        section: "checks",
        above: vec![(renderer.words.get("navigation.checks").to_owned(), "checks/".to_owned())],
        url,
        ..Page::default()
    };
    renderer.page(&page, "rule.html", context);
}

/// A head of a table of outcomes.
#[derive(Debug, Serialize)]
pub(super) struct OutcomeHead {
    sign: &'static str,
    class: &'static str,
    label: String,
    hint: String,
}

/// The outcomes in the order of [`outcomes`].
pub(super) fn outcome_heads(words: &Words) -> Vec<OutcomeHead> {
    let all = [Outcome::Pass, Outcome::Rounding, Outcome::Fail, Outcome::NotApplicable, Outcome::Unreadable];
    let head = |outcome| {
        let (sign, class) = outcome_sign(outcome);
        let word = |key: &str| words.get(&format!("{key}.{class}")).to_owned();
        OutcomeHead { sign, class, label: word("outcome"), hint: word("outcome_hint") }
    };
    all.into_iter().map(head).collect()
}

/// Counts in the order of [`outcome_heads`].
pub(super) fn outcomes(counts: LedgerCounts) -> Vec<u32> {
    vec![counts.pass, counts.rounding, counts.fail, counts.not_applicable, counts.unreadable]
}

pub(super) fn add(sum: &mut LedgerCounts, counts: LedgerCounts) {
    sum.pass += counts.pass;
    sum.rounding += counts.rounding;
    sum.fail += counts.fail;
    sum.not_applicable += counts.not_applicable;
    sum.unreadable += counts.unreadable;
}

/// How each rule ended in a disclosure.
pub(super) fn counts(published: &PublishedDisclosure) -> BTreeMap<String, LedgerCounts> {
    let mut counts: BTreeMap<String, LedgerCounts> = BTreeMap::new();
    // The entries of a rule stand together.
    for entries in published.ledger.entries.chunk_by(|left, right| left.rule == right.rule) {
        let counts = counts.entry(entries[0].rule.to_string()).or_default();
        for entry in entries {
            *match entry.outcome {
                Outcome::Pass => &mut counts.pass,
                Outcome::Rounding => &mut counts.rounding,
                Outcome::Fail => &mut counts.fail,
                Outcome::NotApplicable => &mut counts.not_applicable,
                Outcome::Unreadable => &mut counts.unreadable,
            } += 1;
        }
    }
    counts
}

/// The findings of a disclosure as the pages of their rules show them.
pub(super) fn cards(words: &Words, published: &PublishedDisclosure, places: &Places<'_>) -> Vec<(String, CardOfRule)> {
    let card = |(index, finding): (usize, &Finding)| {
        let card = card_of_rule(words, &rule_url(&finding.rule), published, places, index)?;
        Some((finding.rule.to_string(), card))
    };
    published.ledger.findings.iter().enumerate().filter_map(card).collect()
}

fn card_of_rule(
    words: &Words,
    page: &str,
    published: &PublishedDisclosure,
    places: &Places<'_>,
    index: usize,
) -> Option<CardOfRule> {
    let finding = published.ledger.findings.get(index)?;
    let entry = entry_of(published, finding);
    Some(CardOfRule {
        finding: card(words, page, published, places, index, Quotes::First)?,
        disclosure: visible(&published.title),
        href: links::href(page, &format!("{}#f{}", published.url, index + 1)),
        subject: entry.map_or_else(String::new, |entry| visible(&entry.subject)),
        tolerance: entry.map_or_else(String::new, |entry| tolerance_text(words, &finding.rule, entry.tolerance)),
        state: match (&finding.waived, entry.map(|entry| entry.outcome)) {
            (Some(_), _) => words.get("rule.waived").to_owned(),
            (None, Some(outcome)) => outcome_words(words, outcome).1,
            (None, None) => severity_words(words, finding.severity).1,
        },
    })
}

/// The evaluation that a finding comes from: the one of its rule that looked at the place at fault.
fn entry_of<'a>(published: &'a PublishedDisclosure, finding: &Finding) -> Option<&'a LedgerEntry> {
    let fault = finding.places.first()?;
    published.ledger.entries.iter().find(|entry| {
        let not_passed = !matches!(entry.outcome, Outcome::Pass | Outcome::NotApplicable);
        entry.rule == finding.rule
            && not_passed
            && (entry.left.places.contains(fault) || entry.right.places.contains(fault))
    })
}

/// How far apart the sides may be, in words.
fn tolerance_word(words: &Words, tolerance: Tolerance) -> String {
    let key = match tolerance {
        Tolerance::Exact => "rule.tolerance_exact",
        Tolerance::Sum => "rule.tolerance_sum",
        Tolerance::Percent => "rule.tolerance_percent",
    };
    words.get(key).to_owned()
}

/// A tolerance in words: yuan, or percentage points for a rate.
fn tolerance_text(words: &Words, rule: &str, tolerance: Decimal) -> String {
    let is_rate = words.rules().get(rule).is_some_and(|rule| rule.tolerance == Tolerance::Percent);
    match (tolerance.is_zero(), is_rate) {
        (true, _) => "0".to_owned(),
        (false, true) => words.fill("rule.points", &[("points", &tolerance.normalize().to_string())]),
        (false, false) => words.fill("rule.yuan", &[("amount", &tolerance.normalize().to_string())]),
    }
}
