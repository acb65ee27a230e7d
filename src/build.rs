//! Building: the conductor that runs the stages one after another, times them, and collects what they have to say.
//!
//! [`examine`] goes as far as the assembled site, [`build`] writes it to an [`Output`](crate::output::Output),
//! [`build_region_at`] writes the departments of a region as a shard, [`join_at`] makes a site of shards. None of them
//! prints or publishes.

mod cache;
mod clock;
mod count;
mod departments;
mod entry;
mod first;
mod identify;
mod join;
mod key;
mod light;
mod pace;
mod page_supply;
mod portions;
mod put_by;
mod region;
mod shards;
mod stored;
mod today;
mod whole;
mod workshop;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use compact_str::CompactString;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::assemble::{self, Site};
use crate::audit::{self, Rules};
use crate::config::{self, SiteConfig};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::model::{Disclosure, DisclosureLedger, Finding, FindingSeverity};
use crate::parse;
use crate::read::{self, Source};
use crate::recognize;
use crate::render::Theme;
use crate::vocabulary::Vocabulary;

pub use cache::{Cache, Scratch};
use count::{count, count_findings};
pub use first::First;
pub use join::join_at;
pub use pace::{Pace, Progress};
pub use region::build_region_at;
use today::today;
pub use whole::{build, build_at};

/// The folders of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFolder {
    /// Where `site.toml`, `templates` and `static` stand.
    pub root: PathBuf,
    /// Where the disclosures stand.
    pub content: PathBuf,
}

impl SiteFolder {
    /// The site in `root`, with its content in `content` or, without one, in `root/content`.
    pub fn new(root: &Path, content: Option<&Path>) -> Self {
        SiteFolder { root: root.to_owned(), content: content.map_or_else(|| root.join("content"), Path::to_owned) }
    }
}

/// A step of a build, in order. Recognition, audit and the pages of disclosures take turns, department by department;
/// each then has its share of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// `site.toml`
    Configure,
    /// The content folder to what each document is: organization, region, year, kind; and the cache to the departments
    /// that did not change.
    Read,
    /// Sources to disclosures: parsing and recognition, document by document.
    Recognize,
    /// Disclosures to ledgers.
    Audit,
    /// Disclosures and ledgers to the site.
    Assemble,
    /// The site to pages.
    Render,
    /// The site to the search index.
    Search,
    /// The site to data files.
    Export,
    /// Finished files to the published folder.
    Publish,
}

/// How much was read and understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Content files that could be read.
    pub sources: usize,
    /// Their size as decoded text, in bytes.
    pub bytes: usize,
    /// Disclosures.
    pub disclosures: usize,
    /// Statements in them.
    pub statements: usize,
    /// Amounts with a meaning.
    pub facts: usize,
    /// Evaluations of identities by outcome.
    pub ledger: crate::model::LedgerCounts,
    /// Findings that are not waived: errors, warnings, hints.
    pub findings: [usize; 3],
    /// The same by rule.
    pub findings_by_rule: BTreeMap<CompactString, usize>,
    /// Disclosures that have at least one of them.
    pub disclosures_with_findings: usize,
    /// Content files that could not be read or in which nothing was recognized.
    pub failed: usize,
}

/// What a build has to tell.
#[derive(Debug, Default)]
pub struct BuildReport {
    /// The configuration that was used; the default one when it could not be read.
    pub config: SiteConfig,
    /// What the stages have to say, in order of display.
    pub diagnostics: Vec<Diagnostic>,
    /// The content files, and all other paths relative to the content folder, of which diagnostics speak.
    pub content_files: Vec<Arc<str>>,
    /// How much was read.
    pub counts: Counts,
    /// How many disclosures were taken from the cache.
    pub reused: usize,
    /// How many pages of departments, codes and rules were taken from the cache.
    pub pages_reused: usize,
    /// How many of them are pages of departments.
    pub department_pages_reused: usize,
    /// How long each stage took.
    pub stages: Vec<(Stage, Duration)>,
    /// True when the configuration or the templates are wrong: nothing usable was written.
    pub misconfigured: bool,
}

