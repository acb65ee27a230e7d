//! The name of what a build keeps of a department: a hash of everything that it was made from.
//!
//! No place on a disk is part of it, so that what one machine made can be used by another.

use std::path::{Path, PathBuf};

use super::SiteFolder;
use crate::config;
use crate::read::{self, Stamps};
use crate::render::THEME_FOLDERS;

/// What everything of a site depends on: the program, the configuration, the words, the rules, the templates and the
/// static files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Basis(blake3::Hash);

impl Basis {
    /// The basis of a site; `None` when something of it cannot be read, which the build will tell.
    pub(super) fn of(site: &SiteFolder, stamps: &Stamps) -> Option<Self> {
        let places: Vec<PathBuf> = THEME_FOLDERS
            .into_iter()
            .chain([config::FILE_NAME, read::WORDS_FOLDER, read::RULES_FOLDER])
            .map(|name| site.root.join(name))
            .collect();
        let places: Vec<&Path> = places.iter().map(PathBuf::as_path).collect();
        let read = read::fingerprint(&site.root, &places, &[], stamps).ok()?;
        Some(Basis(blake3::hash(read.as_bytes())))
    }

    /// Begins a name.
    pub(super) fn key(&self) -> Key {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.0.as_bytes());
        Key(hasher)
    }

    /// The basis as text.
    pub(super) fn name(&self) -> String {
        self.0.to_hex().to_string()
    }
}

/// A name, while it is being made.
#[derive(Debug)]
pub(super) struct Key(blake3::Hasher);

impl Key {
    /// Adds a text so that its end is known.
    pub(super) fn add(&mut self, text: &[u8]) {
        self.0.update(&(text.len() as u64).to_le_bytes());
        self.0.update(text);
    }

    /// The name.
    pub(super) fn name(&self) -> String {
        self.0.finalize().to_hex().to_string()
    }
}
