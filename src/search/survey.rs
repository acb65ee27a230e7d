//! What the manifest and the script for `file://` tell of all records, noted as they pass.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::fallback::Chosen;
use super::glyphs::Glyphs;
use super::kinds::RecordType;
use super::manifest::{Counts, Segments, Word};
use super::normalize;
use super::order::Segment;
use super::query::number;
use super::record::{Page, Record};
use super::shards::Docs;
use super::word;
use crate::assemble::{Classification, Site};

/// What is known of the records so far.
#[derive(Debug, Default)]
pub(super) struct Survey {
    by_type: BTreeMap<RecordType, u32>,
    classes: BTreeSet<String>,
    /// The characters of their texts.
    used: Glyphs,
    pub(super) segments: Segments,
    pub(super) chosen: Chosen,
}

impl Survey {
    /// Adds the records that came last, which are a segment.
    pub(super) fn add(&mut self, segment: Segment, docs: &Docs<'_>, pages: &[Page]) {
        for (at, (record, shard, place)) in docs.last().enumerate() {
            if at == 0 {
                self.segments.first.push(shard as u32);
                self.segments.year.push(segment.year());
                self.segments.account.push(segment.account());
                self.segments.range.push(segment.range);
            }
            *self.by_type.entry(record.kind).or_default() += 1;
            if let Some(class) = record.class().filter(|class| !self.classes.contains(*class)) {
                self.classes.insert(class.to_owned());
            }
            self.chosen.add(record, number(shard, place), pages);
        }
        let records: Vec<&Record> = docs.last().map(|(record, ..)| record).collect();
        let used = records
            .par_chunks(4096)
            .map(|records| glyphs(records.iter().flat_map(|record| [&*record.name, &*record.text, &*record.code])));
        let used = used.reduce(Glyphs::default, |left, right| left.join(&right));
        self.used = std::mem::take(&mut self.used).join(&used);
    }

    /// How many records there are.
    pub(super) fn counts(&self) -> Counts {
        let count = |kind: &RecordType| self.by_type.get(kind).copied().unwrap_or_default();
        let by_type = RecordType::ALL.iter().map(|kind| (kind.word().to_owned(), count(kind))).collect();
        Counts { records: self.by_type.values().sum(), by_type }
    }

    /// The functional classes of the records, by code, with the names that the pages of the codes have.
    pub(super) fn classes(&self, site: &Site) -> Vec<Word> {
        let printed = |code: &str| {
            let classes = site.codes.iter().filter(|item| item.classification == Classification::Function);
            classes.map(|item| (&*item.code, &*item.name)).find(|(it, name)| *it == code && !name.is_empty())
        };
        let known = |code| site.rules.names().function_name(code).unwrap_or(code);
        let name = |code| printed(code).map_or_else(|| known(code), |(_, name)| name);
        self.classes.iter().map(|code| word(code, name(code))).collect()
    }

    /// The pairs of the table of traditional characters of which one or the other occurs: no reader of the index needs
    /// more.
    pub(super) fn glyphs(&self, pages: &[Page]) -> String {
        let used = glyphs(pages.iter().map(|page| &*page.context)).join(&self.used);
        let pairs = normalize::traditional().filter(|(from, to)| used.contains(*from) || used.contains(*to));
        pairs.flat_map(|(from, to)| [from, to]).collect()
    }
}

fn glyphs<'t>(texts: impl Iterator<Item = &'t str>) -> Glyphs {
    let mut glyphs = Glyphs::default();
    texts.for_each(|text| glyphs.add(text));
    glyphs
}
