//! The original of a disclosure: the file, usually a PDF, that its front matter offers for download.

use std::path::Path;

use super::{LARGEST_FILE, read_bytes};
use crate::diagnostic::{Diagnostic, Span};

/// Reads the file `name` that lies beside one of the sources, or below its folder.
///
/// # Errors
/// When none of the sources has such a file, when it is a link that leaves the content folder, and when it cannot be
/// read or is larger than [`LARGEST_FILE`].
pub fn read_original<'s>(
    content_root: &Path,
    sources: impl IntoIterator<Item = &'s str>,
    name: &str,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let beside = |source: &str| match source.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    };
    let found = sources.into_iter().map(beside).find(|path| content_root.join(path).is_file());
    let path = found.unwrap_or_else(|| name.to_owned());
    let place = content_root.join(&path);
    let inside = |root: std::path::PathBuf| place.canonicalize().is_ok_and(|real| real.starts_with(root));
    if place.exists() && !content_root.canonicalize().is_ok_and(inside) {
        let message = "原件是指向内容文件夹之外的链接，没有发布";
        let problem = Diagnostic::error("read-link-outside", message, Span::file(path));
        return Err(Box::new(problem.with_hint("把文件复制到内容文件夹里")));
    }
    read_bytes(&path, &place, LARGEST_FILE)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::read_original;

    #[test]
    fn the_original_beside_any_of_the_sources_is_read_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::NamedTempFile::new().unwrap();
        fs::create_dir_all(folder.path().join("b/files")).unwrap();
        fs::write(folder.path().join("b/files/x.pdf"), "pdf").unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("b/link.pdf")).unwrap();
        let read = |name| read_original(folder.path(), ["a/text.md", "b/tables.md"], name).map_err(|said| said.code);
        assert_eq!(read("files/x.pdf"), Ok(b"pdf".to_vec()));
        assert_eq!(read("link.pdf"), Err("read-link-outside"));
        assert_eq!(read("missing.pdf"), Err("read-failed"));
    }
}
