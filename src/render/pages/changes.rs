//! What is new on the site: the newest documents, the versions that were replaced with every number that differs, and
//! answers to findings.

use std::cmp::Reverse;

use serde::Serialize;
use tera::Context;

use crate::assemble::{Absence, PublishedDisclosure, RevisedAmount, Revision};
use crate::render::elements::check_counts::CheckCounts;
use crate::render::elements::exhibit::Link;
use crate::render::elements::statement_table::kind_name;
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::page::{Page, Renderer};
use crate::render::wording::figure::Figures;
use crate::render::wording::words::Words;
use crate::render::wording::{links, number};

const URL: &str = "changes/";
/// How many documents the page lists.
const NEWEST: usize = 50;
/// How many changed numbers of a revision the page shows; its CSV has all.
const SHOWN: usize = 60;

/// A document with its date.
#[derive(Debug, Serialize)]
struct Document {
    link: Link,
    department: Link,
    published: String,
    checks: CheckCounts,
}

/// A replaced version.
#[derive(Debug, Serialize)]
struct RevisionValues {
    id: String,
    title: String,
    older: Link,
    newer: Link,
    sentence: String,
    table: Option<String>,
    csv: String,
    not_shown: Option<String>,
}

/// A finding that the owner of the site answered.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Answer {
    disclosure: Link,
    rule: String,
    message: String,
    reason: String,
}

/// Writes the page and a CSV file for each revision.
pub(super) fn write(renderer: &Renderer<'_>, answers: &[serde_json::Value]) {
    let words = &renderer.words;
    let revisions: Vec<RevisionValues> =
        (1..).zip(&renderer.site.revisions).map(|(number, one)| revision(renderer, number, one)).collect();
    let mut context = Context::new();
    context.insert("documents", &documents(renderer));
    context.insert("revisions", &revisions);
    context.insert("answers", answers);
    let title = words.get("changes.title").to_owned();
    let description = words.get("changes.lead").to_owned();
    let page = Page { url: URL.to_owned(), title, description, section: "changes", ..Page::default() };
    renderer.page(&page, "changes.html", context);
}

/// Current disclosures: the newest publication first, those without a date last, by year.
pub(super) fn newest<'a>(renderer: &Renderer<'a>) -> Vec<&'a PublishedDisclosure> {
    let mut current: Vec<&PublishedDisclosure> = renderer.site.current().map(|(_, published)| published).collect();
    current.sort_by_key(|published| {
        let identity = &published.disclosure.identity;
        (Reverse(identity.published.clone()), Reverse(identity.year), published.id.clone())
    });
    current
}

fn documents(renderer: &Renderer<'_>) -> Vec<Document> {
    let document = |published: &PublishedDisclosure| {
        let department = &renderer.site.departments[published.department];
        Document {
            link: Link { label: published.title.clone(), href: links::href(URL, &published.url) },
            department: Link { label: department.name.clone(), href: links::href(URL, &department.url) },
            published: renderer.words.date(published.disclosure.identity.published.as_deref().unwrap_or_default()),
            checks: CheckCounts::new(&renderer.words, published.ledger.counts),
        }
    };
    newest(renderer).into_iter().take(NEWEST).map(document).collect()
}

/// A version with its date, which tells it from the others.
fn version(words: &Words, published: &PublishedDisclosure) -> Link {
    let date = words.date(published.disclosure.identity.published.as_deref().unwrap_or_default());
    let label = format!("{} {date}", published.title);
    Link { label: label.trim_end().to_owned(), href: links::href(URL, &published.url) }
}

