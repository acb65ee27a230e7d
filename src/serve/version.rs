//! What the browser sees after a build: the last good site, and what is wrong with the newest input.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::problems::Problems;
use crate::spill::Spilled;

/// The files of a site by path.
pub(super) type Files = BTreeMap<String, File>;

/// A file of the preview.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) bytes: Spilled,
    pub(super) hash: [u8; 32],
}

/// One state of the preview. Equal marks mean equal pages.
#[derive(Debug)]
pub(super) struct Version {
    /// A fingerprint of everything below.
    pub(super) mark: String,
    /// The newest site that could be built; none before the first.
    pub(super) site: Option<Arc<Files>>,
    /// Files of the next site that are there before it is complete.
    ahead: Files,
    /// What stands in the way.
    pub(super) problems: Problems,
}

impl Version {
    /// A version of the preview.
    pub(super) fn new(site: Option<Arc<Files>>, problems: Problems) -> Self {
        let mut hasher = blake3::Hasher::new();
        let mut add = |bytes: &[u8]| {
            hasher.update(&bytes.len().to_le_bytes());
            hasher.update(bytes);
        };
        for (path, file) in site.iter().flat_map(|files| files.iter()) {
            add(path.as_bytes());
            add(&file.hash);
        }
        add(problems.html.as_bytes());
        let mark = hasher.finalize().to_hex()[..16].to_owned();
        Version { mark, site, ahead: Files::new(), problems }
    }

    /// This version with some files of the next one, whose problems are not known yet.
    pub(super) fn ahead(&self, files: Files) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.mark.as_bytes());
        files.values().for_each(|file| {
            hasher.update(&file.hash);
        });
        let mark = hasher.finalize().to_hex()[..16].to_owned();
        Version { mark, site: self.site.clone(), ahead: files, problems: Problems::default() }
    }

    /// A file by its path.
    pub(super) fn file(&self, path: &str) -> Option<&File> {
        self.ahead.get(path).or_else(|| self.site.as_ref()?.get(path))
    }
}
