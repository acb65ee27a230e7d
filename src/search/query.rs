//! Queries, answered from the index's files alone: the same steps as `static/search.js`, for the command line and as
//! the measure of the script.

use std::collections::BTreeMap;

use super::manifest::{DocShard, VERSION};
use super::normalize::{is_blank, is_letter, normalize};
use super::rank::{Tier, by_size, tier};
use super::reader::{Index, Load};
use super::record::{RecordType, haystack};

/// A record that answers a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The record's number in the index.
    pub id: u32,
    /// What it is.
    pub kind: RecordType,
    /// How well it answers.
    pub tier: Tier,
    /// Its name.
    pub name: String,
    /// Its code; empty when it has none.
    pub code: String,
    /// The rest of its text.
    pub text: String,
    /// Its amount with its unit, as printed; empty when it has none.
    pub amount: String,
    /// Its amount in yuan; empty when it has none.
    pub yuan: String,
    /// The name of its department.
    pub department: String,
    /// The fiscal year of its disclosure; `None` for a department, and when it is not known.
    pub year: Option<u16>,
    /// The name of the kind of its disclosure: 预算, 决算; empty for a department, and when it is not known.
    pub account: String,
    /// Its address relative to the site's root.
    pub url: String,
}

/// Why a query cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// A file of the index is not there.
    #[error("the search index has no file {0}")]
    Missing(String),
    /// A file of the index cannot be read.
    #[error("the search index's file {0} cannot be read: {1}")]
    Malformed(String, String),
    /// The index has another form than this program reads.
    #[error("the search index has version {0}, expected {VERSION}")]
    Version(u32),
}

/// The records that answer a query, the best first.
///
/// A query is words with blanks between them; `"…"` makes one word of several. A record answers when each word stands
/// in its own text or in its context (region, department, year, kind), and at least one in its own text. Words without
/// a letter or digit are left out. `load` reads a file by its path below `search/`.
pub fn query(load: Load<'_>, text: &str) -> Result<Vec<Hit>, QueryError> {
    let words = words(text);
    let index = Index::open(load)?;
    let mut by_shard: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for id in index.candidates(&words)? {
        by_shard.entry(index.shard(id)).or_default().push(id);
    }
    let mut hits = Vec::new();
    for (shard, candidates) in by_shard {
        let docs = index.docs(shard)?;
        hits.extend(candidates.into_iter().filter_map(|id| hit(&index, &docs, id, &words)));
    }
    hits.sort_by(|left, right| {
        let newest = |hit: &Hit| if hit.kind == RecordType::Department { u16::MAX } else { hit.year.unwrap_or(0) };
        let by_year = newest(right).cmp(&newest(left));
        left.tier.cmp(&right.tier).then(by_year).then(by_size(&right.yuan, &left.yuan)).then(left.id.cmp(&right.id))
    });
    Ok(hits)
}

/// The folded words of a query, each once.
pub(super) fn words(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split('"').collect();
    let mut words: Vec<String> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let quoted = index % 2 == 1 && index + 1 < parts.len();
        let pieces: Vec<&str> = if quoted { vec![part] } else { part.split(is_blank).collect() };
        for word in pieces.into_iter().map(normalize) {
            if word.contains(is_letter) && !words.contains(&word) {
                words.push(word);
            }
        }
    }
    words
}

/// The record as a hit, when it really answers.
fn hit(index: &Index<'_>, docs: &DocShard, id: u32, words: &[String]) -> Option<Hit> {
    let at = id.checked_sub(docs.first)? as usize;
    let text = |column: &[String]| column.get(at).cloned().unwrap_or_default();
    let kind = *RecordType::ALL.get(usize::from(*docs.kind.get(at)?))?;
    let (name, code, body, amount) = (text(&docs.name), text(&docs.code), text(&docs.text), text(&docs.amount));
    let haystack = haystack(&name, &code, &body, &amount);
    let own: Vec<bool> = words.iter().map(|word| haystack.contains(word)).collect();
    let context = index.context(id)?;
    if !own.contains(&true) || !words.iter().zip(&own).all(|(word, own)| *own || context.folded.contains(word)) {
        return None;
    }
    Some(Hit {
        id,
        kind,
        tier: tier(kind, &name, &code, words, &own),
        name,
        code,
        text: body,
        amount,
        yuan: text(&docs.yuan),
        department: context.department.clone(),
        year: context.year,
        account: context.account.clone(),
        url: context.url.clone() + &text(&docs.url),
    })
}
