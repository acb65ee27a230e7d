//! Pages that show something of several departments: made, or taken over from an earlier build when nothing that they
//! show changed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::cache::Cache;
use super::key::Key;
use super::stored::Noted;
use crate::output::{FileDigest, Output};
use crate::render::{PageBasis, PageSupply};

/// The files of pages by the name of what they were made from.
type Files = BTreeMap<String, Vec<FileDigest>>;

/// Supplies pages of this build and of an earlier one.
pub(super) struct KeptPages<'b> {
    pub(super) output: &'b dyn Output,
    pub(super) cache: Option<&'b Cache>,
    /// The names of what the cache keeps of departments, by department.
    names: BTreeMap<usize, String>,
    /// The pages of an earlier build.
    known: Files,
    /// The pages of this build.
    supplied: Mutex<Files>,
    /// How many of them are of an earlier one.
    reused: AtomicUsize,
    reused_departments: AtomicUsize,
}

impl<'b> KeptPages<'b> {
    /// `names` are those of the departments' entries in the cache; the page of a department without one is made.
    pub(super) fn new(output: &'b dyn Output, cache: Option<&'b Cache>, names: BTreeMap<usize, String>) -> Self {
        let known = cache.and_then(|cache| Some(cache.get::<Files>(&list_key(cache))?.0)).unwrap_or_default();
        KeptPages {
            output,
            cache,
            names,
            known,
            supplied: Mutex::default(),
            reused: AtomicUsize::new(0),
            reused_departments: AtomicUsize::new(0),
        }
    }

    /// Keeps the pages of this build for the next one. Tells how many were taken over, and how many of these are pages of
    /// departments.
    pub(super) fn finish(self) -> (usize, usize) {
        let supplied = self.supplied.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(cache) = self.cache
            && supplied != self.known
        {
            cache.put(&list_key(cache), &supplied, &[]);
        }
        (self.reused.into_inner(), self.reused_departments.into_inner())
    }

    /// The name of what a page is made from; `None` where that is not known.
    fn name(&self, page: &PageBasis<'_>) -> Option<String> {
        let mut key = self.cache?.basis().key();
        key.add(page.url.as_bytes());
        if let Some(department) = &page.department {
            key.add(self.names.get(department)?.as_bytes());
        }
        key.add(page.values);
        Some(key.name())
    }

    fn keep(&self, name: String, files: Vec<FileDigest>) {
        self.supplied.lock().unwrap_or_else(PoisonError::into_inner).insert(name, files);
    }
}

impl PageSupply for KeptPages<'_> {
    fn supply(&self, page: &PageBasis<'_>, write: &dyn Fn(&dyn Output) -> bool) {
        let Some(name) = self.name(page) else {
            write(self.output);
            return;
        };
        if let Some(files) = self.known.get(&name).filter(|files| self.output.keep(files)) {
            self.keep(name, files.clone());
            self.reused.fetch_add(1, Ordering::Relaxed);
            self.reused_departments.fetch_add(usize::from(page.department.is_some()), Ordering::Relaxed);
            return;
        }
        let noted = Noted::new(self.output);
        if write(&noted) {
            self.keep(name, noted.into_files());
        }
    }
}

fn list_key(cache: &Cache) -> Key {
    let mut key = cache.basis().key();
    key.add(b"pages");
    key
}
