//! The order of the records: their numbers are their rank among equally good answers.
//!
//! Departments first; then the newest year, of one year final accounts before budgets, for they are published later;
//! then the largest amount. Records without an amount stand by type and name, so that equal names are neighbours; those
//! without a name of their own page by page, so that what one document tells is together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::entries::PackLabel;
use super::record::{Page, Record};
use crate::model::Kind;

/// The kinds in the order of the manifest.
pub(super) const KINDS: [Kind; 2] = [Kind::Final, Kind::Budget];

/// Neighbouring records that have year, kind and range of amounts in common. Facets select by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Segment {
    /// Departments have none and stand first.
    year: Reverse<u16>,
    kind: u8,
    pub(super) range: u8,
}

impl Segment {
    /// As the manifest tells it: 0 for departments and for what has no year.
    pub(super) fn year(self) -> u16 {
        if self.year.0 == u16::MAX { 0 } else { self.year.0 }
    }

    /// The kind as a number of the manifest.
    pub(super) fn account(self) -> i32 {
        super::index_or_none(Some(usize::from(self.kind)).filter(|kind| *kind < KINDS.len()))
    }
}

/// Packs: for each its page, and its number among those of the page.
pub(super) type Packs = Vec<(u32, usize)>;

/// The portions of a site in the order of their records: neighbouring records of one segment, with the packs that hold
/// them, by pages. Portions stay so small that one can be sorted in memory, however many documents there are. The first
/// so many pages are those of departments.
pub(super) fn portions<'s>(
    pages: &[Page],
    departments: usize,
    labels: impl Fn(u32) -> &'s [PackLabel],
) -> Vec<(Segment, Packs)> {
    let mut portions: BTreeMap<(Segment, u8), Packs> = BTreeMap::new();
    for (page, number) in pages.iter().zip(0..) {
        let year = if (number as usize) < departments { u16::MAX } else { page.year.unwrap_or_default() };
        let kind = page.kind.and_then(|kind| KINDS.iter().position(|known| *known == kind)).unwrap_or(KINDS.len());
        for (pack, label) in labels(number).iter().enumerate() {
            let segment = Segment { year: Reverse(year), kind: kind as u8, range: label.range };
            portions.entry((segment, label.portion)).or_default().push((number, pack));
        }
    }
    let cut = |((segment, portion), packs): ((Segment, u8), Packs)| {
        let parts = if portion == UNNAMED { by_pages(pages, &packs) } else { vec![packs] };
        parts.into_iter().map(move |packs| (segment, packs))
    };
    portions.into_iter().flat_map(cut).collect()
}

/// The portion of records without amount and name, which stand page by page.
const UNNAMED: u8 = u8::MAX;

/// In which portion of its segment a record stands, as far as the record alone can tell: those with an amount in the
/// first one, the others by type.
pub(super) fn portion(record: &Record) -> u8 {
    match (record.yuan, record.kind.is_named()) {
        (Some(_), _) => 0,
        (None, true) => 1 + record.kind as u8,
        (None, false) => UNNAMED,
    }
}

/// Portions of some dozens of pages. Where one ends depends on the address of the page that follows, so that a page that
/// is new moves no other end.
fn by_pages(pages: &[Page], packs: &Packs) -> Vec<Packs> {
    const PAGES: u8 = 64;
    let begins = |page: u32| blake3::hash(pages[page as usize].url.as_bytes()).as_bytes()[0].is_multiple_of(PAGES);
    packs.chunk_by(|_, (page, _)| !begins(*page)).map(<[_]>::to_vec).collect()
}

/// Sorts the records of a portion; those of a page that are equal in all of this stay in their order.
pub(super) fn sort(records: &mut [Record]) {
    let size = |record: &Record| Reverse(record.yuan.unwrap_or(Decimal::ZERO).abs());
    records.par_sort_by(|left, right| {
        let unnamed = |record: &Record| !record.kind.is_named();
        let by_name = || {
            let [left, right] = [left, right].map(|it| it.kind.is_named().then_some((it.kind, &it.name, &it.text)));
            left.cmp(&right)
        };
        let by_page = || left.page.cmp(&right.page);
        size(left)
            .cmp(&size(right))
            .then_with(|| unnamed(left).cmp(&unnamed(right)))
            .then_with(by_name)
            .then_with(by_page)
    });
}

/// The kind of a page as a number of the manifest.
pub(super) fn account(page: &Page) -> i32 {
    super::index_or_none(page.kind.and_then(|kind| KINDS.iter().position(|known| *known == kind)))
}

#[cfg(test)]
mod tests {
    use super::{portions, sort};
    use crate::search::RecordType;
    use crate::search::entries::{Entries, unpack};
    use crate::search::record::{Page, Record};

    /// A record of any type, with or without an amount, that stands on a page.
    fn record(number: usize, page: u32) -> Record {
        let text = |text: String| text.into();
        Record {
            kind: RecordType::ALL[number * 5 % RecordType::ALL.len()],
            name: text(format!("名称{}", number * 7919 % 31)),
            alias: "".into(),
            code: "".into(),
            text: text(format!("说明{}", number * 104_729 % 17)),
            amount: "".into(),
            yuan: number.is_multiple_of(3).then(|| (number * 31_337 % 2_000_000).into()),
            url: text(format!("#r{number}")),
            page,
        }
    }

    #[test]
    fn portions_one_after_the_other_have_the_order_of_the_whole() {
        let pages: Vec<Page> = (0..300).map(|number| Page { url: format!("p{number}/"), ..Page::default() }).collect();
        let records = |page: u32| (0..20).map(|number| record(page as usize * 20 + number, page)).collect::<Vec<_>>();
        let entries: Vec<Entries> = (0..300).map(|page| Entries::new(records(page))).collect();
        let portions = portions(&pages, 0, |page| &entries[page as usize].labels);
        let (mut one_by_one, mut segments) = (Vec::new(), Vec::new());
        for (segment, packs) in &portions {
            let packs = packs.iter().map(|(page, number)| (*page, &entries[*page as usize].packs[*number]));
            let mut records: Vec<Record> = packs.flat_map(|(page, bytes)| unpack(bytes, page)).collect();
            sort(&mut records);
            segments.extend(std::iter::repeat_n(*segment, records.len()));
            one_by_one.extend(records);
        }
        let mut whole: Vec<_> = segments.iter().copied().zip(one_by_one.clone()).collect();
        // In any other order before, but for those of a page that are equal.
        whole.sort_by_key(|(segment, record)| (*segment, record.url[2..].parse::<usize>().unwrap()));
        let sorted = whole.chunk_by(|left, right| left.0 == right.0).flat_map(|segment| {
            let mut records: Vec<Record> = segment.iter().map(|(_, record)| record.clone()).collect();
            sort(&mut records);
            records
        });
        assert_eq!(sorted.collect::<Vec<_>>(), one_by_one);
        assert!(portions.len() > RecordType::ALL.len(), "{} portions", portions.len());
        assert_eq!(one_by_one.len(), 6000);
    }
}
