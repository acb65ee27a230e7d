//! Projects: one list over all departments, and for each department a page with the funding and targets of each.

use std::cmp::Reverse;

use serde::Serialize;
use tera::Context;

use crate::assemble::{Absence, Department, ListedProject};
use crate::model::{IndicatorKind, Place, Project};
use crate::render::elements::department_list::edition;
use crate::render::elements::exhibit::Link;
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::elements::table_files;
use crate::render::page::{Page, Renderer};
use crate::render::wording::figure::Figures;
use crate::render::wording::words::Words;
use crate::render::wording::{links, number};

const URL: &str = "projects/";
/// More rows than this make a page slow; `data/projects.csv` has all.
const LONGEST_LIST: usize = 1000;

/// Writes the pages of the departments.
pub(super) fn write_departments(renderer: &Renderer<'_>) {
    renderer.site.departments.iter().for_each(|department| write_department(renderer, department));
}

fn project<'a>(renderer: &Renderer<'a>, listed: &ListedProject) -> &'a Project {
    &renderer.site.disclosures[listed.disclosure].disclosure.projects[listed.project]
}

/// Writes the list.
pub(super) fn write(renderer: &Renderer<'_>) {
    let words = &renderer.words;
    let newest = |listed: &&ListedProject| {
        let department = &renderer.site.departments[renderer.site.disclosures[listed.disclosure].department];
        department.disclosures.first() == Some(&listed.disclosure)
    };
    let mut listed: Vec<&ListedProject> = renderer.site.projects.iter().filter(newest).collect();
    let all = listed.len();
    listed.sort_by_key(|listed| Reverse(project(renderer, listed).total.as_ref().map(|amount| amount.yuan)));
    listed.truncate(LONGEST_LIST);
    let mut table = Table {
        id: "projects-table".to_owned(),
        caption: words.get("projects.caption").to_owned(),
        columns: vec![
            Column::words(words.get("column.project_name")),
            Column::words(words.get("column.department")),
            Column::short(words.get("column.edition")),
            Column::short(words.get("column.category")),
            Column::amounts(words.get("column.amount")),
            Column::numbers(words.get("column.indicators")),
        ],
        rows: listed.iter().map(|listed| list_row(renderer, listed)).collect(),
        sortable: true,
    };
    table.drop_empty_columns();
    let title = words.get("projects.title").to_owned();
    let mut context = Context::new();
    context.insert("downloads", &table_files::of_table(renderer, URL, &title, ("projects", &table)));
    context.insert("table", &table.html());
    let shown = (all > listed.len()).then(|| words.fill("projects.shown", &[("count", &listed.len().to_string())]));
    context.insert("shown", &shown);
    let description = words.fill("projects.description", &[("count", &number::count(all as u64))]);
    let page = Page { url: URL.to_owned(), title, description, section: "projects", ..Page::default() };
    renderer.page(&page, "projects.html", context);
}

fn list_row(renderer: &Renderer<'_>, listed: &ListedProject) -> Row {
    let figures = Figures::new(renderer.site, &renderer.words, URL);
    let published = &renderer.site.disclosures[listed.disclosure];
    let department = &renderer.site.departments[published.department];
    let project = project(renderer, listed);
    let link = |text: &str, url: &str| Cell::Link { text: text.to_owned(), href: links::href(URL, url) };
    Row::new(vec![
        link(&project.name, &listed.url),
        link(&department.name, &department.url),
        link(&edition(renderer, listed.disclosure), &published.url),
        Cell::Text(project.category.to_string()),
        Cell::Amount(match &project.total {
            Some(amount) => figures.amount(listed.disclosure, amount),
            None => figures.absent(Absence::NotTold),
        }),
        Cell::Number(project.indicators.len().to_string()),
    ])
}

/// The projects of one disclosure.
#[derive(Debug, Serialize)]
struct EditionValues {
    title: String,
    href: String,
    projects: Vec<ProjectValues>,
}

