//! A department in the cache: what it depends on, and what stays of it when its own pages are written.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::Counts;
use super::cache::{Cache, Key};
use super::departments::{Done, Sets, Works};
use crate::assemble::{Department, PublishedDisclosure, Revision, Site};
use crate::diagnostic::{Diagnostic, Severity};
use crate::export::Rows;
use crate::output::{FileDigest, Output};
use crate::read;
use crate::render::Part;
use crate::search::Entries;

/// An entry of the cache.
#[derive(Serialize, Deserialize)]
pub(super) struct Stored {
    files: Vec<FileDigest>,
    departments: Vec<Department>,
    disclosures: Vec<PublishedDisclosure>,
    revisions: Vec<Revision>,
    diagnostics: Vec<Diagnostic>,
    parts: Vec<Part>,
    entries: Vec<Entries>,
    counts: Counts,
    problems: Vec<Diagnostic>,
    answered: Vec<bool>,
}

/// The name under which a planned department is kept.
pub(super) fn key(cache: &Cache, works: &Works<'_>, sets: &Sets<'_>, plan: &Site, range: &Range<usize>) -> Key {
    let mut key = cache.key();
    // Answers stand in documents too, those of one department for findings of its own.
    key.add(format!("{:?}", works.config.audit.waivers).as_bytes());
    for planned in &plan.disclosures[range.clone()] {
        let department = &plan.departments[planned.department];
        key.add(format!("{} {:?} {:?}", department.slug, department.name, department.other_names).as_bytes());
        let newer = planned.replaced_by.map(|index| index - range.start);
        key.add(format!("{} {} {newer:?} {:?}", planned.id, planned.title, planned.disclosure.identity).as_bytes());
        let sources = &planned.disclosure.sources;
        let set = sources.first().and_then(|source| sets.get(&*source.path));
        for (source, hash) in sources.iter().zip(set.map_or(&[][..], |set| &set.hashes)) {
            key.add(source.path.as_bytes());
            key.add(hash.as_bytes());
        }
        if let Some(name) = &planned.disclosure.identity.original {
            let original = read::read_original(&works.folder.content, sources.iter().map(|one| &*one.path), name);
            key.add(&original.map_or_else(|_| Vec::new(), |bytes| blake3::hash(&bytes).as_bytes().to_vec()));
        }
    }
    key
}

/// What is kept of a department, when all its files are still published.
pub(super) fn recall(cache: &Cache, key: &Key, output: &dyn Output) -> Option<(Done, Rows)> {
    let (stored, rows) = cache.get::<Stored>(key)?;
    if !output.keep(&stored.files) {
        return None;
    }
    let reused = stored.disclosures.len();
    Some((Done { reused, ..stored.into_done() }, Rows(rows)))
}

/// Keeps a department, unless something went wrong with its pages.
pub(super) fn remember(cache: &Cache, key: &Key, done: Done, rows: &Rows, files: Vec<FileDigest>) -> Done {
    let Done { site, parts, entries, counts, problems, answered, .. } = done;
    let Site { departments, disclosures, revisions, diagnostics, .. } = site;
    let stored =
        Stored { files, departments, disclosures, revisions, diagnostics, parts, entries, counts, problems, answered };
    if !stored.problems.iter().any(|problem| problem.severity == Severity::Error) {
        cache.put(key, &stored, &rows.0);
    }
    stored.into_done()
}

impl Stored {
    fn into_done(self) -> Done {
        let Stored {
            departments, disclosures, revisions, diagnostics, parts, entries, counts, problems, answered, ..
        } = self;
        let site = Site { departments, disclosures, revisions, diagnostics, ..Site::default() };
        Done { site, parts, entries, rows: Vec::new(), counts, problems, reused: 0, answered }
    }
}

/// An output that notes the files that pass.
pub(super) struct Noted<'o> {
    output: &'o dyn Output,
    files: Mutex<Vec<FileDigest>>,
}

impl<'o> Noted<'o> {
    pub(super) fn new(output: &'o dyn Output) -> Self {
        Noted { output, files: Mutex::default() }
    }

    /// The files by path.
    pub(super) fn into_files(self) -> Vec<FileDigest> {
        let mut files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        files.sort_by(|left, right| left.path.cmp(&right.path));
        files
    }
}

impl Output for Noted<'_> {
    fn write(&self, path: &str, bytes: Vec<u8>) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).push(FileDigest::new(path, &bytes));
        self.output.write(path, bytes);
    }
}
