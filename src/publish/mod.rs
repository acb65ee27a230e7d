//! Publishing: finished files to a folder, all at once or not at all.
//!
//! Files are written into a work folder beside the target, on the same file system, and the finished site is swapped
//! with the published one in a single step. Until then the published site is not touched; a build that fails or is
//! killed leaves it whole, and the next one clears away what was left. A file whose bytes are already published is
//! linked instead of written, so that its time of modification stays.

mod before;
mod kept;
mod manifest;
mod memory;
mod path;
mod swap;
#[cfg(test)]
mod tests;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::diagnostic::{Diagnostic, Severity, reason};
use crate::output::{FileDigest, Output};

use before::Before;
use manifest::{Manifest, Published};
use work::Work;

pub use memory::{LastBuild, recall, remember};

/// The name of the list of published files, in the root of the site. Its presence marks a folder as ours.
pub const MANIFEST_NAME: &str = manifest::NAME;

/// How many of the largest pages are told.
const TOLD_PAGES: usize = 3;

/// How many failures to write are told one by one.
const TOLD_FAILURES: usize = 5;

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
            heaviest: heaviest(&state.files),
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

    /// Takes the path of a file that is about to be written.
    fn admit(&self, path: &str, file: Published) -> Result<(), String> {
        path::check(path)?;
        let mut state = self.state();
        let folded = path.to_lowercase();
        let is_taken = state.files.contains_key(&folded) || state.folded.contains(&folded);
        if is_taken {
            return Err("同一路径写了两次：两个页面的网址相同（不分大小写）".to_owned());
        }
        if folded != path {
            state.folded.insert(folded);
        }
        state.files.insert(path.to_owned(), file);
        Ok(())
    }

    /// Writes a file, or links the published one; true when it was written.
    fn place(&self, path: &str, bytes: &[u8]) -> io::Result<bool> {
        let (old, new) = (self.target.join(path), self.work.site().join(path));
        let same = is_same(&old, bytes);
        if same.as_ref().is_some_and(|published| self.is_there(published, &new)) {
            return Ok(false);
        }
        self.make_room(path, &new)?;
        if same.is_some() && fs::hard_link(&old, &new).is_ok() {
            return Ok(false);
        }
        fs::write(&new, bytes)?;
        Ok(true)
    }

    /// True when a file of the site before is the published one.
    fn is_there(&self, published: &fs::Metadata, new: &Path) -> bool {
        self.before.is_some() && before::is_same_file(published, new)
    }

    /// Makes the place and the folder of a new file.
    fn make_room(&self, path: &str, new: &Path) -> io::Result<()> {
        if self.before.is_some() {
            before::make_room(&self.work.site(), path, &self.state().files)?;
        }
        new.parent().map_or(Ok(()), fs::create_dir_all)
    }
}

impl Output for Publication {
    fn write(&self, path: &str, bytes: Vec<u8>) {
        let file = Published { bytes: bytes.len() as u64, blake3: blake3::hash(&bytes).to_hex().to_string() };
        let placed = self.admit(path, file).and_then(|()| self.place(path, &bytes).map_err(|error| reason(&error)));
        match placed {
            Ok(written) => self.state().written += usize::from(written),
            Err(why) => self.fail(path, &why),
        }
    }

