//! Everything that a build reads, as one hash: equal hashes mean equal sites.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::Stamps;

/// The hash of all files in `places` (files or folders, which need not exist), of the program itself, and of `options`,
/// the words that a build depends on beside its files. Of files below `root` only the way from there counts, and of the
/// program only what it is: elsewhere the same files have the same hash. `stamps` knows files that need not be read again.
///
/// # Errors
/// When something cannot be read. A build then tells what.
pub fn fingerprint(root: &Path, places: &[&Path], options: &[&OsStr], stamps: &Stamps) -> io::Result<String> {
    let mut files: Vec<PathBuf> = Vec::new();
    for place in places.iter().filter(|place| place.exists()) {
        for entry in WalkDir::new(place).follow_links(true) {
            let entry = entry?;
            if !entry.file_type().is_dir() {
                files.push(entry.into_path());
            }
        }
    }
    files.sort();
    let hashes: Vec<blake3::Hash> = files.par_iter().map(|file| stamps.hash(file)).collect::<io::Result<_>>()?;
    let mut whole = blake3::Hasher::new();
    for option in options {
        add(&mut whole, option.as_encoded_bytes());
    }
    whole.update(stamps.hash(&std::env::current_exe()?)?.as_bytes());
    for (file, hash) in files.iter().zip(hashes) {
        add(&mut whole, file.strip_prefix(root).unwrap_or(file).as_os_str().as_encoded_bytes());
        whole.update(hash.as_bytes());
    }
    Ok(whole.finalize().to_hex().to_string())
}

/// Adds a text so that its end is known.
fn add(whole: &mut blake3::Hasher, bytes: &[u8]) {
    whole.update(&(bytes.len() as u64).to_le_bytes());
    whole.update(bytes);
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::fs;

    use super::fingerprint;
    use crate::read::Stamps;

    #[test]
    fn every_kind_of_change_is_another_fingerprint() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        let of = |option: &str| {
            let places = [place("content"), place("site.toml")];
            let places = places.each_ref().map(|place| place.as_path());
            fingerprint(folder.path(), &places, &[OsStr::new(option)], &Stamps::default()).unwrap()
        };
        fs::create_dir_all(place("content/a")).unwrap();
        fs::write(place("content/a/1.txt"), "一").unwrap();
        let mut seen = vec![of("")];
        assert_eq!(of(""), seen[0]);
        let mut differs = |what: &str, found: String| {
            assert!(!seen.contains(&found), "{what}");
            seen.push(found);
        };
        differs("an option", of("strict"));
        fs::write(place("content/a/1.txt"), "二").unwrap();
        differs("other bytes", of(""));
        fs::rename(place("content/a/1.txt"), place("content/a/2.txt")).unwrap();
        differs("another name", of(""));
        fs::write(place("site.toml"), "").unwrap();
        differs("a new file", of(""));
        fs::remove_file(place("content/a/2.txt")).unwrap();
        differs("a file gone", of(""));
        std::os::unix::fs::symlink("nowhere", place("content/dangling")).unwrap();
        assert!(fingerprint(folder.path(), &[&place("content")], &[], &Stamps::default()).is_err());
    }
}
