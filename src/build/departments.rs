//! The second pass: one department after the other is read in full, checked, and everything that belongs to it alone is
//! written. What stays of it is little.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::identify::{Identified, Set, disclosure};
use super::spill::{Kept, Spill};
use super::{BuildReport, Counts, Pace, SiteFolder, Stage, count};
use crate::assemble::{self, Site};
use crate::audit;
use crate::config::SiteConfig;
use crate::diagnostic::Diagnostic;
use crate::model::{Disclosure, DisclosureLedger};
use crate::output::Output;
use crate::render::{self, Gathered, Part, Renderer};
use crate::search::{self, Entries};
use crate::vocabulary::Vocabulary;
use crate::{export, read, recognize};

/// What working on a department takes.
pub(super) struct Works<'w> {
    pub(super) config: &'w SiteConfig,
    pub(super) vocabulary: &'w Vocabulary,
    pub(super) folder: &'w SiteFolder,
    pub(super) identified: &'w Identified,
    pub(super) renderer: &'w Renderer<'w>,
    pub(super) output: &'w dyn Output,
    pub(super) pace: &'w Pace,
}

/// What the pages, the index and the data files of the whole site are made from, beside the site.
pub(super) struct Worked {
    pub(super) gathered: Gathered,
    /// In the order of the disclosures.
    pub(super) entries: Vec<Entries>,
    /// For each department in the order of its disclosures: its rows of each data file.
    pub(super) rows: Vec<Vec<Kept>>,
    pub(super) spill: Spill,
    /// Which answers of the configuration answer a finding.
    pub(super) answered: Vec<bool>,
}

/// What stays of one department.
struct Done {
    site: Site,
    parts: Vec<Part>,
    entries: Vec<Entries>,
    rows: Vec<Kept>,
    counts: Counts,
    answered: Vec<bool>,
    problems: Vec<Diagnostic>,
}

/// Works on all departments of a plan, which then has what they tell.
pub(super) fn work_on_all(works: &Works<'_>, plan: &mut Site, report: &mut BuildReport) -> Worked {
    let start = Instant::now();
    let (clock, spill) = (Clock::default(), Spill::default());
    let sets: BTreeMap<&str, &Set> = works.identified.sets.iter().map(|set| (set.main(), set)).collect();
    let mut ranges = assemble::ranges(plan);
    ranges.sort_by_key(|range| range.start);
    let work = |range: &Range<usize>| work_on(works, &sets, plan, range.clone(), &spill, &clock);
    let done: Vec<Done> = ranges.par_iter().map(work).collect();
    let (mut gathered, mut entries, mut rows) = (Gathered::new(plan.rules), Vec::new(), Vec::new());
    let mut answered = vec![false; works.config.audit.waivers.len()];
    for (range, one) in ranges.iter().zip(done) {
        range.clone().zip(one.parts).for_each(|(index, part)| gathered.add(index, part));
        entries.extend(one.entries);
        rows.push(one.rows);
        count::add(&mut report.counts, &one.counts);
        report.diagnostics.extend(one.problems);
        answered.iter_mut().zip(one.answered).for_each(|(all, one)| *all |= one);
        assemble::join(plan, range.start, one.site);
    }
    clock.tell(start.elapsed(), report);
    Worked { gathered, entries, rows, spill, answered }
}

