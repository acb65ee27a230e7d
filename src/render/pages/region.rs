//! The page of a region: who disclosed what in which year, what it adds up to, and who spends it.

use rayon::prelude::*;
use serde::Serialize;
use tera::Context;

use crate::assemble::{ExpenditureTotal, RegionNode, Sum};
use crate::chart::{self, Bar};
use crate::model::Kind;
use crate::render::elements::department_list;
use crate::render::elements::exhibit::{Exhibit, ExhibitValues, Link, MOST_ROWS, chart_text};
use crate::render::elements::matrix::matrix;
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::elements::table_files;
use crate::render::page::{Page, Renderer};
use crate::render::wording::figure::Figures;
use crate::render::wording::links;
use crate::render::wording::number::{self, Known};
use crate::render::wording::phrase::Phrase;

/// Writes the pages of all regions and their index.
pub(in crate::render) fn write(renderer: &Renderer<'_>) {
    renderer.site.regions.par_iter().enumerate().for_each(|(index, node)| write_one(renderer, index, node));
    write_index(renderer);
}

fn write_one(renderer: &Renderer<'_>, index: usize, node: &RegionNode) {
    let words = &renderer.words;
    let sentence = sentence(renderer, node);
    let list = department_list::table(
        renderer,
        &node.url,
        words.fill("region.departments_caption", &[("region", &node.name)]),
        &node.all_departments,
        renderer.site.regions.iter().any(|other| other.parent == Some(index)),
    );
    let asked = [
        totals(renderer, node),
        crate::render::elements::region_ranking::ranking(renderer, node),
        classes(renderer, node),
    ];
    let asked: Vec<Exhibit> = asked.into_iter().flatten().collect();
    let mut sheets = vec![("departments".to_owned(), list.sheet(words.get("region.departments"), words))];
    sheets.extend(table_files::of_exhibits(renderer, &asked));
    let downloads = table_files::write(renderer, &node.url, &node.name, &sheets);
    let exhibits: Vec<ExhibitValues> = asked.into_iter().map(|exhibit| exhibit.publish(renderer, &node.url)).collect();
    renderer.file(&format!("{}departments.csv", node.url), list.csv(words));
    let mut context = Context::new();
    context.insert("downloads", &downloads);
    context.insert("name", &node.name);
    context.insert("sentence", &sentence.html());
    context.insert("below", &below(renderer, Some(index), &node.url));
    let first = &node.all_departments[..node.all_departments.len().min(MOST_ROWS)];
    context.insert("matrix", &matrix(renderer, &node.url, first, &node.all_departments));
    context.insert("left_out", &left_out(renderer, node.all_departments.len() - first.len()));
    context.insert("departments", &crate::render::elements::exhibit::shortened(words, list).html());
    context.insert("exhibits", &exhibits);
    let mut above = super::region_path(renderer, node.parent);
    above.insert(0, (words.get("region.index").to_owned(), "regions/".to_owned()));
    let page = Page {
        url: node.url.clone(),
        title: node.name.clone(),
        description: sentence.text(),
        section: "departments",
        dataset: None,
        above,
        tags: vec![("ColumnName", node.name.clone()), ("ColumnType", words.get("department.column_type").to_owned())],
    };
    renderer.page(&page, "region.html", context);
}

/// How many departments the matrix leaves out; empty for none.
fn left_out(renderer: &Renderer<'_>, count: usize) -> String {
    if count == 0 {
        return String::new();
    }
    renderer.words.fill("region.matrix_left_out", &[("count", &number::count(count as u64))])
}

fn write_index(renderer: &Renderer<'_>) {
    let mut context = Context::new();
    let url = "regions/";
    context.insert("regions", &tree(renderer, None, url));
    let title = renderer.words.get("region.index").to_owned();
    let page =
        Page { url: url.to_owned(), description: title.clone(), title, section: "departments", ..Page::default() };
    renderer.page(&page, "regions.html", context);
}

/// How many departments and disclosures there are, and what the best covered year adds up to.
fn sentence(renderer: &Renderer<'_>, node: &RegionNode) -> Phrase {
    let departments = &renderer.site.departments;
    let disclosures: usize = node.all_departments.iter().map(|index| departments[*index].disclosures.len()).sum();
    let values = vec![
        ("region", node.name.as_str().into()),
        ("departments", number::count(node.all_departments.len() as u64).into()),
        ("disclosures", number::count(disclosures as u64).into()),
    ];
    let mut phrase = Phrase::fill(&renderer.words, "region.sentence", values);
    if let Some(total) = node.main_total().filter(|total| total.included > 0) {
        let amount = Figures::new(renderer.site, &renderer.words, "").sum(total.sum.into());
        let values = vec![
            ("year", total.year.to_string().into()),
            ("kind", kind_word(renderer, total.kind).into()),
            ("amount", amount.into()),
            ("included", total.included.to_string().into()),
            ("of", total.of.to_string().into()),
        ];
        phrase.push(Phrase::fill(&renderer.words, "region.total_sentence", values));
    }
    phrase
}

fn sum(renderer: &Renderer<'_>, total: &ExpenditureTotal) -> crate::render::wording::figure::Figure {
    Figures::new(renderer.site, &renderer.words, "").sum(total.sum.into())
}

fn kind_word<'a>(renderer: &'a Renderer<'_>, kind: Kind) -> &'a str {
    renderer.words.get(match kind {
        Kind::Budget => "kind.budget",
        Kind::Final => "kind.final",
    })
}

