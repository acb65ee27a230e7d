//! The hashes of files that were read before. A file need not be read again to know its hash while its stamp is the
//! same: where it lies, how long it is, and when its content and its entry were changed last.
//!
//! Nobody can set the time at which an entry changed, so another content has another stamp, unless it came within one
//! tick of the file system's clock. So a hash is kept only of a file that has not changed for a while.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// So long a file must have been unchanged: the clocks of some file systems tick every two seconds.
const STILL: Duration = Duration::from_secs(3);

/// Hashes by the places of files.
#[derive(Debug, Default)]
pub struct Stamps(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    known: BTreeMap<PathBuf, (Stamp, [u8; 32])>,
    /// The files that were asked for; others are forgotten.
    asked: BTreeSet<PathBuf>,
    is_changed: bool,
}

/// What tells that a file is still the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    device: u64,
    inode: u64,
    bytes: u64,
    /// Seconds and nanoseconds.
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamps {
    /// The hashes that were kept in a file; none when they are damaged.
    pub fn read(place: &Path) -> Self {
        let read = || {
            let bytes = fs::read(place).ok()?;
            let (check, kept) = bytes.split_first_chunk::<{ blake3::OUT_LEN }>()?;
            let known = if check == blake3::hash(kept).as_bytes() { postcard::from_bytes(kept).ok() } else { None };
            Some(Stamps(Mutex::new(State { known: known?, ..State::default() })))
        };
        read().unwrap_or_default()
    }

    /// Keeps the hashes of all files that were asked for.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, place: &Path) -> io::Result<()> {
        let mut state = self.state();
        let State { known, asked, is_changed } = &mut *state;
        let count = known.len();
        known.retain(|file, _| asked.contains(file));
        if !std::mem::take(is_changed) && known.len() == count {
            return Ok(());
        }
        // Paths that are no text have no such form: those hashes are found again.
        let kept = postcard::to_stdvec(known).map_err(io::Error::other)?;
        place.parent().map_or(Ok(()), fs::create_dir_all)?;
        let new = place.with_extension("new");
        fs::write(&new, [blake3::hash(&kept).as_bytes(), kept.as_slice()].concat())?;
        fs::rename(new, place)
    }

    /// The hash of a file's bytes.
    ///
    /// # Errors
    /// When it cannot be read, and when it is no plain file: a pipe or a device would keep us waiting.
    pub fn hash(&self, file: &Path) -> io::Result<blake3::Hash> {
        self.hash_at(file, SystemTime::now())
    }

    fn hash_at(&self, file: &Path, now: SystemTime) -> io::Result<blake3::Hash> {
        let found = fs::metadata(file)?;
        if !found.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let stamp = Stamp::of(&found);
        {
            let mut state = self.state();
            state.asked.insert(file.to_owned());
            if let Some((_, hash)) = state.known.get(file).filter(|(known, _)| *known == stamp) {
                return Ok(blake3::Hash::from_bytes(*hash));
            }
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(file)?)?;
        let hash = hasher.finalize();
        if stamp.is_still(now) {
            let mut state = self.state();
            state.known.insert(file.to_owned(), (stamp, *hash.as_bytes()));
            state.is_changed = true;
        }
        Ok(hash)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stamp {
    fn of(found: &fs::Metadata) -> Self {
        Stamp {
            device: found.dev(),
            inode: found.ino(),
            bytes: found.len(),
            modified: (found.mtime(), found.mtime_nsec()),
            changed: (found.ctime(), found.ctime_nsec()),
        }
    }

    /// True when the file had not changed for a while.
    fn is_still(self, now: SystemTime) -> bool {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let last = u64::try_from(self.modified.0.max(self.changed.0)).unwrap_or(u64::MAX);
        Duration::from_secs(last.saturating_add(1)).saturating_add(STILL) <= now
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::{Duration, SystemTime};

    use super::Stamps;

    fn later(seconds: u64) -> SystemTime {
        SystemTime::now() + Duration::from_secs(seconds)
    }

    #[test]
    fn a_hash_is_kept_until_the_file_changes_whatever_its_length_and_times_say() {
        let folder = tempfile::tempdir().unwrap();
        let (file, place) = (folder.path().join("a.txt"), folder.path().join("cache/stamps"));
        let hash = |text: &str| Ok(blake3::hash(text.as_bytes()));
        let ok = |found: std::io::Result<blake3::Hash>| found.map_err(|error| error.kind());
        fs::write(&file, "一").unwrap();
        let stamps = Stamps::default();
        assert_eq!(ok(stamps.hash_at(&file, later(0))), hash("一"));
        assert!(stamps.state().known.is_empty(), "it has just changed");
        assert_eq!(ok(stamps.hash_at(&file, later(9))), hash("一"));
        assert_eq!(stamps.state().known.len(), 1);
        stamps.write(&place).unwrap();

        let again = Stamps::read(&place);
        assert_eq!(again.state().known, stamps.state().known);
        // Told by the stamp alone.
        again.state().known.get_mut(&file).unwrap().1 = [7; 32];
        assert_eq!(ok(again.hash_at(&file, later(9))), Ok(blake3::Hash::from_bytes([7; 32])));
        let modified = fs::metadata(&file).unwrap().modified().unwrap();
        std::thread::sleep(Duration::from_millis(20));
        fs::write(&file, "二").unwrap();
        File::options().write(true).open(&file).unwrap().set_modified(modified).unwrap();
        assert_eq!(ok(again.hash_at(&file, later(9))), hash("二"), "the same length and time of modification");

        // Files that nobody asks for any more are forgotten, and damage is noticed.
        Stamps::read(&place).write(&place).unwrap();
        assert!(Stamps::read(&place).state().known.is_empty());
        again.write(&place).unwrap();
        assert_eq!(Stamps::read(&place).state().known.len(), 1);
        let mut bytes = fs::read(&place).unwrap();
        bytes[40] ^= 1;
        fs::write(&place, bytes).unwrap();
        assert!(Stamps::read(&place).state().known.is_empty());
        assert!(stamps.hash(folder.path()).is_err());
    }
}
