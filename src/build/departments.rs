//! The second pass: one department after the other is supplied with its own pages written, and what stays of it is put
//! together. What stays is little.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use rayon::prelude::*;

use super::clock::Clock;
use super::light::LightDepartment;
use super::put_by::{OfDepartment, PutBy};
use super::stored::Pieces;
use super::{BuildReport, Counts, Pace, Stage, count};
use crate::assemble::{self, Site};
use crate::config::Waiver;
use crate::diagnostic::Diagnostic;
use crate::render::{Gathered, Part};

/// Where departments come from: made of documents, or taken from shards.
pub(super) trait Supply: Sync {
    /// The planned department whose disclosures stand in `range`. Its own files are written.
    fn department(&self, plan: &Site, range: &Range<usize>, clock: &Clock) -> Supplied;

    /// True for a department that is to come before others.
    fn comes_first(&self, _plan: &Site, _range: &Range<usize>) -> bool {
        false
    }

    /// Called when those are there, if there are any.
    fn first_are_there(&self) {}
}

/// A department that was worked on.
pub(super) struct Supplied {
    pub(super) done: Done,
    pub(super) pieces: Pieces,
    /// The name of everything that it was made from; `None` when that is not known.
    pub(super) name: Option<String>,
    /// True when it was taken from an earlier build.
    pub(super) is_reused: bool,
}

/// What is known of a department that was worked on, beside its [`Pieces`].
pub(super) struct Done {
    pub(super) parts: Vec<Part>,
    pub(super) counts: Counts,
    /// What went wrong with its pages.
    pub(super) problems: Vec<Diagnostic>,
    /// Which of [its own](own_waivers) answers answer one of its findings.
    pub(super) answered: Vec<bool>,
}

/// What the pages, the index and the data files of the whole site are made from, beside the site.
pub(super) struct Worked {
    pub(super) gathered: Gathered,
    pub(super) put_by: PutBy,
    /// The [names](Supplied::name) of the departments.
    pub(super) names: BTreeMap<usize, String>,
    /// Which answers answer a finding.
    pub(super) answered: Vec<bool>,
}

/// Works on the departments of a plan whose disclosures stand in `ranges`. The plan then has what they tell.
pub(super) fn work_on_all(
    supply: &dyn Supply,
    mut ranges: Vec<Range<usize>>,
    plan: &mut Site,
    waivers: &[Waiver],
    pace: &Pace,
    report: &mut BuildReport,
) -> Worked {
    let start = Instant::now();
    let (clock, mut put_by) = (Clock::default(), PutBy::default());
    ranges.sort_by_key(|range| range.start);
    let gathered = Mutex::new(Gathered::new(plan.rules));
    let work = |number: usize| {
        let range = &ranges[number];
        let Supplied { mut done, pieces, name, is_reused } = supply.department(plan, range, &clock);
        // At once, for it is most of what stays, and the first of many are enough.
        let mut gathered = gathered.lock().unwrap_or_else(PoisonError::into_inner);
        range.clone().zip(done.parts.drain(..)).for_each(|(index, part)| gathered.add(index, part));
        drop(gathered);
        pace.step_by(range.len());
        (number, (done, put_by.take(pieces, range.len()), name, is_reused))
    };
    let (first, others): (Vec<usize>, Vec<usize>) =
        (0..ranges.len()).partition(|number| supply.comes_first(plan, &ranges[*number]));
    let mut done: BTreeMap<usize, (Done, OfDepartment, Option<String>, bool)> =
        first.into_par_iter().map(work).collect();
    if !done.is_empty() {
        supply.first_are_there();
    }
    done.par_extend(others.into_par_iter().map(work));
    let gathered = gathered.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (mut answered, mut names) = (vec![false; waivers.len()], BTreeMap::new());
    for (range, (one, of_one, name, is_reused)) in ranges.iter().zip(done.into_values()) {
        put_by.add(of_one);
        names.extend(plan.disclosures[range.clone()].first().map(|planned| planned.department).zip(name));
        count::add(&mut report.counts, &one.counts);
        report.reused += if is_reused { range.len() } else { 0 };
        report.diagnostics.extend(one.problems);
        own_waivers(waivers, plan, range).zip(one.answered).for_each(|((index, _), one)| answered[index] |= one);
    }
    clock.tell(start.elapsed(), report);
    report.timed(Stage::Assemble, || join(plan, &ranges, &put_by));
    Worked { gathered, put_by, names, answered }
}

/// Puts the departments back into the plan, some at a time, so that few are there as bytes and as values.
fn join(plan: &mut Site, ranges: &[Range<usize>], put_by: &PutBy) {
    const AT_ONCE: usize = 64;
    for (chunk, ranges) in ranges.chunks(AT_ONCE).enumerate() {
        let numbers = chunk * AT_ONCE..chunk * AT_ONCE + ranges.len();
        let departments: Vec<Option<LightDepartment>> =
            numbers.into_par_iter().map(|number| put_by.department(number)).collect();
        for (range, department) in ranges.iter().zip(departments) {
            department.into_iter().for_each(|department| assemble::join(plan, range.start, department.into_site()));
        }
    }
}

/// The answers that may answer a finding of a planned department: those to its documents, with their numbers.
pub(super) fn own_waivers<'w>(
    waivers: &'w [Waiver],
    plan: &'w Site,
    range: &Range<usize>,
) -> impl Iterator<Item = (usize, &'w Waiver)> + use<'w> {
    let disclosures = &plan.disclosures[range.clone()];
    let is_own = move |waiver: &Waiver| {
        let mut sources = disclosures.iter().flat_map(|planned| &planned.disclosure.sources);
        sources.any(|source| *source.path == *waiver.file)
    };
    waivers.iter().enumerate().filter(move |(_, waiver)| is_own(waiver))
}