/// The regions directly below one, with their numbers of departments.
fn below(renderer: &Renderer<'_>, parent: Option<usize>, page: &str) -> Vec<Link> {
    let regions = renderer.site.regions.iter().filter(|node| node.parent == parent);
    let link = |node: &RegionNode| Link {
        label: renderer
            .words
            .fill("region.with_count", &[("name", &node.name), ("count", &node.all_departments.len().to_string())]),
        href: links::href(page, &node.url),
    };
    regions.map(link).collect()
}

/// A region with those below it.
#[derive(Debug, Serialize)]
pub(super) struct Branch {
    depth: usize,
    link: Link,
}

/// All regions in depth-first order.
pub(super) fn tree(renderer: &Renderer<'_>, parent: Option<usize>, page: &str) -> Vec<Branch> {
    let mut branches = Vec::new();
    push_branches(renderer, parent, 0, page, &mut branches);
    branches
}

fn push_branches(renderer: &Renderer<'_>, parent: Option<usize>, depth: usize, page: &str, branches: &mut Vec<Branch>) {
    let children = renderer.site.regions.iter().enumerate().filter(|(_, node)| node.parent == parent);
    for ((index, _), link) in children.zip(below(renderer, parent, page)) {
        branches.push(Branch { depth, link });
        push_branches(renderer, Some(index), depth + 1, page, branches);
    }
}

/// What the departments spend together, by year and kind.
fn totals(renderer: &Renderer<'_>, node: &RegionNode) -> Option<Exhibit> {
    let words = &renderer.words;
    let row = |total: &ExpenditureTotal| {
        let values = [("year", total.year.to_string()), ("kind", kind_word(renderer, total.kind).to_owned())];
        let period = words.fill("department.period", &[("year", &values[0].1), ("kind", &values[1].1)]);
        let coverage = [("included", total.included.to_string()), ("of", total.of.to_string())];
        let coverage = words.fill("region.coverage", &[("included", &coverage[0].1), ("of", &coverage[1].1)]);
        Row::new(vec![Cell::Text(period), Cell::Amount(sum(renderer, total)), Cell::Text(coverage)])
    };
    if node.totals.is_empty() {
        return None;
    }
    Some(Exhibit {
        id: "totals",
        heading: words.get("region.totals").to_owned(),
        table: Some(Table {
            id: "totals-table".to_owned(),
            caption: words.fill("region.totals_caption", &[("region", &node.name)]),
            columns: vec![
                Column::short(words.get("column.year")),
                Column::amounts(words.get("column.expenditure_total")),
                Column::short(words.get("column.coverage")),
            ],
            rows: node.totals.iter().map(row).collect(),
            sortable: false,
        }),
        notes: vec![words.get("region.totals_note").to_owned()],
        ..Exhibit::default()
    })
}

/// Code and name of a class, leading to its page.
fn class_cell(renderer: &Renderer<'_>, page: &str, class: &crate::assemble::ClassTotal) -> Cell {
    let text = format!("{} {}", class.code, class.name);
    match crate::render::pages::code::function_href(renderer, page, &class.code) {
        Some(href) => Cell::Link { text, href },
        None => Cell::Text(text),
    }
}

/// What the best covered year is spent on, by functional class.
fn classes(renderer: &Renderer<'_>, node: &RegionNode) -> Option<Exhibit> {
    let words = &renderer.words;
    let total = node.main_total().filter(|total| !total.classes.is_empty())?;
    let yuan = total.classes.iter().map(|class| class.sum.yuan).sum();
    let whole = Known { yuan, quantum: total.sum.quantum };
    let share = |sum: Sum| number::share(words, sum.into(), whole);
    let bars: Vec<Bar> = total
        .classes
        .iter()
        .map(|class| Bar {
            name: class.name.to_string(),
            value: chart::Value::printed(class.sum.yuan, number::brief(class.sum.into()).0),
            share: share(class.sum),
            note: None,
        })
        .collect();
    let (year, kind) = (total.year.to_string(), kind_word(renderer, total.kind));
    let values = [("region", node.name.as_str()), ("year", &year), ("kind", kind)];
    let title = words.fill("region.classes_title", &values);
    let source =
        words.fill("region.coverage", &[("included", &total.included.to_string()), ("of", &total.of.to_string())]);
    let subtitle = words.fill("region.classes_subtitle", &values);
    let text = chart_text(&renderer.words, "classes", title.clone(), subtitle, source, title.clone());
    let row = |class: &crate::assemble::ClassTotal| {
        Row::new(vec![
            class_cell(renderer, &node.url, class),
            Cell::Amount(Figures::new(renderer.site, words, "").sum(class.sum.into())),
            share(class.sum).map_or(Cell::Blank, Cell::Number),
            Cell::Number(class.included.to_string()),
        ])
    };
    Some(Exhibit {
        id: "classes",
        heading: words.get("region.classes").to_owned(),
        chart_title: title,
        chart: chart::ranking(&text, &bars),
        table: Some(Table {
            id: "classes-table".to_owned(),
            caption: words.fill("region.classes_caption", &values),
            columns: vec![
                Column::words(words.get("column.function")),
                Column::amounts(words.get("column.amount")),
                Column::numbers(words.get("column.share")),
                Column::numbers(words.get("column.departments")),
            ],
            rows: total.classes.iter().map(row).collect(),
            sortable: true,
        }),
        ..Exhibit::default()
    })
}