impl BuildReport {
    /// True when some of the input could not be used.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|said| said.severity == Severity::Error)
    }

    /// How many findings are at least as serious as `level` and not waived.
    pub fn findings_from(&self, level: FindingSeverity) -> usize {
        self.counts.findings[..=level as usize].iter().sum()
    }

    /// Does some work as a stage and notes how long it took.
    pub fn timed<T>(&mut self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.took(stage, start.elapsed());
        done
    }

    /// Notes that a stage took so long, once more.
    fn took(&mut self, stage: Stage, time: Duration) {
        match self.stages.iter_mut().find(|(known, _)| *known == stage) {
            Some((_, whole)) => *whole += time,
            None => {
                self.stages.push((stage, time));
                self.stages.sort_by_key(|(stage, _)| *stage);
            }
        }
    }

    fn stop(&mut self, diagnostics: Vec<Diagnostic>) {
        self.misconfigured = true;
        self.diagnostics.extend(diagnostics);
        diagnostic::sort(&mut self.diagnostics);
    }
}

/// Reads what the site's owner says about the site: the configuration, its words, its rules, its looks. `None` when something is
/// wrong with it, which the report tells.
fn prepare(folder: &SiteFolder, report: &mut BuildReport) -> Option<(Option<Vocabulary>, &'static Rules, Theme)> {
    let (config, said) = report.timed(Stage::Configure, || config::load(&folder.root));
    if said.iter().any(|said| said.severity == Severity::Error) {
        report.stop(said);
        return None;
    }
    report.config = config;
    report.diagnostics = said;
    let (root, language) = (&folder.root, &report.config.language);
    let read = words(root).and_then(|own| Ok((own, rules(root, language)?, Theme::load(Some(root))?)));
    read.map_err(|problems| report.stop(problems)).ok()
}

/// Reads, understands and checks the content of a site; no site when its configuration is wrong.
pub fn examine(folder: &SiteFolder) -> (BuildReport, Option<Site>) {
    examine_at(folder, &Pace::default())
}

/// As [`examine`], telling its pace.
pub fn examine_at(folder: &SiteFolder, pace: &Pace) -> (BuildReport, Option<Site>) {
    let mut report = BuildReport::default();
    let (mut config, said) = report.timed(Stage::Configure, || config::load(&folder.root));
    if said.iter().any(|said| said.severity == Severity::Error) {
        report.stop(said);
        return (report, None);
    }
    let own = match words(&folder.root) {
        Ok(own) => own,
        Err(problems) => {
            report.stop(problems);
            return (report, None);
        }
    };
    let vocabulary = own.as_ref().unwrap_or_else(|| Vocabulary::builtin());
    let rules = match rules(&folder.root, &config.language) {
        Ok(rules) => rules,
        Err(problems) => {
            report.stop(problems);
            return (report, None);
        }
    };
    pace.begin(Stage::Read, 0);
    let mut read = report.timed(Stage::Read, || read::read_content(&folder.content));
    for source in &mut read.sources {
        config.audit.waivers.append(&mut source.front_matter.waivers);
    }
    report.content_files = read.files;
    report.counts.sources = read.sources.len();
    report.counts.bytes = read.sources.iter().map(|source| source.text.len()).sum();
    pace.begin(Stage::Recognize, read.sources.len());
    let disclosures = report.timed(Stage::Recognize, || understand(vocabulary, read.sources, pace));
    pace.begin(Stage::Audit, disclosures.len());
    let audited = report.timed(Stage::Audit, || check(rules, &config, disclosures, pace));
    pace.begin(Stage::Assemble, 0);
    let mut site = report.timed(Stage::Assemble, || {
        let mut site = Site { rules, ..assemble::assemble(&config, audited) };
        check_over_time(&config, &mut site);
        site
    });
    site.diagnostics.extend(read.diagnostics);
    diagnostic::sort(&mut site.diagnostics);
    count(&mut report.counts, &site);
    report.counts.failed = failed(&report.content_files, &site.diagnostics);
    report.diagnostics = said;
    report.diagnostics.extend(site.diagnostics.iter().cloned());
    let ledgers = site.disclosures.iter().map(|published| (&published.disclosure, &published.ledger));
    let answered = audit::answered(&config.audit.waivers, ledgers);
    report.diagnostics.extend(audit::stale_waivers(&config.audit.waivers, &answered, &today()));
    diagnostic::sort(&mut report.diagnostics);
    report.config = config;
    (report, Some(site))
}

