//! Putting a finished site in the place of the published one.

use std::fs;
use std::io;
use std::path::Path;

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

/// Exchanges `site` and `target` in one step, or moves `site` to `target` when nothing is there. File systems that
/// cannot exchange get two renames; the old site then stands in `old` for a moment.
pub(super) fn swap(site: &Path, target: &Path, old: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(site, target);
    }
    fs::set_permissions(site, fs::metadata(target)?.permissions())?;
    match renameat_with(CWD, site, CWD, target, RenameFlags::EXCHANGE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => rename_twice(site, target, old),
        exchanged => Ok(exchanged?),
    }
}

/// Moves the published site away and the new one to its place; back again when the second step fails.
pub(super) fn rename_twice(site: &Path, target: &Path, old: &Path) -> io::Result<()> {
    fs::rename(target, old)?;
    fs::rename(site, target).inspect_err(|_| {
        // The caller reports the first failure; a second one leaves the old site in the work folder, from where the
        // next build puts it back.
        let _ = fs::rename(old, target);
    })
}