#[derive(Debug, Serialize)]
struct ProjectValues {
    id: String,
    name: String,
    code: String,
    category: String,
    unit: String,
    amount: String,
    funding: Vec<Funding>,
    groups: Vec<IndicatorGroup>,
    source: Link,
    /// The same project in other disclosures of the department.
    others: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct Funding {
    label: String,
    amount: String,
}

#[derive(Debug, Serialize)]
struct IndicatorGroup {
    label: String,
    indicators: Vec<IndicatorValues>,
}

#[derive(Debug, Serialize)]
struct IndicatorValues {
    name: String,
    target: String,
    href: String,
}

fn write_department(renderer: &Renderer<'_>, department: &Department) {
    let listed: Vec<&ListedProject> =
        renderer.site.projects.iter().filter(|one| department.disclosures.contains(&one.disclosure)).collect();
    if listed.is_empty() {
        return;
    }
    let url = format!("{URL}{}/", department.slug);
    let editions = department.disclosures.iter().filter_map(|index| {
        let published = &renderer.site.disclosures[*index];
        let of_edition = listed.iter().filter(|one| one.disclosure == *index);
        let projects: Vec<ProjectValues> = of_edition.map(|one| values(renderer, &url, one, &listed)).collect();
        let href = links::href(&url, &published.url);
        (!projects.is_empty()).then(|| EditionValues { title: published.title.clone(), href, projects })
    });
    let mut context = Context::new();
    context.insert("editions", &editions.collect::<Vec<_>>());
    let words = &renderer.words;
    let page = Page {
        title: words.fill("projects.department_title", &[("name", &department.name)]),
        description: words.fill("projects.department_description", &[("name", &department.name)]),
        url,
        section: "projects",
        above: vec![
            (words.get("projects.title").to_owned(), URL.to_owned()),
            (department.name.clone(), department.url.clone()),
        ],
        ..Page::default()
    };
    renderer.page(&page, "department_projects.html", context);
}

fn values(renderer: &Renderer<'_>, url: &str, listed: &ListedProject, all: &[&ListedProject]) -> ProjectValues {
    let figures = Figures::new(renderer.site, &renderer.words, url);
    let published = &renderer.site.disclosures[listed.disclosure];
    let own = project(renderer, listed);
    let amount = match &own.total {
        Some(amount) => figures.amount(listed.disclosure, amount).html_with_unit(),
        None => figures.absent(Absence::NotTold).html(),
    };
    let funding =
        own.funding.iter().filter(|(.., amount)| !amount.yuan.is_zero()).map(|(fund, carried, amount)| Funding {
            label: renderer.words.fund(fund, *carried),
            amount: figures.amount(listed.disclosure, amount).html_with_unit(),
        });
    let is_same = |other: &Project| other.name == own.name || (!own.code.is_empty() && other.code == own.code);
    let others = all.iter().filter(|other| other.disclosure != listed.disclosure && is_same(project(renderer, other)));
    let line = own.place.line.to_string();
    ProjectValues {
        id: listed.url.rsplit('#').next().unwrap_or_default().to_owned(),
        name: own.name.to_string(),
        code: own.code.to_string(),
        category: own.category.to_string(),
        unit: own.unit.to_string(),
        amount,
        funding: funding.collect(),
        groups: groups(&renderer.words, own, |place| links::source_href(url, published, place)),
        source: Link {
            label: renderer.words.fill("place.line", &[("line", &line)]),
            href: links::source_href(url, published, own.place),
        },
        others: others
            .map(|other| Link { label: edition(renderer, other.disclosure), href: links::href(url, &other.url) })
            .collect(),
    }
}

/// The targets by kind, in the order in which documents print the kinds.
fn groups(words: &Words, project: &Project, href: impl Fn(Place) -> String) -> Vec<IndicatorGroup> {
    let group = |kind: IndicatorKind| {
        let of_kind = project.indicators.iter().filter(|indicator| indicator.kind == kind);
        let indicators: Vec<IndicatorValues> = of_kind
            .map(|indicator| IndicatorValues {
                name: indicator.name.to_string(),
                target: indicator.target.to_string(),
                href: href(indicator.place),
            })
            .collect();
        (!indicators.is_empty())
            .then(|| IndicatorGroup { label: words.among("indicator", kind.word()).to_owned(), indicators })
    };
    IndicatorKind::ALL.into_iter().filter_map(group).collect()
}
