//! What the last build said: when nothing changed since, it need not be made again.
//!
//! It is kept in a hidden file beside the published folder and holds for that folder alone, as long as every published
//! file is there as it was written. A file that is damaged, or of another form, counts as none.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::manifest;
use super::{PublishSummary, heaviest, real_place};

/// What a build said, and of which input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastBuild {
    /// The hash of everything that it read.
    pub inputs: String,
    /// Its messages, for a terminal.
    pub messages: String,
    /// Its summary without what was written and how long it took.
    pub counts: String,
    /// Its exit code.
    pub code: u8,
}

#[derive(Serialize, Deserialize)]
struct Remembered {
    /// A hash of the rest.
    check: String,
    /// The hash of the list of published files.
    manifest: String,
    /// When publishing ended, in nanoseconds since 1970. What is changed afterwards is not ours.
    published: u64,
    build: LastBuild,
}

impl Remembered {
    fn check(&self) -> String {
        let parts = (&self.manifest, self.published, &self.build);
        // Texts and numbers always have a JSON form.
        blake3::hash(&serde_json::to_vec(&parts).unwrap_or_default()).to_hex().to_string()
    }
}

/// Keeps what a build that has just been published to `target` said.
///
/// # Errors
/// When the file cannot be written; then the next build is made in full.
pub fn remember(target: &Path, build: LastBuild) -> io::Result<()> {
    let target = real_place(target)?;
    let manifest = blake3::hash(&fs::read(target.join(manifest::NAME))?).to_hex().to_string();
    let mut remembered =
        Remembered { check: String::new(), manifest, published: nanoseconds(SystemTime::now()), build };
    remembered.check = remembered.check();
    let (place, new) = (place(&target, "json"), place(&target, "new"));
    fs::write(&new, serde_json::to_vec(&remembered).unwrap_or_default())?;
    fs::rename(new, place)
}

/// What the build that is published in `target` said, if it read the same and its files are as it left them.
pub fn recall(target: &Path, inputs: &str) -> Option<(LastBuild, PublishSummary)> {
    let target = target.canonicalize().ok()?;
    let remembered: Remembered = serde_json::from_slice(&fs::read(place(&target, "json")).ok()?).ok()?;
    let list = fs::read(target.join(manifest::NAME)).ok()?;
    let same = remembered.check == remembered.check()
        && remembered.build.inputs == inputs
        && remembered.manifest == *blake3::hash(&list).to_hex();
    let lengths = if same { manifest::lengths(&list)? } else { return None };
    let is_untouched = |(path, bytes): &(&str, u64)| {
        fs::symlink_metadata(target.join(path)).is_ok_and(|found| {
            let changed = found.modified().map_or(u64::MAX, nanoseconds);
            found.is_file() && found.len() == *bytes && changed <= remembered.published
        })
    };
    lengths.par_iter().all(is_untouched).then(|| {
        let bytes = lengths.iter().map(|(_, bytes)| bytes).sum();
        let heaviest = heaviest(lengths.iter().copied());
        (remembered.build, PublishSummary { unchanged: lengths.len(), bytes, heaviest, ..PublishSummary::default() })
    })
}

/// The file beside a published folder.
fn place(target: &Path, kind: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".built.");
    name.push(kind);
    target.with_file_name(name)
}

fn nanoseconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::{LastBuild, place, recall, remember};
    use crate::output::Output;
    use crate::publish::Publication;

    fn publish(target: &Path, text: &str) {
        let publication = Publication::begin(target, false).unwrap();
        publication.write("index.html", text.as_bytes().to_vec());
        publication.write("a/b.html", b"b".to_vec());
        publication.finish().unwrap();
    }

    fn last(inputs: &str) -> LastBuild {
        LastBuild { inputs: inputs.to_owned(), messages: "m".to_owned(), counts: "c".to_owned(), code: 3 }
    }

    #[test]
    fn only_an_untouched_site_of_the_same_input_is_recalled() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("public");
        assert_eq!(recall(&target, "1"), None);
        let again = || {
            publish(&target, "一");
            remember(&target, last("1")).unwrap();
            let (build, summary) = recall(&target, "1").unwrap();
            assert_eq!((build, summary.unchanged, summary.written), (last("1"), 2, 0));
        };
        again();
        assert_eq!(recall(&target, "2"), None);
        let changes: [&dyn Fn(); 5] = [
            // As long as it was: the time tells. Clocks of file systems tick slowly, so it is set.
            &|| {
                fs::write(target.join("a/b.html"), "x").unwrap();
                let file = fs::File::options().write(true).open(target.join("a/b.html")).unwrap();
                file.set_modified(SystemTime::now() + Duration::from_secs(1)).unwrap();
            },
            &|| fs::remove_file(target.join("index.html")).unwrap(),
            &|| publish(&target, "二"),
            &|| fs::write(place(&target, "json"), "{").unwrap(),
            &|| {
                let kept = fs::read_to_string(place(&target, "json")).unwrap();
                fs::write(place(&target, "json"), kept.replace("\"code\":3", "\"code\":0")).unwrap();
            },
        ];
        for change in changes {
            change();
            assert_eq!(recall(&target, "1"), None);
            again();
        }
    }
}
