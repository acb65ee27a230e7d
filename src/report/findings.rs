//! Findings of the audit as entries, each with the lines it speaks of.

use std::sync::Arc;

use super::entry::{Entry, Level, Paths};
use super::language::Language;
use crate::assemble::{PublishedDisclosure, Site};
use crate::diagnostic::{Span, clip};
use crate::language::{DEFAULT, fill};
use crate::model::{Finding, FindingSeverity, Place};

/// How many places are shown beside the one at fault.
const SHOWN_PLACES: usize = 3;

/// Every finding of a site with the id of its disclosure and its entry, in the order of the disclosures.
pub(super) fn with_entries<'s>(
    site: &'s Site,
    paths: &Paths,
    language: &Language,
) -> Vec<(&'s str, &'s Finding, Entry)> {
    let of = |(published, finding): (&'s PublishedDisclosure, &'s Finding)| {
        (published.id.as_str(), finding, entry(site, published, finding, paths, language))
    };
    site.disclosures.iter().flat_map(findings).map(of).collect()
}

fn findings(published: &PublishedDisclosure) -> impl Iterator<Item = (&PublishedDisclosure, &Finding)> {
    published.ledger.findings.iter().map(move |finding| (published, finding))
}

fn entry(site: &Site, published: &PublishedDisclosure, finding: &Finding, paths: &Paths, language: &Language) -> Entry {
    let mut places = finding.places.iter().enumerate().filter_map(|(number, place)| {
        // The figure at fault stands in a sentence: its words tell where.
        let printed = if number == 0 { finding.printed.as_str() } else { "" };
        span(published, *place, printed, paths)
    });
    let mut hint = figures(finding, language);
    hint.extend(
        finding.waived.as_ref().map(|reason| fill::<dyn std::fmt::Display>(&language.answered, &[("reason", reason)])),
    );
    // A finding is told in Chinese, like the document. The name of its rule may be told otherwise.
    let name = site.rules.get(&finding.rule).map(|rule| rule.name_in(&language.code));
    let name = name.filter(|_| language.code != DEFAULT);
    let details = name.is_some().then(|| finding.message.clone());
    Entry {
        level: match finding.severity {
            _ if finding.waived.is_some() => Level::Note,
            FindingSeverity::Error => Level::Error,
            FindingSeverity::Warning => Level::Warning,
            FindingSeverity::Info => Level::Note,
        },
        code: finding.rule.to_string(),
        message: name.map_or_else(|| finding.message.clone(), ToOwned::to_owned),
        details,
        span: places.next(),
        related: places.take(SHOWN_PLACES).map(|span| (span, String::new())).collect(),
        hint: (!hint.is_empty()).then(|| hint.join(&language.comma)),
    }
}

/// 「应为 1，原文为 2，相差 1」
pub(super) fn figures(finding: &Finding, language: &Language) -> Vec<String> {
    let figures = [
        (language.wanted(finding.class), &finding.expected),
        (&language.printed, &finding.printed),
        (&language.difference, &finding.difference),
    ];
    let told = figures.iter().filter(|(_, value)| !value.is_empty());
    told.map(|(word, value)| format!("{word} {value}")).collect()
}

/// A place of a disclosure with its line; in a line without cells the place of a figure.
fn span(published: &PublishedDisclosure, place: Place, figure: &str, paths: &Paths) -> Option<Span> {
    let source = published.disclosure.sources.get(usize::from(place.file))?;
    let line = source.text.lines().nth(place.line.checked_sub(1)? as usize).unwrap_or("");
    let (column, length) = cell(line, place.cell).or_else(|| words(line, figure)).unwrap_or((0, 0));
    Some(Span { file: Arc::from(paths.of(&source.path)), line: place.line, column, length, text: clip(line) })
}

/// Column and length of a cell in its line, in characters, without blanks around its text; `None` when the line has no
/// such cell. Only TAB and pipe lines tell where their cells are.
fn cell(line: &str, number: u16) -> Option<(u32, u32)> {
    let index = usize::from(number.checked_sub(1)?);
    let separator = if line.contains('\t') { '\t' } else { '|' };
    let inner = if separator == '|' { line.trim_start().strip_prefix('|')? } else { line };
    let start = inner.split(separator).take(index).map(|cell| cell.len() + 1).sum::<usize>();
    let cell = inner.split(separator).nth(index)?;
    let text = cell.trim();
    let blanks = if text.is_empty() { 0 } else { cell.len() - cell.trim_start().len() };
    let before = line.len() - inner.len() + start + blanks;
    Some((line[..before].chars().count() as u32 + 1, text.chars().count().max(1) as u32))
}

/// Column and length of a figure in its line, in characters: not of the same digits within a longer number.
fn words(line: &str, figure: &str) -> Option<(u32, u32)> {
    let is_inner = |glyph: Option<char>| glyph.is_some_and(|one| one.is_ascii_digit() || matches!(one, '.' | ','));
    let stands_alone = |at: &usize| {
        !is_inner(line[..*at].chars().next_back())
            && !line[*at + figure.len()..].starts_with(|one: char| one.is_ascii_digit())
    };
    let mut found = line.match_indices(figure).map(|(at, _)| at).filter(|_| !figure.is_empty());
    let at = found.find(stands_alone)?;
    Some((line[..at].chars().count() as u32 + 1, figure.chars().count() as u32))
}

#[cfg(test)]
mod tests {
    use super::{cell, words};

    #[test]
    fn a_figure_is_found_in_its_sentence() {
        for (line, figure, place) in [
            ("预算12.5万元，比112.5万元", "12.5", Some((3, 4))),
            ("比112.5万元，预算12.5万元", "12.5", Some((12, 4))),
            ("预算12.55万元", "12.5", None),
            ("预算", "", None),
        ] {
            assert_eq!(words(line, figure), place, "{line} {figure}");
        }
    }

    #[test]
    fn a_cell_is_found_in_its_line() {
        for (line, number, place) in [
            ("收入\t 12.5 \t支出\t", 1, Some((1, 2))),
            ("收入\t 12.5 \t支出\t", 2, Some((5, 4))),
            ("收入\t 12.5 \t支出\t", 4, Some((14, 1))),
            ("收入\t12.5", 3, None),
            ("| 收入 | 12.5 |", 2, Some((8, 4))),
            ("<td>收入</td>", 1, None),
            ("收入合计 12.5 万元", 0, None),
        ] {
            assert_eq!(cell(line, number), place, "{line} {number}");
        }
    }
}
