//! Words that a site adds to the built-in ones: files of the same names and form in the site's folder `vocabulary`.

use serde::de::DeserializeOwned;

use super::{columns, forms, identity, names, narrative, rows, statements, tables};
use crate::diagnostic::{Diagnostic, Span};

/// A file of words that a site adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteWords {
    /// Where it stands, as the user knows it: `vocabulary/columns.toml`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The files that a site may add.
pub const FILE_NAMES: [&str; 9] = [
    "statements.toml",
    "columns.toml",
    "rows.toml",
    "tables.toml",
    "functions.toml",
    "economic.toml",
    "narrative.toml",
    "forms.toml",
    "identity.toml",
];

impl SiteWords {
    /// True for a file with names of codes.
    pub fn names_codes(&self) -> bool {
        matches!(self.name(), "functions.toml" | "economic.toml")
    }

    /// The name of the file without its folder.
    pub(super) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// What is wrong with the files of a site; nothing when they can be loaded.
pub(super) fn problems(files: &[SiteWords]) -> Vec<Diagnostic> {
    files.iter().filter_map(problem).collect()
}

fn problem(file: &SiteWords) -> Option<Diagnostic> {
    let wrong = match file.name() {
        "statements.toml" => wrong_in(file, statements::File::wrong_word),
        "columns.toml" => wrong_in(file, columns::File::wrong_word),
        "rows.toml" => wrong_in(file, rows::File::wrong_word),
        "narrative.toml" => wrong_in(file, narrative::File::wrong_word),
        "forms.toml" => wrong_in(file, forms::FormWords::wrong_word),
        "tables.toml" => wrong_in(file, tables::TableWords::wrong_word),
        "functions.toml" => wrong_in(file, |_: &names::Functions| None),
        "economic.toml" => wrong_in(file, |_: &names::Economic| None),
        "identity.toml" => wrong_in(file, |_: &identity::IdentityWords| None),
        _ => {
            let hint = format!("可用的文件名：{}", FILE_NAMES.join("、"));
            let span = Span::file(file.path.as_str());
            return Some(Diagnostic::error("vocabulary-file", "词表文件夹里没有这种文件", span).with_hint(hint));
        }
    };
    wrong.err().map(|wrong| *wrong)
}

/// Reads a file and looks for a word that no field knows.
fn wrong_in<T: DeserializeOwned>(
    file: &SiteWords,
    wrong_word: impl Fn(&T) -> Option<WrongWord>,
) -> Result<(), Box<Diagnostic>> {
    let hint = "写法见 docs/vocabulary.md";
    let read: T = toml::from_str(&file.text).map_err(|error| {
        let span = Span::in_text(file.path.as_str(), &file.text, error.span().unwrap_or(0..0));
        let message = format!("词表文件不能读：{}", error.message());
        Box::new(Diagnostic::error("vocabulary-file", message, span).with_hint(hint))
    })?;
    let Some(WrongWord { field, word, known }) = wrong_word(&read) else { return Ok(()) };
    let quoted = format!("\"{word}\"");
    let at = file.text.find(&quoted).map_or(0..0, |at| at..at + quoted.len());
    let span = Span::in_text(file.path.as_str(), &file.text, at);
    let message = format!("`{field}` 不认识 \"{word}\"");
    let hint = format!("可用：{}", known.join("、"));
    Err(Box::new(Diagnostic::error("vocabulary-word", message, span).with_hint(hint)))
}

/// A word in a field that takes only some.
pub(super) struct WrongWord {
    pub(super) field: &'static str,
    pub(super) word: String,
    pub(super) known: Vec<&'static str>,
}

/// The first of `words` that is none of `known`.
pub(super) fn unknown<'words>(
    field: &'static str,
    words: impl IntoIterator<Item = &'words str>,
    known: &[&'static str],
) -> Option<WrongWord> {
    let wrong = words.into_iter().find(|word| !known.contains(word))?;
    Some(WrongWord { field, word: wrong.to_owned(), known: known.to_vec() })
}
