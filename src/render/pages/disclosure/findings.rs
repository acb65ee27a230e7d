//! The findings of the page: those of one cause in one card, and what only informs apart from them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::assemble::PublishedDisclosure;
use crate::model::Finding;
use crate::render::elements::finding_card::{FindingCard, Quotes, card};
use crate::render::wording::places::Places;
use crate::render::wording::words::Words;

/// Findings of one cause: the gravest, and the others.
#[derive(Debug, Serialize)]
pub(super) struct FindingGroup {
    lead: FindingCard,
    others: Vec<FindingCard>,
}

/// The findings by cause, and the notices: what was repaired, and tails of rounding.
pub(super) fn findings(
    words: &Words,
    published: &PublishedDisclosure,
    places: &Places<'_>,
) -> (Vec<FindingGroup>, Vec<FindingCard>) {
    let mut groups = Vec::new();
    let mut notices = Vec::new();
    for group in by_cause(&published.ledger.findings) {
        let mut cards =
            group.into_iter().filter_map(|index| card(words, &published.url, published, places, index, Quotes::All));
        let Some(lead) = cards.next() else { continue };
        if lead.is_notice() {
            notices.push(lead);
            notices.extend(cards);
        } else {
            groups.push(FindingGroup { lead, others: cards.collect() });
        }
    }
    (groups, notices)
}

/// Indices of the findings, those of one cause together; the gravest cause first, within it the gravest finding.
pub(crate) fn by_cause(findings: &[Finding]) -> Vec<Vec<usize>> {
    let mut by_root: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        by_root.entry(&finding.root).or_default().push(index);
    }
    let gravity = |index: &usize| (findings[*index].severity, *index);
    let mut groups: Vec<Vec<usize>> = by_root.into_values().collect();
    for group in &mut groups {
        group.sort_by_key(gravity);
    }
    groups.sort_by_key(|group| group.first().map(gravity));
    groups
}
