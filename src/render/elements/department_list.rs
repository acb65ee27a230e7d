//! Departments in tables: the full list, and the lists of regions and of the home page.

use crate::assemble::{Department, absence};
use crate::model::StatementKind;
use crate::render::elements::check_counts::CheckCounts;
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::page::Renderer;
use crate::render::wording::figure::Figures;
use crate::render::wording::links;
use crate::render::wording::sentence::Sentences;

/// A sortable table of departments with the figures of their newest disclosure.
pub(in crate::render) fn table(
    renderer: &Renderer<'_>,
    page: &str,
    caption: String,
    departments: &[usize],
    region: bool,
) -> Table {
    let words = &renderer.words;
    let mut columns = vec![Column::words(words.get("column.department"))];
    if region {
        columns.push(Column::short(words.get("column.region")));
    }
    columns.extend([
        Column::short(words.get("column.edition")),
        Column::amounts(words.get("column.expenditure_total")),
        Column::amounts(words.get("column.basic")),
        Column::amounts(words.get("column.project")),
        Column::amounts(words.get("column.three_public")),
        Column::short(words.get("column.checks")),
    ]);
    let rows =
        departments.iter().map(|index| row(renderer, page, &renderer.site.departments[*index], region)).collect();
    Table { id: "departments-table".to_owned(), caption, columns, rows, sortable: true }
}

fn row(renderer: &Renderer<'_>, page: &str, department: &Department, region: bool) -> Row {
    let site = renderer.site;
    let figures = Figures::new(site, &renderer.words, page);
    let mut cells = vec![Cell::Link { text: department.name.clone(), href: links::href(page, &department.url) }];
    if region {
        cells.push(match department.region_node.map(|node| &site.regions[node]) {
            Some(node) => Cell::Link { text: node.name.clone(), href: links::href(page, &node.url) },
            None => Cell::Blank,
        });
    }
    let Some(index) = department.disclosures.first().copied() else { return Row::new(cells) };
    let published = &site.disclosures[index];
    let headline = &published.disclosure.figures;
    cells.push(Cell::Link { text: edition(renderer, index), href: links::href(page, &published.url) });
    for amount in [&headline.expenditure_total, &headline.basic, &headline.project] {
        cells.push(Cell::Amount(match amount {
            Some(amount) => figures.amount(index, amount),
            None => figures.absent(absence(&published.disclosure, &[StatementKind::Expenditure])),
        }));
    }
    cells.push(Cell::Amount(match department.three_public_total(&published.disclosure) {
        Some(total) => figures.of(total),
        None => figures.absent(absence(&published.disclosure, &[StatementKind::ThreePublic])),
    }));
    cells.push(Cell::Text(CheckCounts::new(&renderer.words, published.ledger.counts).text()));
    Row { class: if department.part_of.is_some() { "part" } else { "" }, cells, ..Row::default() }
}

/// 「2025年部门预算」; what the document does not tell is left out.
pub(in crate::render) fn edition(renderer: &Renderer<'_>, disclosure: usize) -> String {
    let words = &renderer.words;
    let identity = &renderer.site.disclosures[disclosure].disclosure.identity;
    let sentences = Sentences { words, figures: Figures::new(renderer.site, words, "") };
    let year = identity.year.map(|year| words.fill("department.year", &[("year", &year.to_string())]));
    let year = year.unwrap_or_default();
    match identity.kind {
        Some(kind) => {
            let values =
                [("year", year.as_str()), ("level", sentences.level(identity.level)), ("kind", sentences.kind(kind))];
            words.fill("department.edition", &values)
        }
        None => words.fill("department.edition_unknown", &[("year", &year)]),
    }
}
