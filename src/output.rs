//! Where finished files go: the rendering stages write to an [`Output`] and never know whether it is a disk.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// A finished file by its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileDigest {
    /// Relative to the site's root.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// Its BLAKE3 hash.
    pub hash: [u8; 32],
}

impl FileDigest {
    /// The digest of a file.
    pub fn new(path: &str, bytes: &[u8]) -> Self {
        FileDigest { path: path.to_owned(), bytes: bytes.len() as u64, hash: *blake3::hash(bytes).as_bytes() }
    }
}

/// Takes finished files from many threads.
pub trait Output: Sync {
    /// Takes a file. `path` is relative to the site's root, lower-case ASCII, `/` between the parts.
    /// A failure is kept by the output and reported when the site is finished.
    fn write(&self, path: &str, bytes: Vec<u8>);

    /// Takes over files that an earlier build wrote, where all of them are still there just so; false when one is not,
    /// or when this output knows of no earlier build: then none is taken.
    fn keep(&self, _files: &[FileDigest]) -> bool {
        false
    }

    /// Takes a large file piece by piece, so that it need not be in memory as a whole where it goes to a disk.
    fn stream(&self, path: &str, pieces: &mut dyn Iterator<Item = Vec<u8>>) {
        self.write(path, pieces.flatten().collect());
    }
}

/// Keeps files in memory: for tests.
#[derive(Debug, Default)]
pub struct MemoryOutput {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl MemoryOutput {
    /// The files by path.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Output for MemoryOutput {
    fn write(&self, path: &str, bytes: Vec<u8>) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes);
    }
}
