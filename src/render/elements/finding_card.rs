//! A finding as templates show it: in words, with its lines quoted and linked.
//!
//! In: a finding with its disclosure, the look-ups by place and the page that shows it. Out: a value for a template.

use serde::Serialize;

use crate::assemble::PublishedDisclosure;
use crate::model::{Class, Finding, FindingSeverity, Outcome, Place};
use crate::render::elements::statement_table::name;
use crate::render::wording::escape::visible;
use crate::render::wording::links;
use crate::render::wording::places::{Places, Shown};
use crate::render::wording::words::Words;

/// How many characters a quoted line has on either side of the number in question.
const QUOTED: usize = 28;

/// How many lines a finding quotes before the others are folded away.
const OPEN_QUOTES: usize = 4;

/// A finding in words.
#[derive(Debug, Clone, Serialize)]
pub struct FindingCard {
    /// Its number on the disclosure's page, from 1; its id there is `f<number>`.
    number: usize,
    /// `error`, `warning` or `info`: the class of the element.
    severity: &'static str,
    sign: &'static str,
    severity_label: String,
    class_label: String,
    class_hint: String,
    rule: String,
    rule_name: &'static str,
    rule_href: String,
    message: String,
    expected: String,
    printed: String,
    difference: String,
    places: Vec<PlaceQuote>,
    /// The addends of a long sum and the like, folded away.
    more_places: Vec<PlaceQuote>,
    /// How many places are not quoted.
    not_quoted: usize,
    waived: Option<String>,
}

impl FindingCard {
    /// True when it only informs: nothing differs.
    pub fn is_notice(&self) -> bool {
        self.severity == FindingSeverity::Info.word()
    }
}

/// A line that a finding speaks of.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceQuote {
    line: u32,
    /// The line on the source page.
    href: String,
    before: String,
    marked: String,
    after: String,
    /// The row, title or paragraph on the disclosure's page.
    shown_href: Option<String>,
    shown_label: String,
}

/// How much a card quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// Every place.
    All,
    /// The first ones, on pages that lead to the others.
    First,
}

/// The card of the finding with this index, for the page `page`.
pub fn card(
    words: &Words,
    page: &str,
    published: &PublishedDisclosure,
    places: &Places<'_>,
    index: usize,
    quotes: Quotes,
) -> Option<FindingCard> {
    let finding = published.ledger.findings.get(index)?;
    let (sign, severity_label) = severity_words(words, finding.severity);
    let (class_label, class_hint) = class_words(words, finding.class);
    let (open, more) = finding.places.split_at(finding.places.len().min(OPEN_QUOTES));
    let folded = if quotes == Quotes::All { more } else { &[] };
    let quoted = |places_of: &[Place]| -> Vec<PlaceQuote> {
        places_of.iter().map(|place| quote(words, page, published, places, finding, *place)).collect()
    };
    Some(FindingCard {
        number: index + 1,
        severity: finding.severity.word(),
        sign,
        severity_label,
        class_label,
        class_hint,
        rule: finding.rule.to_string(),
        rule_name: words.rule_name(&finding.rule),
        rule_href: links::href(page, &rule_url(&finding.rule)),
        message: visible(&finding.message),
        expected: visible(&finding.expected),
        printed: visible(&finding.printed),
        difference: visible(&finding.difference),
        places: quoted(open),
        more_places: quoted(folded),
        not_quoted: more.len() - folded.len(),
        waived: finding.waived.as_deref().map(visible),
    })
}

/// The sign and the word of a severity.
pub fn severity_words(words: &Words, severity: FindingSeverity) -> (&'static str, String) {
    let sign = match severity {
        FindingSeverity::Error => "✗",
        FindingSeverity::Warning => "!",
        FindingSeverity::Info => "i",
    };
    (sign, words.get(&format!("severity.{}", severity.word())).to_owned())
}

/// The word of a class, and what it means.
pub fn class_words(words: &Words, class: Class) -> (String, String) {
    let word = |key: &str| words.get(&format!("{key}.{}", class.word())).to_owned();
    (word("class"), word("class_hint"))
}

/// The sign and the key of an outcome; its words are `outcome.<key>` and `outcome_hint.<key>`, its class in a page
/// `outcome-<key>`.
pub fn outcome_sign(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Pass => ("✓", "pass"),
        Outcome::Rounding => ("≈", "rounding"),
        Outcome::Fail => ("✗", "fail"),
        Outcome::NotApplicable => ("–", "quiet"),
        Outcome::Unreadable => ("?", "unread"),
    }
}

/// The sign and the word of an outcome.
pub fn outcome_words(words: &Words, outcome: Outcome) -> (&'static str, String) {
    let (sign, key) = outcome_sign(outcome);
    (sign, words.get(&format!("outcome.{key}")).to_owned())
}

/// The URL of a rule's page: `checks/w-b1.1/`.
pub fn rule_url(code: &str) -> String {
    let plain = |character: char| match character.to_ascii_lowercase() {
        kept @ ('a'..='z' | '0'..='9' | '-') => kept,
        '.' => '.',
        _ => '-',
    };
    format!("checks/{}/", code.chars().map(plain).collect::<String>())
}

fn quote(
    words: &Words,
    page: &str,
    published: &PublishedDisclosure,
    places: &Places<'_>,
    finding: &Finding,
    place: Place,
) -> PlaceQuote {
    let (before, marked, after) = quoted(places.line(place.file, place.line), place.cell, &finding.printed);
    let shown = places.shown(place.file, place.line);
    PlaceQuote {
        line: place.line,
        href: links::source_href(page, published, place),
        before: visible(&before),
        marked: visible(&marked),
        after: visible(&after),
        shown_href: shown.map(|shown| links::href(page, &format!("{}#{}", published.url, shown.anchor()))),
        shown_label: shown.map_or_else(String::new, |shown| visible(&label(words, published, shown))),
    }
}

