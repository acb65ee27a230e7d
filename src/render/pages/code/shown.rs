//! What the page of a code shows of the site: while this is the same, so is the page.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::assemble::{CodeEdition, CodeItem, Site, Sourced};
use crate::model::{Amount, Kind};

/// What the page of a code shows.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'s> {
    code: &'s str,
    name: &'s str,
    other_names: Vec<&'s str>,
    /// The code above.
    above: Option<(&'s str, &'s str)>,
    editions: Vec<Edition<'s>>,
    /// The codes directly below.
    below: Vec<Below<'s>>,
}

#[derive(Debug, Serialize)]
struct Edition<'s> {
    year: u16,
    kind: Kind,
    total: Total,
    of: usize,
    spenders: Vec<Spender<'s>>,
}

/// A department with what it spends, and the disclosure that says so.
#[derive(Debug, Serialize)]
struct Spender<'s> {
    name: &'s str,
    url: &'s str,
    amount: &'s Amount,
    disclosure: &'s str,
    sources: Vec<&'s str>,
}

/// A code with its sum and how many spend on it in the main edition.
#[derive(Debug, Serialize)]
struct Below<'s> {
    code: &'s str,
    name: &'s str,
    spent: Option<(Total, usize)>,
}

/// A sum with one step of its last place.
type Total = (Decimal, Decimal);

impl<'s> Shown<'s> {
    pub(super) fn new(site: &'s Site, item: &'s CodeItem) -> Self {
        let main = item.main_edition();
        let same_list = || site.codes.iter().filter(|other| other.classification == item.classification);
        let below = same_list().filter(|other| other.parent == item.code).map(|other| {
            let own = main.and_then(|main| other.edition(main.year, main.kind));
            Below { code: &other.code, name: &other.name, spent: own.map(|own| (total(own), own.spenders.len())) }
        });
        Shown {
            code: &item.code,
            name: &item.name,
            other_names: item.other_names.iter().map(|name| &**name).collect(),
            above: same_list().find(|other| other.code == item.parent).map(|above| (&*above.code, &*above.name)),
            editions: item.editions.iter().map(|edition| self::edition(site, edition)).collect(),
            below: below.collect(),
        }
    }
}

fn edition<'s>(site: &'s Site, edition: &'s CodeEdition) -> Edition<'s> {
    let spender = |(department, spent): &'s (usize, Sourced)| {
        let department = &site.departments[*department];
        let published = &site.disclosures[spent.disclosure];
        Spender {
            name: &department.name,
            url: &department.url,
            amount: &spent.amount,
            disclosure: &published.url,
            sources: published.disclosure.sources.iter().map(|source| &*source.path).collect(),
        }
    };
    Edition {
        year: edition.year,
        kind: edition.kind,
        total: total(edition),
        of: edition.of,
        spenders: edition.spenders.iter().map(spender).collect(),
    }
}

fn total(edition: &CodeEdition) -> Total {
    (edition.sum.yuan, edition.sum.quantum)
}
