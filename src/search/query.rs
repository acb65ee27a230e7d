//! Queries, answered from the index's files alone: the same steps as `static/search-engine.js`, for the command line
//! and as the measure of the script.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::Candidates;
use super::kinds::RecordType;
use super::nearest::nearest;
use super::normalize::{normalize, words};
use super::rank::{Rank, Tier, tier, word_tier};
use super::reader::{Index, Load, QueryError, ShardRecords};

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

/// What a query found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The best hits, in order.
    pub hits: Vec<Hit>,
    /// How many records answer, as far as that is known.
    pub total: usize,
    /// True when all that answer were counted; else there are about so many or more.
    pub counted: bool,
    /// Names that resemble the query, when nothing answers it.
    pub nearest: Vec<String>,
}

/// The best `limit` records that answer a query: [`Searcher::query`] of an index that is opened for it.
///
/// # Errors
/// When a file of the index is missing or damaged.
pub fn query(load: Load<'_>, text: &str, limit: usize) -> Result<Answer, QueryError> {
    Searcher::open(load)?.query(text, limit)
}

/// An opened index. It keeps the records that it has read.
pub struct Searcher<'a>(Index<'a>);

impl<'a> Searcher<'a> {
    /// Opens an index. `load` reads a file by its path below `search/`.
    ///
    /// # Errors
    /// When its manifest is missing, damaged, or of another version.
    pub fn open(load: Load<'a>) -> Result<Self, QueryError> {
        Index::open(load).map(Searcher)
    }

    /// The best `limit` records that answer a query.
    ///
    /// A query is words with blanks between them; `"…"` makes one word of several. A record answers when each word
    /// stands in its own text or in its context (region, department, year, kind), and at least one in its own text.
    ///
    /// # Errors
    /// When a file of the index is missing or damaged.
    pub fn query(&self, text: &str, limit: usize) -> Result<Answer, QueryError> {
        let Searcher(index) = self;
        let words = words(text);
        let candidates = Candidates::read(index, &words)?;
        let mut hits: BTreeMap<Rank, Hit> = BTreeMap::new();
        let mut read: BTreeSet<usize> = BTreeSet::new();
        let mut counted = true;
        'tiers: for tier in Tier::ALL {
            for shard in candidates.shards(tier) {
                if read.contains(&shard) {
                    continue;
                }
                // Nothing in this shard and in those that are left comes before its first record.
                if hits.keys().nth(limit.saturating_sub(1)).is_some_and(|last| *last < (tier, number(shard, 0))) {
                    counted = false;
                    break 'tiers;
                }
                read.insert(shard);
                let records = index.records(shard)?;
                let found = (0..records.fields.len()).filter_map(|at| hit(index, &records, shard, at, &words));
                hits.extend(found.map(|hit| ((hit.tier, hit.id), hit)));
            }
        }
        let total = hits.len();
        let nearest = if total == 0 { nearest(index, &words)? } else { Vec::new() };
        Ok(Answer { hits: hits.into_values().take(limit).collect(), total, counted, nearest })
    }
}

/// The number of a record: its place in its shard, behind all records of the shards before.
pub(super) fn number(shard: usize, at: usize) -> u32 {
    (shard * 4096 + at) as u32
}

/// The record as a hit, when it really answers.
fn hit(index: &Index<'_>, records: &ShardRecords, shard: usize, at: usize, words: &[String]) -> Option<Hit> {
    let docs = &records.docs;
    let text = |column: &[String]| column.get(at).cloned().unwrap_or_default();
    let (kind, fields) = records.fields.get(at)?;
    let kind = *kind;
    let own: Vec<Option<Tier>> = words.iter().map(|word| word_tier(kind, fields, word)).collect();
    if own.iter().all(Option::is_none) {
        return None;
    }
    let page = *docs.page.get(at)? as usize;
    let department = docs.pages.department.get(page)?;
    let regions = index.region_words(docs.pages.region.get(page).copied().unwrap_or(-1));
    let year = docs.pages.year.get(page).copied().unwrap_or_default();
    let account = docs.pages.account.get(page).copied().unwrap_or(-1);
    let context =
        [&normalize(department), &regions, &index.account_words(year, account)].map(String::as_str).join("\n");
    let elsewhere = |word: &String| word.chars().nth(1).is_some() && context.contains(word.as_str());
    let tier = tier(fields, words, &own, &words.iter().map(elsewhere).collect::<Vec<_>>())?;
    Some(Hit {
        id: number(shard, at),
        kind,
        tier,
        name: text(&docs.name),
        code: text(&docs.code),
        text: text(&docs.text),
        amount: text(&docs.amount),
        yuan: text(&docs.yuan),
        department: department.clone(),
        year: Some(year).filter(|year| *year > 0),
        account: index.kind_label(account).to_owned(),
        url: docs.pages.url.get(page)?.clone() + &text(&docs.url),
    })
}
