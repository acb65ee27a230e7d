//! The order of the records: their numbers are their rank among equally good answers.
//!
//! Departments first; then the newest year, of one year final accounts before budgets, for they are published later;
//! then the largest amount. Records without an amount stand by type and name, so that equal names are neighbours; those
//! without a name of their own page by page, so that what one document tells is together.

use std::cmp::Reverse;

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::kinds::RecordType;
use super::manifest::{Segments, last_at_most};
use super::range::range;
use super::record::{Page, Record};
use crate::model::Kind;

/// The kinds in the order of the manifest.
pub(super) const KINDS: [Kind; 2] = [Kind::Final, Kind::Budget];

/// What neighbouring records have in common: year, kind, range of amounts. Facets select by it.
type Segment = (Reverse<u16>, u8, u8);

/// Sorts the records; those of a page that are equal in all of this stay in their order.
pub(super) fn sort(records: &mut [Record], pages: &[Page]) {
    let size = |record: &Record| Reverse(record.yuan.unwrap_or(Decimal::ZERO).abs());
    records.par_sort_by(|left, right| {
        let by_segment = segment(left, pages).cmp(&segment(right, pages));
        let by_size = || size(left).cmp(&size(right));
        let unnamed = |record: &Record| !record.kind.is_named();
        let by_name = || {
            let [left, right] = [left, right].map(|it| it.kind.is_named().then_some((it.kind, &it.name, &it.text)));
            left.cmp(&right)
        };
        let by_page = || left.page.cmp(&right.page);
        by_segment
            .then_with(by_size)
            .then_with(|| unnamed(left).cmp(&unnamed(right)))
            .then_with(by_name)
            .then_with(by_page)
    });
}

/// The runs of records that have year, kind and range in common, by the shards that begin at `starts`.
pub(super) fn segments(records: &[Record], pages: &[Page], starts: &[usize]) -> Segments {
    let mut segments = Segments::default();
    let mut first = 0;
    for same in records.chunk_by(|left, right| segment(left, pages) == segment(right, pages)) {
        let (_, _, range) = segment(&same[0], pages);
        let page = &pages[same[0].page as usize];
        segments.first.push(last_at_most(starts, first) as u32);
        segments.year.push(page.year.unwrap_or_default());
        segments.account.push(account(page));
        segments.range.push(range);
        first += same.len();
    }
    segments
}

/// The kind of a page as a number of the manifest.
pub(super) fn account(page: &Page) -> i32 {
    super::index_or_none(page.kind.and_then(|kind| KINDS.iter().position(|known| *known == kind)))
}

fn segment(record: &Record, pages: &[Page]) -> Segment {
    let page = &pages[record.page as usize];
    let kind = page.kind.and_then(|kind| KINDS.iter().position(|known| *known == kind)).unwrap_or(KINDS.len());
    let year = if record.kind == RecordType::Department { u16::MAX } else { page.year.unwrap_or_default() };
    (Reverse(year), kind as u8, range(record.yuan))
}
