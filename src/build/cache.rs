//! What a build keeps of each department for the next one, so that an unchanged department is neither recognized,
//! checked nor rendered again.
//!
//! An entry is named by a hash of everything that it was made from: the program, the configuration, the words, the
//! templates and static files, the bytes of the department's documents, and their addresses on the site. Its pages stay
//! in the published site; the entry lists them with their hashes, and counts only where all of them are still there. A
//! cache is never needed: an entry that is missing, damaged or of another form is made anew.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::SiteFolder;
use super::entry::{self, Held, Holder};
use super::key::{Basis, Key};
use crate::diagnostic::{Diagnostic, Severity};
use crate::read::Stamps;
use crate::spill::{Spill, Spilled};

/// The name of the site before the published one in the folder of the entries.
const SITE_BEFORE: &str = "site";

/// The name of the stamps of read files there.
const STAMPS: &str = "stamps";

/// The entries of one site.
#[derive(Debug)]
pub struct Cache {
    store: Store,
    basis: Basis,
    stamps: Arc<Stamps>,
    used: Mutex<BTreeSet<String>>,
    damaged: AtomicUsize,
}

/// What a program that builds again and again keeps from build to build, for as long as it runs.
#[derive(Debug, Default)]
pub struct Scratch {
    entries: Mutex<BTreeMap<String, Spilled>>,
    stamps: Arc<Stamps>,
}

/// Of the entries that a build makes, so many bytes stay in memory.
const IN_MEMORY: usize = 16 << 20;

/// Where entries are.
#[derive(Debug)]
enum Store {
    Folder(PathBuf),
    Scratch(Arc<Scratch>, Spill),
}

impl Cache {
    /// The cache of the site that is published in `target`: the hidden folder `.<name>.cache` beside it. `None` when
    /// something that every page depends on cannot be read, which the build will tell. `stamps` are those that the last
    /// build left [there](Cache::stamps_beside), and are kept there in the end.
    pub fn beside(target: &Path, site: &SiteFolder, stamps: Arc<Stamps>) -> Option<Self> {
        Self::over(Store::Folder(folder_beside(target)?), site, stamps)
    }

    /// A cache for the next build of a program that builds again and again, which leaves nothing on the disk.
    pub fn in_scratch(scratch: Arc<Scratch>, site: &SiteFolder) -> Option<Self> {
        let stamps = scratch.stamps.clone();
        Self::over(Store::Scratch(scratch, Spill::new(IN_MEMORY)), site, stamps)
    }

    fn over(store: Store, site: &SiteFolder, stamps: Arc<Stamps>) -> Option<Self> {
        let basis = Basis::of(site, &stamps)?;
        Some(Cache { store, basis, stamps, used: Mutex::default(), damaged: AtomicUsize::new(0) })
    }

    /// Where the stamps of the files are kept that were read for the site in `target`.
    pub fn stamps_beside(target: &Path) -> Option<PathBuf> {
        Some(folder_beside(target)?.join(STAMPS))
    }

    /// What tells which files are still what they were.
    pub(super) fn stamps(&self) -> &Stamps {
        &self.stamps
    }

    /// Where the site before the published one is kept, beside the entries; nowhere for one that leaves nothing there.
    pub fn site_before(&self) -> Option<PathBuf> {
        match &self.store {
            Store::Folder(folder) => Some(folder.join(SITE_BEFORE)),
            Store::Scratch(..) => None,
        }
    }

    /// What all entries depend on.
    pub(super) fn basis(&self) -> Basis {
        self.basis
    }

    /// The entry of this name: its values, and pieces of bytes beside them.
    pub(super) fn get<T: DeserializeOwned>(&self, key: &Key) -> Option<(T, Held)> {
        let name = key.name();
        let (bytes, holder) = self.store.read(&name)?;
        let entry = entry::read(&bytes);
        if entry.is_none() {
            self.damaged.fetch_add(1, Ordering::Relaxed);
        }
        self.use_up(name);
        entry.map(|(values, places)| (values, Held { holder, places }))
    }

    /// Keeps an entry; where its pieces now are. What cannot be written is made again by the next build.
    pub(super) fn put(&self, key: &Key, values: &impl Serialize, pieces: &[Cow<'_, [u8]>]) -> Option<Held> {
        let bytes = entry::write(values, pieces)?;
        let places = entry::piece_places(&bytes);
        let name = key.name();
        let holder = self.store.write(&name, bytes).ok()?;
        self.use_up(name);
        Some(Held { holder, places })
    }

    /// Removes the entries that this build did not use. Tells when some were damaged.
    pub(super) fn finish(&self) -> Option<Diagnostic> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        self.store.retain(&used);
        if let Store::Folder(folder) = &self.store {
            // Without them the next build reads all files again.
            let _ = self.stamps.write(&folder.join(STAMPS));
        }
        let damaged = self.damaged.load(Ordering::Relaxed);
        let message = format!("缓存中有 {damaged} 份内容损坏，已重新生成");
        (damaged > 0).then(|| Diagnostic::anywhere(Severity::Note, "cache-damaged", message))
    }

    fn use_up(&self, name: String) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
    }
}

impl Store {
    fn read(&self, name: &str) -> Option<(Vec<u8>, Holder)> {
        match self {
            Store::Folder(folder) => {
                let place = folder.join(name);
                Some((fs::read(&place).ok()?, Holder::File(Arc::new(place))))
            }
            Store::Scratch(scratch, _) => {
                let entry = locked(scratch).get(name).cloned()?;
                Some((entry.get().ok()?, Holder::Spilled(entry)))
            }
        }
    }

    fn write(&self, name: &str, bytes: Vec<u8>) -> io::Result<Holder> {
        match self {
            Store::Folder(folder) => {
                fs::create_dir_all(folder)?;
                let new = folder.join(format!("{name}.new"));
                fs::write(&new, bytes)?;
                let place = folder.join(name);
                fs::rename(new, &place)?;
                Ok(Holder::File(Arc::new(place)))
            }
            Store::Scratch(scratch, spill) => {
                let entry = spill.put(bytes);
                locked(scratch).insert(name.to_owned(), entry.clone());
                Ok(Holder::Spilled(entry))
            }
        }
    }

    fn retain(&self, used: &BTreeSet<String>) {
        match self {
            Store::Folder(folder) => {
                for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                    let is_used = |name: &str| [SITE_BEFORE, STAMPS].contains(&name) || used.contains(name);
                    if !entry.file_name().to_str().is_some_and(is_used) {
                        // One that stays is in nobody's way.
                        let _ = fs::remove_file(entry.path());
                    }
                }
            }
            Store::Scratch(scratch, _) => locked(scratch).retain(|name, _| used.contains(name)),
        }
    }
}

/// The hidden folder beside a published one.
fn folder_beside(target: &Path) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name()?);
    name.push(".cache");
    Some(target.with_file_name(name))
}

fn locked(scratch: &Scratch) -> MutexGuard<'_, BTreeMap<String, Spilled>> {
    scratch.entries.lock().unwrap_or_else(PoisonError::into_inner)
}