/// Keeps only some findings, as if the others had never been made.
pub fn keep_findings(report: &mut BuildReport, site: &mut Site, is_wanted: impl Fn(&Finding) -> bool) {
    for published in &mut site.disclosures {
        published.ledger.findings.retain(&is_wanted);
    }
    let counts = &mut report.counts;
    (counts.findings, counts.disclosures_with_findings) = ([0; 3], 0);
    counts.findings_by_rule.clear();
    for published in &site.disclosures {
        count_findings(&mut report.counts, published);
    }
}

/// The built-in words with those that a site adds in its folder `vocabulary`; `None` when it adds none.
///
/// # Errors
/// When a file cannot be read or is not written as such files are.
pub fn words(root: &Path) -> Result<Option<Vocabulary>, Vec<Diagnostic>> {
    let files = read::read_words(root)?;
    if files.is_empty() { Ok(None) } else { Vocabulary::with_site(&files).map(Some) }
}

/// The shipped rules with those that a site adds in its folder `identities`, for a language of the interface.
///
/// # Errors
/// When a file cannot be read or a rule is not well-formed.
pub fn rules(root: &Path, language: &str) -> Result<&'static Rules, Vec<Diagnostic>> {
    let own = audit::SiteKnowledge { rules: read::read_rules(root)?, words: read::read_words(root)? };
    audit::rules_of_site(own, language)
}

/// Parses and recognizes each source by itself, then joins those that belong together.
fn understand(vocabulary: &Vocabulary, sources: Vec<Source>, pace: &Pace) -> Vec<Disclosure> {
    let disclosure = |source: Source| {
        let disclosure = recognize::recognize(vocabulary, &parse::parse(&Arc::new(source)));
        pace.step();
        disclosure
    };
    recognize::merge(vocabulary, sources.into_par_iter().map(disclosure).collect())
}

fn check(
    rules: &Rules,
    config: &SiteConfig,
    disclosures: Vec<Disclosure>,
    pace: &Pace,
) -> Vec<(Disclosure, DisclosureLedger)> {
    let audited = |disclosure: Disclosure| {
        let ledger = audit::audit(rules, &config.audit, &disclosure);
        pace.step();
        (disclosure, ledger)
    };
    disclosures.into_par_iter().map(audited).collect()
}

/// Checks the disclosures of each department against each other.
fn check_over_time(config: &SiteConfig, site: &mut Site) {
    let rules = site.rules;
    for department in &site.departments {
        let members: Vec<&Disclosure> =
            department.disclosures.iter().map(|index| &site.disclosures[*index].disclosure).collect();
        for (index, gained) in department.disclosures.iter().zip(audit::over_time(rules, &members)) {
            let published = &mut site.disclosures[*index];
            audit::extend(rules, &config.audit, &published.disclosure, &mut published.ledger, gained);
        }
    }
}

/// How many content files have an error.
fn failed(files: &[Arc<str>], diagnostics: &[Diagnostic]) -> usize {
    let errors = diagnostics.iter().filter(|said| said.severity == Severity::Error);
    let mut failed: Vec<&str> = errors.filter_map(|said| said.span.as_ref()).map(|span| &*span.file).collect();
    failed.sort_unstable();
    failed.dedup();
    failed.into_iter().filter(|file| files.iter().any(|known| &**known == *file)).count()
}
