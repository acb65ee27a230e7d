//! Where the money of a disclosure comes from, as one list of sources that adds up to the income total.

use compact_str::CompactString;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::site::{Site, Sourced};
use crate::model::{Disclosure, Fact, StatementKind, SubjectKind};

/// One source of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingSource {
    /// The fund, in the words of [`crate::model::Measure::fund`], or `carried_in`.
    pub code: CompactString,
    /// Its name as printed.
    pub label: CompactString,
    /// How much.
    pub value: Sourced,
}

/// The funds that are sources of their own, in the words of the output contract; `appropriation` is the sum of the first
/// three where a document prints it above them.
const SOURCES: [&str; 10] = [
    "general_public",
    "government_fund",
    "state_capital",
    "appropriation",
    "special_account",
    "business",
    "business_operation",
    "superior_subsidy",
    "affiliated_remittance",
    "other",
];

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
    keep_one_level(&mut sources);
    if let (Some(amount), false) = (&disclosure.figures.carried_in, sources.is_empty()) {
        sources.push(FundingSource {
            code: CompactString::const_new("carried_in"),
            label: CompactString::const_new("上年结转结余"),
            value: Sourced { disclosure: index, amount: amount.clone() },
        });
    }
    sources
}

/// Leaves out 财政拨款 where the funds that make it up are told, and those where they do not make it up.
fn keep_one_level(sources: &mut Vec<FundingSource>) {
    let is_part = |source: &FundingSource| SOURCES[..3].contains(&source.code.as_str());
    let Some(whole) = sources.iter().find(|source| source.code == "appropriation") else { return };
    let whole = whole.value.amount.yuan;
    let parts: Decimal = sources.iter().filter(|source| is_part(source)).map(|source| source.value.amount.yuan).sum();
    if parts >= whole {
        sources.retain(|source| source.code != "appropriation");
    } else {
        sources.retain(|source| !is_part(source));
    }
}

fn is_source(fact: &Fact, disclosure: &Disclosure) -> bool {
    fact.statement == Some(StatementKind::RevenueExpenditure)
        && fact.subject.kind == SubjectKind::IncomeItem
        && SOURCES.contains(&fact.subject.code.as_str())
        && !fact.subject.of_which
        && Some(fact.measure.year) == disclosure.identity.year
}

#[cfg(test)]
mod tests {
    use crate::assemble::samples::{amount, disclosure, fact, site};
    use crate::model::{Fact, Kind, StatementKind, SubjectKind};

    #[test]
    fn a_source_is_not_counted_at_two_levels() {
        let sources = |told: &[(&str, i64)]| {
            let mut document = disclosure("a", "甲乙市财政局", 2024, Kind::Budget, 100);
            document.facts = told
                .iter()
                .map(|(code, value)| Fact {
                    statement: Some(StatementKind::RevenueExpenditure),
                    ..fact(SubjectKind::IncomeItem, code, 2024, amount(*value))
                })
                .collect();
            let site = site("", vec![document]);
            let codes = site.departments[0].funding.iter().map(|source| source.code.to_string());
            codes.collect::<Vec<_>>()
        };
        assert_eq!(
            sources(&[("appropriation", 90), ("general_public", 90), ("other", 10)]),
            ["general_public", "other"]
        );
        assert_eq!(
            sources(&[("appropriation", 90), ("general_public", 60), ("other", 10)]),
            ["appropriation", "other"]
        );
        assert_eq!(sources(&[("general_public", 90), ("basic", 60)]), ["general_public"]);
    }
}
