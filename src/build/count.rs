//! How much was read and found.

use super::Counts;
use crate::assemble::{PublishedDisclosure, Site};

/// Counts a site whose disclosures are held in full.
pub(super) fn count(counts: &mut Counts, site: &Site) {
    counts.disclosures += site.disclosures.len();
    for published in &site.disclosures {
        counts.statements += published.disclosure.statements.len();
        counts.facts += published.disclosure.facts.len();
        let (sum, one) = (&mut counts.ledger, &published.ledger.counts);
        sum.pass += one.pass;
        sum.rounding += one.rounding;
        sum.fail += one.fail;
        sum.not_applicable += one.not_applicable;
        sum.unreadable += one.unreadable;
        count_findings(counts, published);
    }
}

/// Counts the findings of a disclosure that are not waived.
pub(super) fn count_findings(counts: &mut Counts, published: &PublishedDisclosure) {
    let mut any = false;
    for finding in published.ledger.findings.iter().filter(|finding| finding.waived.is_none()) {
        counts.findings[finding.severity as usize] += 1;
        *counts.findings_by_rule.entry(finding.rule.clone()).or_default() += 1;
        any = true;
    }
    counts.disclosures_with_findings += usize::from(any);
}

/// Adds what was counted elsewhere; sources and bytes are not counted there.
pub(super) fn add(sum: &mut Counts, other: &Counts) {
    sum.disclosures += other.disclosures;
    sum.statements += other.statements;
    sum.facts += other.facts;
    let (ledger, one) = (&mut sum.ledger, &other.ledger);
    ledger.pass += one.pass;
    ledger.rounding += one.rounding;
    ledger.fail += one.fail;
    ledger.not_applicable += one.not_applicable;
    ledger.unreadable += one.unreadable;
    sum.findings.iter_mut().zip(other.findings).for_each(|(sum, one)| *sum += one);
    for (rule, count) in &other.findings_by_rule {
        *sum.findings_by_rule.entry(rule.clone()).or_default() += count;
    }
    sum.disclosures_with_findings += other.disclosures_with_findings;
}
