//! 三公 in blocks: last year's six columns beside this year's, 预算数 beside 决算数.
//!
//! The words that name year and phase stand over the first columns of each block, and extraction loses how far they
//! reach. Then the sums of the blocks tell the columns, and the words count in the order in which they stand.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::measure::year;
use crate::model::{Column, ColumnRole, Phase, StatementKind};
use crate::recognize::statement::head::HeadPath;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::text::key;

/// The parts of 三公.
const PARTS: [&str; 6] = ["total", "abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception"];

/// Phase and year, as far as heads tell them; the document's own year needs no telling.
type Told = (Option<Phase>, Option<u16>);

/// A year and a phase with the head that names them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Period {
    phase: Option<Phase>,
    year: Option<u16>,
    head: CompactString,
}

/// The frames of as many blocks as the head names years and phases, each with its total first and last. None where it
/// names fewer than two.
pub(super) fn frames(vocabulary: &Vocabulary, year: u16, columns: &[Column], paths: &[HeadPath]) -> Vec<Vec<Column>> {
    let periods = periods(vocabulary, year, paths);
    if periods.len() < 2 || !names_parts(vocabulary, paths) {
        return Vec::new();
    }
    let named = columns.iter().take_while(|column| !is_amount(column) && column.role != ColumnRole::Unknown);
    let lead = paths.len() - paths.len().min(named.clone().count());
    let first = order(vocabulary, &paths[paths.len() - lead..], periods.len());
    let last = first[1..].iter().chain(&first[..1]).copied().collect();
    let frame = |parts: Vec<&str>| {
        let block = |period| parts.iter().filter_map(move |part| column(vocabulary, part, period)).collect::<Vec<_>>();
        named.clone().cloned().chain(periods.iter().flat_map(block)).collect()
    };
    vec![frame(first), frame(last)]
}

/// True when the head names the parts; else the rows do.
fn names_parts(vocabulary: &Vocabulary, paths: &[HeadPath]) -> bool {
    let keys = || paths.iter().flat_map(|path| &path.keys);
    let named = |part: &&&str| keys().any(|key| part_of(vocabulary, key).is_some_and(|own| own == **part));
    ["abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception"].iter().filter(named).count() > 1
}

/// True when the words that name years and phases do not reach over their blocks: a column stands under none of them, or
/// a part stands twice under one, and the blocks are unlike.
pub(super) fn is_torn(vocabulary: &Vocabulary, columns: &[Column], paths: &[HeadPath]) -> bool {
    let mut blocks: BTreeMap<Option<Told>, Vec<&str>> = BTreeMap::new();
    for column in columns {
        let ColumnRole::Amount { nature, .. } = &column.role else { continue };
        if PARTS.contains(&nature.as_str()) {
            let keys: Vec<String> = column.path.iter().map(|head| key(head)).collect();
            blocks.entry(told(vocabulary, 0, keys.iter())).or_default().push(nature);
        }
    }
    blocks.values_mut().for_each(|natures| natures.sort_unstable());
    let unlike = blocks.values().any(|natures| Some(natures) != blocks.values().next());
    let repeats = blocks.values().any(|natures| natures.windows(2).any(|pair| pair[0] == pair[1]));
    let periods = blocks.keys().flatten().count();
    let lost = blocks.contains_key(&None) || repeats;
    // Blocks of which none has a year or a phase may be anything: one of last year, of a budget, of an account.
    let unnamed = periods == 0 && says_twice(columns);
    names_parts(vocabulary, paths)
        && (unnamed || unlike)
        && (unnamed || periods > 1 && lost || periods == 1 && lost_a_part(&blocks))
}

/// True when several parts stand twice with the same measure.
fn says_twice(columns: &[Column]) -> bool {
    let part = |column: &&Column| matches!(&column.role, ColumnRole::Amount { nature, .. } if PARTS.contains(&nature.as_str()));
    let parts: Vec<&Column> = columns.iter().filter(part).collect();
    let again =
        |at: &usize| parts[..*at].iter().any(|other| other.role == parts[*at].role && other.lane == parts[*at].lane);
    (0..parts.len()).filter(again).count() > 1
}

/// True when a part stands once under the only year or phase and once under none.
fn lost_a_part(blocks: &BTreeMap<Option<Told>, Vec<&str>>) -> bool {
    let without = blocks.get(&None).into_iter().flatten();
    let under = |part: &str| blocks.iter().any(|(told, parts)| told.is_some() && parts.contains(&part));
    without.filter(|part| **part != "total").any(|part| under(part))
}