/// Where a line is shown, in words: 「表3 支出总表，第12行」.
fn label(words: &Words, published: &PublishedDisclosure, shown: Shown) -> String {
    let statement = |index: usize| statement_label(words, published, index);
    match shown {
        Shown::Row(index, row) => row_label(words, &statement(index), row),
        Shown::Title(index) => statement(index),
        Shown::Block(_) => words.get("disclosure.narrative").to_owned(),
    }
}

/// A statement in words, by its index: 「表3 支出总表」.
pub fn statement_label(words: &Words, published: &PublishedDisclosure, index: usize) -> String {
    let name = published.disclosure.statements.get(index).map_or("", |statement| name(words, statement));
    words.fill("place.statement", &[("number", &(index + 1).to_string()), ("name", name)])
}

/// A row in words, by its index and the [label](statement_label) of its statement: 「表3 支出总表，第12行」.
pub fn row_label(words: &Words, statement: &str, row: usize) -> String {
    words.fill("place.row_of", &[("statement", statement), ("row", &(row + 1).to_string())])
}

/// A line around the number in question: cells with bars between them, the cell (or the printed number) apart.
fn quoted(line: &str, cell: u16, printed: &str) -> (String, String, String) {
    let bars = |text: &str| {
        let cells: Vec<&str> = text.split('\t').map(str::trim).filter(|cell| !cell.is_empty()).collect();
        cells.join(" │ ")
    };
    let (start, end) = match cell_range(line, cell) {
        Some(range) => range,
        None => match line.find(printed).filter(|_| !printed.is_empty()) {
            Some(start) => (start, start + printed.len()),
            None => return (shortened(&bars(line), 2 * QUOTED), String::new(), String::new()),
        },
    };
    let mut before = shortened_front(&bars(&line[..start]));
    let mut after = shortened(&bars(&line[end..]), QUOTED);
    if line.contains('\t') {
        before.push_str(if before.is_empty() { "" } else { " │ " });
        after = if after.is_empty() { after } else { format!(" │ {after}") };
    }
    (before, line[start..end].trim().to_owned(), after)
}

/// The bytes of a TAB-separated cell, counted from 1.
fn cell_range(line: &str, cell: u16) -> Option<(usize, usize)> {
    let index = usize::from(cell).checked_sub(1).filter(|_| line.contains('\t'))?;
    let text = line.split('\t').nth(index).filter(|text| !text.trim().is_empty())?;
    let start = line.split('\t').take(index).map(|cell| cell.len() + 1).sum();
    Some((start, start + text.len()))
}

fn shortened(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn shortened_front(text: &str) -> String {
    match text.char_indices().rev().nth(QUOTED) {
        Some((start, first)) => format!("…{}", &text[start + first.len_utf8()..]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Quotes, card, quoted, rule_url};
    use crate::model::Place;
    use crate::render::samples::{empty, finding, published, words};
    use crate::render::wording::places::Places;

    #[test]
    fn the_number_in_question_stands_apart() {
        for (line, cell, printed, expected) in [
            ("201\t\t行政运行\t551.60\t", 4, "551.60", ("201 │ 行政运行 │ ", "551.60", "")),
            ("551.60\t甲", 1, "551.60", ("", "551.60", " │ 甲")),
            ("甲\t\t", 2, "", ("甲", "", "")),
            ("收入总计3020.78万元。", 0, "3020.78", ("收入总计", "3020.78", "万元。")),
            ("收入总计3020.78万元。", 3, "9", ("收入总计3020.78万元。", "", "")),
            ("", 7, "1", ("", "", "")),
        ] {
            let (before, marked, after) = quoted(line, cell, printed);
            assert_eq!((before.as_str(), marked.as_str(), after.as_str()), expected, "{line:?} {cell}");
        }
    }

    #[test]
    fn long_lines_are_quoted_around_the_number() {
        let line = format!("{}12.50万元{}", "前".repeat(80), "后".repeat(80));
        let (before, marked, after) = quoted(&line, 0, "12.50");
        assert_eq!((before.chars().count(), marked.as_str(), after.chars().count()), (29, "12.50", 29));
        assert!(before.starts_with("…前") && after.ends_with("后…"));
    }

    #[test]
    fn rules_have_plain_urls() {
        assert_eq!(rule_url("W-B1.1"), "checks/w-b1.1/");
        assert_eq!(rule_url("../规则"), "checks/..---/");
    }

    #[test]
    fn a_card_quotes_all_places_or_tells_how_many_it_leaves_out() {
        let lines: String = (1..8).map(|line| format!("第{line}行\n")).collect();
        let places: Vec<Place> = (1..7).map(|line| Place { file: 0, line, cell: 0 }).collect();
        let published = published(empty(&lines, Vec::new()), vec![finding("W-1", &places)]);
        let by_place = Places::new(&published.disclosure, &published.ledger.findings);
        for (quotes, folded, not_quoted) in [(Quotes::All, 2, 0), (Quotes::First, 0, 2)] {
            let card = card(&words(), "", &published, &by_place, 0, quotes).unwrap();
            assert_eq!((card.places.len(), card.more_places.len(), card.not_quoted), (4, folded, not_quoted));
        }
    }
}
