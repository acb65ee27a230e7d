//! Fiscal year, budget or final account, department or unit, date of publication.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use compact_str::CompactString;
use regex::Regex;

use super::pattern;
use crate::model::{Identity, Kind, Level, Phase};
use crate::parse::{Document, plain_line};
use crate::read::FrontMatter;
use crate::vocabulary::matching::holds;
use crate::vocabulary::text::squeeze;
use crate::vocabulary::{IdentityWords, Vocabulary};

/// The year and phase of a document.
#[derive(Debug, Clone, Copy)]
pub(in crate::recognize) struct Period {
    pub(in crate::recognize) year: u16,
    pub(in crate::recognize) phase: Phase,
}

impl Period {
    /// That of a document whose identity is known: its amounts are a budget's unless it is an account.
    pub(in crate::recognize) fn of(identity: &Identity) -> Self {
        let phase = if identity.kind == Some(Kind::Final) { Phase::Final } else { Phase::InitialBudget };
        Period { year: identity.year.unwrap_or_default(), phase }
    }
}

pub(super) fn year(words: &IdentityWords, title_page: &[String], titles: &[&str]) -> Option<u16> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("(20\\d\\d)(?:年度?(\\d{1,2}月)?|$)"));
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    let weighted =
        title_page.iter().map(|line| (line.clone(), 3)).chain(titles.iter().map(|title| (squeeze(title), 1)));
    for (line, weight) in weighted {
        // 较2022年度决算数 speaks of another year than the document's.
        let compared = |captures: &regex::Captures<'_>| {
            captures.get(1).is_some_and(|year| words.ends_as_comparison(&line[..year.start()]))
        };
        let years = YEAR.captures_iter(&line).filter(|captures| captures.get(2).is_none() && !compared(captures));
        for captures in years {
            if let Ok(year) = captures[1].parse() {
                *counts.entry(year).or_default() += weight;
            }
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(year, _)| year)
}

pub(super) fn kind(words: &IdentityWords, document: &Document, title_page: &[String], titles: &[&str]) -> Option<Kind> {
    // A law has 预算 in its name, and an account compares with 年初预算.
    static LAW: LazyLock<Regex> = LazyLock::new(|| pattern("《[^》]*》"));
    // What compares its amounts with 年初预算, and speaks of no other budget, is an account.
    let initial = || lines(document).any(|line| holds(&words.compared_budgets, &line));
    let said = |line: &String| {
        let line = words.without_funds(&words.without_asides(&LAW.replace_all(line, "")));
        holds(&words.budget, &line) || holds(&words.account, &line)
    };
    if titles.is_empty() && !title_page.iter().any(said) && (initial() || is_spent(words, document)) {
        return Some(Kind::Final);
    }
    // The word stands in 预决算 too, and a final account compares with 一般公共预算.
    let speaks = |kind: &[String], line: &str| holds(kind, &words.without_funds(&words.without_asides(line)));
    // A title says what the document is; a sentence may speak of anything.
    let weight = |line: &str| if line.contains(['。', ',', ';']) { 1 } else { 3 };
    let count = |kind: &[String]| {
        let page = title_page.iter().map(|line| LAW.replace_all(line, "")).filter(|line| speaks(kind, line));
        page.map(|line| weight(&line)).sum::<usize>()
            + titles.iter().filter(|title| holds(kind, &words.without_funds(&squeeze(title)))).count()
    };
    let (budget, last) = (count(&words.budget), count(&words.account));
    match (budget, last) {
        (0, 0) => None,
        _ if last >= budget => Some(Kind::Final),
        _ => Some(Kind::Budget),
    }
}

