//! Rendering: a [`crate::assemble::Site`] to pages. Templates and static files come from a theme; numbers, sentences
//! and tables are written here, from values that were computed before.
//!
//! [`pages`] are made of [`elements`], and those of [`wording`]; the frame around every page is [`page`].

mod builtin;
pub mod elements;
mod folder;
#[cfg(test)]
mod language_tests;
mod page;
mod pages;
#[cfg(test)]
pub(crate) mod samples;
mod supply;
#[cfg(test)]
mod tests;
mod theme;
pub mod wording;

pub use page::{Page, Renderer};
pub use pages::{Gathered, Part};
pub use supply::{PageBasis, PageSupply};
pub use theme::{THEME_FOLDERS, Theme};
pub use wording::words::Words;

use crate::assemble::Site;
use crate::config::SiteConfig;
use crate::diagnostic::Diagnostic;
use crate::output::Output;
use pages::{write_departments, write_site};
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
