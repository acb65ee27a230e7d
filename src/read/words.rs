//! What a site adds to the built-in data: the TOML files of its folders for words and for rules.

use std::io::ErrorKind;
use std::path::Path;

use crate::audit::SiteRules;
use crate::diagnostic::{Diagnostic, Span, reason};
use crate::vocabulary::SiteWords;

/// The folder of a site that holds its words.
pub const WORDS_FOLDER: &str = "vocabulary";

/// The folder of a site that holds its rules.
pub const RULES_FOLDER: &str = "identities";

/// Reads the TOML files of `root/vocabulary`, by name; none when the folder is not there.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn read_words(root: &Path) -> Result<Vec<SiteWords>, Vec<Diagnostic>> {
    let files = read_folder(root, WORDS_FOLDER, |path, error| {
        Diagnostic::error("vocabulary-file", format!("词表文件不能读：{}", reason(error)), Span::file(path))
    })?;
    Ok(files.into_iter().map(|(path, text)| SiteWords { path, text }).collect())
}

/// Reads the TOML files of `root/identities`, by name; none when the folder is not there.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn read_rules(root: &Path) -> Result<Vec<SiteRules>, Vec<Diagnostic>> {
    let files = read_folder(root, RULES_FOLDER, |path, error| {
        Diagnostic::error("identity-file", format!("核对规则文件不能读：{}", reason(error)), Span::file(path))
    })?;
    Ok(files.into_iter().map(|(path, text)| SiteRules { path, text }).collect())
}

/// The TOML files of a folder below the root, each with its path and text.
fn read_folder(
    root: &Path,
    name: &str,
    unreadable: impl Fn(&str, &std::io::Error) -> Diagnostic,
) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
    let folder = root.join(name);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(vec![unreadable(name, &error)]),
    };
    let mut names: Vec<String> =
        entries.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(".toml") && !name.starts_with('.'));
    names.sort();
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for file in names {
        let path = format!("{name}/{file}");
        match std::fs::read_to_string(folder.join(&file)) {
            Ok(text) => files.push((path, text.trim_start_matches('\u{feff}').to_owned())),
            Err(error) => problems.push(unreadable(&path, &error)),
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}
