//! An opened index: the manifest, and the files that a query needs.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::manifest::{DocShard, Entry, GramShard, Manifest, VERSION, absolute};
use super::normalize::{Gram, normalize, query_grams};
use super::query::QueryError;

/// Reads a file of the index, by its path below `search/`.
pub(super) type Load<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// A list of so many records or fewer is not narrowed by reading a long list: the records themselves decide sooner.
const FEW: usize = 256;

/// An opened index.
pub(super) struct Index<'a> {
    load: Load<'a>,
    manifest: Manifest,
    /// Where records belong: first one of each department, then one of each disclosure.
    contexts: Vec<Context>,
}

/// Where a record belongs.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    /// The folded names of region, department, year and kind, one per line.
    pub(super) folded: String,
    /// The name of the department.
    pub(super) department: String,
    /// The year of the disclosure.
    pub(super) year: Option<u16>,
    /// The name of the disclosure's kind.
    pub(super) account: String,
    /// The page, relative to the site's root.
    pub(super) url: String,
}

impl<'a> Index<'a> {
    /// Reads the manifest.
    pub(super) fn open(load: Load<'a>) -> Result<Self, QueryError> {
        let manifest: Manifest = read(load, "manifest.json")?;
        if manifest.version != VERSION {
            return Err(QueryError::Version(manifest.version));
        }
        let departments: Vec<Context> =
            (0..manifest.departments.name.len()).map(|it| department(&manifest, it)).collect();
        let disclosures = (0..manifest.disclosures.first.len()).map(|it| disclosure(&manifest, &departments, it));
        let contexts = departments.iter().cloned().chain(disclosures).collect();
        Ok(Index { load, manifest, contexts })
    }

    /// Where a record belongs: its department, or its disclosure.
    pub(super) fn context(&self, id: u32) -> Option<&Context> {
        let departments = self.manifest.departments.name.len();
        let index = match id as usize {
            department if department < departments => department,
            _ => departments + last_at_most(&self.manifest.disclosures.first, id),
        };
        self.contexts.get(index)
    }

    /// The document shard in which a record lies.
    pub(super) fn shard(&self, id: u32) -> usize {
        last_at_most(&self.manifest.docs.first, id)
    }

    /// Reads a document shard.
    pub(super) fn docs(&self, shard: usize) -> Result<DocShard, QueryError> {
        let file = self.manifest.docs.file.get(shard).map(String::as_str).unwrap_or_default();
        self.read(&format!("docs/{file}.json"))
    }

    /// The records that may answer: each word among the n-grams of their own text or in their context, at least one
    /// word among their own.
    pub(super) fn candidates(&self, words: &[String]) -> Result<Vec<u32>, QueryError> {
        let own = words.iter().map(|word| self.holders(word)).collect::<Result<Vec<_>, _>>()?;
        let any: BTreeSet<u32> = own.iter().flatten().copied().collect();
        let holds = |id: u32| {
            let context = self.context(id).map(|context| context.folded.as_str()).unwrap_or_default();
            words.iter().zip(&own).all(|(word, own)| own.contains(&id) || context.contains(word))
        };
        Ok(any.into_iter().filter(|id| holds(*id)).collect())
    }

    /// The records whose own text holds all n-grams of a word. Short lists first; a long one is only read while many
    /// records are left.
    fn holders(&self, word: &str) -> Result<BTreeSet<u32>, QueryError> {
        let grams = query_grams(word);
        let mut entries = self.entries(&grams)?;
        if entries.len() < grams.len() {
            return Ok(BTreeSet::new());
        }
        entries.sort_by_key(Entry::count);
        let mut holders: Option<BTreeSet<u32>> = None;
        for entry in &entries {
            holders = Some(match holders {
                None => self.records(entry)?,
                Some(known) if matches!(entry, Entry::Long { .. }) && known.len() <= FEW => known,
                Some(known) => &known & &self.records(entry)?,
            });
        }
        Ok(holders.unwrap_or_default())
    }

    fn entries(&self, grams: &[Gram]) -> Result<Vec<Entry>, QueryError> {
        let files = &self.manifest.grams.file;
        let mut entries = Vec::new();
        for gram in grams {
            let Some(file) = files.get(gram.shard(files.len())) else { continue };
            let mut shard: GramShard = self.read(&format!("grams/{file}.json"))?;
            entries.extend(shard.remove(&gram.text()));
        }
        Ok(entries)
    }

    fn records(&self, entry: &Entry) -> Result<BTreeSet<u32>, QueryError> {
        let mut records = BTreeSet::new();
        match entry {
            Entry::Inline(differences) => records.extend(absolute(differences)),
            Entry::Long { lists, .. } => {
                for list in lists {
                    records.extend(absolute(&self.read::<Vec<u32>>(&format!("lists/{list}.json"))?));
                }
            }
        }
        Ok(records)
    }

    fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, QueryError> {
        read(self.load, path)
    }
}

/// The index of the last of ascending numbers that is not above `id`.
fn last_at_most(firsts: &[u32], id: u32) -> usize {
    firsts.partition_point(|first| *first <= id).saturating_sub(1)
}

fn department(manifest: &Manifest, index: usize) -> Context {
    let name = manifest.departments.name[index].clone();
    let mut folded = normalize(&name);
    let mut above = manifest.departments.region.get(index).copied().unwrap_or(-1);
    while let Some(region) = usize::try_from(above).ok().filter(|region| *region < manifest.regions.name.len()) {
        folded = folded + "\n" + &normalize(&manifest.regions.name[region]);
        // Parents stand before children, so that this ends.
        above = manifest.regions.parent.get(region).copied().filter(|parent| *parent < above).unwrap_or(-1);
    }
    let slug = manifest.departments.slug.get(index).map(String::as_str).unwrap_or_default();
    Context { folded, department: name, year: None, account: String::new(), url: format!("departments/{slug}/") }
}

fn disclosure(manifest: &Manifest, departments: &[Context], index: usize) -> Context {
    let columns = &manifest.disclosures;
    let owner = columns.department.get(index).and_then(|owner| departments.get(*owner as usize));
    let Context { folded, department, .. } = owner.cloned().unwrap_or_default();
    let year = columns.year.get(index).copied().filter(|year| *year > 0);
    let kind = columns.kind.get(index).and_then(|kind| manifest.kinds.get(usize::try_from(*kind).ok()?));
    let account = kind.map(|kind| kind.label.clone()).unwrap_or_default();
    let year_text = year.map(|year| format!("{year}年")).unwrap_or_default();
    Context {
        folded: format!("{folded}\n{year_text}\n{}", normalize(&account)),
        department,
        year,
        account,
        url: columns.url.get(index).cloned().unwrap_or_default(),
    }
}

fn read<T: DeserializeOwned>(load: Load<'_>, path: &str) -> Result<T, QueryError> {
    let bytes = load(path).ok_or_else(|| QueryError::Missing(path.to_owned()))?;
    serde_json::from_slice(&bytes).map_err(|error| QueryError::Malformed(path.to_owned(), error.to_string()))
}

impl Entry {
    /// How many records it lists.
    fn count(&self) -> usize {
        match self {
            Entry::Inline(differences) => differences.len(),
            Entry::Long { count, .. } => *count as usize,
        }
    }
}
