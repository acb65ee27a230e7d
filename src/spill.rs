//! Bytes that are made early and needed late: the pieces that departments leave for the whole site, and the files and
//! entries of a preview. What does not fit into a small piece of memory lies in temporary files, which have no name and
//! go with the last bytes that are needed of them.

use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Mutex, PoisonError};

/// Keeps bytes until they are asked for.
#[derive(Debug)]
pub(crate) struct Spill {
    most: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    held: usize,
    file: Option<Arc<File>>,
    length: u64,
}

/// Where some bytes are.
#[derive(Debug, Clone)]
pub(crate) enum Spilled {
    /// In memory.
    Memory(Arc<Vec<u8>>),
    /// In a temporary file, with others or alone.
    File {
        /// The file.
        file: Arc<File>,
        /// Where in the file they begin.
        at: u64,
        /// How many they are.
        length: usize,
    },
}

/// Bytes from this length on have a file of their own, so that they leave the disk when they are not needed any more. They
/// are few: a program may have no more than some hundred files open.
const LARGE: usize = 8 << 20;

impl Spill {
    /// A place for bytes, of which so many stay in memory.
    pub(crate) fn new(in_memory: usize) -> Self {
        Spill { most: in_memory, state: Mutex::default() }
    }

    /// Takes bytes. Where the disk has no room they stay in memory.
    pub(crate) fn put(&self, bytes: Vec<u8>) -> Spilled {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.held + bytes.len() > self.most
            && let Ok(spilled) = state.write(&bytes)
        {
            return spilled;
        }
        state.held += bytes.len();
        Spilled::Memory(Arc::new(bytes))
    }

    /// Takes bytes piece by piece, which are many.
    ///
    /// # Errors
    /// When the disk has no room.
    pub(crate) fn put_pieces(&self, pieces: &mut dyn Iterator<Item = Vec<u8>>) -> io::Result<Spilled> {
        let mut file = tempfile::tempfile()?;
        let mut length = 0;
        for piece in pieces {
            file.write_all(&piece)?;
            length += piece.len();
        }
        Ok(Spilled::File { file: Arc::new(file), at: 0, length })
    }
}

impl State {
    fn write(&mut self, bytes: &[u8]) -> io::Result<Spilled> {
        let length = bytes.len();
        if length >= LARGE {
            let mut file = tempfile::tempfile()?;
            file.write_all(bytes)?;
            return Ok(Spilled::File { file: Arc::new(file), at: 0, length });
        }
        if self.file.is_none() {
            self.file = Some(Arc::new(tempfile::tempfile()?));
        }
        let file = self.file.clone().ok_or(io::ErrorKind::NotFound)?;
        let at = self.length;
        file.write_all_at(bytes, at)?;
        self.length += length as u64;
        Ok(Spilled::File { file, at, length })
    }
}

impl Spilled {
    /// How many bytes they are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Spilled::Memory(bytes) => bytes.len(),
            Spilled::File { length, .. } => *length,
        }
    }

    /// All of them.
    ///
    /// # Errors
    /// When the temporary file cannot be read any more.
    pub(crate) fn get(&self) -> io::Result<Vec<u8>> {
        self.part(&(0..self.len()))
    }

    /// Some of them.
    ///
    /// # Errors
    /// When they are not so many, or when the temporary file cannot be read any more.
    pub(crate) fn part(&self, place: &Range<usize>) -> io::Result<Vec<u8>> {
        match self {
            Spilled::Memory(bytes) => {
                bytes.get(place.clone()).map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
            }
            Spilled::File { length, .. } if place.end > *length => Err(io::ErrorKind::UnexpectedEof.into()),
            Spilled::File { file, at, .. } => {
                let mut bytes = vec![0; place.len()];
                file.read_exact_at(&mut bytes, at + place.start as u64)?;
                Ok(bytes)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LARGE, Spill, Spilled};

    #[test]
    fn bytes_come_back_from_memory_and_from_files() {
        let spill = Spill::new(5);
        let large = vec![7; LARGE];
        let pieces: Vec<Vec<u8>> =
            vec![b"abc".to_vec(), b"defg".to_vec(), Vec::new(), large.clone(), b"hi".to_vec(), b"jk".to_vec()];
        let mut kept: Vec<Spilled> = pieces.iter().map(|piece| spill.put(piece.clone())).collect();
        let place = |spilled: &Spilled| match spilled {
            Spilled::Memory(_) => None,
            Spilled::File { at, .. } => Some(*at),
        };
        assert_eq!(kept.iter().map(place).collect::<Vec<_>>(), [None, Some(0), None, Some(0), None, Some(4)]);
        kept.push(spill.put_pieces(&mut pieces.iter().take(2).cloned()).unwrap());
        drop(spill);
        let back: Vec<Vec<u8>> = kept.iter().map(|kept| kept.get().unwrap()).collect();
        assert_eq!(back, [pieces.clone(), vec![b"abcdefg".to_vec()]].concat());
        for (number, length) in [(0, 3), (1, 4)] {
            assert_eq!(kept[number].part(&(1..length)).unwrap(), pieces[number][1..]);
            assert!(kept[number].part(&(1..length + 1)).is_err());
        }
    }
}
