//! The name of the organization that discloses: from labels, from titles, from a first sentence.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use compact_str::CompactString;
use regex::Regex;

use super::pattern;
use super::title_page::outside_tables;
use crate::model::Unit;
use crate::parse::{Document, plain_line};
use crate::recognize::tables::RawTable;
use crate::vocabulary::IdentityWords;
use crate::vocabulary::text::{has_han, squeeze, squeezed_glyphs, without_ordinal};

/// The organization of a document, from the words that are the surest.
pub(super) fn organization(words: &IdentityWords, document: &Document, title_page: &[String]) -> Option<CompactString> {
    let titled = titled_organization(words, document, title_page);
    labelled_organization(words, document, titled.as_deref())
        .or(titled)
        .or_else(|| told_organization(words, title_page))
        .or_else(|| ambiguously_labelled(words, document))
        .or_else(|| described_organization(words, document))
        .or_else(|| introduced_organization(words, document))
}

/// The organization that a heading describes: 第一部分 某局概况. Documents without a title page begin with their contents.
fn described_organization(words: &IdentityWords, document: &Document) -> Option<CompactString> {
    /// Such a heading is one of the first.
    const LINES: usize = 120;
    let lines = (document.source.body_line..=document.source.line_count()).take(LINES);
    lines.into_iter().find_map(|line| {
        let heading = squeeze(&plain_line(outside_tables(document.source.line(line))?));
        let name = words.described(&heading)?;
        let plain =
            !name.contains(['。', ',', '，', ':', ';']) && !words.is_no_name(name) && !words.begins_sentence(name);
        let named = words.ends_as_organization(words.without_remarks(name));
        (plain && named).then(|| CompactString::from(bare_name(words, name)))
    })
}

/// The organization that a sentence introduces: 「某县人民检察院是国家的法律监督机关」, or 「某办公室2020年度“三公”经费……」.
fn introduced_organization(words: &IdentityWords, document: &Document) -> Option<CompactString> {
    /// So far down nobody introduces himself.
    const LINES: usize = 60;
    let lines = (document.source.body_line..=document.source.line_count()).take(LINES);
    lines.into_iter().find_map(|line| {
        let sentence = squeeze(&plain_line(outside_tables(document.source.line(line))?));
        let name = words.introduced(&sentence).or_else(|| words.told(&sentence))?;
        let named = words.ends_as_organization(name) && !words.is_no_name(name) && !words.begins_sentence(name);
        (named && names_place(words, name)).then(|| CompactString::from(bare_name(words, name)))
    })
}

/// Of names that end alike the one that says where the organization is too: 大冶市金牛镇人民政府 for 金牛镇人民政府,
/// 某州行政公署驻某市办事处 for 驻某市办事处.
fn with_place<'name>(words: &IdentityWords, name: &'name str, others: impl Iterator<Item = &'name str>) -> &'name str {
    let placed = |other: &&str| {
        let place = other.strip_suffix(name).unwrap_or_default();
        let ends = place.chars().next_back().is_some_and(|last| words.ends_place(last));
        (ends || names_place(words, place) && words.ends_as_organization(place)) && place.chars().count() >= 2
    };
    others.filter(placed).max_by_key(|other| other.len()).unwrap_or(name)
}

