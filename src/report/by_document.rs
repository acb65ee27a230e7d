//! A check in the terminal: what reading had to say, then each document with its findings, those without at the end.

use std::fmt::Write;

use super::entry::{Entry, Paths};
use super::language::{Language, fill_counts};
use super::{Run, findings, summary, terminal, visible};
use crate::assemble::{PublishedDisclosure, Site};
use crate::language::fill;
use crate::model::{Finding, FindingSeverity, Kind, Level};

/// The report of a check.
pub(super) fn check(run: &Run<'_>, site: Option<&Site>) -> String {
    let (language, files) = (run.language(), run.paths());
    let mut text = String::new();
    for entry in run.entries() {
        let _ = writeln!(text, "{}\n", terminal::render(&entry, language));
    }
    let found = site.map(|site| findings::with_entries(site, &files, language)).unwrap_or_default();
    let mut documents: Vec<&PublishedDisclosure> = site.iter().flat_map(|site| &site.disclosures).collect();
    documents.sort_by_key(|published| published.disclosure.sources.first().map(|source| source.path.clone()));
    let (telling, quiet): (Vec<_>, Vec<_>) =
        documents.into_iter().partition(|published| !published.ledger.findings.is_empty());
    for published in telling {
        let _ = writeln!(text, "{}\n", heading(&files, language, published));
        let mut own: Vec<&Entry> =
            found.iter().filter(|(id, ..)| *id == published.id).map(|(.., entry)| entry).collect();
        own.sort_by(|left, right| left.place().cmp(&right.place()));
        for entry in own {
            let _ = writeln!(text, "{}\n", terminal::render(entry, language));
        }
    }
    if !quiet.is_empty() {
        let _ = writeln!(text, "{}", rule(&language.quiet));
        for published in quiet {
            let counts = fill_counts(&language.quiet_checked, &published.ledger.counts);
            let _ = writeln!(text, "{}  {}\n  {counts}", paths(&files, published), title(language, published));
        }
        text.push('\n');
    }
    text + &summary::check(run)
}

/// The files of a document, what it is, and how its identities ended.
fn heading(files: &Paths, language: &Language, published: &PublishedDisclosure) -> String {
    let count = |severity: FindingSeverity| {
        let is_open = |finding: &&Finding| finding.severity == severity && finding.waived.is_none();
        published.ledger.findings.iter().filter(is_open).count()
    };
    let [errors, warnings, notes] =
        [FindingSeverity::Error, FindingSeverity::Warning, FindingSeverity::Info].map(count);
    format!(
        "{}\n{}\n{}\n{}",
        rule(&paths(files, published)),
        title(language, published),
        fill_counts(&language.checked, &published.ledger.counts),
        fill::<dyn std::fmt::Display>(
            &language.found,
            &[("errors", &errors), ("warnings", &warnings), ("notes", &notes)]
        )
    )
}

fn rule(words: &str) -> String {
    format!("══ {words} ══")
}

fn paths(files: &Paths, published: &PublishedDisclosure) -> String {
    let own = published.disclosure.sources.iter().map(|source| visible(&files.of(&source.path)).into_owned());
    own.collect::<Vec<_>>().join("  ")
}

/// 「某局  2025年部门预算」
fn title(language: &Language, published: &PublishedDisclosure) -> String {
    let identity = &published.disclosure.identity;
    let organization = identity.organization.as_deref().unwrap_or(&language.unknown);
    let year = identity.year.map_or_else(|| "—".to_owned(), |year| year.to_string());
    let kind = match (identity.kind, identity.level) {
        (Some(Kind::Budget), Level::Unit) => fill::<dyn std::fmt::Display>(&language.unit_budget, &[("year", &year)]),
        (Some(Kind::Final), Level::Unit) => fill::<dyn std::fmt::Display>(&language.unit_account, &[("year", &year)]),
        (Some(Kind::Budget), _) => fill::<dyn std::fmt::Display>(&language.budget, &[("year", &year)]),
        (Some(Kind::Final), _) => fill::<dyn std::fmt::Display>(&language.account, &[("year", &year)]),
        (None, _) => year,
    };
    format!("{}  {kind}", visible(organization))
}
