//! A whole site from shards.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::departments::work_on_all;
use super::key::Basis;
use super::pace::Counted;
use super::page_supply::KeptPages;
use super::shards::Shelf;
use super::whole::{finish, plan, tell};
use super::{BuildReport, Pace, SiteFolder, Stage, prepare};
use crate::assemble::{self, Site};
use crate::diagnostic::{Diagnostic, Severity};
use crate::output::Output;
use crate::read::Stamps;
use crate::render::Renderer;

/// Makes a site of shards: the departments' own pages are taken over, and the pages of the whole site, the search index
/// and the data files are made of what the shards tell. The files are those of one build of all documents.
///
/// Of the site's folder only the configuration, words, rules and looks are read.
pub fn join_at(folder: &SiteFolder, shards: &[PathBuf], output: &dyn Output, pace: &Pace) -> BuildReport {
    let mut report = BuildReport::default();
    let Some((_, rules, theme)) = prepare(folder, &mut report) else { return report };
    let mut config = report.config.clone();
    let output: &dyn Output = &Counted { output, pace };
    pace.begin(Stage::Read, 0);
    let basis = Basis::of(folder, &Stamps::default()).ok_or_else(Vec::new);
    let opened = report.timed(Stage::Read, || basis.and_then(|basis| Shelf::open(shards, basis)));
    let shelf = match opened {
        Ok(shelf) => shelf,
        Err(problems) => {
            report.stop(problems);
            return report;
        }
    };
    let mut site = plan(&mut config, rules, &shelf.documents.sets, &mut report);
    let nothing = Site { rules, ..Site::default() };
    let renderer = Renderer::new(&config, &theme, &nothing, output);
    pace.begin(Stage::Read, site.disclosures.len());
    let supply = shelf.supply(&config.audit.waivers, output);
    let ranges = assemble::ranges(&site);
    let worked = work_on_all(&supply, ranges, &mut site, &config.audit.waivers, pace, &mut report);
    if report.diagnostics.iter().any(|said| said.severity == Severity::Error) {
        report.stop(Vec::new());
        return report;
    }
    site.diagnostics.extend(shelf.documents.diagnostics.iter().cloned());
    let pages = KeptPages::new(output, None, BTreeMap::new());
    let answered = finish(renderer, &config, &mut site, worked, pages, pace, &mut report);
    report.diagnostics.extend(shelf.left_out());
    report.content_files = content_files(&shelf, &site.diagnostics);
    tell(&config, site, &answered, &mut report);
    report
}

fn content_files(shelf: &Shelf, said: &[Diagnostic]) -> Vec<Arc<str>> {
    let mut files: Vec<Arc<str>> = shelf.documents.files.iter().map(|file| Arc::from(file.as_str())).collect();
    files.extend(said.iter().filter_map(|said| Some(said.span.as_ref()?.file.clone())));
    files.sort();
    files.dedup();
    files
}
