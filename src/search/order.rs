//! The order of the records: their numbers are their rank among equally good answers.
//!
//! Departments first; then the newest year, the largest range of amounts, final accounts before budgets, the type, the
//! largest amount. Records that agree in all of it stand by name and text, so that equal texts are neighbours.

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

/// What neighbouring records have in common: year, range, kind, type. All but the type are what facets select.
type Segment = (Reverse<u16>, u8, u8, RecordType);

/// Sorts the records.
pub(super) fn sort(records: &mut [Record<'_>], pages: &[Page]) {
    let size = |record: &Record<'_>| Reverse(record.yuan.unwrap_or(Decimal::ZERO).abs());
    records.par_sort_by(|left, right| {
        let by_segment = segment(left, pages).cmp(&segment(right, pages));
        let by_size = || size(left).cmp(&size(right));
        let by_text = || (&left.name, &left.text, left.page).cmp(&(&right.name, &right.text, right.page));
        by_segment.then_with(by_size).then_with(by_text)
    });
}

/// The runs of records that have year, range, kind and type in common.
pub(super) fn segments(records: &[Record<'_>], pages: &[Page]) -> Segments {
    let mut segments = Segments::default();
    let mut first = 0;
    for same in records.chunk_by(|left, right| segment(left, pages) == segment(right, pages)) {
        let (_, range, kind, record_type) = segment(&same[0], pages);
        segments.first.push(first);
        segments.kind.push(record_type as u8);
        segments.year.push(pages[same[0].page as usize].year.unwrap_or_default());
        segments.account.push(if usize::from(kind) < KINDS.len() { i8::try_from(kind).unwrap_or(-1) } else { -1 });
        segments.range.push(range);
        first += same.len() as u32;
    }
    segments
}

fn segment(record: &Record<'_>, pages: &[Page]) -> Segment {
    let page = &pages[record.page as usize];
    let kind = page.kind.and_then(|kind| KINDS.iter().position(|known| *known == kind)).unwrap_or(KINDS.len());
    let year = if record.kind == RecordType::Department { u16::MAX } else { page.year.unwrap_or_default() };
    (Reverse(year), range(record.yuan), kind as u8, record.kind)
}
