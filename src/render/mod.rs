//! Rendering: a [`crate::assemble::Site`] to pages. Templates and static files come from a theme; numbers, sentences
//! and tables are written here, from values that were computed before.

pub mod amount_text;
mod builtin;
mod changes_page;
pub mod checks;
mod checks_page;
mod code_page;
mod compare_page;
mod data_page;
mod dataset;
mod department_list;
mod department_page;
mod departments_page;
mod disclosure_page;
pub mod escape;
pub mod exhibit;
mod feed;
pub mod figure;
pub mod finding_card;
mod fixed_pages;
mod folder;
mod gathered;
mod glossary;
mod glossary_page;
mod home_page;
#[cfg(test)]
mod language_tests;
pub mod links;
mod markdown;
mod matrix;
pub mod narrative;
pub mod number;
mod page;
mod page_files;
mod passages;
pub mod phrase;
pub mod places;
mod projects_page;
mod region_page;
mod region_ranking;
#[cfg(test)]
pub(crate) mod samples;
pub mod sentence;
pub mod source_page;
pub mod statement_csv;
pub mod statement_table;
mod status_page;
mod supply;
pub mod table;
#[cfg(test)]
mod tests;
mod text_page;
mod theme;
mod three_public_page;
mod three_public_ranking;
mod words;

pub use gathered::{Gathered, Part};
pub use page::{Page, Renderer};
pub use supply::{PageBasis, PageSupply};
pub use theme::{THEME_FOLDERS, Theme};
pub use words::Words;

use crate::assemble::Site;
use crate::config::SiteConfig;
use crate::diagnostic::Diagnostic;
use crate::output::Output;
use places::Places;
use supply::AllMade;

/// Renders all pages of a site that is held as a whole, and copies the theme's static files. Returns what went wrong on
/// the way, in order of display.
pub fn render(config: &SiteConfig, theme: &Theme, site: &Site, output: &dyn Output) -> Vec<Diagnostic> {
    let renderer = Renderer::new(config, theme, site, output);
    let mut gathered = Gathered::new(site.rules);
    write_departments(&renderer).into_iter().enumerate().for_each(|(index, part)| gathered.add(index, part));
    write_site(&renderer, gathered, &AllMade(output));
    renderer.into_diagnostics()
}

/// Renders what belongs to a department alone: its disclosures with their sources, its projects, its numbers to compare.
/// `site` is the department with its disclosures in full ([`crate::assemble::alone`]). Returns what the pages of the
/// whole site need of each disclosure, and what went wrong.
pub fn render_alone(renderer: &Renderer<'_>, site: &Site, output: &dyn Output) -> (Vec<Part>, Vec<Diagnostic>) {
    let renderer = renderer.of_site(site, output);
    let parts = write_departments(&renderer);
    (parts, renderer.into_diagnostics())
}

/// Renders the pages of departments and of the whole site, for which disclosures may be
/// [light](crate::assemble::PublishedDisclosure::lighten), and copies the theme's static files. `pages` supplies those
/// that may be taken over. Returns what went wrong.
pub fn render_site(
    renderer: &Renderer<'_>,
    site: &Site,
    output: &dyn Output,
    gathered: Gathered,
    pages: &dyn PageSupply,
) -> Vec<Diagnostic> {
    let renderer = renderer.of_site(site, output);
    write_site(&renderer, gathered, pages);
    renderer.into_diagnostics()
}

fn write_departments(renderer: &Renderer<'_>) -> Vec<Part> {
    projects_page::write_departments(renderer);
    compare_page::write_departments(renderer);
    // One after the other: departments are worked on side by side, and each holds its disclosures in memory until they
    // are written.
    let disclosures = renderer.site.disclosures.iter().enumerate();
    let parts = disclosures.map(|(index, published)| {
        let places = Places::new(&published.disclosure, &published.ledger.findings);
        disclosure_page::write(renderer, index, &places);
        Part::new(&renderer.words, published, &places)
    });
    parts.collect()
}

fn write_site(renderer: &Renderer<'_>, gathered: Gathered, pages: &dyn PageSupply) {
    for (name, bytes) in &renderer.theme().files {
        renderer.file(&format!("static/{name}"), bytes.to_vec());
    }
    home_page::write(renderer);
    region_page::write(renderer);
    departments_page::write(renderer);
    department_page::write(renderer, pages);
    three_public_page::write(renderer);
    projects_page::write(renderer);
    code_page::write(renderer, pages);
    status_page::write(renderer);
    changes_page::write(renderer, &gathered.answers());
    feed::write(renderer);
    glossary_page::write(renderer);
    compare_page::write(renderer);
    data_page::write(renderer);
    fixed_pages::write(renderer);
    text_page::write(renderer);
    checks_page::write(renderer, gathered.checks, pages);
}

/// The breadcrumbs of a region's pages and of what lies in it: the regions above, from the largest, and the region.
fn region_path(renderer: &Renderer<'_>, region: Option<usize>) -> Vec<(String, String)> {
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
