//! How documents name the organization that discloses.

use regex::Regex;
use serde::Deserialize;

use super::text;

/// The words around an organization's name and of what a document is. Texts are compared squeezed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IdentityWords {
    labels: Vec<String>,
    ends: Vec<String>,
    title_ends: Vec<String>,
    endings: Vec<String>,
    not_names: Vec<String>,
    governments: Vec<String>,
    sentence_leads: Vec<String>,
    /// Words before a name in a title.
    pub title_leads: Vec<String>,
    told_leads: Vec<String>,
    remarks: Vec<String>,
    remark_ends: Vec<String>,
    /// Parts of a document, whose names look like those of organizations.
    pub parts: Vec<String>,
    places: Vec<String>,
    /// Words before a place that are no part of its name.
    pub region_leads: Vec<String>,
    /// Headings of the list of contents.
    pub contents: Vec<String>,
    /// Fields of a portal's record that hold the title of a document.
    pub title_fields: Vec<String>,
    /// Words of budgets.
    pub budget: Vec<String>,
    /// Words of accounts.
    #[serde(rename = "final")]
    pub account: Vec<String>,
    kind_aside: Vec<String>,
    kind_in_titles: Vec<String>,
    /// Words of departments.
    pub department: Vec<String>,
    /// Sentences that compare the amounts of an account with the budget.
    pub compared_budgets: Vec<String>,
    comparisons: Vec<String>,
    /// Words of money that was spent.
    pub spent: Vec<String>,
    descriptions: Vec<String>,
    introductions: Vec<String>,
    levels: Vec<String>,
    /// Words of units.
    pub unit: Vec<String>,
    /// Words in names of units.
    pub unit_names: Vec<String>,
    /// Labels that hold the word of units and say nothing of them.
    pub unit_labels: Vec<String>,
    #[serde(skip)]
    patterns: Patterns,
}

/// Patterns that are made of the words.
#[derive(Debug, Default)]
struct Patterns {
    titled: Option<Regex>,
    told: Option<Regex>,
    described: Option<Regex>,
    introduced: Option<Regex>,
    period: Option<Regex>,
}

impl IdentityWords {
    pub(super) fn load(texts: &[String]) -> Self {
        let mut words: IdentityWords = super::merged("identity.toml", texts);
        let IdentityWords { labels, ends, title_ends, endings, not_names, governments, sentence_leads, .. } =
            &mut words;
        for list in [labels, ends, title_ends, endings, not_names, governments, sentence_leads] {
            list.iter_mut().for_each(|word| *word = text::squeeze(word));
            list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        let one_of = |lists: [&[String]; 2]| {
            let words = lists.into_iter().flatten().map(|word| regex::escape(word));
            words.collect::<Vec<String>>().join("|")
        };
        let (whose, kind) = (one_of([&words.department, &words.unit]), one_of([&words.budget, &words.account]));
        let leads = one_of([&words.told_leads, &[]]);
        let described = one_of([&words.descriptions, &[]]);
        let introductions = one_of([&words.introductions, &[]]);
        words.patterns = Patterns {
            introduced: pattern(&format!("^([^,，。:;《》()\\d]{{4,24}}?)(?:{introductions})")),
            described: pattern(&format!(
                "^(?:第[一二三四五六七八九十]部分)?[:、]?(?:[一二三四五六七八九十]+、)?(.{{4,30}}?)(?:{whose})*(?:{described})"
            )),
            period: pattern(&format!("20\\d\\d年度?[^。,，;]{{0,12}}(?:{kind})")),
            titled: pattern(&format!("^(.{{4,}}?)20\\d\\d年度?(?:{whose})(?:{kind})")),
            told: pattern(&format!("(?:^|[,，。:;]|{leads})([^,，。:;《》()\\d将]{{3,30}}?)20\\d\\d年")),
        };
        words
    }

    /// Whose budget or account a title is: 某中心2023年单位预算.
    pub fn titled<'text>(&self, squeezed: &'text str) -> Option<&'text str> {
        Some(self.patterns.titled.as_ref()?.captures(squeezed)?.get(1)?.as_str())
    }

    /// The name in a sentence that tells it: 现将某镇2021年度……公布.
    pub fn told<'text>(&self, squeezed: &'text str) -> Option<&'text str> {
        Some(self.patterns.told.as_ref()?.captures(squeezed)?.get(1)?.as_str())
    }

    /// The name in a heading above what an organization is: 第一部分 某局概况.
    pub fn described<'text>(&self, squeezed: &'text str) -> Option<&'text str> {
        Some(self.patterns.described.as_ref()?.captures(squeezed)?.get(1)?.as_str())
    }

    /// The name in a sentence that says what an organization is: 某县人民检察院是国家的法律监督机关.
    pub fn introduced<'text>(&self, squeezed: &'text str) -> Option<&'text str> {
        Some(self.patterns.introduced.as_ref()?.captures(squeezed)?.get(1)?.as_str())
    }

    /// True for a heading that names year and kind: 二、2022年度部门决算公开表.
    pub fn names_period(&self, squeezed: &str) -> bool {
        self.patterns.period.as_ref().is_some_and(|pattern| pattern.is_match(squeezed))
    }

    /// True for words before a year that is not the document's: 较2022年度决算数.
    pub fn ends_as_comparison(&self, squeezed: &str) -> bool {
        self.comparisons.iter().any(|word| squeezed.ends_with(word.as_str()))
    }

    /// A name without the level of the budget behind it: 某局2022年区级部门决算.
    pub fn without_level<'text>(&self, name: &'text str) -> &'text str {
        let bare = self.levels.iter().find_map(|level| name.strip_suffix(level.as_str()));
        bare.filter(|bare| self.ends_as_organization(bare)).unwrap_or(name)
    }

    /// A name without the remarks behind it.
    pub fn without_remarks<'text>(&self, name: &'text str) -> &'text str {
        self.remarks.iter().fold(name, |name, remark| name.trim_end_matches(remark.as_str()))
    }

    /// True for what brackets behind a name say of tables.
    pub fn is_remark(&self, inner: &str) -> bool {
        self.remark_ends.iter().any(|end| inner.ends_with(end.as_str()))
    }

    /// True for the last glyph of a place.
    pub fn ends_place(&self, glyph: char) -> bool {
        self.places.iter().any(|place| place.starts_with(glyph))
    }

    /// A line of the title page without what speaks of budgets and accounts only aside.
    pub fn without_asides(&self, squeezed: &str) -> String {
        self.kind_aside.iter().fold(squeezed.to_owned(), |line, word| line.replace(word.as_str(), ""))
    }

    /// A title of a table without the names of funds.
    pub fn without_funds(&self, squeezed: &str) -> String {
        self.kind_in_titles.iter().fold(squeezed.to_owned(), |title, word| title.replace(word.as_str(), ""))
    }

    /// What stands behind a label and its colon: 部门：某局 is 某局.
    pub fn behind_label<'text>(&self, squeezed: &'text str) -> Option<&'text str> {
        self.labels.iter().find_map(|label| squeezed.strip_prefix(label.as_str())?.strip_prefix(':'))
    }

    /// True for a line that may begin with a label: its first glyph is that of one.
    pub fn may_label(&self, first: Option<char>) -> bool {
        first.is_some() && self.labels.iter().any(|label| label.chars().next() == first)
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

fn pattern(text: &str) -> Option<Regex> {
    Some(Regex::new(text).unwrap_or_else(|error| panic!("words around names are no pattern: {error}")))
}

fn first(words: &[String], text: &str) -> Option<usize> {
    words.iter().filter_map(|word| text.find(word.as_str())).min()
}
