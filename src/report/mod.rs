//! Reporting: diagnostics, findings, counts and timings to the terminal or to JSON. The only place that prints.
//!
//! Results go to standard output, messages to standard error. Colours are used on a terminal only, and never when
//! `NO_COLOR` is set. Text from documents is made harmless before it is printed.

mod by_document;
mod entry;
mod findings;
mod inspection;
mod json;
mod language;
mod markdown;
mod preview;
mod progress;
mod rule;
mod sarif;
mod search;
mod summary;
mod terminal;
mod timings;
mod visible;

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use crate::assemble::Site;
use crate::audit::{Rule, Rules};
use crate::build::{BuildReport, SiteFolder};
use crate::diagnostic::Diagnostic;
use crate::model::Disclosure;
use crate::publish::{LastBuild, PublishSummary};
use crate::search::Answer;

use language::Language;

pub use entry::{Entry, Level, Paths};
pub use inspection::Inspection;
pub use preview::preview;
pub use progress::progress;
pub use visible::visible;

/// A build or a check that has ended.
#[derive(Debug)]
pub struct Run<'r> {
    /// The folders of the site.
    pub folder: &'r SiteFolder,
    /// What the stages did and had to say.
    pub built: &'r BuildReport,
    /// How long it took in all.
    pub elapsed: Duration,
}

impl Run<'_> {
    fn paths(&self) -> Paths {
        Paths::new(&self.folder.root, &self.folder.content, self.built.content_files.iter().cloned())
    }

    /// The words of the site's language.
    fn language(&self) -> &'static Language {
        Language::of(&self.built.config.language)
    }

    fn entries(&self) -> Vec<Entry> {
        let paths = self.paths();
        self.built.diagnostics.iter().map(|said| Entry::from_diagnostic(said, &paths)).collect()
    }
}

/// How a build is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BuildFormat {
    /// As JSON for programs.
    pub json: bool,
    /// With the time and rate of every stage.
    pub timings: bool,
}

/// Tells how a build ended: as JSON, or as messages and a summary.
///
/// # Errors
/// When nothing can be printed any more.
pub fn build(run: &Run<'_>, out: &Path, published: Option<&PublishSummary>, format: BuildFormat) -> io::Result<()> {
    if format.json {
        return text(&json::build(run, out, published, format.timings));
    }
    messages(&run.entries(), run.language())?;
    let table = if format.timings { timings::table(run) } else { String::new() };
    text(&format!("{}\n{table}", summary::build(run, out, published)))
}

/// The messages and the counts of a build, as [`unchanged`] tells them again.
pub fn last_words(run: &Run<'_>) -> (String, String) {
    let messages =
        run.entries().iter().map(|entry| format!("{}\n\n", terminal::render(entry, run.language()))).collect();
    (messages, summary::counts(run.language(), &run.built.counts))
}

/// Tells that nothing changed since the last build: what that one said, and what is published, in the language of the
/// site.
///
/// # Errors
/// When nothing can be printed any more.
pub fn unchanged(
    language: &str,
    last: &LastBuild,
    published: &PublishSummary,
    out: &Path,
    elapsed: Duration,
) -> io::Result<()> {
    anstream::stderr().lock().write_all(last.messages.as_bytes())?;
    text(&summary::unchanged(Language::of(language), &last.counts, published, out, elapsed))
}

/// How a check is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CheckFormat {
    /// For people at a terminal: each problem with its line and a caret.
    #[default]
    Text,
    /// Everything for programs.
    Json,
    /// The Static Analysis Results Interchange Format 2.1.0, which editors and code hosts show.
    Sarif,
    /// A report to hand on, by disclosure.
    Markdown,
}

/// Tells what a check found: every diagnostic and finding with its line, and a summary. Without a site there are no
/// findings.
///
/// # Errors
/// When nothing can be printed any more.
pub fn check(run: &Run<'_>, site: Option<&Site>, format: CheckFormat) -> io::Result<()> {
    match format {
        CheckFormat::Json => text(&json::check(run, site)),
        CheckFormat::Sarif => text(&sarif::check(run, site)),
        CheckFormat::Markdown => text(&markdown::check(run, site)),
        CheckFormat::Text => text(&by_document::check(run, site)),
    }
}

/// Tells what a rule says in a language, and with a site how each disclosure stands to it.
///
/// # Errors
/// When nothing can be printed any more.
pub fn rule(language: &str, rule: &Rule, site: Option<&Site>) -> io::Result<()> {
    text(&rule::explain(Language::of(language), rule, site))
}

/// Lists all rules in a language.
///
/// # Errors
/// When nothing can be printed any more.
pub fn rules(language: &str, rules: &Rules) -> io::Result<()> {
    text(&rule::list(Language::of(language), rules))
}

/// Tells what a search found in the site in a folder.
///
/// # Errors
/// When nothing can be printed any more.
pub fn search(query: &str, answer: &Answer, site: &Path, as_json: bool) -> io::Result<()> {
    text(&if as_json { search::json(query, answer, site) } else { search::plain(query, answer, site) })
}

/// Tells what a document was read as, table by table.
///
/// # Errors
/// When nothing can be printed any more.
pub fn inspect(disclosure: &Disclosure, inspection: Inspection, as_json: bool) -> io::Result<()> {
    text(&if as_json { inspection.json(disclosure) } else { inspection.plain(disclosure) })
}

/// Tells problems without any place in a site.
///
/// # Errors
/// When nothing can be printed any more.
pub fn problems(problems: &[Diagnostic]) -> io::Result<()> {
    let entries: Vec<Entry> = problems.iter().map(|said| Entry::from_diagnostic(said, &Paths::default())).collect();
    messages(&entries, Language::of(""))
}

/// Prints a result.
///
/// # Errors
/// When nothing can be printed any more.
pub fn text(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", text.trim_end())?;
    out.flush()
}

/// Prints messages.
fn messages(entries: &[Entry], language: &Language) -> io::Result<()> {
    let mut out = anstream::stderr().lock();
    for entry in entries {
        writeln!(out, "{}\n", terminal::render(entry, language))?;
    }
    Ok(())
}
