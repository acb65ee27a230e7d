//! What the document is: its names, dates, badges and files.

use serde::Serialize;

use crate::assemble::PublishedDisclosure;
use crate::model::{Region, StatementState};
use crate::render::page::Renderer;
use crate::render::wording::escape::visible;
use crate::render::wording::links;
use crate::render::wording::words::Words;

/// The document in words. What nothing tells is `None` and not shown.
#[derive(Debug, Serialize)]
pub(super) struct Document {
    title: String,
    organization: Option<String>,
    department: String,
    department_href: String,
    region: String,
    year: Option<u16>,
    published: Option<String>,
    approved: Option<String>,
    source_url: Option<String>,
    /// The file beside the page.
    original: Option<String>,
    rounding_note: bool,
    /// The newer revision that replaced this one.
    replaced_by: Option<Link>,
    /// Revisions that this one replaced.
    replaces: Vec<Link>,
}

/// A link with its words.
#[derive(Debug, Serialize)]
pub(super) struct Link {
    label: String,
    href: String,
}

/// A short fact in a frame.
#[derive(Debug, Serialize)]
pub(super) struct Badge {
    class: &'static str,
    text: String,
    title: String,
    href: Option<&'static str>,
}

/// A source file.
#[derive(Debug, Serialize)]
pub(super) struct File {
    path: String,
    href: String,
    hash: String,
    encoding: &'static str,
}

pub(super) fn document(renderer: &Renderer<'_>, published: &PublishedDisclosure) -> Document {
    let identity = &published.disclosure.identity;
    let department = &renderer.site.departments[published.department];
    let link = |other: &PublishedDisclosure| Link {
        label: visible(&other.title),
        href: links::href(&published.url, &other.url),
    };
    let disclosures = &renderer.site.disclosures;
    let this = |index: usize| disclosures.get(index).is_some_and(|other| other.url == published.url);
    let replaced = disclosures.iter().filter(|other| other.replaced_by.is_some_and(this));
    Document {
        title: visible(&published.title),
        organization: identity.organization.as_deref().map(visible),
        department: visible(&department.name),
        department_href: links::href(&published.url, &department.url),
        region: visible(&region(&identity.region)),
        year: identity.year,
        published: identity.published.as_deref().map(|date| visible(&renderer.words.date(date))),
        approved: identity.approved.as_deref().map(|date| visible(&renderer.words.date(date))),
        source_url: identity.source_url.clone().filter(|url| is_web_address(url)),
        original: identity.original_file(),
        rounding_note: published.disclosure.rounding_note,
        replaced_by: published.replaced_by.and_then(|index| disclosures.get(index)).map(link),
        replaces: replaced.map(link).collect(),
    }
}

/// Kind, level, date, statements found and checks, each in a few characters.
pub(super) fn badges(words: &Words, published: &PublishedDisclosure) -> Vec<Badge> {
    let identity = &published.disclosure.identity;
    let badge = |class, text: String, title: &str| Badge {
        class,
        text: visible(&text),
        title: words.get(title).to_owned(),
        href: None,
    };
    let mut badges = Vec::new();
    if let Some(kind) = identity.kind {
        badges.push(badge("badge badge-kind", words.level_and_kind(identity.level, kind), "badge.kind_note"));
    }
    if let Some(date) = &identity.published {
        badges.push(badge(
            "badge",
            words.fill("badge.published", &[("date", &words.date(date))]),
            "badge.published_note",
        ));
    }
    let (found, announced) = statements_found(published);
    badges.push(badge(
        "badge",
        words.fill("badge.statements", &[("found", &found.to_string()), ("all", &announced.to_string())]),
        "badge.statements_note",
    ));
    let counts = published.ledger.counts;
    for (class, sign, count, title) in [
        ("outcome outcome-pass", "✓", counts.pass, "outcome_hint.pass"),
        ("outcome outcome-rounding", "≈", counts.rounding, "outcome_hint.rounding"),
        ("outcome outcome-fail", "✗", counts.fail, "outcome_hint.fail"),
        ("outcome outcome-quiet", "–", counts.not_applicable, "outcome_hint.quiet"),
        ("outcome outcome-unread", "?", counts.unreadable, "outcome_hint.unread"),
    ] {
        if count > 0 {
            badges.push(Badge { href: Some("#findings"), ..badge(class, format!("{sign} {count}"), title) });
        }
    }
    badges
}

/// How many statements were found, and how many there should be.
pub(super) fn statements_found(published: &PublishedDisclosure) -> (usize, usize) {
    let statements = &published.disclosure.statements;
    let missing = statements.iter().filter(|statement| statement.state == StatementState::AnnouncedMissing).count();
    (statements.len() - missing, statements.len())
}

pub(super) fn files(published: &PublishedDisclosure) -> Vec<File> {
    let files = (0..).zip(&published.disclosure.sources);
    files
        .map(|(file, source)| File {
            path: visible(&source.path),
            href: links::href(&published.url, &links::source_url(published, file)),
            hash: source.hash.to_string(),
            encoding: source.encoding,
        })
        .collect()
}

/// One sentence about the page.
pub(super) fn description(words: &Words, published: &PublishedDisclosure) -> String {
    let (found, _) = statements_found(published);
    let counts = published.ledger.counts;
    let values = [
        ("title", &*visible(&published.title)),
        ("statements", &*found.to_string()),
        ("held", &*(counts.pass + counts.rounding).to_string()),
        ("failed", &*counts.fail.to_string()),
    ];
    words.fill("disclosure.description", &values)
}

fn region(region: &Region) -> String {
    [&region.province, &region.city, &region.district].into_iter().flatten().map(|part| part.as_str()).collect()
}

/// Only a web address becomes a link; anything else in front matter could act.
fn is_web_address(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
