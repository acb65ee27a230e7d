//! The statements of the page: each with its heading, its findings, its table and its download.

use serde::Serialize;

use crate::assemble::PublishedDisclosure;
use crate::model::{Disclosure, Statement, StatementState};
use crate::render::elements::finding_card::severity_words;
use crate::render::elements::{statement_csv, statement_table};
use crate::render::wording::escape::{push_text, put, visible};
use crate::render::wording::places::{Places, Shown, is_quiet};
use crate::render::wording::words::Words;

/// An entry of the list of contents.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    number: usize,
    name: String,
    badge: Option<String>,
    findings: usize,
}

/// A file to take along.
#[derive(Debug, Serialize)]
pub(super) struct Download {
    number: usize,
    name: String,
    href: String,
    rows: usize,
}

pub(super) fn contents(words: &Words, published: &PublishedDisclosure, places: &Places<'_>) -> Vec<Entry> {
    let statements = published.disclosure.statements.iter().enumerate();
    statements
        .map(|(index, statement)| Entry {
            number: index + 1,
            name: visible(statement_table::name(words, statement)),
            badge: statement_table::state_badge(words, &statement.state).map(str::to_owned),
            findings: findings_of(published, places, index).count(),
        })
        .collect()
}

/// The statements that can be downloaded, with their numbers.
pub(super) fn with_rows(disclosure: &Disclosure) -> impl Iterator<Item = (usize, &Statement)> {
    (1..).zip(&disclosure.statements).filter(|(_, statement)| !statement.rows.is_empty())
}

pub(super) fn downloads(words: &Words, disclosure: &Disclosure) -> Vec<Download> {
    with_rows(disclosure)
        .map(|(number, statement)| Download {
            number,
            name: visible(statement_table::title(words, statement)),
            href: statement_csv::path(statement, number),
            rows: statement.rows.len(),
        })
        .collect()
}

/// Appends all statements.
pub(super) fn write(buffer: &mut String, words: &Words, published: &PublishedDisclosure, places: &Places<'_>) {
    for (index, statement) in published.disclosure.statements.iter().enumerate() {
        let number = index + 1;
        put!(buffer, "<section class=\"statement-section\" id=\"s{number}\">\n<h3><small>");
        push_text(buffer, &words.fill("source.table", &[("statement", &number.to_string())]));
        buffer.push_str("</small> ");
        push_text(buffer, statement_table::name(words, statement));
        buffer.push_str("</h3>\n");
        write_facts(buffer, words, statement, number);
        write_findings(buffer, words, published, places, index);
        statement_table::write(buffer, words, &published.disclosure, &published.ledger.findings, places, index);
        buffer.push_str("</section>\n");
    }
}

fn write_facts(buffer: &mut String, words: &Words, statement: &Statement, number: usize) {
    if statement.rows.is_empty() || statement.state == StatementState::AnnouncedMissing {
        return;
    }
    let (amounts, placed) = (statement.amounts, statement.placed);
    buffer.push_str("<p class=\"statement-facts\">");
    let unplaced = amounts.saturating_sub(placed);
    let values =
        [("amounts", &*amounts.to_string()), ("placed", &*placed.to_string()), ("unplaced", &*unplaced.to_string())];
    match unplaced {
        _ if amounts == 0 => push_text(buffer, words.get("state.empty")),
        0 => push_text(buffer, &words.fill("statement_table.all_placed", &values)),
        _ => {
            push_text(buffer, &words.fill("statement_table.placed", &values));
            buffer.push_str("<b>");
            push_text(buffer, &words.fill("statement_table.unplaced", &values));
            buffer.push_str("</b>");
        }
    }
    let download = words.get("statement_table.csv");
    put!(buffer, " <a href=\"{}\" download>{download}</a></p>\n", statement_csv::path(statement, number));
}

/// The findings whose place at fault is in the statement, without those that a note on their cell tells already.
fn findings_of<'a>(
    published: &'a PublishedDisclosure,
    places: &'a Places<'_>,
    statement: usize,
) -> impl Iterator<Item = usize> + 'a {
    let findings = published.ledger.findings.iter().enumerate();
    findings.filter(|(_, finding)| !is_quiet(finding)).filter_map(move |(index, finding)| {
        let place = finding.places.first()?;
        match places.shown(place.file, place.line)? {
            Shown::Row(shown, _) | Shown::Title(shown) if shown == statement => Some(index),
            _ => None,
        }
    })
}

fn write_findings(
    buffer: &mut String,
    words: &Words,
    published: &PublishedDisclosure,
    places: &Places<'_>,
    statement: usize,
) {
    let mut findings = findings_of(published, places, statement).peekable();
    if findings.peek().is_none() {
        return;
    }
    buffer.push_str("<ul class=\"statement-findings\">\n");
    for index in findings {
        let finding = &published.ledger.findings[index];
        let (sign, _) = severity_words(words, finding.severity);
        let (class, number) = (finding.severity.word(), index + 1);
        put!(
            buffer,
            "<li class=\"{class}\"><a href=\"#f{number}\">{sign} {}</a> ",
            words.fill("finding.number", &[("number", &number.to_string())])
        );
        push_text(buffer, &finding.message);
        buffer.push_str("</li>\n");
    }
    buffer.push_str("</ul>\n");
}
