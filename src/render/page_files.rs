//! The tables of a page in one file each: a workbook for office programs, JSON for programs. CSV files stand beside their
//! tables.

use serde_json::{Value, json};

use super::exhibit::{Exhibit, ExhibitValues, Link};
use super::page::Renderer;
use super::table::Table;
use crate::export::{Sheet, SheetCell, workbook};

/// Writes `tables.xlsx` and `tables.json` beside a page and gives the links to them. Each sheet has an id: what the page
/// calls its table in addresses.
pub(super) fn write(renderer: &Renderer<'_>, page_url: &str, title: &str, sheets: &[(String, Sheet)]) -> Vec<Link> {
    if sheets.is_empty() {
        return Vec::new();
    }
    let mut links = Vec::new();
    let mut write = |name: &str, key: &str, bytes: Vec<u8>| {
        renderer.file(&format!("{page_url}{name}"), bytes);
        links.push(Link { label: renderer.words.get(key).to_owned(), href: name.to_owned() });
    };
    let only: Vec<Sheet> = sheets.iter().map(|(_, sheet)| sheet.clone()).collect();
    if let Some(bytes) = workbook(title, &only) {
        write("tables.xlsx", "exhibit.workbook", bytes);
    }
    write("tables.json", "exhibit.json", json_text(title, sheets).into_bytes());
    links
}

/// Publishes the exhibits of a page with all their tables in one file each: their values and the links to the files.
pub(super) fn publish(
    renderer: &Renderer<'_>,
    page_url: &str,
    title: &str,
    exhibits: Vec<Exhibit>,
) -> (Vec<ExhibitValues>, Vec<Link>) {
    let links = write(renderer, page_url, title, &of_exhibits(renderer, &exhibits));
    (exhibits.into_iter().map(|exhibit| exhibit.publish(renderer, page_url)).collect(), links)
}

/// Writes the files of a page with one table, its CSV file (`<id>.csv`) among them, and gives the links to all.
pub(super) fn of_table(renderer: &Renderer<'_>, page_url: &str, title: &str, (id, table): (&str, &Table)) -> Vec<Link> {
    let csv = format!("{id}.csv");
    renderer.file(&format!("{page_url}{csv}"), table.csv(&renderer.words));
    let sheet = (id.to_owned(), table.sheet(title, &renderer.words));
    let mut links = vec![Link { label: renderer.words.get("exhibit.csv").to_owned(), href: csv }];
    links.extend(write(renderer, page_url, title, &[sheet]));
    links
}

/// The tables of exhibits as sheets.
pub(super) fn of_exhibits(renderer: &Renderer<'_>, exhibits: &[Exhibit]) -> Vec<(String, Sheet)> {
    let sheet = |exhibit: &Exhibit| {
        let table = exhibit.table.as_ref()?;
        Some((exhibit.id.to_owned(), table.sheet(&exhibit.heading, &renderer.words)))
    };
    exhibits.iter().filter_map(sheet).collect()
}

/// Amounts are decimal strings, as in every data file of the site.
fn json_text(title: &str, sheets: &[(String, Sheet)]) -> String {
    let cell = |cell: &SheetCell| match cell {
        SheetCell::Text(text) if text.is_empty() => Value::Null,
        SheetCell::Text(text) | SheetCell::Number(text) => Value::from(text.as_str()),
    };
    let row = |row: &Vec<SheetCell>| Value::from(row.iter().map(cell).collect::<Vec<_>>());
    let tables: Vec<Value> = sheets
        .iter()
        .map(|(id, sheet)| {
            let rows: Vec<Value> = sheet.rows.iter().map(row).collect();
            json!({ "id": id, "title": sheet.name, "caption": sheet.caption, "columns": sheet.heads, "rows": rows })
        })
        .collect();
    json!({ "title": title, "tables": tables }).to_string()
}
