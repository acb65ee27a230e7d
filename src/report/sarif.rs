//! A check in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS): editors and code hosts show it.
//!
//! Findings of the audit are results; what reading the content had to say are notifications of the run.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::entry::{Entry, Level};
use super::language::Language;
use super::{Run, findings};
use crate::assemble::Site;
use crate::audit::{Rule, Rules};
use crate::diagnostic::Span;
use crate::model::{Finding, FindingSeverity};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What must be escaped in the path of a URI.
const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// The report of a check.
pub(super) fn check(run: &Run<'_>, site: Option<&Site>) -> String {
    let rules = site.map_or_else(Rules::builtin, |site| site.rules);
    let paths = run.paths();
    let found = site.map(|site| findings::with_entries(site, &paths, Language::of("zh-CN"))).unwrap_or_default();
    let results: Vec<Value> =
        found.iter().map(|(disclosure, finding, entry)| result(rules, disclosure, finding, entry)).collect();
    let notifications: Vec<Value> = run.entries().iter().map(notification).collect();
    let report = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "budgetsite",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.all().iter().map(descriptor).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "language": "zh-CN",
            "invocations": [{
                "executionSuccessful": !run.built.misconfigured,
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    });
    // A value made of texts and numbers always has a JSON form.
    serde_json::to_string_pretty(&report).unwrap_or_default()
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.name },
        "fullDescription": { "text": rule.sentence },
        "help": { "text": rule.reason },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "class": rule.class.word() },
    })
}

fn level(severity: FindingSeverity) -> &'static str {
    match severity {
        FindingSeverity::Error => "error",
        FindingSeverity::Warning => "warning",
        FindingSeverity::Info => "note",
    }
}

fn result(rules: &Rules, disclosure: &str, finding: &Finding, entry: &Entry) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": entry.span.iter().map(location).collect::<Vec<_>>(),
        "partialFingerprints": { "finding/v1": format!("{disclosure}/{}", finding.id) },
        "properties": {
            "disclosure": disclosure, "class": finding.class.word(), "root": finding.root,
            "expected": finding.expected, "printed": finding.printed, "difference": finding.difference,
        },
    });
    if let Some(index) = rules.all().iter().position(|rule| *rule.code == *finding.rule) {
        result["ruleIndex"] = index.into();
    }
    if !entry.related.is_empty() {
        result["relatedLocations"] = entry.related.iter().map(|(span, _)| location(span)).collect();
    }
    // An answered finding stays in the report: it is suppressed, not gone.
    if let Some(reason) = &finding.waived {
        result["suppressions"] = json!([{ "kind": "external", "status": "accepted", "justification": reason }]);
    }
    result
}

fn location(span: &Span) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&span.file) } });
    if span.line > 0 {
        let mut region = json!({ "startLine": span.line });
        if span.column > 0 {
            region["startColumn"] = span.column.into();
            region["endColumn"] = (span.column + span.length.max(1)).into();
        }
        if !span.text.is_empty() {
            region["snippet"] = json!({ "text": &*span.text });
        }
        physical["region"] = region;
    }
    json!({ "physicalLocation": physical })
}

fn uri(path: &str) -> String {
    utf8_percent_encode(&path.replace('\\', "/"), PATH).to_string()
}

fn notification(entry: &Entry) -> Value {
    let level = match entry.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    };
    json!({
        "descriptor": { "id": entry.code },
        "level": level,
        "message": { "text": entry.message },
        "locations": entry.span.iter().map(location).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::{location, uri};
    use crate::diagnostic::Span;

    #[test]
    fn places_are_told_as_the_format_wants_them() {
        assert_eq!(uri("content/甲区 #1.txt"), "content/%E7%94%B2%E5%8C%BA%20%231.txt");
        let span = Span { file: "a.txt".into(), line: 7, column: 3, length: 5, text: "收入\t12.50".into() };
        let region = &location(&span)["physicalLocation"]["region"];
        assert_eq!((region["startColumn"].as_u64(), region["endColumn"].as_u64()), (Some(3), Some(8)));
        let whole = location(&Span { line: 0, ..span });
        assert!(whole["physicalLocation"].get("region").is_none());
    }
}
