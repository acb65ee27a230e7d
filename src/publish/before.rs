//! The site before the published one. A build that has it turns it into the new site: what is unchanged is there
//! already, and only what changed costs anything.
//!
//! It need not be right. A file in it counts only where it is the same file as the published one, by its inode; all
//! others are replaced or removed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::manifest::{NAME, Published};

/// Where the site before is kept between builds.
#[derive(Debug)]
pub(super) struct Before(PathBuf);

impl Before {
    /// Puts the site that is kept in `place`, if there is one, where the new site is made.
    pub(super) fn take(place: PathBuf, site: &Path) -> Self {
        // What cannot be moved is no help.
        let _ = fs::rename(&place, site);
        Before(place)
    }

    /// Keeps what is in the work folder for the next build.
    pub(super) fn keep(&self, site: &Path) {
        if fs::symlink_metadata(site).is_ok() {
            let _ = fs::remove_dir_all(&self.0);
            // What cannot be moved is cleared away with the work folder.
            let _ = self.0.parent().map(fs::create_dir_all);
            let _ = fs::rename(site, &self.0);
        }
    }
}

/// True when both are the same plain file.
pub(super) fn is_same_file(published: &fs::Metadata, new: &Path) -> bool {
    let is_same = |found: fs::Metadata| (found.dev(), found.ino()) == (published.dev(), published.ino());
    fs::symlink_metadata(new).is_ok_and(is_same)
}

/// Makes the place of a new file free: no file of the site before is written into, for it may be the published one, and
/// none stands where a folder has to be. `files` are those of the new site.
pub(super) fn make_room(site: &Path, path: &str, files: &BTreeMap<String, Published>) -> io::Result<()> {
    let new = site.join(path);
    match fs::symlink_metadata(&new) {
        Ok(found) if found.is_dir() => {
            let below = format!("{path}/");
            let is_used = files.range(below.clone()..).next().is_some_and(|(used, _)| used.starts_with(&below));
            return if is_used { Err(io::ErrorKind::IsADirectory.into()) } else { fs::remove_dir_all(&new) };
        }
        Ok(_) => return fs::remove_file(&new),
        Err(_) => {}
    }
    let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    let is_file = |folder: &&str| fs::symlink_metadata(site.join(folder)).is_ok_and(|found| !found.is_dir());
    if let Some(in_the_way) = folders.filter(|folder| !files.contains_key(*folder)).find(is_file) {
        // Another thread may have removed it meanwhile. If it is still there, no folder can be made, which is told.
        let _ = fs::remove_file(site.join(in_the_way));
    }
    Ok(())
}

/// Removes what the new site does not have.
pub(super) fn clear_others(site: &Path, files: &BTreeMap<String, Published>) -> io::Result<()> {
    for entry in WalkDir::new(site).min_depth(1).contents_first(true) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            // A folder that is used stays, for it is not empty.
            let _ = fs::remove_dir(entry.path());
            continue;
        }
        let below = entry.path().strip_prefix(site).ok().and_then(Path::to_str);
        if !below.is_some_and(|path| path == NAME || files.contains_key(path)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