fn work_on(
    works: &Works<'_>,
    sets: &BTreeMap<&str, &Set>,
    plan: &Site,
    range: Range<usize>,
    spill: &Spill,
    clock: &Clock,
) -> Done {
    let bodies = plan.disclosures[range.clone()].iter().map(|planned| body(works, sets, &planned.disclosure));
    let bodies: Vec<Disclosure> = clock.time(Stage::Recognize, || bodies.collect());
    let mut site = clock.time(Stage::Audit, || check(works.config, plan, range, bodies));
    let (parts, mut problems) = clock.time(Stage::Render, || render::render_alone(works.renderer, &site, works.output));
    problems.extend(offer_originals(&works.folder.content, &site, works.output));
    let entries = clock.time(Stage::Search, || site.disclosures.iter().map(search::entries).collect());
    let rows = clock.time(Stage::Export, || export::rows(&site));
    let mut counts = Counts::default();
    count::count(&mut counts, &site);
    let ledgers = site.disclosures.iter().map(|published| (&published.disclosure, &published.ledger));
    let answered = audit::answered(&works.config.audit.waivers, ledgers);
    for published in &mut site.disclosures {
        site.diagnostics.append(&mut published.disclosure.diagnostics);
        published.lighten();
    }
    works.pace.step_by(site.disclosures.len());
    let rows = rows.0.into_iter().map(|bytes| spill.put(bytes)).collect();
    Done { site, parts, entries, rows, counts, answered, problems }
}

/// Reads and recognizes the documents of a planned disclosure again, in full. What can no longer be read stays a stub.
fn body(works: &Works<'_>, sets: &BTreeMap<&str, &Set>, stub: &Disclosure) -> Disclosure {
    let set = stub.sources.first().and_then(|source| sets.get(&*source.path));
    let numbers = set.map_or(&[][..], |set| &set.documents);
    let sources = numbers.iter().filter_map(|number| works.identified.content.read(*number).0);
    let read: Vec<Disclosure> = sources.map(|source| disclosure(works.vocabulary, source)).collect();
    let whole = if read.len() > 1 { recognize::merge(works.vocabulary, read) } else { read };
    let whole = whole.into_iter().next().unwrap_or_else(|| stub.clone());
    // The plan holds for the whole build, whatever happens to the file meanwhile.
    Disclosure { identity: stub.identity.clone(), ..whole }
}

/// Checks the disclosures of a department, each by itself and then against each other.
fn check(config: &SiteConfig, plan: &Site, range: Range<usize>, bodies: Vec<Disclosure>) -> Site {
    let rules = plan.rules;
    let audited = |disclosure: Disclosure| {
        let ledger = audit::audit(rules, &config.audit, &disclosure);
        (disclosure, ledger)
    };
    let audited: Vec<(Disclosure, DisclosureLedger)> = bodies.into_iter().map(audited).collect();
    let mut site = Site { rules, ..assemble::alone(plan, range, audited) };
    super::check_over_time(config, &mut site);
    site
}

/// Writes the originals that front matter offers for download beside the pages of their disclosures.
fn offer_originals(content: &Path, site: &Site, output: &dyn Output) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for published in &site.disclosures {
        let Disclosure { identity, sources, .. } = &published.disclosure;
        let (Some(name), Some(file)) = (&identity.original, identity.original_file()) else { continue };
        match read::read_original(content, sources.iter().map(|source| &*source.path), name) {
            Ok(bytes) => output.write(&format!("{}{file}", published.url), bytes),
            Err(problem) => problems.push(*problem),
        }
    }
    problems
}

/// Time spent on stages that take turns on many threads.
#[derive(Default)]
struct Clock {
    nanoseconds: [AtomicU64; 5],
}

impl Clock {
    const STAGES: [Stage; 5] = [Stage::Recognize, Stage::Audit, Stage::Render, Stage::Search, Stage::Export];

    fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        let spent = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        for (_, sum) in Self::STAGES.iter().zip(&self.nanoseconds).filter(|(known, _)| **known == stage) {
            sum.fetch_add(spent, Ordering::Relaxed);
        }
        done
    }

    /// Gives each stage its share of the time that all took together.
    fn tell(&self, whole: Duration, report: &mut BuildReport) {
        let spent: Vec<u64> = self.nanoseconds.iter().map(|sum| sum.load(Ordering::Relaxed)).collect();
        let all = spent.iter().map(|one| u128::from(*one)).sum::<u128>().max(1);
        for (stage, one) in Self::STAGES.into_iter().zip(spent) {
            let share = whole.as_nanos() * u128::from(one) / all;
            report.took(stage, Duration::from_nanos(u64::try_from(share).unwrap_or(u64::MAX)));
        }
    }
}
