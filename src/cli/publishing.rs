//! What all commands have in common that write a site: threads, publishing all or nothing, telling how it ended.

use std::io;
use std::path::PathBuf;
use std::time::Instant;

use rayon::ThreadPool;

use super::options::OutputOptions;
use super::{Exit, verdict};
use crate::build::{BuildReport, Pace, SiteFolder, Stage};
use crate::diagnostic::Diagnostic;
use crate::output::Output;
use crate::publish::{self, LastBuild, Publication, PublishSummary};
use crate::report::{self, Run};

/// What is to be published.
pub(super) struct Wanted<'w> {
    pub(super) folder: &'w SiteFolder,
    pub(super) output: &'w OutputOptions,
    /// The hash of everything that is read, to be remembered with the report.
    pub(super) inputs: Option<String>,
    /// Where the site before the published one is kept.
    pub(super) before: Option<PathBuf>,
    /// True for a whole site, which may not be smaller than its owner allows.
    pub(super) is_whole: bool,
}

/// As many threads as were asked for.
///
/// # Errors
/// How the command ends when they cannot be had.
pub(super) fn threads(jobs: usize) -> Result<ThreadPool, io::Result<Exit>> {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    threads.map_err(|error| super::wrong_use(&format!("不能使用 {jobs} 个线程：{error}"), None))
}

/// Makes a site and publishes it.
pub(super) fn publish(
    wanted: &Wanted<'_>,
    threads: &ThreadPool,
    make: &(dyn Fn(&dyn Output, &Pace) -> BuildReport + Sync),
) -> io::Result<Exit> {
    let (start, output) = (Instant::now(), wanted.output);
    let publication = match Publication::begin(&output.out, output.force) {
        Ok(publication) => match wanted.before.clone() {
            Some(place) => publication.reusing(place),
            None => publication,
        },
        Err(problem) => return report::problems(&[*problem]).map(|()| Exit::Failure),
    };
    let pace = Pace::default();
    let mut built = report::progress(&pace, || threads.install(|| make(&publication, &pace)));
    let refused = verdict::too_few(&built).filter(|_| wanted.is_whole);
    let refused = refused.or_else(|| verdict::refusal(&built, output.strict)).or_else(|| verdict::empty(&built));
    let published = finish(publication, &mut built, refused.is_some());
    let exit = verdict::exit(&built, refused.as_ref());
    built.diagnostics.extend(refused.map(|(_, why)| why));
    let run = Run { folder: wanted.folder, built: &built, elapsed: start.elapsed() };
    report::build(&run, &output.out, published.as_ref(), output.format)?;
    if let Some(inputs) = wanted.inputs.clone().filter(|_| published.is_some()) {
        let (messages, counts) = report::last_words(&run);
        // What cannot be kept is made again by the next build.
        let _ = publish::remember(&output.out, LastBuild { inputs, messages, counts, code: exit as u8 });
    }
    Ok(exit)
}

/// Publishes what was built, unless it is not to be; what went wrong joins the diagnostics.
fn finish(publication: Publication, built: &mut BuildReport, refused: bool) -> Option<PublishSummary> {
    if built.misconfigured || refused {
        return None;
    }
    let published: Result<PublishSummary, Vec<Diagnostic>> = built.timed(Stage::Publish, || publication.finish());
    published.map_err(|problems| built.diagnostics.extend(problems)).ok()
}
