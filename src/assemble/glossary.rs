//! The terms that documents explain, each with the wordings that they give it.

use std::collections::BTreeMap;

use super::pinyin;
use super::site::Site;
use super::slugs::unique;
use crate::model::{Place, Term};

/// A term with its wordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryTerm {
    /// ASCII, unique.
    pub slug: String,
    /// The name as most documents print it.
    pub name: String,
    /// The wordings, those that most documents give first.
    pub wordings: Vec<Wording>,
}

/// One wording and who gives it. Wordings that differ in blanks and punctuation alone are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The document's own words.
    pub text: String,
    /// Indices into [`Site::disclosures`], with the place of the explanation.
    pub uses: Vec<(usize, Place)>,
}

/// A term's name as it is compared: without blanks, quotation marks and brackets' forms.
pub fn term_key(name: &str) -> String {
    const MARKS: &str = "“”\"'‘’「」『』＂";
    let same = |character| match character {
        '(' => '（',
        ')' => '）',
        other => other,
    };
    name.chars().filter(|one| !one.is_whitespace() && !MARKS.contains(*one)).map(same).collect()
}

/// A term's name without the heading of the section, which a text without line breaks puts before its first term.
fn name_of(term: &Term) -> &str {
    let name = term.name.trim();
    name.strip_prefix("名词解释").map(str::trim_start).filter(|rest| rest.chars().count() > 1).unwrap_or(name)
}

/// True for what stands behind the heading and is no term: the rest of a line that a page broke, the heading of the
/// next part, a line of a form (name and value, no sentence), and codes of the classification, which have pages.
fn is_no_term(key: &str, explanation: &str) -> bool {
    let is_part = key.starts_with('第') && key.ends_with("部分");
    let is_form = explanation.contains(['：', ':']) && !explanation.contains(['。', '；', '，', '指']);
    let is_code = ["（类）", "（款）", "（项）"].iter().any(|level| key.contains(level));
    key.starts_with('（') || is_part || is_form || is_code
}

/// What was found for a term: its spellings with their numbers, its wordings by what they are compared by.
#[derive(Default)]
struct Found<'a> {
    names: BTreeMap<&'a str, usize>,
    wordings: BTreeMap<String, Wording>,
}

/// All terms of disclosures that were not replaced, by pinyin. What is no term stays in `data/terms.csv`.
pub(super) fn glossary(site: &Site) -> Vec<GlossaryTerm> {
    let mut found: BTreeMap<String, Found<'_>> = BTreeMap::new();
    for (index, published) in site.current() {
        for term in &published.disclosure.terms {
            let name = name_of(term);
            let key = term_key(name);
            if key.chars().count() < 2 || is_no_term(&key, &term.explanation) {
                continue;
            }
            let Found { names, wordings } = found.entry(key).or_default();
            *names.entry(name).or_default() += 1;
            let empty = || Wording { text: term.explanation.clone(), uses: Vec::new() };
            wordings.entry(plain(&term.explanation)).or_insert_with(empty).uses.push((index, term.place));
        }
    }
    let mut taken = BTreeMap::new();
    let mut terms: Vec<GlossaryTerm> = found
        .into_values()
        .map(|Found { names, wordings }| {
            let name = names.into_iter().rev().max_by_key(|(_, count)| *count).map_or("", |(name, _)| name).to_owned();
            let mut wordings: Vec<Wording> = wordings.into_values().collect();
            wordings.sort_by_key(|wording| std::cmp::Reverse(wording.uses.len()));
            GlossaryTerm { slug: String::new(), name, wordings }
        })
        .collect();
    terms.sort_by_cached_key(|term| pinyin::sort_key(&term_key(&term.name)));
    for term in &mut terms {
        let slug = pinyin::slug(&term_key(&term.name));
        term.slug = unique(&mut taken, if slug.is_empty() { "term" } else { &slug });
    }
    terms
}

/// A wording as it is compared: its letters, without the words that only introduce it.
fn plain(text: &str) -> String {
    let letters: String = text.chars().filter(|one| one.is_alphanumeric()).collect();
    let start = ["是指", "指的是", "指"].into_iter().find(|word| letters.starts_with(word)).unwrap_or("");
    letters[start.len()..].to_owned()
}

#[cfg(test)]
mod tests {
    use crate::assemble::samples::{disclosure, site};
    use crate::model::{Kind, Place, Term};

    #[test]
    fn wordings_that_mean_the_same_are_one_and_others_stand_beside_them() {
        let document = |file: &str, name: &str, terms: &[(&str, &str)]| {
            let mut document = disclosure(file, name, 2025, Kind::Budget, 1);
            let place = Place { file: 0, line: 3, cell: 0 };
            let term =
                |(name, text): &(&str, &str)| Term { name: (*name).into(), explanation: (*text).to_owned(), place };
            document.terms = terms.iter().map(term).collect();
            document
        };
        let site = site(
            "",
            vec![
                document(
                    "a.txt",
                    "甲局",
                    &[("“三公”经费", "是指出国、用车、接待。"), ("基本支出", "指日常支出。"), ("（项）", "反映其他。")],
                ),
                document("b.txt", "乙局", &[("\"三公\" 经费", "指出国、用车、 接待")]),
                document(
                    "c.txt",
                    "丙局",
                    &[
                        ("“三公”经费", "指三项经费。"),
                        ("名词解释 基本支出", "指日常支出。"),
                        ("教育支出（类）进修及培训（款）", "反映培训支出。"),
                    ],
                ),
            ],
        );
        let told: Vec<_> = site
            .glossary
            .iter()
            .map(|term| {
                let uses: Vec<usize> = term.wordings.iter().map(|wording| wording.uses.len()).collect();
                (term.slug.as_str(), term.name.as_str(), uses)
            })
            .collect();
        assert_eq!(told, [("jibenzhichu", "基本支出", vec![2]), ("sangongjingfei", "“三公”经费", vec![2, 1])]);
    }
}
