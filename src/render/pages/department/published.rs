//! What a department published: its disclosures, their older versions, its units.

use serde::Serialize;

use super::scene::Scene;
use crate::assemble::{Absence, PublishedDisclosure};
use crate::model::{StatementKind, StatementState};
use crate::render::elements::check_counts::CheckCounts;
use crate::render::elements::exhibit::{Exhibit, Link};
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::wording::links;

/// A disclosure in the list of a department.
#[derive(Debug, Serialize)]
pub(super) struct DisclosureValues {
    title: String,
    href: String,
    published: Option<String>,
    statements: String,
    checks: CheckCounts,
    files: Vec<Link>,
    source_url: Option<String>,
    older: Vec<Link>,
}

pub(super) fn values(scene: Scene<'_>) -> Vec<DisclosureValues> {
    let of_department = |index: &usize| disclosure(scene, *index);
    scene.department.disclosures.iter().map(of_department).collect()
}

fn disclosure(scene: Scene<'_>, index: usize) -> DisclosureValues {
    let published = &scene.renderer.site.disclosures[index];
    let identity = &published.disclosure.identity;
    let (read, all) = statements_read(published);
    let files = published.disclosure.sources.iter().zip(0u16..).map(|(source, file)| Link {
        label: source.path.rsplit('/').next().unwrap_or_default().to_owned(),
        href: links::href(&scene.department.url, &links::source_url(published, file)),
    });
    DisclosureValues {
        title: published.title.clone(),
        href: links::href(&scene.department.url, &published.url),
        published: identity.published.as_deref().map(|date| scene.renderer.words.date(date)),
        statements: scene.words("published.statements", &[("read", &read.to_string()), ("all", &all.to_string())]),
        checks: CheckCounts::new(&scene.renderer.words, published.ledger.counts),
        files: files.collect(),
        source_url: identity.source_url.clone().filter(|url| url.starts_with("http://") || url.starts_with("https://")),
        older: older(scene, index),
    }
}

/// The versions that a disclosure replaced, newest first.
fn older(scene: Scene<'_>, index: usize) -> Vec<Link> {
    let department = scene.published.department;
    let disclosures = &scene.renderer.site.disclosures;
    // Those of a department stand together.
    let before = disclosures[..index].iter().rev().take_while(|one| one.department == department).count();
    let first = index - before;
    let own = || disclosures[first..].iter().zip(first..).take_while(|(one, _)| one.department == department);
    let mut newest = index;
    let mut older = Vec::new();
    while let Some((published, next)) = own().find(|(one, _)| one.replaced_by == Some(newest)) {
        let date = scene.renderer.words.date(published.disclosure.identity.published.as_deref().unwrap_or_default());
        let label = format!("{} {date}", published.title);
        older.push(Link { label: label.trim().to_owned(), href: links::href(&scene.department.url, &published.url) });
        newest = next;
    }
    older
}

/// How many of the statements that are there could be read.
fn statements_read(published: &PublishedDisclosure) -> (usize, usize) {
    let there = || {
        published.disclosure.statements.iter().filter(|statement| {
            statement.kind != StatementKind::Other && statement.state != StatementState::AnnouncedMissing
        })
    };
    (there().filter(|statement| statement.state != StatementState::Unreadable).count(), there().count())
}

/// The units whose money the newest disclosure contains.
pub(super) fn units(scene: Scene<'_>) -> Option<Exhibit> {
    let units = &scene.published.disclosure.units;
    // A department that is its only unit has said everything already.
    if units.iter().all(|unit| unit.name == scene.department.name.as_str()) {
        return None;
    }
    let row = |unit: &crate::model::BudgetUnit| {
        let name = match scene.surroundings.units.get(unit.name.as_str()) {
            Some(url) => Cell::Link { text: unit.name.to_string(), href: links::href(&scene.department.url, url) },
            None => Cell::Text(unit.name.to_string()),
        };
        let total = scene.sourced(&unit.total);
        let total = scene.figures.or_absent(total.as_ref(), Absence::NotTold);
        Row::new(vec![name, Cell::Text(unit.code.to_string()), Cell::Amount(total)])
    };
    let mut table = Table {
        id: "units-table".to_owned(),
        caption: scene.words("department.units_caption", &[("edition", &scene.edition())]),
        columns: vec![
            Column::words(scene.word("column.unit_name")),
            Column::short(scene.word("column.unit_code")),
            Column::amounts(scene.word("column.income_total")),
        ],
        rows: units.iter().map(row).collect(),
        sortable: false,
    };
    table.drop_empty_columns();
    let count = units.len().to_string();
    Some(Exhibit {
        id: "units",
        heading: scene.word("department.units").to_owned(),
        sentence: crate::render::wording::phrase::Phrase::from_words(
            &scene.words("department.units_sentence", &[("count", &count)]),
        ),
        table: Some(table),
        source: scene.source(&[StatementKind::Revenue]),
        ..Exhibit::default()
    })
}
