//! What any stage has to say about its input: one type, collected and sorted, never printed where it arises.

use std::sync::Arc;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document or the site cannot be built as asked.
    Error,
    /// The build goes on, something was not understood or was assumed.
    Warning,
    /// Worth knowing.
    Note,
}

/// A place in an input file. Lines and columns count from 1; columns and lengths count characters, not bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file as the user knows it: relative to the site root, `/` between the parts.
    pub file: Arc<str>,
    /// The line, or 0 when the diagnostic is about the whole file.
    pub line: u32,
    /// The first character of the place, or 0 for the whole line.
    pub column: u32,
    /// How many characters the place has.
    pub length: u32,
    /// The text of the line, so that a report can show it without reading the file again.
    pub text: Arc<str>,
}

impl Span {
    /// The whole of `file`.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Span { file: file.into(), line: 0, column: 0, length: 0, text: Arc::from("") }
    }
}

/// One thing a stage has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable code that a user can look up, such as `config-unknown-key`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence: what is wrong.
    pub message: String,
    /// Where; `None` only for problems without any place.
    pub span: Option<Span>,
    /// Other places that belong to the problem, each with what it says there.
    pub related: Vec<(Span, String)>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A diagnostic at a place.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Diagnostic { code, severity, message: message.into(), span: Some(span), related: Vec::new(), hint: None }
    }

    /// An error at a place.
    pub fn error(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self::new(Severity::Error, code, message, span)
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self::new(Severity::Warning, code, message, span)
    }

    /// A note at a place.
    pub fn note(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self::new(Severity::Note, code, message, span)
    }

    /// The same diagnostic with advice.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same diagnostic with another place that belongs to it.
    #[must_use]
    pub fn with_related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push((span, message.into()));
        self
    }

    /// The order in which diagnostics are shown: file, line, column, severity, code, message.
    fn order(&self) -> (Option<&Span>, Severity, &'static str, &str) {
        (self.span.as_ref(), self.severity, self.code, &self.message)
    }
}

/// Sorts diagnostics into their order of display and drops repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|left, right| left.order().cmp(&right.order()));
    diagnostics.dedup();
}
