//! How documents name the organization that discloses.

use serde::Deserialize;

use super::text;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    #[serde(default)]
    title_ends: Vec<String>,
    #[serde(default)]
    endings: Vec<String>,
    #[serde(default)]
    not_names: Vec<String>,
    #[serde(default)]
    governments: Vec<String>,
    #[serde(default)]
    sentence_leads: Vec<String>,
}

/// The words around an organization's name. Texts are compared squeezed.
#[derive(Debug)]
pub struct IdentityWords {
    labels: Vec<String>,
    ends: Vec<String>,
    title_ends: Vec<String>,
    endings: Vec<String>,
    not_names: Vec<String>,
    governments: Vec<String>,
    sentence_leads: Vec<String>,
}

impl IdentityWords {
    pub(super) fn load(texts: &[String]) -> Self {
        let mut file = File::default();
        for added in super::read_all::<File>("identity.toml", texts) {
            file.labels.extend(added.labels);
            file.ends.extend(added.ends);
            file.title_ends.extend(added.title_ends);
            file.endings.extend(added.endings);
            file.not_names.extend(added.not_names);
            file.governments.extend(added.governments);
            file.sentence_leads.extend(added.sentence_leads);
        }
        let squeezed = |words: Vec<String>| {
            let mut words: Vec<String> = words.iter().map(|word| text::squeeze(word)).collect();
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            words
        };
        IdentityWords {
            labels: squeezed(file.labels),
            ends: squeezed(file.ends),
            title_ends: squeezed(file.title_ends),
            endings: squeezed(file.endings),
            not_names: squeezed(file.not_names),
            governments: squeezed(file.governments),
            sentence_leads: squeezed(file.sentence_leads),
        }
    }

    /// What stands behind a label and its colon: 部门：某局 is 某局.
    pub fn behind_label<'text>(&self, squeezed: &'text str) -> Option<&'text str> {
        self.labels.iter().find_map(|label| squeezed.strip_prefix(label.as_str())?.strip_prefix(':'))
    }

    /// True for a line that may begin with a label: its first glyph is that of one.
    pub fn may_label(&self, first: Option<char>) -> bool {
        first.is_some_and(|first| self.labels.iter().any(|label| label.starts_with(first)))
    }

    /// A name without what follows it on its line.
    pub fn until_end<'text>(&self, squeezed: &'text str) -> &'text str {
        &squeezed[..first(&self.ends, squeezed).unwrap_or(squeezed.len())]
    }

    /// A name in a title, without 部门预算 and what follows; `None` when the title does not say what it is.
    pub fn before_title_end<'text>(&self, squeezed: &'text str) -> Option<&'text str> {
        first(&self.title_ends, squeezed).map(|end| &squeezed[..end])
    }

    /// True for words of statements: 三公经费 is nobody's name.
    pub fn is_no_name(&self, squeezed: &str) -> bool {
        self.not_names.iter().any(|word| squeezed.contains(word.as_str()))
    }

    /// True for a title that speaks of the budget of a whole government.
    pub fn is_of_government(&self, squeezed: &str) -> bool {
        self.governments.iter().any(|word| squeezed.contains(word.as_str()))
    }

    /// True for words that begin a sentence and no name: 根据某市人民代表大会批准的预算.
    pub fn begins_sentence(&self, squeezed: &str) -> bool {
        self.sentence_leads.iter().any(|word| squeezed.starts_with(word.as_str()))
    }

    /// True for words that end as names of organizations do, brackets at their end aside.
    pub fn ends_as_organization(&self, squeezed: &str) -> bool {
        let squeezed = squeezed.strip_suffix(')').unwrap_or(squeezed);
        self.endings.iter().any(|ending| squeezed.ends_with(ending.as_str()))
    }
}

fn first(words: &[String], text: &str) -> Option<usize> {
    words.iter().filter_map(|word| text.find(word.as_str())).min()
}
