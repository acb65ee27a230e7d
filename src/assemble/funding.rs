//! Where the money of a disclosure comes from, as one list of sources that adds up to the income total.

use compact_str::CompactString;

use super::site::{Site, Sourced};
use crate::model::{Disclosure, Fact, StatementKind, SubjectKind};

/// One source of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingSource {
    /// The fund, in the words of [`crate::model::Measure::fund`], or `carried_in`.
    pub code: CompactString,
    /// Its name as printed.
    pub label: CompactString,
    /// How much.
    pub value: Sourced,
}

/// The income items of the summary statement and what was carried over; items without an amount are left out.
pub(super) fn sources(site: &Site, index: usize) -> Vec<FundingSource> {
    let disclosure = &site.disclosures[index].disclosure;
    let mut sources: Vec<FundingSource> = Vec::new();
    for fact in disclosure.facts.iter().filter(|fact| is_source(fact, disclosure)) {
        if !sources.iter().any(|source| source.code == fact.subject.code) {
            sources.push(FundingSource {
                code: fact.subject.code.clone(),
                label: fact.subject.label.clone(),
                value: Sourced { disclosure: index, amount: fact.amount.clone() },
            });
        }
    }
    if let (Some(amount), false) = (&disclosure.figures.carried_in, sources.is_empty()) {
        sources.push(FundingSource {
            code: CompactString::const_new("carried_in"),
            label: CompactString::const_new("上年结转结余"),
            value: Sourced { disclosure: index, amount: amount.clone() },
        });
    }
    sources
}

fn is_source(fact: &Fact, disclosure: &Disclosure) -> bool {
    fact.statement == Some(StatementKind::RevenueExpenditure)
        && fact.subject.kind == SubjectKind::IncomeItem
        && !fact.subject.of_which
        && Some(fact.measure.year) == disclosure.identity.year
}
