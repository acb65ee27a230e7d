//! What a report shows: diagnostics of the build and findings of the audit, in one form.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity, Span};

/// How much an entry matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Something must be put right.
    Error,
    /// Something should be looked at.
    Warning,
    /// Worth knowing.
    Note,
}

impl Level {
    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }
}

/// One thing to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// How much it matters.
    pub level: Level,
    /// The code of the diagnostic or of the rule.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// The same with its figures, where the message only names what is wrong.
    pub details: Option<String>,
    /// Where.
    pub span: Option<Span>,
    /// Other places that belong to it, each with what it says there.
    pub related: Vec<(Span, String)>,
    /// What to do.
    pub hint: Option<String>,
}

impl Entry {
    /// A diagnostic, with its places as the user would type them.
    pub fn from_diagnostic(diagnostic: &Diagnostic, paths: &Paths) -> Self {
        Entry {
            level: match diagnostic.severity {
                Severity::Error => Level::Error,
                Severity::Warning => Level::Warning,
                Severity::Note => Level::Note,
            },
            code: diagnostic.code.to_owned(),
            message: diagnostic.message.clone(),
            details: None,
            span: diagnostic.span.as_ref().map(|span| paths.place(span)),
            related: diagnostic.related.iter().map(|(span, label)| (paths.place(span), label.clone())).collect(),
            hint: diagnostic.hint.clone(),
        }
    }

    /// The order of display: file, line, column, then how much it matters; entries without a place come last.
    pub(super) fn place(&self) -> (bool, Option<&Span>, Level, &str) {
        (self.span.is_none(), self.span.as_ref(), self.level, &self.code)
    }
}

/// Where the files lie of which diagnostics speak, so that a report can name them from the working directory.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    /// The root of the site.
    root: PathBuf,
    /// The content folder.
    content: PathBuf,
    /// The content files, relative to the content folder.
    files: BTreeSet<Arc<str>>,
}

impl Paths {
    /// Diagnostics name the content `files` relative to `content`, all others relative to `root`.
    pub fn new(root: &Path, content: &Path, files: impl IntoIterator<Item = Arc<str>>) -> Self {
        Paths { root: root.to_owned(), content: content.to_owned(), files: files.into_iter().collect() }
    }

    /// The path of a file from the working directory.
    pub fn of(&self, file: &str) -> String {
        let folder = if self.files.contains(file) { &self.content } else { &self.root };
        let path = folder.join(file);
        let path = path.strip_prefix(".").unwrap_or(&path);
        path.to_string_lossy().into_owned()
    }

    fn place(&self, span: &Span) -> Span {
        Span { file: Arc::from(self.of(&span.file)), ..span.clone() }
    }
}
