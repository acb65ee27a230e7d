//! The first pass over the content: every document is read, identified and dropped. What stays tells which documents
//! make which disclosure.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use compact_str::CompactString;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::cache::Cache;
use super::key::Key;
use crate::config::Waiver;
use crate::diagnostic::Diagnostic;
use crate::model::{Disclosure, DisclosureLedger, Identity, SourceFile};
use crate::parse;
use crate::read::{self, Content, Source, Stamps};
use crate::recognize;
use crate::vocabulary::Vocabulary;

/// What the content is.
pub(super) struct Identified {
    pub(super) content: Content,
    /// The disclosures by the path of their main document.
    pub(super) sets: Vec<Set>,
    /// What reading had to say.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The documents of one disclosure.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Set {
    /// Their numbers in the content, the main one first.
    #[serde(skip)]
    pub(super) documents: Vec<usize>,
    /// Their paths in the same order.
    pub(super) paths: Vec<CompactString>,
    /// The hashes of their bytes in the same order.
    pub(super) hashes: Vec<CompactString>,
    pub(super) identity: Identity,
    /// The answers that they give in their front matter.
    pub(super) waivers: Vec<Waiver>,
    /// Their size as decoded text.
    pub(super) bytes: usize,
    /// The hash of the original that they offer; `None` when they offer none, or one that cannot be read.
    pub(super) original: Option<String>,
}

/// A document that was read and dropped.
#[derive(Clone, Serialize, Deserialize)]
struct Stub {
    #[serde(skip)]
    number: usize,
    path: CompactString,
    hash: CompactString,
    identity: Identity,
    original: Option<String>,
    waivers: Vec<Waiver>,
    bytes: usize,
}

/// Reads and identifies every document below a folder. What an earlier build found out about the same bytes at the same
/// path is taken from the cache.
pub(super) fn identify(vocabulary: &Vocabulary, folder: &Path, cache: Option<&Cache>) -> Identified {
    let content = Content::list(folder);
    let known = cache.map(known).unwrap_or_default();
    let recalled = |number: usize| cache.and_then(|cache| recall(&known, &content, number, cache.stamps()));
    let stub_of = |number| match recalled(number) {
        Some(stub) => (Some(stub), Vec::new()),
        None => stub(vocabulary, &content, number),
    };
    let read: Vec<(Option<Stub>, Vec<Diagnostic>)> = (0..content.len()).into_par_iter().map(stub_of).collect();
    if let Some(cache) = cache {
        remember(cache, &known, &read);
    }
    let mut stubs = Vec::with_capacity(read.len());
    let mut diagnostics = Vec::new();
    for (stub, said) in read {
        stubs.extend(stub);
        diagnostics.extend(said);
    }
    let originals = stubs.iter().filter_map(|stub| stub.original.clone()).collect();
    diagnostics.extend(content.diagnostics(&originals));
    let mut sets = sets(vocabulary, &content, stubs);
    sets.par_iter_mut().for_each(|set| set.original = original(folder, set));
    Identified { content, sets, diagnostics }
}

/// The disclosures of sets as far as a plan needs them.
pub(super) fn stubs(sets: &[Set]) -> Vec<(Disclosure, DisclosureLedger)> {
    sets.iter().map(|set| (set.stub(), DisclosureLedger::default())).collect()
}

impl Set {
    /// The path of the main document.
    pub(super) fn main(&self) -> &str {
        self.paths.first().map_or("", |path| path)
    }

    /// A disclosure of which nothing is known but who and where.
    pub(super) fn stub(&self) -> Disclosure {
        let file = |path: &CompactString| SourceFile {
            path: Arc::from(path.as_str()),
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

/// What an earlier build kept of the documents, by path.
fn known(cache: &Cache) -> BTreeMap<CompactString, Stub> {
    let kept = cache.get::<Vec<Stub>>(&documents_key(cache)).map(|(stubs, _)| stubs).unwrap_or_default();
    kept.into_iter().map(|stub| (stub.path.clone(), stub)).collect()
}

fn recall(known: &BTreeMap<CompactString, Stub>, content: &Content, number: usize, stamps: &Stamps) -> Option<Stub> {
    let stub = known.get(content.path(number))?;
    (content.hash(number, stamps)? == stub.hash).then(|| Stub { number, ..stub.clone() })
}

/// Keeps what was found out about documents, of which nothing is to be said and which depend on no other file: whether an
/// original is there is seen anew by every build.
fn remember(cache: &Cache, known: &BTreeMap<CompactString, Stub>, read: &[(Option<Stub>, Vec<Diagnostic>)]) {
    let lasting = |(stub, said): &'_ &(Option<Stub>, Vec<Diagnostic>)| {
        said.is_empty() && stub.as_ref().is_some_and(|stub| stub.original.is_none())
    };
    let stubs: Vec<&Stub> = read.iter().filter(lasting).filter_map(|(stub, _)| stub.as_ref()).collect();
    let is_known = |stub: &&Stub| known.get(&stub.path).is_some_and(|known| known.hash == stub.hash);
    if stubs.len() != known.len() || !stubs.iter().all(is_known) {
        cache.put(&documents_key(cache), &stubs, &[]);
    }
}

fn documents_key(cache: &Cache) -> Key {
    let mut key = cache.basis().key();
    key.add(b"documents");
    key
}

fn stub(vocabulary: &Vocabulary, content: &Content, number: usize) -> (Option<Stub>, Vec<Diagnostic>) {
    let (source, said) = content.read(number);
    let stub = source.map(|mut source| {
        let waivers = std::mem::take(&mut source.front_matter.waivers);
        let (path, bytes, original) =
            (CompactString::from(&*source.path), source.text.len(), read::original_path(&source));
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
    Set {
        documents: vec![stub.number],
        paths: vec![stub.path],
        hashes: vec![stub.hash],
        identity: stub.identity,
        waivers: stub.waivers,
        bytes: stub.bytes,
        original: None,
    }
}

fn join(vocabulary: &Vocabulary, content: &Content, group: Vec<Stub>) -> Vec<Set> {
    let read = group.iter().filter_map(|stub| content.read(stub.number).0);
    let merged = recognize::merge(vocabulary, read.map(|source| disclosure(vocabulary, source)).collect());
    let mut known: BTreeMap<CompactString, Stub> = group.into_iter().map(|stub| (stub.path.clone(), stub)).collect();
    let mut set = |merged: Disclosure| {
        let paths: Vec<CompactString> =
            merged.sources.iter().map(|source| CompactString::from(&*source.path)).collect();
        let stubs: Vec<Stub> = paths.iter().filter_map(|path| known.remove(path)).collect();
        Set {
            documents: stubs.iter().map(|stub| stub.number).collect(),
            paths,
            hashes: merged.sources.into_iter().map(|source| source.hash).collect(),
            identity: merged.identity,
            bytes: stubs.iter().map(|stub| stub.bytes).sum(),
            waivers: stubs.into_iter().flat_map(|stub| stub.waivers).collect(),
            original: None,
        }
    };
    merged.into_iter().map(&mut set).collect()
}

fn original(folder: &Path, set: &Set) -> Option<String> {
    let name = set.identity.original.as_ref()?;
    let bytes = read::read_original(folder, set.paths.iter().map(CompactString::as_str), name).ok()?;
    Some(blake3::hash(&bytes).to_hex().to_string())
}
