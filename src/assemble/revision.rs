//! What changed between two versions of one disclosure, number by number.

use std::collections::BTreeMap;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::site::{Site, Sourced};
use crate::model::{Disclosure, Fact, StatementKind, SubjectKind};

/// A disclosure and the version that it replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Index of the older version.
    pub older: usize,
    /// Index of the newer one.
    pub newer: usize,
    /// The amounts that differ, in the order of the newer document; those that it no longer has come last.
    pub changes: Vec<RevisedAmount>,
    /// How many amounts are the same in both.
    pub unchanged: usize,
}

/// An amount that is not the same in both versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisedAmount {
    /// The statement; `None` for the text.
    pub statement: Option<StatementKind>,
    /// What it is an amount of.
    pub code: CompactString,
    /// Its name.
    pub label: CompactString,
    /// `total`, `basic`, `project`, …
    pub nature: CompactString,
    /// `all`, `general_public`, …
    pub fund: CompactString,
    /// In the older version.
    pub older: Option<Sourced>,
    /// In the newer version.
    pub newer: Option<Sourced>,
}

/// All revisions, in the order of the disclosures.
pub(super) fn revisions(site: &Site) -> Vec<Revision> {
    let replaced = site.disclosures.iter().enumerate();
    replaced
        .filter_map(|(older, published)| Some((older, published.replaced_by?)))
        .map(|(older, newer)| revision(site, older, newer))
        .collect()
}

/// What an amount is an amount of. Equal keys are told apart by their order.
type Key<'a> = (Option<StatementKind>, SubjectKind, &'a str, &'a str, &'a str, &'a str, crate::model::Phase, u16);

fn key(fact: &Fact) -> Key<'_> {
    let (subject, measure) = (&fact.subject, &fact.measure);
    // A code decides; its name may be spelt in two ways.
    let label = if subject.code.is_empty() { subject.label.as_str() } else { "" };
    (fact.statement, subject.kind, &subject.code, label, &measure.nature, &measure.fund, measure.phase, measure.year)
}

fn by_key(disclosure: &Disclosure) -> BTreeMap<Key<'_>, Vec<&Fact>> {
    let mut facts: BTreeMap<Key<'_>, Vec<&Fact>> = BTreeMap::new();
    for fact in &disclosure.facts {
        facts.entry(key(fact)).or_default().push(fact);
    }
    facts
}

fn revision(site: &Site, older: usize, newer: usize) -> Revision {
    let [before, after] = [older, newer].map(|index| by_key(&site.disclosures[index].disclosure));
    let mut changes: Vec<((bool, u32), RevisedAmount)> = Vec::new();
    let mut unchanged = 0;
    let keys: std::collections::BTreeSet<&Key<'_>> = before.keys().chain(after.keys()).collect();
    for key in keys {
        let [old, new] = [before.get(key), after.get(key)].map(|facts| facts.map_or(&[][..], Vec::as_slice));
        for place in 0..old.len().max(new.len()) {
            let (old, new) = (old.get(place).copied(), new.get(place).copied());
            if let (Some(old), Some(new)) = (old, new)
                && old.amount.yuan == new.amount.yuan
            {
                unchanged += 1;
                continue;
            }
            let order = (new.is_none(), new.or(old).map_or(0, |fact| fact.amount.place.line));
            changes.extend(changed(old, new, older, newer).map(|change| (order, change)));
        }
    }
    changes.sort_by_key(|(order, _)| *order);
    Revision { older, newer, changes: changes.into_iter().map(|(_, change)| change).collect(), unchanged }
}

fn changed(old: Option<&Fact>, new: Option<&Fact>, older: usize, newer: usize) -> Option<RevisedAmount> {
    let told = new.or(old)?;
    let sourced =
        |fact: Option<&Fact>, disclosure| fact.map(|fact| Sourced { disclosure, amount: fact.amount.clone() });
    Some(RevisedAmount {
        statement: told.statement,
        code: told.subject.code.clone(),
        label: told.subject.label.clone(),
        nature: told.measure.nature.clone(),
        fund: told.measure.fund.clone(),
        older: sourced(old, older),
        newer: sourced(new, newer),
    })
}

#[cfg(test)]
mod tests {
    use crate::assemble::samples::{amount, disclosure, fact, site};
    use crate::model::{Kind, SubjectKind};

    #[test]
    fn the_amounts_that_differ_are_found_and_the_others_counted() {
        let version = |file: &str, date: &str, total: i64, others: &[(&str, i64)]| {
            let mut version = disclosure(file, "甲局", 2025, Kind::Budget, total);
            version.identity.published = Some(date.into());
            version
                .facts
                .extend(others.iter().map(|(code, yuan)| fact(SubjectKind::Function, code, 2025, amount(*yuan))));
            version
        };
        let site = site(
            "",
            vec![
                version("a.txt", "2025-02-01", 10, &[("201", 4), ("208", 5), ("208", 1), ("210", 3)]),
                version("b.txt", "2025-03-01", 12, &[("201", 4), ("208", 7), ("208", 1), ("221", 2)]),
            ],
        );
        let [revision] = &site.revisions[..] else { panic!("one revision: {:?}", site.revisions) };
        let told: Vec<_> = revision
            .changes
            .iter()
            .map(|change| {
                let yuan =
                    |side: &Option<crate::assemble::Sourced>| side.as_ref().map(|one| one.amount.yuan.to_string());
                (change.code.as_str(), yuan(&change.older), yuan(&change.newer))
            })
            .collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            told,
            [
                ("expenditure_total", some("100000"), some("120000")),
                ("208", some("50000"), some("70000")),
                ("221", None, some("20000")),
                ("210", some("30000"), None),
            ]
        );
        assert_eq!(revision.unchanged, 2);
        assert_eq!(site.disclosures[revision.newer].replaced_by, None);
    }
}
