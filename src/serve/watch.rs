//! Which files a build depends on, and when one of them changes.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer};

use crate::build::SiteFolder;
use crate::config;

/// How long the disk must be still after a change: editors save in several steps.
const STILL: Duration = Duration::from_millis(20);

/// Folders of a site, beside the content, of which a build is made.
const FOLDERS: [&str; 5] = ["templates", "static", "pages", crate::read::WORDS_FOLDER, crate::read::RULES_FOLDER];

/// Files that have changed. None at all when everything may have: the system has lost track.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    /// As the user knows them.
    pub(super) names: Vec<String>,
    /// Those of the content folder, as the build knows them.
    pub(super) documents: Vec<String>,
}

/// Sees changes of the files that a build depends on, and of no others.
pub(super) struct Watch {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    events: Receiver<DebounceEventResult>,
    inputs: Inputs,
}

impl Watch {
    /// Begins to watch.
    ///
    /// # Errors
    /// When the system does not let us.
    pub(super) fn start(folder: &SiteFolder) -> notify::Result<Self> {
        let (sender, events) = mpsc::channel();
        let inputs = Inputs::of(folder);
        let mut debouncer = new_debouncer(STILL, None, sender)?;
        // The folders above see site.toml, and folders that come and go.
        for above in inputs.folders.iter().filter_map(|folder| folder.parent()).chain([&*inputs.root]) {
            if above.is_dir() {
                debouncer.watch(above, RecursiveMode::NonRecursive)?;
            }
        }
        let mut watch = Watch { debouncer, events, inputs };
        watch.inputs.folders.clone().iter().try_for_each(|folder| watch.enter(folder))?;
        Ok(watch)
    }

    /// Waits until files have changed. `None` when nothing can be seen any more.
    pub(super) fn wait(&mut self) -> Option<notify::Result<Changed>> {
        loop {
            let mut batch = vec![self.events.recv().ok()?];
            batch.extend(self.events.try_iter());
            let events = match batch.into_iter().collect::<Result<Vec<_>, _>>() {
                Ok(events) => events.concat(),
                Err(errors) => return errors.into_iter().next().map(Err),
            };
            if events.iter().any(|event| event.need_rescan()) {
                return Some(Ok(Changed::default()));
            }
            let changed = self.inputs.changed(&events);
            if changed.is_empty() {
                continue;
            }
            let renewed = self.inputs.folders.iter().filter(|folder| changed.contains(folder)).cloned();
            if let Err(error) = renewed.collect::<Vec<_>>().iter().try_for_each(|folder| self.enter(folder)) {
                return Some(Err(error));
            }
            return Some(Ok(Changed {
                names: changed.iter().map(|path| self.inputs.name(path)).collect(),
                documents: changed.iter().filter_map(|path| self.inputs.document(path)).collect(),
            }));
        }
    }

    /// Watches a folder that is there, anew when it was watched: it may be another one with the same name.
    fn enter(&mut self, folder: &Path) -> notify::Result<()> {
        let _ = self.debouncer.unwatch(folder);
        if folder.is_dir() { self.debouncer.watch(folder, RecursiveMode::Recursive) } else { Ok(()) }
    }
}

/// The files of which a build is made.
struct Inputs {
    root: PathBuf,
    /// Content first, then templates, static files, text pages and the others.
    folders: Vec<PathBuf>,
    config: PathBuf,
    /// What a build writes.
    output: PathBuf,
}

impl Inputs {
    fn of(folder: &SiteFolder) -> Self {
        let real = |path: &Path| {
            let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
            absolute.canonicalize().unwrap_or(absolute)
        };
        let root = real(&folder.root);
        let mut folders = vec![real(&folder.content)];
        folders.extend(FOLDERS.map(|name| root.join(name)));
        Inputs { folders, config: root.join(config::FILE_NAME), output: root.join("public"), root }
    }

    /// The inputs that some events speak of, sorted. That a file was read is no change: the build itself reads.
    fn changed(&self, events: &[DebouncedEvent]) -> Vec<PathBuf> {
        let changes = events.iter().filter(|event| !event.kind.is_access());
        let mut paths: Vec<PathBuf> =
            changes.flat_map(|event| &event.paths).filter(|path| self.contain(path)).cloned().collect();
        paths.sort();
        paths.dedup();
        paths
    }

    fn contain(&self, path: &Path) -> bool {
        if path == self.config {
            return true;
        }
        let hidden = |rest: &Path| rest.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."));
        let inside = self.folders.iter().filter_map(|folder| path.strip_prefix(folder).ok());
        !path.starts_with(&self.output) && inside.into_iter().any(|rest| !hidden(rest))
    }

    /// The path of a document in the content folder; `None` for what lies elsewhere.
    fn document(&self, path: &Path) -> Option<String> {
        let inside = path.strip_prefix(self.folders.first()?).ok()?;
        let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Some(parts.join("/"))
    }

    /// A path as the user knows it.
    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use notify::event::{AccessKind, CreateKind, DataChange, Event, EventKind, ModifyKind};

    use super::{DebouncedEvent, Inputs, Path, SiteFolder};

    fn event(kind: EventKind, path: &Path) -> DebouncedEvent {
        DebouncedEvent { event: Event::new(kind).add_path(path.to_owned()), time: Instant::now() }
    }

    #[test]
    fn only_inputs_count_and_reading_is_no_change() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = Inputs::of(&SiteFolder::new(folder.path(), None));
        let modified = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let opened = EventKind::Access(AccessKind::Open(notify::event::AccessMode::Any));
        for (kind, path, counts) in [
            (modified, "site.toml", true),
            (modified, "content/a/b.md", true),
            (modified, "templates/base.html", true),
            (EventKind::Create(CreateKind::Folder), "static", true),
            (opened, "content/a/b.md", false),
            (modified, "public/content/a.md", false),
            (modified, "README.md", false),
            (modified, "contents/a.md", false),
            (modified, "content/.a.md.swp", false),
            (modified, "content/.git/index", false),
        ] {
            let path = inputs.root.join(path);
            assert_eq!(inputs.changed(&[event(kind, &path)]).len(), usize::from(counts), "{kind:?} {path:?}");
        }
    }

    #[test]
    fn the_output_is_not_watched_even_when_the_whole_root_is_content() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = Inputs::of(&SiteFolder::new(folder.path(), Some(folder.path())));
        assert!(inputs.contain(&inputs.root.join("a.md")));
        assert!(!inputs.contain(&inputs.root.join("public/index.html")));
    }
}
