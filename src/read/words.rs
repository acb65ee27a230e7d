//! The words that a site adds to the vocabulary: the TOML files of a folder.

use std::io::ErrorKind;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Span, reason};
use crate::vocabulary::SiteWords;

/// The folder of a site that holds its words.
pub const WORDS_FOLDER: &str = "vocabulary";

/// Reads the TOML files of `root/vocabulary`, by name; none when the folder is not there.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn read_words(root: &Path) -> Result<Vec<SiteWords>, Vec<Diagnostic>> {
    let folder = root.join(WORDS_FOLDER);
    let unreadable = |path: &str, error: &std::io::Error| {
        Diagnostic::error("vocabulary-file", format!("词表文件不能读：{}", reason(error)), Span::file(path))
    };
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(vec![unreadable(WORDS_FOLDER, &error)]),
    };
    let mut names: Vec<String> =
        entries.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(".toml") && !name.starts_with('.'));
    names.sort();
    let (mut words, mut problems) = (Vec::new(), Vec::new());
    for name in names {
        let path = format!("{WORDS_FOLDER}/{name}");
        match std::fs::read_to_string(folder.join(&name)) {
            Ok(text) => words.push(SiteWords { path, text: text.trim_start_matches('\u{feff}').to_owned() }),
            Err(error) => problems.push(unreadable(&path, &error)),
        }
    }
    if problems.is_empty() { Ok(words) } else { Err(problems) }
}
