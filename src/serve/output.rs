//! Where a build for the preview goes: memory, with the files of the version before that did not change.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::version::{File, Files};
use crate::output::{FileDigest, Output};

/// Takes the files of a build.
pub(super) struct PreviewOutput {
    previous: Option<Arc<Files>>,
    files: Mutex<Files>,
}

impl PreviewOutput {
    /// An output that may take over files of an earlier version.
    pub(super) fn after(previous: Option<Arc<Files>>) -> Self {
        PreviewOutput { previous, files: Mutex::new(BTreeMap::new()) }
    }

    /// The files so far that the version before has not, or has otherwise.
    pub(super) fn news(&self) -> Files {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let known = |path: &String, file: &File| {
            let before = self.previous.as_ref().and_then(|previous| previous.get(path));
            before.is_some_and(|before| before.hash == file.hash)
        };
        files
            .iter()
            .filter(|(path, file)| !known(path, file))
            .map(|(path, file)| (path.clone(), file.clone()))
            .collect()
    }

    /// All files.
    pub(super) fn into_files(self) -> Files {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Output for PreviewOutput {
    fn write(&self, path: &str, bytes: Vec<u8>) {
        let file = File::new(bytes);
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), file);
    }

    fn keep(&self, files: &[FileDigest]) -> bool {
        let known = |file: &FileDigest| {
            let found = self.previous.as_ref()?.get(&file.path)?;
            (found.hash == file.hash).then(|| (file.path.clone(), found.clone()))
        };
        let Some(kept) = files.iter().map(known).collect::<Option<Vec<_>>>() else { return false };
        self.files.lock().unwrap_or_else(PoisonError::into_inner).extend(kept);
        true
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::PreviewOutput;
    use crate::output::{FileDigest, Output};

    #[test]
    fn files_are_taken_over_all_or_none() {
        let first = PreviewOutput::after(None);
        first.write("a", b"1".to_vec());
        first.write("b", b"2".to_vec());
        let second = PreviewOutput::after(Some(Arc::new(first.into_files())));
        let (a, b) = (FileDigest::new("a", b"1"), FileDigest::new("b", b"2"));
        assert!(!second.keep(&[a.clone(), FileDigest::new("b", b"3")]));
        assert!(!second.keep(&[FileDigest::new("c", b"1")]));
        assert!(second.keep(&[b]));
        second.write("a", b"3".to_vec());
        assert_eq!(second.news().keys().collect::<Vec<_>>(), ["a"]);
        assert_eq!(second.into_files().keys().collect::<Vec<_>>(), ["a", "b"]);
        assert!(!PreviewOutput::after(None).keep(&[a]));
    }
}