/// The kind of a document that names it nowhere but in the titles of its statements: 收入支出决算总表.
pub(super) fn kind_of_statements(vocabulary: &Vocabulary, document: &Document) -> Option<Kind> {
    /// Longer lines are sentences.
    const LONGEST: usize = 40;
    let words = &vocabulary.identity;
    let is_title = |line: &String| {
        let named = line.contains('表') && !line.contains(',') && line.chars().count() <= LONGEST;
        named && vocabulary.statements.of_title(line).is_some()
    };
    let titles: Vec<String> = lines(document).filter(is_title).map(|line| words.without_funds(&line)).collect();
    let count = |kind: &[String]| titles.iter().filter(|title| holds(kind, title)).count();
    let (budget, last) = (count(&words.budget), count(&words.account));
    match budget.cmp(&last) {
        Ordering::Greater => Some(Kind::Budget),
        Ordering::Less => Some(Kind::Final),
        Ordering::Equal => None,
    }
}

/// True for a document that speaks of money spent and of no budget at all.
fn is_spent(words: &IdentityWords, document: &Document) -> bool {
    let (mut budget, mut spent) = (false, false);
    for line in lines(document) {
        budget |= holds(&words.budget, &line);
        spent |= holds(&words.spent, &line);
    }
    spent && !budget
}

/// The first lines of a document, squeezed.
fn lines(document: &Document) -> impl Iterator<Item = String> + '_ {
    const LINES: usize = 60;
    let lines = (document.source.body_line..=document.source.line_count()).take(LINES);
    lines.map(|line| squeeze(&plain_line(document.source.line(line))))
}

/// The lines that name the year and the kind of a disclosure, of a document without a title page: 二、2022年度部门决算公开表.
pub(super) fn headings(words: &IdentityWords, document: &Document) -> Vec<String> {
    /// Such headings are among the first, and no sentences.
    const LINES: usize = 150;
    const LONGEST: usize = 60;
    let lines = (document.source.body_line..=document.source.line_count()).take(LINES);
    let squeezed = lines.map(|line| squeeze(&plain_line(document.source.line(line))));
    squeezed.filter(|line| line.chars().count() <= LONGEST && words.names_period(line)).collect()
}

/// The year in the file's name, else in its folders.
pub(super) fn year_of_path(path: &str) -> Option<u16> {
    let parts = path.rsplit('/').flat_map(|part| part.split(|glyph: char| !glyph.is_ascii_digit()));
    parts
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .find(|year| (2000..2100).contains(year))
}

pub(super) fn kind_of_path(words: &IdentityWords, path: &str) -> Option<Kind> {
    let last = path.contains(Kind::Final.word()) || holds(&words.account, path);
    let budget = path.contains(Kind::Budget.word()) || holds(&words.budget, path);
    match (budget, last) {
        (true, false) => Some(Kind::Budget),
        (false, true) => Some(Kind::Final),
        _ => None,
    }
}

pub(super) fn level(
    words: &IdentityWords,
    front: &FrontMatter,
    organization: Option<&str>,
    title_page: &[String],
    titles: &[&str],
) -> Level {
    let unit = match front.level.as_deref() {
        Some(level) => holds(&words.unit, level),
        None => {
            let own = organization.is_some_and(|name| holds(&words.unit_names, name));
            let named = |lines: &mut dyn Iterator<Item = String>, whose: &[String]| {
                lines.filter(|line| holds(whose, line) && !holds(&words.unit_labels, line)).count()
            };
            let lines = || title_page.iter().cloned().chain(titles.iter().map(|title| squeeze(title)));
            own || named(&mut lines(), &words.unit) > named(&mut lines(), &words.department)
        }
    };
    if unit { Level::Unit } else { Level::Department }
}

/// A date that stands alone on the title page.
pub(super) fn published(title_page: &[String]) -> Option<CompactString> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| pattern("^(20\\d\\d)年(\\d{1,2})月(?:(\\d{1,2})日)?$"));
    title_page.iter().find_map(|line| {
        let captures = DATE.captures(line)?;
        let month: u8 = captures[2].parse().ok()?;
        Some(match captures.get(3).and_then(|day| day.as_str().parse::<u8>().ok()) {
            Some(day) => compact_str::format_compact!("{}-{month:02}-{day:02}", &captures[1]),
            None => compact_str::format_compact!("{}-{month:02}", &captures[1]),
        })
    })
}
