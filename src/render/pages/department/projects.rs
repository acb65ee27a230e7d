//! The projects of a department's newest disclosure.

use std::cmp::Reverse;

use super::scene::Scene;
use crate::assemble::{Absence, Sourced};
use crate::chart::{self, Bar};
use crate::model::{Project, StatementKind};
use crate::render::elements::exhibit::{Exhibit, chart_text, chart_value};
use crate::render::elements::table::{Cell, Column, Row, Table};
use crate::render::wording::sentence::{Item, fits};
use crate::render::wording::words::Words;
use crate::render::wording::{links, number};

/// The projects by amount, each leading to its targets.
pub(super) fn projects(scene: Scene<'_>) -> Option<Exhibit> {
    let projects = &scene.published.disclosure.projects;
    if projects.is_empty() {
        return None;
    }
    let mut ordered: Vec<(usize, &Project)> = projects.iter().enumerate().collect();
    ordered.sort_by_key(|(_, project)| Reverse(yuan(project)));
    let items: Vec<Item> = ordered
        .iter()
        .filter_map(|(_, project)| Some(Item { name: project.name.to_string(), value: scene.sourced(&project.total)? }))
        .collect();
    // Projects that are more than their total make no shares of it.
    let total = scene.sourced(&scene.published.disclosure.figures.project).filter(|total| fits(&items, total));
    let sentence = scene.sentences.projects(projects.len(), total.as_ref(), &items);
    let chart_title = scene.words("department.projects_title", &[("count", &projects.len().to_string())]);
    let subtitle = scene.words("department.projects_subtitle", &[("edition", &scene.edition())]);
    let text = chart_text(
        &scene.renderer.words,
        "projects",
        chart_title.clone(),
        subtitle,
        scene.published.title.clone(),
        sentence.text(),
    );
    let bars: Vec<Bar> = items.iter().map(|item| bar(&scene.renderer.words, item, total.as_ref())).collect();
    Some(Exhibit {
        id: "projects",
        heading: scene.word("department.projects").to_owned(),
        sentence,
        chart_title,
        // One bar shows nothing that the sentence does not say.
        chart: if bars.len() > 1 { chart::ranking(&text, &bars) } else { None },
        table: Some(table(scene, &ordered, total.as_ref())),
        source: scene.source(&[StatementKind::Projects, StatementKind::ProjectPerformance]),
        ..Exhibit::default()
    })
}

fn yuan(project: &Project) -> Option<rust_decimal::Decimal> {
    project.total.as_ref().map(|amount| amount.yuan)
}

fn bar(words: &Words, item: &Item, total: Option<&Sourced>) -> Bar {
    let share = total.and_then(|total| number::share(words, (&item.value.amount).into(), (&total.amount).into()));
    Bar { name: item.name.clone(), value: chart_value(Some(&item.value.amount)), share, note: None }
}

fn table(scene: Scene<'_>, projects: &[(usize, &Project)], total: Option<&Sourced>) -> Table {
    let row = |(index, project): &(usize, &Project)| {
        let listed = &scene.renderer.site.projects;
        let found = listed.binary_search_by_key(&(scene.newest, *index), |listed| (listed.disclosure, listed.project));
        let name = match found {
            Ok(place) => {
                let href = links::href(&scene.department.url, &listed[place].url);
                Cell::Link { text: project.name.to_string(), href }
            }
            Err(_) => Cell::Text(project.name.to_string()),
        };
        let amount = scene.sourced(&project.total);
        let share = amount.as_ref().zip(total).and_then(|(part, whole)| {
            number::share(&scene.renderer.words, (&part.amount).into(), (&whole.amount).into())
        });
        Row::new(vec![
            name,
            Cell::Text(project.category.to_string()),
            Cell::Text(project.unit.to_string()),
            Cell::Amount(scene.figures.or_absent(amount.as_ref(), Absence::NotTold)),
            share.map_or(Cell::Blank, Cell::Number),
            Cell::Number(project.indicators.len().to_string()),
        ])
    };
    let mut table = Table {
        id: "projects-table".to_owned(),
        caption: scene.words("department.projects_caption", &[("edition", &scene.edition())]),
        columns: vec![
            Column::words(scene.word("column.project_name")),
            Column::short(scene.word("column.category")),
            Column::words(scene.word("column.unit_name")),
            Column::amounts(scene.word("column.amount")),
            Column::numbers(scene.word("column.share")),
            Column::numbers(scene.word("column.indicators")),
        ],
        rows: projects.iter().map(row).collect(),
        sortable: true,
    };
    table.drop_empty_columns();
    table.drop_constant_column(scene.word("column.unit_name"));
    table
}
