//! Shards: what one machine made of the departments of a region, in the form in which another machine joins them.
//!
//! A shard is a published folder with the departments' own pages at the addresses that they have in the whole site, and
//! below `shard/` what the pages of the whole site need to know of them: a list of documents and one entry for each
//! department, named as in the cache. It fits a site when program, configuration, words, rules and looks are the same,
//! and when the departments have the addresses under which they were made.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::clock::Clock;
use super::departments::{Done, Supplied, Supply, own_waivers};
use super::entry::{self, Held, Holder};
use super::identify::Set;
use super::key::{Basis, Key};
use super::stored::{self, Pieces, Stored};
use super::workshop::{Sets, by_path};
use super::{Counts, Stage};
use crate::assemble::Site;
use crate::config::Waiver;
use crate::diagnostic::{Diagnostic, Severity, reason};
use crate::output::{FileDigest, Output};

/// The list of documents in a shard.
const LIST: &str = "shard/documents";

/// Where the entries of departments lie.
const DEPARTMENTS: &str = "shard/departments";

/// What a shard is made of, beside its departments.
#[derive(Serialize, Deserialize)]
pub(super) struct Documents {
    /// What it depends on.
    pub(super) basis: String,
    /// The disclosures of its departments by the path of their main document.
    pub(super) sets: Vec<Set>,
    /// The main documents that its machine saw and left to others.
    pub(super) elsewhere: Vec<CompactString>,
    /// What reading had to say.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// All documents that its machine saw.
    pub(super) files: Vec<CompactString>,
}

/// A shard that is being written.
pub(super) struct Shard<'o> {
    pub(super) basis: Basis,
    output: &'o dyn Output,
    lacking: Mutex<Vec<Diagnostic>>,
}

impl<'o> Shard<'o> {
    pub(super) fn new(basis: Basis, output: &'o dyn Output) -> Self {
        Shard { basis, output, lacking: Mutex::default() }
    }

    /// Adds a department.
    pub(super) fn put(&self, key: &Key, stored: &Stored, pieces: &Pieces) {
        match pieces.all().and_then(|all| entry::write(stored, &all)) {
            Some(bytes) => self.output.write(&department_file(key), bytes),
            None => self.lack("shard-unwritable", "有一个部门不能写成数据"),
        }
    }

    /// Notes that a department could not be added: its documents changed while they were read, or a page could not be made.
    pub(super) fn put_nothing(&self) {
        self.lack("shard-lacking", "有部门没有进入片区：文件在生成期间变动，或有页面没有写成");
    }

    /// Adds the list of documents; what is lacking.
    pub(super) fn finish(self, documents: &Documents) -> Vec<Diagnostic> {
        match entry::write(documents, &[]) {
            Some(bytes) => self.output.write(LIST, bytes),
            None => self.lack("shard-unwritable", "文件清单不能写成数据"),
        }
        self.lacking.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn lack(&self, code: &'static str, message: &str) {
        let problem = Diagnostic::anywhere(Severity::Error, code, message).with_hint("再运行一次");
        self.lacking.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
    }
}

/// Shards that are to be joined.
pub(super) struct Shelf {
    basis: Basis,
    /// What they are together.
    pub(super) documents: Documents,
    /// The folder of each disclosure, by the path of its main document.
    folders: BTreeMap<CompactString, PathBuf>,
}

impl Shelf {
    /// Opens shards that were made for a site of this basis.
    ///
    /// # Errors
    /// When a folder is no shard or a damaged one, when it was made for another site or by another program, and when two
    /// hold the same document.
    pub(super) fn open(folders: &[PathBuf], basis: Basis) -> Result<Self, Vec<Diagnostic>> {
        let (mut read, mut problems) = (Vec::new(), Vec::new());
        for folder in folders {
            match documents(folder, basis) {
                Ok(documents) => read.push((folder, documents)),
                Err(problem) => problems.push(*problem),
            }
        }
        let mut all = Documents {
            basis: basis.name(),
            sets: Vec::new(),
            elsewhere: Vec::new(),
            diagnostics: Vec::new(),
            files: Vec::new(),
        };
        let mut places: BTreeMap<CompactString, PathBuf> = BTreeMap::new();
        for (folder, documents) in read {
            for set in &documents.sets {
                if let Some(first) = places.insert(set.main().into(), folder.clone()) {
                    problems.push(twice(set.main(), &first, folder));
                }
            }
            all.sets.extend(documents.sets);
            all.elsewhere.extend(documents.elsewhere);
            all.diagnostics.extend(documents.diagnostics);
            all.files.extend(documents.files);
        }
        all.sets.sort_by(|left, right| left.paths.cmp(&right.paths));
        all.elsewhere.retain(|path| !places.contains_key(path));
        // Machines that saw the same documents say the same of them.
        for list in [&mut all.elsewhere, &mut all.files] {
            list.sort();
            list.dedup();
        }
        crate::diagnostic::sort(&mut all.diagnostics);
        all.diagnostics.dedup();
        if problems.is_empty() { Ok(Shelf { basis, documents: all, folders: places }) } else { Err(problems) }
    }

