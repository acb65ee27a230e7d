//! The summary of a build or a check in a few lines.

use std::fmt::Display;
use std::path::Path;
use std::time::Duration;

use super::language::{Language, fill_counts};
use super::{Run, visible};
use crate::build::{Counts, Stage};
use crate::diagnostic::Severity;
use crate::language::fill;
use crate::publish::PublishSummary;

/// How many rules are named.
const TOLD_RULES: usize = 6;

/// What was read, checked and written, and how long it took.
pub(super) fn build(run: &Run<'_>, out: &Path, published: Option<&PublishSummary>) -> String {
    let language = run.language();
    let counts = if run.built.misconfigured { String::new() } else { counts(language, &run.built.counts) };
    let published = published.filter(|_| !run.built.misconfigured);
    let told = published.map_or_else(|| language.build.not_published.clone(), |files| written(language, files, out));
    format!("{counts}{}\n{}", fill(&language.build.written, &[("written", &told)]), timings(run))
}

/// What the last build read and checked, and what is published, when nothing changed since.
pub(super) fn unchanged(
    language: &Language,
    counts: &str,
    files: &PublishSummary,
    out: &Path,
    elapsed: Duration,
) -> String {
    let written = fill(&language.build.written, &[("written", &written(language, files, out))]);
    let time = fill(&language.build.nothing_changed, &[("time", &seconds(language, elapsed))]);
    format!("{counts}{written}\n{time}")
}

fn written(language: &Language, files: &PublishSummary, out: &Path) -> String {
    let words = &language.build;
    let parts = [(&words.new, files.written), (&words.unchanged, files.unchanged), (&words.removed, files.removed)];
    let parts = parts.into_iter().chain((files.kept > 0).then_some((&words.kept, files.kept)));
    let parts: Vec<String> = parts.map(|(words, count)| fill(words, &[("count", &count)])).collect();
    let values: [(&str, &dyn Display); 4] = [
        ("files", &(files.written + files.unchanged)),
        ("size", &size(files.bytes)),
        ("out", &out.display()),
        ("parts", &parts.join(&language.comma)),
    ];
    let heaviest = files.heaviest.iter().map(|(path, bytes)| format!("{} {}", visible(path), size(*bytes)));
    let heaviest: Vec<String> = heaviest.collect();
    let mut text = fill(&words.files, &values);
    if !heaviest.is_empty() {
        text.push_str(&fill(&words.heaviest, &[("pages", &heaviest.join(&words.list))]));
    }
    text
}

/// What was read and checked, and how long it took.
pub(super) fn check(run: &Run<'_>) -> String {
    let counts = if run.built.misconfigured { String::new() } else { counts(run.language(), &run.built.counts) };
    format!("{counts}{}", timings(run))
}

/// What was read and checked for a preview, what is wrong, and how long it took.
pub(super) fn preview(run: &Run<'_>) -> String {
    let words = &run.language().build;
    let of = |severity| run.built.diagnostics.iter().filter(|said| said.severity == severity).count();
    let problems = match (of(Severity::Error), of(Severity::Warning)) {
        (0, 0) => String::new(),
        (errors, warnings) => {
            format!("{}\n", fill(&words.problems, &[("errors", &errors), ("warnings", &warnings)]))
        }
    };
    let outcome = if run.built.misconfigured { format!("{}\n", words.not_made) } else { String::new() };
    format!("{problems}{outcome}{}", check(run))
}

pub(super) fn counts(language: &Language, counts: &Counts) -> String {
    let (ledger, [errors, warnings, notes]) = (&counts.ledger, counts.findings);
    let read = fill::<dyn Display>(&language.read, &[("files", &counts.sources), ("size", &size(counts.bytes as u64))]);
    let quiet = counts.disclosures - counts.disclosures_with_findings;
    let recognized = fill::<dyn Display>(
        &language.recognized,
        &[
            ("disclosures", &counts.disclosures),
            ("statements", &counts.statements),
            ("facts", &counts.facts),
            ("quiet", &quiet),
            ("telling", &counts.disclosures_with_findings),
            ("failed", &counts.failed),
        ],
    );
    let found =
        fill::<dyn Display>(&language.found, &[("errors", &errors), ("warnings", &warnings), ("notes", &notes)]);
    let checked = fill_counts(&language.checked, ledger);
    format!("{read}\n{recognized}\n{checked}\n{found}{}\n", by_rule(language, counts))
}

/// The rules with most findings, the first ones first.
fn by_rule(language: &Language, counts: &Counts) -> String {
    let mut rules: Vec<(&str, usize)> =
        counts.findings_by_rule.iter().map(|(rule, count)| (rule.as_str(), *count)).collect();
    rules.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let told: Vec<String> = rules.iter().take(TOLD_RULES).map(|(rule, count)| format!("{rule} {count}")).collect();
    if told.is_empty() {
        return String::new();
    }
    let more = if rules.len() > TOLD_RULES {
        fill::<dyn Display>(&language.more_rules, &[("count", &rules.len())])
    } else {
        String::new()
    };
    fill::<dyn Display>(&language.by_rule, &[("rules", &told.join(&language.comma)), ("more", &more)])
}

fn timings(run: &Run<'_>) -> String {
    let language = run.language();
    let stage =
        |(stage, time): &(Stage, Duration)| format!("{} {}", language.build.stage(*stage), seconds(language, *time));
    let stages: Vec<String> = run.built.stages.iter().map(stage).collect();
    let values = [("time", &seconds(language, run.elapsed)), ("stages", &stages.join(&language.comma))];
    fill(&language.build.time, &values)
}

fn seconds(language: &Language, time: Duration) -> String {
    let seconds = format!("{}.{:03}", time.as_secs(), time.subsec_millis());
    fill(&language.build.seconds, &[("seconds", &seconds)])
}

/// A number of bytes in the unit that fits, with one decimal from KB on.
fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1024 => return format!("{bytes} B"),
        1024..1_048_576 => (1024, "KB"),
        _ => (1_048_576, "MB"),
    };
    format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit)
}

#[cfg(test)]
mod tests {
    use super::{Counts, Language, by_rule, size};

    #[test]
    fn the_rules_with_most_findings_are_named() {
        let language = Language::of("zh-CN");
        let mut counts = Counts::default();
        assert_eq!(by_rule(language, &counts), "");
        for (rule, count) in [("B1", 2), ("A1", 2), ("C1", 9), ("D1", 1), ("E1", 1), ("F1", 1), ("G1", 1)] {
            counts.findings_by_rule.insert(rule.into(), count);
        }
        assert_eq!(by_rule(language, &counts), "（C1 9，A1 2，B1 2，D1 1，E1 1，F1 1 等 7 种）");
    }

    #[test]
    fn sizes_are_short() {
        for (bytes, shown) in [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KB"), (1_048_576, "1.0 MB")] {
            assert_eq!(size(bytes), shown);
        }
    }
}
