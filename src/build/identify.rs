//! The first pass over the content: every document is read, identified and dropped. What stays tells which documents
//! make which disclosure.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use compact_str::CompactString;
use rayon::prelude::*;

use crate::config::Waiver;
use crate::diagnostic::Diagnostic;
use crate::model::{Disclosure, DisclosureLedger, Identity, SourceFile};
use crate::parse;
use crate::read::{self, Content, Source};
use crate::recognize;
use crate::vocabulary::Vocabulary;

/// What the content is.
pub(super) struct Identified {
    pub(super) content: Content,
    /// The disclosures by the path of their main document.
    pub(super) sets: Vec<Set>,
    /// The answers that documents give in their front matter.
    pub(super) waivers: Vec<Waiver>,
    /// What reading had to say.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How many documents could be read.
    pub(super) sources: usize,
    /// Their size as decoded text.
    pub(super) bytes: usize,
}

/// The documents of one disclosure.
pub(super) struct Set {
    /// Their numbers in the content, the main one first.
    pub(super) documents: Vec<usize>,
    /// Their paths in the same order.
    paths: Vec<Arc<str>>,
    /// The hashes of their bytes in the same order.
    pub(super) hashes: Vec<CompactString>,
    pub(super) identity: Identity,
}

/// A document that was read and dropped.
struct Stub {
    number: usize,
    path: Arc<str>,
    hash: CompactString,
    identity: Identity,
    original: Option<String>,
    waivers: Vec<Waiver>,
    bytes: usize,
}

/// Reads and identifies every document below a folder.
pub(super) fn identify(vocabulary: &Vocabulary, folder: &Path) -> Identified {
    let content = Content::list(folder);
    let read: Vec<(Option<Stub>, Vec<Diagnostic>)> =
        (0..content.len()).into_par_iter().map(|number| stub(vocabulary, &content, number)).collect();
    let mut stubs = Vec::with_capacity(read.len());
    let mut diagnostics = Vec::new();
    for (stub, said) in read {
        stubs.extend(stub);
        diagnostics.extend(said);
    }
    let originals = stubs.iter().filter_map(|stub| stub.original.clone()).collect();
    diagnostics.extend(content.diagnostics(&originals));
    let (sources, bytes) = (stubs.len(), stubs.iter().map(|stub| stub.bytes).sum());
    let waivers = stubs.iter_mut().flat_map(|stub| std::mem::take(&mut stub.waivers)).collect();
    let sets = sets(vocabulary, &content, stubs);
    Identified { content, sets, waivers, diagnostics, sources, bytes }
}

impl Identified {
    /// The disclosures as far as a plan needs them.
    pub(super) fn stubs(&self) -> Vec<(Disclosure, DisclosureLedger)> {
        self.sets.iter().map(|set| (set.stub(), DisclosureLedger::default())).collect()
    }
}

impl Set {
    /// The path of the main document.
    pub(super) fn main(&self) -> &str {
        self.paths.first().map_or("", |path| path)
    }

    /// A disclosure of which nothing is known but who and where.
    pub(super) fn stub(&self) -> Disclosure {
        let file = |path: &Arc<str>| SourceFile {
            path: path.clone(),
            text: Arc::default(),
            hash: Default::default(),
            encoding: "",
        };
        let sources = self.paths.iter().map(file).collect();
        Disclosure { sources, identity: self.identity.clone(), ..Disclosure::default() }
    }
}

/// Parses and recognizes a source by itself.
pub(super) fn disclosure(vocabulary: &Vocabulary, source: Source) -> Disclosure {
    recognize::recognize(vocabulary, &parse::parse(&Arc::new(source)))
}

fn stub(vocabulary: &Vocabulary, content: &Content, number: usize) -> (Option<Stub>, Vec<Diagnostic>) {
    let (source, said) = content.read(number);
    let stub = source.map(|mut source| {
        let waivers = std::mem::take(&mut source.front_matter.waivers);
        let (path, bytes, original) = (source.path.clone(), source.text.len(), read::original_path(&source));
        let hash = source.hash.clone();
        let identity = recognize::identify(vocabulary, &parse::parse(&Arc::new(source)));
        Stub { number, path, hash, identity, original, waivers, bytes }
    });
    (stub, said)
}

/// Puts documents of one disclosure together. Only those that have a year, a kind and an organization in common need
/// to be recognized for that.
fn sets(vocabulary: &Vocabulary, content: &Content, stubs: Vec<Stub>) -> Vec<Set> {
    let mut groups: BTreeMap<recognize::Joint, Vec<Stub>> = BTreeMap::new();
    let mut sets: Vec<Set> = Vec::with_capacity(stubs.len());
    for stub in stubs {
        match recognize::joint(&stub.identity) {
            Some(joint) => groups.entry(joint).or_default().push(stub),
            None => sets.push(alone(stub)),
        }
    }
    let (several, single): (Vec<_>, Vec<_>) = groups.into_values().partition(|group| group.len() > 1);
    sets.extend(single.into_iter().flatten().map(alone));
    let joined = several.into_par_iter().flat_map_iter(|group| join(vocabulary, content, group));
    sets.extend(joined.collect::<Vec<_>>());
    sets.sort_by(|left, right| left.paths.cmp(&right.paths));
    sets
}

fn alone(stub: Stub) -> Set {
    Set { documents: vec![stub.number], paths: vec![stub.path], hashes: vec![stub.hash], identity: stub.identity }
}

fn join(vocabulary: &Vocabulary, content: &Content, group: Vec<Stub>) -> Vec<Set> {
    let numbers: BTreeMap<Arc<str>, usize> = group.iter().map(|stub| (stub.path.clone(), stub.number)).collect();
    let read = group.iter().filter_map(|stub| content.read(stub.number).0);
    let merged = recognize::merge(vocabulary, read.map(|source| disclosure(vocabulary, source)).collect());
    let set = |merged: Disclosure| {
        let paths: Vec<Arc<str>> = merged.sources.iter().map(|source| source.path.clone()).collect();
        let documents = paths.iter().filter_map(|path| numbers.get(path).copied()).collect();
        let hashes = merged.sources.into_iter().map(|source| source.hash).collect();
        Set { documents, paths, hashes, identity: merged.identity }
    };
    merged.into_iter().map(set).collect()
}
