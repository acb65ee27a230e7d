//! Queries, answered from the index's files alone: the same steps as `static/search-engine.js`, for the command line
//! and as the measure of the script.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::candidates::each_portion;
use super::kinds::RecordType;
use super::manifest::DocShard;
use super::nearest::nearest;
use super::normalize::{normalize, words};
use super::rank::{Rank, Tier, tier, word_tier};
use super::reader::{Index, Load, QueryError};
use super::record::Fields;

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

/// The best `limit` records that answer a query.
///
/// A query is words with blanks between them; `"…"` makes one word of several. A record answers when each word stands
/// in its own text or in its context (region, department, year, kind), and at least one in its own text. `load` reads a
/// file by its path below `search/`.
///
/// # Errors
/// When a file of the index is missing or damaged.
pub fn query(load: Load<'_>, text: &str, limit: usize) -> Result<Answer, QueryError> {
    let words = words(text);
    let index = Index::open(load)?;
    let (hits, pending) = (BTreeMap::new(), BTreeSet::new());
    let mut search = Search { index: &index, words: &words, limit, hits, pending };
    let mut counted = true;
    let mut seen = HashSet::new();
    each_portion(&index, &words, &mut |(candidates, horizon)| {
        search.pending.extend(candidates.into_iter().filter(|(_, id)| seen.insert(*id)));
        search.settle(horizon)?;
        let goes_on = horizon.is_some_and(|horizon| !search.has_enough(horizon));
        counted &= goes_on || horizon.is_none();
        Ok(goes_on)
    })?;
    counted &= search.pending.is_empty();
    let total = search.hits.len() + search.pending.len();
    let hits: Vec<Hit> = search.hits.into_values().take(limit).collect();
    let nearest = if total == 0 { nearest(&index, &words)? } else { Vec::new() };
    Ok(Answer { hits, total, counted, nearest })
}

/// A query that is being answered.
struct Search<'s> {
    index: &'s Index<'s>,
    words: &'s [String],
    limit: usize,
    /// What was found to answer, by its rank.
    hits: BTreeMap<Rank, Hit>,
    /// What may answer, by the best rank that it can have.
    pending: BTreeSet<Rank>,
}

impl Search<'_> {
    /// Reads candidates until the best `limit` hits before the horizon are known.
    fn settle(&mut self, horizon: Option<Rank>) -> Result<(), QueryError> {
        while let Some(next) = self.pending.first().copied() {
            if self.has_enough(next) || horizon.is_some_and(|horizon| next >= horizon) {
                break;
            }
            self.check(self.index.shard(next.1))?;
        }
        Ok(())
    }

    /// True when as many hits as are wanted stand before a rank.
    fn has_enough(&self, rank: Rank) -> bool {
        self.hits.keys().nth(self.limit.saturating_sub(1)).is_some_and(|last| *last < rank)
    }

    /// Decides about the candidates of a shard.
    fn check(&mut self, shard: usize) -> Result<(), QueryError> {
        let docs = self.index.docs(shard)?;
        let here: Vec<Rank> = self.pending.iter().copied().filter(|rank| self.index.shard(rank.1) == shard).collect();
        for rank in here {
            self.pending.remove(&rank);
            if let Some(hit) = hit(self.index, &docs, rank.1, self.words) {
                self.hits.insert((hit.tier, hit.id), hit);
            }
        }
        Ok(())
    }
}

/// The record as a hit, when it really answers.
fn hit(index: &Index<'_>, docs: &DocShard, id: u32, words: &[String]) -> Option<Hit> {
    let at = id.checked_sub(docs.first)? as usize;
    let text = |column: &[String]| column.get(at).cloned().unwrap_or_default();
    let kind = *RecordType::ALL.get(usize::from(*docs.kind.get(at)?))?;
    let (name, code, body, amount) = (text(&docs.name), text(&docs.code), text(&docs.text), text(&docs.amount));
    let fields = Fields::new(kind, [&name, &text(&docs.alias), &code, &body, &amount]);
    let page = *docs.page.get(at)? as usize;
    let department = docs.pages.department.get(page)?;
    let regions = index.region_words(docs.pages.region.get(page).copied().unwrap_or(-1));
    let context = [&normalize(department), &regions, index.segment_words(id)].join("\n");
    let own: Vec<Option<Tier>> = words.iter().map(|word| word_tier(kind, &fields, word)).collect();
    let elsewhere = |word: &String| word.chars().nth(1).is_some() && context.contains(word.as_str());
    let tier = tier(&fields, words, &own, &words.iter().map(elsewhere).collect::<Vec<_>>())?;
    let (year, account) = index.account(id);
    Some(Hit {
        id,
        kind,
        tier,
        name,
        code,
        text: body,
        amount,
        yuan: text(&docs.yuan),
        department: department.clone(),
        year: Some(year).filter(|year| *year > 0),
        account: account.to_owned(),
        url: docs.pages.url.get(page)?.clone() + &text(&docs.url),
    })
}
