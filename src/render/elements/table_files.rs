//! The tables of a page in one file each: a workbook for office programs, JSON for programs. CSV files stand beside their
//! tables.

use serde::Serialize;

use crate::export::{Sheet, SheetCell, workbook};
use crate::render::elements::exhibit::{Exhibit, ExhibitValues, Link};
use crate::render::elements::table::Table;
use crate::render::page::Renderer;

/// Writes `tables.xlsx` and `tables.json` beside a page and gives the links to them. Each sheet has an id: what the page
/// calls its table in addresses.
pub(in crate::render) fn write(
    renderer: &Renderer<'_>,
    page_url: &str,
    title: &str,
    sheets: &[(String, Sheet)],
) -> Vec<Link> {
    if sheets.is_empty() {
        return Vec::new();
    }
    let mut links = Vec::new();
    let mut write = |name: &str, key: &str, bytes: Vec<u8>| {
        renderer.file(&format!("{page_url}{name}"), bytes);
        links.push(Link { label: renderer.words.get(key).to_owned(), href: name.to_owned() });
    };
    let only: Vec<&Sheet> = sheets.iter().map(|(_, sheet)| sheet).collect();
    if let Some(bytes) = workbook(title, &only) {
        write("tables.xlsx", "exhibit.workbook", bytes);
    }
    write("tables.json", "exhibit.json", json_bytes(title, sheets));
    links
}

/// Publishes the exhibits of a page with all their tables in one file each: their values and the links to the files.
pub(in crate::render) fn publish(
    renderer: &Renderer<'_>,
    page_url: &str,
    title: &str,
    exhibits: Vec<Exhibit>,
) -> (Vec<ExhibitValues>, Vec<Link>) {
    let links = write(renderer, page_url, title, &of_exhibits(renderer, &exhibits));
    (exhibits.into_iter().map(|exhibit| exhibit.publish(renderer, page_url)).collect(), links)
}

/// Writes the files of a page with one table, its CSV file (`<id>.csv`) among them, and gives the links to all.
pub(in crate::render) fn of_table(
    renderer: &Renderer<'_>,
    page_url: &str,
    title: &str,
    (id, table): (&str, &Table),
) -> Vec<Link> {
    let csv = format!("{id}.csv");
    renderer.file(&format!("{page_url}{csv}"), table.csv(&renderer.words));
    let sheet = (id.to_owned(), table.sheet(title, &renderer.words));
    let mut links = vec![Link { label: renderer.words.get("exhibit.csv").to_owned(), href: csv }];
    links.extend(write(renderer, page_url, title, &[sheet]));
    links
}

/// The tables of exhibits as sheets.
pub(in crate::render) fn of_exhibits(renderer: &Renderer<'_>, exhibits: &[Exhibit]) -> Vec<(String, Sheet)> {
    let sheet = |exhibit: &Exhibit| {
        let table = exhibit.table.as_ref()?;
        Some((exhibit.id.to_owned(), table.sheet(&exhibit.heading, &renderer.words)))
    };
    exhibits.iter().filter_map(sheet).collect()
}

/// The tables of a page as JSON.
#[derive(Serialize)]
struct Tables<'s> {
    title: &'s str,
    tables: Vec<TableValues<'s>>,
}

#[derive(Serialize)]
struct TableValues<'s> {
    id: &'s str,
    title: &'s str,
    caption: &'s str,
    columns: &'s [String],
    /// Amounts are decimal strings, as in every data file of the site; nothing for an empty cell.
    rows: Vec<Vec<Option<&'s str>>>,
}

fn json_bytes(title: &str, sheets: &[(String, Sheet)]) -> Vec<u8> {
    let tables = sheets.iter().map(|(id, sheet)| TableValues {
        id,
        title: &sheet.name,
        caption: &sheet.caption,
        columns: &sheet.heads,
        rows: sheet.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
    });
    let tables = Tables { title, tables: tables.collect() };
    serde_json::to_vec(&tables).expect("texts can be written as JSON")
}

fn cell(cell: &SheetCell) -> Option<&str> {
    match cell {
        SheetCell::Text(text) if text.is_empty() => None,
        SheetCell::Text(text) | SheetCell::Number(text) => Some(text),
    }
}
