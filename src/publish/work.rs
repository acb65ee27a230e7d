//! The work folder beside the target: a lock against a second build, the site being written, the old site.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

use super::problems::{no_access, problem};
use crate::diagnostic::Diagnostic;

/// A locked work folder. Dropping it removes the folder.
#[derive(Debug)]
pub(super) struct Work {
    folder: PathBuf,
    /// Held open for its lock.
    _lock: File,
}

impl Work {
    /// Makes and locks the work folder of a target, which the user calls `name`.
    pub(super) fn lock(target: &Path, name: &Path) -> Result<Self, Box<Diagnostic>> {
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(target.file_name().unwrap_or_default());
        hidden.push(".building");
        let folder = target.with_file_name(hidden);
        loop {
            let lock = open_lock(&folder).map_err(|error| no_access(&folder, &error))?;
            match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => {}
                Err(rustix::io::Errno::WOULDBLOCK) => return Err(Box::new(busy(name))),
                Err(error) => return Err(no_access(&folder, &error.into())),
            }
            if is_still_there(&lock, &folder) {
                return Ok(Work { folder, _lock: lock });
            }
        }
    }

    /// Where the new site is written.
    pub(super) fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    /// Where the old site goes when the two cannot be exchanged in one step.
    pub(super) fn old_site(&self) -> PathBuf {
        self.folder.join("old")
    }

    /// Puts the old site back if a build was killed between the two renames of a swap.
    pub(super) fn recover(&self, target: &Path) -> io::Result<()> {
        let old = self.old_site();
        if !target.exists() && old.exists() { fs::rename(old, target) } else { Ok(()) }
    }

    /// Removes what a killed build left.
    pub(super) fn clear(&self) -> io::Result<()> {
        for folder in [self.site(), self.old_site()] {
            match fs::remove_dir_all(folder) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build. The lock goes last: whoever finds the folder
        // without it starts anew.
        let _ = self.clear();
        let _ = fs::remove_file(self.folder.join("lock"));
        let _ = fs::remove_dir(&self.folder);
    }
}

fn open_lock(folder: &Path) -> io::Result<File> {
    loop {
        fs::create_dir_all(folder)?;
        match File::options().create(true).truncate(false).write(true).open(folder.join("lock")) {
            // Another build removed the folder between the two steps.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            opened => return opened,
        }
    }
}

/// False when another build removed the lock file while this one waited to open it.
fn is_still_there(lock: &File, folder: &Path) -> bool {
    match (lock.metadata(), fs::metadata(folder.join("lock"))) {
        (Ok(held), Ok(present)) => (held.dev(), held.ino()) == (present.dev(), present.ino()),
        _ => false,
    }
}

fn busy(target: &Path) -> Diagnostic {
    let message = format!("另一个构建正在写入 {}", target.display());
    problem("publish-busy", message, "等它结束后再试")
}
