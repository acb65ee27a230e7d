//! The report for programs: one JSON object, paths from the working directory, times in milliseconds.

use std::path::Path;

use serde_json::{Value, json};

use super::{Entry, Run};
use crate::assemble::{PublishedDisclosure, Site};
use crate::diagnostic::Span;
use crate::model::Finding;
use crate::publish::PublishSummary;

/// A build: diagnostics, counts, what was written, times; `timings` adds the rate of every stage.
pub(super) fn build(run: &Run<'_>, out: &Path, published: Option<&PublishSummary>, timings: bool) -> String {
    let written = published.map(|files| {
        json!({
            "folder": out.to_string_lossy(), "written": files.written, "unchanged": files.unchanged,
            "removed": files.removed, "kept": files.kept, "bytes": files.bytes,
            "heaviest": files.heaviest.iter().map(|(path, bytes)| json!({ "path": path, "bytes": bytes }))
                .collect::<Vec<_>>(),
        })
    });
    let mut report = common(run);
    report["published"] = written.unwrap_or(Value::Null);
    if timings {
        report["timings"] = super::timings::json(run);
    }
    pretty(&report)
}

/// A check: diagnostics, findings, counts, times.
pub(super) fn check(run: &Run<'_>, site: Option<&Site>) -> String {
    let mut report = common(run);
    let paths = run.paths();
    let file = |published: &PublishedDisclosure, finding: &Finding| {
        let place = finding.places.first()?;
        Some(paths.of(&published.disclosure.sources.get(usize::from(place.file))?.path))
    };
    let disclosures = site.iter().flat_map(|site| &site.disclosures);
    let findings =
        disclosures.flat_map(|published| published.ledger.findings.iter().map(move |finding| (published, finding)));
    report["findings"] = findings.map(|(published, found)| finding(published, found, file(published, found))).collect();
    pretty(&report)
}

fn common(run: &Run<'_>) -> Value {
    let counts = &run.built.counts;
    let [errors, warnings, infos] = counts.findings;
    let milliseconds = |time: std::time::Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let stages: serde_json::Map<String, Value> = run
        .built
        .stages
        .iter()
        .map(|(stage, time)| (format!("{stage:?}").to_lowercase(), milliseconds(*time).into()))
        .collect();
    json!({
        "diagnostics": run.entries().iter().map(diagnostic).collect::<Vec<_>>(),
        "counts": {
            "sources": counts.sources, "bytes": counts.bytes, "disclosures": counts.disclosures,
            "statements": counts.statements, "facts": counts.facts,
            "ledger": {
                "pass": counts.ledger.pass, "rounding": counts.ledger.rounding, "fail": counts.ledger.fail,
                "not_applicable": counts.ledger.not_applicable, "unreadable": counts.ledger.unreadable,
            },
            "findings": { "error": errors, "warning": warnings, "info": infos },
            "findings_by_rule": counts.findings_by_rule, "disclosures_with_findings": counts.disclosures_with_findings,
            "failed": counts.failed,
        },
        "milliseconds": { "total": milliseconds(run.elapsed), "stages": stages },
    })
}

fn diagnostic(entry: &Entry) -> Value {
    let mut value = json!({ "code": entry.code, "severity": entry.level.word(), "message": entry.message });
    value["place"] = entry.span.as_ref().map_or(Value::Null, place);
    value["hint"] = entry.hint.clone().into();
    let related = |(span, label): &(Span, String)| {
        let mut value = place(span);
        value["message"] = label.clone().into();
        value
    };
    value["related"] = entry.related.iter().map(related).collect();
    value
}

/// A place; line and column are `null` where the whole file or line is meant.
fn place(span: &Span) -> Value {
    let from_one = |number: u32| (number > 0).then_some(number);
    json!({
        "file": &*span.file, "line": from_one(span.line), "column": from_one(span.column),
        "length": from_one(span.length), "text": &*span.text,
    })
}

/// A finding in the words of `data/findings.json`, with the file that it is in.
fn finding(published: &PublishedDisclosure, finding: &Finding, file: Option<String>) -> Value {
    json!({
        "id": finding.id, "disclosure": published.id, "rule": finding.rule, "severity": finding.severity.word(),
        "class": finding.class.word(), "root": finding.root, "file": file,
        "lines": finding.places.iter().map(|place| place.line).collect::<Vec<_>>(), "expected": finding.expected,
        "printed": finding.printed, "difference": finding.difference, "message": finding.message,
        "waived": finding.waived,
    })
}

fn pretty(value: &Value) -> String {
    // A value made of texts and numbers always has a JSON form.
    serde_json::to_string_pretty(value).unwrap_or_default()
}
