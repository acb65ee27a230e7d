//! Reads the files of a folder of the site into memory. Used only while a theme is loaded.

use std::collections::BTreeMap;
use std::path::Path;

use walkdir::WalkDir;

use crate::diagnostic::{Diagnostic, Span};

/// All files below `root/folder` by their path in it, `/` between the parts. Hidden files and symbolic links are left
/// out; a folder that is not there has no files.
pub(super) fn read_folder(root: &Path, folder: &str, problems: &mut Vec<Diagnostic>) -> BTreeMap<String, Vec<u8>> {
    let top = root.join(folder);
    let mut files = BTreeMap::new();
    if !top.is_dir() {
        return files;
    }
    let visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    for entry in WalkDir::new(&top).into_iter().filter_entry(visible) {
        let read = entry.map_err(std::io::Error::from).and_then(|entry| {
            if !entry.file_type().is_file() {
                return Ok(None);
            }
            let relative = entry.path().strip_prefix(&top).unwrap_or(entry.path());
            let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            std::fs::read(entry.path()).map(|bytes| Some((parts.join("/"), bytes)))
        });
        match read {
            Ok(Some((name, bytes))) => drop(files.insert(name, bytes)),
            Ok(None) => {}
            Err(error) => {
                let message = format!("文件夹 {folder} 无法读取：{error}");
                problems.push(Diagnostic::error("file-unreadable", message, Span::file(folder)));
            }
        }
    }
    files
}
