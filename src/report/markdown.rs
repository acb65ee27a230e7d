//! A check as a Markdown report that can be handed to the department: by disclosure, one entry for each cause.

use std::collections::BTreeSet;
use std::fmt::{Display, Write};

use super::entry::{Entry, Level};
use super::language::{Language, ReportWords, fill_counts};
use super::{Run, findings, visible};
use crate::assemble::Site;
use crate::audit::Rules;
use crate::language::fill;
use crate::model::{Finding, FindingSeverity};

/// The report of a check.
pub(super) fn check(run: &Run<'_>, site: Option<&Site>) -> String {
    let language = run.language();
    let words = &language.report;
    let mut text = format!("# {}\n\n{}\n", words.title, words.preface);
    let rules = site.map_or_else(Rules::builtin, |site| site.rules);
    problems(&mut text, language, &run.entries());
    let paths = run.paths();
    let found = site.map(|site| findings::with_entries(site, &paths, language)).unwrap_or_default();
    for published in site.iter().flat_map(|site| &site.disclosures) {
        let own: Vec<(&Finding, &Entry)> =
            found.iter().filter(|(id, ..)| *id == published.id).map(|(_, finding, entry)| (*finding, entry)).collect();
        let _ = write!(text, "\n## {}\n\n", plain(&published.title));
        for source in &published.disclosure.sources {
            let _ = writeln!(
                text,
                "- {}",
                fill::<dyn std::fmt::Display>(&words.file, &[("path", &code(&paths.of(&source.path)))])
            );
        }
        let _ = writeln!(text, "- {}", fill_counts(&words.checked, &published.ledger.counts));
        if !own.is_empty() {
            let _ = writeln!(text, "- {}", told(words, &own));
        }
        if own.is_empty() {
            let _ = write!(text, "\n{}\n", words.none);
        }
        causes(&mut text, rules, language, &own);
    }
    text
}

/// What reading had to say that must be put right first.
fn problems(text: &mut String, language: &Language, entries: &[Entry]) {
    let serious: Vec<&Entry> = entries.iter().filter(|entry| entry.level != Level::Note).collect();
    if serious.is_empty() {
        return;
    }
    let _ = write!(text, "\n## {}\n\n", language.problems);
    for entry in serious {
        let place =
            entry.span.as_ref().map_or_else(String::new, |span| format!("{}：", code(&at(&span.file, span.line))));
        let _ = writeln!(text, "- {place}{}", plain(&entry.message));
    }
}

/// 「发现：不一致 3，请核对 1，提示 8；其中已说明 1」
fn told(words: &ReportWords, findings: &[(&Finding, &Entry)]) -> String {
    let count = |severity| findings.iter().filter(|(finding, _)| finding.severity == severity).count();
    let answered = findings.iter().filter(|(finding, _)| finding.waived.is_some()).count();
    let answered = if answered == 0 {
        String::new()
    } else {
        fill::<dyn std::fmt::Display>(&words.answered, &[("count", &answered)])
    };
    let [errors, warnings, hints] =
        [FindingSeverity::Error, FindingSeverity::Warning, FindingSeverity::Info].map(count);
    fill::<dyn std::fmt::Display>(
        &words.found,
        &[("errors", &errors), ("warnings", &warnings), ("notes", &hints), ("answered", &answered)],
    )
}

/// Findings of one cause under one number, the most serious cause first.
fn causes(text: &mut String, rules: &Rules, language: &Language, findings: &[(&Finding, &Entry)]) {
    let mut roots: Vec<&str> = Vec::new();
    for (finding, _) in findings {
        if !roots.contains(&finding.root.as_str()) {
            roots.push(&finding.root);
        }
    }
    let worst =
        |root: &str| findings.iter().filter(|(finding, _)| finding.root == root).map(|(one, _)| one.severity).min();
    roots.sort_by_key(|root| worst(root));
    for (number, root) in roots.into_iter().enumerate() {
        let members: Vec<&(&Finding, &Entry)> = findings.iter().filter(|(finding, _)| finding.root == root).collect();
        let Some((first, entry)) = members.iter().min_by_key(|(finding, _)| finding.severity) else { continue };
        let _ = write!(text, "\n### {}. {}\n\n", number + 1, heading(rules, language, first));
        if let Some(span) = &entry.span {
            let line = visible(span.text.trim());
            let _ = writeln!(
                text,
                "{}\n\n```text\n{}\n```\n",
                code(&at(&span.file, span.line)),
                line.replace("```", "'''")
            );
        }
        let figures = findings::figures(first, language);
        if !figures.is_empty() {
            let _ = writeln!(text, "{}{}\n", plain(&figures.join(&language.comma)), language.stop);
        }
        let mut said = BTreeSet::new();
        for (finding, _) in members.iter().filter(|(finding, _)| said.insert((&finding.rule, &finding.message))) {
            let answer = finding.waived.as_ref().map_or_else(String::new, |reason| {
                format!(" {}", fill::<dyn std::fmt::Display>(&language.answered, &[("reason", &plain(reason))]))
            });
            let item = [("rule", &plain(&finding.rule) as &dyn Display), ("message", &plain(&finding.message))];
            let _ = writeln!(text, "- {}{answer}", fill::<dyn std::fmt::Display>(&language.report.item, &item));
        }
    }
}

/// 「不一致（原文）：收支总表：收入总计＝支出总计」
fn heading(rules: &Rules, language: &Language, finding: &Finding) -> String {
    let words = &language.report;
    let name = rules.get(&finding.rule).map_or("", |rule| rule.name_in(&language.code));
    let places = [
        ("severity", &words.severity(finding.severity) as &dyn Display),
        ("class", &words.class(finding.class)),
        ("rule", &plain(name)),
    ];
    fill::<dyn std::fmt::Display>(&words.heading, &places)
}

fn at(file: &str, line: u32) -> String {
    if line == 0 { file.to_owned() } else { format!("{file}:{line}") }
}

/// Text from documents as a code span. A span may not hold the mark that ends it.
fn code(text: &str) -> String {
    format!("`{}`", visible(text).replace('`', "'"))
}

/// Text from documents that must not become markup.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for glyph in visible(text).chars() {
        match glyph {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => {
                escaped.extend(['\\', glyph])
            }
            '\n' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{code, plain};

    #[test]
    fn text_of_documents_is_no_markup() {
        assert_eq!(plain("<b>合计*</b>\n[x](y)"), "\\<b\\>合计\\*\\</b\\> \\[x\\](y)");
        assert_eq!(code("a`b"), "`a'b`");
    }
}
