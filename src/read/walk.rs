//! Walking a content folder: which files are documents, which are not, and what stands in the way.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Diagnostic, Span, reason};

/// What lies below a content folder.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// Path relative to the folder, with `/`, and the place on the disk; sorted.
    pub(super) documents: Vec<(String, PathBuf)>,
    /// Other files, relative to the folder.
    pub(super) others: Vec<String>,
    /// Entries that could not be looked at.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Walks a folder. Links inside of it are followed; links that leave it are refused.
pub(super) fn walk(root: &Path) -> Walk {
    let mut walk = Walk::default();
    let Ok(real_root) = root.canonicalize() else {
        walk.diagnostics.push(missing_folder());
        return walk;
    };
    let mut entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Err(error) => walk.diagnostics.push(unreadable(root, &error)),
            Ok(entry) if entry.depth() == 0 => {
                if !entry.file_type().is_dir() {
                    walk.diagnostics.push(missing_folder());
                    return walk;
                }
            }
            Ok(entry) => {
                if !walk.take(root, &real_root, &entry) && entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
        }
    }
    walk.documents.sort();
    walk
}

impl Walk {
    /// Takes an entry; false when it and what is below it are left out.
    fn take(&mut self, root: &Path, real_root: &Path, entry: &DirEntry) -> bool {
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            return false;
        }
        let path = relative(root, entry.path());
        if entry.path_is_symlink() && !entry.path().canonicalize().is_ok_and(|real| real.starts_with(real_root)) {
            let message = "链接指向内容文件夹之外，没有读取";
            let hint = "把文件复制到内容文件夹里";
            self.diagnostics.push(Diagnostic::error("read-link-outside", message, Span::file(path)).with_hint(hint));
            return false;
        }
        if entry.file_type().is_dir() {
            return true;
        }
        if entry.file_name().to_str().is_none() {
            let message = "文件名不是 UTF-8，没有读取";
            let hint = "给文件改名";
            self.diagnostics.push(Diagnostic::error("read-file-name", message, Span::file(path)).with_hint(hint));
        } else if is_document(entry.path()) {
            self.documents.push((path, entry.path().to_owned()));
        } else if !is_readme(entry.path()) {
            self.others.push(path);
        }
        true
    }
}

/// True for the kinds of files that hold disclosures.
fn is_document(path: &Path) -> bool {
    let kind = path.extension().map(|kind| kind.to_string_lossy().to_lowercase());
    !is_readme(path) && matches!(kind.as_deref(), Some("md" | "txt" | "html" | "htm"))
}

/// True for a file that tells about its folder, as people write them beside any files.
fn is_readme(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem.to_string_lossy().to_lowercase() == "readme")
}

fn unreadable(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let place = Span::file(error.path().map_or_else(String::new, |path| relative(root, path)));
    if error.loop_ancestor().is_some() {
        let message = "链接绕回了它自己的上级文件夹，没有跟随";
        return Diagnostic::error("read-link-loop", message, place).with_hint("删除这个链接");
    }
    let why = error.io_error().map_or_else(|| error.to_string(), reason);
    let message = format!("无法读取：{why}");
    Diagnostic::error("read-failed", message, place).with_hint("检查权限，以及链接所指的文件是否还在")
}

fn missing_folder() -> Diagnostic {
    let message = "内容文件夹不存在，或不是文件夹";
    let hint = "建立这个文件夹，用 --content 指明另一个，或用 budgetsite init 新建一个站点";
    Diagnostic::error("read-no-content", message, Span::file("")).with_hint(hint)
}

/// The path below the root with `/` between the parts. Bytes that are no UTF-8 are shown as U+FFFD.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
