//! Bytes that are made early and written late: the rows of the data files. What does not fit into a small piece of
//! memory goes to a temporary file that has no name.

use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::{Mutex, PoisonError};

use super::entry::Holder;

/// So many bytes stay in memory.
const IN_MEMORY: usize = 16 << 20;

/// Keeps bytes until they are asked for.
#[derive(Debug)]
pub(super) struct Spill {
    most: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    held: usize,
    file: Option<File>,
    length: u64,
}

/// Where some bytes are.
#[derive(Debug)]
pub(super) enum Kept {
    Memory(Vec<u8>),
    File {
        at: u64,
        length: usize,
    },
    /// In an entry that holds them anyway.
    Entry(Holder, Range<usize>),
}

impl Default for Spill {
    fn default() -> Self {
        Spill { most: IN_MEMORY, state: Mutex::default() }
    }
}

impl Spill {
    /// Takes bytes. Where the disk has no room they stay in memory.
    pub(super) fn put(&self, bytes: Vec<u8>) -> Kept {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.held + bytes.len() > self.most
            && let Ok(kept) = state.append(&bytes)
        {
            return kept;
        }
        state.held += bytes.len();
        Kept::Memory(bytes)
    }

    /// Gives bytes back.
    ///
    /// # Errors
    /// When the temporary file or the entry cannot be read any more.
    pub(super) fn get(&self, kept: &Kept) -> io::Result<Vec<u8>> {
        match kept {
            Kept::Memory(bytes) => Ok(bytes.clone()),
            Kept::Entry(holder, place) => holder.piece(place),
            Kept::File { at, length } => {
                let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
                let file = state.file.as_ref().map(File::try_clone).ok_or(io::ErrorKind::NotFound)??;
                drop(state);
                let mut bytes = vec![0; *length];
                file.read_exact_at(&mut bytes, *at)?;
                Ok(bytes)
            }
        }
    }
}

impl State {
    fn append(&mut self, bytes: &[u8]) -> io::Result<Kept> {
        if self.file.is_none() {
            self.file = Some(tempfile::tempfile()?);
        }
        let file = self.file.as_mut().ok_or(io::ErrorKind::NotFound)?;
        file.write_all(bytes)?;
        let at = self.length;
        self.length += bytes.len() as u64;
        Ok(Kept::File { at, length: bytes.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, Spill};

    #[test]
    fn bytes_come_back_from_memory_and_from_the_file() {
        let spill = Spill { most: 5, ..Spill::default() };
        let pieces: Vec<Vec<u8>> = vec![b"abc".to_vec(), b"defg".to_vec(), Vec::new(), b"hi".to_vec(), b"jk".to_vec()];
        let kept: Vec<Kept> = pieces.iter().map(|piece| spill.put(piece.clone())).collect();
        assert!(matches!(kept[..], [Kept::Memory(_), Kept::File { at: 0, length: 4 }, ..]));
        let back: Vec<Vec<u8>> = kept.iter().map(|kept| spill.get(kept).unwrap()).collect();
        assert_eq!(back, pieces);
    }
}