/// The name that most labels give. Page breaks cut some of them short, so a name that begins like a longer one counts
/// for the longer one. Where a department and its units have tables of their own, the title tells whose document it is.
fn labelled_organization(words: &IdentityWords, document: &Document, titled: Option<&str>) -> Option<CompactString> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in document.source.body_line..=document.source.line_count() {
        let line_text = document.source.line(line);
        // A label ends with a colon; most lines are rows of tables and have none.
        if !line_text.contains([':', '：']) {
            continue;
        }
        let text = plain_line(line_text);
        let text = text.as_str();
        if text.len() > 600 || !words.may_label(squeezed_glyphs(text).next()) {
            continue;
        }
        let continued = || {
            let open = squeezed_glyphs(text).next_back() == Some(':');
            open.then(|| labelled_name(words, &format!("{text}{}", document.source.line(line + 2)))).flatten()
        };
        if let Some(name) = labelled_name(words, text).or_else(continued) {
            *counts.entry(name).or_default() += 1;
        }
    }
    if let Some(titled) = titled.filter(|titled| counts.contains_key(*titled)) {
        return Some(CompactString::from(titled));
    }
    let (best, _) = counts.iter().max_by_key(|(name, count)| (**count, name.len()))?;
    // A document that begins with its own title and has one for the labelled name further down is the department's, though
    // it may end before the department's own tables.
    let titles = titled.map(|_| titles_of_organizations(words, document)).unwrap_or_default();
    let own = titles.first().zip(titled).filter(|((_, first), titled)| first == titled).map(|(_, titled)| titled);
    let section = titles.iter().skip(1).any(|(_, name)| name == best);
    let others = counts.keys().map(String::as_str).chain(titled);
    Some(CompactString::from(own.filter(|_| section).unwrap_or_else(|| with_place(words, best, others))))
}

/// The lines that are titles of organizations' budgets and accounts, with the names: 某中心2023年单位预算.
pub(super) fn titles_of_organizations(words: &IdentityWords, document: &Document) -> Vec<(u32, String)> {
    /// Longer lines are sentences.
    const LONGEST: usize = 40;
    let lines = document.source.body_line..=document.source.line_count();
    let title = |line: u32| {
        let text = outside_tables(document.source.line(line))?;
        let title = squeeze(&plain_line(text));
        let name = words.titled(&title).filter(|_| title.chars().count() <= LONGEST)?;
        let name = name.trim_start_matches(['#', '*']);
        let plain = !name.contains(['。', ':', ',', '，', ';']) && words.ends_as_organization(name);
        (plain && !words.is_no_name(name)).then(|| (line, without_ordinal(name).to_owned()))
    };
    lines.filter(|line| document.source.line(*line).contains("20")).filter_map(title).collect()
}

/// Whose table it is, where a label above its columns says so.
pub(super) fn owner_of_table(words: &IdentityWords, document: &Document, table: &RawTable<'_>) -> Option<String> {
    /// The label may stand in the first rows of the grid itself.
    const ROWS: u32 = 3;
    let first = if table.title_line > 0 { table.title_line.min(table.lines.0) } else { table.lines.0 };
    let last = (table.lines.0 + ROWS).min(table.lines.1);
    (first..=last).find_map(|line| labelled_name(words, plain_line(document.source.line(line)).as_str()))
}

fn labelled_name(words: &IdentityWords, line: &str) -> Option<String> {
    let squeezed = squeeze(line.split('|').find(|cell| !cell.trim().is_empty()).unwrap_or(line));
    // Empty cells of a table that commas keep apart.
    let name = bare_name(words, words.until_end(words.behind_label(&squeezed)?).trim_end_matches(','));
    (name.chars().count() >= 3 && has_han(name) && !name.contains(['。', ',', '，', '<'])).then(|| name.to_owned())
}

/// The name behind the first 单位： that stands before an organization; it stands before measures too.
fn ambiguously_labelled(words: &IdentityWords, document: &Document) -> Option<CompactString> {
    (document.source.body_line..=document.source.line_count()).find_map(|line| {
        let text = document.source.line(line);
        let squeezed = (squeezed_glyphs(text).next() == Some('单')).then(|| squeeze(&plain_line(text)))?;
        let squeezed = squeezed.split('|').next().unwrap_or(&squeezed);
        let name = words
            .until_end(words.unit_labels.iter().find_map(|label| squeezed.strip_prefix(label.as_str()))?)
            .trim_end_matches(',');
        let named = words.ends_as_organization(name) && name.chars().count() >= 4 && !name.contains([',', '，']);
        named.then(|| CompactString::from(bare_name(words, name)))
    })
}