    /// Documents that a machine saw and no shard holds.
    pub(super) fn left_out(&self) -> Option<Diagnostic> {
        let [first, rest @ ..] = self.documents.elsewhere.as_slice() else { return None };
        let message = format!("有 {} 份公开文件不在任何一个片区里：{first}{}", 1 + rest.len(), more(rest));
        let hint = "用 budgetsite build --region 生成它们所在的片区，没有地区的用 --region none，再一起合并";
        Some(Diagnostic::anywhere(Severity::Warning, "shard-left-out", message).with_hint(hint))
    }

    /// The departments of the shards, whose files go to `output`.
    pub(super) fn supply<'s>(&'s self, waivers: &'s [Waiver], output: &'s dyn Output) -> impl Supply + 's {
        Joined { shelf: self, sets: by_path(&self.documents.sets), waivers, output }
    }

    fn find(
        &self,
        key: &Key,
        main: &str,
        department: &str,
        output: &dyn Output,
    ) -> Result<(Stored, Pieces), Box<Diagnostic>> {
        let folder = self.folders.get(main).map_or(Path::new(""), PathBuf::as_path);
        let place = folder.join(department_file(key));
        let Ok(bytes) = fs::read(&place) else {
            return Err(Box::new(other_plan(folder, department)));
        };
        let (stored, places) = entry::read::<Stored>(&bytes).ok_or_else(|| damaged(folder))?;
        let held = Held { holder: Holder::File(Arc::new(place)), places };
        let pieces = stored.pieces(held).ok_or_else(|| damaged(folder))?;
        if !output.keep(&stored.files) {
            for file in &stored.files {
                output.write(&file.path, published(folder, file)?);
            }
        }
        Ok((stored, pieces))
    }
}

struct Joined<'s> {
    shelf: &'s Shelf,
    sets: Sets<'s>,
    waivers: &'s [Waiver],
    output: &'s dyn Output,
}

impl Supply for Joined<'_> {
    fn department(&self, plan: &Site, range: &Range<usize>, clock: &Clock) -> Supplied {
        let own: Vec<Waiver> = own_waivers(self.waivers, plan, range).map(|(_, waiver)| waiver.clone()).collect();
        let key = stored::key(self.shelf.basis, &own, &self.sets, plan, range);
        let first = &plan.disclosures[range.start];
        let main = first.disclosure.sources.first().map_or("", |source| &*source.path);
        let name = &plan.departments[first.department].name;
        let found = clock.time(Stage::Read, || self.shelf.find(&key, main, name, self.output));
        let (done, pieces) = match found {
            Ok((stored, pieces)) => (stored.into_done(), pieces),
            Err(problem) => (nothing(*problem), Pieces::default()),
        };
        Supplied { done, pieces, name: None, is_reused: true }
    }
}

fn nothing(problem: Diagnostic) -> Done {
    Done { parts: Vec::new(), counts: Counts::default(), problems: vec![problem], answered: Vec::new() }
}

fn department_file(key: &Key) -> String {
    format!("{DEPARTMENTS}/{}", key.name())
}

fn documents(folder: &Path, basis: Basis) -> Result<Documents, Box<Diagnostic>> {
    let bytes = fs::read(folder.join(LIST)).map_err(|error| no_shard(folder, &error))?;
    let (documents, _) = entry::read::<Documents>(&bytes).ok_or_else(|| damaged(folder))?;
    if documents.basis == basis.name() { Ok(documents) } else { Err(Box::new(other_site(folder))) }
}

/// A file of a shard, if it is still what it was.
fn published(folder: &Path, file: &FileDigest) -> Result<Vec<u8>, Box<Diagnostic>> {
    let path = Path::new(&file.path);
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    let bytes = if is_inside { fs::read(folder.join(path)).ok() } else { None };
    bytes.filter(|bytes| FileDigest::new(&file.path, bytes) == *file).ok_or_else(|| damaged(folder))
}

fn more(rest: &[CompactString]) -> &'static str {
    if rest.is_empty() { "" } else { " 等" }
}

fn problem(code: &'static str, message: String, hint: &str) -> Diagnostic {
    Diagnostic::anywhere(Severity::Error, code, message).with_hint(hint)
}

fn no_shard(folder: &Path, error: &std::io::Error) -> Box<Diagnostic> {
    let message = format!("{} 不是片区，读不出 {LIST}：{}", folder.display(), reason(error));
    Box::new(problem("shard-missing", message, "写明 budgetsite build --region 的输出目录"))
}

fn damaged(folder: &Path) -> Box<Diagnostic> {
    let message = format!("片区 {} 已损坏：有文件缺失，或与生成时不同", folder.display());
    Box::new(problem("shard-damaged", message, "重新生成或重新复制这个片区"))
}

fn other_site(folder: &Path) -> Diagnostic {
    let message = format!("片区 {} 是用另一份站点设置或另一个版本的程序生成的", folder.display());
    let hint = "程序、site.toml、templates、static、vocabulary、identities 都要与这里一样；用它们重新生成这个片区";
    problem("shard-other-site", message, hint)
}

fn other_plan(folder: &Path, department: &str) -> Diagnostic {
    let message = format!("片区 {} 里没有“{department}”的这一版：它生成时见到的文件与现在的不同", folder.display());
    problem("shard-other-plan", message, "用完整的内容目录重新生成各个片区：网址与部门名称要看全部文件才能确定")
}

fn twice(main: &str, first: &Path, second: &Path) -> Diagnostic {
    let message = format!("{main} 同时在片区 {} 和 {} 里", first.display(), second.display());
    problem("shard-twice", message, "各个片区不能重叠：只写其中一个")
}
