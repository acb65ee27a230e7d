//! The page of a department, the product's face: its newest year in a sentence and a few large figures, then one
//! exhibit for each question, then what it published.

mod comparison;
mod functions;
mod funding;
mod head;
mod movement;
mod nature;
mod peers;
mod projects;
mod published;
mod scene;
mod surroundings;
mod three_public;
mod trend;
mod whole;

use rayon::prelude::*;
use tera::Context;

use crate::render::elements::dataset;
use crate::render::elements::exhibit::Exhibit;
use crate::render::elements::table_files;
use crate::render::page::{Page, Renderer};
use crate::render::supply::{PageBasis, PageSupply, bytes, supply_of};
use scene::Scene;
use surroundings::Neighbours;

/// Supplies the pages of all departments.
pub(super) fn write(renderer: &Renderer<'_>, pages: &dyn PageSupply) {
    let neighbours = Neighbours::new(renderer);
    (0..renderer.site.departments.len()).into_par_iter().for_each(|department| {
        let surroundings = neighbours.of(renderer, department);
        let url = &renderer.site.departments[department].url;
        let page = PageBasis { url, department: Some(department), values: &bytes(&surroundings) };
        supply_of(renderer, pages, page, &|own| {
            Scene::new(own, department, &surroundings).into_iter().for_each(write_one);
        });
    });
}

fn write_one(scene: Scene<'_>) {
    let url = &scene.department.url;
    let first = scene.sentences.totals(&scene.department.name, scene.published, &scene.department.trend);
    let asked = exhibits(scene);
    let files: Vec<(String, String)> = asked
        .iter()
        .filter(|exhibit| exhibit.table.is_some())
        .map(|exhibit| (exhibit.heading.clone(), format!("{}.csv", exhibit.id)))
        .collect();
    let title = format!("{} {}", scene.department.name, scene.edition());
    let (exhibits, downloads) = table_files::publish(scene.renderer, url, &title, asked);
    let mut context = Context::new();
    context.insert("department", &head::values(scene, &first));
    context.insert("exhibits", &exhibits);
    context.insert("downloads", &downloads);
    context.insert("published", &published::values(scene));
    scene.renderer.file(&format!("{url}card.svg"), head::card_file(scene));
    scene.renderer.page(&page(scene, first.text(), &files), "department.html", context);
}

/// The questions in the order in which every department answers them.
fn exhibits(scene: Scene<'_>) -> Vec<Exhibit> {
    let exhibits = [
        functions::functions(scene),
        nature::nature(scene),
        funding::funding(scene),
        trend::trend(scene),
        movement::movement(scene),
        comparison::comparison(scene),
        Some(three_public::three_public(scene)),
        projects::projects(scene),
        published::units(scene),
        peers::peers(scene),
    ];
    exhibits.into_iter().flatten().collect()
}

fn page(scene: Scene<'_>, description: String, files: &[(String, String)]) -> Page {
    let name = &scene.department.name;
    Page {
        dataset: Some(dataset::of_department(scene.renderer, scene.department, scene.region(), &description, files)),
        url: scene.department.url.clone(),
        title: name.clone(),
        tags: vec![
            ("ColumnName", name.clone()),
            ("ColumnDescription", description.clone()),
            ("ColumnKeywords", scene.words("department.keywords", &[("name", name)])),
            ("ColumnType", scene.word("department.column_type").to_owned()),
        ],
        description,
        section: "departments",
        above: scene.surroundings.regions.clone(),
    }
}