/// A name without the code of the unit before it (211_某局), and without a year and remarks behind it.
fn bare_name<'text>(words: &IdentityWords, name: &'text str) -> &'text str {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("20\\d\\d年.*$"));
    let coded = name.trim_start_matches(['[', '(']).trim_start_matches(|glyph: char| glyph.is_ascii_digit());
    let behind_code = coded.trim_start_matches(['_', '-', ']', ')']);
    let marked = coded.len() < name.len() && behind_code.len() < coded.len();
    let name = if marked || coded.len() + 3 <= name.len() && names_place(words, coded) { behind_code } else { name };
    let end = YEAR.find(name).map_or(name.len(), |year| year.start());
    words.without_remarks(&name[..end])
}

/// True for a name that begins with a place: what stands before it is the code of the unit, where 120急救中心 is a name.
fn names_place(words: &IdentityWords, name: &str) -> bool {
    name.chars().take(12).enumerate().any(|(at, glyph)| at > 0 && words.ends_place(glyph))
}

fn titled_organization(words: &IdentityWords, document: &Document, title_page: &[String]) -> Option<CompactString> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("20\\d\\d年?度?"));
    let names = title_page.iter().map(|line| {
        let line = YEAR.replace_all(line, "");
        // A line that does not say that it is a title must at least look like a name: it may be half a sentence.
        // A title is no sentence.
        let sentence = line.contains(['。', ';']) || line.contains(Unit::TenThousandYuan.label());
        let titled = words.before_title_end(&line).filter(|_| !sentence);
        let name = titled.unwrap_or(&line);
        let name = words.title_leads.iter().fold(name, |name, lead| name.trim_start_matches(lead.as_str()));
        let name = without_remark(words, without_ordinal(words.without_remarks(name)));
        // 第四中学 is a name, 第四部分 is none.
        let part = name.starts_with('第') || words.parts.iter().any(|part| name.contains(part.as_str()));
        let plain = !name.contains(['。', ':', ',', '月', '|', '>', '»', '›'])
            && has_han(name)
            && !part
            && !words.is_no_name(name);
        let plain = plain && !words.begins_sentence(name);
        let named = titled.is_some() || words.ends_as_organization(name);
        let name = words.without_level(bare_name(words, name));
        (plain && named && (4..40).contains(&name.chars().count())).then(|| name.to_owned())
    });
    let lines: Vec<Option<String>> = names.collect();
    let names = || lines.iter().flatten().map(String::as_str);
    let first = names().next()?;
    let whole = || continued_name(document, &lines);
    Some(whole().unwrap_or_else(|| CompactString::from(with_place(words, first, names()))))
}

/// The first name where it goes on in the next line of the title, as the document writes it further down: 某市某区人民政府
/// above 某街道办事处.
fn continued_name(document: &Document, lines: &[Option<String>]) -> Option<CompactString> {
    /// The name stands in the contents, else in the first section.
    const LINES: usize = 120;
    let at = lines.iter().position(Option::is_some)?;
    let (first, next) = lines[at].as_ref().zip(lines.get(at + 1)?.as_ref())?;
    let whole = format!("{first}{next}");
    let mut further = (document.source.body_line..=document.source.line_count()).take(LINES);
    let written = further.any(|line| squeeze(&plain_line(document.source.line(line))).contains(&whole));
    written.then(|| CompactString::from(whole))
}

/// A name without what brackets say of its tables: 某检察院(差额表).
fn without_remark<'text>(words: &IdentityWords, name: &'text str) -> &'text str {
    let remark = name.strip_suffix(')').and_then(|open| open.rsplit_once('('));
    match remark {
        Some((bare, inner)) if words.is_remark(inner) && words.ends_as_organization(bare) => bare,
        _ => name,
    }
}

/// The organization of a document that begins with a sentence: 「现将某镇2021年度“三公”经费决算情况公布如下」.
fn told_organization(words: &IdentityWords, title_page: &[String]) -> Option<CompactString> {
    title_page.iter().find_map(|line| {
        let name = words.told(line)?;
        let named = words.ends_as_organization(name) && !words.is_no_name(name) && !words.begins_sentence(name);
        named.then(|| CompactString::from(bare_name(words, name)))
    })
}
