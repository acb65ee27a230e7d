//! What the manifest and the script for `file://` tell of all records, noted as they pass.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::docs::Docs;
use super::fallback::Chosen;
use super::glyphs::Glyphs;
use super::kinds::RecordType;
use super::manifest::{Counts, Segments, Word};
use super::normalize;
use super::order::Segment;
use super::query::number;
use super::record::{Page, Record};
use super::word;
use crate::assemble::{Classification, Site};

/// What is known of the records so far.
#[derive(Debug, Default)]
pub(super) struct Survey {
    of_records: OfPortion,
    /// The segment of the portion that came last.
    last: Option<Segment>,
    pub(super) segments: Segments,
}

/// What is known of the records of a portion.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct OfPortion {
    by_type: BTreeMap<RecordType, u32>,
    classes: BTreeSet<String>,
    /// The characters of their texts.
    used: Glyphs,
    pub(super) chosen: Chosen,
}

impl OfPortion {
    /// The records that came last. Their numbers are counted from the shard of the first one.
    pub(super) fn last(docs: &Docs<'_>, pages: &[Page]) -> Self {
        let mut portion = OfPortion::default();
        let first = docs.last().next().map_or(0, |(_, shard, _)| shard);
        for (record, shard, place) in docs.last() {
            *portion.by_type.entry(record.kind).or_default() += 1;
            if let Some(class) = record.class().filter(|class| !portion.classes.contains(*class)) {
                portion.classes.insert(class.to_owned());
            }
            portion.chosen.add(record, number(shard - first, place), pages);
        }
        let records: Vec<&Record> = docs.last().map(|(record, ..)| record).collect();
        let used = records
            .par_chunks(4096)
            .map(|records| glyphs(records.iter().flat_map(|record| [&*record.name, &*record.text, &*record.code])));
        portion.used = used.reduce(Glyphs::default, |left, right| left.join(&right));
        portion
    }
}

impl Survey {
    /// Adds a portion of a segment, whose first record lies in the shard `first`.
    pub(super) fn add(&mut self, segment: Segment, first: usize, of_portion: OfPortion, pages: &[Page]) {
        if of_portion.by_type.is_empty() {
            return;
        }
        if self.last != Some(segment) {
            self.segments.first.push(first as u32);
            self.segments.year.push(segment.year());
            self.segments.account.push(segment.account());
            self.segments.range.push(segment.range);
        }
        self.last = Some(segment);
        let whole = &mut self.of_records;
        for (kind, count) in of_portion.by_type {
            *whole.by_type.entry(kind).or_default() += count;
        }
        whole.classes.extend(of_portion.classes);
        whole.used = std::mem::take(&mut whole.used).join(&of_portion.used);
        whole.chosen.join(of_portion.chosen, number(first, 0), pages);
    }

    /// The records for the script.
    pub(super) fn chosen(&self) -> &Chosen {
        &self.of_records.chosen
    }

    /// How many records there are.
    pub(super) fn counts(&self) -> Counts {
        let count = |kind: &RecordType| self.of_records.by_type.get(kind).copied().unwrap_or_default();
        let by_type = RecordType::ALL.iter().map(|kind| (kind.word().to_owned(), count(kind))).collect();
        Counts { records: self.of_records.by_type.values().sum(), by_type }
    }

    /// The functional classes of the records, by code, with the names that the pages of the codes have.
    pub(super) fn classes(&self, site: &Site) -> Vec<Word> {
        let printed = |code: &str| {
            let classes = site.codes.iter().filter(|item| item.classification == Classification::Function);
            classes.map(|item| (&*item.code, &*item.name)).find(|(it, name)| *it == code && !name.is_empty())
        };
        let known = |code| site.rules.names().function_name(code).unwrap_or(code);
        let name = |code| printed(code).map_or_else(|| known(code), |(_, name)| name);
        self.of_records.classes.iter().map(|code| word(code, name(code))).collect()
    }

    /// The pairs of the table of traditional characters of which one or the other occurs: no reader of the index needs
    /// more.
    pub(super) fn glyphs(&self, pages: &[Page]) -> String {
        let used = glyphs(pages.iter().map(|page| &*page.context)).join(&self.of_records.used);
        let pairs = normalize::traditional().filter(|(from, to)| used.contains(*from) || used.contains(*to));
        pairs.flat_map(|(from, to)| [from, to]).collect()
    }
}

fn glyphs<'t>(texts: impl Iterator<Item = &'t str>) -> Glyphs {
    let mut glyphs = Glyphs::default();
    texts.for_each(|text| glyphs.add(text));
    glyphs
}
