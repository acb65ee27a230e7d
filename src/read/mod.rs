//! Reading: a content folder to [`Source`]s. The only stage before publishing that touches the disk.
//!
//! One bad file never stops the others: it becomes a diagnostic, and the rest is read.

mod decode;
mod front_matter;
mod inputs;
mod lookalikes;
mod original;
mod source;
mod stamps;
#[cfg(test)]
mod tests;
mod walk;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{self, Diagnostic, Severity, Span, reason};

pub use inputs::fingerprint;
pub use original::read_original;
pub use source::{FrontMatter, Source};
pub use stamps::Stamps;
pub use words::{RULES_FOLDER, WORDS_FOLDER, read_rules, read_words};

/// The largest file that is read, in bytes. A disclosure has some ten thousand; anything near this is a mistake.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// What reading a content folder gave.
#[derive(Debug, Default)]
pub struct ReadOutcome {
    /// The files that could be decoded, by path.
    pub sources: Vec<Source>,
    /// Every content file that was found, readable or not, and every other place of which a diagnostic speaks; sorted,
    /// relative to the content folder.
    pub files: Vec<Arc<str>>,
    /// What could not be read, and what was assumed.
    pub diagnostics: Vec<Diagnostic>,
}

/// What lies below a content folder, not yet read.
#[derive(Debug, Default)]
pub struct Content {
    walk: walk::Walk,
}

impl Content {
    /// Walks a folder: every `.md`, `.txt`, `.html` and `.htm` file below it is a document.
    ///
    /// Left out are hidden files and folders, files named README, and other kinds of files; a note counts the last.
    pub fn list(content_root: &Path) -> Self {
        Content { walk: walk::walk(content_root) }
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.walk.documents.len()
    }

    /// True for a folder without documents.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads the document with this number, in the order of paths; no source when it cannot be read or is empty.
    pub fn read(&self, number: usize) -> (Option<Source>, Vec<Diagnostic>) {
        match self.walk.documents.get(number) {
            Some((path, place)) => read_file(path, place, LARGEST_FILE),
            None => (None, Vec::new()),
        }
    }

    /// The hash of the document's bytes, as in [`Source::hash`]; `None` when it cannot be read.
    pub fn hash(&self, number: usize, stamps: &Stamps) -> Option<String> {
        let (_, place) = self.walk.documents.get(number)?;
        Some(stamps.hash(place).ok()?.to_hex().to_string())
    }

    /// The document's path relative to the folder.
    pub fn path(&self, number: usize) -> &str {
        self.walk.documents.get(number).map_or("", |(path, _)| path)
    }

    /// What is to say of the folder itself, when the documents offer these originals for download (paths relative to
    /// the folder, see [`original_path`]).
    pub fn diagnostics(&self, originals: &BTreeSet<String>) -> Vec<Diagnostic> {
        let mut said = self.walk.diagnostics.clone();
        said.extend(note_other_files(&self.walk.others, originals));
        said
    }

    /// Every document, readable or not, and every other place of which a diagnostic speaks; sorted, relative to the
    /// folder.
    pub fn files(&self, said: &[Diagnostic]) -> Vec<Arc<str>> {
        let mut files: Vec<Arc<str>> = self.walk.documents.iter().map(|(path, _)| Arc::from(path.as_str())).collect();
        files.extend(said.iter().filter_map(|said| Some(said.span.as_ref()?.file.clone())));
        files.sort();
        files.dedup();
        files
    }
}

/// Reads every document below a folder, see [`Content::list`].
pub fn read_content(content_root: &Path) -> ReadOutcome {
    let content = Content::list(content_root);
    let files: Vec<(Option<Source>, Vec<Diagnostic>)> =
        (0..content.len()).into_par_iter().map(|number| content.read(number)).collect();
    let mut outcome = ReadOutcome { sources: Vec::with_capacity(files.len()), ..ReadOutcome::default() };
    for (source, diagnostics) in files {
        outcome.sources.extend(source);
        outcome.diagnostics.extend(diagnostics);
    }
    outcome.diagnostics.extend(content.diagnostics(&outcome.sources.iter().filter_map(original_path).collect()));
    diagnostic::sort(&mut outcome.diagnostics);
    outcome.files = content.files(&outcome.diagnostics);
    outcome
}

