//! Single files: those that are written, and those that are published already and are linked or left.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::manifest::Published;
use super::{Publication, before, path};
use crate::output::FileDigest;

impl Publication {
    /// Takes the path of a file that is about to be written.
    pub(super) fn admit(&self, path: &str, file: Published) -> Result<(), String> {
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
    pub(super) fn place(&self, path: &str, bytes: &[u8]) -> io::Result<bool> {
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

    /// The published file of this content, if it was not touched since: what changes it is not ours.
    pub(super) fn published(&self, file: &FileDigest) -> Option<fs::Metadata> {
        let listed = self.previous.as_ref()?.files.get(&file.path)?;
        let is_listed = listed.bytes == file.bytes && listed.blake3 == file.hash;
        let found = if is_listed { fs::symlink_metadata(self.target.join(&file.path)).ok()? } else { return None };
        let is_untouched = found.modified().is_ok_and(|time| time <= self.published);
        (found.is_file() && found.len() == file.bytes && is_untouched).then_some(found)
    }

    /// Links a published file into the new site, or copies it.
    pub(super) fn link(&self, path: &str, published: &fs::Metadata) -> io::Result<()> {
        let (old, new) = (self.target.join(path), self.work.site().join(path));
        if self.is_there(published, &new) {
            return Ok(());
        }
        self.make_room(path, &new)?;
        fs::hard_link(&old, &new).or_else(|_| fs::copy(&old, &new).map(drop))
    }

    /// Writes a file in pieces; true when it is new or another one than is published.
    pub(super) fn write_pieces(
        &self,
        path: &str,
        pieces: &mut dyn Iterator<Item = Vec<u8>>,
    ) -> io::Result<(Published, bool)> {
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
        let published = Published { bytes, blake3: file.hash };
        if let Some(found) = self.same_content(&file) {
            fs::remove_file(&new)?;
            return self.link(path, &found).map(|()| (published, false));
        }
        Ok((published, true))
    }

    /// The published file, if it has this content when it is read again.
    fn same_content(&self, file: &FileDigest) -> Option<fs::Metadata> {
        let place = self.target.join(&file.path);
        let found = fs::symlink_metadata(&place).ok()?;
        if !found.is_file() || found.len() != file.bytes {
            return None;
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(fs::File::open(&place).ok()?).ok()?;
        (*hasher.finalize().as_bytes() == file.hash).then_some(found)
    }

    pub(super) fn fail(&self, path: &str, why: &str) {
        let place = self.name.join(path);
        self.state().failures.push(format!("{}：{why}", place.display()));
    }
}

/// The file, if it holds just these bytes. A link is never the same: following it could leave the site.
fn is_same(old: &Path, bytes: &[u8]) -> Option<fs::Metadata> {
    let found = fs::symlink_metadata(old).ok()?;
    let is_same_size = found.is_file() && found.len() == bytes.len() as u64;
    (is_same_size && fs::read(old).is_ok_and(|published| published == bytes)).then_some(found)
}
