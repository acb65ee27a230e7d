//! Pages: each file writes one kind of page, from what was assembled. What they have in common are the
//! [elements](super::elements).

mod changes;
mod checks;
mod code;
mod compare;
mod data;
mod department;
mod departments;
mod disclosure;
mod feed;
mod fixed;
mod gathered;
mod glossary;
mod home;
mod projects;
pub(super) mod region;
mod source;
mod status;
mod text;
mod three_public;

pub use gathered::{Gathered, Part};

use super::page::Renderer;
use super::supply::PageSupply;
use super::wording::places::Places;

/// Writes what belongs to a department alone. Returns what the pages of the whole site need of each disclosure.
pub(super) fn write_departments(renderer: &Renderer<'_>) -> Vec<Part> {
    projects::write_departments(renderer);
    compare::write_departments(renderer);
    // One after the other: departments are worked on side by side, and each holds its disclosures in memory until they
    // are written.
    let disclosures = renderer.site.disclosures.iter().enumerate();
    let parts = disclosures.map(|(index, published)| {
        let places = Places::new(&published.disclosure, &published.ledger.findings);
        disclosure::write(renderer, index, &places);
        Part::new(&renderer.words, published, &places)
    });
    parts.collect()
}

/// Writes the pages of departments and of the whole site, and the theme's static files.
pub(super) fn write_site(renderer: &Renderer<'_>, gathered: Gathered, pages: &dyn PageSupply) {
    for (name, bytes) in &renderer.theme().files {
        renderer.file(&format!("static/{name}"), bytes.to_vec());
    }
    home::write(renderer);
    region::write(renderer);
    departments::write(renderer);
    department::write(renderer, pages);
    three_public::write(renderer);
    projects::write(renderer);
    code::write(renderer, pages);
    status::write(renderer);
    changes::write(renderer, &gathered.answers());
    feed::write(renderer);
    glossary::write(renderer);
    compare::write(renderer);
    data::write(renderer);
    fixed::write(renderer);
    text::write(renderer);
    checks::write(renderer, gathered.checks, pages);
}

/// The breadcrumbs of a region's pages and of what lies in it: the regions above, from the largest, and the region.
pub(super) fn region_path(renderer: &Renderer<'_>, region: Option<usize>) -> Vec<(String, String)> {
    let mut path = Vec::new();
    let mut next = region;
    while let Some(index) = next {
        let node = &renderer.site.regions[index];
        path.push((node.name.clone(), node.url.clone()));
        next = node.parent;
    }
    path.reverse();
    path
}