fn revision(renderer: &Renderer<'_>, number: usize, revision: &Revision) -> RevisionValues {
    let words = &renderer.words;
    let [older, newer] = [revision.older, revision.newer].map(|index| &renderer.site.disclosures[index]);
    let csv = format!("revision-{number}.csv");
    let all = table(renderer, number, revision);
    renderer.file(&format!("{URL}{csv}"), all.csv(words));
    let count = |test: fn(&RevisedAmount) -> bool| {
        number::count(revision.changes.iter().filter(|one| test(one)).count() as u64)
    };
    let values = [
        ("changed", count(|one| one.older.is_some() && one.newer.is_some())),
        ("added", count(|one| one.older.is_none())),
        ("removed", count(|one| one.newer.is_none())),
        ("unchanged", number::count(revision.unchanged as u64)),
    ];
    let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
    let key = if revision.changes.is_empty() { "changes.same" } else { "changes.sentence" };
    let not_shown = revision.changes.len().saturating_sub(SHOWN);
    let shown = Table { rows: all.rows.into_iter().take(SHOWN).collect(), ..all };
    RevisionValues {
        id: format!("revision-{number}"),
        title: newer.title.clone(),
        older: version(words, older),
        newer: version(words, newer),
        sentence: words.fill(key, &values),
        table: (!revision.changes.is_empty()).then(|| shown.html()),
        csv,
        not_shown: (not_shown > 0).then(|| not_shown.to_string()),
    }
}

fn table(renderer: &Renderer<'_>, number: usize, revision: &Revision) -> Table {
    let words = &renderer.words;
    let figures = Figures::new(renderer.site, words, URL);
    let row = |change: &RevisedAmount| {
        let statement =
            change.statement.map_or_else(|| words.get("disclosure.narrative"), |kind| kind_name(words, kind));
        let label = if change.label.is_empty() { &change.code } else { &change.label };
        let [difference, _] = figures.change_cells(change.newer.as_ref(), change.older.as_ref());
        Row::new(vec![
            Cell::Text(label.to_string()),
            Cell::Text(statement.to_owned()),
            Cell::Text(format!("{} · {}", nature(renderer, &change.nature), words.fund(&change.fund, false))),
            Cell::Amount(figures.or_absent(change.older.as_ref(), Absence::NotTold)),
            Cell::Amount(figures.or_absent(change.newer.as_ref(), Absence::NotTold)),
            difference,
        ])
    };
    Table {
        id: format!("revision-{number}-table"),
        caption: words.fill("changes.caption", &[("title", &renderer.site.disclosures[revision.newer].title)]),
        columns: vec![
            Column::words(words.get("column.item")),
            Column::words(words.get("changes.statement")),
            Column::words(words.get("changes.measure")),
            Column::amounts(words.get("changes.older")),
            Column::amounts(words.get("changes.newer")),
            Column::amounts(words.get("changes.difference")),
        ],
        rows: revision.changes.iter().map(row).collect(),
        sortable: false,
    }
}

/// What readers call a nature; a finer one is called by the one above it.
fn nature<'a>(renderer: &'a Renderer<'_>, nature: &'a str) -> &'a str {
    let words = &renderer.words;
    match nature {
        "total" => words.get("column.total"),
        "basic" => words.get("nature.basic"),
        "project" => words.get("nature.project"),
        _ if nature.starts_with("basic.personnel") => words.get("nature.personnel"),
        _ if nature.starts_with("basic.operating") => words.get("nature.operating"),
        _ if nature.starts_with("project.") => words.get("nature.project"),
        "carried_in" => words.get("figure.carried_in"),
        "carried_out" => words.get("figure.carried_out"),
        other => other,
    }
}

/// The answers to findings of a disclosure; none for one that was replaced.
pub(super) fn answers(published: &PublishedDisclosure) -> Vec<Answer> {
    if published.replaced_by.is_some() {
        return Vec::new();
    }
    let answered = (1..).zip(&published.ledger.findings).filter_map(|(number, finding): (usize, _)| {
        let reason = finding.waived.as_deref()?.to_owned();
        let href = links::href(URL, &format!("{}#f{number}", published.url));
        Some(Answer {
            disclosure: Link { label: published.title.clone(), href },
            rule: finding.rule.to_string(),
            message: finding.message.clone(),
            reason,
        })
    });
    answered.collect()
}
