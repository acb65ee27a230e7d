//! Publishing: finished files to a folder, all at once or not at all.
//!
//! Files are written into a work folder beside the target, on the same file system, and the finished site is swapped
//! with the published one in a single step. Until then the published site is not touched; a build that fails or is
//! killed leaves it whole, and the next one clears away what was left. A file whose bytes are already published is
//! linked instead of written, so that its time of modification stays.

mod before;
mod files;
mod kept;
mod manifest;
mod memory;
mod path;
mod problems;
mod swap;
#[cfg(test)]
mod tests;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::diagnostic::{Diagnostic, reason};
use crate::output::{FileDigest, Output};

use before::Before;
use manifest::{Manifest, Published};
use problems::{no_access, not_ours, write_failures};
use work::Work;

pub use memory::{LastBuild, recall, remember};

/// The name of the list of published files, in the root of the site. Its presence marks a folder as ours.
pub const MANIFEST_NAME: &str = manifest::NAME;

/// How many of the largest pages are told.
const TOLD_PAGES: usize = 3;

/// What publishing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishSummary {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that were published already with the same bytes.
    pub unchanged: usize,
    /// Published files that are gone now.
    pub removed: usize,
    /// Files of others in the target, left in place.
    pub kept: usize,
    /// The size of the whole site in bytes.
    pub bytes: u64,
    /// The largest pages by path, with their bytes.
    pub heaviest: Vec<(String, u64)>,
}

/// A site on its way to a folder. Dropping it without [`Publication::finish`] leaves the folder as it was.
#[derive(Debug)]
pub struct Publication {
    /// The folder as the user named it, for messages.
    name: PathBuf,
    /// The real folder.
    target: PathBuf,
    work: Work,
    /// What is published now; `None` when the folder is empty or may be replaced as a whole.
    previous: Option<Manifest>,
    /// When the list of published files was written: the last of them all.
    published: SystemTime,
    /// Where the site before the published one is kept, which becomes the new one.
    before: Option<Before>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    files: BTreeMap<String, Published>,
    /// Paths that are not in lower case, in lower case: a host that ignores case must not mix up two files.
    folded: BTreeSet<String>,
    written: usize,
    failures: Vec<String>,
}

impl Publication {
    /// Begins to publish to `target`, which need not exist yet.
    ///
    /// # Errors
    /// When another build writes there, when the folder holds something else than a site of ours and `force` is not
    /// given, and when the work folder cannot be made.
    pub fn begin(target: &Path, force: bool) -> Result<Self, Box<Diagnostic>> {
        let name = target.to_owned();
        let failed = |error: io::Error| no_access(&name, &error);
        let target = real_place(target).map_err(failed)?;
        let work = Work::lock(&target, &name)?;
        work.recover(&target).map_err(failed)?;
        let previous = match Manifest::read(&target).map_err(failed)? {
            Some(manifest) => Some(manifest),
            None if force || is_empty(&target).map_err(failed)? => None,
            None => return Err(Box::new(not_ours(&name))),
        };
        work.clear().map_err(failed)?;
        let written = fs::metadata(target.join(manifest::NAME)).and_then(|found| found.modified());
        let published = written.unwrap_or(SystemTime::UNIX_EPOCH);
        Ok(Publication { name, target, work, previous, published, before: None, state: Mutex::default() })
    }

    /// Makes the new site out of the one before the published one, which is kept in `place` from build to build, on the
    /// same file system. Then a build costs what changed, and not what exists.
    #[must_use]
    pub fn reusing(mut self, place: PathBuf) -> Self {
        self.before = Some(Before::take(place, &self.work.site()));
        self
    }

