//! The page of one disclosure: every statement, every finding, the text with its numbers linked, and the downloads.
//!
//! In: a disclosure of the site and its look-ups by place. Out: its page, its statements as CSV, and (through [`source_page`]) its sources.
//! The order on the page is: the document, its main figures, its checks, its statements, what they say about single
//! subjects, its text, where its numbers went, and what can be taken along.

mod accounting;
mod findings;
mod identity;
mod money;
mod score;
mod statements;
mod subjects;
mod told;

pub(super) use findings::by_cause;
use tera::{Context, Value};

use self::money::Money;
use crate::assemble::PublishedDisclosure;
use crate::export::Sheet;
use crate::render::elements::{dataset, narrative, statement_csv, table_files};
use crate::render::page::{Page, Renderer};
use crate::render::pages::source;
use crate::render::wording::places::Places;

/// Writes the pages and files of the disclosure with this index.
pub(super) fn write(renderer: &Renderer<'_>, index: usize, places: &Places<'_>) {
    let published = &renderer.site.disclosures[index];
    let sheets = sheets(renderer, published);
    write_page(renderer, index, places, &sheets);
    source::write(renderer, places, index);
    for ((number, statement), (_, sheet)) in statements::with_rows(&published.disclosure).zip(&sheets) {
        let path = format!("{}{}", published.url, statement_csv::path(statement, number));
        renderer.file(&path, statement_csv::write(sheet));
    }
}

fn write_page(renderer: &Renderer<'_>, index: usize, places: &Places<'_>, sheets: &[(String, Sheet)]) {
    let money = Money::new(renderer, index);
    let published = money.published;
    let disclosure = &published.disclosure;
    let mut context = Context::new();
    context.insert("document", &identity::document(renderer, published));
    context.insert("badges", &identity::badges(&renderer.words, published));
    context.insert("files", &identity::files(published));
    context.insert("figures", &money::main_figures(money));
    context.insert("counts", &accounting::ledger_counts(&renderer.words, &published.ledger));
    let (findings, notices) = findings::findings(&renderer.words, published, places);
    context.insert("findings", &findings);
    context.insert("notices", &notices);
    context.insert("score", &score::score(&renderer.words, published));
    context.insert("contents", &statements::contents(&renderer.words, published, places));
    let mut tables = String::new();
    statements::write(&mut tables, &renderer.words, published, places);
    context.insert_value("statements", Value::safe_string(&tables));
    context.insert("three_public", &subjects::three_public(money));
    context.insert("vehicles", &subjects::vehicles(money));
    context.insert("changes", &subjects::changes(money));
    context.insert("projects", &subjects::projects(money));
    context.insert("procurement", &subjects::procurement(money));
    context.insert("units", &subjects::units(money));
    context.insert("targets", &told::targets(money));
    context.insert("assets", &told::assets(money));
    context.insert("duties", &told::duties(money));
    let mut narrative = String::new();
    narrative::write(&mut narrative, &renderer.words, disclosure);
    context.insert("first_term", &narrative::first_term(&narrative));
    context.insert_value("narrative", Value::safe_string(&narrative));
    context.insert("accounting", &accounting::accounting(&renderer.words, disclosure));
    context.insert("downloads", &statements::downloads(&renderer.words, disclosure));
    // All statements in one workbook and in one JSON file.
    let all_tables = table_files::write(renderer, &published.url, &published.title, sheets);
    context.insert("all_tables", &all_tables);
    renderer.page(&page(renderer, published), "disclosure.html", context);
}

/// The statements that have rows as sheets, each with its id on the page.
fn sheets(renderer: &Renderer<'_>, published: &PublishedDisclosure) -> Vec<(String, Sheet)> {
    let sheet = |(number, statement)| {
        let name = crate::render::elements::statement_table::title(&renderer.words, statement);
        (format!("s{number}"), statement_csv::sheet(&renderer.words, statement, number, name))
    };
    statements::with_rows(&published.disclosure).map(sheet).collect()
}

fn page(renderer: &Renderer<'_>, published: &PublishedDisclosure) -> Page {
    let department = &renderer.site.departments[published.department];
    let identity = &published.disclosure.identity;
    let tags = [
        ("ArticleTitle", published.title.clone()),
        ("PubDate", publication_time(identity.published.as_deref())),
        ("ContentSource", identity.organization.as_deref().unwrap_or(&department.name).to_owned()),
    ];
    let description = identity::description(&renderer.words, published);
    let statement = |(number, statement)| {
        let name = crate::render::elements::statement_table::title(&renderer.words, statement).to_owned();
        (name, statement_csv::path(statement, number))
    };
    let files: Vec<(String, String)> = statements::with_rows(&published.disclosure).map(statement).collect();
    Page {
        url: published.url.clone(),
        title: published.title.clone(),
        dataset: Some(dataset::of_disclosure(renderer, published, &description, &files)),
        description,
        section: "departments",
        above: vec![(department.name.clone(), department.url.clone())],
        tags: tags.to_vec(),
    }
}

/// The date of publication as page tags want it, with the hour: `2025-02-25 00:00`. A month alone stays one.
fn publication_time(date: Option<&str>) -> String {
    let date = date.unwrap_or_default();
    if crate::settings::is_date(date) { format!("{date} 00:00") } else { date.to_owned() }
}

#[cfg(test)]
mod tests;
