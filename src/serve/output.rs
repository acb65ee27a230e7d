//! Where a build for the preview goes: memory and temporary files, with the files of the version before that did not
//! change.

use std::sync::{Arc, Mutex, PoisonError};

use super::version::{File, Files};
use crate::diagnostic::{Diagnostic, Severity, reason};
use crate::output::{FileDigest, Output};
use crate::spill::Spill;

/// Takes the files of a build.
pub(super) struct PreviewOutput {
    previous: Option<Arc<Files>>,
    files: Mutex<Files>,
    spill: Spill,
    problems: Mutex<Vec<Diagnostic>>,
}

/// Of the files that a build writes, so many bytes stay in memory: all of a small site.
const IN_MEMORY: usize = 64 << 20;

impl PreviewOutput {
    /// An output that may take over files of an earlier version.
    pub(super) fn after(previous: Option<Arc<Files>>) -> Self {
        PreviewOutput { previous, files: Mutex::default(), spill: Spill::new(IN_MEMORY), problems: Mutex::default() }
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

    /// All files, and what went wrong with others.
    pub(super) fn into_files(self) -> (Files, Vec<Diagnostic>) {
        let files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        (files, self.problems.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn add(&self, path: &str, file: File) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), file);
    }
}

impl Output for PreviewOutput {
    fn write(&self, path: &str, bytes: Vec<u8>) {
        let hash = *blake3::hash(&bytes).as_bytes();
        self.add(path, File { hash, bytes: self.spill.put(bytes) });
    }

    fn stream(&self, path: &str, pieces: &mut dyn Iterator<Item = Vec<u8>>) {
        let mut hasher = blake3::Hasher::new();
        let mut hashed = pieces.inspect(|piece| {
            hasher.update(piece);
        });
        match self.spill.put_pieces(&mut hashed) {
            Ok(bytes) => self.add(path, File { hash: *hasher.finalize().as_bytes(), bytes }),
            Err(error) => {
                let message = format!("预览里没有 {path}，临时文件无法写入：{}", reason(&error));
                let problem = Diagnostic::anywhere(Severity::Warning, "serve-temporary", message);
                let problem = problem.with_hint("检查临时文件夹所在的磁盘");
                self.problems.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
            }
        }
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
        let second = PreviewOutput::after(Some(Arc::new(first.into_files().0)));
        let (a, b) = (FileDigest::new("a", b"1"), FileDigest::new("b", b"2"));
        assert!(!second.keep(&[a.clone(), FileDigest::new("b", b"3")]));
        assert!(!second.keep(&[FileDigest::new("c", b"1")]));
        assert!(second.keep(&[b]));
        second.write("a", b"3".to_vec());
        assert_eq!(second.news().keys().collect::<Vec<_>>(), ["a"]);
        assert_eq!(second.into_files().0.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert!(!PreviewOutput::after(None).keep(&[a]));
    }

    #[test]
    fn a_streamed_file_is_the_same_as_a_written_one() {
        let output = PreviewOutput::after(None);
        output.write("a", b"123".to_vec());
        output.stream("b", &mut [b"1".to_vec(), Vec::new(), b"23".to_vec()].into_iter());
        let (files, problems) = output.into_files();
        assert_eq!(
            (files["a"].hash, files["a"].bytes.get().unwrap()),
            (files["b"].hash, files["b"].bytes.get().unwrap())
        );
        assert_eq!(problems, []);
    }
}
