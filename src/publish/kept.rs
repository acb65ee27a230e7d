//! Files in the published folder that are not ours: a `.git`, a `CNAME`, what a host needs. They stay.

use std::fs;
use std::io;
use std::path::Path;

use walkdir::WalkDir;

use super::manifest::{self, Manifest};

/// Links every file of `target` that `previous` does not list into `site`, unless the new site has one there; their
/// number.
pub(super) fn keep_foreign_files(target: &Path, site: &Path, previous: &Manifest) -> io::Result<usize> {
    let mut kept = 0;
    for entry in WalkDir::new(target).min_depth(1) {
        let entry = entry?;
        let Ok(below) = entry.path().strip_prefix(target) else { continue };
        let ours = below.to_str().is_some_and(|path| path == manifest::NAME || previous.files.contains_key(path));
        let place = site.join(below);
        if ours || entry.file_type().is_dir() || fs::symlink_metadata(&place).is_ok() {
            continue;
        }
        kept += usize::from(keep(entry.path(), &place)?);
    }
    Ok(kept)
}

/// Links or copies one file; false when the new site has a file where its folder would have to be.
fn keep(from: &Path, to: &Path) -> io::Result<bool> {
    let Some(folder) = to.parent() else { return Ok(false) };
    match fs::create_dir_all(folder) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists) => {
            return Ok(false);
        }
        made => made?,
    }
    if fs::hard_link(from, to).is_err() {
        fs::copy(from, to)?;
    }
    Ok(true)
}