/// The frame with its amounts unknown: nobody's.
pub(super) fn without_amounts(columns: &[Column]) -> Vec<Column> {
    let role = |column: &Column| if is_amount(column) { ColumnRole::Unknown } else { column.role.clone() };
    columns.iter().map(|column| Column { role: role(column), ..column.clone() }).collect()
}

fn part_of(vocabulary: &Vocabulary, key: &str) -> Option<CompactString> {
    let meaning = vocabulary.columns.of_head(key, StatementKind::ThreePublic)?;
    Some(meaning.part.clone()).filter(|part| !part.is_empty())
}

/// Phase and year that one head tells.
fn period(vocabulary: &Vocabulary, document_year: u16, key: &str) -> Option<Told> {
    let meaning = vocabulary.columns.of_head(key, StatementKind::ThreePublic);
    let phase = meaning.and_then(|meaning| meaning.phase);
    let offset = meaning.and_then(|meaning| meaning.year);
    let told = year(key).or_else(|| document_year.checked_add_signed(offset?));
    let any = phase.is_some() || offset.is_some() || told.is_some();
    any.then(|| (phase, told.filter(|year| *year != document_year)))
}

/// What the heads of a column tell together; the inner ones win.
fn told<'key>(vocabulary: &Vocabulary, year: u16, keys: impl Iterator<Item = &'key String>) -> Option<Told> {
    let each = keys.filter_map(|key| period(vocabulary, year, key));
    each.reduce(|outer, inner| (inner.0.or(outer.0), inner.1.or(outer.1)))
}

/// The years and phases in the order in which the head names them.
fn periods(vocabulary: &Vocabulary, year: u16, paths: &[HeadPath]) -> Vec<Period> {
    let mut periods: Vec<Period> = Vec::new();
    for path in paths {
        let Some((phase, own)) = told(vocabulary, year, path.keys.iter()) else { continue };
        let says = |at: &usize| period(vocabulary, year, &path.keys[*at]).is_some();
        let head = (0..path.keys.len()).find(says).map(|at| path.heads[at].clone()).unwrap_or_default();
        if periods.iter().all(|known| (known.phase, known.year) != (phase, own)) {
            periods.push(Period { phase, year: own, head });
        }
    }
    periods
}

/// The parts of a block in the order of their heads, else in that of the statutory form. A head that one of the `blocks`
/// lost stands in another at the same place.
fn order(vocabulary: &Vocabulary, paths: &[HeadPath], blocks: usize) -> Vec<&'static str> {
    let named = |path: &HeadPath, part: &str| {
        path.keys.iter().any(|key| part_of(vocabulary, key).is_some_and(|own| own == part))
    };
    let width = if paths.len().is_multiple_of(blocks) { paths.len() / blocks } else { paths.len() };
    let first = |part: &str| {
        let at = paths.iter().enumerate().filter(|(_, path)| named(path, part)).map(|(at, _)| at % width.max(1));
        at.min()
    };
    let mut groups = ["abroad", "vehicles", "reception"];
    if groups.iter().all(|part| first(part).is_some()) {
        groups.sort_by_key(|part| first(part));
    }
    let mut vehicles = ["vehicle_purchase", "vehicle_operation"];
    if vehicles.iter().all(|part| first(part).is_some()) {
        vehicles.sort_by_key(|part| first(part));
    }
    let mut order = vec!["total"];
    // Some templates print 购置费 and 运行费 without their sum.
    let summed = first("vehicles").is_some() || vehicles.iter().any(|part| first(part).is_none());
    for group in groups {
        if group != "vehicles" || summed {
            order.push(group);
        }
        if group == "vehicles" {
            order.extend(vehicles);
        }
    }
    order
}

/// The column of a part, under its head in the statutory form.
fn column(vocabulary: &Vocabulary, part: &str, period: &Period) -> Option<Column> {
    let form = vocabulary.statements.of_kind(StatementKind::ThreePublic)?.layouts.first()?;
    let known = form.columns.iter().find(|column| column.nature == part)?;
    let path = std::iter::once(period.head.clone()).chain(known.path.iter().cloned()).collect();
    let Period { phase, year, .. } = *period;
    let fund = CompactString::const_new("all");
    Some(Column { path, role: ColumnRole::Amount { nature: part.into(), fund, phase, year, of_which: false }, lane: 0 })
}

/// True for an amount of some year and phase; a change is of none.
fn is_amount(column: &Column) -> bool {
    matches!(&column.role, ColumnRole::Amount { nature, .. } if !nature.starts_with("change"))
}