    /// Swaps the written site with the published one.
    ///
    /// # Errors
    /// Every failure to write, and a failure to swap. The published site is then as it was.
    pub fn finish(self) -> Result<PublishSummary, Vec<Diagnostic>> {
        let state = std::mem::take(&mut *self.state());
        if !state.failures.is_empty() {
            return Err(write_failures(&state.failures));
        }
        let published = self.previous.iter().flat_map(|previous| previous.files.keys());
        let removed = published.filter(|path| !state.files.contains_key(*path)).count();
        let mut summary = PublishSummary {
            written: state.written,
            unchanged: state.files.len() - state.written,
            removed,
            kept: 0,
            bytes: state.files.values().map(|file| file.bytes).sum(),
            heaviest: heaviest(state.files.iter().map(|(path, file)| (path.as_str(), file.bytes))),
        };
        let complete = Manifest { files: state.files };
        if state.written == 0 && Some(&complete) == self.previous.as_ref() {
            return Ok(summary);
        }
        self.complete(&complete, &mut summary).map_err(|error| vec![*no_access(&self.name, &error)]).map(|()| summary)
    }

    fn complete(&self, manifest: &Manifest, summary: &mut PublishSummary) -> io::Result<()> {
        let site = self.work.site();
        fs::create_dir_all(&site)?;
        if self.before.is_some() {
            before::clear_others(&site, &manifest.files)?;
        }
        fs::write(site.join(manifest::NAME), manifest.to_json())?;
        if let Some(previous) = &self.previous {
            summary.kept = kept::keep_foreign_files(&self.target, &site, previous)?;
        }
        swap::swap(&site, &self.target, &self.work.old_site())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Output for Publication {
    fn write(&self, path: &str, bytes: Vec<u8>) {
        let file = Published { bytes: bytes.len() as u64, blake3: *blake3::hash(&bytes).as_bytes() };
        let placed = self.admit(path, file).and_then(|()| self.place(path, &bytes).map_err(|error| reason(&error)));
        match placed {
            Ok(written) => self.state().written += usize::from(written),
            Err(why) => self.fail(path, &why),
        }
    }

    fn keep(&self, files: &[FileDigest]) -> bool {
        let Some(found) = files.iter().map(|file| self.published(file)).collect::<Option<Vec<_>>>() else {
            return false;
        };
        for (file, found) in files.iter().zip(found) {
            let published = Published { bytes: file.bytes, blake3: file.hash };
            let placed = self.admit(&file.path, published);
            if let Err(why) = placed.and_then(|()| self.link(&file.path, &found).map_err(|error| reason(&error))) {
                self.fail(&file.path, &why);
            }
        }
        true
    }

    fn stream(&self, path: &str, pieces: &mut dyn Iterator<Item = Vec<u8>>) {
        let placed = self.write_pieces(path, pieces).map_err(|error| reason(&error));
        let placed = placed.and_then(|(file, written)| self.admit(path, file).map(|()| written));
        match placed {
            Ok(written) => self.state().written += usize::from(written),
            Err(why) => self.fail(path, &why),
        }
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            // After a swap the old site is where the new one was made, or where two renames put it.
            let (site, old) = (self.work.site(), self.work.old_site());
            before.keep(if old.exists() { &old } else { &site });
        }
    }
}

/// The largest pages, the largest first.
fn heaviest<'f>(files: impl Iterator<Item = (&'f str, u64)>) -> Vec<(String, u64)> {
    let mut pages: Vec<(&str, u64)> = files.filter(|(path, _)| path.ends_with(".html")).collect();
    pages.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    pages.into_iter().take(TOLD_PAGES).map(|(path, bytes)| (path.to_owned(), bytes)).collect()
}

/// The absolute path of a folder that may not exist yet, links resolved.
fn real_place(target: &Path) -> io::Result<PathBuf> {
    if let Ok(real) = target.canonicalize() {
        return if real.is_dir() { Ok(real) } else { Err(io::ErrorKind::NotADirectory.into()) };
    }
    let absolute = std::path::absolute(target)?;
    let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    fs::create_dir_all(parent)?;
    Ok(parent.canonicalize()?.join(name))
}

fn is_empty(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}
