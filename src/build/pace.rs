//! How far a build is, for whoever watches it from another thread.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Stage;
use crate::output::{FileDigest, Output};

/// The stage that runs, and how much of it is done. The stages count, nobody waits.
#[derive(Debug, Default)]
pub struct Pace {
    stage: Mutex<Option<(Stage, usize)>>,
    done: AtomicUsize,
}

/// What a watcher sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The stage that runs.
    pub stage: Stage,
    /// How many documents (or, while pages are made, files) it has finished.
    pub done: usize,
    /// How many there are; 0 when nobody knows.
    pub all: usize,
}

impl Pace {
    /// A stage begins with so many documents before it; 0 when it is not known.
    pub(super) fn begin(&self, stage: Stage, all: usize) {
        let mut current = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        self.done.store(0, Ordering::Relaxed);
        *current = Some((stage, all));
    }

    /// One more is finished.
    pub(super) fn step(&self) {
        self.step_by(1);
    }

    /// So many more are finished.
    pub(super) fn step_by(&self, finished: usize) {
        self.done.fetch_add(finished, Ordering::Relaxed);
    }

    /// How far it is; `None` before the first stage.
    pub fn now(&self) -> Option<Progress> {
        let current = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        current.map(|(stage, all)| Progress { stage, done: self.done.load(Ordering::Relaxed), all })
    }
}

/// An output that counts the files that pass.
pub(super) struct Counted<'o> {
    pub(super) output: &'o dyn Output,
    pub(super) pace: &'o Pace,
}

impl Output for Counted<'_> {
    fn write(&self, path: &str, bytes: Vec<u8>) {
        self.output.write(path, bytes);
        self.pace.step();
    }

    fn keep(&self, files: &[FileDigest]) -> bool {
        self.output.keep(files)
    }

    fn stream(&self, path: &str, pieces: &mut dyn Iterator<Item = Vec<u8>>) {
        self.output.stream(path, pieces);
        self.pace.step();
    }
}

#[cfg(test)]
mod tests {
    use super::{Counted, Pace, Progress, Stage};
    use crate::output::{MemoryOutput, Output};

    #[test]
    fn a_stage_starts_from_nothing_and_counts_its_files() {
        let (pace, memory) = (Pace::default(), MemoryOutput::default());
        assert_eq!(pace.now(), None);
        pace.begin(Stage::Audit, 7);
        pace.step();
        assert_eq!(pace.now(), Some(Progress { stage: Stage::Audit, done: 1, all: 7 }));
        pace.begin(Stage::Render, 0);
        Counted { output: &memory, pace: &pace }.write("a", b"1".to_vec());
        assert_eq!(pace.now(), Some(Progress { stage: Stage::Render, done: 1, all: 0 }));
        assert_eq!(memory.into_files().len(), 1);
    }
}
