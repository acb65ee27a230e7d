//! A department as data: what it depends on, and what stays of it when its own pages are written. The cache keeps it for
//! the next build, a shard for the machine that joins them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::Counts;
use super::cache::Cache;
use super::departments::Done;
use super::entry::{Held, Holder};
use super::key::{Basis, Key};
use super::light::LightDepartment;
use super::workshop::Sets;
use crate::assemble::Site;
use crate::config::Waiver;
use crate::diagnostic::{Diagnostic, Severity};
use crate::export::{self, Rows};
use crate::output::{FileDigest, Output};
use crate::render::Part;
use crate::search::{Entries, PackLabel};

/// What stays of a department beside its [`Pieces`].
#[derive(Serialize, Deserialize)]
pub(super) struct Stored {
    /// Its own pages and files.
    pub(super) files: Vec<FileDigest>,
    parts: Vec<Part>,
    /// Of the entries of each disclosure.
    labels: Vec<Vec<PackLabel>>,
    counts: Counts,
    problems: Vec<Diagnostic>,
    answered: Vec<bool>,
}

/// What stays of a department as bytes, for the pages, the data files and the index of the whole site.
#[derive(Default)]
pub(super) struct Pieces {
    /// Its [`LightDepartment`]; `None` for one that could not be made.
    pub(super) light: Option<Piece>,
    /// Its rows of each data file.
    pub(super) rows: Vec<Piece>,
    /// The entries of each disclosure: what each pack holds, and the packs.
    pub(super) entries: Vec<(Vec<PackLabel>, Vec<Piece>)>,
}

/// Bytes, or where they are.
pub(super) enum Piece {
    Bytes(Vec<u8>),
    InEntry(Holder, Range<usize>),
}

/// The name of a planned department.
pub(super) fn key(basis: Basis, waivers: &[Waiver], sets: &Sets<'_>, plan: &Site, range: &Range<usize>) -> Key {
    let mut key = basis.key();
    key.add(format!("{waivers:?}").as_bytes());
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
        key.add(format!("{:?}", set.and_then(|set| set.original.as_ref())).as_bytes());
    }
    key
}

/// What is kept of a department, when all its files are still published.
pub(super) fn recall(cache: &Cache, key: &Key, output: &dyn Output) -> Option<(Stored, Pieces)> {
    let (stored, held) = cache.get::<Stored>(key)?;
    let pieces = stored.pieces(held)?;
    output.keep(&stored.files).then_some((stored, pieces))
}

impl Stored {
    /// A department whose files have just been written.
    pub(super) fn new(done: Done, pieces: &Pieces, files: Vec<FileDigest>) -> Self {
        let Done { parts, counts, problems, answered } = done;
        let labels = pieces.entries.iter().map(|(labels, _)| labels.clone()).collect();
        Stored { files, parts, labels, counts, problems, answered }
    }

    /// Its pieces in the order in which they are written; `None` when they are not as many as it has.
    pub(super) fn pieces(&self, held: Held) -> Option<Pieces> {
        let Held { holder, places } = held;
        let mut pieces = places.into_iter().map(|place| Piece::InEntry(holder.clone(), place));
        let light = Some(pieces.next()?);
        let rows: Vec<Piece> = pieces.by_ref().take(export::row_files()).collect();
        let entries = |labels: &Vec<PackLabel>| {
            let packs: Vec<Piece> = pieces.by_ref().take(labels.len()).collect();
            (packs.len() == labels.len()).then(|| (labels.clone(), packs))
        };
        let entries = self.labels.iter().map(entries).collect::<Option<Vec<_>>>()?;
        pieces.next().is_none().then_some(Pieces { light, rows, entries })
    }

    /// True unless something went wrong with its pages.
    pub(super) fn is_whole(&self) -> bool {
        !self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// The department as it was when its files had been written.
    pub(super) fn into_done(self) -> Done {
        let Stored { parts, counts, problems, answered, .. } = self;
        Done { parts, counts, problems, answered }
    }
}

impl Pieces {
    /// Those of a department that was just made.
    pub(super) fn new(light: &LightDepartment, Rows(rows): Rows, entries: Vec<Entries>) -> Self {
        let bytes = |bytes: Vec<Vec<u8>>| bytes.into_iter().map(Piece::Bytes).collect();
        let entries = entries.into_iter().map(|Entries { labels, packs }| (labels, bytes(packs))).collect();
        Pieces { light: Some(Piece::Bytes(light.to_bytes())), rows: bytes(rows), entries }
    }

    /// All of them in the order in which they are written; `None` when one cannot be read any more.
    pub(super) fn all(&self) -> Option<Vec<Cow<'_, [u8]>>> {
        let packs = self.entries.iter().flat_map(|(_, packs)| packs);
        self.light.iter().chain(&self.rows).chain(packs).map(Piece::bytes).collect()
    }
}

impl Piece {
    fn bytes(&self) -> Option<Cow<'_, [u8]>> {
        match self {
            Piece::Bytes(bytes) => Some(Cow::Borrowed(bytes)),
            Piece::InEntry(holder, place) => holder.piece(place).ok().map(Cow::Owned),
        }
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
