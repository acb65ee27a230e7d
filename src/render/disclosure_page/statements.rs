//! The statements of the page: each with its heading, its findings, its table and its download.

use serde::Serialize;

use crate::assemble::PublishedDisclosure;
use crate::model::{Disclosure, Statement, StatementState};
use crate::render::escape::{push_text, put, visible};
use crate::render::finding_card::severity_words;
use crate::render::places::{Places, Shown, is_quiet};
use crate::render::{statement_csv, statement_table};

/// An entry of the list of contents.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    number: usize,
    name: String,
    badge: Option<&'static str>,
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

pub(super) fn contents(published: &PublishedDisclosure, places: &Places<'_>) -> Vec<Entry> {
    let statements = published.disclosure.statements.iter().enumerate();
    statements
        .map(|(index, statement)| Entry {
            number: index + 1,
            name: visible(statement_table::name(statement)),
            badge: statement_table::state_badge(&statement.state),
            findings: findings_of(published, places, index).count(),
        })
        .collect()
}

/// The statements that can be downloaded, with their numbers.
pub(super) fn with_rows(disclosure: &Disclosure) -> impl Iterator<Item = (usize, &Statement)> {
    (1..).zip(&disclosure.statements).filter(|(_, statement)| !statement.rows.is_empty())
}

pub(super) fn downloads(disclosure: &Disclosure) -> Vec<Download> {
    with_rows(disclosure)
        .map(|(number, statement)| Download {
            number,
            name: visible(statement_table::title(statement)),
            href: statement_csv::path(statement, number),
            rows: statement.rows.len(),
        })
        .collect()
}

/// Appends all statements.
pub(super) fn write(buffer: &mut String, published: &PublishedDisclosure, places: &Places<'_>) {
    for (index, statement) in published.disclosure.statements.iter().enumerate() {
        let number = index + 1;
        put!(buffer, "<section class=\"statement-section\" id=\"s{number}\">\n<h3><small>表 {number}</small> ");
        push_text(buffer, statement_table::name(statement));
        buffer.push_str("</h3>\n");
        write_facts(buffer, statement, number);
        write_findings(buffer, published, places, index);
        statement_table::write(buffer, &published.disclosure, &published.ledger.findings, places, index);
        buffer.push_str("</section>\n");
    }
}

fn write_facts(buffer: &mut String, statement: &Statement, number: usize) {
    if statement.rows.is_empty() || statement.state == StatementState::AnnouncedMissing {
        return;
    }
    let (amounts, placed) = (statement.amounts, statement.placed);
    buffer.push_str("<p class=\"statement-facts\">");
    match amounts.saturating_sub(placed) {
        _ if amounts == 0 => buffer.push_str("没有金额"),
        0 => put!(buffer, "金额 {amounts} 个，全部归位"),
        unplaced => put!(buffer, "金额 {amounts} 个，归位 {placed} 个，<b>未归位 {unplaced} 个</b>"),
    }
    put!(buffer, " · <a href=\"{}\" download>下载 CSV</a></p>\n", statement_csv::path(statement, number));
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

fn write_findings(buffer: &mut String, published: &PublishedDisclosure, places: &Places<'_>, statement: usize) {
    let mut findings = findings_of(published, places, statement).peekable();
    if findings.peek().is_none() {
        return;
    }
    buffer.push_str("<ul class=\"statement-findings\">\n");
    for index in findings {
        let finding = &published.ledger.findings[index];
        let (sign, _) = severity_words(finding.severity);
        let (class, number) = (finding.severity.word(), index + 1);
        put!(buffer, "<li class=\"{class}\"><a href=\"#f{number}\">{sign} 核{number}</a> ");
        push_text(buffer, &finding.message);
        buffer.push_str("</li>\n");
    }
    buffer.push_str("</ul>\n");
}
