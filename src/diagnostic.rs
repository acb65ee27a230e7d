//! What any stage has to say about its input: one type, collected and sorted, never printed where it arises.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The document or the site cannot be built as asked.
    Error,
    /// The build goes on, something was not understood or was assumed.
    Warning,
    /// Worth knowing.
    Note,
}

/// A place in an input file. Lines and columns count from 1; columns and lengths count characters, not bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The file as the user knows it: relative to the site root, `/` between the parts.
    #[serde(with = "shared_text")]
    pub file: Arc<str>,
    /// The line, or 0 when the diagnostic is about the whole file.
    pub line: u32,
    /// The first character of the place, or 0 for the whole line.
    pub column: u32,
    /// How many characters the place has.
    pub length: u32,
    /// The text of the line, so that a report can show it without reading the file again. Of a line of many thousand
    /// characters only the beginning.
    #[serde(with = "shared_text")]
    pub text: Arc<str>,
}

/// Shared text as data.
pub mod shared_text {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes it as a text.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(text)
    }

    /// Reads a text.
    ///
    /// # Errors
    /// Those of the deserializer.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
        String::deserialize(deserializer).map(Arc::from)
    }
}

impl Span {
    /// The whole of `file`.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Span { file: file.into(), line: 0, column: 0, length: 0, text: Arc::from("") }
    }

    /// The place of a byte range in the text of `file`, as far as it lies on one line. An empty range is the place of
    /// its first character. Offsets beyond the text or inside of a character are moved back to a character's start.
    pub fn in_text(file: impl Into<Arc<str>>, text: &str, range: Range<usize>) -> Self {
        let start = character_start(text, range.start);
        let end = character_start(text, range.end.max(start));
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        Span {
            file: file.into(),
            line: text[..line_start].bytes().filter(|byte| *byte == b'\n').count() as u32 + 1,
            column: text[line_start..start].chars().count() as u32 + 1,
            length: text[start..end.min(line_end)].chars().count().max(1) as u32,
            text: clip(&text[line_start..line_end]),
        }
    }
}

/// The most bytes of a line that a span carries: enough for any line that people write, little for a broken file.
const LONGEST_LINE: usize = 4096;

/// A line as a span carries it: only its beginning when it is longer than [`LONGEST_LINE`].
pub fn clip(line: &str) -> Arc<str> {
    Arc::from(&line[..character_start(line, LONGEST_LINE)])
}

/// The last start of a character, or the end of the text, that is not after `at`.
fn character_start(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// One thing a stage has to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

impl<'de> Deserialize<'de> for Diagnostic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Stored {
            code: String,
            severity: Severity,
            message: String,
            span: Option<Span>,
            related: Vec<(Span, String)>,
            hint: Option<String>,
        }
        let Stored { code, severity, message, span, related, hint } = Stored::deserialize(deserializer)?;
        Ok(Diagnostic { code: interned(code), severity, message, span, related, hint })
    }
}

/// A code for the rest of the program's life. There are few.
fn interned(code: String) -> &'static str {
    static CODES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut codes = CODES.lock().unwrap_or_else(PoisonError::into_inner);
    codes.get(code.as_str()).copied().unwrap_or_else(|| {
        let code: &'static str = code.leak();
        codes.insert(code);
        code
    })
}

impl Diagnostic {
    /// A diagnostic at a place.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Diagnostic { span: Some(span), ..Self::anywhere(severity, code, message) }
    }

    /// A diagnostic without any place.
    pub fn anywhere(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic { code, severity, message: message.into(), span: None, related: Vec::new(), hint: None }
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

/// Why a file could not be read or written, in the language of the interface.
pub fn reason(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "不存在",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::StorageFull => "磁盘已满",
        ErrorKind::FileTooLarge => "超过系统允许的文件大小",
        ErrorKind::QuotaExceeded => "超出磁盘配额",
        ErrorKind::ReadOnlyFilesystem => "磁盘只读",
        ErrorKind::NotADirectory => "路径中有一部分不是文件夹",
        ErrorKind::IsADirectory => "这是一个文件夹",
        ErrorKind::AlreadyExists => "已经存在",
        ErrorKind::CrossesDevices | ErrorKind::ResourceBusy => "它是挂载点或在另一个磁盘上，请指定其中的一个子文件夹",
        _ => return error.to_string(),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_byte_range_becomes_a_line_and_a_column_in_characters() {
        let text = "第一行\n标题 = 错误\n末行";
        let place = |needle: &str| {
            let start = text.find(needle).unwrap();
            let span = Span::in_text("f", text, start..start + needle.len());
            (span.line, span.column, span.length, span.text.to_string())
        };
        assert_eq!(place("错误"), (2, 6, 2, "标题 = 错误".to_owned()));
        assert_eq!(place("误\n末"), (2, 7, 1, "标题 = 错误".to_owned()));
        assert_eq!(place("末行"), (3, 1, 2, "末行".to_owned()));
        assert_eq!(Span::in_text("f", text, 900..901).line, 3);
        assert_eq!(Span::in_text("f", "", 0..0).column, 1);
    }

    #[test]
    fn a_span_carries_only_the_beginning_of_an_endless_line() {
        let span = Span::in_text("f", &"字".repeat(100_000), 0..3);
        assert!(span.text.len() <= super::LONGEST_LINE);
    }
}
