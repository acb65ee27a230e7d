//! The errors of a build as HTML: message, place, the line with a caret under the right character, advice.

use crate::build::{BuildReport, SiteFolder};
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::render::wording::escape::{push_text, put};
use crate::report::{Entry, Paths};

/// How many errors are shown in the browser; the terminal has all of them.
const SHOWN: usize = 50;

/// What is wrong with the newest input.
#[derive(Debug, Default)]
pub(super) struct Problems {
    /// The errors as HTML; empty when there are none.
    pub(super) html: String,
    /// One line about them.
    pub(super) summary: String,
    /// True when no site could be built from the newest input.
    pub(super) failed: bool,
}

impl Problems {
    /// The errors that a build reported.
    pub(super) fn of(folder: &SiteFolder, report: &BuildReport) -> Self {
        let paths = Paths::new(&folder.root, &folder.content, report.content_files.iter().cloned());
        Self::new(&report.diagnostics, &paths, report.misconfigured)
    }

    /// The errors among some diagnostics.
    pub(super) fn new(diagnostics: &[Diagnostic], paths: &Paths, failed: bool) -> Self {
        let errors: Vec<_> = diagnostics.iter().filter(|said| said.severity == Severity::Error).collect();
        let mut html = String::new();
        for error in errors.iter().take(SHOWN) {
            push_entry(&mut html, &Entry::from_diagnostic(error, paths));
        }
        if let Some(more) = errors.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            put!(html, "<p>另有 {more} 处错误，见终端。</p>\n");
        }
        let outcome = if failed { "没有重新生成" } else { "其余部分已生成" };
        Problems { html, summary: format!("{} 处错误，{outcome}", errors.len()), failed }
    }
}

fn push_entry(html: &mut String, entry: &Entry) {
    html.push_str("<section class=\"preview-problem\">\n<p class=\"preview-message\">");
    push_text(html, &entry.message);
    html.push_str(" <code>");
    push_text(html, &entry.code);
    html.push_str("</code></p>\n");
    for (span, label) in entry.span.iter().map(|span| (span, "")).chain(entry.related.iter().map(|(s, l)| (s, &**l))) {
        push_place(html, span, label);
    }
    if let Some(hint) = &entry.hint {
        html.push_str("<p class=\"preview-hint\">建议：");
        push_text(html, hint);
        html.push_str("</p>\n");
    }
    html.push_str("</section>\n");
}

/// A place and its line. The caret's line repeats the text before it unseen, so that it stands right in any font.
fn push_place(html: &mut String, span: &Span, label: &str) {
    html.push_str("<p class=\"preview-place\"><code>");
    push_text(html, &span.file);
    match (span.line, span.column) {
        (0, _) => {}
        (line, 0) => put!(html, ":{line}"),
        (line, column) => put!(html, ":{line}:{column}"),
    }
    html.push_str("</code> ");
    push_text(html, label);
    html.push_str("</p>\n");
    if span.line == 0 || span.text.is_empty() {
        return;
    }
    let (before, marked, after) = parts(span);
    html.push_str("<pre class=\"preview-line\">");
    push_text(html, before);
    html.push_str("<mark>");
    push_text(html, marked);
    html.push_str("</mark>");
    push_text(html, after);
    html.push_str("\n<span class=\"preview-unseen\" aria-hidden=\"true\">");
    push_text(html, before);
    html.push_str("</span><span class=\"preview-caret\">^</span></pre>\n");
}

/// The line of a span before, in and after the span; the whole line is marked when no column is given.
fn parts(span: &Span) -> (&str, &str, &str) {
    let line = &*span.text;
    if span.column == 0 {
        return ("", line, "");
    }
    let byte_of = |count: usize| line.char_indices().nth(count).map_or(line.len(), |(at, _)| at);
    let start = byte_of(span.column as usize - 1);
    let end = byte_of(span.column as usize - 1 + span.length.max(1) as usize);
    (&line[..start], &line[start..end], &line[end..])
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Paths, Problems, Span};

    fn span(line: u32, column: u32, length: u32, text: &str) -> Span {
        Span { file: "site.toml".into(), line, column, length, text: text.into() }
    }

    fn html(diagnostic: Diagnostic) -> String {
        Problems::new(&[diagnostic], &Paths::default(), true).html
    }

    #[test]
    fn the_place_is_named_and_marked() {
        let html = html(Diagnostic::error("config-value", "不可用", span(3, 6, 2, "标题 = 错误")).with_hint("改正"));
        for part in [
            "<code>site.toml:3:6</code>",
            "标题 = <mark>错误</mark>\n",
            "aria-hidden=\"true\">标题 = </span><span class=\"preview-caret\">^</span>",
            "建议：改正",
        ] {
            assert!(html.contains(part), "{part}\n{html}");
        }
    }

    #[test]
    fn text_of_the_input_is_escaped_everywhere() {
        let bad = "<script>&\u{202e}";
        let span = Span { file: bad.into(), ..span(1, 2, 3, bad) };
        let diagnostic = Diagnostic::error("x", bad, span.clone()).with_hint(bad).with_related(span, bad);
        let html = html(diagnostic);
        assert!(!["<sc", "<<", "&\u{fffd}", "\u{202e}"].iter().any(|raw| html.contains(raw)), "{html}");
    }

    #[test]
    fn places_outside_the_line_are_no_trouble() {
        for place in [span(0, 0, 0, ""), span(7, 0, 0, "整行"), span(7, 900, 5, "短"), span(7, 1, 900, "短")] {
            assert!(html(Diagnostic::error("x", "信息", place)).contains("信息"));
        }
    }

    #[test]
    fn warnings_are_not_errors_and_many_errors_are_counted() {
        let warning = Diagnostic::warning("x", "y", span(1, 1, 1, "z"));
        assert_eq!(Problems::new(&[warning], &Paths::default(), false).html, "");
        let errors: Vec<_> = (0..60).map(|line| Diagnostic::error("x", "y", span(line, 1, 1, "z"))).collect();
        let problems = Problems::new(&errors, &Paths::default(), false);
        assert!(problems.html.contains("另有 10 处错误") && problems.summary.starts_with("60 处错误"));
    }
}
