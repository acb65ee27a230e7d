//! The form in which a build keeps something: values and pieces of bytes beside them, behind a hash of all, so
//! that damage is noticed. Pieces stay where the entry is until they are asked for.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::spill::Spilled;

/// Values and pieces as bytes; `None` when the values cannot be written.
pub(super) fn write(values: &impl Serialize, pieces: &[Cow<'_, [u8]>]) -> Option<Vec<u8>> {
    let values = postcard::to_stdvec(values).ok()?;
    let mut bytes = vec![0; blake3::OUT_LEN];
    for piece in std::iter::once(&Cow::Owned(values)).chain(pieces) {
        bytes.extend((piece.len() as u64).to_le_bytes());
        bytes.extend_from_slice(piece);
    }
    let check = blake3::hash(&bytes[blake3::OUT_LEN..]);
    bytes[..blake3::OUT_LEN].copy_from_slice(check.as_bytes());
    Some(bytes)
}

/// The values that were written, and where the pieces stand; `None` when they are damaged or of another form.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<(T, Vec<Range<usize>>)> {
    let (check, rest) = bytes.split_first_chunk::<{ blake3::OUT_LEN }>()?;
    let mut places = if check == blake3::hash(rest).as_bytes() { places(bytes)? } else { return None };
    let values = if places.is_empty() { return None } else { places.remove(0) };
    let (values, rest) = postcard::take_from_bytes(&bytes[values]).ok()?;
    rest.is_empty().then_some((values, places))
}

/// Where the pieces of an entry stand that was just written, without its values.
pub(super) fn piece_places(bytes: &[u8]) -> Vec<Range<usize>> {
    places(bytes).unwrap_or_default().into_iter().skip(1).collect()
}

/// Where values and pieces stand, each behind its length.
fn places(bytes: &[u8]) -> Option<Vec<Range<usize>>> {
    let mut places = Vec::new();
    let mut at = blake3::OUT_LEN;
    while at < bytes.len() {
        let (length, _) = bytes[at..].split_first_chunk::<8>()?;
        let start = at + length.len();
        at = start.checked_add(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        bytes.get(start..at)?;
        places.push(start..at);
    }
    Some(places)
}

/// The pieces of an entry.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) holder: Holder,
    pub(super) places: Vec<Range<usize>>,
}

/// An entry that stays where it is while its pieces may be asked for.
#[derive(Debug, Clone)]
pub(super) enum Holder {
    File(Arc<PathBuf>),
    Spilled(Spilled),
}

impl Holder {
    /// A piece of the entry.
    ///
    /// # Errors
    /// When the file cannot be read any more.
    pub(super) fn piece(&self, place: &Range<usize>) -> io::Result<Vec<u8>> {
        match self {
            Holder::Spilled(entry) => entry.part(place),
            Holder::File(path) => {
                let mut bytes = vec![0; place.len()];
                File::open(&**path)?.read_exact_at(&mut bytes, place.start as u64)?;
                Ok(bytes)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::io::Write;
    use std::sync::Arc;

    use super::{Holder, piece_places, read, write};
    use crate::spill::Spill;

    #[test]
    fn what_was_written_is_read_and_damage_is_noticed() {
        let pieces = vec![b"ab".to_vec(), Vec::new(), b"c".to_vec()];
        let bytes = write(&("三公", 7_u8), &pieces.iter().map(Cow::from).collect::<Vec<_>>()).unwrap();
        let (values, places) = read::<(String, u8)>(&bytes).unwrap();
        assert_eq!((values, &places), (("三公".to_owned(), 7), &piece_places(&bytes)));
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes).unwrap();
        let holders =
            [Holder::File(Arc::new(file.path().to_owned())), Holder::Spilled(Spill::new(100).put(bytes.clone()))];
        for holder in holders {
            assert_eq!(places.iter().map(|place| holder.piece(place).unwrap()).collect::<Vec<_>>(), pieces);
            assert!(holder.piece(&(bytes.len()..bytes.len() + 1)).is_err());
        }
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(read::<(String, u8)>(&damaged), None, "byte {at}");
            assert_eq!(read::<(String, u8)>(&bytes[..at]), None, "cut at {at}");
        }
        assert_eq!(read::<u8>(&bytes), None, "another form");
    }
}
