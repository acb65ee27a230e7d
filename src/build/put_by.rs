//! The pieces of all departments, put by until the data files and the index of the whole site are written.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::entry::Holder;
use super::light::LightDepartment;
use super::stored::{Piece, Pieces};
use crate::search::{EntryStore, PackLabel};
use crate::spill::{Spill, Spilled};

/// So many bytes stay in memory.
const IN_MEMORY: usize = 16 << 20;

/// The pieces of all departments.
pub(super) struct PutBy {
    /// The departments themselves, in the order of their disclosures.
    departments: Vec<Option<Kept>>,
    /// For each department in the order of its disclosures: its rows of each data file.
    rows: Vec<Vec<Kept>>,
    /// For each disclosure in their order.
    entries: Vec<KeptEntries>,
    spill: Spill,
    is_lost: AtomicBool,
}

/// The pieces of one department.
pub(super) struct OfDepartment {
    light: Option<Kept>,
    rows: Vec<Kept>,
    entries: Vec<KeptEntries>,
}

/// Where a piece is.
enum Kept {
    Spilled(Spilled),
    /// In an entry that holds it anyway.
    Entry(Holder, Range<usize>),
}

#[derive(Default)]
struct KeptEntries {
    labels: Vec<PackLabel>,
    packs: Vec<Kept>,
}

impl Default for PutBy {
    fn default() -> Self {
        PutBy {
            departments: Vec::new(),
            rows: Vec::new(),
            entries: Vec::new(),
            spill: Spill::new(IN_MEMORY),
            is_lost: AtomicBool::new(false),
        }
    }
}

impl PutBy {
    /// Takes the pieces of a department of so many disclosures out of memory. Those that are in an entry stay there.
    pub(super) fn take(&self, pieces: Pieces, disclosures: usize) -> OfDepartment {
        let Pieces { light, rows, entries } = pieces;
        let put = |piece| match piece {
            Piece::Bytes(bytes) => Kept::Spilled(self.spill.put(bytes)),
            Piece::InEntry(holder, place) => Kept::Entry(holder, place),
        };
        let light = light.map(put);
        let put = |pieces: Vec<Piece>| pieces.into_iter().map(put).collect();
        let kept = |(labels, packs)| KeptEntries { labels, packs: put(packs) };
        let mut entries: Vec<KeptEntries> = entries.into_iter().map(kept).collect();
        // Of a department that could not be made there are none.
        entries.resize_with(disclosures, KeptEntries::default);
        OfDepartment { light, rows: put(rows), entries }
    }

    /// Adds the next department.
    pub(super) fn add(&mut self, department: OfDepartment) {
        self.departments.push(department.light);
        self.rows.push(department.rows);
        self.entries.extend(department.entries);
    }

    /// The department with this number; `None` for one that could not be made or is lost.
    pub(super) fn department(&self, number: usize) -> Option<LightDepartment> {
        let department = LightDepartment::of_bytes(&self.get(self.departments.get(number)?.as_ref()?));
        if department.is_none() {
            self.is_lost.store(true, Ordering::Relaxed);
        }
        department
    }

    /// The rows of a data file by departments.
    pub(super) fn rows(&self, file: usize) -> impl Iterator<Item = Vec<u8>> + '_ {
        self.rows.iter().filter_map(move |of_department| Some(self.get(of_department.get(file)?)))
    }

    /// True when some pieces could not be read any more.
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost.load(Ordering::Relaxed)
    }

    fn get(&self, kept: &Kept) -> Vec<u8> {
        let bytes = match kept {
            Kept::Spilled(spilled) => spilled.get(),
            Kept::Entry(holder, place) => holder.piece(place),
        };
        bytes.unwrap_or_else(|_| {
            self.is_lost.store(true, Ordering::Relaxed);
            Vec::new()
        })
    }
}

impl EntryStore for PutBy {
    fn labels(&self, disclosure: usize) -> &[PackLabel] {
        self.entries.get(disclosure).map_or(&[], |kept| &kept.labels)
    }

    fn pack(&self, disclosure: usize, number: usize) -> Cow<'_, [u8]> {
        Cow::Owned(self.get(&self.entries[disclosure].packs[number]))
    }
}
