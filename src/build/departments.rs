//! The second pass: one department after the other is read in full, checked, and everything that belongs to it alone is
//! written. What stays of it is little.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::cache::Cache;
use super::identify::{Identified, Set, disclosure};
use super::spill::{Kept, Spill};
use super::stored::{self, Noted};
use super::{BuildReport, Counts, Pace, SiteFolder, Stage, count};
use crate::assemble::{self, Site};
use crate::audit;
use crate::config::SiteConfig;
use crate::diagnostic::Diagnostic;
use crate::export::{self, Rows};
use crate::model::{Disclosure, DisclosureLedger};
use crate::output::Output;
use crate::render::{self, Gathered, Part, Renderer};
use crate::search::{self, Entries};
use crate::vocabulary::Vocabulary;
use crate::{read, recognize};

/// What working on a department takes.
pub(super) struct Works<'w> {
    pub(super) config: &'w SiteConfig,
    pub(super) vocabulary: &'w Vocabulary,
    pub(super) folder: &'w SiteFolder,
    pub(super) identified: &'w Identified,
    pub(super) renderer: &'w Renderer<'w>,
    pub(super) output: &'w dyn Output,
    pub(super) pace: &'w Pace,
    pub(super) cache: Option<&'w Cache>,
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

/// The sets of documents by the path of the main one.
pub(super) type Sets<'s> = BTreeMap<&'s str, &'s Set>;

/// What stays of one department.
pub(super) struct Done {
    /// The department with its disclosures, which are light.
    pub(super) site: Site,
    pub(super) parts: Vec<Part>,
    pub(super) entries: Vec<Entries>,
    /// Of each data file.
    pub(super) rows: Vec<Kept>,
    pub(super) counts: Counts,
    /// What went wrong with its pages.
    pub(super) problems: Vec<Diagnostic>,
    /// How many of its disclosures were taken from the cache.
    pub(super) reused: usize,
    /// Which answers of the configuration answer one of its findings.
    pub(super) answered: Vec<bool>,
}

/// Works on all departments of a plan, which then has what they tell.
pub(super) fn work_on_all(works: &Works<'_>, plan: &mut Site, report: &mut BuildReport) -> Worked {
    let start = Instant::now();
    let (clock, spill) = (Clock::default(), Spill::default());
    let sets: Sets<'_> = works.identified.sets.iter().map(|set| (set.main(), set)).collect();
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
        report.reused += one.reused;
        report.diagnostics.extend(one.problems);
        answered.iter_mut().zip(one.answered).for_each(|(all, one)| *all |= one);
        assemble::join(plan, range.start, one.site);
    }
    clock.tell(start.elapsed(), report);
    Worked { gathered, entries, rows, spill, answered }
}

fn work_on(works: &Works<'_>, sets: &Sets<'_>, plan: &Site, range: Range<usize>, spill: &Spill, clock: &Clock) -> Done {
    let count = range.len();
    let known = works.cache.map(|cache| (cache, stored::key(cache, works, sets, plan, &range)));
    let recall = || known.as_ref().and_then(|(cache, key)| stored::recall(cache, key, works.output));
    let kept = clock.time(Stage::Read, recall);
    let (mut done, rows) = kept.unwrap_or_else(|| {
        let Some((cache, key)) = known else { return made(works, sets, plan, range, clock, works.output).0 };
        let noted = Noted::new(works.output);
        let ((done, rows), is_planned) = made(works, sets, plan, range, clock, &noted);
        // A file that changed meanwhile is not what the name of the entry says.
        if is_planned {
            return (stored::remember(cache, &key, done, &rows, noted.into_files()), rows);
        }
        (done, rows)
    });
    works.pace.step_by(count);
    done.rows = rows.0.into_iter().map(|bytes| spill.put(bytes)).collect();
    done
}

/// Reads, checks and writes a department; tells also whether its documents are those of the plan.
fn made(
    works: &Works<'_>,
    sets: &Sets<'_>,
    plan: &Site,
    range: Range<usize>,
    clock: &Clock,
    output: &dyn Output,
) -> ((Done, Rows), bool) {
    let bodies = plan.disclosures[range.clone()].iter().map(|planned| body(works, sets, &planned.disclosure));
    let bodies: Vec<(Disclosure, bool)> = clock.time(Stage::Recognize, || bodies.collect());
    let is_planned = bodies.iter().all(|(_, is_planned)| *is_planned);
    let bodies = bodies.into_iter().map(|(body, _)| body).collect();
    let mut site = clock.time(Stage::Audit, || check(works.config, plan, range, bodies));
    let (parts, mut problems) = clock.time(Stage::Render, || render::render_alone(works.renderer, &site, output));
    problems.extend(offer_originals(&works.folder.content, &site, output));
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
    ((Done { site, parts, entries, rows: Vec::new(), counts, problems, reused: 0, answered }, rows), is_planned)
}

/// Reads and recognizes the documents of a planned disclosure again, in full; tells also whether they are still what was
/// planned. What can no longer be read stays a stub.
fn body(works: &Works<'_>, sets: &Sets<'_>, stub: &Disclosure) -> (Disclosure, bool) {
    let Some(set) = stub.sources.first().and_then(|source| sets.get(&*source.path)) else {
        return (stub.clone(), false);
    };
    let sources = set.documents.iter().filter_map(|number| works.identified.content.read(*number).0);
    let read: Vec<Disclosure> = sources.map(|source| disclosure(works.vocabulary, source)).collect();
    let hashes = read.iter().flat_map(|one| &one.sources).map(|source| &source.hash);
    let is_planned = hashes.eq(&set.hashes);
    let whole = if read.len() > 1 { recognize::merge(works.vocabulary, read) } else { read };
    let whole = whole.into_iter().next().unwrap_or_else(|| stub.clone());
    // The plan holds for the whole build, whatever happens to the file meanwhile.
    (Disclosure { identity: stub.identity.clone(), ..whole }, is_planned)
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
    nanoseconds: [AtomicU64; 6],
}

impl Clock {
    const STAGES: [Stage; 6] =
        [Stage::Read, Stage::Recognize, Stage::Audit, Stage::Render, Stage::Search, Stage::Export];

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