/// Reads one file by its path alone.
pub fn read_document(path: &Path) -> ReadOutcome {
    let name = path.display().to_string();
    let (source, diagnostics) = read_file(&name, path, LARGEST_FILE);
    ReadOutcome { sources: source.into_iter().collect(), files: vec![Arc::from(name)], diagnostics }
}

/// Reads one file. `path` is relative to the content folder.
fn read_file(path: &str, place: &Path, largest: u64) -> (Option<Source>, Vec<Diagnostic>) {
    let bytes = match read_bytes(path, place, largest) {
        Ok(bytes) => bytes,
        Err(problem) => return (None, vec![*problem]),
    };
    let decoded = match decode::decode(path, &bytes) {
        Ok(decoded) => decoded,
        Err(problem) => return (None, vec![*problem]),
    };
    let folder = place.parent().unwrap_or(Path::new(""));
    let beside = |name: &str| folder.join(name).is_file();
    let (front_matter, body_line, mut diagnostics) = front_matter::parse(path, &decoded.text, &beside);
    diagnostics.extend(decoded.notes);
    let blank = decoded.text.trim().is_empty();
    let hash = blake3::hash(&bytes).to_hex();
    let source = Source::new(path, decoded.text, body_line, front_matter, &hash, decoded.encoding);
    if source.body().1.trim().is_empty() {
        let message = if blank { "文件是空的" } else { "文件只有前置信息，没有正文" };
        let hint = "补上公开文件的文字与表格，或删除此文件";
        diagnostics.push(Diagnostic::warning("read-empty", message, Span::file(path)).with_hint(hint));
    }
    ((!blank).then_some(source), diagnostics)
}

fn read_bytes(path: &str, place: &Path, largest: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
    let failed = |error: std::io::Error| {
        let message = format!("文件无法读取：{}", reason(&error));
        let hint = "检查文件的权限，以及它是否还在";
        Box::new(Diagnostic::error("read-failed", message, Span::file(path)).with_hint(hint))
    };
    if !place.metadata().map_err(failed)?.is_file() {
        let message = "这不是普通文件，没有读取";
        return Err(Box::new(Diagnostic::error("read-not-a-file", message, Span::file(path))));
    }
    let mut bytes = Vec::new();
    File::open(place).map_err(failed)?.take(largest + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > largest {
        let message = format!("文件超过 {} MiB，没有读取", largest / 1024 / 1024);
        let hint = "一份公开文件通常只有几十 KB：检查是否放错了文件，或把它拆成几个";
        return Err(Box::new(Diagnostic::error("read-too-large", message, Span::file(path)).with_hint(hint)));
    }
    Ok(bytes)
}

/// One note about the files that are neither documents nor offered for download by one.
fn note_other_files(others: &[String], originals: &BTreeSet<String>) -> Option<Diagnostic> {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for other in others.iter().filter(|other| !originals.contains(*other)) {
        let name = other.rsplit('/').next().unwrap_or(other);
        let kind = name.rsplit_once('.').map_or_else(|| name.to_owned(), |(_, kind)| format!(".{kind}"));
        *kinds.entry(kind).or_default() += 1;
    }
    let count: usize = kinds.values().sum();
    let list = kinds.iter().map(|(kind, count)| format!("{kind} {count} 个")).collect::<Vec<_>>().join("，");
    let message = format!("有 {count} 个文件不是正文，没有读取：{list}");
    let hint = "正文用 .md、.txt、.html；要提供下载的原件，在正文的前置信息里写 original";
    (count > 0).then(|| Diagnostic::anywhere(Severity::Note, "read-other-files", message).with_hint(hint))
}

/// The path of the file that a source offers for download, relative to the content folder.
pub fn original_path(source: &Source) -> Option<String> {
    let original = source.front_matter.original.as_deref()?;
    Some(match source.path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{original}"),
        None => original.to_owned(),
    })
}
