//! A whole site from a content folder, and the last steps of a site whatever its departments come from.

use super::departments::{Worked, work_on_all};
use super::identify::{self, Set};
use super::pace::Counted;
use super::page_supply::KeptPages;
use super::portions::Portions;
use super::workshop::Workshop;
use super::{BuildReport, Cache, First, Pace, SiteFolder, Stage, failed, prepare, today};
use crate::assemble::{self, Site};
use crate::audit::{self, Rules};
use crate::config::SiteConfig;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::output::Output;
use crate::render::{self, Renderer};
use crate::vocabulary::Vocabulary;
use crate::{export, search};

/// Builds a site into an output.
pub fn build(folder: &SiteFolder, output: &dyn Output) -> BuildReport {
    build_at(folder, output, &Pace::default(), None, None)
}

/// Builds a site into an output, telling its pace. With a cache, a department that has not changed since the build that
/// filled it is taken from there; the files are the same as without, and with departments that come first.
///
/// Disclosures are held in full only while their department is worked on: [`identify`] finds out what belongs together,
/// the [`Workshop`] reads, checks and renders one department after the other and keeps little of each, and what is left
/// is rendered from that.
pub fn build_at(
    folder: &SiteFolder,
    output: &dyn Output,
    pace: &Pace,
    cache: Option<&Cache>,
    first: Option<&First<'_>>,
) -> BuildReport {
    let mut report = BuildReport::default();
    let Some((own, rules, theme)) = prepare(folder, &mut report) else { return report };
    let vocabulary = own.as_ref().unwrap_or_else(|| Vocabulary::builtin());
    let mut config = report.config.clone();
    let output: &dyn Output = &Counted { output, pace };
    pace.begin(Stage::Read, 0);
    let identified = report.timed(Stage::Read, || identify::identify(vocabulary, &folder.content, cache));
    let mut site = plan(&mut config, rules, &identified.sets, &mut report);
    let nothing = Site { rules, ..Site::default() };
    let renderer = Renderer::new(&config, &theme, &nothing, output);
    let workshop = Workshop::new(&config, vocabulary, folder, &identified, &renderer, output);
    let workshop = Workshop { cache, first, ..workshop };
    pace.begin(Stage::Recognize, identified.sets.len());
    let ranges = assemble::ranges(&site);
    let mut worked = work_on_all(&workshop, ranges, &mut site, &config.audit.waivers, pace, &mut report);
    site.diagnostics.extend(identified.diagnostics);
    let pages = KeptPages::new(output, cache, std::mem::take(&mut worked.names));
    let answered = finish(renderer, &config, &mut site, worked, pages, pace, &mut report);
    report.diagnostics.extend(cache.and_then(Cache::finish));
    report.content_files = identified.content.files(&site.diagnostics);
    tell(&config, site, &answered, &mut report);
    report
}

/// Plans a site of sets of documents, whose answers to findings join those of the configuration.
pub(super) fn plan(config: &mut SiteConfig, rules: &'static Rules, sets: &[Set], report: &mut BuildReport) -> Site {
    config.audit.waivers.extend(sets.iter().flat_map(|set| set.waivers.iter().cloned()));
    report.counts.sources = sets.iter().map(|set| set.paths.len()).sum();
    report.counts.bytes = sets.iter().map(|set| set.bytes).sum();
    let plan = report.timed(Stage::Assemble, || assemble::plan(config, identify::stubs(sets)));
    Site { rules, ..plan }
}

/// Writes what belongs to the whole site, when all departments have been worked on, with the pages that show departments
/// and others beside them. Tells which answers of the
/// configuration answer a finding.
pub(super) fn finish(
    renderer: Renderer<'_>,
    config: &SiteConfig,
    site: &mut Site,
    worked: Worked,
    pages: KeptPages<'_>,
    pace: &Pace,
    report: &mut BuildReport,
) -> Vec<bool> {
    let Worked { gathered, put_by, answered, .. } = worked;
    let (output, cache) = (pages.output, pages.cache);
    report.timed(Stage::Assemble, || assemble::complete(site));
    assemble::drop_what_is_gathered(site);
    pace.begin(Stage::Render, 0);
    let mut said = report.timed(Stage::Render, || render::render_site(&renderer, site, output, gathered, &pages));
    (report.pages_reused, report.department_pages_reused) = pages.finish();
    said.extend(renderer.into_diagnostics());
    pace.begin(Stage::Search, 0);
    let portions = cache.map(Portions::new);
    let kept = portions.as_ref().map(|portions| portions as &dyn search::PortionStore);
    report.timed(Stage::Search, || search::write_entries(site, &put_by, kept, output));
    search::describe(config, output);
    pace.begin(Stage::Export, 0);
    let parts = |file: usize| -> Box<dyn Iterator<Item = Vec<u8>> + '_> { Box::new(put_by.rows(file)) };
    report.timed(Stage::Export, || export::write_rows(config, site, &parts, output));
    if put_by.is_lost() || portions.is_some_and(|portions| portions.is_lost()) {
        said.push(lost_pieces());
    }
    report.misconfigured |= said.iter().any(|said| said.severity == Severity::Error);
    report.diagnostics.extend(said);
    answered
}

/// Tells what the stages had to say of a site, in order.
pub(super) fn tell(config: &SiteConfig, mut site: Site, answered: &[bool], report: &mut BuildReport) {
    diagnostic::sort(&mut site.diagnostics);
    report.counts.failed = failed(&report.content_files, &site.diagnostics);
    report.diagnostics.extend(site.diagnostics);
    report.diagnostics.extend(audit::stale_waivers(&config.audit.waivers, answered, &today()));
    diagnostic::sort(&mut report.diagnostics);
}

/// A temporary file that holds rows of the data files and entries of the index could not be read any more.
fn lost_pieces() -> Diagnostic {
    let message = "暂存数据的临时文件无法读出，没有发布";
    Diagnostic::anywhere(Severity::Error, "build-temporary", message).with_hint("检查临时文件夹所在的磁盘，再运行一次")
}
