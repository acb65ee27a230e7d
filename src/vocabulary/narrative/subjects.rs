//! What sentences speak of, by the words right before an amount.

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::model::SubjectKind;
use crate::vocabulary::{longest_first, text};

/// The kinds of subjects in files of words.
pub(super) const KINDS: [&str; 6] = ["total", "income_item", "three_public", "economic", "other", "none"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SubjectEntry {
    words: Vec<String>,
    #[serde(default)]
    change_words: Vec<String>,
    #[serde(default)]
    weak_words: Vec<String>,
    pub(super) kind: String,
    codes: Vec<CompactString>,
    #[serde(default)]
    nature: CompactString,
    #[serde(default)]
    fund: CompactString,
    #[serde(default)]
    inherit_fund: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FundEntry {
    words: Vec<String>,
    fund: CompactString,
}

/// What a sentence speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NarrativeSubject {
    /// `None` for amounts that are known to belong to nothing that we keep.
    pub kind: Option<SubjectKind>,
    /// The codes of the subject; two for 收支总计.
    pub codes: Vec<CompactString>,
    /// The nature of the measure.
    pub nature: CompactString,
    /// The fund of the measure.
    pub fund: CompactString,
    /// True when the fund is that of the whole of which the sentence gives the parts.
    pub inherit_fund: bool,
    /// The document's word for it.
    pub word: String,
}

/// The words of subjects. Every list has its longest words first.
#[derive(Debug)]
pub struct SubjectWords {
    /// Words between a subject and its amount.
    pub connectors: Vec<String>,
    /// Words of funds before the words of a total: 一般公共预算财政拨款 before 支出总计.
    funds: Vec<(String, CompactString)>,
    /// The words of subjects by their last glyph and by when they count: nearly every clause ends in a glyph that few
    /// words have.
    subjects: FxHashMap<(char, Trust), Vec<(String, NarrativeSubject)>>,
}

/// When the words of a subject count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Trust {
    Always,
    BeforeChanges,
    AsLastResort,
}

impl SubjectWords {
    pub(super) fn new(connectors: Vec<String>, funds: &[FundEntry], entries: &[SubjectEntry]) -> Self {
        let mut subjects: FxHashMap<(char, Trust), Vec<(String, NarrativeSubject)>> = FxHashMap::default();
        for entry in entries {
            let words = entry.words.iter().map(|word| (word, Trust::Always));
            let change_words = entry.change_words.iter().map(|word| (word, Trust::BeforeChanges));
            let weak_words = entry.weak_words.iter().map(|word| (word, Trust::AsLastResort));
            for (word, trust) in words.chain(change_words).chain(weak_words) {
                let squeezed = text::squeeze(word);
                let Some(last) = squeezed.chars().next_back() else { continue };
                subjects.entry((last, trust)).or_default().push((squeezed, subject(entry, word)));
            }
        }
        subjects.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        let mut funds: Vec<(String, CompactString)> = funds
            .iter()
            .flat_map(|entry| entry.words.iter().map(|word| (text::squeeze(word), entry.fund.clone())))
            .collect();
        funds.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        SubjectWords { connectors: longest_first(connectors), funds, subjects }
    }

    /// The subject whose words end `lead` (squeezed), connecting words aside.
    pub fn before(&self, lead: &str, change: bool) -> Option<&NarrativeSubject> {
        let before_changes = || if change { self.find_before(lead, Trust::BeforeChanges) } else { None };
        self.find_before(lead, Trust::Always)
            .or_else(before_changes)
            .or_else(|| self.find_before(lead, Trust::AsLastResort))
    }

    /// The fund that the words before a total's own words tell: 一般公共预算财政拨款支出总计 is no total of all money.
    pub fn fund_of_total(&self, lead: &str, subject: &NarrativeSubject) -> Option<&CompactString> {
        if subject.kind != Some(SubjectKind::Total) || subject.fund != "all" {
            return None;
        }
        let before = lead[..lead.rfind(text::squeeze(&subject.word).as_str())?].trim_end_matches('的');
        self.funds.iter().find(|(word, _)| before.ends_with(word.as_str())).map(|(_, fund)| fund)
    }

    fn find_before(&self, lead: &str, trust: Trust) -> Option<&NarrativeSubject> {
        let mut rest = lead;
        loop {
            let words = self.subjects.get(&(rest.chars().next_back()?, trust));
            if let Some((_, subject)) = words.into_iter().flatten().find(|(word, _)| rest.ends_with(word.as_str())) {
                return Some(subject);
            }
            rest = match self.connectors.iter().find(|word| rest.ends_with(word.as_str())) {
                Some(connector) => &rest[..rest.len() - connector.len()],
                None => without_trailing_year(rest)?,
            };
        }
    }
}

fn subject(entry: &SubjectEntry, word: &str) -> NarrativeSubject {
    let or = |given: &CompactString, default: &'static str| {
        if given.is_empty() { CompactString::const_new(default) } else { given.clone() }
    };
    let kind = match entry.kind.as_str() {
        "total" => Some(SubjectKind::Total),
        "income_item" => Some(SubjectKind::IncomeItem),
        "three_public" => Some(SubjectKind::ThreePublic),
        "economic" => Some(SubjectKind::EconomicDepartmental),
        "other" => Some(SubjectKind::Other),
        _ => None,
    };
    NarrativeSubject {
        kind,
        codes: entry.codes.clone(),
        nature: or(&entry.nature, "total"),
        fund: or(&entry.fund, "all"),
        inherit_fund: entry.inherit_fund,
        word: word.to_owned(),
    }
}

/// What stands before a year in figures: 公务接待费2023年 is 公务接待费.
fn without_trailing_year(text: &str) -> Option<&str> {
    let rest = text.strip_suffix('度').unwrap_or(text).strip_suffix('年')?;
    let at = rest.len().checked_sub(4)?;
    let digits =
        rest.get(at..).is_some_and(|year| year.starts_with("20") && year.bytes().all(|byte| byte.is_ascii_digit()));
    digits.then(|| &rest[..at])
}
