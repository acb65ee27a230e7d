//! The list of published files: what a folder holds that is ours.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Its name in the root of the site.
pub(super) const NAME: &str = ".budgetsite-manifest.json";

/// A published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Published {
    /// Its length.
    pub(super) bytes: u64,
    /// Its BLAKE3 hash, in the file hexadecimal.
    #[serde(with = "hexadecimal")]
    pub(super) blake3: [u8; 32],
}

/// A hash as people write it.
mod hexadecimal {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(hash: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&blake3::Hash::from_bytes(*hash).to_hex())
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<[u8; 32], D::Error> {
        let text = std::borrow::Cow::<'d, str>::deserialize(deserializer)?;
        blake3::Hash::from_hex(text.as_bytes()).map(|hash| *hash.as_bytes()).map_err(D::Error::custom)
    }
}

/// All published files by path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The files.
    pub(super) files: BTreeMap<String, Published>,
}

/// The published files of a manifest's bytes with their lengths, in no more time than reading takes; `None` where it
/// cannot be understood so, which a path with marks that JSON escapes cannot.
pub(super) fn lengths(json: &[u8]) -> Option<Vec<(&str, u64)>> {
    #[derive(Deserialize)]
    struct Lengths<'m> {
        #[serde(borrow)]
        files: BTreeMap<&'m str, Length>,
    }
    #[derive(Deserialize)]
    struct Length {
        bytes: u64,
    }
    let Lengths { files } = serde_json::from_slice(json).ok()?;
    Some(files.into_iter().map(|(path, Length { bytes })| (path, bytes)).collect())
}

impl Manifest {
    /// The manifest of a folder; `None` when there is none that can be understood.
    pub(super) fn read(folder: &Path) -> io::Result<Option<Self>> {
        match std::fs::read(folder.join(NAME)) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The manifest as it is published.
    pub(super) fn to_json(&self) -> Vec<u8> {
        // A map with text keys and plain values always has a JSON form.
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }
}