    fn keep(&self, files: &[FileDigest]) -> bool {
        if !files.iter().all(|file| self.is_published(file)) {
            return false;
        }
        for file in files {
            let published = Published { bytes: file.bytes, blake3: hex(&file.hash) };
            let placed = self.admit(&file.path, published);
            if let Err(why) = placed.and_then(|()| self.link(&file.path).map_err(|error| reason(&error))) {
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

impl Publication {
    /// True when a file is published with this content and was not touched since: what changes it is not ours.
    fn is_published(&self, file: &FileDigest) -> bool {
        let Some(previous) = &self.previous else { return false };
        let listed = previous.files.get(&file.path);
        let untouched = |found: fs::Metadata| {
            found.is_file() && found.len() == file.bytes && found.modified().is_ok_and(|time| time <= self.published)
        };
        listed.is_some_and(|listed| listed.bytes == file.bytes && listed.blake3 == hex(&file.hash))
            && fs::symlink_metadata(self.target.join(&file.path)).is_ok_and(untouched)
    }

    /// Links a published file into the new site, or copies it.
    fn link(&self, path: &str) -> io::Result<()> {
        let (old, new) = (self.target.join(path), self.work.site().join(path));
        if fs::symlink_metadata(&old).is_ok_and(|published| self.is_there(&published, &new)) {
            return Ok(());
        }
        self.make_room(path, &new)?;
        fs::hard_link(&old, &new).or_else(|_| fs::copy(&old, &new).map(drop))
    }

    /// Writes a file in pieces; true when it is new or another one than is published.
    fn write_pieces(&self, path: &str, pieces: &mut dyn Iterator<Item = Vec<u8>>) -> io::Result<(Published, bool)> {
        path::check(path).map_err(io::Error::other)?;
        let new = self.work.site().join(path);
        self.make_room(path, &new)?;
        let (mut hasher, mut bytes) = (blake3::Hasher::new(), 0);
        let mut file = fs::File::create(&new)?;
        for piece in pieces {
            hasher.update(&piece);
            bytes += piece.len() as u64;
            file.write_all(&piece)?;
        }
        let file = FileDigest { path: path.to_owned(), bytes, hash: *hasher.finalize().as_bytes() };
        let published = Published { bytes, blake3: hex(&file.hash) };
        if self.is_same_content(&file) {
            fs::remove_file(&new)?;
            return self.link(path).map(|()| (published, false));
        }
        Ok((published, true))
    }

    /// True when the published file, read again, has this content.
    fn is_same_content(&self, file: &FileDigest) -> bool {
        let place = self.target.join(&file.path);
        let mut hasher = blake3::Hasher::new();
        fs::symlink_metadata(&place).is_ok_and(|found| found.is_file() && found.len() == file.bytes)
            && fs::File::open(&place).is_ok_and(|old| hasher.update_reader(old).is_ok())
            && *hasher.finalize().as_bytes() == file.hash
    }

    fn fail(&self, path: &str, why: &str) {
        let place = self.name.join(path);
        self.state().failures.push(format!("{}：{why}", place.display()));
    }
}

fn hex(hash: &[u8; 32]) -> String {
    blake3::Hash::from_bytes(*hash).to_hex().to_string()
}

/// The largest pages, the largest first.
fn heaviest(files: &BTreeMap<String, Published>) -> Vec<(String, u64)> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let mut pages: Vec<(&String, u64)> = pages.map(|(path, file)| (path, file.bytes)).collect();
    pages.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    pages.into_iter().take(TOLD_PAGES).map(|(path, bytes)| (path.clone(), bytes)).collect()
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

/// The file, if it holds just these bytes. A link is never the same: following it could leave the site.
fn is_same(old: &Path, bytes: &[u8]) -> Option<fs::Metadata> {
    let found = fs::symlink_metadata(old).ok()?;
    let is_same_size = found.is_file() && found.len() == bytes.len() as u64;
    (is_same_size && fs::read(old).is_ok_and(|published| published == bytes)).then_some(found)
}

fn problem(code: &'static str, message: String, hint: &str) -> Diagnostic {
    Diagnostic::anywhere(Severity::Error, code, message).with_hint(hint)
}

fn not_ours(target: &Path) -> Diagnostic {
    let message = format!("{} 里有别的文件，不是本程序发布的站点，没有改动", target.display());
    problem("publish-not-ours", message, "换一个文件夹，或者用 --force 清空并替换它")
}

fn no_access(place: &Path, error: &io::Error) -> Box<Diagnostic> {
    let message = format!("无法发布到 {}：{}", place.display(), reason(error));
    Box::new(problem("publish-failed", message, "已发布的站点没有改动；检查磁盘空间与文件夹的权限"))
}

fn write_failures(failures: &[String]) -> Vec<Diagnostic> {
    let mut failures: Vec<&String> = failures.iter().collect();
    failures.sort();
    let hint = "已发布的站点没有改动；检查磁盘空间、文件夹的权限与页面的网址";
    let mut told: Vec<Diagnostic> = failures
        .iter()
        .take(TOLD_FAILURES)
        .map(|failure| problem("publish-write", format!("无法写入 {failure}"), hint))
        .collect();
    if failures.len() > TOLD_FAILURES {
        let message = format!("另有 {} 个文件无法写入", failures.len() - TOLD_FAILURES);
        told.push(problem("publish-write", message, hint));
    }
    told
}
