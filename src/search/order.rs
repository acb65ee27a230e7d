//! The order of the records: their numbers are their rank among equally good answers.
//!
//! Departments first; then the newest year, of one year final accounts before budgets, for they are published later;
//! then the largest amount. Records without an amount stand by type, name and text, so that equal texts are neighbours.

use std::cmp::Reverse;

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::kinds::RecordType;
use super::manifest::Segments;
use super::range::range;
use super::record::{Page, Record};
use crate::model::Kind;

/// The kinds in the order of the manifest.
pub(super) const KINDS: [Kind; 2] = [Kind::Final, Kind::Budget];

/// What neighbouring records have in common: year, kind, range of amounts. Facets select by it.
type Segment = (Reverse<u16>, u8, u8);

/// Sorts the records.
pub(super) fn sort(records: &mut [Record], pages: &[Page]) {
    let size = |record: &Record| Reverse(record.yuan.unwrap_or(Decimal::ZERO).abs());
    records.par_sort_by(|left, right| {
        let by_segment = segment(left, pages).cmp(&segment(right, pages));
        let by_size = || size(left).cmp(&size(right));
        let by_text = || {
            let left = (left.kind, &left.name, &left.text, left.page);
            left.cmp(&(right.kind, &right.name, &right.text, right.page))
        };
        by_segment.then_with(by_size).then_with(by_text)
    });
}

/// The runs of records that have year, kind and range in common.
pub(super) fn segments(records: &[Record], pages: &[Page]) -> Segments {
    let mut segments = Segments::default();
    let mut first = 0;
    for same in records.chunk_by(|left, right| segment(left, pages) == segment(right, pages)) {
        let (_, kind, range) = segment(&same[0], pages);
        segments.first.push(first);
        segments.year.push(pages[same[0].page as usize].year.unwrap_or_default());
        segments.account.push(if usize::from(kind) < KINDS.len() { i8::try_from(kind).unwrap_or(-1) } else { -1 });
        segments.range.push(range);
        first += same.len() as u32;
    }
    segments
}

fn segment(record: &Record, pages: &[Page]) -> Segment {
    let page = &pages[record.page as usize];
    let kind = page.kind.and_then(|kind| KINDS.iter().position(|known| *known == kind)).unwrap_or(KINDS.len());
    let year = if record.kind == RecordType::Department { u16::MAX } else { page.year.unwrap_or_default() };
    (Reverse(year), kind as u8, range(record.yuan))
}
